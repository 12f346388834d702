"""Records that only grow: every entry seals the one before it, so that a change or a gap shows.

An entry's hash is SHA-256 over its own canonical JSON, the previous hash among its values; anyone can check a chain
without a secret, and the newest hash, noted elsewhere, also shows whether the end was cut off.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Check:
    """Whether a chain holds: number of entries, the newest hash, and the first entry that does not fit."""

    entries: int
    head: str
    broken_at: int | None


def sealed(values: Mapping[str, Any]) -> str:
    """The hash of an entry's values, ``previous`` among them."""
    body = {name: value for name, value in values.items() if name != "hash"}
    plain = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def checked(rows: Iterable[Mapping[str, Any]]) -> Check:
    """Check entries in their order, from the first: ``id`` without gap, hashes that follow from one another."""
    count, head = 0, START
    for row in rows:
        if row["id"] != count + 1 or row["previous"] != head or row["hash"] != sealed(row):
            return Check(count, head, broken_at=row["id"])
        count, head = count + 1, row["hash"]
    return Check(count, head, broken_at=None)
