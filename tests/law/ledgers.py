"""Ledgers of case files: every lot sells at 80 % of its appraisal, so that an example shows the article."""

from __future__ import annotations

from datetime import date

from portraits.figures import figures
from portraits.ledger import Amounts, Edit, Ledger, Step, capacity
from scoring.haircuts import ROUNDS, Haircuts, Prior, fit_haircuts
from tests.law.cases import DAY, dossier

CERTAIN = {
    (kind, turn): Prior(chance=1 - 1e-12, share=0.8, spread=1e-9, weight=1e15)
    for kind in ("real_property", "vehicle", "equity", "goods")
    for turn in ROUNDS
}
SURE: Haircuts = fit_haircuts([], fitted_on=DAY, priors=CERTAIN)
"""Every lot sells at 80 % of its appraisal: so that an example shows the article and not the market."""
CLAIM = """
titles
title_id | principal  | performance_deadline
7        | 10,000,000 | 2026-12-31
"""


def ledger(text: str, *, natural: bool = True, as_of: date = DAY, edits: tuple[Edit, ...] = ()) -> Ledger:
    case = dossier(CLAIM + text if "titles" not in text else text, natural=natural, as_of=as_of)
    return capacity(case, figures=figures(), haircuts=SURE, edits=edits)


def year(told: Ledger, key: str) -> tuple[float, float, float]:
    span = next(asset for asset in told.assets if asset.key == key).available.year
    return tuple(round(each / 100, 2) for each in (span.low, span.mid, span.high))  # type: ignore[return-value]


def now(told: Ledger, key: str) -> tuple[float, float, float]:
    span = next(asset for asset in told.assets if asset.key == key).available.now
    return tuple(round(each / 100, 2) for each in (span.low, span.mid, span.high))  # type: ignore[return-value]


def step(told: Ledger, which: Step) -> tuple[float, float, float]:
    """The year's figures of a step."""
    line = next(line for line in told.lines if line.step is which)
    span = line.amounts.year
    return tuple(round(each / 100, 2) for each in (span.low, span.mid, span.high))  # type: ignore[return-value]


def rules(told: Ledger) -> set[str]:
    return {line.rule.name for line in told.lines}


def edit(key: str, yuan: float, reason: str = "new appraisal in the file") -> Edit:
    """A judge's figure for a line."""
    return Edit(key, Amounts.of([round(yuan * 100)] * 6), reason, "judge 12", DAY)
