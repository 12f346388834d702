"""What to ask, as an application may carry it: for each family not answered, which organ, what for, on what basis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from portraits.law.documents import DOCUMENTS
from portraits.law.rule import Document
from records.yaml_file import read_yaml
from vocabulary.families import ASKED
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

FILE = Path(__file__).parent / "organs.yaml"
_KEYS = {"family", "organ", "asks", "basis", "in_force_from", "source"}


@dataclass(frozen=True, slots=True)
class Basis:
    """An article that obliges the organ to answer."""

    document: Document
    article: str

    @property
    def cited(self) -> Text:
        """The citation as a paper carries it."""
        title = self.document.title
        return Text(
            zh=f"《{title.zh}》（{self.document.number}）{self.article}",
            en=f"{title.en} ({self.document.number}), {self.article}",
        )


@dataclass(frozen=True, slots=True)
class Organ:
    """Whom to ask about a family, what for, and on what basis; one dated version."""

    family: str
    organ: Text
    asks: Text
    basis: tuple[Basis, ...]
    in_force_from: date
    source: str


@lru_cache(maxsize=8)
def organs(day: date, path: Path = FILE) -> Mapping[str, Organ]:
    """The organ of each family, the newest version not after the day (the first one, for days before any).

    Raises PortraitError ``organs.malformed`` naming the family: a missing part, an unknown family or document.
    """
    held: dict[str, Organ] = {}
    for organ in sorted(_read(path), key=lambda each: each.in_force_from):
        if organ.family not in held or organ.in_force_from <= day:
            held[organ.family] = organ
    return {family: held[family] for family in ASKED if family in held}


@lru_cache(maxsize=8)
def _read(path: Path) -> tuple[Organ, ...]:
    entries = read_yaml(path).get("families")
    return tuple(_organ(path, entry) for entry in (entries if isinstance(entries, list) else [{}]))


def _organ(path: Path, entry: Any) -> Organ:
    family = str(entry.get("family", "?"))
    if set(entry) != _KEYS or family not in ASKED or not str(entry["source"]).strip():
        raise _malformed(path, family)
    if not isinstance(entry["in_force_from"], date) or not entry["basis"]:
        raise _malformed(path, family)
    known = {document.key: document for document in DOCUMENTS}
    if any(each["document"] not in known for each in entry["basis"]):
        raise _malformed(path, family)
    return Organ(
        family=family,
        organ=Text(**entry["organ"]),
        asks=Text(**entry["asks"]),
        basis=tuple(Basis(known[each["document"]], each["article"]) for each in entry["basis"]),
        in_force_from=entry["in_force_from"],
        source=str(entry["source"]),
    )


def _malformed(path: Path, family: str) -> PortraitError:
    said = Text(
        zh="[{file}]中[{family}]一项缺少内容、来源或施行日期，或者引用了未知的类别、文件。",
        en="Entry [{family}] of [{file}] lacks a part, its source or first day, or names what is not known.",
    )
    return PortraitError(
        Problem(
            code="organs.malformed",
            title=Text(zh="协助机关表有误", en="The table of organs cannot be used"),
            detail=said.fill(file=path.name, family=family),
            next_step=Text(zh="请改正该文件。", en="Correct the file."),
            status=503,
            values={"file": path.name, "family": family},
        )
    )
