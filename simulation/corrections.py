"""What was put right later: every correction is a new row that names the row it replaces.

Payments get their day of paying out, orders their end, complaints theirs; wrong amounts are mended, property of a
namesake is taken back. Works on a block's finished tables.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from records.row_ids import row_ids
from simulation.clock import LAST_DAY
from simulation.draws import Array, stream
from simulation.keys import keys
from simulation.sheets import schema_of
from simulation.world import World

Tables = dict[str, pa.Table]
_LIFTABLE = ("consumption_restriction", "dishonest_listing", "exit_restriction")
_REASONS = ("同名他人财产", "金额有误", "已不属本人所有")


def correct(world: World, tables: Tables, notes: dict[str, Array]) -> Tables:
    """The tables with their corrections and with disputes, rows in order of writing."""
    rng = stream(world.seed, world.block, "conduct").spawn(1)[0]
    done = dict(tables)
    done["payments"] = _payments(rng, tables["payments"])
    done["measures"] = _lifted(rng, tables["measures"], tables["cases"])
    done["petitions"] = _dated(
        tables["petitions"], "petitions", "resolved_on", rng.integers(10, 80, tables["petitions"].num_rows)
    )
    ends = notes.get("suspensions_end", np.zeros(0, np.int32))
    begins = days(tables["suspensions"], "happened_at")
    done["suspensions"] = _dated(tables["suspensions"], "suspensions", "to_on", ends[: len(begins)] - begins)
    done["deposits"] = _mended(rng, tables["deposits"], "deposits", ("balance", "available"), 0.003)
    done["real_property"], disputed = _namesakes(world, rng, tables["real_property"])
    done["real_property"] = _mended(rng, done["real_property"], "real_property", ("appraised_value",), 0.012)
    done["disputes"] = _disputes(world, rng, disputed, tables["deposits"])
    return done


def days(rows: pa.Table, name: str) -> Array:
    """A date column as day numbers, 10^7 where missing."""
    return np.asarray(pc.fill_null(rows[name].cast(pa.int32()), 10**7).to_numpy())


def version(name: str, rows: pa.Table, places: Array, known: Array, **changes: Any) -> pa.Table:
    """Newer versions of the rows at the places, known on the days given and by the data's end."""
    kept = known <= LAST_DAY
    places, known = places[kept], known[kept]
    if not len(places):
        return rows.slice(0, 0)
    old = rows.take(pa.array(places))
    columns = {column: old[column] for column in old.column_names}
    columns["corrects_row_id"] = row_ids(name, old)
    columns["known_at"] = pa.array(known.astype(np.int32)).view(pa.date32())
    for column, value in changes.items():
        columns[column] = (
            pa.array(np.asarray(value)[kept])
            if not isinstance(value, pa.Array)
            else value.filter(pa.array(kept))
        )
        columns[column] = columns[column].cast(rows.schema.field(column).type)
    return pa.table(columns, schema=rows.schema)


def together(*parts: pa.Table) -> pa.Table:
    """One table of all rows."""
    return pa.concat_tables(parts).unify_dictionaries().combine_chunks()


def _payments(rng: np.random.Generator, rows: pa.Table) -> pa.Table:
    """Eight in a thousand are entered too low at first; nearly all are paid out within thirty days."""
    count = rows.num_rows
    arrived = days(rows, "happened_at")
    right = rows["amount"].to_numpy()
    wrong = rng.random(count) < 0.008
    entered = np.where(wrong, np.floor(right * (0.1 + 0.8 * rng.random(count)) * 100 + 1) / 100, right)
    first = rows.set_column(rows.column_names.index("amount"), "amount", pa.array(entered))
    mended = np.flatnonzero(wrong)
    fixed = version(
        "payments", first, mended, arrived[mended] + rng.integers(2, 8, len(mended)), amount=right[mended]
    )
    paid = np.flatnonzero(rng.random(count) < 0.94)
    when = arrived[paid] + np.where(
        rng.random(len(paid)) < 0.93, rng.integers(8, 30, len(paid)), rng.integers(30, 90, len(paid))
    )
    out = version(
        "payments",
        first,
        paid,
        when,
        amount=right[paid],
        paid_out_on=pa.array(when.astype(np.int32)).view(pa.date32()),
    )
    return together(first, fixed, out)


