"""The shape of the ledger of links, and decisions to and from its rows. Standard library only: serving reads this."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from records.linkage.links import Decision, Evidence, Link, LinkKind

LEDGER_TABLES = (
    """create table if not exists party_codes (row_id bigint, scheme varchar, code bigint)""",
    """create table if not exists links (
        link_id bigint, decided_at date, known_at date, left_party bigint, right_party bigint, kind varchar,
        decision varchar, decided_by varchar, probability double, reason varchar, evidence json
    )""",
)
"""Beside the contracts' tables: what numbers a row of `parties` can be compared by (keyed hashes), and the links."""
COLUMNS = (
    "link_id", "decided_at", "known_at", "left_party", "right_party", "kind", "decision", "decided_by",
    "probability", "reason", "evidence",
)  # fmt: skip


def row_of(link: Link) -> tuple[Any, ...]:
    """A decision as a row of COLUMNS."""
    return (
        link.link_id,
        link.decided_at.isoformat(),
        link.known_at.isoformat(),
        link.left,
        link.right,
        link.kind.value,
        link.decision.value,
        link.by,
        link.probability,
        link.reason,
        json.dumps([asdict(each) for each in link.evidence], ensure_ascii=False),
    )


def link_of(row: tuple[Any, ...]) -> Link:
    """The decision in a row of COLUMNS; days may be dates or ISO text."""
    number, decided, known, left, right, kind, decision, by, probability, reason, evidence = row
    return Link(
        link_id=number,
        decided_at=_day(decided),
        known_at=_day(known),
        left=left,
        right=right,
        kind=LinkKind(kind),
        decision=Decision(decision),
        by=by,
        probability=probability,
        reason=reason,
        evidence=tuple(Evidence(**each) for each in json.loads(evidence)),
    )


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
