"""Near misses of a name: what an error offers when a table, column or parameter is unknown."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from vocabulary.text import Text


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, if one is alike."""
    names = {each.lower(): each for each in known}
    found = get_close_matches(name.lower(), names, n=1, cutoff=0.6)
    return names[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> Text:
    """The next step after an unknown name: the nearest known one, or the list of them."""
    names = sorted(known)
    near = nearest(name, names)
    if near is not None:
        return Text(zh=f"是否应为 [{near}]？", en=f"Did you mean [{near}]?")
    listed = ", ".join(names)
    return Text(zh=f"可用名称：{listed}。", en=f"Known names: {listed}.")
