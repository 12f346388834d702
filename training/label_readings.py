"""Ways in which labels can be read: which rows are learned from, with what weight, towards what outcome.

Censoring here means that a row could not be followed for the horizon by the training edge, for its window had not run
out; or that its label was hidden, by a withdrawal or by another debtor's payment. The weights of IPCW are
1 ÷ P(followed) from a small model of what was known on the row's date (Robins, Rotnitzky & Zhao, JASA 89, 1994).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from features.declare import Values
from records.snapshot import Snapshot
from scoring.cohort import cohort
from scoring.curve import HEADLINE, HORIZONS
from scoring.groups import fresh_share
from scoring.outcomes import DISPUTED, outcomes
from training.fit import Progress
from training.round_end import RoundEnd
from training.sample import Labels, Sample, followed, labels, sample
from training.sides import OPEN, newest
from training.splits import SIDES, Split, time_split
from training.train import Plan
from vocabulary.dates import months_after

Flags = NDArray[np.bool_]
AS_IT_IS, CAMPAIGNS = "as it is", "campaigns left out"
LEAST_CHANCE = 0.1
"""A row counts for at most ten: below this chance of being followed, weights say more of the model than of the rows."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """Days in which a court worked under another policy; both included."""

    court: str
    first: date
    last: date


@dataclass(frozen=True, eq=False)
class Read:
    """Rows of one side with all that readings differ by, each (n,); rows that training leaves out are there too.

    ``seen``: followed for the horizon and not paid by another; ``at_round_end``: shares (n, 4) if a 终本 were the end.
    """

    rows: Sample
    seen: Flags
    withdrawn: Flags
    campaign: Flags
    at_round_end: Values

    def take(self, kept: Flags) -> Read:
        """The rows named."""
        return Read(
            self.rows.take(kept),
            self.seen[kept],
            self.withdrawn[kept],
            self.campaign[kept],
            self.at_round_end[kept],
        )


Sides = Mapping[str, Read]
Reading = Callable[[Sides], dict[str, Sample]]


def read_sides(
    snapshot: Snapshot, plan: Plan, campaigns: Sequence[Campaign], progress: Progress | None = None
) -> tuple[dict[str, Read], Split]:
    """The sides that training has, each with the rows that it leaves out as well, and the split."""
    last = newest(snapshot)
    rows = cohort(snapshot, cutoff=last, moments=plan.moments)
    as_of, party = rows["as_of"].to_numpy().astype("datetime64[D]"), rows["party_id"].to_numpy()
    split = time_split(as_of, party, months=HEADLINE, cutoff=last)
    places = {side: split.side(side) for side in SIDES}
    places[OPEN] = split.before_training_edge(as_of, party)
    days = {**split.known_on, OPEN: split.known_on["train"]}
    return {
        side: _read(snapshot, rows.take(pa.array(place)), side, days[side], campaigns, progress)
        for side, place in places.items()
    }, split


def _read(
    snapshot: Snapshot,
    rows: pa.Table,
    side: str,
    known_on: date,
    campaigns: Sequence[Campaign],
    progress: Progress | None,
) -> Read:
    found = outcomes(snapshot, rows, cutoff=known_on)
    known: Labels = (
        followed(snapshot, rows, known_on=known_on)
        if side == OPEN
        else labels(snapshot, rows, target=f"share_{HEADLINE}", known_on=known_on)
    )
    owed = known.outstanding > 0
    kept = owed if side == OPEN else owed & found[f"followed_{HEADLINE}"].to_numpy()
    seen = ~np.isnan(known.shares[:, HORIZONS.index(HEADLINE)])
    ended = outcomes(RoundEnd(snapshot), rows, cutoff=known_on)
    at_end = np.column_stack([ended[f"share_{months}"].to_numpy() for months in HORIZONS])
    return Read(
        rows=sample(
            snapshot,
            rows,
            replace(known, kept=kept, target=np.nan_to_num(known.target)),
            doubted=1.0,
            progress=progress,
        ),
        seen=seen[kept],
        withdrawn=found["withdrawn"].to_numpy()[kept],
        campaign=_in_campaign(rows, campaigns)[kept],
        at_round_end=np.where(np.isnan(known.shares), np.nan, at_end)[kept],
    )


def _in_campaign(rows: pa.Table, campaigns: Sequence[Campaign]) -> Flags:
    """Rows whose twelve months and a campaign of their court have a day in common."""
    courts, days = rows["court"].to_pylist(), rows["as_of"].to_pylist()
    return np.array(
        [
            any(
                each.court == court and day < each.last and months_after(day, HEADLINE) >= each.first
                for each in campaigns
            )
            for court, day in zip(courts, days, strict=True)
        ],
        dtype=bool,
    )


def usual(sides: Sides, *, doubted: float = 0.5) -> dict[str, Sample]:
    """As training reads labels."""
    return _parts(sides, doubted=doubted)


def _parts(
    sides: Sides,
    *,
    doubted: float = 0.5,
    withdrawn: bool = False,
    leave: Callable[[Read], Flags] | None = None,
    change: Callable[[Read], Read] = lambda read: read,
) -> dict[str, Sample]:
    parts = {}
    for side, whole in sides.items():
        read = change(whole)
        kept = read.withdrawn | read.seen if withdrawn else read.seen & ~read.withdrawn
        if side == OPEN:
            kept = ~np.isnan(read.rows.shares).all(axis=1) & (withdrawn | ~read.withdrawn)
        if side != "test":
            kept &= (doubted > 0) | (read.rows.quality != DISPUTED)
            kept &= ~leave(read) if leave else True
        rows = read.rows.take(kept)
        weight = 1.0 if side == "test" else doubted
        parts[side] = replace(rows, weight=np.where(rows.quality == DISPUTED, weight, 1.0))
    return parts


def _round_end(read: Read) -> Read:
    shares = read.at_round_end
    at = HORIZONS.index(HEADLINE)
    target = np.where(np.isnan(shares[:, at]), read.rows.target, shares[:, at])
    return replace(read, rows=replace(read.rows, shares=shares, target=target))


def _closed_windows(sides: Sides) -> dict[str, Sample]:
    parts = usual(sides)
    return {**parts, OPEN: parts["train"]}


def _weighed(sides: Sides) -> dict[str, Sample]:
    parts = usual(sides)
    whole = sides[OPEN]
    chance = chance_of_being_seen(whole)
    seen = whole.seen & ~whole.withdrawn
    train = whole.rows.take(seen)
    at = HORIZONS.index(HEADLINE)
    train = replace(train, target=train.shares[:, at], weight=weights_of(chance[seen], train.quality))
    return {**parts, "train": train, OPEN: train}


def chance_of_being_seen(read: Read) -> Values:
    """P(followed for the horizon, not withdrawn, not paid by another) of each row (n,), by a logistic regression.

    It knows court, kind of debtor, moment, size of what is owed and how much was answered: not the date, for of two
    rows alike in all but the date the later one stands for what the earlier one was.
    """
    rows = read.rows
    named = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit_transform(
        np.column_stack([rows.court, rows.kind, rows.moment])
    )
    amounts = StandardScaler().fit_transform(
        np.column_stack([np.log1p(rows.outstanding), fresh_share(rows.values, rows.catalogue)])
    )
    seen = read.seen & ~read.withdrawn
    model = LogisticRegression(max_iter=1000).fit(np.column_stack([named, amounts]), seen)
    return np.asarray(model.predict_proba(np.column_stack([named, amounts]))[:, 1])


def weights_of(chance: Values, quality: NDArray[np.int64], *, doubted: float = 0.5) -> Values:
    """Weights (n,) of mean one: 1 ÷ chance of being followed, at most 1 ÷ LEAST_CHANCE, less for disputed labels."""
    weight = np.where(quality == DISPUTED, doubted, 1.0) / np.maximum(chance, LEAST_CHANCE)
    return np.asarray(weight / weight.mean())


def _test_weighed(sides: Sides) -> dict[str, Sample]:
    whole = sides["test"]
    kept = whole.seen & ~whole.withdrawn
    chance = chance_of_being_seen(whole)[kept]
    rows = whole.rows.take(kept)
    return {"test": replace(rows, weight=weights_of(chance, rows.quality, doubted=1.0))}


def _test_without_doubt(sides: Sides) -> dict[str, Sample]:
    rows = usual(sides)["test"]
    return {"test": rows.take(rows.quality != DISPUTED)}


READINGS: Mapping[str, Reading] = {
    AS_IT_IS: usual,
    "doubtful labels dropped": lambda sides: usual(sides, doubted=0.0),
    "doubtful labels in full": lambda sides: usual(sides, doubted=1.0),
    "followed rows alone": _closed_windows,
    "followed rows alone, IPCW": _weighed,
    "终本 as an end": lambda sides: {
        **_parts(sides, change=_round_end),
        "test": usual(sides)["test"],
    },
    CAMPAIGNS: lambda sides: _parts(sides, leave=lambda read: read.campaign),
    "withdrawals kept": lambda sides: {**_parts(sides, withdrawn=True), "test": usual(sides)["test"]},
}
"""How training could read labels; the first is how it does."""
TOLD: Mapping[str, Reading] = {
    AS_IT_IS: usual,
    "doubtful labels dropped": _test_without_doubt,
    "IPCW": _test_weighed,
    "终本 as an end": lambda sides: _parts(sides, change=_round_end),
    "withdrawals kept": lambda sides: _parts(sides, withdrawn=True),
}
"""How the test rows could be read; the first is how the card does."""
