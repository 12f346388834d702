"""The logbook of models: what was filed, compared, proposed, approved and taken back, by whom and when.

One file of JSON lines beside the bundles. It only grows, and every line seals the one before (``vocabulary.chain``).
The pointer to the champion follows it: whoever moves the pointer writes the line first. Instants are UTC.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from vocabulary.chain import START, checked, sealed
from vocabulary.dates import now
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


class Step(StrEnum):
    """What happened to a bundle."""

    FILED = "filed"
    FIRST = "first"
    COMPARED = "compared"
    PROPOSED = "proposed"
    APPROVED = "approved"
    ROLLED_BACK = "rolled_back"


STEP_LABELS = {
    Step.FILED: Text(zh="归档", en="filed"),
    Step.FIRST: Text(zh="首个在用模型", en="first champion"),
    Step.COMPARED: Text(zh="比较", en="compared"),
    Step.PROPOSED: Text(zh="提请换用", en="proposed"),
    Step.APPROVED: Text(zh="批准换用", en="approved"),
    Step.ROLLED_BACK: Text(zh="退回", en="rolled back to"),
}
CROWNING = (Step.FIRST, Step.APPROVED, Step.ROLLED_BACK)
"""Steps after which the line's bundle is the champion."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. ``against``: digest of the champion it was measured against or follows; ``by`` and ``key``: who.

    ``by`` is the name on the person's sign-in key and ``key`` that key's id; both empty for what a program did.
    """

    id: int
    at: str
    step: Step
    bundle: str
    against: str = ""
    by: str = ""
    key: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    previous: str = START
    hash: str = ""


class Logbook:
    """The logbook of one shelf."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def entries(self) -> tuple[Entry, ...]:
        """All lines, oldest first. Raises PortraitError (``logbook_broken``) when one was changed or is missing."""
        try:
            lines = self.path.read_text("utf-8").splitlines()
        except FileNotFoundError:
            return ()
        rows = [self._row(line, number) for number, line in enumerate(lines, start=1)]
        broken = checked(rows).broken_at
        if broken is not None:
            raise self._broken(broken)
        return tuple(Entry(**row | {"step": Step(row["step"])}) for row in rows)

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """The only writer for the length of the block: what it reads is still true when it writes."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield Turn(self.path, list(self.entries()))

    def _row(self, line: str, number: int) -> dict[str, Any]:
        try:
            row: dict[str, Any] = json.loads(line)
            Entry(**row)
        except (ValueError, TypeError) as error:
            raise self._broken(number) from error
        return row

    def _broken(self, number: int) -> PortraitError:
        return PortraitError(
            Problem(
                code="logbook_broken",
                title=Text(zh="模型登记簿已损坏", en="The logbook of models is broken"),
                detail=Text(
                    zh=f"[{self.path.name}]第{number}行与前文不符：被改动、删除或未写完。",
                    en=f"Line {number} of [{self.path.name}] does not follow from those before: "
                    "changed, removed or cut off.",
                ),
                next_step=Text(
                    zh="请从备份恢复该文件，并查明原因；此前不要换用模型。",
                    en="Restore the file from a backup and find out why; promote nothing before.",
                ),
                status=503,
                values={"line": number},
            )
        )


class Turn:
    """A writer's turn: the lines there are, and a way to add one."""

    def __init__(self, path: Path, entries: list[Entry]) -> None:
        self._path = path
        self.entries = entries

    def add(self, step: Step, bundle: str, **more: Any) -> Entry:
        """Write a line (fields of `Entry`: against, by, key, facts) to the disk and return it."""
        last = self.entries[-1] if self.entries else None
        entry = Entry(
            id=len(self.entries) + 1,
            at=now().isoformat(),
            step=step,
            bundle=bundle,
            previous=last.hash if last else START,
            **more,
        )
        row = json.loads(json.dumps(asdict(entry), default=str))
        row["hash"] = sealed(row)
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(handle, (json.dumps(row, ensure_ascii=False) + "\n").encode())
            os.fsync(handle)
        finally:
            os.close(handle)
        kept = Entry(**row | {"step": step})
        self.entries.append(kept)
        return kept


def crowned(entries: Sequence[Entry]) -> list[Entry]:
    """The lines that made a champion, oldest first; the last one's bundle is the champion."""
    return [entry for entry in entries if entry.step in CROWNING]
