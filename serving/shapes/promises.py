"""What a debtor's means are promised to, and how a claim is shared among its debtors, as the API carries it.

Cases of other courts carry neither number nor reference, whoever asks: the answer is kept, and read by others later.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from portraits.promises import Expected, JointDebtor, Means, OpenCase, Share, Spending
from serving.shapes.amounts import AmountsShape
from serving.shapes.common import Key, Shape, Words, Yuan
from serving.shapes.law import RuleShape
from vocabulary.identity import shown_key
from vocabulary.labels import word
from vocabulary.text import Text

_SPAN = {"low": 41000.0, "mid": 52000.0, "high": 52000.0}
_AMOUNTS = {"now": _SPAN, "year": _SPAN}
_RULE = {
    "name": "by_seals",
    "cited": {"zh": "执行规定第五十五条", "en": "Enforcement Work Provisions, Art. 55"},
    "in_force_from": "2021-01-01",
    "says": {"zh": "按查封先后受偿", "en": "paid in the order of seals"},
}
_RANGE = {"least": 0.0, "most": 52000.0}
HOLDER = Text(zh="其他权利人", en="another holder")
ELSEWHERE = Text(zh="外院案件", en="a case of another court")


class ExpectedShape(Shape):
    """Money expected within twelve months: ``alone`` − ``spent`` − ``joint`` is expected money."""

    alone: Yuan = Field(description="outstanding × score")
    spent: Yuan = Field(
        description="of it, resting on property that other open cases of the debtor come to first"
    )
    joint: Yuan = Field(description="of it, what other debtors of the claim are expected to bring")

    @classmethod
    def of(cls, each: Expected) -> ExpectedShape:
        """The shape of an expectation, fen brought to yuan."""
        return cls(alone=each.alone / 100, spent=each.spent / 100, joint=each.joint / 100)


class RangeShape(Shape):
    """The extremes of one case over the lawful orders, middle reading; extremes of several cases do not add up."""

    least: Yuan
    most: Yuan


class CaseShareShape(Shape):
    """One open case of the debtor, and what it is promised."""

    here: bool = Field(description="the case of this portrait", examples=[True])
    case: Key | None = Field(description="null for a case of another court", examples=["700123"])
    label: Words = Field(examples=[{"zh": "（2025）SX001执1234号", "en": "（2025）SX001执1234号"}])
    role: str = Field(examples=["principal"])
    role_label: Words = Field(examples=[{"zh": "主债务人", "en": "principal debtor"}])
    owed: AmountsShape = Field(examples=[_AMOUNTS])
    promised: AmountsShape = Field(examples=[_AMOUNTS])
    now: RangeShape = Field(examples=[_RANGE])
    year: RangeShape = Field(examples=[_RANGE])

    @classmethod
    def of(cls, each: OpenCase, court: str) -> CaseShareShape:
        """The shape of a case as a reader of ``court`` may see it."""
        told = each.promised
        return cls(
            here=each.here,
            case=shown_key(each.case_id) if each.court == court else None,
            label=_label(each, court),
            role=each.role,
            role_label=Words.of(word("obligors", "role", each.role)),
            owed=AmountsShape.of(each.owed),
            promised=AmountsShape.of(told.amounts),
            now=RangeShape(least=told.least[0] / 100, most=told.most[0] / 100),
            year=RangeShape(least=told.least[1] / 100, most=told.most[1] / 100),
        )


class TurnShape(Shape):
    """One in the line for an asset: who, in which turn, under which article, and how much of it."""

    turn: int = Field(description="from 1; equal turns share in proportion", examples=[1])
    here: bool = Field(examples=[True])
    label: Words = Field(examples=[{"zh": "（2025）SX001执1234号", "en": "（2025）SX001执1234号"}])
    rule: RuleShape = Field(examples=[_RULE])
    amounts: AmountsShape = Field(examples=[_AMOUNTS])


class PotShape(Shape):
    """One asset: what it is expected to bring, and who stands in line for it."""

    key: str = Field(examples=["real_property:77"])
    label: Words = Field(examples=[{"zh": "不动产 77", "en": "property 77"}])
    worth: AmountsShape = Field(
        description="price × chance of a sale, living costs left out", examples=[_AMOUNTS]
    )
    turns: list[TurnShape] = Field(examples=[[]])


class JointDebtorShape(Shape):
    """One debtor of the claim: what their means promise to the case, and their part beside the others'."""

    here: bool = Field(examples=[True])
    debtor: Key
    role: str = Field(examples=["general_guarantor"])
    role_label: Words = Field(examples=[{"zh": "一般保证人", "en": "general guarantor"}])
    cap: Yuan | None = Field(description="what is left of a cap of liability", examples=[None])
    promised: AmountsShape = Field(examples=[_AMOUNTS])
    share: AmountsShape = Field(description="together never above the claim", examples=[_AMOUNTS])
    rules: list[RuleShape] = Field(examples=[[_RULE]])

    @classmethod
    def of(cls, each: JointDebtor, *, here: bool) -> JointDebtorShape:
        """The shape of a debtor of the claim."""
        return cls(
            here=here,
            debtor=shown_key(each.party_id),
            role=each.role,
            role_label=Words.of(word("obligors", "role", each.role)),
            cap=None if each.cap is None else each.cap / 100,
            promised=AmountsShape.of(each.promised),
            share=AmountsShape.of(each.share.amounts),
            rules=[RuleShape.of(rule) for rule in each.share.rules],
        )


