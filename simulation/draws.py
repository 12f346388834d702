"""Random draws, in two ways.

*Streams*: a numpy generator for each block and stage, so that a stage may draw more without moving another.
*Counted draws*: a uniform number as a pure function of (who, week, what for), so that two courses of the same
court meet the same luck (common random numbers), and any day can be taken up again.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Array = np.ndarray
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX2 = np.uint64(0x94D049BB133111EB)
_STAGES = ("world", "claims", "salt", "asking", "answers", "spending", "conduct", "registers", "courts")


def stream(seed: int, block: int, stage: str) -> np.random.Generator:
    """The generator of one stage of one block."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence((seed, block, _STAGES.index(stage)))))


def mixed(key: Array) -> Array:
    """SplitMix64's finaliser over 64-bit keys."""
    z = key ^ (key >> np.uint64(30))
    z *= _MIX1
    z ^= z >> np.uint64(27)
    z *= _MIX2
    z ^= z >> np.uint64(31)
    return np.asarray(z)


def counted(salt: Array, week: int, purpose: int) -> Array:
    """Uniform numbers in (0, 1), one for each salt, fixed by week and purpose."""
    z = mixed(salt + np.uint64(((week * 97 + purpose + 1) * int(_STEP)) & (2**64 - 1)))
    return ((z >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53


def normal_of(uniform: Array) -> Array:
    """Standard normal numbers of uniform ones (logistic approximation, error below 0.01 inside ±2.5)."""
    logit = np.log(uniform / (1 - uniform))
    return np.asarray(logit / np.sqrt(2.69 + 0.026 * logit * logit))


def lognormal(rng: np.random.Generator, median: Array | float, sigma: Array | float, size: int) -> Array:
    """Lognormal numbers by median and spread of the logarithm."""
    return np.asarray(median) * np.exp(np.asarray(sigma) * rng.standard_normal(size))


def pick(rng: np.random.Generator, weights: Sequence[float] | Array, size: int) -> Array:
    """Positions drawn with the weights (they need not add up to one)."""
    edges = np.cumsum(np.asarray(weights, float))
    return np.asarray(
        np.searchsorted(edges, rng.random(size) * edges[-1], side="right").clip(0, len(edges) - 1)
    )


def pick_rows(rng: np.random.Generator, weights: Array) -> Array:
    """One position for each row of a weight matrix."""
    edges = np.cumsum(weights, axis=1)
    return np.asarray(
        (edges < (rng.random(len(weights)) * edges[:, -1])[:, None]).sum(axis=1).clip(0, weights.shape[1] - 1)
    )


def expanded(counts: Array) -> tuple[Array, Array]:
    """For counts a parent: the parent of every child, and the child's position under its parent."""
    parent = np.repeat(np.arange(len(counts)), counts)
    starts = np.cumsum(counts) - counts
    return parent, np.arange(len(parent)) - np.repeat(starts, counts)


def logistic(x: Array) -> Array:
    """1 / (1 + exp(-x))."""
    return np.asarray(1.0 / (1.0 + np.exp(-x)))


def yuan(amount: Array) -> Array:
    """Amounts rounded to the fen."""
    return np.round(amount, 2)
