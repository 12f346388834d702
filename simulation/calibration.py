"""The table "published vs simulated": figures of a written synthetic court, by the definition of each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from simulation.clock import CUT_OFF, LAST_DAY, day_of
from simulation.courts import courts_of
from simulation.draws import Array
from simulation.published import ACCOUNTS, FIGURES, Published

LAST_YEAR = (day_of(CUT_OFF.replace(month=1, day=1)), LAST_DAY)
FAR = 10**7


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    figure: Published
    simulated: float

    @property
    def holds(self) -> bool:
        """Within the tolerance."""
        return self.figure.holds(self.simulated)


def compare(out: Path, *, unable: float | None = None) -> list[Row]:
    """Every published figure beside its value in the records under ``out``.

    ``unable`` is the latent share, which no record shows (`simulation.truth.unable_share`); without it its line is
    left out.
    """
    simulated = dict(figures_of(out))
    if unable is not None:
        simulated["unable"] = unable
    return [Row(figure, simulated[figure.name]) for figure in FIGURES if figure.name in simulated]


def figures_of(out: Path) -> Mapping[str, float]:
    """All figures that records can show."""
    cases = _cases(out)
    return (
        _closing(out, cases)
        | _property(out, cases)
        | _lots(out)
        | _answers(out)
        | _orders(out, cases)
        | _club(out)
    )


def as_markdown(rows: list[Row]) -> str:
    """The table as it stands in docs/simulation.md."""
    lines = [
        "| figure | published | simulated | tolerance | of | horizon | source | |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        figure = row.figure
        said = (
            _shown(figure.low)
            if figure.low == figure.high
            else f"{_shown(figure.low)} – {_shown(figure.high)}"
        )
        note = f" ({figure.note})" if figure.note else ""
        lines.append(
            f"| {figure.meaning}{note} | {said} | {_shown(row.simulated)} | ± {_shown(figure.tolerance)} "
            f"| {figure.denominator} | {figure.horizon} | {figure.source} | {'✓' if row.holds else '✗'} |"
        )
    return "\n".join(lines)


def _shown(number: float) -> str:
    return f"{number:,.0f}" if abs(number) >= 5 else f"{number:.4f}".rstrip("0").rstrip(".") or "0"


def read(out: Path, table: str, *columns: str) -> dict[str, Array]:
    """Columns of a table's first versions as numpy arrays.

    Dates come as day numbers (FAR if missing), codes as text, money NaN if missing. Corrections are left out: they
    tell a row again, and one amount in a hundred changes by it.
    """
    data = pq.read_table(out / f"{table}.parquet", columns=[*columns, "corrects_row_id"])
    data = data.filter(pc.is_null(data["corrects_row_id"]))
    return {name: plain(data[name]) for name in columns}


def plain(column: pa.ChunkedArray) -> Array:
    """A column as a numpy array: dates as day numbers, FAR, 0, NaN and "" where missing."""
    kind = column.type
    if pa.types.is_date32(kind):
        return np.asarray(pc.fill_null(column.cast(pa.int32()), FAR).to_numpy(), np.int64)
    if pa.types.is_string(kind):
        return np.asarray(pc.fill_null(column, "").to_numpy(zero_copy_only=False), object)
    if pa.types.is_floating(kind):
        return np.asarray(column.to_numpy(), float)
    return np.asarray(
        pc.fill_null(column, False if pa.types.is_boolean(kind) else 0).to_numpy(zero_copy_only=False)
    )


@dataclass(frozen=True, slots=True)
class _Cases:
    """Each case once, as it stands at the end."""

    case: Array
    first: Array
    counted: Array  # first or resumed
    court: Array
    filed: Array
    closed: Array
    mode: Array
    audit: Array
    claim: Array

    def place(self, case: Array) -> Array:
        return np.searchsorted(self.case, case)


def _cases(out: Path) -> _Cases:
    rows = read(
        out, "cases", "case_id", "kind", "court", "filed_on", "closed_on", "closing_mode", "audit", "known_at"
    )
    order = np.lexsort((rows["known_at"], rows["case_id"]))
    case = rows["case_id"][order]
    last = np.append(case[1:] != case[:-1], True)
    now = {name: value[order][last] for name, value in rows.items()}
    titles = read(out, "titles", "case_id", "principal", "general_interest", "costs", "penalty")
    owed = sum(np.nan_to_num(titles[name]) for name in ("principal", "general_interest", "costs", "penalty"))
    claim = np.zeros(len(now["case_id"]))
    np.add.at(claim, np.searchsorted(now["case_id"], titles["case_id"]), owed)
    kind = now["kind"]
    return _Cases(
        now["case_id"],
        kind == "first",
        kind != "preservation",
        now["court"],
        now["filed_on"],
        now["closed_on"],
        now["closing_mode"],
        now["audit"],
        claim,
    )


def _closing(out: Path, cases: _Cases) -> dict[str, float]:
    year = (cases.closed >= LAST_YEAR[0]) & (cases.closed <= LAST_YEAR[1])
    first = year & cases.first
    payments = read(out, "payments", "case_id", "amount", "happened_at")
    place = cases.place(payments["case_id"])
    credited = np.zeros(len(cases.case))
    in_time = payments["happened_at"] <= cases.closed[place]
    np.add.at(credited, place[in_time], payments["amount"][in_time])
    ended = read(out, "discharges", "case_id", "amount", "kind")
    settled = ended["kind"] == "settlement"
    np.add.at(credited, cases.place(ended["case_id"][settled]), ended["amount"][settled])
    closed = year & cases.counted
    carried = cases.counted & (cases.filed <= LAST_YEAR[1]) & (cases.closed >= LAST_YEAR[0])
    audited = cases.audit != ""
    return {
        "performed_rate": float((cases.mode[first] == "performed").mean()),
        "recovered_rate": float(credited[first].sum() / cases.claim[first].sum()),
        "closed_rate": float(closed.sum() / carried.sum()),
        "round_terminated_rate": float((cases.mode[closed] == "round_terminated").mean()),
        "terminated_rate": float((cases.mode[closed] == "terminated").mean()),
        "wrongly_closed": float((cases.audit[audited] != "confirmed").mean()) if audited.any() else 0.0,
    }


def _property(out: Path, cases: _Cases) -> dict[str, float]:
    """Cases filed in the year before the last for whose debtors property came to be known in time."""
    begin, end = LAST_YEAR[0] - 365, LAST_YEAR[0] - 1
    chosen = cases.counted & (cases.filed >= begin) & (cases.filed <= end)
    obligors = read(out, "obligors", "case_id", "party_id")
    place = cases.place(obligors["case_id"])
    mine = chosen[place]
    place, party = place[mine], obligors["party_id"][mine]
    has = np.zeros(len(cases.case), bool)
    until = np.minimum(cases.closed, cases.filed + 183)
    deposits = read(out, "deposits", "party_id", "receipt_id", "known_at", "available")
    receipt, start = np.unique(deposits["receipt_id"], return_inverse=True)
    total = np.bincount(start, weights=np.nan_to_num(deposits["available"]))
    owner = np.zeros(len(receipt), np.int64)
    owner[start] = deposits["party_id"]
    day = np.zeros(len(receipt), np.int64)
    day[start] = deposits["known_at"]
    _mark(has, place, party, owner, day, total, cases, until)
    for family, column in (("securities", "cash_value"), ("wealth_products", "cash_value")):
        rows = read(out, family, "party_id", "known_at", column)
        _mark(has, place, party, rows["party_id"], rows["known_at"], rows[column], cases, until)
    for family in ("real_property", "vehicles", "equity"):
        rows = read(out, family, "party_id", "known_at")
        sure = np.full(len(rows["party_id"]), np.inf)
        _mark(has, place, party, rows["party_id"], rows["known_at"], sure, cases, until)
    return {"with_property": float(has[chosen].mean())}


def _mark(
    has: Array,
    place: Array,
    party: Array,
    owner: Array,
    day: Array,
    value: Array,
    cases: _Cases,
    until: Array,
) -> None:
    """Mark the cases for which an owner's value, known in time, is worth speaking of."""
    order = np.argsort(owner, kind="stable")
    owner, day, value = owner[order], day[order], value[order]
    low, high = np.searchsorted(owner, party, "left"), np.searchsorted(owner, party, "right")
    row = np.repeat(np.arange(len(party)), high - low)
    inner = np.arange(len(row)) - np.repeat(np.cumsum(high - low) - (high - low), high - low)
    at = low[row] + inner
    case = place[row]
    good = (day[at] >= cases.filed[case]) & (day[at] <= until[case])
    good &= (value[at] >= 1000) | (value[at] > 0.05 * cases.claim[case])
    has[case[good]] = True


