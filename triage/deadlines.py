"""Statutory days of every open obligation: when each falls due, and how much it presses.

Five days are kept: the term of six months from filing without the periods that do not count; the start of pricing
after a seal; the announcement of a sale after the price; the lapse of a seal; the payment of money that came in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from features.declare import Values
from records.parameters import Parameters
from triage.as_known import visible
from triage.deadline_kinds import DEADLINES
from triage.excluded import excluded

if TYPE_CHECKING:
    import pyarrow as pa

    from records.snapshot import Snapshot

Days = NDArray[np.datetime64]


VISIBLE = visible("$day")
PROPERTY = f"""
    SELECT party_id, known_at AS since FROM deposits WHERE {VISIBLE} AND available >= $least UNION ALL
    SELECT party_id, min(known_at) FROM real_property WHERE {VISIBLE} GROUP BY party_id, thing_id UNION ALL
    SELECT party_id, min(known_at) FROM vehicles WHERE {VISIBLE} GROUP BY party_id, thing_id UNION ALL
    SELECT party_id, min(known_at) FROM equity WHERE {VISIBLE} GROUP BY party_id, thing_id UNION ALL
    SELECT party_id, known_at FROM clues WHERE {VISIBLE}"""
"""Since when each thing of a debtor has been known, and every answer that shows ``$least`` fen on an account."""
_CLOCKS = f"""
WITH cases_now AS (
    SELECT * FROM (
        SELECT *, row_number() OVER (PARTITION BY case_id ORDER BY happened_at DESC, known_at DESC, row_id DESC) AS n
        FROM cases WHERE {VISIBLE} AND case_id IN (SELECT case_id FROM asked)) WHERE n = 1
), work AS (
    SELECT case_id, party_id, kind, happened_at, lifted_on FROM measures
    WHERE {VISIBLE} AND happened_at <= $day AND kind IN ('seal', 'appraisal', 'auction')
        AND case_id IN (SELECT case_id FROM asked)
), done AS (
    SELECT case_id, party_id, max(happened_at) FILTER (kind = 'appraisal') AS priced,
        max(happened_at) FILTER (kind = 'auction') AS offered FROM work GROUP BY ALL
), pricing AS (
    SELECT case_id, party_id, min(w.happened_at) AS sealed
    FROM work w JOIN done USING (case_id, party_id)
    WHERE w.kind = 'seal' AND (w.lifted_on IS NULL OR w.lifted_on > $day)
        AND w.happened_at > coalesce(greatest(priced, offered), priced, offered, DATE '1900-01-01')
    GROUP BY ALL
), unpaid AS (
    SELECT case_id, min(happened_at) AS arrived FROM payments
    WHERE {VISIBLE} AND happened_at <= $day AND paid_out_on IS NULL AND case_id IN (SELECT case_id FROM asked)
    GROUP BY case_id
), seals AS (
    SELECT party_id, holder_case_id AS case_id, min(expires_on) AS lapses FROM (
        SELECT *, row_number() OVER (PARTITION BY thing_id, holder_case_id, kind
            ORDER BY happened_at DESC, known_at DESC, row_id DESC) AS n
        FROM encumbrances WHERE {VISIBLE} AND kind IN ('seal', 'freeze') AND holder_case_id IS NOT NULL)
    WHERE n = 1 AND expires_on >= $day AND (released_on IS NULL OR released_on > $day) GROUP BY ALL
), successors AS (
    SELECT DISTINCT predecessor_case_id AS case_id FROM cases WHERE {VISIBLE} AND predecessor_case_id IS NOT NULL
), ended AS (
    SELECT a.party_id, a.case_id, c.closed_on FROM asked a JOIN cases_now c USING (case_id)
    WHERE c.closing_mode = 'round_terminated'
), fresh AS (
    SELECT DISTINCT e.party_id, e.case_id FROM ended e JOIN ({PROPERTY}) k
        ON k.party_id = e.party_id AND k.since > e.closed_on
)
SELECT c.filed_on, c.closed_on, coalesce(c.closing_mode, '') AS closing_mode, coalesce(e.days, 0)::BIGINT AS excluded,
    p.sealed, CASE WHEN d.priced > coalesce(d.offered, DATE '1900-01-01') THEN d.priced END AS priced,
    u.arrived, s.lapses, n.case_id IS NOT NULL AS succeeded, f.party_id IS NOT NULL AS news
