"""What came true: the share of each obligation that its debtor performed, by horizon. One place for all who ask.

``share_h`` = money credited from this debtor in ``(as_of, as_of + h months]`` ÷ amount outstanding on ``as_of``,
clipped to [0, 1]. An obligation is followed at ``h`` if and only if ``as_of + h`` months ≤ the labels' cut-off,
whatever its status. When the case's debt ended because another debtor paid, the own ability was not seen: a competing
event, flagged and never read as a zero.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa

from records.snapshot import Snapshot

HORIZONS = (3, 6, 12, 24)
FULL = 1 - 1e-3
"""A share from here on is full performance: fees of a transfer and rounding are not a debt."""

_CLAIM = "coalesce(principal, 0) + coalesce(general_interest, 0) + coalesce(costs, 0) + coalesce(penalty, 0)"
_SEEN = "(r.superseded_at IS NULL OR r.superseded_at > {day}) AND NOT coalesce(r.retracted, false)"


def outcomes(snapshot: Snapshot, obligations: pa.Table, *, cutoff: date) -> pa.Table:
    """Outcomes of obligations as known on the cut-off date.

    ``obligations``: party_id, case_id (int64), as_of (date32), shape (n,). Returns rows in the same order:
    ``outstanding`` (CNY on as_of), and for h of 3, 6, 12, 24 and ``life``: ``share_h`` (NaN when not followed),
    ``followed_h``, ``by_other_h``; ``quality`` (2 confirmed, 1 as reported, 0 disputed), ``withdrawn``.
    """
    asked = obligations.select(["party_id", "case_id", "as_of"]).append_column(
        "n", pa.array(np.arange(obligations.num_rows))
    )
    found = snapshot.query(_sql(cutoff), asked=asked).sort_by("n")
    return found.drop_columns(["n"])


def _sql(cutoff: date) -> str:
    last = f"DATE '{cutoff.isoformat()}'"
    return f"""
    WITH claim AS (
        SELECT n, sum({_CLAIM}) AS claim FROM (
            SELECT o.n, r.*, row_number() OVER (
                PARTITION BY o.n, r.title_id ORDER BY r.happened_at DESC, r.known_at DESC, r.row_id DESC) AS newest
            FROM asked o JOIN titles r ON r.case_id = o.case_id
            WHERE r.known_at <= o.as_of AND {_SEEN.format(day="o.as_of")}
        ) WHERE newest = 1 GROUP BY n
    ), cap AS (
        SELECT o.n, min(r.liability_cap) AS cap
        FROM asked o JOIN obligors r ON r.party_id = o.party_id AND r.case_id = o.case_id
        WHERE r.known_at <= o.as_of AND {_SEEN.format(day="o.as_of")} GROUP BY o.n
    ), paid AS (
        SELECT o.n, r.party_id = o.party_id AS own, r.happened_at AS day, r.amount, r.quality, o.as_of
        FROM asked o JOIN payments r ON r.case_id = o.case_id
        WHERE r.known_at <= {last} AND {_SEEN.format(day=last)}
    ), sums AS (
        SELECT n, sum(amount) FILTER (day <= as_of) AS before, {_windows()}
            , coalesce(sum(amount) FILTER (own AND day > as_of), 0) AS own_life
            , coalesce(sum(amount) FILTER (NOT own AND day > as_of), 0) AS other_life
            , count(*) FILTER (own AND day > as_of) AS seen_life
            , min(CASE quality WHEN 'disputed' THEN 0 WHEN 'confirmed' THEN 2 ELSE 1 END)
                FILTER (own AND day > as_of) AS paid_quality
        FROM paid GROUP BY n
    ), ended AS (
        SELECT o.n, bool_or(r.kind = 'withdrawal') AS withdrawn
        FROM asked o JOIN discharges r ON r.case_id = o.case_id
        WHERE r.known_at <= {last} AND {_SEEN.format(day=last)} GROUP BY o.n
    ), standing AS (
        SELECT o.n, arg_max(r.audit, row(r.happened_at, r.known_at, r.row_id)) AS audit
        FROM asked o JOIN cases r ON r.case_id = o.case_id
        WHERE r.known_at <= {last} AND {_SEEN.format(day=last)} GROUP BY o.n
    ), base AS (
        SELECT o.n, o.as_of, s.*, coalesce(e.withdrawn, false) AS withdrawn, t.audit,
            greatest(claim - coalesce(before, 0), 0) AS case_owed,
            least(greatest(claim - coalesce(before, 0), 0), coalesce(cap, claim)) AS owed
        FROM asked o LEFT JOIN claim USING (n) LEFT JOIN cap USING (n) LEFT JOIN sums s USING (n)
            LEFT JOIN ended e USING (n) LEFT JOIN standing t USING (n)
    )
    SELECT n, coalesce(owed, 0) / 100.0 AS outstanding, {_shares(last)},
        withdrawn,
        CAST(CASE WHEN audit IN ('non_compliant', 'misreported', 'to_be_completed') THEN 0
             WHEN audit = 'confirmed' THEN coalesce(paid_quality, 2) ELSE coalesce(paid_quality, 1) END AS TINYINT)
             AS quality
    FROM base"""


def _windows() -> str:
    inside = "day > as_of AND day <= as_of + INTERVAL {h} MONTH"
    parts = []
    for h in HORIZONS:
        window = inside.format(h=h)
        parts.append(f"coalesce(sum(amount) FILTER (own AND {window}), 0) AS own_{h}")
        parts.append(f"coalesce(sum(amount) FILTER (NOT own AND {window}), 0) AS other_{h}")
    return ", ".join(parts)


def _shares(last: str) -> str:
    parts = []
    for h in (*HORIZONS, "life"):
        followed = f"as_of + INTERVAL {h} MONTH <= {last}" if h != "life" else "coalesce(seen_life, 0) > 0"
        own, other = f"coalesce(own_{h}, 0)", f"coalesce(other_{h}, 0)"
        owed = "coalesce(owed, 0) > 0"
        share = f"least(1.0, greatest(0.0, {own} / CAST(owed AS DOUBLE)))"
        parts.append(f"coalesce({owed} AND {followed}, false) AS followed_{h}")
        parts.append(
            f"CASE WHEN {owed} AND {followed} THEN {share} ELSE CAST('NaN' AS DOUBLE) END AS share_{h}"
        )
        parts.append(
            f"coalesce({owed} AND {other} > 0 AND {own} < owed * {FULL} AND {own} + {other} >= case_owed * {FULL}, "
            f"false) AS by_other_{h}"
        )
    return ", ".join(parts)
