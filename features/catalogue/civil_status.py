"""Features of the household: dependants only. Marital status, sex and age are never read."""

from __future__ import annotations

from features.declare import Family, Feature, Leans
from features.measures import Latest
from features.rows import of_debtor
from vocabulary.text import Text


class CivilStatus(Family):
    """Whom the debtor must support; their necessary living costs are exempt."""

    record_family = "civil_status"

    dependants = Feature(
        rows=of_debtor("civil_status").latest_per("party_id"),
        measure=Latest("dependants"),
        unit="people",
        leans=Leans.UNABLE,
        why="Necessary living costs of dependants are kept from enforcement (民事诉讼法 Arts 254-255).",
        nothing_found=0.0,
        label=Text(zh="所扶养家属人数", en="Dependants"),
        reason=Text(zh="需扶养{value}，{standing}", en="Dependants: {value}, {standing}"),
        shows=("dependants",),
        source="民事诉讼法 (2023) Arts 254-255",
    )
