"""Which rule fits which obligation: all tests over whole columns, the first rule in order counting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from features.declare import Values
from records.parameters import Parameters
from triage.tracks.figures import missing_families
from triage.tracks.rules import RULES, AnyOf, Check, Rule
from vocabulary.families import FAMILIES
from vocabulary.money import spoken
from vocabulary.text import Text

NONE = -1
_NAMED = 4


def judge(
    figures: Mapping[str, Values], case_ids: NDArray[np.int64], *, as_of: date, table: Parameters
) -> NDArray[np.int64]:
    """Place in RULES of the first rule that fits each obligation.

    NONE for a dormant case without news: it is no work of today. ``figures``: every figure that a rule names, of
    shape (n,), with ``dormant`` (the round was terminated).
    """
    _, case = np.unique(case_ids, return_inverse=True)
    chosen = np.full(len(case_ids), NONE, dtype=np.int64)
    asleep = figures["dormant"] > 0
    for place, rule in enumerate(RULES):
        fits = _fits(rule, figures, as_of, table)
        if rule.whole_case:
            fits = _of_all(fits, case)
        wakes = any(isinstance(test, Check) and test.figure == "dormant" for test in rule.tests)
        chosen[(chosen == NONE) & fits & (wakes | ~asleep)] = place
    return chosen


def reason(code: str, told: list[float]) -> Text:
    """The sentence of a rule for one obligation, from the values kept beside it."""
    rule = next(each for each in RULES if each.code == code)
    spoken_of = {name: _SPOKEN[unit](value) for (name, unit), value in zip(rule.told, told, strict=True)}
    return rule.reason.fill(**spoken_of)


def told(figures: Mapping[str, Values], chosen: NDArray[np.int64]) -> list[str]:
    """The values that each obligation's sentence needs, as JSON lists."""
    found = np.full(len(chosen), "[]", dtype=object)
    for place, rule in enumerate(RULES):
        rows = np.flatnonzero(chosen == place)
        if rule.told and len(rows):
            columns = [np.round(figures[name][rows], 2).tolist() for name, _ in rule.told]
            found[rows] = [f"[{', '.join(map(repr, values))}]" for values in zip(*columns, strict=True)]
    return list(found)


def _fits(rule: Rule, figures: Mapping[str, Values], as_of: date, table: Parameters) -> NDArray[np.bool_]:
    fits = np.ones(len(figures["dormant"]), dtype=bool)
    for test in rule.tests:
        if isinstance(test, AnyOf):
            fits &= np.any([_passes(each, figures, as_of, table) for each in test.tests], axis=0)
        else:
            fits &= _passes(test, figures, as_of, table)
    return fits


def _passes(test: Check, figures: Mapping[str, Values], as_of: date, table: Parameters) -> NDArray[np.bool_]:
    limit = test.threshold if isinstance(test.threshold, float) else table.number(test.threshold, as_of)
    values = figures[test.figure]
    passes: NDArray[np.bool_] = values >= limit if test.kind == "at least" else values <= limit
    return passes


def _of_all(fits: NDArray[np.bool_], case: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether all obligations of the case fit."""
    failing = np.bincount(case, weights=~fits)
    of_all: NDArray[np.bool_] = failing[case] == 0
    return of_all


def _families(mask: float) -> Text:
    names = [FAMILIES[family].label for family in missing_families(int(mask))]
    if not names:
        return Text(zh="无", en="none")
    rest = len(names) - _NAMED
    zh, en = "、".join(name.zh for name in names[:_NAMED]), ", ".join(name.en for name in names[:_NAMED])
    return Text(zh=f"{zh}等{len(names)}类", en=f"{en} and {rest} more") if rest > 0 else Text(zh=zh, en=en)


def _number(value: float) -> Text:
    return Text(zh=f"{value:,.0f}", en=f"{value:,.0f}")


_SPOKEN = {
    "money": spoken,
    "number": _number,
    "days": _number,
    "points": _number,
    "families": _families,
}
