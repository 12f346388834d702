"""What a comparison has fitted so far, kept in a folder: a long run that was cut off goes on where it stopped.

Numbers and JSON only, nothing is unpickled. The folder's name holds a digest of rows, sides, budget and the settings
known beforehand; other recipes, another plan of ours and a change of the code are not seen there: remove the folder to
fit anew.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from training.compare_figures import Answer
from training.peers.tuning import Budget
from training.sample import Sample


@dataclass(frozen=True, eq=False)
class Entrant:
    """A model of the comparison: what it says of the test rows, with what settings, after how many trials, seconds."""

    name: str
    answer: Answer
    settings: Mapping[str, Any]
    trials: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of one comparison's fitted models; without one everything is made and nothing is kept."""

    folder: Path | None = None

    @classmethod
    def of(
        cls,
        root: Path | None,
        sides: Mapping[str, Sample],
        budget: Budget,
        known: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> Kept:
        """The place of these rows, this budget and the settings known beforehand under ``root``."""
        if root is None:
            return cls()
        told = hashlib.sha256(json.dumps({**asdict(budget), "threads": 0}, sort_keys=True).encode())
        for name, rows in sorted(sides.items()):
            told.update(name.encode())
            for array in (rows.values, rows.target, rows.weight):
                told.update(np.ascontiguousarray(array).data)
        if known:
            told.update(
                json.dumps({name: dict(each) for name, each in known.items()}, sort_keys=True).encode()
            )
        return cls(root / f"kept-{told.hexdigest()[:16]}")

    def entrants(self, names: Sequence[str], make: Callable[[], Sequence[Entrant]]) -> list[Entrant]:
        """The models of these names: found, or made and kept."""
        if self.folder is None:
            return list(make())
        places = [self.folder / _file(name) for name in names]
        if all(place.with_suffix(".npz").exists() for place in places):
            return [_read(place) for place in places]
        made = list(make())
        self.folder.mkdir(parents=True, exist_ok=True)
        for place, entrant in zip(places, made, strict=True):
            _write(place, entrant)
        return made

    def settings(self, name: str, find: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
        """What was found of this name as JSON: read, or found and kept."""
        if self.folder is None:
            return find()
        place = self.folder / f"{_file(name)}.json"
        if place.exists():
            return dict(json.loads(place.read_text(encoding="utf-8")))
        found = find()
        self.folder.mkdir(parents=True, exist_ok=True)
        spare = place.with_suffix(".part")
        spare.write_text(json.dumps(dict(found)), encoding="utf-8")
        spare.replace(place)
        return found


def _file(name: str) -> str:
    return re.sub(r"\W+", "-", name)


def _write(place: Path, entrant: Entrant) -> None:
    about = {key: getattr(entrant, key) for key in ("name", "settings", "trials", "seconds")}
    spare = place.with_suffix(".part.npz")
    np.savez_compressed(
        spare, share=entrant.answer.share, exceed=entrant.answer.exceed, about=np.array(json.dumps(about))
    )
    spare.replace(place.with_suffix(".npz"))


def _read(place: Path) -> Entrant:
    with np.load(place.with_suffix(".npz"), allow_pickle=False) as found:
        return Entrant(answer=Answer(found["share"], found["exceed"]), **json.loads(str(found["about"])))
