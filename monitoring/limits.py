"""From when on it is worth a warning or an alarm: the dated limits, and how strict a test is when there are many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from records.parameters import Parameters
from vocabulary.text import Text

LIMITS = Path(__file__).parent / "parameters" / "watch.yaml"


class Level(IntEnum):
    """How bad it is; ``UNKNOWN``: too little to tell."""

    FINE = 0
    UNKNOWN = 1
    WARNING = 2
    ALARM = 3


LEVEL_LABELS = {
    Level.FINE: Text(zh="正常", en="fine"),
    Level.UNKNOWN: Text(zh="数据不足", en="too little to tell"),
    Level.WARNING: Text(zh="注意", en="warning"),
    Level.ALARM: Text(zh="警报", en="alarm"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits in force on a day."""

    day: date
    table: Parameters

    @classmethod
    def on(cls, day: date, path: Path = LIMITS) -> Limits:
        """The limits of a file on a day. Raises PortraitError when the file is malformed or holds none so early."""
        return cls(day, Parameters.read(path))

    def __getitem__(self, name: str) -> Any:
        return self.table.on(name, self.day).value


def holm(chances: Sequence[float]) -> NDArray[np.float64]:
    """Chances of m tests adjusted so that together they err as rarely as one would (Holm 1979), of shape (m,)."""
    plain = np.asarray(chances, dtype=float)
    order = np.argsort(plain, kind="stable")
    stepped = np.maximum.accumulate(plain[order] * np.arange(len(plain), 0, -1))
    adjusted = np.empty(len(plain))
    adjusted[order] = np.minimum(stepped, 1.0)
    return adjusted
