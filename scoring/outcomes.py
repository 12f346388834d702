"""What came true: the share of each obligation that its debtor performed, by horizon. One place for all who ask.

``share_h`` = money credited from this debtor in ``(as_of, as_of + h months]`` ÷ amount outstanding on ``as_of``,
clipped to [0, 1]. An obligation is followed at ``h`` if and only if ``as_of + h`` months ≤ the labels' cut-off,
whatever its status: 终本 (termination of a round) is no end, and what is credited in the case that resumes it counts;
bankruptcy and death freeze what was paid. When the debt ended because another debtor paid, this one's ability was not
seen: a competing event, flagged, never read as a zero. What a debtor pays after its party was linked stands under
its obligor's id: an obligation is followed to whom the party belonged on the cut-off.

``share_life`` is all that was credited up to the cut-off. It is followed where the case closed for good or a payment
row tells how it ended (of nothing, too): meant for sets of finished loans, not for a court's open cases.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from records.linkage.shelf import LinkShelf

if TYPE_CHECKING:
    import pyarrow as pa

    from features.night import Records

HORIZONS = (3, 6, 12, 24)
LIFE = "life"
FULL = 1 - 1e-3
"""A share from here on is full performance: fees of a transfer and rounding are not a debt."""
CONFIRMED, AS_REPORTED, DISPUTED = 2, 1, 0
"""Quality of a label: of its payments, lowered by an audit that contradicts the case's closing."""


def outcomes(snapshot: Records, obligations: pa.Table, *, cutoff: date) -> pa.Table:
    """Outcomes of obligations as known on the cut-off date.

    ``obligations``: party_id, case_id (int64), as_of (date32), shape (n,). Returns rows in the same order:

    - ``outstanding``: CNY owed by this debtor on as_of: claim known by then − paid − settled or waived, at most the
      liability cap less what the debtor had paid; ``case_owed``: CNY that the case lacked, all debtors together;
    - for h of 3, 6, 12, 24 and ``life``: ``share_h`` (NaN when not followed), ``followed_h``, ``by_other_h``;
    - ``quality`` (2 confirmed, 1 as reported, 0 disputed); ``withdrawn``: the applicant withdrew; ``discharged``: the
      debt ended below 100 % after as_of, by settlement, waiver, bankruptcy or death.
    """
    asked = obligations.select(["party_id", "case_id", "as_of"])
    asked = asked.append_column("payer", [_payers(snapshot, asked["party_id"].to_numpy(), cutoff)])
    asked = asked.append_column("n", [np.arange(obligations.num_rows, dtype=np.int64)])
    return snapshot.query(_sql(cutoff), asked=asked).sort_by("n").drop_columns(["n"])


def _payers(snapshot: Records, parties: NDArray[np.int64], cutoff: date) -> NDArray[np.int64]:
    """The ids under which payments of parties stand on the cut-off: their own, or that of the obligor they joined."""
    folder = getattr(snapshot, "path", None)  # only a published snapshot knows links
    if folder is None:
        return parties
    shelf = LinkShelf.open(folder)
    try:
        joined = {
            span.party: span.obligor
            for span in shelf.spans()
            if span.party != span.obligor
            and (span.from_on is None or span.from_on <= cutoff)
            and (span.until_on is None or span.until_on > cutoff)
        }
    finally:
        shelf.close()
    if not joined:
        return parties
    return np.array([joined.get(party, party) for party in parties.tolist()], dtype=np.int64)


_CLAIM = "coalesce(principal, 0) + coalesce(general_interest, 0) + coalesce(costs, 0) + coalesce(penalty, 0)"
_NEWEST = "ORDER BY r.happened_at DESC, r.known_at DESC, r.row_id DESC"
_OVER = "('performed', 'terminated', 'account_sold')"
_DOUBTED = "('non_compliant', 'misreported', 'to_be_completed')"


def _visible(day: str) -> str:
    return (
        f"r.known_at <= {day} AND (r.superseded_at IS NULL OR r.superseded_at > {day}) "
        "AND NOT coalesce(r.retracted, false)"
    )


