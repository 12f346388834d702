"""`portrait nightly`: the whole night as one command, from files that arrived to the queue of the morning.

load what arrived → link parties → publish → profiles and scores → portraits of those that moved → queue. Every step may
be killed and the command started again: what is done adds nothing a second time. How it went is in ``nights/``.
"""

from __future__ import annotations

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from operations.court import opened_store
from operations.night_record import Record
from operations.progress import Progress, progress
from operations.say import say, table
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

if TYPE_CHECKING:
    from operations.inbox import Delivered
    from operations.settings import Settings
    from records.snapshot import Snapshot
    from records.store import Store
    from scoring.bundle import Bundle
    from triage.nightly import Scoring

Engine = Literal["embedded", "spark"]
FINE, QUARANTINED, QUIET, FAILED, BROKEN = 0, 10, 20, 2, 1
"""Exit codes; rows in quarantine and quiet sources together are 30. FAILED: a problem said in words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a night. ``most``: portraits prepared at most; ``whole``: nothing taken from the last queue."""

    as_of: date
    engine: Engine = "embedded"
    master: str = "local[*]"
    link: bool = True
    most: int = 0
    whole: bool = False
    mapping: Path | None = None
    encoding: str | None = None


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command("nightly")(nightly)


def nightly(
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Date of the queue, today by default. 日期"),
    ] = None,
    engine: Annotated[Engine, typer.Option(help="Where slices are scored. 计算引擎")] = "embedded",
    master: Annotated[
        str, typer.Option(help="Spark's master; every core here by default. Spark主节点")
    ] = "local[*]",
    link: Annotated[bool, typer.Option(help="Link parties before publishing. 发布前关联当事人")] = True,
    portraits: Annotated[
        int,
        typer.Option(min=-1, help="Portraits prepared at most; -1: as set (PORTRAIT_PREPARED). 预制画像数"),
    ] = -1,
    whole: Annotated[
        bool, typer.Option("--whole", help="Take nothing over from the last queue. 全量重算")
    ] = False,
    mapping: Annotated[
        Path | None, typer.Option(help="Mapping file for a court's own names (YAML). 字段映射文件")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of CSV files, UTF-8 by default. 编码")
    ] = None,
) -> None:
    """The night in one command: load what arrived, link, publish, score, prepare, queue. 夜间批处理。

    Exit codes: 0 all well, 10 rows in quarantine or a delivery refused, 20 a source went quiet, 30 both,
    2 a problem said in words, 1 anything else.
    """
    from operations.settings import Settings
    from vocabulary.dates import today

    settings = Settings()
    asked = Asked(
        as_of=as_of.date() if as_of else today(),
        engine=engine,
        master=master,
        link=link,
        most=settings.prepared if portraits < 0 else portraits,
        whole=whole,
        mapping=mapping,
        encoding=encoding,
    )
    with progress("nightly") as step:
        record = night(settings, asked, progress=step)
    _say(record)
    sys.exit(record.told["exit_code"])


def night(settings: Settings, asked: Asked, *, progress: Progress | None = None) -> Record:
    """Run the night of a date and return its record; a night that was killed goes on.

    Raises PortraitError: ``night_running``, and whatever a step cannot do without (no model, a store in use).
    """
    tell = progress or _silent
    with alone(settings.nights):
        record = Record.open(settings.nights, asked.as_of, engine=asked.engine)
        try:
            code = _gone(settings, asked, record, tell)
        except PortraitError as error:
            record.end(FAILED, failed=error.problem.code)
            raise
        except Exception as error:
            record.end(BROKEN, failed=type(error).__name__)
            raise
        record.end(code)
    return record


def _gone(settings: Settings, asked: Asked, record: Record, tell: Progress) -> int:
    from records.snapshot import Snapshot

    with opened_store(settings) as store:
        with record.step("load") as told:
            _load(store, settings, asked, told, record, tell)
        with record.step("link") as told:
            _link(store, asked, told, tell)
        with record.step("publish") as told:
            told["snapshot"] = _publish(store, settings, tell)
    snapshot = Snapshot.current(settings.snapshots)
    try:
        with record.step("queue") as told:
            _queue(settings, asked, snapshot, record, told, tell)
        with record.step("sources") as told:
            told["quiet"] = _quiet(snapshot, asked.as_of)
    finally:
        snapshot.close()
    return _exit_code(record.told["steps"])


def _load(
    store: Store, settings: Settings, asked: Asked, told: dict[str, Any], record: Record, tell: Progress
) -> None:
    from operations.inbox import Places, take_in
    from records.mapping import PLAIN, FileMapping

    told.setdefault("deliveries", {})

    def heard(found: Delivered) -> None:
        told["deliveries"][found.name] = _counts(found)
        record.write()

    take_in(
        store,
        Places(settings.inbox, settings.home / "done", settings.home / "refused"),
        on=asked.as_of,
        mapping=FileMapping.read(asked.mapping) if asked.mapping else PLAIN,
        encoding=asked.encoding,
        told=heard,
        progress=lambda name, done, total: tell(f"load: {name}", done, total),
    )
    told["loaded"] = sum(each.get("loaded", 0) for each in told["deliveries"].values())


