"""Donors drawn at night and kept beside the queue: profiles whose answers are supposed for debtors not asked about.

Obligations of the last two years are taken as they stood when their first answers were in and three months after
filing, closed since or not: what is open today is for the most part what nobody could collect.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from triage.donors import NAME
from triage.learning import lots

if TYPE_CHECKING:
    import pyarrow as pa

    from features.night import Records

MOST = 800
"""Profiles that are drawn: enough for some dozens of answers of a family that is asked about in one case of four."""
DAYS = 730
"""How far back they lie."""
MOMENTS = ("first_answers", "three_months")
_LOT = 0


def keep_donors(folder: Path, snapshot: Records, *, as_of: date, most: int = MOST) -> None:
    """Draw donors as known on a day and keep them beside its queue; equal records draw the same."""
    from features.night import build, matrix
    from scoring.cohort import cohort

    drawn = _drawn(cohort(snapshot, cutoff=as_of, moments=MOMENTS), as_of - timedelta(days=DAYS), most)
    values = matrix(build(snapshot, drawn))
    np.save(folder / NAME, values.astype(np.float32), allow_pickle=False)


def _drawn(rows: pa.Table, since: date, most: int) -> pa.Table:
    """At most so many rows from a day on, chosen by a lot of their obligation, in their order."""
    import pyarrow as pa
    import pyarrow.compute as pc

    late = rows.filter(pc.field("as_of") >= since)
    luck = lots(late["case_id"].to_numpy(), late["party_id"].to_numpy(), _LOT)
    places = np.sort(np.argsort(luck, kind="stable")[:most])
    return late.select(["party_id", "case_id", "as_of"]).take(pa.array(places))