def _sql(cutoff: date) -> str:
    last = f"DATE '{cutoff.isoformat()}'"
    then, now = _visible("o.as_of"), _visible(last)
    return f"""
    WITH RECURSIVE follow AS (
        SELECT DISTINCT case_id, case_id AS part FROM asked
        UNION
        SELECT f.case_id, r.case_id FROM follow f JOIN cases r ON r.predecessor_case_id = f.part
        WHERE {_visible(last)}
    ), claim AS (
        SELECT n, sum({_CLAIM}) AS claim FROM (
            SELECT o.n, r.*, row_number() OVER (PARTITION BY o.n, r.title_id {_NEWEST}) AS place
            FROM asked o JOIN titles r ON r.case_id = o.case_id WHERE {then}
        ) WHERE place = 1 GROUP BY n
    ), cap AS (
        SELECT n, liability_cap AS cap FROM (
            SELECT o.n, r.liability_cap, row_number() OVER (PARTITION BY o.n {_NEWEST}) AS place
            FROM asked o JOIN obligors r ON r.party_id = o.party_id AND r.case_id = o.case_id WHERE {then}
        ) WHERE place = 1
    ), paid AS (
        SELECT o.n, r.party_id = o.payer AS own, r.happened_at AS day, r.amount, r.quality, o.as_of
        FROM asked o JOIN follow f ON f.case_id = o.case_id JOIN payments r ON r.case_id = f.part
        WHERE {now} AND (r.case_id = o.case_id OR r.happened_at > o.as_of)
    ), sums AS (
        SELECT n,
            sum(amount) FILTER (day <= as_of) AS before,
            sum(amount) FILTER (own AND day <= as_of) AS own_before,
            {_windows()},
            min(CASE quality WHEN 'disputed' THEN {DISPUTED} WHEN 'confirmed' THEN {CONFIRMED} ELSE {AS_REPORTED} END)
                FILTER (own AND day > as_of) AS paid_quality
        FROM paid GROUP BY n
    ), ended AS (
        SELECT o.n, bool_or(r.kind = 'withdrawal') AS withdrawn,
            bool_or(r.kind <> 'withdrawal' AND r.happened_at > o.as_of) AS discharged,
            sum(r.amount) FILTER (r.kind IN ('settlement', 'waiver') AND r.happened_at <= o.as_of) AS forgiven
        FROM asked o JOIN discharges r
            ON r.case_id = o.case_id AND coalesce(r.party_id, o.payer) = o.payer
        WHERE {now} GROUP BY o.n
    ), standing AS (
        SELECT n, audit, coalesce(closing_mode IN {_OVER}, false) AS is_over FROM (
            SELECT o.n, r.audit, r.closing_mode, row_number() OVER (PARTITION BY o.n {_NEWEST}) AS place
            FROM asked o JOIN cases r ON r.case_id = o.case_id WHERE {now}
        ) WHERE place = 1
    ), owing AS (
        SELECT o.n, o.as_of, s.* EXCLUDE (n), coalesce(e.withdrawn, false) AS withdrawn,
            coalesce(e.discharged, false) AS discharged, t.audit, coalesce(t.is_over, false) AS is_over,
            greatest(coalesce(claim, 0) - coalesce(before, 0) - coalesce(forgiven, 0), 0) AS case_owed,
            CASE WHEN cap IS NOT NULL THEN greatest(cap - coalesce(own_before, 0), 0) END AS most
        FROM asked o LEFT JOIN claim USING (n) LEFT JOIN cap USING (n) LEFT JOIN sums s USING (n)
            LEFT JOIN ended e USING (n) LEFT JOIN standing t USING (n)
    ), base AS (
        SELECT *, least(case_owed, coalesce(most, case_owed)) AS owed FROM owing
    )
    SELECT n, owed / 100.0::DOUBLE AS outstanding, case_owed / 100.0::DOUBLE AS case_owed, {_shares(last)},
        withdrawn, discharged,
        CAST(CASE WHEN audit IN {_DOUBTED} THEN {DISPUTED}
             WHEN audit = 'confirmed' THEN coalesce(paid_quality, {CONFIRMED})
             ELSE coalesce(paid_quality, {AS_REPORTED}) END AS TINYINT) AS quality
    FROM base"""


def _windows() -> str:
    inside = {str(h): f"day > as_of AND day <= as_of + INTERVAL {h} MONTH" for h in HORIZONS}
    inside[LIFE] = "day > as_of"
    parts = [f"count(*) FILTER (own AND {inside[LIFE]}) AS seen"]
    for h, window in inside.items():
        parts.append(f"coalesce(sum(amount) FILTER (own AND {window}), 0) AS own_{h}")
        parts.append(f"coalesce(sum(amount) FILTER (NOT own AND {window}), 0) AS other_{h}")
    return ", ".join(parts)


def _shares(last: str) -> str:
    parts = []
    for h in (*HORIZONS, LIFE):
        seen = "coalesce(seen, 0) > 0 OR is_over" if h == LIFE else f"as_of + INTERVAL {h} MONTH <= {last}"
        followed = f"owed > 0 AND ({seen})"
        own, other = f"coalesce(own_{h}, 0)", f"coalesce(other_{h}, 0)"
        share = f"least(1.0, greatest(0.0, {own}::DOUBLE / owed))"
        parts.append(f"{followed} AS followed_{h}")
        parts.append(f"CASE WHEN {followed} THEN {share} ELSE 'NaN'::DOUBLE END AS share_{h}")
        parts.append(
            f"({followed} AND {other} > 0 AND {own} < owed * {FULL} AND {own} + {other} >= case_owed * {FULL}) "
            f"AS by_other_{h}"
        )
    return ", ".join(parts)
