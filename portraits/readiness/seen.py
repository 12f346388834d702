"""What the checks look at: one debtor's dossier with its ledger and query states, and the day that counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property

from portraits.claim import Claim, claim_of, newest
from portraits.law.rule import Cited
from portraits.ledger import Ledger
from records.dossier import Dossier, Row
from records.states import FamilyState, family_states
from vocabulary.text import Text


class Met(Enum):
    """Whether a condition is met; what the records do not hold is unknown, never met."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Text:
        """Words for the page."""
        return _LABELS[self]


_LABELS = {
    Met.MET: Text(zh="已满足", en="met"),
    Met.NOT_MET: Text(zh="未满足", en="not met"),
    Met.UNKNOWN: Text(zh="记录中无法判断", en="not known from the records"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: ``since`` is the day from which the thing has been missing, None where there is none."""

    state: Met
    says: Text
    rows: tuple[Cited, ...] = ()
    since: date | None = None


@dataclass(frozen=True)
class Seen:
    """One debtor of the case. ``day`` is the closing, or the dossier's date while the case is open."""

    dossier: Dossier
    ledger: Ledger
    day: date
    case: Row = field(compare=False)

    @cached_property
    def states(self) -> Mapping[str, FamilyState]:
        """Query states on the dossier's date."""
        return family_states(self.dossier.rows("queries"), self.dossier.as_of)

    @cached_property
    def party(self) -> Row:
        """The debtor as the court registers it; empty when it does not."""
        rows = newest(self.dossier.rows("parties"), "party_id")
        return rows[-1] if rows else {}

    @cached_property
    def claim(self) -> Claim:
        """What is owed."""
        return claim_of(self.dossier)

    @property
    def natural(self) -> bool:
        """A natural person, as far as the register says."""
        return (self.party.get("kind") or "natural") == "natural"

    @property
    def filed(self) -> date:
        """When the case was filed."""
        filed: date = self.case["filed_on"]
        return filed

    def measures(self, *kinds: str) -> list[Row]:
        """Measures of these kinds in this case, by the day."""
        return [
            row
            for row in self.dossier.rows("measures")
            if row["kind"] in kinds
            and row.get("case_id") in (None, self.dossier.case_id)
            and row["happened_at"] <= self.day
        ]
