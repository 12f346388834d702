"""Commands about models: train on the court's snapshot, score every open obligation."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from operations.progress import progress
from operations.say import say, table
from vocabulary.text import Text

if TYPE_CHECKING:
    from operations.settings import Settings
    from records.snapshot import Snapshot
    from training.train import TrainingReport

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="YYYY-MM-DD. 日期")]

Engine = Annotated[Literal["embedded", "spark"], typer.Option(help="Where trees are grown. 计算引擎")]


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command("train")(train_model)
    app.command("score")(score_open)


def train_model(
    target: Annotated[str, typer.Option(help="share_3, share_6, share_12 or share_24. 目标")] = "share_12",
    cutoff: Day = None,
    engine: Engine = "embedded",
    master: Annotated[
        str, typer.Option(help="Spark's master; every core here by default. Spark主节点")
    ] = "local[*]",
) -> None:
    """Train, measure, write the card, file a challenger; the first is champion. 训练、评估并归档模型。"""
    from operations.settings import Settings

    settings = Settings()
    report = train_on(
        settings, target=target, cutoff=cutoff.date() if cutoff else None, engine=engine, master=master
    )
    say(report.table)
    say(report.split)
    say(
        Text(
            zh=f"模型包 {report.registered.digest[:12]}，说明卡：{report.bundle / 'card.html'}",
            en=f"Bundle {report.registered.digest[:12]}, card: {report.bundle / 'card.html'}",
        )
    )
    if not report.registered.champion:
        say(
            Text(
                zh="已归档为挑战者；与在用模型比较：portrait challenge",
                en="Filed as a challenger. To compare it with the champion: portrait challenge",
            )
        )


def score_open(as_of: Day = None) -> None:
    """Score every open obligation as of a date and publish the ranked queue. 夜间评分并发布队列。"""
    import json

    from operations.explaining import say_who_explained
    from operations.settings import Settings
    from triage.nightly_kept import RUN
    from triage.queue import courts

    settings = Settings()
    folder = score_on(settings, as_of=as_of.date() if as_of else None)
    table("queue", ("court", "open obligations"), courts(folder))
    say_who_explained(json.loads((folder / RUN).read_text()).get("explained", {}))
    _say_quiet(settings, as_of.date() if as_of else None)


def current_snapshot(settings: Settings) -> Snapshot:
    """The snapshot published last. Raises PortraitError when there is none."""
    from records.snapshot import Snapshot

    return Snapshot.current(settings.snapshots)


def _last_day(snapshot: Snapshot) -> date:
    """The newest day on which the court learned anything; today for an empty store."""
    from vocabulary.dates import today

    return snapshot.newest or today()


def train_on(
    settings: Settings,
    *,
    target: str = "share_12",
    cutoff: date | None = None,
    engine: str = "embedded",
    master: str = "",
) -> TrainingReport:
    """Train on the current snapshot with a bar on the terminal, here or with the trees grown on Spark."""
    from operations.spread_training import planned
    from scoring.shelf import Shelf
    from training.train import train

    with progress("train") as step, planned(engine, master, settings.home) as plan:
        return train(
            current_snapshot(settings),
            out=settings.mlruns,
            shelf=Shelf(settings.shelf),
            target=target,
            cutoff=cutoff,
            plan=plan,
            progress=step,
        )


def score_on(settings: Settings, *, as_of: date | None = None) -> Path:
    """Score all open obligations of the current snapshot with a bar on the terminal."""
    from operations.explaining import scoring_here
    from scoring.shelf import Shelf
    from triage.nightly import Way, run

    snapshot, bundle = current_snapshot(settings), Shelf(settings.shelf).champion()
    with progress("score") as step:
        return run(
            snapshot,
            bundle,
            as_of=as_of or _last_day(snapshot),
            root=settings.queues,
            progress=step,
            way=Way(scoring=scoring_here(bundle)),
        )


def _say_quiet(settings: Settings, as_of: date | None) -> None:
    from monitoring.sources import answers

    snapshot = current_snapshot(settings)
    for source in answers(snapshot, as_of or _last_day(snapshot)):
        if source.quiet:
            say(
                Text(
                    zh=f"数据源变安静：{source.family}/{source.source}，近一月{source.answered}/{source.asked}有答复",
                    en=f"A source went quiet: {source.family}/{source.source}, "
                    f"{source.answered} of {source.asked} answered in the last month",
                )
            )
