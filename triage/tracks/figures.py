"""The figures that tracks and ranks read, for every obligation at once, from the features of the night.

The capacity ledger of the portrait takes milliseconds a debtor and stays with the day; here the same kinds of money are
put together from whole columns: money free now, things net of what stands before the applicant, income above living
costs. Amounts are CNY; flags are 0 or 1; each figure is one array, in the order of the obligations.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from features.declare import Values
from portraits.figures import figures as figures_of_law
from portraits.figures import three
from portraits.gaps import FIRST_ASKED
from records.parameters import Parameter, Parameters
from vocabulary.states import FRESH_STEPS
from vocabulary.text import Text

Figures = dict[str, Values]
FOLDER = Path(__file__).parents[1] / "parameters"
MONTHS = 12
OF_PERSONS = ("income", "housing_fund")
"""What an organisation has not got and need not be asked for."""
_MONEY = (
    "deposit_available_latest",
    "platform_cash",
    "securities_cash",
    "wealth_cash",
    "insurance_cash",
    "housing_fund_cash",
    "property_value",
    "property_mortgage",
    "property_sealed_before",
    "sole_dwelling_value",
    "vehicle_net",
    "vehicle_located_value",
    "equity_net",
    "wage_monthly_12m",
    "pension_monthly_12m",
    "dividend_12m",
    "wage_claim",
    "alimony_claim",
    "injury_claim",
    "enforcement_amount_open",
    "found_beyond_declared",
    "transfer_undervalue_36m",
    "clue_value",
    "paid_6m",
    "sold_amount_36m",
)
_COUNTS = (
    "property_sealed_here",
    "seals_and_freezes",
    "organisation",
    "dependants",
    "relief_claim",
    "natural_applicants",
    "enforcement_open",
    "transfers_near_after_suit",
    "restricted_count_12m",
    "clues_open",
    "notice_served",
    "disclosure_ordered",
    "consumption_restricted",
    "bankruptcy_entries",
)
_AGES = ("days_since_filing", "days_since_measure", "days_since_payment")
NIGHT = (
    *_MONEY,
    *_COUNTS,
    *_AGES,
    *(f"{family}_state" for family in FIRST_ASKED),
    *(f"{family}_age_days" for family in FIRST_ASKED),
)
"""Columns of the night's matrix that are kept beside the scores for this."""
PRIORITIES = ("wages", "alimony", "injury", "relief")
"""Tags of priority in processing, the first that applies being shown; 0 is none, then 1 to 4 in this order."""
PRIORITY_LABELS = {
    "wages": Text(zh="工资", en="wages"),
    "alimony": Text(zh="赡养抚养扶养费", en="alimony"),
    "injury": Text(zh="人身损害", en="injury"),
    "relief": Text(zh="需救助", en="needs relief"),
}


@lru_cache(maxsize=1)
def policy() -> Parameters:
    """The dated figures of triage: all files of `triage/parameters`, one table."""
    dated: dict[str, tuple[Parameter, ...]] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        dated.update(Parameters.read(path).dated)
    return Parameters("triage/parameters", dated)


def figures(night: Mapping[str, Values], *, as_of: date, table: Parameters | None = None) -> Figures:
    """Figures of obligations from their columns NIGHT, each of shape (n,); NaN where nothing is known."""
    table = table or policy()
    known = {name: np.nan_to_num(night[name], nan=0.0) for name in (*_MONEY, *_COUNTS)}
    natural = known["organisation"] == 0
    missing = _missing(night, natural, table.on("asked_before_end", as_of).value)
    return {
        **_money(known, natural, as_of, table),
        **_conduct(known, table.number("conduct_value", as_of)),
        "firm": known["organisation"],
        "sealed_here": np.maximum(known["property_sealed_here"], np.minimum(known["seals_and_freezes"], 1)),
        "debts_elsewhere": known["enforcement_amount_open"],
        "cases_elsewhere": known["enforcement_open"],
        "bankrupt": known["bankruptcy_entries"],
        "clues_open": known["clues_open"],
        "clue_value": known["clue_value"],
        "paid_6m": known["paid_6m"],
        "notice_served": known["notice_served"],
        "disclosure_ordered": known["disclosure_ordered"],
        "consumption_restricted": known["consumption_restricted"],
        "days_since_filing": np.nan_to_num(night["days_since_filing"], nan=0.0),
        "news_days": _news_days(night),
        "priority": _priority(known).astype(float),
        "missing": missing.astype(float),
        "families_missing": _count_bits(missing),
    }


