"""Features in words: a value by its unit, and the sentence of a reason, in both languages."""

from __future__ import annotations

import math

from features.declare import Declared, Unit
from vocabulary.money import spoken
from vocabulary.states import ASKING_LABELS
from vocabulary.text import Text

NOT_KNOWN = Text(zh="不详", en="not known")
_HIGHER, _LOWER = Text(zh="高于", en="higher than"), Text(zh="低于", en="lower than")
_LONGER, _SHORTER = Text(zh="长于", en="longer than"), Text(zh="短于", en="shorter than")
_YES, _NO = Text(zh="是", en="yes"), Text(zh="否", en="no")
_NOUNS = {
    "days": Text(zh="天", en="day"),
    "months": Text(zh="个月", en="month"),
    "years": Text(zh="年", en="year"),
}


def spoken_value(declared: Declared, value: float) -> Text:
    """A value as people read it, by the feature's unit; 不详 / not known for NaN."""
    if math.isnan(value):
        return NOT_KNOWN
    return _SPOKEN[declared.unit](value)


def sentence(declared: Declared, value: float, standing: float | None) -> Text:
    """The feature's reason sentence.

    ``standing``: the share of comparable debtors below the value, 0 to 1; without one the sentence does not compare.
    A value that is not known gives the label and says so.
    """
    if math.isnan(value):
        return Text(zh=f"{declared.label.zh}：{NOT_KNOWN.zh}", en=f"{declared.label.en}: {NOT_KNOWN.en}")
    words = spoken_value(declared, value)
    if standing is None:
        return _without_standing(declared.reason).fill(value=words)
    return declared.reason.fill(value=words, standing=standing_words(standing, declared.unit))


def standing_words(standing: float, unit: Unit = "CNY") -> Text:
    """Where a value stands among comparable debtors: ``standing`` is the share of them below it, 0 to 1."""
    above, below = (_LONGER, _SHORTER) if unit in _NOUNS else (_HIGHER, _LOWER)
    if 0.45 <= standing <= 0.55:
        return Text(zh="处于同类被执行人的中等水平", en="about the middle of comparable debtors")
    if standing > 0.5:
        return _compared(standing, above)
    return _compared(1.0 - standing, below)


def _compared(share: float, how: Text) -> Text:
    # Never "all": the debtor is one of those compared.
    tens = min(round(share * 100 / 5) * 5, 95)
    return Text(zh=f"{how.zh}约{tens}%的同类被执行人", en=f"{how.en} about {tens}% of comparable debtors")


def _without_standing(reason: Text) -> Text:
    return Text(zh=reason.zh.replace("，{standing}", ""), en=reason.en.replace(", {standing}", ""))


def _counted(value: float, unit: str) -> Text:
    noun, number = _NOUNS[unit], _number(value)
    return Text(zh=f"{number}{noun.zh}", en=f"{number} {noun.en}{'' if abs(value) == 1 else 's'}")


def _plain(value: float) -> Text:
    return Text(zh=_number(value), en=_number(value))


def _people(value: float) -> Text:
    return Text(zh=f"{_number(value)}人", en=_number(value))


def _share(value: float) -> Text:
    percent = value * 100
    number = f"{percent:.1f}".removesuffix(".0") if 0 < abs(percent) < 10 else f"{percent:.0f}"
    return Text(zh=f"{number}%", en=f"{number}%")


def _flag(value: float) -> Text:
    return _YES if value else _NO


def _state(value: float) -> Text:
    return ASKING_LABELS[int(value)]


def _trend(value: float) -> Text:
    if value >= 1.0:
        return Text(zh="从无到有", en="up from nothing")
    if value <= -1.0:
        return Text(zh="降为零", en="down to nothing")
    times = (1.0 + value) / (1.0 - value)
    if 0.95 <= times <= 1.05:
        return Text(zh="与此前同长时段基本持平", en="level with the same span before")
    return Text(zh=f"为此前同长时段的{times:.1f}倍", en=f"{times:.1f} times that of the same span before")


def _number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".") if "." in f"{value:,.2f}" else f"{value:,.0f}"


_SPOKEN = {
    "CNY": spoken,
    "CNY/month": spoken,
    "days": lambda value: _counted(value, "days"),
    "months": lambda value: _counted(value, "months"),
    "years": lambda value: _counted(value, "years"),
    "count": _plain,
    "people": _people,
    "share": _share,
    "ratio": _plain,
    "trend": _trend,
    "flag": _flag,
    "code": _state,
}