def _lots(out: Path) -> dict[str, float]:
    rows = read(out, "auctions", "thing_id", "happened_at", "sold", "start_price", "sold_price")
    thing, place = np.unique(rows["thing_id"], return_inverse=True)
    sold = np.zeros(len(thing), bool)
    sold[place[rows["sold"].astype(bool)]] = True
    last = np.zeros(len(thing), np.int64)
    np.maximum.at(last, place, rows["happened_at"])
    over = sold | (last < LAST_DAY - 120)
    hit = rows["sold"].astype(bool)
    premium = rows["sold_price"][hit].sum() / max(rows["start_price"][hit].sum(), 1) - 1
    return {"sale_rate": float(sold[over].mean()) if over.any() else 0.0, "premium": float(premium)}


def _answers(out: Path) -> dict[str, float]:
    accounts = read(out, "deposits", "account_id")["account_id"]
    scale = ACCOUNTS / max(len(np.unique(accounts)), 1)
    names = {
        "wealth": "wealth_products",
        "platform": "platform_balances",
        "registration": "registrations",
        "vehicle": "vehicles",
        "marriage": "civil_status",
        "property": "real_property",
    }
    return {"deposit_records": len(accounts) * scale} | {
        f"{name}_records": len(read(out, table, "party_id")["party_id"]) * scale
        for name, table in names.items()
    }


