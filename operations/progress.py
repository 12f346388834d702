"""Progress of long work, as a bar on a terminal and as plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[str, int, int], None]


@contextmanager
def progress(title: str) -> Iterator[Progress]:
    """A callback ``(label, done, total)`` shown as one bar; a line at the start where nobody watches."""
    if not sys.stderr.isatty():
        sys.stderr.write(f"{title} …\n")
        sys.stderr.flush()
        yield lambda label, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("[dim]{task.fields[label]}"),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=Console(stderr=True)) as bars:
        bar = bars.add_task(title, total=None, label="")

        def step(label: str, done: int, total: int) -> None:
            bars.update(bar, completed=done, total=total, label=label)

        yield step
        bars.update(bar, completed=1, total=1, label="")
