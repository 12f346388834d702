"""The inbox: deliveries of files that arrived, loaded one after the other and put away.

A delivery is a folder in the inbox, one file (or folder of files) a table; loose files in the inbox are one delivery.
Names that begin with a dot or end with ``.part`` are still arriving and are left alone: copy under such a name, then
rename. Loaded deliveries move to ``done/<date>``; one that cannot be read moves to ``refused/<date>`` with its problem.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from records.load import load
from records.load_report import LoadReport
from records.mapping import FileMapping
from records.store import Store
from vocabulary.problems import PortraitError, Problem

_SUFFIXES = (".csv", ".parquet")


@dataclass(frozen=True, slots=True)
class Places:
    """Where deliveries arrive, where loaded ones lie, and where those lie that could not be read."""

    inbox: Path
    done: Path
    refused: Path


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of one delivery: the report of its load, or the problem for which it was refused whole."""

    name: str
    report: LoadReport | None = None
    problem: Problem | None = None


def take_in(
    store: Store,
    places: Places,
    *,
    on: date,
    mapping: FileMapping,
    encoding: str | None = None,
    told: Callable[[Delivered], None],
    progress: Callable[[str, int, int], None],
) -> None:
    """Load every delivery in order of names; each is told of before it is put away.

    Killed in between, a delivery is loaded once more, which adds nothing, and then put away.
    """
    places.inbox.mkdir(parents=True, exist_ok=True)
    _collect_loose(places.inbox, on)
    waiting = list(_deliveries(places.inbox))
    for number, folder in enumerate(waiting):
        progress(folder.name, number, len(waiting))
        found = _loaded(store, folder, mapping, encoding)
        told(found)
        if found.problem is None:
            _put_away(folder, places.done / on.isoformat())
        else:
            away = _put_away(folder, places.refused / on.isoformat())
            away.with_name(f"{away.name}.problem.txt").write_text(_words(found.problem), encoding="utf-8")


def _loaded(store: Store, folder: Path, mapping: FileMapping, encoding: str | None) -> Delivered:
    try:
        return Delivered(folder.name, report=load(store, folder, mapping=mapping, encoding=encoding))
    except PortraitError as error:
        return Delivered(folder.name, problem=error.problem)


def _deliveries(inbox: Path) -> Iterator[Path]:
    for folder in sorted(inbox.iterdir()):
        if folder.is_dir() and _arrived(folder) and any(_files(folder)):
            yield folder


def _collect_loose(inbox: Path, on: date) -> None:
    """Loose files become a delivery of their own, so that they are loaded together."""
    for file in sorted(inbox.iterdir()):
        if file.is_file() and _arrived(file) and file.suffix.lower() in _SUFFIXES:
            folder = inbox / f"loose-{on.isoformat()}"
            folder.mkdir(exist_ok=True)
            os.replace(file, folder / file.name)


def _files(folder: Path) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if each.suffix.lower() in _SUFFIXES)


def _arrived(path: Path) -> bool:
    return not path.name.startswith(".") and not path.name.endswith(".part")


def _put_away(folder: Path, below: Path) -> Path:
    """Move a delivery; one of the same name that lies there already stays beside it."""
    below.mkdir(parents=True, exist_ok=True)
    target, number = below / folder.name, 1
    while target.exists():
        number += 1
        target = below / f"{folder.name}-{number}"
    os.replace(folder, target)
    return target


def _words(problem: Problem) -> str:
    said = (problem.title, problem.detail, problem.next_step)
    return "\n".join([problem.code, *(text.zh for text in said), *(text.en for text in said)]) + "\n"