FROM asked a
LEFT JOIN cases_now c USING (case_id) LEFT JOIN {excluded("cases_now", "$day")} e USING (case_id)
LEFT JOIN pricing p USING (case_id, party_id) LEFT JOIN done d USING (case_id, party_id)
LEFT JOIN unpaid u USING (case_id) LEFT JOIN seals s USING (case_id, party_id) LEFT JOIN successors n USING (case_id)
LEFT JOIN fresh f USING (case_id, party_id)
ORDER BY a.place"""


@dataclass(frozen=True, slots=True)
class Clocks:
    """What starts and stops the statutory days, by obligation. NaT where there is nothing.

    ``excluded``: days that do not count, overlapping periods once; ``sealed``: the oldest seal since the last pricing;
    ``priced``: a price without an offer since; ``arrived``: the oldest money not paid out; ``lapses``: the next seal
    to end; ``dormant``: the round was terminated and no later case resumes it; ``news``: property that
    the court did not know at that time is known now.
    """

    filed: Days
    closed: Days
    excluded: NDArray[np.int64]
    sealed: Days
    priced: Days
    arrived: Days
    lapses: Days
    dormant: NDArray[np.bool_]
    news: NDArray[np.bool_]


def clocks(snapshot: Snapshot, obligations: pa.Table, *, as_of: date, table: Parameters) -> Clocks:
    """Clocks of obligations (columns case_id, party_id), in their order."""
    import pyarrow as pa

    asked = pa.table(
        {
            "place": pa.array(np.arange(obligations.num_rows)),
            "case_id": obligations["case_id"],
            "party_id": obligations["party_id"],
        }
    )
    least = round(table.number("resume_money", as_of) * 100)
    found = snapshot.query(_CLOCKS, asked=asked, day=as_of, least=least)
    modes = found["closing_mode"].to_numpy(zero_copy_only=False)
    dormant = (modes == "round_terminated") & ~found["succeeded"].to_numpy(zero_copy_only=False)
    return Clocks(
        filed=_days(found["filed_on"]),
        closed=_days(found["closed_on"]),
        excluded=found["excluded"].to_numpy(),
        sealed=_days(found["sealed"]),
        priced=_days(found["priced"]),
        arrived=_days(found["arrived"]),
        lapses=_days(found["lapses"]),
        dormant=dormant,
        news=dormant & found["news"].to_numpy(zero_copy_only=False),
    )


def due(at: Clocks, *, as_of: date, table: Parameters) -> dict[str, Days]:
    """The day of each kind of deadline, by obligation; NaT where it does not run. A dormant case has none."""
    days = {
        "payout": at.arrived + np.timedelta64(int(table.number("payout_days", as_of)), "D"),
        "lapse": at.lapses,
        "pricing": at.sealed + np.timedelta64(int(table.number("pricing_days", as_of)), "D"),
        "offer": at.priced + np.timedelta64(int(table.number("offer_days", as_of)), "D"),
        "term": _months_after(at.filed, int(table.number("term_months", as_of))) + at.excluded,
    }
    for code in ("lapse", "pricing", "offer", "term"):
        days[code] = np.where(at.dormant, np.datetime64("NaT"), days[code])
    return days


def pressing(
    days: Mapping[str, Days], *, as_of: date, table: Parameters
) -> tuple[Values, NDArray[np.int64], Days]:
    """How much deadlines press: (boost in units of a top place's worth, which of DEADLINES, its day).

    A boost grows over the window before its day, stays whole for ``boost_late_days`` after it, then falls to a rest.
    Shown is the deadline that presses most; where none does, the next one to come; -1 and NaT where there is none.
    """
    today = np.datetime64(as_of, "D")
    boosts, windows = table.on("boost", as_of).value, table.on("boost_window_days", as_of).value
    late, rest = table.number("boost_late_days", as_of), table.number("boost_late_share", as_of)
    left = np.stack([_left(days[each.code], today) for each in DEADLINES])
    grown = np.clip(1 - left / np.array([[windows[each.code]] for each in DEADLINES]), 0.0, 1.0)
    grown = np.where(left < -late, rest, grown) * np.array([[boosts[each.code]] for each in DEADLINES])
    grown = np.nan_to_num(grown, nan=0.0)
    ahead = np.where(np.isnan(left), np.inf, np.where(left >= 0, left, 1e6 - left))
    which = np.where(grown.max(axis=0) > 0, grown.argmax(axis=0), ahead.argmin(axis=0))
    there = np.isfinite(ahead.min(axis=0))
    shown = np.stack([days[each.code] for each in DEADLINES])[which, np.arange(left.shape[1])]
    return grown.max(axis=0), np.where(there, which, -1), np.where(there, shown, np.datetime64("NaT"))


def _left(days: Days, today: np.datetime64) -> Values:
    left: Values = (days - today).astype("timedelta64[D]").astype(float)
    return np.where(np.isnat(days), np.nan, left)


def _days(column: pa.ChunkedArray) -> Days:
    import pyarrow as pa

    found: Days = column.cast(pa.date32()).to_numpy(zero_copy_only=False).astype("datetime64[D]")
    return found


def _months_after(days: Days, months: int) -> Days:
    """The same day so many months later, clipped at the month's end."""
    month = days.astype("datetime64[M]")
    there = month + np.timedelta64(months, "M")
    length = (
        (there + np.timedelta64(1, "M")).astype("datetime64[D]") - there.astype("datetime64[D]")
    ).astype(int)
    day = (days - month.astype("datetime64[D]")).astype("timedelta64[D]").astype(int)
    found: Days = there.astype("datetime64[D]") + np.minimum(day, length - 1).astype("timedelta64[D]")
    return np.where(np.isnat(days), np.datetime64("NaT"), found)
