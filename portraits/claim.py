"""What is owed: the case's claim, what was credited against it, and this debtor's part, from a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from records.dossier import Dossier, Row

_PARTS = ("principal", "general_interest", "costs", "penalty")


@dataclass(frozen=True, slots=True)
class Claim:
    """Amounts in fen on the dossier's date. ``owed`` is this debtor's: the lower of their cap and the case's."""

    adjudged: int
    credited: int
    cap: int | None
    credited_by_debtor: int

    @property
    def case_owed(self) -> int:
        """What the case still lacks."""
        return max(self.adjudged - self.credited, 0)

    @property
    def owed(self) -> int:
        """Outstanding for this debtor."""
        return self.case_owed if self.cap is None else min(self.case_owed, self.cap)


def claim_of(dossier: Dossier) -> Claim:
    """The claim of the dossier's obligation, as known on its date (equal to `scoring.outcomes`' outstanding)."""
    as_of = dossier.as_of
    titles = newest(dossier.rows("titles", "case"), "title_id")
    payments = [row for row in dossier.rows("payments", "case") if row["happened_at"] <= as_of]
    roles = [row for row in dossier.rows("obligors", "party") if row["case_id"] == dossier.case_id]
    caps = [row["liability_cap"] for row in roles if row.get("liability_cap") is not None]
    own = [row for row in payments if row["party_id"] == dossier.party_id]
    return Claim(
        adjudged=sum(row.get(part) or 0 for row in titles for part in _PARTS),
        credited=sum(row["amount"] for row in payments),
        cap=min(caps) if caps else None,
        credited_by_debtor=sum(row["amount"] for row in own),
    )


def newest(rows: Iterable[Row], *key: str) -> list[Row]:
    """The newest row of each key; rows come ordered by (happened_at, known_at, row_id)."""
    return list({tuple(row.get(column) for column in key): row for row in rows}.values())
