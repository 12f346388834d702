"""Commands about models: train on the court's snapshot, compare on real data, score every open obligation."""

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


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command("train")(train_model)
    app.command("compare")(compare_models)
    app.command("score")(score_open)


def train_model(
    target: Annotated[str, typer.Option(help="share_3, share_6, share_12 or share_24. 目标")] = "share_12",
    cutoff: Day = None,
) -> None:
    """Train, measure, write the card, file a challenger; the first is champion. 训练、评估并归档模型。"""
    from operations.settings import Settings

    settings = Settings()
    report = train_on(settings, target=target, cutoff=cutoff.date() if cutoff else None)
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


def compare_models(
    data: Annotated[
        Literal["sba", "court"],
        typer.Argument(help="sba: real loans; court: the champion beside a synthetic court's truth. 数据集"),
    ] = "sba",
    folder: Annotated[Path, typer.Option(help="Folder of the data sets. 数据集目录")] = Path(
        "../shared/data"
    ),
    write: Annotated[
        Path | None,
        typer.Option(help="Write the page to this file (docs/comparison.md, docs/oracle.md). 写入文件"),
    ] = None,
    truth: Annotated[
        Path | None, typer.Option(help="Truth file of the synthetic court (simulate --truth). 真值文件")
    ] = None,
    since: Day = None,
) -> None:
    """Compare on real data with baselines, or with the truth of a synthetic court. 与基线或真值比较。"""
    if data == "court":
        if truth is None:
            raise typer.BadParameter("a court is compared with its truth: name the file with --truth")
        _against_truth(truth, since.date() if since else None, write)
        return
    from training.sba import compare_sba

    with progress("compare") as step:
        report = compare_sba(folder / "sba" / "loans.csv", document=write, progress=step)
    say(report.table)
    ahead = report.ahead
    say(
        Text(
            zh=f"基尼系数领先逻辑回归 {ahead.value:.3f} [{ahead.low:.3f}, {ahead.high:.3f}]",
            en=f"Gini ahead of the logistic: {ahead.value:.3f} [{ahead.low:.3f}, {ahead.high:.3f}]",
        )
    )


def _against_truth(truth: Path, since: date | None, write: Path | None) -> None:
    """The champion beside the oracle on the current snapshot, on rows that it was not trained on."""
    from operations.settings import Settings
    from scoring.shelf import Shelf
    from training.against_truth import against_truth

    settings = Settings()
    bundle = Shelf(settings.shelf).champion()
    first = since or date.fromisoformat(bundle.about["measured_from"])
    with progress("compare with the truth"):
        report = against_truth(current_snapshot(settings), bundle, truth, since=first)
    say(report.table)
    if write:
        write.write_text(report.document, encoding="utf-8")


def score_open(as_of: Day = None) -> None:
    """Score every open obligation as of a date and publish the ranked queue. 夜间评分并发布队列。"""
    from operations.settings import Settings

    settings = Settings()
    folder = score_on(settings, as_of=as_of.date() if as_of else None)
    from triage.queue import courts

    table("queue", ("court", "open obligations"), courts(folder))
    _say_quiet(settings, as_of.date() if as_of else None)


def current_snapshot(settings: Settings) -> Snapshot:
    """The snapshot published last. Raises PortraitError when there is none."""
    from records.snapshot import Snapshot

    return Snapshot.current(settings.snapshots)


def _last_day(snapshot: Snapshot) -> date:
    """The newest day on which the court learned anything; today for an empty store."""
    from vocabulary.dates import today

    return snapshot.newest or today()


def train_on(settings: Settings, *, target: str = "share_12", cutoff: date | None = None) -> TrainingReport:
    """Train on the current snapshot with a bar on the terminal."""
    from scoring.shelf import Shelf
    from training.train import train

    with progress("train") as step:
        return train(
            current_snapshot(settings),
            out=settings.mlruns,
            shelf=Shelf(settings.shelf),
            target=target,
            cutoff=cutoff,
            progress=step,
        )


def score_on(settings: Settings, *, as_of: date | None = None) -> Path:
    """Score all open obligations of the current snapshot with a bar on the terminal."""
    from scoring.shelf import Shelf
    from triage.nightly import run

    snapshot = current_snapshot(settings)
    with progress("score") as step:
        return run(
            snapshot,
            Shelf(settings.shelf).champion(),
            as_of=as_of or _last_day(snapshot),
            root=settings.queues,
            progress=step,
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
