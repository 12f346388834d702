"""Definitions in words: which rows, which measure, what silence means, where it leans. Columns keep their names.

The handbook prints these. Nothing here enters a number or the digest.
"""

from __future__ import annotations

from collections.abc import Callable

from features.declare import Derived, Feature, Leans, Unit
from features.measures import (
    Count,
    DaysSince,
    DaysSinceFirst,
    Distinct,
    Excess,
    Exists,
    Largest,
    Latest,
    LongestGap,
    Measure,
    MonthlyMean,
    Months,
    ShareOf,
    Total,
    Trend,
)
from features.rows import Op, Rows, Test
from records.contracts import TABLES, Kind
from vocabulary.families import FAMILIES
from vocabulary.text import Text

UNITS: dict[Unit, Text] = {
    "CNY": Text(zh="元", en="CNY"),
    "CNY/month": Text(zh="元/月", en="CNY a month"),
    "days": Text(zh="天", en="days"),
    "months": Text(zh="个月", en="months"),
    "years": Text(zh="年", en="years"),
    "count": Text(zh="个数", en="a count"),
    "people": Text(zh="人数", en="people"),
    "share": Text(zh="比例", en="a share"),
    "ratio": Text(zh="倍数", en="a ratio"),
    "trend": Text(zh="趋势，-1 至 1", en="a trend from -1 to 1"),
    "flag": Text(zh="是否，1 或 0", en="yes or no, 1 or 0"),
    "code": Text(zh="代码", en="a code"),
}

LEANINGS = {
    Leans.ABLE: Text(zh="数值越大，履行能力评估不会降低", en="more never lowers the estimate of ability"),
    Leans.UNABLE: Text(zh="数值越大，履行能力评估不会提高", en="more never raises the estimate of ability"),
    Leans.NEITHER: Text(zh="不预设方向", en="no direction is presumed"),
}


def rows_in_words(rows: Rows) -> Text:
    """Which rows: "`deposits` of the debtor; the newest per `account_id`; `nature` is ordinary or payroll"."""
    who = (
        Text(zh="被执行人的", en="of the debtor")
        if rows.by == "party"
        else Text(zh="本案的", en="of the case")
    )
    zh, en = [f"{who.zh} `{rows.table}`"], [f"`{rows.table}` {who.en}"]
    if rows.latest:
        keys = ", ".join(f"`{column}`" for column in rows.latest)
        zh.append(f"每 {keys} 只取最新一条")
        en.append(f"only the newest per {keys}")
    for test in rows.tests:
        said = _TESTS[test.op](test, rows)
        zh.append(said.zh)
        en.append(said.en)
    if rows.months is not None:
        zh.append(f"`happened_at` 在近 {rows.months} 个月内")
        en.append(f"`happened_at` within the last {rows.months} months")
    return Text(zh="；".join(zh), en="; ".join(en))


def measure_in_words(measure: Measure) -> Text:
    """How the rows become one number."""
    return _MEASURES[type(measure)](measure)


def form_in_words(derived: Derived) -> Text:
    """How a derived feature is made of its parts."""
    names = [f"`{part.name}`" for part in derived.parts]
    text = _FORMS[derived.form](names)
    zh, en = [text.zh], [text.en]
    if derived.floor is not None:
        zh.append(f"不低于 {derived.floor:g}")
        en.append(f"not below {derived.floor:g}")
    if derived.most is not None:
        zh.append(f"不高于 {derived.most:g}")
        en.append(f"not above {derived.most:g}")
    return Text(zh="，".join(zh), en=", ".join(en))


def absence_in_words(feature: Feature) -> Text:
    """What the value is when no row is selected."""
    if feature.nothing_found is None:
        return Text(zh="没有相应记录时为不详", en="without such rows not known")
    found = f"{feature.nothing_found:g}"
    if not FAMILIES[feature.family].asked:
        return Text(
            zh=f"法院自有登记：没有相应记录即为 {found}",
            en=f"the court's own register: without such rows {found}",
        )
    return Text(
        zh=f"已有答复或申报而无相应记录时为 {found}，未查询时为不详",
        en=f"answered or declared without such rows {found}; not asked, not known",
    )


def _values(test: Test, rows: Rows, last: str) -> str:
    money = TABLES[rows.table].column(test.column).kind is Kind.MONEY
    shown = [
        f"{value / 100:g}" if money and not isinstance(value, str) else str(value) for value in test.values
    ]
    return last.join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]


