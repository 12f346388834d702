"""The generated parts of docs/simulation.md: published vs simulated, effects of work, and what follows from others.

A part stands between two marks, ``<!-- begin NAME -->`` and ``<!-- end NAME -->``; everything else is written by hand.
"""

from __future__ import annotations

from pathlib import Path

from simulation.work import EFFECTS


def replaced(document: Path, parts: dict[str, str]) -> None:
    """Write the parts into the document between their marks. Raises ValueError for a mark that is not there."""
    text = document.read_text(encoding="utf-8")
    for name, body in parts.items():
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        if begin not in text or end not in text:
            raise ValueError(f"[{document.name}] has no part [{name}]")
        before, rest = text.split(begin, 1)
        after = rest.split(end, 1)[1]
        text = f"{before}{begin}\n\n{body.strip()}\n\n{end}{after}"
    document.write_text(text, encoding="utf-8")


def effects_table() -> str:
    """What each kind of work is assumed to do."""
    lines = [
        "| work | hours | pressure | while in force | reveals of hidden money | with chance |",
        "|---|---|---|---|---|---|",
    ]
    for kind, effect in EFFECTS.items():
        numbers = (effect.hours, effect.pressure, effect.standing, effect.reveals, effect.chance)
        lines.append(
            f"| {kind} | " + " | ".join(f"{number:g}" if number else "–" for number in numbers) + " |"
        )
    return "\n".join(lines)
