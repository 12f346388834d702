"""What changed between two portraits, as the API carries it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from portraits.change import Change, FeatureMove, MoneyMove, NewRows, Part, Stand
from serving.shapes.amounts import AmountsShape
from serving.shapes.common import AsOf, Digest, Key, Points, Shape, Words
from serving.shapes.law import CitedShape
from vocabulary.families import FAMILIES
from vocabulary.labels import table_label

PartName = Literal["model", "time", "law", "expired", "records", "edits", "not_reproduced"]
_SPAN = {"low": 0.0, "mid": 60000.0, "high": 60000.0}
_AMOUNTS = {"now": _SPAN, "year": _SPAN}
_CITED = [{"table": "deposits", "row_id": "00c3b5a1e8f2d974"}]
_STAND = {
    "portrait": "3c9b2f6a1e0d4b7788aa01cd",
    "as_of": "2026-03-31",
    "score": 33.1,
    "available": _AMOUNTS,
    "bundle": "9f2c" * 16,
}
_DEPOSITS = {"zh": "银行存款", "en": "deposits"}


class StandShape(Shape):
    """Where one of the two portraits stands."""

    portrait: str | None = Field(
        description="id of the kept portrait; null when it was made for this comparison only",
        examples=["3c9b2f6a1e0d4b7788aa01cd"],
    )
    as_of: AsOf
    score: Points | None = Field(examples=[33.1])
    available: AmountsShape = Field(examples=[_AMOUNTS])
    bundle: Digest

    @classmethod
    def of(cls, stand: Stand, portrait: str | None) -> StandShape:
        """The shape of a stand."""
        return cls(
            portrait=portrait,
            as_of=stand.as_of.isoformat(),
            score=stand.score,
            available=AmountsShape.of(stand.available),
            bundle=stand.bundle,
        )


class FeatureMoveShape(Shape):
    """What one feature added to a part."""

    feature: str = Field(examples=["deposit_available_latest"])
    label: Words = Field(examples=[{"zh": "可扣划存款余额", "en": "Deposits free to deduct"}])
    points: Points
    before: Words = Field(examples=[{"zh": "0元", "en": "¥0"}])
    after: Words = Field(examples=[{"zh": "5.2万元", "en": "¥52,000"}])
    came: list[CitedShape] = Field(description="rows it stands on now and did not before", examples=[_CITED])
    went: list[CitedShape] = Field(description="rows it stood on before and does not now", examples=[[]])

    @classmethod
    def of(cls, move: FeatureMove) -> FeatureMoveShape:
        """The shape of a feature's move."""
        return cls.model_construct(
            feature=move.feature,
            label=Words.of(move.label),
            points=move.points,
            before=Words.of(move.before),
            after=Words.of(move.after),
            came=[CitedShape.of(row) for row in move.came],
            went=[CitedShape.of(row) for row in move.went],
        )


class FamilyMoveShape(Shape):
    """What the features of one record family added to a part together."""

    family: str = Field(examples=["deposits"])
    label: Words = Field(examples=[_DEPOSITS])
    points: Points
    features: list[FeatureMoveShape] = Field(examples=[[]])


class MoneyMoveShape(Shape):
    """What one asset, or a closing line of the ledger, added to a part."""

    key: str = Field(examples=["deposits:31"])
    label: Words = Field(examples=[{"zh": "银行账户 31", "en": "account 31"}])
    amounts: AmountsShape = Field(examples=[_AMOUNTS])
    came: list[CitedShape] = Field(examples=[_CITED])
    went: list[CitedShape] = Field(examples=[[]])

    @classmethod
    def of(cls, move: MoneyMove) -> MoneyMoveShape:
        """The shape of an asset's move."""
        return cls.model_construct(
            key=move.key,
            label=Words.of(move.label),
            amounts=AmountsShape.of(move.amounts),
            came=[CitedShape.of(row) for row in move.came],
            went=[CitedShape.of(row) for row in move.went],
        )


