"""Obligations whose round was terminated, of which property has come to light since: what 恢执 looks at.

法〔2016〕373号 Art. 9: for five years the court asks every six months and resumes enforcement when property is found.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from scoring.outcomes import outcomes
from triage.deadlines import PROPERTY, VISIBLE
from triage.tracks.figures import policy

if TYPE_CHECKING:
    import pyarrow as pa

    from records.snapshot import Snapshot

_ASLEEP = f"""
WITH standing AS (
    SELECT *, row_number() OVER (PARTITION BY case_id ORDER BY happened_at DESC, known_at DESC, row_id DESC) AS newest
    FROM cases WHERE {VISIBLE}
), ended AS (
    SELECT case_id, court, coalesce(case_number, '') AS case_number, closed_on FROM standing
    WHERE newest = 1 AND closing_mode = 'round_terminated' AND closed_on <= $day AND case_id NOT IN (
        SELECT predecessor_case_id FROM cases WHERE {VISIBLE} AND predecessor_case_id IS NOT NULL)
), debtors AS (
    SELECT DISTINCT case_id, party_id FROM obligors WHERE {VISIBLE}
)
SELECT DISTINCT d.party_id, e.case_id, $day AS as_of, e.court, e.case_number
FROM ended e JOIN debtors d USING (case_id) JOIN ({PROPERTY}) k ON k.party_id = d.party_id AND k.since > e.closed_on
ORDER BY d.party_id, e.case_id"""


def dormant_with_news(snapshot: Snapshot, as_of: date) -> pa.Table:
    """Obligations of terminated rounds with something owed and news since, in the shape of `open_obligations`."""
    import pyarrow.compute as pc

    least = round(policy().number("resume_money", as_of) * 100)
    found = snapshot.query(_ASLEEP, day=as_of, least=least)
    owed = outcomes(snapshot, found, cutoff=as_of)
    for name in ("case_owed", "outstanding"):
        found = found.append_column(name, owed[name])
    return found.filter(pc.field("outstanding") > 0)