def missing_families(mask: int) -> tuple[str, ...]:
    """The families of a figure ``missing``, in the order in which to ask."""
    return tuple(family for place, family in enumerate(FIRST_ASKED) if mask >> place & 1)


def _money(known: Figures, natural: NDArray[np.bool_], as_of: date, table: Parameters) -> Figures:
    law = figures_of_law()
    people = np.where(natural, 1 + known["dependants"], 0)
    living = people * _default(law, "minimum_living_standard", as_of)
    now = sum(known[name] for name in _MONEY[:4])
    months_now = three(law, "living_months_now", as_of)[1]
    slow = known["insurance_cash"] * three(law, "insurance_share", as_of)[1]
    slow = slow + known["housing_fund_cash"] * three(law, "housing_fund_share", as_of)[1]
    before = known["property_mortgage"] + known["property_sealed_before"] + known["sole_dwelling_value"]
    property_net = np.maximum(known["property_value"] - before, 0)
    vehicles = np.minimum(known["vehicle_net"], known["vehicle_located_value"])
    things = property_net * table.number("real_property_share", as_of)
    things = things + vehicles * table.number("vehicle_share", as_of)
    things = things + known["equity_net"] * table.number("equity_share", as_of)
    monthly = np.maximum(known["wage_monthly_12m"] + known["pension_monthly_12m"] - living, 0)
    return {
        "free_now": np.maximum(now - months_now * living, 0),
        "slow_money": slow,
        "things": things,
        "income_year": np.where(natural, monthly * MONTHS, 0.0) + known["dividend_12m"],
    }


def _default(law: Parameters, name: str, as_of: date) -> float:
    """The figure for a region without one of its own: the night does not read addresses."""
    return float(law.on(name, as_of).value["default"])


def _conduct(known: Figures, least: float) -> Figures:
    """How many kinds of conduct facts there are; the portrait's conduct page has each with its article."""
    facts = (
        known["transfers_near_after_suit"] > 0,
        known["transfer_undervalue_36m"] >= least,
        known["found_beyond_declared"] >= least,
        known["restricted_count_12m"] > 0,
    )
    return {"conduct_facts": np.sum(facts, axis=0).astype(float)}


def _priority(known: Figures) -> NDArray[np.int64]:
    tags = (
        known["wage_claim"] > 0,
        known["alimony_claim"] > 0,
        known["injury_claim"] > 0,
        known["relief_claim"] > 0,
    )
    found: NDArray[np.int64] = np.select(tags, range(1, len(tags) + 1), default=0).astype(np.int64)
    return found


def _missing(
    night: Mapping[str, Values], natural: NDArray[np.bool_], required: list[str]
) -> NDArray[np.int64]:
    """One bit a required family without a fresh answer."""
    mask = np.zeros(len(natural), np.int64)
    for place, family in enumerate(FIRST_ASKED):
        if family in required:
            missing = ~np.isin(night[f"{family}_state"], FRESH_STEPS) & (natural | (family not in OF_PERSONS))
            mask |= missing.astype(np.int64) << place
    return mask


def _count_bits(mask: NDArray[np.int64]) -> Values:
    bits: Values = np.sum([mask >> place & 1 for place in range(len(FIRST_ASKED))], axis=0).astype(float)
    return bits


def _news_days(night: Mapping[str, Values]) -> Values:
    """Days since the newest answer, measure, payment, or the filing; NaN when none is known."""
    ages = [night[f"{family}_age_days"] for family in FIRST_ASKED] + [night[name] for name in _AGES]
    newest: Values = np.fmin.reduce(ages)
    return newest
