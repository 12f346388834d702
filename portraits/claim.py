"""What is owed: the case's claim, what was credited against it, and this debtor's part, from a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from records.dossier import Dossier, Row

_PARTS = ("principal", "general_interest", "costs", "penalty")


@dataclass(frozen=True, slots=True)
class Claim:
    """Amounts in fen on the dossier's date.

    ``adjudged`` by the titles; ``credited`` from all debtors; ``forgiven`` by settlement or waiver; ``most`` that this
    debtor can still owe under a liability cap, None without one.
    """

    adjudged: int
    credited: int
    forgiven: int
    credited_by_debtor: int
    most: int | None

    @property
    def case_owed(self) -> int:
        """What the case still lacks."""
        return max(self.adjudged - self.credited - self.forgiven, 0)

    @property
    def owed(self) -> int:
        """Outstanding for this debtor: the lower of their cap's rest and the case's."""
        return self.case_owed if self.most is None else min(self.case_owed, self.most)


def claim_of(dossier: Dossier) -> Claim:
    """The claim of the dossier's obligation, as known on its date (equal to `scoring.outcomes`' outstanding)."""
    as_of = dossier.as_of
    titles = newest(dossier.rows("titles", "case"), "title_id")
    payments = [row for row in dossier.rows("payments", "case") if row["happened_at"] <= as_of]
    own = sum(row["amount"] for row in payments if row["party_id"] == dossier.party_id)
    roles = [row for row in dossier.rows("obligors", "party") if row["case_id"] == dossier.case_id]
    cap = roles[-1].get("liability_cap") if roles else None
    return Claim(
        adjudged=sum(row.get(part) or 0 for row in titles for part in _PARTS),
        credited=sum(row["amount"] for row in payments),
        forgiven=sum(
            row.get("amount") or 0 for row in dossier.rows("discharges", "case") if forgives(row, dossier)
        ),
        credited_by_debtor=own,
        most=None if cap is None else max(cap - own, 0),
    )


def newest(rows: Iterable[Row], *key: str) -> list[Row]:
    """The newest row of each key; rows come ordered by (happened_at, known_at, row_id)."""
    return list({tuple(row.get(column) for column in key): row for row in rows}.values())


def forgives(row: Row, dossier: Dossier) -> bool:
    """A settlement or waiver that ended part of this debtor's debt by the dossier's date."""
    about = row.get("party_id") in (None, dossier.party_id)
    return about and row["kind"] in ("settlement", "waiver") and row["happened_at"] <= dossier.as_of
