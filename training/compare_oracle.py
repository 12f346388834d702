"""The oracle's answer on test rows: true draws of the share to come, joined by obligation and day."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from scoring.curve import HEADLINE
from training.compare import Foresight
from training.compare_figures import Answer
from training.peers.recipe import inside
from training.peers.spread import exceeding
from training.sample import Sample


def foresight(truth: pa.Table, tested: Sample, *, months: int = HEADLINE) -> Foresight:
    """From a truth table (`simulation.truth`) and test rows: which rows it knows, and what it says of them.

    Rows on which the truth holds the debt to be over are left out: nothing is owed there.
    """
    rows = pa.table(
        {
            "party_id": tested.party,
            "case_id": tested.case,
            "as_of": pa.array(tested.as_of.astype("datetime64[D]")),
            "row": np.arange(len(tested)),
        }
    )
    keys = ["party_id", "case_id", "as_of"]
    place = pa.table(
        {**{key: truth[key] for key in keys}, "place": np.arange(truth.num_rows), "open": truth["open"]}
    )
    met = rows.join(place, keys=keys, join_type="inner").sort_by("row")
    met = met.filter(met["open"])
    draws = np.stack(truth[f"share_{months}"].combine_chunks().to_numpy(zero_copy_only=False))
    drawn = draws[met["place"].to_numpy()].astype(np.float64)
    exceed = exceeding(drawn.ravel()).reshape(*drawn.shape, -1).mean(axis=1)
    return Foresight(met["row"].to_numpy(), Answer(inside(drawn.mean(axis=1)), exceed))
