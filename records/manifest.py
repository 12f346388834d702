"""A snapshot's manifest: what is in it and by which digest. Standard library only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from records.problems import snapshot_missing
from records.schema import contracts_digest
from vocabulary.text import Text

MANIFEST = "manifest.json"
POINTER = "current"
DOSSIERS = "dossiers.sqlite"
FORMAT = 2
"""Raised when what a snapshot holds changes: one of another form is published anew."""
_FOLDER = "snapshot-"


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One table of a snapshot: its rows (all versions), the newest known_at, and the digest of its row ids in order."""

    rows: int
    newest: date | None
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot holds. ``sources``: family → source → day of the newest answer."""

    digest: str
    tables: Mapping[str, TableFacts]
    sources: Mapping[str, Mapping[str, date]]
    newest: date | None
    contracts: str
    format: int = FORMAT

    @classmethod
    def of(cls, tables: Mapping[str, TableFacts], sources: Mapping[str, Mapping[str, date]]) -> Manifest:
        """The manifest over tables: equal content gives an equal digest, whenever and from what files it was loaded."""
        contracts = contracts_digest()
        content = [(name, tables[name].rows, tables[name].digest) for name in sorted(tables)]
        digest = hashlib.sha256(json.dumps([FORMAT, contracts, content]).encode()).hexdigest()
        newest = max((each.newest for each in tables.values() if each.newest), default=None)
        return cls(digest, tables, sources, newest, contracts)

    @property
    def folder(self) -> str:
        """Name of the snapshot's folder."""
        return folder_of(self.digest)

    def write(self, folder: Path) -> None:
        """Write the manifest into a folder as JSON."""
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False, default=date.isoformat)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of a snapshot's folder.

        Raises PortraitError `records.snapshot_missing` when there is none, or when it follows other contracts.
        """
        try:
            content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise snapshot_missing(folder, Text(zh="没有清单", en="it holds no manifest")) from None
        if content.get("contracts") != contracts_digest() or content.get("format") != FORMAT:
            raise snapshot_missing(
                folder, Text(zh="由另一版数据约定发布", en="it was published under other contracts")
            )
        return cls(
            content["digest"],
            {name: _facts(each) for name, each in content["tables"].items()},
            {
                family: {name: date.fromisoformat(day) for name, day in each.items()}
                for family, each in content["sources"].items()
            },
            _day(content["newest"]),
            content["contracts"],
        )


def folder_of(digest: str) -> str:
    """The name of the folder of a snapshot's digest."""
    return f"{_FOLDER}{digest[:16]}"


def current_folder(root: Path) -> Path:
    """The folder that the pointer names. Raises PortraitError `records.snapshot_missing` when nothing is published."""
    try:
        name = (root / POINTER).read_text(encoding="utf-8").strip()
    except OSError:
        raise snapshot_missing(root, Text(zh="尚未发布快照", en="nothing has been published there")) from None
    return root / name


def folders(root: Path) -> list[Path]:
    """Every published snapshot's folder, oldest first."""
    return sorted(
        (each for each in root.glob(f"{_FOLDER}*") if (each / MANIFEST).exists()),
        key=lambda each: (each.stat().st_mtime_ns, each.name),
    )


def _facts(content: Mapping[str, Any]) -> TableFacts:
    return TableFacts(content["rows"], _day(content["newest"]), content["digest"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
