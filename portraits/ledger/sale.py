"""From a thing to money: it must be sold first, at what price, with what costs, with what chance."""

from __future__ import annotations

from portraits.law.assets import (
    AUCTION_FIRST,
    NO_BENEFIT,
    NOT_AT_HAND,
    OPENING_PRICE,
    SALE_COSTS,
    SALE_TAXES,
    SECOND_ROUND,
)
from portraits.law.rule import cite
from portraits.ledger.lines import Step
from portraits.ledger.setting import Setting
from portraits.ledger.waterfall import Waterfall, both
from records.dossier import Row
from scoring.haircuts import Realisation
from vocabulary.text import Text

_TIME = Text(zh="须先变价，约{months}个月", en="Must first be sold, in about {months} months")
_PRICE = Text(
    zh="成交价约为评估价的{low}～{high}（截至{day}的{lots}件拍品）",
    en="Sells at {low} to {high} of the appraisal ({lots} lots known by {day})",
)
_COSTS = Text(zh="变价费用和税费约{low}～{high}：{rule}", en="Costs and taxes of {low} to {high}: {rule}")
_NONE = Text(
    zh="优先债权和费用不低于评估价，变价无剩余；申请执行人可申请继续拍卖",
    en="Prior rights and costs reach the appraisal: a sale leaves nothing; the applicant may ask to go on",
)
_CHANCE = Text(zh="各轮合计成交可能性{low}～{high}", en="Chance of a sale over the rounds: {low} to {high}")
_MISSING = Text(zh="车辆未实际控制", en="The vehicle is not at hand")
_NOT_SAID = Text(zh="车辆是否实际控制不明", en="Not known whether the vehicle is at hand")


def take_time(fall: Waterfall, kind: str, setting: Setting) -> None:
    """Nothing today; within a year what can be sold in that time."""
    months = setting.three(f"sale_months_{kind}")
    year = tuple(1.0 if each <= 12 else 0.0 for each in months)
    why = _TIME.fill(months=f"{months[2]:.0f}–{months[0]:.0f}")
    fall.keep(Step.TO_BE_SOLD, AUCTION_FIRST, why, (0.0, 0.0, 0.0, *year))


def price_shares(kind: str, realised: Realisation, setting: Setting) -> tuple[float, float, float]:
    """Price over appraisal. Flats and vehicles never open below 70 % less a fifth (法释〔2016〕18号 Arts 10, 26)."""
    if kind == "equity":
        return realised.share
    floor = setting.number("opening_price_share") * (1 - setting.number("second_round_cut"))
    low, mid, high = (max(share, floor) for share in realised.share)
    return (low, mid, high)


def take_price(fall: Waterfall, kind: str, realised: Realisation, setting: Setting) -> None:
    """From the appraisal to the hammer price."""
    shares = price_shares(kind, realised, setting)
    low, high, day = f"{shares[0]:.0%}", f"{shares[2]:.0%}", setting.haircuts.fitted_on
    why = _PRICE.fill(low=low, high=high, lots=realised.lots, day=day.isoformat())
    fall.keep(Step.PRICE, OPENING_PRICE, why, both(shares))


def take_costs(fall: Waterfall, kind: str, setting: Setting) -> None:
    """Costs and taxes come off the price first."""
    low, mid, high = setting.three(f"sale_cost_share_{kind}")
    why = _COSTS.fill(low=f"{high:.0%}", high=f"{low:.0%}", rule=SALE_TAXES.cited)
    fall.keep(Step.COSTS, SALE_COSTS, why, both((1 - low, 1 - mid, 1 - high)))


def take_no_benefit(fall: Waterfall, kind: str, worth: int, prior: float, setting: Setting) -> None:
    """No reserve up to the appraisal would leave anything: what the thing brings counts zero."""
    costs = worth * setting.three(f"sale_cost_share_{kind}")[1]
    if worth and prior + costs >= worth:
        fall.keep(Step.NO_BENEFIT, NO_BENEFIT, _NONE, (0.0,) * 6)


def take_chance(fall: Waterfall, realised: Realisation) -> None:
    """It may find no buyer in any round."""
    chance = realised.chance
    why = _CHANCE.fill(low=f"{chance[0]:.0%}", high=f"{chance[2]:.0%}")
    fall.keep(Step.MAY_NOT_SELL, SECOND_ROUND, why, both(chance))


def at_hand(row: Row) -> tuple[float, float, float]:
    """Readings in which a vehicle can be sold: found, not said, or known to be missing."""
    located = row.get("located")
    if located is None:
        return (0.0, 1.0, 1.0)
    return (1.0, 1.0, 1.0) if located else (0.0, 0.0, 1.0)


def take_not_at_hand(fall: Waterfall, row: Row) -> None:
    """A vehicle that nobody has found cannot be sold."""
    shares = at_hand(row)
    why = _NOT_SAID if row.get("located") is None else _MISSING
    fall.keep(Step.EXCLUDED, NOT_AT_HAND, why, both(shares), cite("vehicles", row))
