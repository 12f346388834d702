"""`docs/absence.md`: whether score and likely sets keep their word when less is known, made from the records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import fill

from training.absence import BANDS, CHANCE, HELD, KINDS, MISSED
from training.absence_readings import AGES, AS_CAME, HIDDEN, LESS_DILIGENT, OLD, SILENT, UNASKED
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
_NAMES = {"slope": "slope", "ece": "calibration error"}
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
true are in points of 100. Bands and the floor are those of the row as it is read. Readings share most of their rows, so
what is off in one is off in many: they are not as many witnesses.

Shown beside, and not judged: rows of which nothing of the floor is answered, for they get no score; and all rows by the
mean age of their answers. Records begin on some day, so rows that come after training hold older answers than any that
training saw. Formulas: `training/absence.py`, `training/figures.py`."""


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
    near = {name: [one[name]["value"] for one in judged if one[name]["is"] == CHANCE] for name in _NAMES}
    count, found = sum(map(len, near.values())), misses(readings)
    said = (
        f"Of {checks} figures of {len(judged)} readings, {checks - len(found) - count} lie within their limits, "
        f"{count} outside them by no more than chance, {len(found)} further."
    )
    if count:
        parts = [
            f"{_NAMES[name]} in {len(values)} ({min(values):.4f} to {max(values):.4f})"
            for name, values in near.items()
            if values
        ]
        said += f" By no more than chance: {', '.join(parts)}."
    if above := sum((one["slope"]["value"] or 0) > 1 for one in judged):
        said += f" The slope is above 1 in {above}: outcomes spread further there than scores do."
    return "\n\n".join([fill(said, _WIDTH), *(["Further outside:", _listed(found)] if found else [])])


def _off_limits(one: Record) -> Iterator[str]:
    for name, word in _NAMES.items():
        if one[name]["is"] == MISSED:
            yield f"{word} {one[name]['value']:.4f}"


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
            f"| {_number(slope['value'], 4)} [{_number(slope['low'])}, {_number(slope['high'])}] | {_mark(one, slope)} "
            f"| {_number(ece['value'], 4)} | {_number(ece['chance'])} | {_mark(one, ece)} |"
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
    part, which = one["part"], one["which"]
    if part == UNASKED:
        return f"never asked: {FAMILIES[which].label.en}" if which else "never asked: most (low coverage)"
    if part == OLD:
        return f"answers on average {_days(int(which))} days old"
    return f"hidden: {FAMILIES[which].label.en}" if part == HIDDEN else _WORDS[part]


def _days(first: int) -> str:
    then = AGES[AGES.index(first) + 1]
    return f"{first} or more" if then == AGES[-1] else f"{first} to {then}"


def _number(value: float | None, digits: int = 3) -> str:
    return "–" if value is None else f"{value:.{digits}f}".replace("-", "−")


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(fill(line, _WIDTH, initial_indent="- ", subsequent_indent="  ") for line in lines)
