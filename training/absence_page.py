"""`docs/absence.md`: whether score and likely sets keep their word when less is known, made from the records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import fill

from training.absence import BANDS, CHANCE, HELD, KINDS, MISSED
from training.absence_readings import AS_CAME, HIDDEN, LESS_DILIGENT, SILENT, UNASKED
from training.absence_record import Record
from vocabulary.families import FAMILIES

_WIDTH = 118
MARKS = {HELD: "✓", CHANCE: "≈", MISSED: "✗"}
"""Within the limit; outside, but no further than chance can carry it; further."""
_WORDS = {
    AS_CAME: "as it came",
    LESS_DILIGENT: "as a less diligent court asks",
    SILENT: "nothing of the floor answered: no score is shown",
}
_ALL = "all"
_OPENING = """# When less is known

Written by `portrait absence --write docs`; do not edit. Does a score keep its word when the court has asked less? One
bundle, learned as `portrait train` learns it, and later rows of debtors from whom it has not learned, read in four
ways:

- *as it came*;
- *hidden*: one record family of every row taken away, as if it had never been asked;
- *as a less diligent court asks*: over each row of the other courts is laid the whole silence of a row drawn at random
  from the quarter of courts that have on average the fewest families answered, of the same moment and kind of debtor:
  every family of which that row has no answer has none any more;
- *never asked*: rows of which the records themselves tell no query of the family, as they came. Officers do not skip at
  random, so nothing hidden by lot can stand for these.

What is asked: calibration slope within 0.95 to 1.05, calibration error (ten bins of equal weight) at most 0.020, and
coverage of the 90 % likely sets within 2 points plus two standard errors clustered by debtor, of all rows and in every
coverage band and kind of debtor with 500 rows or more. ✓ within its limit; ≈ outside, but no further than chance can
carry a score that keeps it (the 95 % interval of the slope meets the limits; the error is at most √(0.020² + c²), c
being what a score without any bias stays under in 97.5 % of draws: *by chance*); ✗ further. Mean score and what came
true are in points of 100. Rows of which nothing of the floor is answered get no score, and are not judged. Bands and
the floor are those of the row as it is read. Formulas: `training/absence.py`, `training/figures.py`."""


def write_page(folder: Path) -> Path:
    """``absence.md`` in the folder from ``absence/*.json`` beneath it; returns its path."""
    records = [json.loads(path.read_text(encoding="utf-8")) for path in (folder / "absence").glob("*.json")]
    path = folder / "absence.md"
    path.write_text(page(records), encoding="utf-8")
    return path


def page(records: Sequence[Record]) -> str:
    """The page of all records, the largest first."""
    arranged = sorted(records, key=lambda record: (-record["tested"]["rows"], record["name"]))
    return "\n\n".join([_OPENING, *(section(record) for record in arranged)]) + "\n"


def section(record: Record) -> str:
    """One court's part of the page."""
    tested, readings = record["tested"], record["readings"]
    told = (
        f"{tested['rows']:,} test rows of {tested['debtors']:,} debtors in {tested['courts']} courts, "
        f"{tested['first']} to {tested['last']}; bundle {record['bundle'][:12]}; intervals of "
        f"{record['asked']['draws']} draws of debtors."
    )
    return "\n\n".join(
        [
            f"## {record['title']}",
            _listed([*record["notes"], told]),
            _verdict(readings),
            "### Calibration",
            _calibration(readings),
            "### Coverage of the likely sets, %",
            _coverage(readings),
        ]
    )


def misses(readings: Sequence[Record]) -> list[str]:
    """What lies outside its limits by more than chance, in words."""
    return [
        f"{_words(one)}: {what}"
        for one in readings
        if one["judged"]
        for what in (*_off_limits(one), *_uncovered(one))
    ]


def _verdict(readings: Sequence[Record]) -> str:
    judged = [one for one in readings if one["judged"]]
    checks = sum(2 + len(one["covered"]) for one in judged)
    near = [
        f"{_words(one)} ({name})" for one in judged for name in ("slope", "ece") if one[name]["is"] == CHANCE
    ]
    found = misses(readings)
    lines = [
        f"Of {checks} figures of {len(judged)} readings, {checks - len(found) - len(near)} lie within their limits, "
        f"{len(near)} outside them by no more than chance, {len(found)} further."
    ]
    if near:
        lines.append(f"Outside by no more than chance: {'; '.join(near)}.")
    if found:
        lines.append("Further outside:\n\n" + _listed(found))
    return "\n\n".join(fill(line, _WIDTH) if "\n" not in line else line for line in lines)


def _off_limits(one: Record) -> Iterator[str]:
    for name, word in (("slope", "slope"), ("ece", "calibration error")):
        if one[name]["is"] == MISSED:
            yield f"{word} {one[name]['value']:.3f}"


def _uncovered(one: Record) -> Iterator[str]:
    for group, each in one["covered"].items():
        if not each["keeps"]:
            yield f"coverage of {group} {100 * each['covered']:.1f} % (± {100 * each['allowed']:.1f} allowed)"


def _calibration(readings: Sequence[Record]) -> str:
    lines = [
        "| reading | rows | no score | mean score | came true | slope | | calibration error | by chance | |",
        "|---|--:|--:|--:|--:|---|---|--:|--:|---|",
    ]
    for one in readings:
        slope, ece = one["slope"], one["ece"]
        lines.append(
            f"| {_words(one)} | {one['rows']:,} | {one['silent']:,} | {one['score']:.1f} | {one['came_true']:.1f} "
            f"| {_number(slope['value'])} [{_number(slope['low'])}, {_number(slope['high'])}] | {_mark(one, slope)} "
            f"| {_number(ece['value'])} | {_number(ece['chance'])} | {_mark(one, ece)} |"
        )
    return "\n".join(lines)


def _coverage(readings: Sequence[Record]) -> str:
    groups = [
        _ALL,
        *BANDS,
        *KINDS,
        *(group for group in _crossed() if any(group in one["covered"] for one in readings)),
    ]
    lines = [f"| reading | {' | '.join(groups)} |", f"|---|{'---|' * len(groups)}"]
    for one in readings:
        cells = [_covered(one, one["covered"].get(group)) for group in groups]
        lines.append(f"| {_words(one)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _crossed() -> list[str]:
    return [f"{band} {kind}" for band in BANDS for kind in KINDS]


def _covered(one: Record, each: Record | None) -> str:
    if each is None:
        return "–"
    mark = MARKS[HELD if each["keeps"] else MISSED] if one["judged"] else ""
    return f"{100 * each['covered']:.1f} ± {100 * each['allowed']:.1f} {mark}".strip()


def _mark(one: Record, figure: Record) -> str:
    return MARKS[figure["is"]] if one["judged"] else ""


def _words(one: Record) -> str:
    part, family = one["part"], one["family"]
    if part == UNASKED:
        return f"never asked: {FAMILIES[family].label.en}" if family else "never asked: most (low coverage)"
    return f"hidden: {FAMILIES[family].label.en}" if part == HIDDEN else _WORDS[part]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".replace("-", "−")


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(fill(line, _WIDTH, initial_indent="- ", subsequent_indent="  ") for line in lines)
