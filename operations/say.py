"""What the command line says: results to standard output, problems to standard error, in the reader's language."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

from vocabulary.problems import Problem
from vocabulary.text import Language, Text


def language() -> Language:
    """The reader's language: PORTRAIT_LANGUAGE, else Chinese where the system's language is Chinese."""
    chosen = os.environ.get("PORTRAIT_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh" if chosen.startswith("zh") else "en"


def say(text: Text | str) -> None:
    """One line of result."""
    sys.stdout.write((text.to(language()) if isinstance(text, Text) else text) + "\n")
    sys.stdout.flush()


def fail(problem: Problem, spoken: Language) -> None:
    """A problem: title, what happened, what to do next."""
    sys.stderr.write(f"{problem.title.to(spoken)} ({problem.code})\n")
    sys.stderr.write(f"  {problem.detail.to(spoken)}\n")
    sys.stderr.write(f"  → {problem.next_step.to(spoken)}\n")


def table(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table: figures to the right, words to the left."""
    from rich.console import Console
    from rich.table import Table

    shown = Table(title=title, title_justify="left")
    body = [[_cell(cell) for cell in row] for row in rows]
    for place, heading in enumerate(headings):
        numbers = bool(body) and all(row[place][:1] in "-0123456789" for row in body)
        shown.add_column(heading, justify="right" if numbers else "left")
    for row in body:
        shown.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 140).print(shown)


def _cell(value: object) -> str:
    if isinstance(value, Text):
        return value.to(language())
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "–"}[value]
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.4g}" if isinstance(value, float) else str(value)
