"""What a model learns from and is measured on: feature values, shares that came true, weights; what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from features.catalogue import CATALOGUE
from features.declare import Catalogue, Values
from features.night import Progress, Records, build, matrix
from scoring.groups import bands
from scoring.outcomes import DISPUTED, HORIZONS, LIFE, outcomes

Integers = NDArray[np.int64]
Names = NDArray[np.str_]


@dataclass(frozen=True, eq=False)
class Sample:
    """n rows: one obligation as of one date each. All arrays have n rows, ``values`` (n, features) with NaN unknown.

    ``target`` is a share, 0 to 1; ``shares`` (n, 4) those by 3, 6, 12 and 24 months, NaN where not followed or where
    another debtor paid; ``outstanding`` CNY on the date; ``quality`` that of the label.
    """

    party: Integers
    case: Integers
    as_of: NDArray[np.datetime64]
    moment: Names
    kind: Names
    court: Names
    values: Values
    target: Values
    shares: Values
    weight: Values
    outstanding: Values
    quality: Integers
    catalogue: Catalogue = field(default=CATALOGUE, repr=False)

    def __len__(self) -> int:
        return len(self.target)

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Sample:
        """The rows named, weights as they are."""
        chosen = {name: getattr(self, name)[rows] for name in _ARRAYS}
        return replace(self, **chosen)

    @property
    def bands(self) -> Names:
        """Coverage band of each row: share of asset and income families answered and fresh."""
        return bands(self.values, self.catalogue)


def joined(first: Sample, second: Sample) -> Sample:
    """The rows of both."""
    together: dict[str, Any] = {
        name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in _ARRAYS
    }
    return replace(first, **together)


_ARRAYS = (
    "party", "case", "as_of", "moment", "kind", "court", "values", "target", "shares", "weight", "outstanding",
    "quality",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Labels:
    """Outcomes of cohort rows at one target; ``kept`` marks rows that may be learned from, ``left_out`` counts why."""

    target: Values
    shares: Values
    outstanding: Values
    quality: Integers
    kept: NDArray[np.bool_]
    left_out: Mapping[str, int]


def labels(snapshot: Records, rows: pa.Table, *, target: str, known_on: date) -> Labels:
    """Labels of cohort rows as known on a date. ``target`` is share_3, share_6, share_12, share_24 or share_life.

    Left out, each counted once: nothing owed on the date, not followed for the horizon, withdrawn by the applicant, and
    paid by another debtor (a competing event: this one's ability was not seen).
    """
    horizon = target.removeprefix("share_")
    found = outcomes(snapshot, rows, cutoff=known_on)
    owed = _array(found, "outstanding")
    reasons = {
        "nothing_owed": ~(owed > 0),
        "not_followed": ~_array(found, f"followed_{horizon}"),
        "withdrawn": _array(found, "withdrawn"),
        "paid_by_another": _array(found, f"by_other_{horizon}"),
    }
    kept = np.ones(len(owed), dtype=bool)
    left_out = {}
    for reason, here in reasons.items():
        left_out[reason] = int((kept & here).sum())
        kept &= ~here
    return Labels(
        target=_array(found, target),
        shares=_shares(found, target),
        outstanding=owed,
        quality=_array(found, "quality").astype(np.int64),
        kept=kept,
        left_out=left_out,
    )


def followed(snapshot: Records, rows: pa.Table, *, known_on: date) -> Labels:
    """Labels of rows followed for any horizon by a date, open or closed: what the curve learns from.

    ``target`` is the share by the longest horizon followed.
    """
    found = outcomes(snapshot, rows, cutoff=known_on)
    owed, shares = _array(found, "outstanding"), _shares(found, "share_12")
    kept = (owed > 0) & ~_array(found, "withdrawn") & ~np.isnan(shares).all(axis=1)
    last = shares.shape[1] - 1 - np.argmax(~np.isnan(shares[:, ::-1]), axis=1)
    return Labels(
        target=shares[np.arange(len(shares)), last],
        shares=shares,
        outstanding=owed,
        quality=_array(found, "quality").astype(np.int64),
        kept=kept,
        left_out={"not_followed": int((~kept).sum())},
    )


def _shares(found: pa.Table, target: str) -> Values:
    """Shares by horizon (n, 4), NaN where not followed or paid by another; a share of a whole life stands at twelve."""
    shares = np.full((found.num_rows, len(HORIZONS)), np.nan)
    if target == f"share_{LIFE}":
        shares[:, HORIZONS.index(12)] = _array(found, target)
        return shares
    for place, months in enumerate(HORIZONS):
        seen = _array(found, f"followed_{months}") & ~_array(found, f"by_other_{months}")
        shares[seen, place] = _array(found, f"share_{months}")[seen]
    return shares


def sample(
    snapshot: Records,
    rows: pa.Table,
    labels: Labels,
    *,
    doubted: float = 0.5,
    catalogue: Catalogue = CATALOGUE,
    progress: Progress | None = None,
) -> Sample:
    """Features and labels of the cohort rows that ``labels`` keeps.

    A row weighs one, or ``doubted`` where its label is disputed (0 drops those rows). It does not weigh 1 ÷ rows of
    its obligation: how many dates an obligation has is known afterwards only, and is few for those who paid soon.
    """
    kept = labels.kept & (doubted > 0 or labels.quality != DISPUTED)
    chosen = rows.filter(pa.array(kept))
    values = matrix(build(snapshot, chosen, catalogue=catalogue, progress=progress), catalogue)
    quality = labels.quality[kept]
    return Sample(
        party=_array(chosen, "party_id"),
        case=_array(chosen, "case_id"),
        as_of=_array(chosen, "as_of").astype("datetime64[D]"),
        moment=_array(chosen, "moment").astype(str),
        kind=_array(chosen, "kind").astype(str),
        court=_array(chosen, "court").astype(str),
        values=values,
        target=labels.target[kept],
        shares=labels.shares[kept],
        weight=np.where(quality == DISPUTED, doubted, 1.0),
        outstanding=labels.outstanding[kept],
        quality=quality,
        catalogue=catalogue,
    )


def _array(table: pa.Table, name: str) -> Any:
    return table[name].to_numpy()
