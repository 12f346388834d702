"""A court's report as files: one HTML page on its own, and one Excel workbook; the same bytes every time."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from serving.pages import PAGES
from triage.kpis import KPIS, Figure
from triage.report import Head, Item, Report
from triage.tracks import BY_CODE
from vocabulary.text import Language, Text

_NAMES = {kpi.code: kpi for kpi in KPIS}
_WORDS = {
    "title": Text(zh="执行工作报告", en="Enforcement report"),
    "week": Text(zh="周报", en="weekly"),
    "half-month": Text(zh="半月报", en="half-monthly"),
    "as_of": Text(zh="截至", en="as of"),
    "figures": Text(zh="考核指标", en="Key figures"),
    "figure": Text(zh="指标", en="figure"),
    "period": Text(zh="本期", en="this period"),
    "year": Text(zh="本年累计", en="year to date"),
    "goal": Text(zh="目标", en="goal"),
    "above": Text(zh="分子", en="numerator"),
    "below": Text(zh="分母", en="denominator"),
    "source": Text(zh="来源与版本", en="source and version"),
    "heads": Text(zh="第三方评估五个方面", en="The five heads of the third-party assessment"),
    "heads_note": Text(
        zh="仅列本系统数据能够支持的指标。", en="Only what these records can give is shown."
    ),
    "tracks": Text(zh="队列", en="The queue"),
    "track": Text(zh="分流", en="track"),
    "places": Text(zh="件数", en="obligations"),
    "outstanding": Text(zh="未履行金额（元）", en="outstanding, CNY"),
    "promised": Text(zh="预计可执行（元）", en="expected, CNY"),
    "hours": Text(zh="所需工时", en="hours"),
    "learning": Text(zh="随机样本", en="drawn by lot"),
    "fairness": Text(zh="公平性", en="Fairness"),
    "fairness_says": Text(
        zh="小额工资与抚养赡养费案件{small}件，其中{late}件排在队列最后十分之一（{share}；若排序与此无关应约为10%）。",
        en="{small} small claims for wages or alimony, {late} of them in the last tenth of the queue "
        "({share}; about 10 % were the order blind to them).",
    ),
    "advice": Text(zh="仅供参考。", en="For reference only."),
}  # fmt: skip


def html(report: Report, language: Language) -> str:
    """The report as one page without scripts or links to files."""
    return _template().render(
        report=report,
        lang="zh-CN" if language == "zh" else "en",
        say=lambda text: (_WORDS[text] if isinstance(text, str) else text).to(language),
        kpis=_NAMES,
        pairs=list(zip(report.period, report.year, strict=True)),
        rate=rate,
        count=_count,
        value=value,
        track=lambda code: BY_CODE[code].name.to(language),
        fair=_fairness(report).to(language),
    )


def xlsx(report: Report, path: Path, language: Language) -> None:
    """The report as a workbook: key figures, the five heads, the queue."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        at = datetime.combine(report.as_of, datetime.min.time())
        book.set_properties({"title": _WORDS["title"].to(language), "created": at})
        bold, percent = book.add_format({"bold": True}), book.add_format({"num_format": "0.00%"})
        sheet = book.add_worksheet(_WORDS["figures"].to(language))
        words = ("figure", "period", "above", "below", "year", "above", "below", "goal", "source")
        sheet.write_row(0, 0, [_WORDS[word].to(language) for word in words], bold)
        for row, (now, year) in enumerate(zip(report.period, report.year, strict=True), start=1):
            kpi = _NAMES[now.code]
            sheet.write(row, 0, kpi.name.to(language))
            for place, figure in ((1, now), (4, year)):
                _number(sheet, row, place, figure.rate, percent)
                sheet.write_number(row, place + 1, figure.above)
                sheet.write_number(row, place + 2, figure.below)
            _number(sheet, row, 7, kpi.goal, percent)
            sheet.write(row, 8, f"{kpi.source.to(language)} ({kpi.version})")
        sheet.set_column(0, 0, 36)
        _heads(book, report.heads, language, bold, percent)
        _tracks(book, report, language, bold)


def rate(figure: Figure) -> str:
    """A rate in per cent, or a dash over nothing."""
    return "–" if figure.rate is None else f"{figure.rate:.2%}"


def value(item: Item) -> str:
    """A number under a head."""
    if item.value is None:
        return "–"
    return f"{item.value:.2%}" if item.part else f"{item.value:,.1f}".removesuffix(".0")


def _count(number: float) -> str:
    return f"{number:,.2f}".removesuffix(".00")


def _fairness(report: Report) -> Text:
    found = report.fairness
    share = "–" if found.share is None else f"{found.share:.0%}"
    told = _WORDS["fairness_says"]
    return Text(
        zh=told.zh.format(small=found.small, late=found.in_last_tenth, share=share),
        en=told.en.format(small=found.small, late=found.in_last_tenth, share=share),
    )


def _number(sheet: object, row: int, column: int, number: float | None, form: object) -> None:
    if number is None:
        sheet.write_string(row, column, "–")  # type: ignore[attr-defined]
    else:
        sheet.write_number(row, column, number, form)  # type: ignore[attr-defined]


def _heads(book: object, heads: tuple[Head, ...], language: Language, bold: object, percent: object) -> None:
    sheet = book.add_worksheet(_WORDS["heads"].to(language)[:31])  # type: ignore[attr-defined]
    row = 0
    for head in heads:
        sheet.write(row, 0, head.name.to(language), bold)
        for item in head.numbers:
            row += 1
            sheet.write(row, 0, item.name.to(language))
            _number(sheet, row, 1, item.value, percent if item.part else None)
        row += 2
    sheet.set_column(0, 0, 36)


def _tracks(book: object, report: Report, language: Language, bold: object) -> None:
    sheet = book.add_worksheet(_WORDS["tracks"].to(language))  # type: ignore[attr-defined]
    words = ("track", "places", "outstanding", "promised", "hours", "learning")
    sheet.write_row(0, 0, [_WORDS[word].to(language) for word in words], bold)
    for row, each in enumerate(report.tracks, start=1):
        name = BY_CODE[each.track].name.to(language)
        numbers = [each.places, each.outstanding, each.promised, each.hours, each.learning]
        sheet.write_row(row, 0, [name, *numbers])
    sheet.write(len(report.tracks) + 2, 0, _fairness(report).to(language))


@lru_cache(maxsize=1)
def _template() -> Template:
    room = Environment(
        loader=FileSystemLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return room.get_template("report.html")
