"""The synthetic court's own references: whole numbers below 10^15, apart by kind and by block."""

from __future__ import annotations

import numpy as np

from simulation.draws import Array

_KINDS = {
    name: (number + 1) * 10**12
    for number, name in enumerate(
        (
            "party",
            "case",
            "title",
            "applicant",
            "thing",
            "account",
            "holding",
            "receipt",
            "company",
            "other_case",
            "officer",
        )
    )
}
_ROOM = 10**6  # references of one kind in one block


def keys(kind: str, block: int, local: Array) -> Array:
    """References of a block's local numbers."""
    return _KINDS[kind] + block * _ROOM + np.asarray(local, np.int64)
