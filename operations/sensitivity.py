"""The command that asks how far figures move when labels are read otherwise, on a synthetic or the court's own data."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from operations.kept_court import kept_court
from operations.progress import progress
from operations.say import say
from vocabulary.text import Text

if TYPE_CHECKING:
    from records.snapshot import Snapshot
    from training.label_readings import Campaign

SEED = 17


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command("sensitivity")(sensitivity_of_labels)


def sensitivity_of_labels(
    cases: Annotated[int, typer.Option(min=1000, help="Of the synthetic court. 合成法院的案件数")] = 6000,
    own: Annotated[
        bool, typer.Option("--own", help="On the records that were loaded, instead. 使用本院已加载的记录")
    ] = False,
    campaign: Annotated[
        list[str] | None,
        typer.Option(
            help="With --own: COURT:FIRST:LAST, a period of another policy, as often as needed. 专项行动期间"
        ),
    ] = None,
    room: Annotated[
        Path | None, typer.Option(help="Keep the synthetic court here, and find it again. 合成法院的目录")
    ] = None,
    write: Annotated[Path | None, typer.Option(help="The page's file. 写入位置")] = None,
) -> None:
    """How far the figures move when doubtful, censored and ended cases are read otherwise. 标签口径的敏感性。"""
    import tempfile

    from training.sensitivity import sensitivity
    from training.sensitivity_page import page

    with tempfile.TemporaryDirectory(prefix="sensitivity-") as spare, progress("sensitivity") as step:
        if own:
            snapshot, campaigns, notes = _own_court(campaign or [])
        else:
            snapshot, campaigns, notes = _synthetic_court(cases, room or Path(spare))
        try:
            found = page(sensitivity(snapshot, campaigns=campaigns, progress=step), notes)
        finally:
            snapshot.close()
    say(found)
    if write:
        write.write_text(found, encoding="utf-8")
        say(Text(zh=f"已写入{write}", en=f"Written to {write}"))


def read_campaign(told: str) -> Campaign:
    """A campaign from COURT:FIRST:LAST. Raises typer.BadParameter for anything else."""
    from training.label_readings import Campaign

    parts = told.split(":")
    try:
        court, first, last = parts
        return Campaign(court, date.fromisoformat(first), date.fromisoformat(last))
    except ValueError as wrong:
        raise typer.BadParameter(f"[{told}] is not COURT:YYYY-MM-DD:YYYY-MM-DD") from wrong


def _own_court(told: list[str]) -> tuple[Snapshot, list[Campaign], list[str]]:
    from operations.models import current_snapshot
    from operations.settings import Settings

    campaigns = [read_campaign(each) for each in told]
    notes = [
        "Written by `portrait sensitivity --own`; do not edit.",
        f"The court's own records, {len(campaigns)} campaign(s) named.",
    ]
    return current_snapshot(Settings()), campaigns, notes


def _synthetic_court(cases: int, room: Path) -> tuple[Snapshot, list[Campaign], list[str]]:
    secret = b"sensitivity: a synthetic court, nobody to protect"
    snapshot = kept_court(room, cases=cases, seed=SEED, secret=secret)
    notes = [
        f"Written by `portrait sensitivity --cases {cases}`; do not edit.",
        f"A synthetic court of {cases:,} cases (`portrait simulate --seed {SEED}`), through the door. Every second "
        "court had a campaign of a hundred days in 2023: more rounds that ended in it went down as performed, and more "
        "payments are of doubtful quality.",
    ]
    return snapshot, _campaigns(cases), notes


def _campaigns(cases: int) -> list[Campaign]:
    from simulation.clock import START
    from simulation.courts import CAMPAIGN, courts_of
    from training.label_readings import Campaign

    courts = courts_of(cases, SEED)
    first, last = START + timedelta(weeks=CAMPAIGN[0]), START + timedelta(weeks=CAMPAIGN[1], days=6)
    return [
        Campaign(code, first, last) for code, had in zip(courts.code, courts.campaign, strict=True) if had
    ]
