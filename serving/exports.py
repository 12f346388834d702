"""A court's docket as a spreadsheet: CSV that Excel reads, or XLSX; row by row, whatever the length."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from serving.docket import Listed, keys_of
from triage.deadline_kinds import BY_CODE as DEADLINES
from triage.tracks import BY_CODE as TRACKS
from triage.tracks.figures import PRIORITY_LABELS
from triage.work import WORK
from vocabulary.families import BAND_LABELS
from vocabulary.text import Language, Text

COLUMNS: dict[str, Text] = {
    "rank": Text(zh="序", en="rank"),
    "track": Text(zh="建议流程", en="track proposed"),
    "chosen": Text(zh="人工选择", en="track chosen"),
    "place": Text(zh="人工次序", en="place chosen"),
    "override_reason": Text(zh="调整理由", en="reason of the override"),
    "override_by": Text(zh="调整人", en="overridden by"),
    "case_number": Text(zh="案号", en="case number"),
    "case": Text(zh="案件编号", en="case"),
    "debtor": Text(zh="被执行人编号", en="debtor"),
    "why": Text(zh="建议理由", en="why proposed"),
    "outstanding": Text(zh="未履行金额（元）", en="outstanding (CNY)"),
    "score": Text(zh="分数", en="score"),
    "cautious": Text(zh="审慎分数", en="cautious score"),
    "promised": Text(zh="可期待金额（元）", en="promised (CNY)"),
    "timely": Text(zh="期限内可到位（元）", en="within the deadline (CNY)"),
    "hours": Text(zh="工时", en="hours"),
    "worth": Text(zh="每工时价值（元）", en="worth an hour (CNY)"),
    "next": Text(zh="下一步", en="next step"),
    "deadline": Text(zh="期限", en="deadline"),
    "deadline_kind": Text(zh="期限类别", en="kind of deadline"),
    "priority": Text(zh="优先办理", en="priority in processing"),
    "learning": Text(zh="随机抽取", en="drawn by lot"),
    "band": Text(zh="信息覆盖", en="coverage"),
    "reason": Text(zh="评分主要理由", en="weightiest reason of the score"),
}
PLACES = {"first": Text(zh="置前", en="first"), "last": Text(zh="置后", en="last")}
_YES = Text(zh="是", en="yes")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_A_SHEET = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What the name of a sheet may not have."""
_CHUNK = 500
Cell = str | float | int


def cells(listed: Listed, language: Language) -> tuple[Cell, ...]:
    """A place's row under COLUMNS, in a language."""
    place, override = listed.place, listed.override
    case, debtor = keys_of(place)

    def said(text: Text | None) -> str:
        return text.to(language) if text else ""

    chosen = TRACKS[override.track].name if override and override.track else None
    return (
        listed.rank,
        said(TRACKS[place.track].name),
        said(chosen),
        said(PLACES[override.place] if override and override.place else None),
        override.reason if override else "",
        override.label if override else "",
        place.case_number,
        case,
        debtor,
        said(place.why),
        place.outstanding,
        "" if place.score is None else round(place.score, 1),
        "" if place.cautious is None else round(place.cautious, 1),
        place.promised,
        place.timely,
        round(place.hours, 2),
        round(place.worth, 2),
        said(WORK[place.steps[0]]),
        place.deadline or "",
        said(DEADLINES[place.deadline_kind].name if place.deadline_kind else None),
        said(PRIORITY_LABELS.get(place.priority)),
        said(_YES) if place.learning else "",
        said(BAND_LABELS[place.band]),
        place.reason_zh if language == "zh" else place.reason_en,
    )


def as_csv(docket: Iterable[Listed], language: Language) -> Iterator[bytes]:
    """CSV in UTF-8 with the mark that Excel needs; text that a spreadsheet would take for a formula is quoted off."""
    page = io.StringIO()
    page.write("\ufeff")
    writer = csv.writer(page)
    writer.writerow([name.to(language) for name in COLUMNS.values()])
    for number, listed in enumerate(docket, start=1):
        writer.writerow([_plain(cell) for cell in cells(listed, language)])
        if number % _CHUNK == 0:
            yield _taken(page)
    yield _taken(page)


def write_xlsx(docket: Iterable[Listed], path: Path, *, language: Language, title: str) -> Path:
    """An Excel workbook of one sheet, written row by row; text is text, never a formula."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(_NOT_IN_A_SHEET.sub(" ", title)[:31].strip("' ") or None)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    money = book.add_format({"num_format": "#,##0.00"})
    amounts = {"outstanding", "promised", "timely", "worth"}
    formats = [money if name in amounts else None for name in COLUMNS]
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, 44 if name in ("why", "reason") else 14)
    for column, words in enumerate(COLUMNS.values()):
        sheet.write_string(0, column, words.to(language), head)
    last = 0
    for last, listed in enumerate(docket, start=1):
        for column, cell in enumerate(cells(listed, language)):
            if isinstance(cell, str):
                sheet.write_string(last, column, cell)
            else:
                sheet.write_number(last, column, cell, formats[column])
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    book.close()
    return path


def _plain(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _taken(page: io.StringIO) -> bytes:
    content = page.getvalue().encode()
    page.seek(0)
    page.truncate()
    return content