def _orders(out: Path, cases: _Cases) -> dict[str, float]:
    rows = read(out, "measures", "case_id", "kind")
    about = _about(out)
    courts = courts_of(about["cases"], about["seed"])
    strict = np.isin(
        cases.court, [code for code, mild in zip(courts.code, courts.campaign, strict=True) if not mild]
    )
    mine = np.isin(
        rows["kind"], ("consumption_restriction", "dishonest_listing", "detention", "exit_restriction")
    )
    kind, of_strict = rows["kind"][mine], strict[cases.place(rows["case_id"][mine])]
    size = {True: int((strict & cases.counted).sum()), False: int((~strict & cases.counted).sum())}

    def rate(word: str, habit: bool) -> float:
        return float(((kind == word) & (of_strict == habit)).sum() / max(size[habit], 1))

    def overall(word: str) -> float:
        return float((kind == word).sum() / max(sum(size.values()), 1))

    return {
        "restricted_strict": rate("consumption_restriction", True),
        "restricted_mild": rate("consumption_restriction", False),
        "listed_strict": rate("dishonest_listing", True),
        "listed_mild": rate("dishonest_listing", False),
        "detained": overall("detention"),
        "exit_bans": overall("exit_restriction"),
    }


def _club(out: Path) -> dict[str, float]:
    """The most applicants that any one debtor has."""
    case, count = np.unique(read(out, "applicants", "case_id")["case_id"], return_counts=True)
    rows = read(out, "obligors", "case_id", "party_id", "served_on", "role")
    mine = (rows["served_on"] == FAR) & (rows["role"] == "principal")
    first = read(out, "cases", "case_id", "kind", "node")
    new = np.unique(first["case_id"][(first["kind"] == "first")])
    mine &= np.isin(rows["case_id"], new)
    place = np.searchsorted(case, rows["case_id"][mine]).clip(0, len(case) - 1)
    _, party = np.unique(rows["party_id"][mine], return_inverse=True)
    return {"club_applicants": float(np.bincount(party, weights=count[place]).max(initial=0))}


def _about(out: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((out / "about.json").read_text(encoding="utf-8"))
    return data
