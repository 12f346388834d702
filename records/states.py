"""Query states of a debtor's record families, from receipts alone: the day's face, and the night's in SQL.

The newest standing of every receipt counts. Per family and source the newest answered receipt stands, else a failed
one, else a pending one; over the sources the state that knows most. A debtor's own declaration or a creditor's clue
is no answer of a source: it gives DECLARED_ONLY and nothing else. An answer older than the family's shelf life
(`parameters/shelf_life.yaml`) is STALE. Without a single receipt of the debtor every family is UNKNOWN.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from records.dossier import Row, standing
from records.parameters import SHELF_LIFE, Parameters
from vocabulary.families import ASKED
from vocabulary.states import QueryState

ASKING = ("national", "local", "manual")
"""Sources that a court asks; `declared` and `clue` are told to it."""
ANSWERED = ("found", "empty")
FLAGS = ("sources_disagree", "found_without_rows", "rows_without_receipt")


@dataclass(frozen=True, slots=True)
class FamilyState:
    """What is known of one family: its state, days since the newest answer, and the receipts that say so.

    ``flags`` are some of FLAGS: fresh answers of two sources differ; a found answer brought no rows; rows are held
    that no answered receipt explains.
    """

    state: QueryState
    age_days: int | None = None
    receipts: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()


def family_states(
    query_rows: Iterable[Row], as_of: date, *, held: Mapping[str, int] | None = None
) -> dict[str, FamilyState]:
    """The state of every asked family from the visible `queries` rows of one debtor.

    ``held`` gives the number of visible rows per family; with it, answers and rows that do not fit are flagged.
    """
    receipts = standing(query_rows, ("receipt_id",))
    if not receipts:
        return {family: FamilyState(QueryState.UNKNOWN, flags=_held(held, family, None)) for family in ASKED}
    by_source: dict[str, dict[str, list[Row]]] = {family: defaultdict(list) for family in ASKED}
    for row in receipts:
        by_source[row["family"]][row["source"]].append(row)
    return {family: _family(family, by_source[family], as_of, held) for family in ASKED}


def states_sql(*, points: str = "points", queries: str = "queries", wide: bool = False) -> str:
    """The night's face: DuckDB SQL over `queries` (a snapshot's, with superseded_at) at many points at once.

    ``points`` names a relation with distinct (party_id BIGINT, as_of DATE). The result has one row a point and
    family: party_id, as_of, family, state (text), state_code, age_days. With ``wide`` one row a point, and columns
    ``<family>_state`` (QueryState.code) and ``<family>_age_days``.
    """
    body = _SQL.format(points=points, queries=queries, shelf=_shelf_sql(), **_CODES)
    return body + (_wide(points) if wide else _LONG.format(points=points, families=_families_sql(), **_CODES))


def shelf_days(family: str, as_of: date) -> int:
    """Days for which an answer about the family counts as fresh, in force on the date."""
    return int(Parameters.read(SHELF_LIFE).number(family, as_of))


def _family(
    family: str, sources: Mapping[str, list[Row]], as_of: date, held: Mapping[str, int] | None
) -> FamilyState:
    said = [_source(rows, source, shelf_days(family, as_of), as_of) for source, rows in sources.items()]
    state = max((each[0] for each in said), key=lambda each: each.code, default=QueryState.NOT_ASKED)
    receipts = tuple(sorted(row["receipt_id"] for each, row in said if each is state and row is not None))
    days = [
        _answered_on(row) for rows in (sources.get(each, ()) for each in ASKING) for row in _answers(rows)
    ]
    age = max(0, (as_of - max(days)).days) if days else None
    fresh = {each for each, _ in said if each.fresh}
    disagree = ("sources_disagree",) if len(fresh) > 1 else ()
    return FamilyState(state, age, receipts, disagree + _held(held, family, state))


def _source(rows: list[Row], source: str, shelf: int, as_of: date) -> tuple[QueryState, Row | None]:
    """The state that one source gives a family, and the receipt that gives it."""
    answers = _answers(rows)
    if source not in ASKING:
        return (QueryState.DECLARED_ONLY, _newest(answers)) if answers else (QueryState.NOT_ASKED, None)
    if answers:
        newest = _newest(answers)
        if (as_of - _answered_on(newest)).days > shelf:
            return QueryState.STALE, newest
        return QueryState(newest["status"]), newest
    failed = [row for row in rows if row["status"] in ("failed", "refused")]
    return (QueryState.FAILED, failed[-1]) if failed else (QueryState.PENDING, rows[-1])


def _answers(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row["status"] in ANSWERED]


def _newest(answers: list[Row]) -> Row:
    return max(answers, key=lambda row: (_answered_on(row), row["receipt_id"]))


def _answered_on(row: Row) -> date:
    answered: date = row["answered_at"] or row["happened_at"]
    return answered


def _held(held: Mapping[str, int] | None, family: str, state: QueryState | None) -> tuple[str, ...]:
    if held is None:
        return ()
    rows = held.get(family, 0)
    if rows == 0:
        return ("found_without_rows",) if state is QueryState.FOUND else ()
    explained = (QueryState.FOUND, QueryState.STALE, QueryState.DECLARED_ONLY)
    return () if state in explained else ("rows_without_receipt",)


_CODES = {state.name.lower(): state.code for state in QueryState}
_SQL = """
with shelf(family, days, from_on, to_on) as (values {shelf}),
standing as (
    select p.party_id, p.as_of, q.family, q.source, q.receipt_id, q.status,
           coalesce(q.answered_at, q.happened_at) as answered_on
    from {points} p join {queries} q on q.party_id = p.party_id
    where q.known_at <= p.as_of and (q.superseded_at is null or q.superseded_at > p.as_of)
      and q.retracted is not true
    qualify row_number() over (
        partition by p.party_id, p.as_of, q.receipt_id order by q.happened_at desc, q.known_at desc, q.row_id desc
    ) = 1
),
sources as (
    select party_id, as_of, family, source in ('national', 'local', 'manual') as asking,
           max(answered_on) filter (status in ('found', 'empty')) as answered_on,
           arg_max(status, row(answered_on, receipt_id)) filter (status in ('found', 'empty')) as answer,
           bool_or(status in ('failed', 'refused')) as failed
    from standing group by party_id, as_of, family, source
),
said as (
    select s.party_id, s.as_of, s.family,
           case when not asking then case when answer is null then {not_asked} else {declared_only} end
                when answer is null then case when failed then {failed} else {pending} end
                when s.as_of - answered_on > shelf.days then {stale}
                when answer = 'found' then {found} else {empty} end as code,
           case when asking and answer is not null then greatest(0, s.as_of - answered_on) end as age
    from sources s join shelf on shelf.family = s.family and s.as_of >= shelf.from_on
                                 and (shelf.to_on is null or s.as_of < shelf.to_on)
),
families as (
    select party_id, as_of, family, max(code) as code, min(age) as age from said group by party_id, as_of, family
)
"""
_LONG = """
select p.party_id, p.as_of, a.family,
       case coalesce(f.code, if(r.party_id is null, {unknown}, {not_asked}))
           when {unknown} then 'unknown' when {not_asked} then 'not_asked' when {pending} then 'pending'
           when {failed} then 'failed' when {declared_only} then 'declared_only' when {stale} then 'stale'
           when {empty} then 'empty' when {found} then 'found' end as state,
       coalesce(f.code, if(r.party_id is null, {unknown}, {not_asked})) as state_code,
       f.age as age_days
