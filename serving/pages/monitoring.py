"""The monitoring page, for the analyst: the report filed last, as `portrait monitor` wrote it."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from monitoring.filed import PICTURES, newest
from monitoring.limits import LEVEL_LABELS
from serving.doors.who import AtDesk
from serving.languages import language_of
from serving.pages.rendering import Page, render
from serving.pages.session import Signed
from serving.permissions import Act, require
from vocabulary.text import Text

router = APIRouter(route_class=Page)
MOST = 15
"""Columns of drift shown; the report's JSON holds all."""
WORDS = {
    "about": Text(
        "模型包{bundle}，记录快照{snapshot}，截至{day}。警报是查明原因的理由，不是结论。",
        "Bundle {bundle}, snapshot {snapshot}, as of {day}. An alarm is a reason to look, not a verdict.",
    ),
    "findings": Text("发现", "Findings"),
    "nothing": Text("一切在界限之内。", "Everything lies within the limits."),
    "drift": Text("分布变化", "Drift"),
    "drift_rows": Text(
        "{since}之后至{until}的{rows}行，与训练截止前一年的{before}行比较",
        "{rows} rows after {since} up to {until}, beside {before} of the year before training",
    ),
    "column": Text("项目", "Column"),
    "chance": Text("偶然概率", "Chance"),
    "known": Text("已知比例", "Known"),
    "level": Text("判断", "Finding"),
    "matured": Text("已发布分数与实际结果", "Published scores and what came true"),
    "months": Text("月数", "Months"),
    "rows": Text("项数", "Rows"),
    "expected": Text("预期", "Expected"),
    "came_true": Text("实际", "Came true"),
    "bias": Text("实际 − 预期（95%）", "Came true − expected (95 %)"),
    "slope": Text("校准斜率（95%）", "Slope (95 %)"),
    "sources": Text("数据源答复", "Answers of sources"),
    "source": Text("数据源", "Source"),
    "lately": Text("近一月答复", "Last month"),
    "before": Text("此前半年答复", "Half year before"),
}


@router.get("/monitoring")
def monitoring(request: Request, session: Signed, desk: AtDesk) -> Response:
    """What monitoring found last."""
    require(session.person, Act.MONITORING)
    filed = newest(desk.settings.monitoring or Path("."))
    language = language_of(request)
    drawn = {name: filed.picture(name, language) for name in PICTURES}
    return render(
        request,
        "monitoring.html",
        session=session,
        report=filed.document,
        words=WORDS,
        levels={level.name.lower(): label for level, label in LEVEL_LABELS.items()},
        pictures={name: Markup(svg) for name, svg in drawn.items() if svg},
        shifts=filed.document["drift"]["shifts"][:MOST],
    )
