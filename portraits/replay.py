"""Replay: an answer as it was kept beside the same question asked again, field by field, and a verdict.

Works on answers as they are carried outside (JSON), whatever fields they have: what an answer said is compared with
what the recomputation says; what either stands on (digests, ids) is listed apart, since a newer snapshot has another
name and may still say the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from vocabulary.text import Text

TOLERANCE = 1e-9
"""Numbers are the same within this share of the larger of 1 and the number kept."""
NAMES = ("id", "snapshot", "records_until", "ledger.figures", "ledger.haircuts")
"""What an answer stands on: names and digests, no statement about the debtor."""
MOST_TEXT = 120
_NAMED_BY = ("key", "feature", "family", "row_id")
"""What an item of a list may be known by."""


class Verdict(Enum):
    """How the recomputation compares with the answer kept."""

    IDENTICAL = "identical"
    WITHIN = "within"
    DIFFERS = "differs"

    @property
    def label(self) -> Text:
        """Words for the page."""
        return _LABELS[self]

    @property
    def reproduced(self) -> bool:
        """Nothing that the answer said has changed."""
        return self is not Verdict.DIFFERS


_LABELS = {
    Verdict.IDENTICAL: Text(zh="完全一致", en="identical"),
    Verdict.WITHIN: Text(
        zh="一致（误差在十亿分之一以内）", en="the same within one part in a thousand million"
    ),
    Verdict.DIFFERS: Text(zh="不一致", en="differs"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which the two differ: its path (``contributions[2].contribution``) and both values.

    A value that one side does not have is None there, and ``missing`` says on which side: ``kept`` or ``again``.
    """

    path: str
    kept: Any
    again: Any
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """The verdict on what was said, the fields that differ (plain ones before items of lists), and the names that do.

    ``since`` are fields that the service has learned to say after the answer was kept.
    """

    verdict: Verdict
    differences: tuple[Difference, ...]
    stands_on: tuple[Difference, ...]
    since: tuple[str, ...]


def compare(kept: Mapping[str, Any], again: Mapping[str, Any]) -> Compared:
    """Compare an answer kept with its recomputation; both as read from JSON."""
    every = list(_walk("", kept, again))
    since = tuple(each.path for each in every if each.missing == "kept")
    there = [each for each in every if each.missing != "kept"]
    said = tuple(each for each in there if each.path not in NAMES)
    far = tuple(sorted((each for each in said if not _near(each)), key=lambda each: each.path.count("[")))
    verdict = Verdict.DIFFERS if far else Verdict.WITHIN if said else Verdict.IDENTICAL
    return Compared(verdict, far, tuple(each for each in there if each.path in NAMES), since)


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict over several recomputations of one answer: as good as the worst of them."""
    order = list(Verdict)
    return max(verdicts, key=order.index)


def close(kept: object, again: object) -> bool:
    """Two numbers within the tolerance; anything else has to be equal."""
    if not (_number(kept) and _number(again)):
        return type(kept) is type(again) and kept == again
    one, other = float(kept), float(again)  # type: ignore[arg-type]
    return math.isclose(one, other, rel_tol=0.0, abs_tol=TOLERANCE * max(1.0, abs(one)))


def shown(value: Any) -> str:
    """A value of a difference as people read it: short, and nothing of a structure but its size."""
    if isinstance(value, Mapping | list):
        return f"({len(value)})"
    text = "" if value is None else str(value)
    return text if len(text) <= MOST_TEXT else text[:MOST_TEXT] + "…"


def _near(each: Difference) -> bool:
    return each.missing is None and close(each.kept, each.again)


def _walk(path: str, kept: Any, again: Any) -> Iterator[Difference]:
    """Fields that are not equal, deepest first found; a field is a leaf, or a branch that one side lacks."""
    if isinstance(kept, Mapping) and isinstance(again, Mapping):
        for name in (*kept, *(name for name in again if name not in kept)):
            there = f"{path}.{name}" if path else str(name)
            yield from _field(there, kept, again, name)
    elif isinstance(kept, list) and isinstance(again, list):
        yield from _items(path, kept, again)
    elif kept != again or isinstance(kept, bool) is not isinstance(again, bool):
        yield Difference(path, kept, again)


def _items(path: str, kept: list[Any], again: list[Any]) -> Iterator[Difference]:
    """Items by their own names where they have one, so that one more in front does not make all of them differ."""
    names = _own_names(kept, again)
    before = {str(name): item for name, item in zip(names[0], kept, strict=True)}
    after = {str(name): item for name, item in zip(names[1], again, strict=True)}
    for name, item in before.items():
        there = f"{path}[{name}]"
        if name in after:
            yield from _walk(there, item, after[name])
        else:
            yield Difference(there, item, None, missing="again")
    for name, item in after.items():
        if name not in before:
            yield Difference(f"{path}[{name}]", None, item)
    both = [[name for name in side if name in before and name in after] for side in (before, after)]
    if both[0] != both[1]:
        yield Difference(f"{path}.order", ", ".join(both[0]), ", ".join(both[1]))


def _own_names(kept: list[Any], again: list[Any]) -> tuple[Sequence[Any], Sequence[Any]]:
    for name in _NAMED_BY:
        own = [
            [item.get(name) if isinstance(item, Mapping) else None for item in side] for side in (kept, again)
        ]
        if all(None not in side and len(set(side)) == len(side) for side in own):
            return own[0], own[1]
    return range(len(kept)), range(len(again))


def _field(there: str, kept: Mapping[str, Any], again: Mapping[str, Any], name: str) -> Iterator[Difference]:
    if name not in kept:
        yield Difference(there, None, again[name], missing="kept")
    elif name not in again:
        yield Difference(there, kept[name], None, missing="again")
    else:
        yield from _walk(there, kept[name], again[name])


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
