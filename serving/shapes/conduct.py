"""Conduct facts as the API carries them: dated, in the words of the law, with their rows. No score."""

from __future__ import annotations

from pydantic import Field

from portraits.conduct import CONDUCT, Fact
from serving.shapes.common import Shape, Words
from serving.shapes.law import CitedShape, RuleShape

_RULES = {rule.name: rule for rule in CONDUCT}


class FactShape(Shape):
    """What happened on a day. Whether it amounts to refusal is the court's to say."""

    key: str = Field(
        description="name of the fact: its records are at `records?of=`", examples=["large_outflow/1"]
    )
    rule: str = Field(examples=["large_outflow"])
    label: Words = Field(examples=[{"zh": "大额支出", "en": "Large sums paid out"}])
    on: str = Field(description="Shanghai date", examples=["2026-03-04"])
    says: Words = Field(
        examples=[{"zh": "2026-03-04支出80,000.00元", "en": "On 2026-03-04 ¥80,000.00 was paid out"}]
    )
    amount: float | None = Field(description="CNY; null where none is named", examples=[80000.0])
    articles: list[RuleShape] = Field(description="in whose words it is told", examples=[[]])
    rows: list[CitedShape] = Field(examples=[[{"table": "account_flows", "row_id": "00c3b5a1e8f2d974"}]])


def facts_shape(facts: tuple[Fact, ...]) -> list[FactShape]:
    """The shapes of facts, in their order; facts of one rule are counted from one."""
    told: dict[str, int] = {}
    shapes = []
    for fact in facts:
        told[fact.rule] = told.get(fact.rule, 0) + 1
        rule = _RULES[fact.rule]
        shapes.append(
            FactShape.model_construct(
                key=f"{fact.rule}/{told[fact.rule]}",
                rule=fact.rule,
                label=Words.of(rule.label),
                on=fact.on.isoformat(),
                says=Words.of(fact.says),
                amount=None if fact.amount is None else fact.amount / 100,
                articles=[RuleShape.of(article) for article in rule.articles],
                rows=[CitedShape.of(row) for row in fact.rows],
            )
        )
    return shapes
