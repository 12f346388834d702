"""The queue in use: the one published last, with the digests it stands on."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from triage import queue
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

_NAME = re.compile(r"^queue-(?P<as_of>\d{4}-\d{2}-\d{2})-(?P<snapshot>[0-9a-f]+)-(?P<bundle>[0-9a-f]+)$")
FEWEST = 5
"""Totals over fewer obligations than this are withheld: they would speak of single debtors."""


@dataclass(frozen=True, slots=True)
class Published:
    """A published queue: its folder, its date, and the first digits of the digests it stands on."""

    folder: Path
    as_of: str
    snapshot: str
    bundle: str

    @property
    def name(self) -> str:
        """Its name on the shelf."""
        return self.folder.name


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals of one court's queue, CNY; sums are None where they would speak of single debtors."""

    court: str
    open: int
    abstained: int | None
    outstanding: float | None
    expected_cautious: float | None


class Queues:
    """Queues under one root; the pointer is read at every question."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def current(self) -> Published:
        """The queue published last. Raises PortraitError (``no_queue``, 503) before the first."""
        try:
            name = str(json.loads((self._root / "current.json").read_text())["queue"])
        except OSError as error:
            raise _none_yet() from error
        parts = _NAME.match(name)
        if parts is None or not (self._root / name).is_dir():
            raise _none_yet()
        return Published(self._root / name, **parts.groupdict())

    def courts(self) -> list[tuple[str, int]]:
        """Courts with open obligations and how many each has."""
        return queue.courts(self.current().folder)

    def totals(self) -> tuple[Published, tuple[Totals, ...]]:
        """Totals of every court's queue."""
        published = self.current()
        return published, _totals(published.folder)


@lru_cache(maxsize=2)
def _totals(folder: Path) -> tuple[Totals, ...]:
    return tuple(_total(folder, court, count) for court, count in queue.courts(folder))


def _total(folder: Path, court: str, count: int) -> Totals:
    if count < FEWEST:
        return Totals(court, count, None, None, None)
    tracks = queue.tallies(folder, court)
    return Totals(
        court=court,
        open=count,
        abstained=sum(each.abstained for each in tracks),
        outstanding=round(sum(each.outstanding for each in tracks), 2),
        expected_cautious=round(sum(each.expected_cautious for each in tracks), 2),
    )


def _none_yet() -> PortraitError:
    return PortraitError(
        Problem(
            code="no_queue",
            title=Text(zh="尚无执行队列", en="No queue yet"),
            detail=Text(zh="尚未发布过队列。", en="No queue has been published."),
            next_step=Text(
                zh="请先对案件评分并发布队列：portrait score。",
                en="Score the open cases and publish a queue first: portrait score.",
            ),
            status=503,
        )
    )
