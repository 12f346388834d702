"""The record of a night: its steps with seconds and counts, written after each, and how it ended.

A night that was killed left its record open; started again for the same date it goes on writing there.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from vocabulary.dates import now


class Record:
    """One night's ``run.json``. ``told`` is its content: as_of, attempts, steps, exit_code (None while it runs)."""

    def __init__(self, path: Path, told: dict[str, Any]) -> None:
        self.path = path
        self.told = told

    @classmethod
    def open(cls, root: Path, as_of: date, **about: object) -> Record:
        """The open record of the date, else a new one below ``root/<date>-<number>``."""
        nights = sorted(root.glob(f"{as_of.isoformat()}-*/run.json"))
        last = json.loads(nights[-1].read_text()) if nights else None
        if last is None or last["exit_code"] is not None:
            folder = root / f"{as_of.isoformat()}-{len(nights) + 1:03d}"
            folder.mkdir(parents=True, exist_ok=True)
            last = {"as_of": as_of.isoformat(), "attempts": [], "steps": {}, "exit_code": None}
            nights.append(folder / "run.json")
        record = cls(nights[-1], {**last, **about})
        record.told["attempts"].append(now().isoformat(timespec="seconds"))
        record.write()
        return record

    @contextmanager
    def step(self, name: str) -> Iterator[dict[str, Any]]:
        """A step: what is put into the mapping is kept with it; seconds are those of all attempts together."""
        begun = time.perf_counter()
        told: dict[str, Any] = self.told["steps"].setdefault(name, {"seconds": 0.0, "done": False})
        told["done"] = False
        before = told["seconds"]
        self.write()
        try:
            yield told
            told["done"] = True
        finally:
            told["seconds"] = round(before + time.perf_counter() - begun, 3)
            self.write()

    def end(self, exit_code: int, **why: object) -> None:
        """Close the record."""
        self.told.update(why, exit_code=exit_code, ended=now().isoformat(timespec="seconds"))
        self.write()

    def write(self) -> None:
        """Write it whole: readers never see half a record."""
        draft = self.path.with_name(".run.json.draft")
        draft.write_text(json.dumps(self.told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        os.replace(draft, self.path)
