"""Commands of the week: a court's plan, its key figures, its report."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from operations.say import language, say, table
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

if TYPE_CHECKING:
    from operations.settings import Settings
    from triage.kpis import Figure
    from triage.plan import WeekPlan

Court = Annotated[str, typer.Option(help="Court code. 法院代码")]
Out = Annotated[Path | None, typer.Option(help="Write to this file or folder too. 同时写入")]


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command("plan")(plan)
    app.command("kpis")(kpis)
    app.command("report")(report)


def plan(
    court: Court,
    week: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="First day; the Monday after the queue by default. 周起始日"),
    ] = None,
    seconds: Annotated[float | None, typer.Option(min=0, help="For the solver. 求解秒数")] = None,
    out: Out = None,
) -> None:
    """Plan a court's week: who does which next step within hours, deadlines and floors. 编排一周工作。"""
    from serving.planning import chances, monday_after
    from triage import queue
    from triage.kpis import kept, with_plan
    from triage.plan import plan_week, read_officers, tasks_of

    folder, day = _queue()
    begins = week.date() if week else monday_after(day)
    places = [place for _, place in queue.walk(folder, court=_known(folder, court))]
    planned = plan_week(
        tasks_of(places, week=begins),
        read_officers(folder, court=court),
        court=court,
        week=begins,
        seconds=seconds,
    )
    _say_plan(planned)
    owed = {(place.case_id, place.party_id): place.outstanding for place in places}
    now = kept(folder, court=court, periods=[str(day.year)])
    then = with_plan(folder, now, chances(planned, owed))
    _say_figures(Text(zh="计划对本年指标的影响", en="what the plan does to this year's figures"), now, then)
    if out:
        _write_plan(planned, out)


def kpis(
    court: Annotated[str, typer.Option(help="Court code; all courts together by default. 法院代码")] = "",
    period: Annotated[str, typer.Option(help="2025-12 or 2025; all kept by default. 期间")] = "",
) -> None:
    """Key figures as the night counted them: numerator, denominator, source. 考核指标。"""
    from triage.kpis import kept

    folder, _ = _queue()
    found = kept(folder, court=court, periods=[period] if period else ())
    if not found:
        raise _nothing(court, period)
    for name in dict.fromkeys(each.period for each in found):
        _say_figures(Text(zh=name, en=name), [each for each in found if each.period == name])


def report(
    court: Court,
    span: Annotated[Literal["week", "half-month"], typer.Option(help="周报或半月报")] = "week",
    out: Annotated[Path, typer.Option(help="Folder for HTML and Excel. 输出目录")] = Path("var/reports"),
) -> None:
    """A court's weekly or half-monthly report as HTML and Excel, as of the queue's day. 周报与半月报。"""
    from operations.models import current_snapshot
    from operations.settings import Settings
    from serving.report_files import html, xlsx
    from triage.reporting import report as made

    folder, day = _queue()
    snapshot = current_snapshot(Settings())
    found = made(snapshot, folder, court=_known(folder, court), as_of=day, span=span)
    snapshot.close()
    out.mkdir(parents=True, exist_ok=True)
    name = f"{span}-{court}-{day}"
    (out / f"{name}.html").write_text(html(found, language()), encoding="utf-8")
    xlsx(found, out / f"{name}.xlsx", language())
    say(Text(zh=f"报告：{out / name}.html，.xlsx", en=f"Report: {out / name}.html, .xlsx"))


def _queue(settings: Settings | None = None) -> tuple[Path, date]:
    """The queue in use and its day. Raises PortraitError ``no_queue``."""
    from operations.settings import Settings
    from serving.queues import Queues

    published = Queues((settings or Settings()).queues).current()
    return published.folder, date.fromisoformat(published.as_of)


def _known(folder: Path, court: str) -> str:
    from records.names import did_you_mean
    from triage.queue import courts

    known = [code for code, _ in courts(folder)]
    if court in known:
        return court
    raise PortraitError(
        Problem(
            code="no_such_court",
            title=Text(zh="队列中没有该法院", en="The queue has no such court"),
            detail=Text(
                zh=f"法院[{court}]没有未结案件。", en=f"Court [{court}] has no open case in the queue."
            ),
            next_step=did_you_mean(court, known),
        )
    )


def _nothing(court: str, period: str) -> PortraitError:
    return PortraitError(
        Problem(
            code="no_such_figures",
            title=Text(zh="没有该期间的指标", en="No figures of that court and period"),
            detail=Text(
                zh=f"法院[{court}]期间[{period}]没有统计。",
                en=f"Court [{court}], period [{period}]: none kept.",
            ),
            next_step=Text(
                zh="请省略--period查看全部期间，或核对法院代码。",
                en="Leave out --period to see all, or check the court.",
            ),
        )
    )


def _say_plan(planned: WeekPlan) -> None:
    from triage.plan.officers import TEAMS
    from triage.work import WORK

    rows = [
        (
            each.officer_id,
            TEAMS[each.task.team],
            WORK[each.task.kind],
            each.task.case_number,
            each.task.hours,
            each.task.money,
            each.task.deadline or "–",
            "!" if each.task.due else "",
        )
        for each in sorted(planned.assignments, key=lambda each: (each.officer_id, -each.task.money))
    ]
    heads = ("officer", "team", "work", "case", "hours", "CNY", "deadline", "due")
    table(f"{planned.court} {planned.week}", heads, rows)
    say(
        Text(
            zh=f"共{len(rows)}项，预计{planned.money:,.0f}元（上限{planned.bound:,.0f}元，差距{planned.gap:.2%}），"
            f"用{planned.hours:,.1f}/{planned.hours_there:,.1f}小时，{planned.left}项未排入",
            en=f"{len(rows)} tasks, {planned.money:,.0f} CNY expected "
            f"(at most {planned.bound:,.0f}, gap {planned.gap:.2%}), "
            f"{planned.hours:,.1f} of {planned.hours_there:,.1f} hours, {planned.left} left",
        )
    )
    for each in planned.broken:
        say(Text(zh=f"⚠ {each.says.zh}", en=f"⚠ {each.says.en}"))


def _say_figures(title: Text, now: list[Figure], then: list[Figure] | None = None) -> None:
    from triage.kpis import KPIS

    names = {kpi.code: kpi for kpi in KPIS}
    rows = []
    for place, each in enumerate(now):
        kpi = names[each.code]
        cells: list[object] = [kpi.name, _rate(each), f"{each.above:,.0f} / {each.below:,.0f}"]
        cells.append("–" if kpi.goal is None else f"≥ {kpi.goal:.0%}")
        rows.append([*cells, _rate(then[place])] if then else cells)
    heads = ("figure", "rate", "numerator / denominator", "goal")
    table(title.to(language()), (*heads, "with the plan") if then else heads, rows)


def _rate(figure: Figure) -> str:
    return "–" if figure.rate is None else f"{figure.rate:.2%}"


def _write_plan(planned: WeekPlan, out: Path) -> None:
    from vocabulary.identity import shown_key

    with out.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["officer", "team", "case", "case_number", "debtor", "work", "hours", "money", "deadline"]
        )
        for each in planned.assignments:
            task = each.task
            writer.writerow(
                [
                    each.officer_id,
                    task.team,
                    shown_key(task.case_id),
                    task.case_number,
                    shown_key(task.party_id),
                    task.kind,
                    task.hours,
                    task.money,
                    task.deadline or "",
                ]
            )
    say(Text(zh=f"已写入{out}", en=f"Written to {out}"))
