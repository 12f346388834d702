"""Contracts of people at work and of what reaches the court by hand: officers, complaints, leads, disclosures."""

from __future__ import annotations

from records.contracts.columns import Table, code, date, key, money, number, text
from vocabulary.families import ASKED

OFFICERS = Table(
    "officers",
    "who works where with what hours",
    owner="court",
    family="claim",
    key=("officer_id",),
    own_columns=(
        key("officer_id", "the officer, a reference only"),
        text("court", "court code", required=True),
        code("team", "team", "office", "field", "opening", "query", "disposal", "closing", required=True),
        number("weekly_hours", "hours a week", least=0, most=168),
    ),
)
PETITIONS = Table(
    "petitions",
    "a complaint and its end",
    owner="case",
    family="claim",
    own_columns=(
        code("kind", "about", "inaction", "procedure", "other", required=True),
        date("resolved_on", "when it was settled"),
    ),
)
CLUES = Table(
    "clues",
    "a lead to property",
    owner="party",
    family="disclosure",
    own_columns=(
        key("case_id", "the case"),
        code(
            "author",
            "who brought it",
            "applicant",
            "grid_worker",
            "reward",
            "lawyer_order",
            "other",
            required=True,
        ),
        code("family", "record family it points to", *ASKED, required=True),
        code("confidence", "how sure", "low", "middle", "high", required=True),
        date("verified_on", "when it was checked"),
        money("value", "value alleged"),
    ),
)
DECLARATIONS = Table(
    "declarations",
    "property disclosed by the debtor",
    owner="party",
    family="disclosure",
    own_columns=(
        key("case_id", "the case"),
        code("family", "record family disclosed", *ASKED, required=True),
        money("declared_value", "value disclosed"),
        money("found_value", "value found for the same family at that time"),
    ),
)
DISPUTES = Table(
    "disputes",
    "a contested row",
    owner="party",
    family="disclosure",
    own_columns=(
        text("disputed_table", "the table", required=True),
        key("disputed_row_id", "the row"),
        text("reason", "why it is contested", required=True),
        date("resolved_on", "when it was settled"),
    ),
)
OFFICE_TABLES = (OFFICERS, PETITIONS, CLUES, DECLARATIONS, DISPUTES)
