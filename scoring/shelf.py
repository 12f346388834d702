"""The shelf of bundles: immutable folders named by digest, and a pointer to the champion that moves at once."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path

from features.catalogue import CATALOGUE
from features.declare import Catalogue
from scoring.bundle import Bundle, read, refused
from scoring.logbook import Logbook
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


class Shelf:
    """Bundles under one root. A serving process follows the pointer without a restart."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._held: tuple[str, Bundle] | None = None

    def put(self, folder: Path) -> str:
        """Copy a bundle folder onto the shelf under its digest and return the digest. Putting it twice is harmless."""
        digest = read(folder).digest
        place = self.root / digest
        if not place.exists():
            self.root.mkdir(parents=True, exist_ok=True)
            staged = Path(tempfile.mkdtemp(dir=self.root, prefix=".staged-"))
            shutil.copytree(folder, staged / digest)
            os.replace(staged / digest, place)
            staged.rmdir()
        return digest

    def point(self, digest: str, *, alias: str = "champion") -> None:
        """Move an alias to a bundle on the shelf, atomically. Raises PortraitError when it is not there."""
        if not (self.root / digest).is_dir():
            raise _missing(f"[{digest[:12]}]")
        staged = self.root / f".{alias}.{os.getpid()}"
        staged.write_text(json.dumps({"bundle": digest}) + "\n")
        os.replace(staged, self.root / f"{alias}.json")

    @property
    def logbook(self) -> Logbook:
        """What happened to the bundles of this shelf."""
        return Logbook(self.root / "logbook.jsonl")

    def digests(self) -> tuple[str, ...]:
        """Digests of the bundles that lie here."""
        return tuple(sorted(found.parent.name for found in self.root.glob("[0-9a-f]*/manifest.json")))

    def full(self, digest: str) -> str:
        """The digest that begins with these digits. Raises PortraitError when none or several do."""
        found = [each for each in self.digests() if each.startswith(digest)]
        if len(found) != 1:
            raise _missing(f"[{digest[:12]}]")
        return found[0]

    def digest(self, alias: str = "champion") -> str:
        """The digest an alias points to. Raises PortraitError when nothing was promoted yet."""
        try:
            return str(json.loads((self.root / f"{alias}.json").read_text())["bundle"])
        except OSError as error:
            raise _missing(f"alias [{alias}]") from error

    def digest_or_none(self, alias: str = "champion") -> str | None:
        """The digest an alias points to; None when nothing was promoted yet."""
        try:
            return self.digest(alias)
        except PortraitError:
            return None

    def champion(self, catalogue: Catalogue = CATALOGUE) -> Bundle:
        """The champion bundle, read anew only when the pointer has moved."""
        digest = self.digest()
        if self._held is None or self._held[0] != digest:
            self._held = (digest, self.named(digest, catalogue))
        return self._held[1]

    def named(self, digest: str, catalogue: Catalogue = CATALOGUE) -> Bundle:
        """The bundle of a digest. Raises PortraitError when it is not on the shelf, or is no longer what it was."""
        if not (self.root / digest).is_dir():
            raise _missing(f"[{digest[:12]}]")
        found = read(self.root / digest, catalogue)
        if found.digest != digest:
            raise refused(
                self.root / digest,
                Text(
                    zh="manifest.json与文件夹名中的摘要不符",
                    en="manifest.json differs from the digest in its folder's name",
                ),
            )
        return found


def _missing(what: str) -> PortraitError:
    return PortraitError(
        Problem(
            code="no_bundle",
            title=Text(zh="没有可用的模型包", en="No model bundle"),
            detail=Text(zh=f"模型架上没有{what}。", en=f"The shelf has no {what}."),
            next_step=Text(
                zh="请先训练并登记模型：portrait train。",
                en="Train and register a model first: portrait train.",
            ),
            status=503,
        )
    )
