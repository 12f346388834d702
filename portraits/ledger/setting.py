"""What every step of one ledger reads: the dossier, the figures of the day, the court's haircuts, the edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portraits.claim import newest
from portraits.figures import Three, fen, local, three
from portraits.ledger.lines import Edit
from portraits.ledger.waterfall import Waterfall
from records.dossier import Dossier, Row
from records.parameters import Parameters
from records.states import FamilyState
from scoring.haircuts import Haircuts
from vocabulary.states import QueryState


@dataclass(frozen=True)
class Setting:
    """One debtor, one case, one day."""

    dossier: Dossier
    figures: Parameters
    haircuts: Haircuts
    edits: Mapping[str, Edit]
    states: Mapping[str, FamilyState]

    @property
    def party(self) -> Row:
        """The debtor's registration, an empty row when there is none."""
        rows = newest(self.dossier.rows("parties"), "party_id")
        return rows[0] if rows else {}

    @property
    def natural(self) -> bool:
        """A natural person, as long as the register does not say otherwise."""
        return self.party.get("kind") != "organisation"

    @property
    def region(self) -> str | None:
        """The debtor's region code."""
        region: str | None = self.party.get("region")
        return region

    @property
    def court(self) -> str | None:
        """The court of the case."""
        rows = newest(self.dossier.rows("cases", "case"), "case_id")
        return rows[0]["court"] if rows else None

    def state(self, family: str) -> QueryState:
        """The query state of a family."""
        known = self.states.get(family)
        return QueryState.UNKNOWN if known is None else known.state

    def fall(self, key: str) -> Waterfall:
        """A waterfall that heeds the edits."""
        return Waterfall(key, self.edits)

    def three(self, name: str) -> Three:
        """A figure as low, mid, high, local to the debtor's region."""
        return three(self.figures, name, self.dossier.as_of, self.region)

    def number(self, name: str) -> float:
        """A figure, local to the debtor's region."""
        return float(local(self.figures, name, self.dossier.as_of, self.region))

    def fen(self, name: str) -> int:
        """A figure in yuan, as fen."""
        return fen(self.figures, name, self.dossier.as_of, self.region)

    def people(self) -> Three:
        """The debtor and who depends on them: more people in the cautious reading while that is not known."""
        rows = self.dossier.rows("civil_status")
        known = rows[-1].get("dependants") if rows else None
        low, mid, high = (known,) * 3 if known is not None else self.three("unknown_dependants")
        return (1 + low, 1 + mid, 1 + high)
