"""Rules that bind several columns of a row, and the days and sums beyond which no fact lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from vocabulary.text import Text

EARLIEST = date(1900, 1, 1)
LATEST = date(2200, 12, 31)  # an open end is left blank, never 9999-12-31
MOST_FEN = 10**14  # a trillion yuan


@dataclass(frozen=True, slots=True)
class RowRule:
    """What must hold within a row of a table.

    ``holds`` takes a data frame in inside form and gives a boolean series, null where a column it reads is missing
    (a rule about missing columns reads `isna`). ``blames`` is the column named in quarantine.
    """

    name: str
    table: str
    blames: str
    holds: Callable[[Any], Any]


def _not_after(earlier: str, later: str) -> Callable[[Any], Any]:
    return lambda rows: rows[earlier] <= rows[later]


def _present_if(column: str, name: str, values: tuple[Any, ...]) -> Callable[[Any], Any]:
    return lambda rows: ~rows[name].isin(values) | rows[column].notna()


EVERY = "*"
ROW_RULES = (
    RowRule(
        "retracted_names_no_row",
        EVERY,
        "corrects_row_id",
        _present_if("corrects_row_id", "retracted", (True,)),
    ),
    RowRule("closed_before_filed", "cases", "closed_on", _not_after("filed_on", "closed_on")),
    RowRule("ends_before_it_starts", "suspensions", "to_on", _not_after("from_on", "to_on")),
    RowRule("ends_before_it_starts", "litigation", "to_on", _not_after("from_on", "to_on")),
    RowRule(
        "expires_before_effective", "encumbrances", "expires_on", _not_after("effective_on", "expires_on")
    ),
    RowRule("available_above_balance", "deposits", "available", _not_after("available", "balance")),
    RowRule("query_without_receipt", "queries", "receipt_id", lambda rows: rows["receipt_id"].notna()),
    RowRule(
        "answer_without_day",
        "queries",
        "answered_at",
        _present_if("answered_at", "status", ("found", "empty")),
    ),
    RowRule("answered_before_asked", "queries", "answered_at", _not_after("asked_at", "answered_at")),
    RowRule("answered_after_known", "queries", "answered_at", _not_after("answered_at", "known_at")),
)
WORDS = {
    "required": Text(zh="必填项为空", en="a required value is missing"),
    "field_count": Text(zh="字段数与表头不符", en="more or fewer fields than the header"),
    "date": Text(zh="不是日期", en="not a date (YYYY-MM-DD, YYYY/M/D, YYYYMMDD)"),
    "money": Text(zh="不是两位小数以内的金额", en="not an amount in yuan with at most two decimals"),
    "number": Text(zh="不是有限的数字", en="not a finite number"),
    "whole_number": Text(zh="不是整数", en="not a whole number"),
    "flag": Text(zh="不是“是/否”", en="neither true nor false"),
    "code": Text(zh="不在代码表中", en="not one of the declared codes"),
    "key": Text(zh="不是可用的编号", en="not usable as a reference"),
    "id_number": Text(zh="证件号码校验不符", en="an ID number whose check character or birthday is wrong"),
    "text": Text(zh="文字过长或含控制字符", en="text too long or with control characters"),
    "bounds": Text(zh="超出范围", en="out of range"),
    "date_range": Text(zh="日期超出 1900–2200 年", en="a day outside 1900 to 2200"),
    "known_in_future": Text(zh="知悉日期晚于明天", en="known later than tomorrow"),
    "retracted_names_no_row": Text(zh="撤回行未指明原行", en="takes back a row without naming it"),
    "corrects_unknown_row": Text(zh="所更正的行不存在", en="corrects a row that is not held"),
    "closed_before_filed": Text(zh="结案早于立案", en="closed before it was filed"),
    "ends_before_it_starts": Text(zh="止期早于起期", en="ends before it starts"),
    "expires_before_effective": Text(zh="届满早于生效", en="expires before it takes effect"),
    "available_above_balance": Text(zh="可用余额大于余额", en="more available than the balance"),
    "query_without_receipt": Text(zh="查询缺少回执编号", en="a query without a receipt"),
    "answer_without_day": Text(zh="有答复而无答复日期", en="an answer without its day"),
    "answered_before_asked": Text(zh="答复早于查询", en="answered before it was asked"),
    "answered_after_known": Text(zh="答复晚于知悉", en="answered after it was known"),
    "not_an_obligor": Text(
        zh="非本院案件被执行人，依网络查询规定第七条不予收录",
        en="not an obligor of a named case (网络查询规定 Art. 7): not kept",
    ),
}
"""Every rule in words, for reports and the handbook."""
