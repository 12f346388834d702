"""The command that compares: our bundle beside its peers on a synthetic court or real data, or the champion beside
the truth."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from operations.kept_court import kept_court
from operations.progress import progress
from operations.say import say
from vocabulary.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

    from training.compare import Foresight
    from training.compare_data import DataSet
    from training.fit import Progress
    from training.sample import Sample

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="YYYY-MM-DD. 日期")]

CASES_AN_OBLIGATION = 0.865
"""Of a synthetic court: it has 1.16 obligations a case."""
SEED = 17
SECRET = b"comparison: a synthetic court, nobody to protect"
TRUTH_BLOCKS = 8
"""Blocks of 4,000 cases whose futures are counted out: enough to measure by, minutes instead of hours."""


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command("compare")(compare_models)


def compare_models(
    data: Annotated[
        Literal["court", "sba", "taiwan", "champion"],
        typer.Argument(
            help="court: a synthetic one, made anew; sba, taiwan: real data; champion: the one in use beside the "
            "truth of the synthetic court that was loaded. 数据集"
        ),
    ] = "sba",
    obligations: Annotated[
        int, typer.Option(min=500, help="Of the synthetic court. 合成法院的债务数")
    ] = 20_000,
    trials: Annotated[int, typer.Option(min=1, help="Tuning trials a model. 每个模型的调参次数")] = 4,
    threads: Annotated[int, typer.Option(min=1, help="Threads of peers. 线程数")] = 1,
    stack: Annotated[
        bool, typer.Option(help="Also a stack of all peers, tuned ten times as long. 是否加堆叠")
    ] = True,
    folder: Annotated[Path, typer.Option(help="Folder of the real data sets. 数据集目录")] = Path(
        "../shared/data"
    ),
    write: Annotated[
        Path | None,
        typer.Option(
            help="Folder for comparison.md and its records; with champion: the page's file. 写入位置"
        ),
    ] = None,
    room: Annotated[
        Path | None,
        typer.Option(
            help="Keep the synthetic court and every fitted model here, and find them again: a run that was cut off "
            "goes on. 保留合成法院和已训练模型的目录，中断后可继续"
        ),
    ] = None,
    known: Annotated[
        Path | None,
        typer.Option(help="Record of an earlier run whose settings are not tuned anew. 已有的参数"),
    ] = None,
    truth: Annotated[
        Path | None, typer.Option(help="With champion: the truth file (simulate --truth). 真值文件")
    ] = None,
    since: Day = None,
) -> None:
    """Our bundle beside what others would use: same rows, same split, same tuning budget. 与其他模型比较。"""
    if data == "champion":
        if truth is None:
            raise typer.BadParameter("the champion is compared with a truth: name the file with --truth")
        _against_truth(truth, since.date() if since else None, write)
        return
    import tempfile

    from training.compare_page import section, write_page
    from training.compare_record import keep, recorded, settings_of
    from training.peers.tuning import Budget

    settings = settings_of(json.loads(known.read_text(encoding="utf-8"))) if known else None
    with tempfile.TemporaryDirectory(prefix="compare-") as spare, progress("compare") as step:
        if data == "court":
            rows = synthetic_court(obligations, room or Path(spare), step)
        else:
            rows = _real(data, folder, step)
        record: dict[str, Any] = recorded(
            rows,
            budget=Budget(trials=trials, threads=threads),
            stacked=stack,
            known=settings,
            room=room,
            progress=step,
        )
    say(section(record))
    if write:
        keep(record, write / "comparison")
        page = write_page(write)
        say(Text(zh=f"已写入{page}", en=f"Written to {page}"))


def synthetic_court(obligations: int, room: Path, step: Progress, *, blocks: int = TRUTH_BLOCKS) -> DataSet:
    """A synthetic court of so many obligations as a data set, its oracle on the test rows of the first blocks."""
    from training.compare_data import court

    cases = round(obligations * CASES_AN_OBLIGATION)
    snapshot = kept_court(room, cases=cases, seed=SEED, secret=SECRET, progress=step)
    try:
        return court(
            snapshot,
            name=f"court-{obligations}",
            title=f"A synthetic court, {obligations:,} obligations",
            notes=_court_notes(cases, blocks),
            truth=lambda tested: _foresight(tested, room, cases, blocks, step),
            progress=step,
        )
    finally:
        snapshot.close()


def _foresight(tested: Sample, room: Path, cases: int, blocks: int, step: Progress) -> Foresight:
    """What the oracle says of test rows: futures counted out from each row's day on."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from simulation.truth import write_truth
    from training.compare_oracle import foresight

    path = room / "test.truth.parquet"
    if not path.exists():
        step("counting futures", 0, 1)
        asked: pa.Table = pa.table(
            {"party_id": tested.party, "case_id": tested.case, "as_of": pa.array(tested.as_of)}
        )
        write_truth(room / "staged", cases=cases, seed=SEED, asked=asked, blocks=blocks).replace(path)
    return foresight(pq.read_table(path), tested)


def _real(data: str, folder: Path, step: Progress) -> DataSet:
    from training.sba import sba_data
    from training.taiwan import taiwan_data

    if data == "sba":
        return sba_data(folder / "sba" / "loans.csv", progress=step)
    return taiwan_data(folder / "taiwan_credit" / "clients.csv", progress=step)


def _court_notes(cases: int, blocks: int) -> tuple[str, ...]:
    return (
        f"{cases:,} cases of `portrait simulate --seed {SEED}`, through the door. Outcome: the share performed within "
        "twelve months, on the dates on which portraits are asked for; train, calibrate and test windows do not touch.",
        f"The oracle is the true distribution from each row's day on (`simulation.truth`), measures not yet taken "
        f"integrated over; its futures are counted out for the test rows of the first {blocks} blocks of 4,000 cases.",
    )


def _against_truth(truth: Path, since: date | None, write: Path | None) -> None:
    """The champion beside the oracle on the current snapshot, on rows that it was not trained on."""
    from operations.models import current_snapshot
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
