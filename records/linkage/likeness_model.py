"""What is compared of two firms, level by level, and which pairs are compared at all. Values; Splink reads them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from records.parameters import Parameters
from vocabulary.text import Text

LIKENESS = Path(__file__).parent / "parameters" / "likeness.yaml"
COLUMNS = (
    "party", "core", "core_start", "letters", "patterns", "form", "province", "city", "street", "street_end", "door",
    "home_province", "home_city", "founded_on",
)  # fmt: skip
"""The columns of the firms compared.

DuckDB's distances between texts count bytes, three to a Chinese character. So ``letters`` holds a name's different
characters, and ``patterns`` the name with each character in turn left open: two names of one length share a pattern
when a single character differs.
"""


@dataclass(frozen=True, slots=True)
class Level:
    """A degree of likeness: DuckDB's condition over ``_l`` and ``_r`` columns. An ``otherwise`` level has none.

    ``frequency`` names the column whose rarer values weigh more.
    """

    name: str
    sql: str = ""
    frequency: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, from the highest level down.

    ``missing``: when it says nothing. ``shows``: the value shown. ``local``: how often two firms are alike in it by
    chance is a matter of the court, and measured in the store.
    """

    name: str
    label: Text
    missing: str
    levels: tuple[Level, ...]
    shows: str
    local: bool = False


_SUFFIX = "(ends_with(street_l, street_r) or ends_with(street_r, street_l))"
COMPARISONS = (
    Comparison(
        "name",
        Text(zh="字号与行业", en="trade name and business"),
        "core_l is null or core_r is null",
        (
            Level("equal", "core_l = core_r", frequency="core"),
            Level("one_character", "length(core_l) >= 4 and list_has_any(patterns_l, patterns_r)"),
            Level(
                "contained",
                "least(length(core_l), length(core_r)) >= 4 and (contains(core_l, core_r) or contains(core_r, core_l))",
            ),
            Level(
                "alike",
                "len(list_intersect(letters_l, letters_r)) >= 0.6 * greatest(len(letters_l), len(letters_r))",
            ),
            Level("other"),
        ),
        "name",
    ),
    Comparison(
        "place",
        Text(zh="名称中的行政区划", en="place in the name"),
        "province_l is null or province_r is null",
        (
            Level(
                "same_place",
                "city_l = city_r or (province_l = province_r and city_l is null and city_r is null)",
            ),
            Level("same_province", "province_l = province_r and (city_l is null or city_r is null)"),
            Level("other"),
        ),
        "name",
        local=True,
    ),
    Comparison(
        "form",
        Text(zh="组织形式", en="legal form"),
        "form_l is null or form_r is null",
        (Level("equal", "form_l = form_r"), Level("other")),
        "name",
        local=True,
    ),
    Comparison(
        "address",
        Text(zh="街道门牌", en="street and number"),
        "street_l is null or street_r is null",
        (
            Level("same_door", f"door_l = door_r and {_SUFFIX}"),
            Level("same_street", _SUFFIX),
            Level("other"),
        ),
        "address",
    ),
    Comparison(
        "home",
        Text(zh="住所地", en="city of the address"),
        "home_province_l is null or home_province_r is null",
        (
            Level("same_city", "home_city_l = home_city_r"),
            Level(
                "same_province",
                "home_province_l = home_province_r and (home_city_l is null or home_city_r is null)",
            ),
            Level("other"),
        ),
        "address",
        local=True,
    ),
    Comparison(
        "founded",
        Text(zh="成立日期", en="founding date"),
        "founded_on_l is null or founded_on_r is null",
        (
            Level("same_day", "founded_on_l = founded_on_r"),
            Level("same_month", "abs(founded_on_l - founded_on_r) <= 31"),
            Level("other"),
        ),
        "founded_on",
    ),
)
BLOCKS = (("core",), ("core_start", "home_province"), ("street_end", "door"), ("founded_on", "home_province"))
"""Pairs are compared when all columns of one of these agree."""


@dataclass(frozen=True)
class Model:
    """The model in force on a day."""

    linked_from: float
    doubtful_from: float
    copies_per_firm: float
    measured_from: int
    weights: Mapping[str, Mapping[str, tuple[float, float]]]

    @classmethod
    def on(cls, day: date) -> Model:
        """The declared parameters of a day. Raises PortraitError `parameters.…` when one is missing."""
        held = Parameters.read(LIKENESS)
        return cls(
            held.number("linked_from", day),
            held.number("doubtful_from", day),
            held.number("copies_per_firm", day),
            int(held.number("measured_from", day)),
            {
                each.name: {level: (m, u) for level, (m, u) in held.on(each.name, day).value.items()}
                for each in COMPARISONS
            },
        )

    @property
    def digest(self) -> str:
        """Eight hex digits over what is compared and what it weighs: decisions name the model they come from."""
        told = [(each.name, each.missing, [(of.name, of.sql) for of in each.levels]) for each in COMPARISONS]
        content = [
            told,
            BLOCKS,
            self.linked_from,
            self.doubtful_from,
            self.copies_per_firm,
            dict(self.weights),
        ]
        return hashlib.sha256(json.dumps(content, sort_keys=True, default=dict).encode()).hexdigest()[:8]
