"""What a replay says, as the API carries it: a verdict, and the fields that differ."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from portraits.replay import Difference, shown
from serving.shapes.common import AsOf, Digest, Key, Shape, Words

Verdict = Literal["identical", "within", "differs"]


class DifferenceShape(Shape):
    """A field in which the recomputation differs from the answer kept. Personal texts are masked in both."""

    path: str = Field(examples=["contributions[2].contribution"])
    kept: str = Field(examples=["3.25"])
    again: str = Field(examples=["3.5"])

    @classmethod
    def of(cls, each: Difference) -> DifferenceShape:
        """The shape of a difference."""
        return cls(path=each.path, kept=shown(each.kept), again=shown(each.again))


class AttemptShape(Shape):
    """One recomputation: from the snapshot named, or from the one in use as of the portrait's date."""

    records: Literal["named", "current"] = Field(
        description="named: the snapshot that the portrait names; current: the one in use, as of its date",
        examples=["named"],
    )
    snapshot: Digest
    verdict: Verdict = Field(examples=["identical"])
    verdict_label: Words = Field(examples=[{"zh": "完全一致", "en": "identical"}])
    letter_for_letter: bool = Field(description="the answer is the same to the last letter", examples=[True])
    count: int = Field(description="number of fields that differ", examples=[0])
    differences: list[DifferenceShape] = Field(description="the first of them", examples=[[]])
    stands_on: list[DifferenceShape] = Field(
        description="names and digests that differ: another snapshot has another name", examples=[[]]
    )
    since: list[str] = Field(description="fields that answers have had only since", examples=[[]])


class ReplayShape(Shape):
    """A kept portrait asked again. The verdict is that of the worst attempt."""

    portrait: str = Field(examples=["3c9b2f6a1e0d4b7788aa01cd"])
    as_of: AsOf
    case: Key
    debtor: Key
    kept_at: str = Field(description="when the answer was kept, UTC", examples=["2026-06-30T02:11:05+00:00"])
    verdict: Verdict = Field(examples=["identical"])
    verdict_label: Words = Field(examples=[{"zh": "完全一致", "en": "identical"}])
    says: Words = Field(examples=[{"zh": "与保存的答复完全一致。", "en": "The answer is the one kept."}])
    bundle: Digest
    snapshot: Digest
    snapshot_gone: bool = Field(
        description="the snapshot named is no longer here: only today's records were used", examples=[False]
    )
    attempts: list[AttemptShape] = Field(examples=[[]])
