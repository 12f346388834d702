"""The handbook of records: every contract rendered to Markdown (docs/records.md).

Run ``python -m records.handbook`` in the root of the repository to write it again.
"""

from __future__ import annotations

from pathlib import Path

from records.contracts import COMMON, TABLES, Column, Kind, Table
from records.obligors import only_of_obligors
from records.parameters import SHELF_LIFE, Parameters
from records.renewed import RENEWED
from records.rules import EVERY, ROW_RULES, WORDS
from records.versions import RETOLD
from vocabulary.families import ASKED, FAMILIES

PLACE = Path("docs/records.md")
_KINDS = {
    Kind.KEY: "reference: a whole number below 10^15 stays, an ID number or other text becomes a keyed hash, "
    "`key:` and 16 hex digits name a key as this installation shows it",
    Kind.DATE: "a Shanghai date: `2024-03-01`, `2024/3/1` or `20240301`; an open end is left blank",
    Kind.MONEY: "yuan with at most two decimals; whole fen inside",
    Kind.NUMBER: "a finite number",
    Kind.WHOLE: "a whole number",
    Kind.FLAG: "`true`/`false`, `1`/`0`, `是`/`否`, or blank for not said",
    Kind.CODE: "one of the values listed; any other is refused",
    Kind.TEXT: "text that is not about a person",
    Kind.PERSONAL: "text about a person, masked wherever shown",
    Kind.IDENTITY: "an ID number or unified credit code, brought to one form and replaced by a keyed hash",
}
_INTRO = """# Records

Generated from `records/contracts` by `python -m records.handbook`; a test keeps it current.

A file is CSV (UTF-8, or another encoding when said) or Parquet, named after its table, with the columns below in any
order. Missing values are blank. Every row carries two clocks. Rows are only added: a change of standing (a new
balance, a closed case) is a newer row of the same key, and a correction is a row that names `corrects_row_id`, or
takes that row back with `retracted`.

In {retold}
no key tells facts apart. There a row that says the same as an earlier one under another receipt is the same fact told
again: it stands for the earlier one from its own `known_at` on, the n-th of an answer for the n-th of an answer before
it, so that a fact counts once however often a source is asked. Rows without a receipt tell nothing again.

A receipt is a source's whole answer for one family. In {renewed}
a holding ends on the day on which a later question to the same source about the same family was answered without it:
an account that the new answer no longer lists is closed, and an empty answer ends all of them.

A court's own names are mapped by a file like
[mapping-example.yaml](mapping-example.yaml).
"""


def handbook() -> str:
    """The whole page."""
    parts = [
        _INTRO.format(retold=_listed(RETOLD), renewed=_listed(RENEWED)),
        _kinds(),
        _common(),
        _states(),
        _rules(),
        "## Tables\n",
    ]
    parts += [_table(table) for table in TABLES.values()]
    return "\n".join(parts)


def write(place: Path = PLACE) -> None:
    """Write the page to its place in docs."""
    place.write_text(handbook(), encoding="utf-8")


def _listed(names: tuple[str, ...]) -> str:
    *first, last = (f"`{name}`" for name in names)
    return f"{', '.join(first)} and {last}"


def _kinds() -> str:
    lines = [f"| {kind.value} | {words} |" for kind, words in _KINDS.items()]
    return "\n".join(["## Kinds of column\n", "| kind | at the door |", "|---|---|", *lines, ""])


def _common() -> str:
    return "\n".join(["## Columns of every table\n", *_columns(COMMON), ""])


def _states() -> str:
    shelf = Parameters.read(SHELF_LIFE)
    lines = [
        f"| `{code}` | {FAMILIES[code].label.zh} | {FAMILIES[code].label.en} | {each.value} | {each.source} |"
        for code in ASKED
        for each in shelf.dated[code][-1:]
    ]
    return "\n".join(
        [
            "## Families that are asked for\n",
            "Their state comes from `queries`, never from missing rows. Past its shelf life an answer is stale.\n",
            "| family | 中文 | English | shelf life, days | source |",
            "|---|---|---|---|---|",
            *lines,
            "",
        ]
    )


def _rules() -> str:
    by_row = {rule.name: rule for rule in ROW_RULES}
    lines = []
    for name, words in WORDS.items():
        where = "any" if name not in by_row or by_row[name].table == EVERY else _tables_of(name)
        lines.append(f"| `{name}` | {where} | {words.zh} | {words.en} |")
    head = "A row that breaks one goes to quarantine with file, line, column, rule and value.\n"
    return "\n".join(
        ["## Rules\n", head, "| rule | table | 中文 | English |", "|---|---|---|---|", *lines, ""]
    )


def _tables_of(rule: str) -> str:
    return ", ".join(f"`{each.table}`" for each in ROW_RULES if each.name == rule)


def _table(table: Table) -> str:
    obligors = " Rows about people who are no obligors are refused." if only_of_obligors(table) else ""
    key = f" Key: {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    family = FAMILIES[table.family]
    owned = {"party": "the party", "case": "the case", "court": "the court"}[table.owner]
    told = f"One row is {table.meaning}. Belongs to {owned}; family {family.label.en} ({family.label.zh})."
    own = tuple(each for each in table.columns if each not in COMMON)
    return "\n".join([f"### `{table.name}`\n", f"{told}{key}{obligors}\n", *_columns(own), ""])


def _columns(columns: tuple[Column, ...]) -> list[str]:
    lines = [
        f"| `{each.name}` | {each.kind.value} | {'yes' if each.required else ''} | {each.meaning} | {_values(each)} |"
        for each in columns
    ]
    return ["| column | kind | required | meaning | unit, values |", "|---|---|---|---|---|", *lines]


def _values(column: Column) -> str:
    parts = [
        ", ".join(f"`{each}`" for each in column.codes),
        column.unit if column.kind is Kind.MONEY else "",
        _range(column),
    ]
    return "; ".join(part for part in parts if part)


def _range(column: Column) -> str:
    if column.least is not None and column.most is not None:
        return f"{column.least:g} to {column.most:g}"
    if column.least is not None:
        return f"at least {column.least:g}"
    return f"at most {column.most:g}" if column.most is not None else ""


if __name__ == "__main__":
    write()
