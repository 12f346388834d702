"""Where in the process: the node of the eleven at which a portrait was made (Dawa District Court's process control)."""

from __future__ import annotations

from dataclasses import dataclass

from portraits.claim import newest
from records.contracts.court import NODES
from records.dossier import Dossier
from vocabulary.labels import word
from vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the process: its code, its place (1 first) and its name."""

    code: str
    place: int
    label: Text


EVERY: tuple[Node, ...] = tuple(
    Node(code, place, word("cases", "node", code)) for place, code in enumerate(NODES, start=1)
)
_BY_CODE = {node.code: node for node in EVERY}


def node_of(dossier: Dossier) -> Node | None:
    """The node of the dossier's case on its date: as the case register says, else that of the newest measure.

    None when neither names one.
    """
    cases = newest(dossier.rows("cases", "case"), "case_id")
    code = cases[-1].get("node") if cases else None
    if code is None:
        taken = [row for row in dossier.rows("measures", "case") if row["happened_at"] <= dossier.as_of]
        code = next((row["node"] for row in reversed(taken) if row.get("node")), None)
    return None if code is None else _BY_CODE[code]


def named(code: str | None) -> Node | None:
    """The node of a code; None for none, or for a code that is no node."""
    return _BY_CODE.get(code or "")
