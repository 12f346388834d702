"""Commands about portraits that were made: compute one again and say whether it still says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from operations.say import language, say, table
from vocabulary.text import Text

if TYPE_CHECKING:
    from serving.shapes.replay import AttemptShape, ReplayShape

DIFFERS = 1
"""How the command ends when the recomputation says something else."""
_RECORDS = {
    "named": Text(zh="画像所依据的快照", en="the snapshot named"),
    "current": Text(zh="现有快照截至该日", en="the snapshot in use, as of the date"),
}


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command("replay")(replay_portrait)


def replay_portrait(
    portrait_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a kept portrait. 画像编号")],
) -> None:
    """Compute a kept portrait again from what was known on its date, and compare. 重放画像并核对。"""
    told = _replayed(portrait_id)
    say(Text(zh=f"画像{told.portrait}，截至{told.as_of}", en=f"Portrait {told.portrait}, as of {told.as_of}"))
    for attempt in told.attempts:
        _say_attempt(attempt)
    say(told.says.to(language()))
    if told.verdict == "differs":
        raise typer.Exit(DIFFERS)


def _replayed(portrait_id: str) -> ReplayShape:
    """Ask the service's own desk, audited like any other read."""
    from operations.service import desk_of
    from operations.settings import Settings
    from serving.answers import told_by
    from serving.permissions import Act, Person, Role
    from serving.purposes import Purpose
    from serving.reading import Reading, audited
    from serving.replays import replay

    with desk_of(Settings()) as desk:
        person = Person(key_id="", role=Role.JUDGE, label="portrait replay")
        read = Reading(person, Act.PORTRAIT, request_id="portrait-replay", purpose=Purpose.REVIEW.value)
        with audited(desk.audit, read, told_by(desk, portrait_id)):
            return replay(desk, portrait_id, read)


def _say_attempt(attempt: AttemptShape) -> None:
    name, verdict = _RECORDS[attempt.records], attempt.verdict_label
    say(
        Text(
            zh=f"{name.zh}[{attempt.snapshot[:12]}]：{verdict.zh}",
            en=f"{name.en} [{attempt.snapshot[:12]}]: {verdict.en}",
        )
    )
    if attempt.differences:
        rows = [(each.path, each.kept, each.again) for each in attempt.differences]
        table(f"{attempt.count}", ("field", "kept", "again"), rows)
