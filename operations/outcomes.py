"""`portrait outcomes`: what came true of the court's obligations, to be looked at before anything is trained on it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from operations.say import say, table
from vocabulary.text import Text

if TYPE_CHECKING:
    from records.snapshot import Snapshot


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command("outcomes")(show_outcomes)


def show_outcomes(
    cutoff: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="As known on this day; the newest by default. 标签截至"),
    ] = None,
) -> None:
    """Outcomes by horizon: how many are known, what was performed, how sure the labels are. 结果一览。"""
    from operations.models import current_snapshot
    from operations.settings import Settings
    from vocabulary.dates import today

    snapshot = current_snapshot(Settings())
    last = cutoff.date() if cutoff else snapshot.newest or today()
    rows, found = outcomes_on(snapshot, last)
    say(
        Text(
            zh=f"{rows:,}项债务人案次日期，结果截至{last}",
            en=f"{rows:,} obligations on asking dates, outcomes as known on {last}",
        )
    )
    names = ("months", "followed", "mean share", "nothing", "all", "paid by another", "disputed", "withdrawn")
    table("outcomes / 结果", names, found)


def outcomes_on(snapshot: Snapshot, last: date) -> tuple[int, list[tuple[Any, ...]]]:
    """Rows of the cohort that owed something, and a line a horizon."""
    from scoring.cohort import cohort
    from scoring.outcomes import DISPUTED, FULL, HORIZONS, outcomes

    rows = cohort(snapshot, cutoff=last)
    known = outcomes(snapshot, rows, cutoff=last)
    owed = known["outstanding"].to_numpy() > 0
    disputed = known["quality"].to_numpy() == DISPUTED
    withdrawn = known["withdrawn"].to_numpy(zero_copy_only=False)
    lines = []
    for months in HORIZONS:
        followed = owed & known[f"followed_{months}"].to_numpy(zero_copy_only=False)
        share = known[f"share_{months}"].to_numpy()[followed]
        other = known[f"by_other_{months}"].to_numpy(zero_copy_only=False)
        some = len(share) > 0
        lines.append(
            (
                months,
                int(followed.sum()),
                float(share.mean()) if some else None,
                float((share == 0).mean()) if some else None,
                float((share >= FULL).mean()) if some else None,
                int((followed & other).sum()),
                int((followed & disputed).sum()),
                int((followed & withdrawn).sum()),
            )
        )
    return int(owed.sum()), lines
