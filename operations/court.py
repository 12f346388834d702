"""Commands about records: a synthetic court, loading, quarantine, publishing, and the catalogue of features."""

from __future__ import annotations

import resource
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from operations.progress import progress
from operations.say import language, say, table
from vocabulary.text import Text

if TYPE_CHECKING:
    from operations.settings import Settings
    from records.load_report import LoadReport
    from records.store import Store


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command("simulate")(simulate_court)
    app.command("load")(load_files)
    app.command("link")(link_parties)
    app.command("quarantine")(show_quarantine)
    app.command("show")(show_feature)


def simulate_court(
    cases: Annotated[int, typer.Option(min=1, help="Number of cases. 案件数")] = 1500,
    seed: Annotated[int, typer.Option(help="Same seed and size, same bytes. 随机种子")] = 7,
    out: Annotated[Path, typer.Option(help="Folder for the files. 输出目录")] = Path("var/synthetic"),
    workers: Annotated[int, typer.Option(min=1, help="Processes; changes nothing in the result. 进程数")] = 1,
    truth: Annotated[
        bool, typer.Option(help="Write the true ability beside the records. 同时写出真值")
    ] = False,
) -> None:
    """Write the files of a synthetic court. 生成一个合成法院的数据文件。"""
    from simulation import simulate

    began = time.perf_counter()
    with progress("synthetic court") as step:
        report = simulate(
            cases=cases,
            seed=seed,
            out=out,
            workers=workers,
            truth=truth,
            progress=lambda done, total: step("cases", done, total),
        )
    say(
        Text(
            zh=f"{report.cases:,}件案件，{report.total:,}行记录，写入{out}（数据截至{report.cut_off}）",
            en=f"{report.cases:,} cases, {report.total:,} rows in {out} (until {report.cut_off})",
        )
    )
    seconds, own, helper = time.perf_counter() - began, *_peak_memory()
    say(
        Text(
            zh=f"用时{seconds:.1f}秒，内存峰值{own:,}MB，最大子进程{helper:,}MB",
            en=f"{seconds:.1f} s, peak memory {own:,} MB, largest worker {helper:,} MB",
        )
    )


def load_files(
    source: Annotated[Path, typer.Argument(help="Folder of CSV or Parquet files, one table each. 数据目录")],
    mapping: Annotated[
        Path | None, typer.Option(help="Mapping file for a court's own names (YAML). 字段映射文件")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of CSV files, UTF-8 by default. 编码")
    ] = None,
) -> None:
    """Load files into the store and publish a snapshot. Bad rows go to quarantine. 装入记录并发布快照。"""
    from operations.settings import Settings

    settings = Settings()
    with opened_store(settings) as store:
        report = load_into(store, source, mapping=mapping, encoding=encoding)
        snapshot = publish_from(store, settings)
    _say_load(report)
    say(Text(zh=f"快照：{snapshot}", en=f"Snapshot: {snapshot}"))


def link_parties(
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day of the decisions, today by default. 日期"),
    ] = None,
    history: Annotated[
        bool, typer.Option(help="Links count from when their evidence was known: first load only. 补建历史")
    ] = False,
) -> None:
    """Decide which parties are one obligor, and publish. Doubtful pairs are kept apart. 关联同一被执行人。"""
    from operations.settings import Settings
    from records.linkage.link import link
    from vocabulary.dates import today

    settings = Settings()
    with opened_store(settings) as store, progress("link") as step:
        report = link(
            store,
            on=on.date() if on else today(),
            known="records" if history else "decided",
            progress=lambda what: step(what, 0, 1),
        )
        publish_from(store, settings)
    counts = [
        (kind.value, decision.value, pairs)
        for (kind, decision), pairs in sorted(report.proposed.items(), key=str)
    ]
    table(f"links among {report.parties:,} parties", ("evidence", "decision", "pairs"), counts)
    say(Text(zh=f"新增决定{len(report.added)}项", en=f"Decisions added: {len(report.added)}"))


def show_quarantine(
    most: Annotated[int, typer.Option(min=1, help="Rows to show. 显示行数")] = 50,
    load_id: Annotated[int | None, typer.Option("--load", help="Only of this load. 仅此次装入")] = None,
) -> None:
    """Bad rows, with file, line, column, rule and value. 查看被隔离的问题行。"""
    from operations.settings import Settings

    with opened_store(Settings()) as store:
        rows = store.quarantine(load_id)
    names = ("load_id", "file", "line", "column", "rule", "value")
    table(f"quarantine ({len(rows)})", names, [[row[name] for name in names] for row in rows[:most]])


def show_feature(name: Annotated[str, typer.Argument(help="Name of a feature. 特征名")]) -> None:
    """What a feature is: its rows, measure, leaning, absence and wording. 查看特征说明。"""
    from features.handbook import show

    say(show(name))


def opened_store(settings: Settings) -> Store:
    """The court's store, under the secret of this installation."""
    from records.store import Store

    return Store.open(settings.store, settings.secret("identity"))


def load_into(
    store: Store, source: Path, *, mapping: Path | None = None, encoding: str | None = None
) -> LoadReport:
    """Load a folder with a bar on the terminal."""
    from records.load import load
    from records.mapping import PLAIN, FileMapping

    names = FileMapping.read(mapping) if mapping else PLAIN
    with progress("load") as step:
        return load(
            store,
            source,
            mapping=names,
            encoding=encoding,
            progress=lambda at: step(at.file, at.done, at.total),
        )


def publish_from(store: Store, settings: Settings) -> Path:
    """Publish the store's rows with a bar on the terminal."""
    from records.publish import publish
    from scoring.haircuts_kept import keep_months
    from vocabulary.dates import today

    with progress("publish") as step:
        return publish(
            store,
            settings.snapshots,
            progress=step,
            prepare=lambda folder: keep_months(folder, today()),
        )


def _peak_memory() -> tuple[int, int]:
    """Largest resident memory of this process and of any process it has waited for, in MB."""
    per_mb = 1024 if sys.platform == "linux" else 1024**2  # kilobytes on Linux, bytes on macOS
    own, others = (
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own // per_mb, others // per_mb


def _say_load(report: LoadReport) -> None:
    names = ("table", "read", "loaded", "already there", "quarantined", "refused")
    rows = [(t.table, t.read, t.loaded, t.already_there, t.quarantined, t.refused) for t in report.tables]
    table(f"load {report.load_id}", names, rows)
    for rule in report.rules[:5]:
        say(f"  {rule.table}.{rule.column}: {rule.words.to(language())} ({rule.count:,})")
    if report.quarantined:
        say(Text(zh="用 portrait quarantine 查看问题行。", en="See the bad rows with: portrait quarantine"))