class NewRowsShape(Shape):
    """Rows of one table learned in between, and rows that they took the place of."""

    table: str = Field(examples=["deposits"])
    label: Words = Field(examples=[_DEPOSITS])
    family: str = Field(examples=["deposits"])
    family_label: Words = Field(examples=[_DEPOSITS])
    came: list[CitedShape] = Field(examples=[_CITED])
    went: list[CitedShape] = Field(examples=[[]])

    @classmethod
    def of(cls, rows: NewRows) -> NewRowsShape:
        """The shape of new rows."""
        return cls(
            table=rows.table,
            label=Words.of(table_label(rows.table)),
            family=rows.family,
            family_label=Words.of(FAMILIES[rows.family].label),
            came=[CitedShape.of(row) for row in rows.came],
            went=[CitedShape.of(row) for row in rows.went],
        )


class ExpiredShape(Shape):
    """A record family whose answer went past its shelf life and was not renewed."""

    family: str = Field(examples=["deposits"])
    label: Words = Field(examples=[_DEPOSITS])
    receipts: list[CitedShape] = Field(examples=[_CITED])


class PartShape(Shape):
    """One part: families and ``base`` add up to ``points``, ``money`` to ``available``."""

    of: PartName = Field(examples=["records"])
    label: Words = Field(examples=[{"zh": "新记录", "en": "new records"}])
    means: Words = Field(examples=[{"zh": "其间得知的记录", "en": "Records learned in between"}])
    points: Points | None = Field(description="null when one of the two has no score", examples=[8.6])
    base: Points = Field(description="what belongs to no feature: the base of another model")
    families: list[FamilyMoveShape] = Field(description="weightiest first", examples=[[]])
    available: AmountsShape = Field(examples=[_AMOUNTS])
    money: list[MoneyMoveShape] = Field(examples=[[]])
    rows: list[NewRowsShape] = Field(description="of new records: table by table", examples=[[]])
    expired: list[ExpiredShape] = Field(description="of expired answers: family by family", examples=[[]])

    @classmethod
    def of_part(cls, part: Part) -> PartShape:
        """The shape of a part."""
        return cls(
            of=part.of.value,
            label=Words.of(part.of.label),
            means=Words.of(part.of.means),
            points=part.points,
            base=part.base,
            families=_families(part.features),
            available=AmountsShape.of(part.available),
            money=[MoneyMoveShape.of(move) for move in part.money],
            rows=[NewRowsShape.of(rows) for rows in part.rows],
            expired=[
                ExpiredShape(
                    family=code,
                    label=Words.of(FAMILIES[code].label),
                    receipts=[CitedShape.of(row) for row in receipts],
                )
                for code, receipts in (part.expired or {}).items()
            ],
        )


class ChangeShape(Shape):
    """The way from an earlier portrait to a later one: parts in a stated order that add up. For reference only."""

    case: Key
    debtor: Key
    earlier: StandShape = Field(examples=[_STAND])
    later: StandShape = Field(examples=[{**_STAND, "as_of": "2026-06-30", "score": 41.7}])
    points: Points | None = Field(description="later score − earlier score", examples=[8.6])
    available: AmountsShape = Field(
        description="later − earlier of what may lawfully be taken", examples=[_AMOUNTS]
    )
    parts: list[PartShape] = Field(description="in the order in which the way is gone", examples=[[]])

    @classmethod
    def of(cls, change: Change, *, case: str, debtor: str, earlier: str | None, later: str) -> ChangeShape:
        """The shape of a change; ``earlier`` and ``later`` are ids of kept portraits."""
        return cls(
            case=case,
            debtor=debtor,
            earlier=StandShape.of(change.earlier, earlier),
            later=StandShape.of(change.later, later),
            points=change.points,
            available=AmountsShape.of(change.available),
            parts=[PartShape.of_part(part) for part in change.parts],
        )


class KeptShape(Shape):
    """One of the portraits kept of an obligation."""

    id: str = Field(examples=["3c9b2f6a1e0d4b7788aa01cd"])
    as_of: AsOf
    kept_at: str = Field(description="UTC", examples=["2026-06-30T02:11:05+00:00"])


def _families(moves: tuple[FeatureMove, ...]) -> list[FamilyMoveShape]:
    by_family: dict[str, list[FeatureMove]] = {}
    for move in moves:
        by_family.setdefault(move.family, []).append(move)
    found = [
        FamilyMoveShape(
            family=code,
            label=Words.of(FAMILIES[code].label),
            points=sum(move.points for move in several),
            features=[FeatureMoveShape.of(move) for move in several],
        )
        for code, several in by_family.items()
    ]
    return sorted(found, key=lambda family: -abs(family.points))