_TESTS: dict[Op, Callable[[Test, Rows], Text]] = {
    "is": lambda test, rows: Text(
        zh=f"`{test.column}` 为 {_values(test, rows, ', ')}",
        en=f"`{test.column}` is {_values(test, rows, ' or ')}",
    ),
    "more": lambda test, rows: Text(
        zh=f"`{test.column}` 大于 {_values(test, rows, '')}",
        en=f"`{test.column}` above {_values(test, rows, '')}",
    ),
    "less": lambda test, rows: Text(
        zh=f"`{test.column}` 小于 {_values(test, rows, '')}",
        en=f"`{test.column}` below {_values(test, rows, '')}",
    ),
    "missing": lambda test, rows: Text(zh=f"`{test.column}` 为空", en=f"`{test.column}` left open"),
    "present": lambda test, rows: Text(zh=f"`{test.column}` 已填", en=f"`{test.column}` filled"),
    "true": lambda test, rows: Text(zh=f"`{test.column}` 为是", en=f"`{test.column}` is true"),
    "untrue": lambda test, rows: Text(zh=f"`{test.column}` 不为是", en=f"`{test.column}` is not true"),
    "begun": lambda test, rows: Text(
        zh=f"`{test.column}` 为空或不晚于当日", en=f"`{test.column}` open or not after the day"
    ),
    "not_ended": lambda test, rows: Text(
        zh=f"`{test.column}` 为空或晚于当日", en=f"`{test.column}` open or after the day"
    ),
    "this_case": lambda test, rows: Text(zh=f"`{test.column}` 为本案", en=f"`{test.column}` is this case"),
    "other_case": lambda test, rows: Text(
        zh=f"`{test.column}` 非本案", en=f"`{test.column}` is another case, or open"
    ),
    "this_party": lambda test, rows: Text(
        zh=f"`{test.column}` 为该被执行人或为空", en=f"`{test.column}` is this debtor, or open"
    ),
}


def _total(measure: Total) -> Text:
    if measure.times:
        return Text(
            zh=f"`{measure.column}` 按 `{measure.times}` 折算后合计",
            en=f"total of `{measure.column}` times `{measure.times}` (missing: the whole)",
        )
    return Text(zh=f"`{measure.column}` 合计", en=f"total of `{measure.column}`")


def _share(measure: ShareOf) -> Text:
    codes = ", ".join(measure.codes)
    return Text(
        zh=f"`{measure.of_column}` 为 {codes} 的部分占 `{measure.column}` 合计的比例",
        en=f"share of the total of `{measure.column}` where `{measure.of_column}` is {codes}",
    )


# Each entry is called with the measure of its own type.
_MEASURES: dict[type, Callable[..., Text]] = {
    Total: _total,
    MonthlyMean: lambda m: Text(
        zh=f"`{m.column}` 合计除以窗口月数", en=f"total of `{m.column}` divided by the window's months"
    ),
    Count: lambda m: Text(zh="记录条数", en="number of rows"),
    Exists: lambda m: Text(zh="有记录即为 1", en="1 when there is a row"),
    Distinct: lambda m: Text(
        zh=f"`{m.column}` 不同值的个数", en=f"number of different values of `{m.column}`"
    ),
    Largest: lambda m: Text(zh=f"`{m.column}` 最大值", en=f"greatest `{m.column}`"),
    Latest: lambda m: Text(zh=f"最新一条的 `{m.column}`", en=f"`{m.column}` of the newest row that fills it"),
    DaysSince: lambda m: Text(zh=f"距最近 `{m.column}` 的天数", en=f"days since the latest `{m.column}`"),
    DaysSinceFirst: lambda m: Text(
        zh=f"距最早 `{m.column}` 的天数", en=f"days since the earliest `{m.column}`"
    ),
    LongestGap: lambda m: Text(
        zh="相邻两次之间的最长天数", en="longest stretch of days between neighbouring rows"
    ),
    ShareOf: _share,
    Trend: lambda m: Text(
        zh=f"`{m.column}` 后半窗口与前半窗口之差除以两者之和",
        en=f"`{m.column}` of the window's later half less its earlier half, divided by both together",
    ),
    Months: lambda m: Text(zh="有记录的不同月份数", en="number of different months with a row"),
    Excess: lambda m: Text(
        zh=f"逐条计算 `{m.column}` 超过 `{m.over}` 的部分并合计",
        en=f"sum, row by row, of what `{m.column}` exceeds `{m.over}` by",
    ),
}

_FORMS: dict[str, Callable[[list[str]], Text]] = {
    "ratio": lambda names: Text(zh=" ÷ ".join(names), en=" ÷ ".join(names)),
    "sum": lambda names: Text(
        zh=f"{' + '.join(names)}（仅计已知）", en=f"{' + '.join(names)}, of those known"
    ),
    "difference": lambda names: Text(zh=" − ".join(names), en=" − ".join(names)),
    "smaller": lambda names: Text(
        zh=f"{'、'.join(names)} 中较小者（仅计已知）",
        en=f"the smaller of {' and '.join(names)}, of those known",
    ),
    "product": lambda names: Text(zh=" × ".join(names), en=" × ".join(names)),
}
