"""The records in use: follows the pointer to the newest published snapshot, opens any other by its digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from records.dossier import Dossier
from records.dossiers import Dossiers
from records.linkage.shelf import LinkShelf
from records.manifest import MANIFEST, current_folder, folder_of
from scoring.haircuts import Haircuts
from scoring.haircuts_kept import haircuts_of
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

_MOST_OPEN = 4


class Holdings:
    """Snapshots under one root; the pointer is read at every question."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._open: dict[str, Held] = {}

    def current(self) -> Held:
        """The snapshot in use. Raises PortraitError (``records.snapshot_missing``, 503) before the first."""
        return self._at(current_folder(self._root))

    def named(self, digest: str) -> Held:
        """The snapshot of a digest. Raises PortraitError (``snapshot_gone``, 409) when it is no longer on the disk."""
        folder = self._root / folder_of(digest)
        if not (folder / MANIFEST).exists():
            raise _gone(digest)
        return self._at(folder)

    def close(self) -> None:
        """Let go of all files."""
        for held in self._open.values():
            held.close()
        self._open.clear()

    def _at(self, folder: Path) -> Held:
        held = self._open.pop(folder.name, None) or Held(Dossiers.open(folder), LinkShelf.open(folder))
        self._open[folder.name] = held
        while len(self._open) > _MOST_OPEN:
            self._open.pop(next(iter(self._open))).close()
        return held


@dataclass(frozen=True, slots=True)
class Held:
    """A snapshot in use."""

    dossiers: Dossiers
    links: LinkShelf

    @property
    def digest(self) -> str:
        """The snapshot's digest."""
        return self.dossiers.digest

    @property
    def newest(self) -> date | None:
        """The last day on which one of its records became known."""
        return self.dossiers.newest

    def fetch(self, party_id: int, case_id: int, as_of: date) -> Dossier:
        """The dossier of a debtor in a case, as known on a date."""
        return self.dossiers.fetch(party_id, case_id, as_of)

    def obligor(self, party_id: int, as_of: date) -> int:
        """Under which id a party's rows stand on a date: its own, or that of the obligor it was linked to."""
        return self.links.obligor(party_id, as_of)

    def case_of(self, case_number: str) -> int | None:
        """The case of a case number, brackets of either form; None when no case has it."""
        return self.dossiers.case_of(case_number)

    def close(self) -> None:
        """Let go of its files."""
        self.dossiers.close()
        self.links.close()

    def haircuts(self, as_of: date) -> Haircuts:
        """What auctions of the snapshot fetched, as known on the first day of the date's month: later lots never count.

        Fitted, or read as the night left them, once a month of dates: a function of snapshot and date alone, so that a
        replay uses the same.
        """
        return _haircuts(self.dossiers.path, as_of.replace(day=1))


@lru_cache(maxsize=64)
def _haircuts(snapshot: Path, month: date) -> Haircuts:
    return haircuts_of(snapshot, month)


def _gone(digest: str) -> PortraitError:
    return PortraitError(
        Problem(
            code="snapshot_gone",
            title=Text(zh="记录快照已被清理", en="The snapshot is gone"),
            detail=Text(
                zh=f"该画像依据的记录快照[{digest[:12]}]已不在本机，画像本身仍可查看。",
                en=f"Snapshot [{digest[:12]}], on which the portrait stands, is no longer here; "
                "the portrait itself still is.",
            ),
            next_step=Text(
                zh="请从备份恢复该快照，或用现有记录重新生成画像。",
                en="Restore it from a backup, or make a new portrait from the present records.",
            ),
            status=409,
            values={"snapshot": digest[:12]},
        )
    )