class PromisesShape(Shape):
    """Capacity spent once: ``capacity`` = ``promised`` + ``reserved`` + ``fees`` + ``left``, reading by reading."""

    regime: str = Field(examples=["by_seals"])
    regime_label: Words = Field(examples=[{"zh": "按查封先后", "en": "by the order of seals"}])
    rules: list[RuleShape] = Field(examples=[[_RULE]])
    notes: list[Words] = Field(
        description="what the record leaves open; the hint at bankruptcy", examples=[[]]
    )
    capacity: AmountsShape = Field(examples=[_AMOUNTS])
    promised: AmountsShape = Field(examples=[_AMOUNTS])
    reserved: AmountsShape = Field(description="to holders outside these cases", examples=[_AMOUNTS])
    fees: AmountsShape = Field(examples=[_AMOUNTS])
    left: AmountsShape = Field(
        description="stays with the debtor, exempt parts included", examples=[_AMOUNTS]
    )
    alone: AmountsShape = Field(
        description="what this case were promised as the debtor's only one", examples=[_AMOUNTS]
    )
    cases: list[CaseShareShape] = Field(description="this case first", examples=[[]])
    pots: list[PotShape] = Field(examples=[[]])
    claim: AmountsShape = Field(description="the whole claim of this case", examples=[_AMOUNTS])
    debtors: list[JointDebtorShape] = Field(
        description="the debtors of the claim, this one first; empty for one alone", examples=[[]]
    )

    @classmethod
    def of(cls, spending: Spending, court: str) -> PromisesShape:
        """The shape of a portrait's promises as readers of its court may see them."""
        means, told = spending.means, spending.means.promises
        return cls(
            regime=told.regime.value,
            regime_label=Words.of(told.regime.label),
            rules=[RuleShape.of(rule) for rule in told.rules],
            notes=[Words.of(note) for note in told.notes],
            capacity=AmountsShape.of(told.capacity),
            promised=AmountsShape.of(told.promised),
            reserved=AmountsShape.of(told.reserved),
            fees=AmountsShape.of(told.fees),
            left=AmountsShape.of(told.left),
            alone=AmountsShape.of(means.alone),
            cases=[CaseShareShape.of(each, court) for each in means.cases],
            pots=list(_pots(means, court)),
            claim=AmountsShape.of(spending.claim),
            debtors=[JointDebtorShape.of(each, here=place == 0) for place, each in enumerate(spending.group)],
        )


def _pots(means: Means, court: str) -> Iterable[PotShape]:
    names = {each.case_id: each for each in means.cases}
    told = means.promises
    for pot in means.pots:
        line = [each for each in (*told.shares, *told.held) if each.pot == pot.key]
        line.sort(key=lambda each: each.turn)
        yield PotShape(
            key=pot.key,
            label=Words.of(pot.label),
            worth=AmountsShape.of(pot.amounts),
            turns=[_turn(each, names.get(each.case_id), court) for each in line],
        )


def _turn(share: Share, case: OpenCase | None, court: str) -> TurnShape:
    return TurnShape(
        turn=share.turn,
        here=case is not None and case.here,
        label=Words.of(HOLDER) if case is None else _label(case, court),
        rule=RuleShape.of(share.rule),
        amounts=AmountsShape.of(share.amounts),
    )


def _label(case: OpenCase, court: str) -> Words:
    if case.court != court:
        return Words.of(ELSEWHERE)
    shown = case.case_number or shown_key(case.case_id)
    return Words(zh=shown, en=shown)