def _lifted(rng: np.random.Generator, rows: pa.Table, cases: pa.Table) -> pa.Table:
    """Orders end within three working days of full performance or of the end of enforcement."""
    over = cases.filter(
        pc.is_in(cases["closing_mode"].cast(pa.string()), pa.array(["performed", "terminated"]))
    )
    over = over.filter(pc.is_null(over["audit"].cast(pa.string())))
    case, closed = over["case_id"].to_numpy(), days(over, "closed_on")
    order = np.argsort(case, kind="stable")
    case, closed = case[order], closed[order]
    places = np.flatnonzero(
        pc.is_in(rows["kind"].cast(pa.string()), pa.array(_LIFTABLE)).to_numpy(zero_copy_only=False)
    )
    of = rows["case_id"].to_numpy()[places]
    at = np.searchsorted(case, of).clip(0, max(len(case) - 1, 0))
    if not len(case):
        return rows
    hit = (case[at] == of) & (closed[at] >= days(rows, "happened_at")[places])
    places, day = places[hit], closed[at][hit] + rng.integers(1, 5, int(hit.sum()))
    return together(
        rows,
        version("measures", rows, places, day, lifted_on=pa.array(day.astype(np.int32)).view(pa.date32())),
    )


def _dated(rows: pa.Table, name: str, column: str, after: Array) -> pa.Table:
    """Every row again when the day that was open is known."""
    day = days(rows, "happened_at") + after
    places = np.arange(rows.num_rows)
    return together(
        rows, version(name, rows, places, day, **{column: pa.array(day.astype(np.int32)).view(pa.date32())})
    )


def _mended(
    rng: np.random.Generator, rows: pa.Table, name: str, columns: tuple[str, ...], chance: float
) -> pa.Table:
    """Some amounts were wrong and are told again, some days or weeks later."""
    standing = pc.is_null(rows["corrects_row_id"]).to_numpy(zero_copy_only=False) & _unretracted(rows)
    places = np.flatnonzero(standing & (rng.random(rows.num_rows) < chance))
    factor = 0.7 + 0.6 * rng.random(len(places))
    changes = {column: np.round(rows[column].to_numpy()[places] * factor, 2) for column in columns}
    return together(
        rows,
        version(
            name, rows, places, days(rows, "known_at")[places] + rng.integers(5, 60, len(places)), **changes
        ),
    )


def _unretracted(rows: pa.Table) -> Array:
    """Rows whose things do not belong to a namesake."""
    if "thing_id" not in rows.column_names:
        return np.ones(rows.num_rows, bool)
    return np.asarray(rows["thing_id"].to_numpy() % 10**6 < _NAMESAKES)


_NAMESAKES = 900_000  # things of a block from this number on belong to namesakes


def _namesakes(world: World, rng: np.random.Generator, rows: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Registers elsewhere sometimes answer with the property of a namesake; it is taken back when that is seen.

    Returns all rows, and the wrong ones.
    """
    picked = np.flatnonzero(rng.random(rows.num_rows) < 0.012)
    wrong = rows.take(pa.array(picked))
    columns = {column: wrong[column] for column in wrong.column_names}
    columns["thing_id"] = pa.array(keys("thing", world.block, _NAMESAKES + np.arange(len(picked))))
    columns["region"] = (
        pa.array(["R999"] * len(picked), pa.string())
        .dictionary_encode()
        .cast(rows.schema.field("region").type)
    )
    columns["appraised_value"] = pa.array(np.round(400_000 * np.exp(rng.normal(0, 0.5, len(picked))), -2))
    columns["sole_dwelling"] = pa.array([False] * len(picked))
    wrong = pa.table(columns, schema=rows.schema)
    seen = days(wrong, "known_at") + rng.integers(20, 130, len(picked))
    back = version(
        "real_property", wrong, np.arange(len(picked)), seen, retracted=pa.array([True] * len(picked))
    )
    return together(rows, wrong, back), wrong


def _disputes(world: World, rng: np.random.Generator, wrong: pa.Table, deposits: pa.Table) -> pa.Table:
    """Debtors contest the property of namesakes, and now and then a balance."""
    del world
    schema = schema_of("disputes")
    picked = np.flatnonzero(rng.random(deposits.num_rows) < 0.0008)
    parts = []
    for name, rows, reason in (("real_property", wrong, 0), ("deposits", deposits.take(pa.array(picked)), 1)):
        if not rows.num_rows:
            continue
        day = days(rows, "known_at") + rng.integers(5, 20, rows.num_rows)
        kept = np.flatnonzero(day <= LAST_DAY)
        if not len(kept):
            continue
        rows, day = rows.take(pa.array(kept)), day[kept]
        dated = pa.array(day.astype(np.int32)).view(pa.date32())
        columns = {
            "happened_at": dated,
            "known_at": dated,
            "party_id": rows["party_id"],
            "disputed_table": pa.array([name] * len(day)).dictionary_encode(),
            "disputed_row_id": row_ids(name, rows),
            "reason": pa.array([_REASONS[reason]] * len(day)).dictionary_encode(),
        }
        parts.append(
            pa.table(
                [
                    columns[f.name].cast(f.type) if f.name in columns else pa.nulls(len(day), f.type)
                    for f in schema
                ],
                schema=schema,
            )
        )
    rows = together(*parts) if parts else schema.empty_table()
    return _dated(rows, "disputes", "resolved_on", rng.integers(10, 200, rows.num_rows))
