"""Who explains a night's scores: the compiled kernel, or LightGBM's own `pred_contrib` where it cannot be relied on.

Both tell the same path-dependent values within 1e-10. LightGBM takes a hundred times as long, and serving may not
import it; but it shares no line with the kernel, and it made the model.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from operations.say import say
from scoring.bundle import Bundle, share_text
from scoring.contributions import KERNEL, Explains
from scoring.proof import prove
from scoring.tree_text import Floats
from vocabulary.text import Text

if TYPE_CHECKING:
    import lightgbm

    from triage.nightly import Scoring

_LOG = logging.getLogger(__name__)


def who_explains(bundle: Bundle) -> Explains:
    """The bundle's kernel where it proves right on this machine, else LightGBM, and the reason in the log.

    Where there is no LightGBM either, plain loops explain. Raises PortraitError when the bundle's folder was changed.
    """
    why = prove(bundle)
    if why is None:
        return bundle.explain
    try:
        other = PredContrib(share_text(bundle), because=why.code)
    except (ImportError, OSError) as absent:
        _LOG.warning("contributions by plain loops [%s], there is no LightGBM: %r", why.code, absent)
        return bundle.explain
    _LOG.warning("contributions by LightGBM's pred_contrib [%s]: %s", why.code, why.found)
    return other


def scoring_here(bundle: Bundle) -> Scoring:
    """Slices scored in this process, and explained by whoever proves right on this machine."""
    from triage.slices import score_slices

    return partial(score_slices, explain=who_explains(bundle))


class PredContrib:
    """LightGBM's own contributions to a model of one output. ``because``: a code of `scoring.loops`."""

    def __init__(self, text: str, *, because: str) -> None:
        import lightgbm

        self._booster: lightgbm.Booster = lightgbm.Booster(model_str=text)
        self.by = f"pred_contrib [{because}]"

    def of(self, X: Floats, *, threads: int = 1) -> Floats:
        """Contributions (n, features), in log-odds, to the raw scores of X (n, features); not the expected score."""
        if not len(X):
            return np.empty(X.shape)
        told: Any = self._booster.predict(X, pred_contrib=True, num_threads=threads)
        return np.ascontiguousarray(told[:, :-1], dtype=np.float64)


def say_who_explained(slices: Mapping[str, int]) -> None:
    """Tell the slices of a night that others than the kernel explained; ``slices``: how many by whom."""
    for by, count in sorted(slices.items()):
        if by != KERNEL:
            say(
                Text(
                    zh=f"编译内核未用，{count}个分片的贡献值由{by}计算（docs/explanations.md）",
                    en=f"The compiled kernel was not used: {by} explained {count} slices (docs/explanations.md)",
                )
            )
