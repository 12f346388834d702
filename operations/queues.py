"""Commands about the queue: a court's places on the terminal, and as a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from operations.say import language, say, table
from vocabulary.text import Text

if TYPE_CHECKING:
    from serving.docket import Docket
    from triage.queue_choice import Choice

queue = typer.Typer(help="The morning's queue. 执行队列", no_args_is_help=True)
Court = Annotated[str, typer.Option(help="Court code; all courts' totals without one. 法院代码")]
TrackName = Annotated[
    str,
    typer.Option(
        help="fast, preserve, complex, ordinary, ask_first, resume, bankruptcy, relief, round_end. 分流"
    ),
]
Since = Annotated[str, typer.Option(help="Something came in on or after (YYYY-MM-DD). 此日以来有新情况")]
Sorted = Annotated[Literal["rank", "money", "deadline", "news"], typer.Option(help="Order. 排序")]


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    queue.command("list")(show)
    queue.command("export")(export)
    app.add_typer(queue, name="queue")


def show(
    court: Court = "",
    track: TrackName = "",
    since: Since = "",
    sort: Sorted = "rank",
    most: Annotated[int, typer.Option(min=1, max=1000, help="Places shown. 显示条数")] = 20,
) -> None:
    """A court's queue with what people chose against it. 查看执行队列。"""
    if not court:
        _courts()
        return
    page = _docket(court).page(_choice(track, since, sort), most=most)
    rows = [
        (
            each.rank,
            each.place.case_number,
            _name(each.track) + (" *" if each.override else ""),
            each.place.why.to(language()),
            round(each.place.promised),
            each.place.hours,
            each.place.deadline or "–",
        )
        for each in page.listed
    ]
    title = Text(
        zh=f"{court} 队列（{page.published.as_of}），共{page.count}位；*为人工调整",
        en=f"Queue of {court} as of {page.published.as_of}: {page.count} places; * overridden by a person",
    )
    heads = {
        "zh": ("序", "案号", "分流", "理由", "可期待金额（元）", "工时", "期限"),
        "en": ("rank", "case", "track", "why", "promised, CNY", "hours", "deadline"),
    }
    table(title.to(language()), heads[language()], rows)


def export(
    court: Annotated[str, typer.Option(help="Court code. 法院代码")],
    out: Annotated[Path, typer.Option(help="File to write: .csv or .xlsx. 输出文件")],
    track: TrackName = "",
    since: Since = "",
    sort: Sorted = "rank",
) -> None:
    """Write a court's queue as CSV or Excel, by the file's ending. 导出执行队列。"""
    from serving.exports import as_csv, write_xlsx

    docket, choice = _docket(court), _choice(track, since, sort)
    if out.suffix.lower() not in (".csv", ".xlsx"):
        raise typer.BadParameter(f"[{out.suffix}]: .csv or .xlsx", param_hint="--out")
    out.parent.mkdir(parents=True, exist_ok=True)
    if out.suffix.lower() == ".xlsx":
        write_xlsx(docket.all(choice), out, language=language(), title=court)
    else:
        with out.open("wb") as file:
            file.writelines(as_csv(docket.all(choice), language()))
    say(Text(zh=f"已导出：{out}", en=f"Written: {out}"))


def _courts() -> None:
    from operations.settings import Settings
    from serving.queues import Queues

    title = {"zh": "各法院队列", "en": "queues of the courts"}[language()]
    heads = {"zh": ("法院", "未结债务人案次"), "en": ("court", "open obligations")}[language()]
    table(title, heads, Queues(Settings().queues).courts())


def _docket(court: str) -> Docket:
    from operations.settings import Settings
    from serving.docket import Docket
    from serving.queues import Queues
    from serving.state.database import State
    from serving.state.overrides import Overrides

    settings = Settings()
    state = State(settings.state)
    state.migrate()
    return Docket(Queues(settings.queues), Overrides(state), court)


def _choice(track: str, since: str, sort: Literal["rank", "money", "deadline", "news"]) -> Choice:
    from triage.queue_choice import Choice
    from triage.tracks import BY_CODE

    if track and track not in BY_CODE:
        raise typer.BadParameter(f"[{track}]: {', '.join(BY_CODE)}", param_hint="--track")
    return Choice(track=track or None, since=since or None, sort=sort)


def _name(track: str) -> str:
    from triage.tracks import BY_CODE

    return BY_CODE[track].name.to(language())
