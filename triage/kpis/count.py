"""Counting: one row a case as known on a day, and every figure by court and period over these rows.

What a plan would do is counted by the same expressions: a case that it would complete with chance p stands there twice,
with weight p as performed on the day and with weight 1 − p as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from triage import as_known
from triage.excluded import excluded
from triage.kpis.catalogue import KPIS, Kpi, Over
from triage.kpis.figure import Figure, Period, Planned
from triage.tracks.figures import policy
from vocabulary.dates import months_before

if TYPE_CHECKING:
    import pyarrow as pa

    from features.night import Records


def figures(
    snapshot: Records, periods: Sequence[Period], *, as_of: date, planned: Sequence[Planned] = ()
) -> list[Figure]:
    """All key figures by court, and over all courts, for each period, as known on a day.

    The same day and snapshot give the same figures: sums are rounded to millionths, below which their order tells.
    Preservation cases are left out: nothing is enforced in them.
    """
    import pyarrow as pa

    spans = pa.table(
        {
            "period": [name for name, _, _ in periods],
            "begins": pa.array([begin for _, begin, _ in periods], pa.date32()),
            "ends": pa.array([end for _, _, end in periods], pa.date32()),
            "three_years": pa.array([months_before(end, 36) for _, _, end in periods], pa.date32()),
        }
    )
    rows = snapshot.query(_sql(as_of), spans=spans, planned=_table(planned)).to_pylist()
    found = [
        Figure(
            row["court"] or "",
            row["period"],
            kpi.code,
            *(round(row[f"{kpi.code}_{name}"], 6) for name in ("above", "below")),
        )
        for row in rows
        for kpi in KPIS
    ]
    return sorted(found, key=lambda each: (each.court, each.period))


def open_cases(snapshot: Records, *, as_of: date) -> pa.Table:
    """What the conditions of the figures read of every open case, as if it were closed as performed on the day.

    Columns: case_id, first, with_property, claim, credited, settled (fen), days_counted, term_days, petitions,
    petitions_resolved, audit, closing_mode.
    """
    return snapshot.query(_open_sql(as_of), planned=_table(()))


def _table(planned: Sequence[Planned]) -> pa.Table:
    import pyarrow as pa

    return pa.table(
        {
            "case_id": pa.array([each.case_id for each in planned], pa.int64()),
            "chance": pa.array([each.chance for each in planned], pa.float64()),
            "money": pa.array([each.money for each in planned], pa.float64()),
        }
    )


def _base(as_of: date) -> str:
    """One row a case with its weight, as WITH clauses."""
    least = policy().number("deposit_ignored_below", as_of) * 100
    part = policy().number("deposit_ignored_part", as_of)
    day = f"DATE '{as_of.isoformat()}'"
    seen, newest = partial(as_known.seen, as_of=as_of), partial(as_known.newest, as_of=as_of)
    return f"""
    WITH claims AS (
        SELECT case_id, sum(coalesce(principal, 0) + coalesce(general_interest, 0) + coalesce(costs, 0)
            + coalesce(penalty, 0)) AS claim FROM {newest("titles", "title_id")} GROUP BY case_id
    ), stand AS (
        SELECT c.case_id, c.court, c.kind = 'first' AS first, c.filed_on, c.closed_on, c.closing_mode, c.audit,
            coalesce(claim, 0)::BIGINT AS claim, c.application_received_on
        FROM {newest("cases", "case_id")} c LEFT JOIN claims USING (case_id) WHERE c.kind <> 'preservation'
    ), paid AS (
        SELECT s.case_id, sum(p.amount) AS credited FROM stand s JOIN {seen("payments")} p USING (case_id)
        WHERE p.happened_at <= coalesce(s.closed_on, {day}) GROUP BY s.case_id
    ), ended AS (
        SELECT s.case_id, sum(d.amount) AS settled FROM stand s JOIN {seen("discharges")} d USING (case_id)
        WHERE d.kind = 'settlement' AND d.happened_at <= coalesce(s.closed_on, {day}) GROUP BY s.case_id
    ), asked AS (
        SELECT case_id, count(*) AS petitions, count(resolved_on) AS petitions_resolved
        FROM {seen("petitions")} GROUP BY case_id
    ), holding AS (
        SELECT party_id, known_at, coalesce(sum(available), 0) AS worth FROM {seen("deposits")}
            GROUP BY party_id, known_at, receipt_id
        UNION ALL SELECT party_id, known_at, coalesce(cash_value, value, 0) FROM {seen("securities")}
        UNION ALL SELECT party_id, known_at, coalesce(cash_value, value, 0) FROM {seen("wealth_products")}
        UNION ALL SELECT party_id, known_at, coalesce(cash_value, value, 0) FROM {seen("insurance")}
        UNION ALL SELECT party_id, known_at, coalesce(cash_value, value, 0) FROM {seen("platform_balances")}
        UNION ALL SELECT party_id, known_at, 1e15 FROM {seen("real_property")}
        UNION ALL SELECT party_id, known_at, 1e15 FROM {seen("vehicles")}
        UNION ALL SELECT party_id, known_at, 1e15 FROM {seen("equity")}
    ), propertied AS (
        SELECT DISTINCT s.case_id FROM stand s
        JOIN (SELECT DISTINCT case_id, party_id FROM {seen("obligors")}) o USING (case_id)
        JOIN holding h ON h.party_id = o.party_id AND h.known_at >= s.filed_on
            AND h.known_at <= coalesce(s.closed_on, {day})
        WHERE h.worth >= {least} OR h.worth > {part} * s.claim
    ), rows AS (
        SELECT s.*, coalesce(credited, 0)::BIGINT AS credited, coalesce(settled, 0)::BIGINT AS settled,
            p.case_id IS NOT NULL AS with_property, coalesce(petitions, 0) AS petitions,
            coalesce(petitions_resolved, 0) AS petitions_resolved, coalesce(x.days, 0)::BIGINT AS days, 1.0 AS weight
        FROM stand s LEFT JOIN paid USING (case_id) LEFT JOIN ended USING (case_id) LEFT JOIN asked USING (case_id)
            LEFT JOIN {excluded("stand", day)} x USING (case_id) LEFT JOIN propertied p USING (case_id)
    ), weighed AS (
        SELECT r.* REPLACE (r.weight - coalesce(w.chance, 0) AS weight)
        FROM rows r LEFT JOIN planned w ON w.case_id = r.case_id AND r.closed_on IS NULL
        UNION ALL
        SELECT r.* REPLACE (w.chance AS weight, {day} AS closed_on, 'performed' AS closing_mode,
            least(r.credited + CAST(w.money * 100 / w.chance AS BIGINT), r.claim) AS credited)
        FROM rows r JOIN planned w ON w.case_id = r.case_id AND r.closed_on IS NULL WHERE w.chance > 0
    )"""


def _days(as_of: date) -> str:
    months = int(policy().number("term_months", as_of))
    return f"""date_diff('day', filed_on, closed_on) - days AS days_counted,
        date_diff('day', filed_on, filed_on + INTERVAL {months} MONTH) AS term_days"""


def _open_sql(as_of: date) -> str:
    return f"""{_base(as_of)}
    SELECT case_id, first, with_property, claim, credited, settled, petitions, petitions_resolved, audit,
        'performed' AS closing_mode, {_days(as_of)}
    FROM (SELECT * REPLACE (DATE '{as_of.isoformat()}' AS closed_on) FROM rows WHERE closed_on IS NULL)
    ORDER BY case_id"""


def _sql(as_of: date) -> str:
    return f"""{_base(as_of)}, told AS (
        SELECT w.*, t.period, t.begins, t.ends, t.three_years,
            coalesce(closed_on BETWEEN t.begins AND t.ends, false) AS in_period,
            coalesce(closed_on BETWEEN t.three_years AND t.ends, false) AS in_three,
            {_days(as_of)}
        FROM weighed w JOIN spans t ON w.filed_on <= t.ends
    )
    SELECT court, period, {", ".join(_columns(kpi) for kpi in KPIS)}
    FROM told GROUP BY GROUPING SETS ((court, period), (period))"""


_OF = {
    Over.CLOSED: "in_period",
    Over.HANDLED: "(closed_on IS NULL OR closed_on >= begins)",
    Over.THREE_YEARS: "(closed_on IS NULL OR closed_on >= three_years)",
    Over.STANDING: "true",
}


def _columns(kpi: Kpi) -> str:
    closed = "in_three" if kpi.over is Over.THREE_YEARS else "in_period"
    above, below = kpi.above.replace("closed_in_period", closed), kpi.below
    of = _OF[kpi.over]
    if kpi.money:
        counted = f"({above}) / 100.0", "claim / 100.0"
        of = f"{of} AND ({below})"
    elif kpi.over is Over.STANDING:
        counted = above, below
    else:
        of = f"{of} AND ({below})"
        counted = f"CASE WHEN {above} THEN 1 ELSE 0 END", "1"
    return ", ".join(
        f"coalesce(sum(weight * ({what})) FILTER ({of}), 0)::DOUBLE AS {kpi.code}_{name}"
        for what, name in zip(counted, ("above", "below"), strict=True)
    )
