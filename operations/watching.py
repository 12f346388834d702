"""`portrait monitor`: what went out beside what came true, filed as a page, with an exit code for the night."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from operations.progress import progress
from operations.say import language, say, table
from vocabulary.text import Text

if TYPE_CHECKING:
    from monitoring.report import Report
    from operations.settings import Settings

FINE, WARNING, ALARM = 0, 3, 4
"""Exit codes. 2 is a problem said in words, such as no champion to watch."""


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command("monitor")(monitor)


def monitor(
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="As known on this day; the newest day by default. 日期"),
    ] = None,
) -> None:
    """Drift, calibration of published scores, answers of sources; exit 0 fine, 3 warning, 4 alarm. 运行监测。"""
    from monitoring.limits import LEVEL_LABELS, Level
    from operations.settings import Settings

    report, folder = watch_on(Settings(), as_of=as_of.date() if as_of else None)
    found = [(LEVEL_LABELS[each.level], each.about, each.says.to(language())) for each in report.findings]
    if found:
        table(f"monitoring {report.as_of}", ("level", "about", "finding"), found)
    say(
        Text(
            zh=f"{LEVEL_LABELS[report.level].zh}：{folder / 'report.zh.html'}",
            en=f"{LEVEL_LABELS[report.level].en}: {folder / 'report.en.html'}",
        )
    )
    code = {Level.WARNING: WARNING, Level.ALARM: ALARM}.get(report.level, FINE)
    if code:
        raise typer.Exit(code)


def watch_on(settings: Settings, *, as_of: date | None = None) -> tuple[Report, Path]:
    """Watch the champion on the current snapshot, file the report and return it with its folder."""
    from monitoring.limits import LIMITS, Limits
    from monitoring.report import file, watch
    from operations.models import current_snapshot
    from scoring.shelf import Shelf
    from vocabulary.dates import today

    snapshot = current_snapshot(settings)
    day = as_of or snapshot.newest or today()
    limits = Limits.on(day, settings.watch or LIMITS)
    with progress("monitor"):
        report = watch(snapshot, Shelf(settings.shelf), settings.queues, as_of=day, limits=limits)
        return report, file(report, settings.monitoring)
