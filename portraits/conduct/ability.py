"""Ability in the words of 法释〔2024〕13号 Art. 5: whole or part, after living costs; and when it is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from portraits.law.acts import ABILITY
from portraits.law.rule import Rule
from portraits.ledger.lines import Ledger
from vocabulary.text import Text

Answer = Literal["whole", "part", "none_found", "not_known"]
_ANSWERS: dict[Answer, Text] = {
    "whole": Text(zh="有全部履行能力", en="Able to perform in whole"),
    "part": Text(zh="有部分履行能力", en="Able to perform in part"),
    "none_found": Text(zh="已全面查询，未发现履行能力", en="Everything asked, no ability found"),
    "not_known": Text(
        zh="履行能力不明：尚有未查明的财产种类", en="Ability not known: families of property are open"
    ),
}


@dataclass(frozen=True, slots=True)
class Ability:
    """The answer of the ledger within twelve months, in the middle reading, and the article it is put in."""

    answer: Answer
    says: Text
    open_families: tuple[str, ...]
    rule: Rule


def ability(ledger: Ledger) -> Ability:
    """No ability after full asking, and ability not known, are two answers and never one."""
    open_families = tuple(each.family for each in ledger.not_known)
    found = ledger.available.year.mid
    if found or not ledger.owed.year.mid:
        answer: Answer = "whole" if found >= ledger.owed.year.mid else "part"
    else:
        answer = "not_known" if open_families else "none_found"
    return Ability(answer, _ANSWERS[answer], open_families, ABILITY)
