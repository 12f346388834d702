"""What the service says of itself: health, readiness, the model that answers, the audit."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from scoring.bundle import Bundle
from serving.shapes.common import Digest, Points, Shape, Words
from serving.state.audit import Kept
from vocabulary.chain import Check

_LEFT_OUT = {"comparables", "catalogue", "calibration", "format"}


class Health(Shape):
    """The process runs."""

    status: str = Field(examples=["ok"])
    version: str = Field(examples=["0.1.0"])


class ReadyPart(Shape):
    """One thing that answers stand on."""

    part: str = Field(description="state, records, model or queue", examples=["records"])
    ready: bool = Field(examples=[True])
    detail: Words = Field(examples=[{"zh": "记录快照41ab41ab41ab", "en": "snapshot 41ab41ab41ab"}])
    next_step: Words | None = Field(examples=[None])


class Ready(Shape):
    """Everything that answers stand on is here."""

    ready: bool = Field(examples=[True])
    parts: list[ReadyPart] = Field(examples=[[]])


class ModelShape(Shape):
    """The model that answers."""

    digest: Digest
    catalogue: Digest = Field(description="digest of the feature catalogue it was trained with")
    features: int = Field(examples=[152])
    base: Points = Field(description="what a typical obligation starts from")
    about: dict[str, Any] = Field(
        description="where and how it was trained, and its figures",
        examples=[{"trained_on": "synthetic court"}],
    )
    card: str | None = Field(description="the model card, Markdown", examples=["# Model card"])

    @classmethod
    def of(cls, bundle: Bundle) -> ModelShape:
        """The shape of a bundle."""
        card = bundle.path / "card.md"
        return cls(
            digest=bundle.digest,
            catalogue=bundle.catalogue_digest,
            features=len(bundle.names),
            base=bundle.base,
            about={name: value for name, value in bundle.about.items() if name not in _LEFT_OUT},
            card=card.read_text("utf-8") if card.exists() else None,
        )


class AuditEntry(Shape):
    """Who read what, when and what for."""

    id: int = Field(examples=[1])
    at: str = Field(description="UTC", examples=["2026-06-30T01:02:03.000004+00:00"])
    request_id: str = Field(examples=["5f0c2a9e41d84c0f"])
    key_id: str = Field(description="id of the key; empty without one", examples=["a1b2c3d4e5f6"])
    label: str = Field(description="who holds the key", examples=["王法官"])
    role: str = Field(examples=["judge"])
    act: str = Field(examples=["portrait"])
    outcome: str = Field(description="answered, or the code of the problem", examples=["answered"])
    case_key: str = Field(examples=["700123"])
    debtor: str = Field(examples=["100234"])
    as_of: str = Field(examples=["2026-06-30"])
    purpose: str = Field(examples=["enforcement_measure"])
    subject: str = Field(description="portrait, feature or court", examples=["3c9b2f6a1e0d4b7788aa01cd"])
    previous: str = Field(description="hash of the entry before", examples=["0" * 64])
    hash: str = Field(examples=["77aa" * 16])

    @classmethod
    def of(cls, kept: Kept) -> AuditEntry:
        """The shape of an entry."""
        parts = {name: getattr(kept.entry, name) for name in kept.entry.__dataclass_fields__}
        return cls(id=kept.id, at=kept.at, previous=kept.previous, hash=kept.hash, **parts)


class AuditShape(Shape):
    """A page of the audit, newest first, and whether the whole chain holds."""

    entries: int = Field(description="entries that fit the question", examples=[1204])
    first: int = Field(examples=[0])
    page: list[AuditEntry] = Field(examples=[[]])
    intact: bool = Field(description="every entry follows from the one before", examples=[True])
    broken_at: int | None = Field(description="the first entry that does not fit", examples=[None])
    chain: int = Field(description="entries in the whole chain that fit", examples=[1204])
    head: Digest = Field(description="hash of the newest entry: note it elsewhere to notice a cut end")

    @classmethod
    def of(cls, count: int, first: int, kept: list[Kept], check: Check) -> AuditShape:
        """The shape of a page."""
        return cls(
            entries=count,
            first=first,
            page=[AuditEntry.of(each) for each in kept],
            intact=check.broken_at is None,
            broken_at=check.broken_at,
            chain=check.entries,
            head=check.head,
        )
