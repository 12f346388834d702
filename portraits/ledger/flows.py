"""Money that comes in: wages, pension, dividends of the next twelve months; living costs, once, out of all money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from portraits.law.assets import DIVIDENDS_TAKEN, INCOME_TAKEN, LIVING_COSTS, PENSION_TAKEN
from portraits.law.rule import Rule, cite
from portraits.ledger.lines import AssetLedger, Line, Pot, Step
from portraits.ledger.setting import Setting
from portraits.ledger.waterfall import Waterfall
from records.dossier import Row
from vocabulary.dates import months_before
from vocabulary.text import Text

_KINDS: dict[str, tuple[Rule, Text]] = {
    "wage": (INCOME_TAKEN, Text(zh="工资收入", en="wages")),
    "pension": (PENSION_TAKEN, Text(zh="养老金", en="pension")),
    "dividend": (DIVIDENDS_TAKEN, Text(zh="股息红利", en="dividends")),
}
_MONTHLY = Text(
    zh="今后12个月，按近{months}个月的最低、平均、最高月收入推算",
    en="The next 12 months at the least, mean and highest month of the last {months}",
)
_YEARLY = Text(zh="近12个月所得，仅作今后12个月的参考", en="What the last 12 months brought, for the next 12")
_LIVING = Text(
    zh="{people}人、每人每月{standard}元：现有款项保留{now}个月，其余各月从收入中保留",
    en="{people} people, ¥{standard} each a month: {now} month(s) out of money at hand, the rest out of income",
)


def flows(setting: Setting) -> list[AssetLedger]:
    """One ledger a kind of income of a natural person; nothing of it is at hand today."""
    if not setting.natural:
        return []
    as_of = setting.dossier.as_of
    first = months_before(as_of, 12)
    rows = [row for row in setting.dossier.rows("income") if first < row["happened_at"] <= as_of]
    found = [_flow(kind, [row for row in rows if row["kind"] == kind], setting) for kind in _KINDS]
    return [asset for asset in found if asset is not None]


def living_costs(setting: Setting, assets: Sequence[AssetLedger]) -> tuple[Line, ...]:
    """What stays for living, once per debtor: some months out of money at hand, the rest of the year out of income."""
    if not setting.natural:
        return ()
    people, months = setting.people(), setting.three("living_months_now")
    standard = setting.fen("minimum_living_standard")
    fall = Waterfall("debtor", setting.edits, _money(assets))
    income = [fall.left[place + 3] - fall.left[place] for place in range(3)]
    now = [standard * count * each for count, each in zip(people, months, strict=True)]
    held = [min(want, left) for want, left in zip(now, fall.left, strict=False)]
    later = [standard * count * (12 - each) for count, each in zip(people, months, strict=True)]
    year = [kept + min(want, come) for kept, want, come in zip(held, later, income, strict=True)]
    shown = "–".join(dict.fromkeys(f"{count:.0f}" for count in reversed(people)))
    spans = "–".join(dict.fromkeys(f"{each:.0f}" for each in reversed(months)))
    why = _LIVING.fill(people=shown, standard=f"{standard / 100:,.0f}", now=spans)
    rows = cite("civil_status", *setting.dossier.rows("civil_status")[-1:])
    fall.take(Step.LIVING, LIVING_COSTS, why, [*now, *year], rows)
    return tuple(fall.lines)


def _money(assets: Sequence[AssetLedger]) -> list[int]:
    """What money assets leave; in the year the money of today and of the year."""
    money = [asset.available.six for asset in assets if asset.is_money]
    return [sum(each[place] for each in money) for place in range(6)]


def _flow(kind: str, rows: list[Row], setting: Setting) -> AssetLedger | None:
    if not rows:
        return None
    rule, label = _KINDS[kind]
    fall = setting.fall(f"income:{kind}")
    months = int(setting.number("income_months"))
    levels = _year_total(rows) if kind == "dividend" else _level(rows, setting.dossier.as_of, months)
    why = _YEARLY if kind == "dividend" else _MONTHLY.fill(months=months)
    fall.find_six([0, 0, 0, *levels], rule, why, cite("income", *rows))
    return AssetLedger(
        key=fall.key,
        family="income",
        label=label,
        state=setting.state("income"),
        lines=tuple(fall.lines),
        available=fall.available,
        pot=Pot(fall.six),
        is_money=True,
    )


def _level(rows: list[Row], as_of: date, months: int) -> list[int]:
    """Twelve times the least, mean and highest month; the cautious reading is 0 when the last three brought nothing."""
    first, lately = months_before(as_of, months), months_before(as_of, 3)
    by_month: dict[tuple[int, int], int] = defaultdict(int)
    for row in rows:
        if row["happened_at"] > first:
            by_month[row["happened_at"].year, row["happened_at"].month] += row["monthly_amount"]
    if not by_month:
        return [0, 0, 0]
    least = min(by_month.values()) if any(row["happened_at"] > lately for row in rows) else 0
    return [12 * least, 12 * sum(by_month.values()) // len(by_month), 12 * max(by_month.values())]


def _year_total(rows: list[Row]) -> list[int]:
    total = sum(row["monthly_amount"] for row in rows)
    return [0, total, total]