from {points} p
cross join (values {families}) as a(family)
left join (select distinct party_id, as_of from families) r on r.party_id = p.party_id and r.as_of = p.as_of
left join families f on f.party_id = p.party_id and f.as_of = p.as_of and f.family = a.family
"""


def _wide(points: str) -> str:
    columns = ",\n       ".join(
        f"coalesce(max(f.code) filter (f.family = '{family}'), if(count(f.family) = 0, {_CODES['unknown']}, "
        f"{_CODES['not_asked']})) as {family}_state,\n"
        f"       max(f.age) filter (f.family = '{family}') as {family}_age_days"
        for family in ASKED
    )
    return (
        f"select p.party_id, p.as_of,\n       {columns}\n"
        f"from {points} p left join families f on f.party_id = p.party_id and f.as_of = p.as_of\n"
        "group by p.party_id, p.as_of"
    )


def _families_sql() -> str:
    return ", ".join(f"('{family}')" for family in ASKED)


def _shelf_sql() -> str:
    shelf = Parameters.read(SHELF_LIFE)
    lines = []
    for family in ASKED:
        dated = shelf.dated[family]
        ends = [f"date '{later.in_force_from}'" for later in dated[1:]] + ["cast(null as date)"]
        lines += [
            f"('{family}', {int(each.number)}, date '{each.in_force_from}', {end})"
            for each, end in zip(dated, ends, strict=True)
        ]
    return ", ".join(lines)
