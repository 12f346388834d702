"""Ability in the words of 法释〔2024〕13号 Art. 5: whole or part, after living costs; and when it is not known.

Three answers that are never one: no ability after everything was asked, ability not known, ability not yet performed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from portraits.law.acts import ABILITY
from portraits.law.rule import Rule
from portraits.ledger.lines import Ledger
from vocabulary.text import Text

Answer = Literal["whole", "part", "none_found", "not_known"]
Reading = Literal["no_ability", "unknown", "unperformed", "nothing_owed"]
_ANSWERS: dict[Answer, Text] = {
    "whole": Text(zh="有全部履行能力", en="Able to perform in whole"),
    "part": Text(zh="有部分履行能力", en="Able to perform in part"),
    "none_found": Text(zh="已全面查询，未发现履行能力", en="Everything asked, no ability found"),
    "not_known": Text(
        zh="履行能力不明：尚有未查明的财产种类", en="Ability not known: families of property are open"
    ),
}
_READINGS: dict[Reading, Text] = {
    "no_ability": Text(
        zh="经全面查询，未发现履行能力", en="No ability to perform, after everything was asked"
    ),
    "unknown": Text(zh="履行能力不明", en="Ability to perform is not known"),
    "unperformed": Text(zh="有履行能力，尚未履行", en="Able to perform, not yet performed"),
    "nothing_owed": Text(zh="本案已无未履行债务", en="Nothing is owed in this case any more"),
}


@dataclass(frozen=True, slots=True)
class Ability:
    """The answer of the ledger within twelve months, in the middle reading, and the article it is put in.

    ``reading`` is one of the three answers, or that nothing is owed; ``answer`` says how far an ability goes.
    """

    answer: Answer
    says: Text
    open_families: tuple[str, ...]
    rule: Rule
    reading: Reading
    reading_says: Text


def ability(ledger: Ledger, *, settled: bool = False) -> Ability:
    """No ability after full asking, and ability not known, are two answers and never one.

    ``settled``: the case is closed and nothing that was adjudged is outstanding. Interest for delayed performance that
    nobody claimed before the closing is then no debt of this case, and nobody is said to leave one unperformed.
    """
    open_families = tuple(each.family for each in ledger.not_known)
    found, owed = ledger.available.year.mid, ledger.owed.year.mid
    if found or not owed:
        answer: Answer = "whole" if found >= owed else "part"
    else:
        answer = "not_known" if open_families else "none_found"
    reading: Reading = "nothing_owed" if settled else _reading(answer, owed)
    return Ability(answer, _ANSWERS[answer], open_families, ABILITY, reading, _READINGS[reading])


def _reading(answer: Answer, owed: int) -> Reading:
    if not owed:
        return "nothing_owed"
    if answer == "none_found":
        return "no_ability"
    return "unknown" if answer == "not_known" else "unperformed"