def _counts(found: Delivered) -> dict[str, Any]:
    if found.report is None:
        return {"refused_for": found.problem.code if found.problem else ""}
    names = ("load_id", "read", "loaded", "already_there", "quarantined", "refused")
    return {name: getattr(found.report, name) for name in names}


def _link(store: Store, asked: Asked, told: dict[str, Any], tell: Progress) -> None:
    """Link as of the date; a date before decisions already taken is a replay, and decides nothing."""
    if not asked.link:
        told["skipped"] = "not asked for"
        return
    from records.linkage.ledger import read_links
    from records.linkage.link import link

    latest = max((each.decided_at for each in read_links(store.engine)), default=asked.as_of)
    if latest > asked.as_of:
        told["skipped"] = f"decisions of {latest.isoformat()} are later"
        return
    report = link(store, on=asked.as_of, progress=lambda what: tell(f"link: {what}", 0, 1))
    told.update(parties=report.parties, decisions=told.get("decisions", 0) + len(report.added))


def _publish(store: Store, settings: Settings, tell: Progress) -> str:
    from records.publish import publish
    from scoring.haircuts_kept import keep_months
    from vocabulary.dates import today

    folder = publish(
        store,
        settings.snapshots,
        progress=lambda name, done, total: tell(f"publish: {name}", done, total),
        prepare=lambda folder: keep_months(folder, today()),
    )
    return folder.name


def _queue(
    settings: Settings,
    asked: Asked,
    snapshot: Snapshot,
    record: Record,
    told: dict[str, Any],
    tell: Progress,
) -> None:
    import json

    from operations.prepared import prepare
    from scoring.shelf import Shelf
    from triage.nightly import Way, run
    from triage.nightly_kept import RUN

    bundle = Shelf(settings.shelf).champion()

    told.setdefault("stood_already", True)

    def before(folder: Path, last: Path | None) -> None:
        told["stood_already"] = False
        with record.step("portraits") as counts:
            counts.update(
                prepare(
                    settings,
                    bundle,
                    as_of=asked.as_of,
                    folder=folder,
                    last=last,
                    most=asked.most,
                    progress=tell,
                )
            )

    with _scoring(asked, bundle) as scoring:
        folder = run(
            snapshot,
            bundle,
            as_of=asked.as_of,
            root=settings.queues,
            progress=tell,
            way=Way(whole=asked.whole, scoring=scoring, prepare=before),
        )
    done = json.loads((folder / RUN).read_text())
    told.update(queue=folder.name, obligations=done["obligations"], run=done)
    told["made_anew"] = 0 if told["stood_already"] else sum(done["made_anew"].values())


@contextmanager
def _scoring(asked: Asked, bundle: Bundle) -> Iterator[Scoring]:
    """Who scores the slices; on a cluster every worker asks for itself who explains."""
    if asked.engine == "spark":
        from operations.spark import on_spark

        with on_spark(asked.master) as scoring:
            yield scoring
    else:
        from operations.explaining import scoring_here

        yield scoring_here(bundle)


def _quiet(snapshot: Snapshot, as_of: date) -> list[dict[str, Any]]:
    from dataclasses import asdict

    from monitoring.sources import answers

    return [asdict(each) for each in answers(snapshot, as_of) if each.quiet]


def _exit_code(steps: dict[str, Any]) -> int:
    loads = steps["load"]["deliveries"].values()
    bad = any("refused_for" in each or each["quarantined"] for each in loads)
    return (QUARANTINED if bad else FINE) + (QUIET if steps["sources"]["quiet"] else FINE)


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """One night at a time; the lock falls with the process that holds it."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise _running() from None
        yield


def _say(record: Record) -> None:
    from operations.explaining import say_who_explained

    steps = record.told["steps"]
    rows = [(name, step["seconds"], _told(step)) for name, step in steps.items() if isinstance(step, dict)]
    table(f"night of {record.told['as_of']}", ("step", "seconds", "what"), rows)
    for each in steps["sources"]["quiet"]:
        say(
            Text(
                zh=f"数据源变安静：{each['family']}/{each['source']}，"
                f"近一月{each['answered']}/{each['asked']}有答复",
                en=f"A source went quiet: {each['family']}/{each['source']}, "
                f"{each['answered']} of {each['asked']} answered in the last month",
            )
        )
    say_who_explained(steps["queue"]["run"].get("explained", {}))
    say(Text(zh=f"记录：{record.path}", en=f"Record: {record.path}"))


def _told(step: dict[str, Any]) -> str:
    """A step's plain counts in one line."""
    plain = {name: value for name, value in step.items() if isinstance(value, int | str) and name != "done"}
    return ", ".join(f"{name} {value}" for name, value in plain.items())


def _running() -> PortraitError:
    return PortraitError(
        Problem(
            code="night_running",
            title=Text(zh="夜间批处理正在运行", en="A night is running"),
            detail=Text(
                zh="同一数据目录已有一个夜间批处理在运行。", en="Another night runs on this court's folder."
            ),
            next_step=Text(zh="请等待其结束后再启动。", en="Wait until it has ended, then start again."),
        )
    )


def _silent(label: str, done: int, total: int) -> None:
    """Tell nobody."""
