"""The readiness of a case for 终本, and what follows the ruling, as the API carries them. For reference only."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from portraits.readiness import AfterRuling, Condition, Found, Met, NewFact, Period, Readiness
from serving.shapes.common import AsOf, Key, Shape, Words
from serving.shapes.law import CitedShape
from vocabulary.identity import shown_key

State = Literal["met", "not_met", "unknown"]
_CITED = [{"table": "queries", "row_id": "00c3b5a1e8f2d974"}]
_NOT_MET = {"zh": "未满足", "en": "not met"}


class FoundShape(Shape):
    """What a rule found of one debtor, or of the case."""

    debtor: Key | None = Field(description="null: of the case as a whole", examples=["100234"])
    state: State = Field(examples=["not_met"])
    state_label: Words = Field(examples=[_NOT_MET])
    says: Words = Field(
        examples=[{"zh": "未查询或已过期：车辆", "en": "Not asked, or no longer fresh: vehicles"}]
    )
    since: str | None = Field(description="missing since this day", examples=["2026-03-01"])
    rows: list[CitedShape] = Field(examples=[_CITED])

    @classmethod
    def of(cls, found: Found) -> FoundShape:
        """The shape of a finding."""
        return cls(
            debtor=None if found.debtor is None else shown_key(found.debtor),
            state=found.state.value,
            state_label=Words.of(found.state.label),
            says=Words.of(found.says),
            since=found.since.isoformat() if found.since else None,
            rows=[CitedShape.of(row) for row in found.rows],
        )


class ConditionShape(Shape):
    """One condition: met when every debtor of the case meets it."""

    rule: str = Field(description="name of the rule", examples=["network_queries"])
    kind: Literal["statutory", "unofficial"] = Field(
        description="unofficial: from a checklist that is no text of law", examples=["statutory"]
    )
    item: Words = Field(examples=[{"zh": "第三条第一款第二项", "en": "Art. 3(1)(2)"}])
    says: Words = Field(examples=[{"zh": "已查询且在有效期内", "en": "asked, the answers fresh"}])
    source: str = Field(examples=["法〔2016〕373号 Art. 3(1)(2)"])
    in_force_from: str = Field(examples=["2016-12-01"])
    stage: Literal["before", "with_ruling"] = Field(examples=["before"])
    state: State = Field(examples=["not_met"])
    state_label: Words = Field(examples=[_NOT_MET])
    since: str | None = Field(description="missing since this day, of any debtor", examples=["2026-03-01"])
    found: list[FoundShape] = Field(description="by debtor, or once for the case", examples=[[]])

    @classmethod
    def of(cls, condition: Condition) -> ConditionShape:
        """The shape of a condition."""
        rule = condition.rule
        return cls(
            rule=rule.name,
            kind=rule.kind,
            item=Words.of(rule.item),
            says=Words.of(rule.says),
            source=rule.source,
            in_force_from=rule.in_force_from.isoformat(),
            stage=rule.stage,
            state=condition.state.value,
            state_label=Words.of(condition.state.label),
            since=condition.since.isoformat() if condition.since else None,
            found=[FoundShape.of(each) for each in condition.found],
        )


class CountShape(Shape):
    """How many conditions of a kind, the ruling itself left out, are met, not met, unknown."""

    met: int = Field(examples=[9])
    not_met: int = Field(examples=[2])
    unknown: int = Field(examples=[1])


class RequeryShape(Shape):
    """One of the queries due after a termination."""

    number: int = Field(examples=[1])
    due: AsOf
    state: Literal["asked", "late", "overdue", "next", "later"] = Field(examples=["overdue"])
    state_label: Words = Field(examples=[{"zh": "逾期未查", "en": "overdue"}])
    on: str | None = Field(description="when the last debtor was first asked about", examples=["2026-06-12"])
    rows: list[CitedShape] = Field(examples=[_CITED])

    @classmethod
    def of(cls, period: Period) -> RequeryShape:
        """The shape of a period."""
        return cls(
            number=period.number,
            due=period.due.isoformat(),
            state=period.state.value,
            state_label=Words.of(period.state.label),
            on=period.on.isoformat() if period.on else None,
            rows=[CitedShape.of(row) for row in period.rows],
        )


class NewFactShape(Shape):
    """Something learned after the ruling that may revive the case."""

    debtor: Key
    on: AsOf
    says: Words = Field(examples=[{"zh": "发现财产：车辆 9", "en": "Property: vehicle 9"}])
    rows: list[CitedShape] = Field(examples=[_CITED])

    @classmethod
    def of(cls, fact: NewFact) -> NewFactShape:
        """The shape of a fact."""
        return cls(
            debtor=shown_key(fact.debtor),
            on=fact.on.isoformat(),
            says=Words.of(fact.says),
            rows=[CitedShape.of(row) for row in fact.rows],
        )


class AfterShape(Shape):
    """What follows a ruling of termination: five years of six-monthly queries, and the revival flag."""

    ruled_on: AsOf
    until: AsOf
    next_due: str | None = Field(examples=["2026-12-20"])
    overdue: list[str] = Field(description="dates that passed without a query", examples=[["2026-06-20"]])
    revive: bool = Field(description="new facts ask for a look at resuming enforcement", examples=[False])
    periods: list[RequeryShape] = Field(examples=[[]])
    facts: list[NewFactShape] = Field(examples=[[]])

    @classmethod
    def of(cls, after: AfterRuling) -> AfterShape:
        """The shape of what follows."""
        return cls(
            ruled_on=after.ruled_on.isoformat(),
            until=after.until.isoformat(),
            next_due=after.next_due.isoformat() if after.next_due else None,
            overdue=[each.due.isoformat() for each in after.overdue],
            revive=after.revive,
            periods=[RequeryShape.of(each) for each in after.periods],
            facts=[NewFactShape.of(each) for each in after.facts],
        )


class ReadinessShape(Shape):
    """Whether a case is ready for 终本, condition by condition, over all its debtors. The ruling is the court's."""

    portrait: str = Field(examples=["3c9b2f6a1e0d4b7788aa01cd"])
    case: Key
    as_of: AsOf
    debtors: list[Key] = Field(description="every debtor of the case", examples=[["100234"]])
    ready: bool = Field(
        description="every statutory condition is met as far as the records tell", examples=[False]
    )
    statutory: CountShape = Field(examples=[{"met": 9, "not_met": 2, "unknown": 1}])
    unofficial: CountShape = Field(examples=[{"met": 8, "not_met": 2, "unknown": 2}])
    conditions: list[ConditionShape] = Field(examples=[[]])
    after: AfterShape | None = Field(
        description="after a ruling of termination; null before one", examples=[None]
    )

    @classmethod
    def of(cls, told: Readiness, *, portrait: str, case: str) -> ReadinessShape:
        """The shape of a case's readiness."""
        return cls(
            portrait=portrait,
            case=case,
            as_of=told.as_of.isoformat(),
            debtors=[shown_key(each) for each in told.debtors],
            ready=told.ready,
            statutory=_count(told.counted("statutory")),
            unofficial=_count(told.counted("unofficial")),
            conditions=[ConditionShape.of(each) for each in told.conditions],
            after=None if told.after is None else AfterShape.of(told.after),
        )


def _count(counted: dict[Met, int]) -> CountShape:
    return CountShape(**{state.value: count for state, count in counted.items()})
