"""docs/law.md, written from the rules: which article says what, since when, where it is coded, where it is tried.

python -m portraits.law.handbook > docs/law.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date

from portraits.conduct import CONDUCT
from portraits.figures import figures
from portraits.law import DOCUMENTS, RULES, Document
from records.parameters import Parameter

_HEAD = """# Law: which article is coded where

Written from `portraits/law` by `python -m portraits.law.handbook`; a test fails when this page differs from the rules,
when a rule lacks its article, document or first day, when the words quoted from an article are not in the stored
official text (`../shared/law`, where it lies beside the checkout), or when the module named does not use the rule.

The first day is that of the version cited. The enforcement interpretations revised by 法释〔2020〕21号 hold in that
version from 1 January 2021; most of their rules are older. A court checks every text marked *not in the collection*.
"""


def handbook() -> str:
    """The page."""
    parts = [_HEAD, *(_chapter(document) for document in DOCUMENTS), _conduct(), _figures()]
    return "\n".join(part for part in parts if part)


def _chapter(document: Document) -> str:
    rules = [rule for rule in RULES if rule.document is document]
    if not rules:
        return ""
    seen = f"text: `{document.text}`" if document.text else document.seen
    lines = [
        f"## {document.title.zh}",
        "",
        f"{document.title.en} · {document.number} · in force from {document.in_force_from.isoformat()} · {seen}",
        "",
        "| article | what it means for a figure | coded in | rule |",
        "|---|---|---|---|",
        *(
            f"| {rule.article} | {rule.says.zh}<br>{rule.says.en} | `{rule.coded}` | `{rule.name}` |"
            for rule in rules
        ),
    ]
    return "\n".join(lines) + "\n"


def _conduct() -> str:
    lines = [
        "## Facts on the conduct page",
        "",
        "| fact | articles | reads | thresholds |",
        "|---|---|---|---|",
    ]
    for rule in CONDUCT:
        articles = "<br>".join(f"{each.document.number} {each.article}" for each in rule.articles)
        lines.append(
            f"| {rule.label.zh}<br>{rule.label.en} | {articles} | {_code(rule.tables)} | {_code(rule.thresholds)} |"
        )
    return "\n".join(lines) + "\n"


def _figures() -> str:
    lines = [
        "## Figures",
        "",
        "Dated values in `portraits/parameters/*.yaml`. A court's own file (`PORTRAIT_FIGURES`, the same form) takes",
        "their place by name, from its first day on; a name or form of its own is refused. *EXAMPLE* marks what a",
        "court has to replace; no such value is official.",
        "",
        "| figure | value | unit | holds from | source |",
        "|---|---|---|---|---|",
    ]
    for values in figures().dated.values():
        lines += [_figure(value) for value in values]
    return "\n".join(lines) + "\n"


def _figure(value: Parameter) -> str:
    first = "always" if value.in_force_from == date(1900, 1, 1) else value.in_force_from.isoformat()
    return f"| `{value.name}` | {value.value} | {value.unit} | {first} | {value.source} |"


def _code(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    sys.stdout.write(handbook())
