"""What a ledger line or a conduct fact rests on, as the API carries it: a rule of law, and rows of the records."""

from __future__ import annotations

from pydantic import Field

from portraits.law.rule import Cited, Rule
from serving.shapes.common import Key, Shape, Words
from vocabulary.identity import shown_key

_CITED = {
    "zh": "《最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定》第二十一条",
    "en": "Provisions on Sealing, Distraining and Freezing, Art. 21",
}


class RuleShape(Shape):
    """One article as it is applied."""

    name: str = Field(examples=["ownership_share"])
    cited: Words = Field(description="document, number and article", examples=[_CITED])
    in_force_from: str = Field(
        description="first day of the version of the document that is cited", examples=["2021-01-01"]
    )
    says: Words = Field(
        description="what the rule means for the figure",
        examples=[{"zh": "以共有份额为限", "en": "up to the share owned"}],
    )

    @classmethod
    def of(cls, rule: Rule) -> RuleShape:
        """The shape of a rule."""
        return cls.model_construct(
            name=rule.name,
            cited=Words.of(rule.cited),
            in_force_from=rule.in_force_from.isoformat(),
            says=Words.of(rule.says),
        )


class CitedShape(Shape):
    """A row of the records behind a line or a fact."""

    table: str = Field(examples=["deposits"])
    row_id: Key

    @classmethod
    def of(cls, cited: Cited) -> CitedShape:
        """The shape of a citation."""
        return cls.model_construct(table=cited.table, row_id=shown_key(cited.row_id))
