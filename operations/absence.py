"""The command that asks whether score and likely sets keep their word when less of the records is known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from operations.kept_court import kept_court
from operations.progress import progress
from operations.say import say
from vocabulary.text import Text

if TYPE_CHECKING:
    from training.absence_data import Measurable
    from training.fit import Progress

BUNDLES = "bundles"


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command("absence")(absence_of_records)


def absence_of_records(
    obligations: Annotated[
        int, typer.Option(min=500, help="Of the synthetic court. 合成法院的债务数")
    ] = 20_000,
    own: Annotated[
        bool,
        typer.Option(
            "--own", help="The champion on the records that were loaded, instead. 在用模型与本院记录"
        ),
    ] = False,
    room: Annotated[
        Path | None,
        typer.Option(
            help="Keep the synthetic court and its bundle here, and find them again; delete bundles/ in it to learn "
            "anew. 合成法院及模型包的目录"
        ),
    ] = None,
    threads: Annotated[int, typer.Option(min=1, help="Threads that score. 线程数")] = 1,
    write: Annotated[
        Path | None, typer.Option(help="Folder for absence.md and its records. 写入位置")
    ] = None,
) -> None:
    """Calibration and coverage when less is known: hidden, as lax courts ask, never asked. 查询缺失时的可靠性。"""
    import tempfile

    from training.absence import absence
    from training.absence_page import section, write_page
    from training.absence_record import keep, recorded
    from training.train import SEED

    with tempfile.TemporaryDirectory(prefix="absence-") as spare, progress("absence") as step:
        if own:
            name, title, notes, found = _own_court()
        else:
            name, title, notes, found = _synthetic_court(obligations, room or Path(spare), step)
        figures = absence(found.bundle, found.tested, seed=SEED, threads=threads, progress=step)
        record = recorded(figures, found, name=name, title=title, notes=notes, seed=SEED)
    say(section(record))
    if write:
        keep(record, write / "absence")
        page = write_page(write)
        say(Text(zh=f"已写入{page}", en=f"Written to {page}"))


def _own_court() -> tuple[str, str, list[str], Measurable]:
    from operations.models import current_snapshot
    from operations.settings import Settings
    from scoring.shelf import Shelf
    from training.absence_data import of_champion

    settings = Settings()
    snapshot = current_snapshot(settings)
    try:
        found = of_champion(snapshot, Shelf(settings.shelf).champion())
    finally:
        snapshot.close()
    notes = ["`portrait absence --own`: the bundle in use, and the court's own cases since it was measured."]
    return "own", "The court's own records", notes, found


def _synthetic_court(obligations: int, room: Path, step: Progress) -> tuple[str, str, list[str], Measurable]:
    from operations.compare import CASES_AN_OBLIGATION, SECRET, SEED
    from training.absence_data import learned_once

    cases = round(obligations * CASES_AN_OBLIGATION)
    snapshot = kept_court(room, cases=cases, seed=SEED, secret=SECRET, progress=step)
    try:
        found = learned_once(snapshot, room / BUNDLES, progress=step)
    finally:
        snapshot.close()
    notes = [
        f"`portrait absence --obligations {obligations}`: {cases:,} cases of `portrait simulate --seed {SEED}`, "
        "through the door, split by time as training splits them."
    ]
    return f"court-{obligations}", f"A synthetic court, {obligations:,} obligations", notes, found
