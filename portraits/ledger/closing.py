"""The end of the ledger: the fee of enforcement comes off, and nothing goes beyond what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portraits.law.claim import CLAIM_LIMIT, ENFORCEMENT_FEE, SEAL_LIMIT
from portraits.law.rule import Cited
from portraits.ledger.lines import Amounts, Line, Step
from portraits.ledger.setting import Setting
from portraits.ledger.waterfall import Waterfall
from portraits.owed import owed_on
from records.dossier import Dossier
from records.parameters import Parameters
from vocabulary.dates import months_after
from vocabulary.text import Text

_FEE = Text(
    zh="按执行金额分段累计，居中读数{fee}元",
    en="In steps on the money enforced: ¥{fee} in the middle reading",
)
_LIMIT = Text(
    zh="超出债权（含迟延履行利息）的部分不得执行：{rule}",
    en="What exceeds the claim with its delay interest may not be taken: {rule}",
)


def owed(dossier: Dossier, figures: Parameters, *, capped: bool = True) -> tuple[Amounts, tuple[Cited, ...]]:
    """What the debtor owes now and a year on, with interest for delayed performance, and the rows behind it.

    Low leaves out stays that may not count; mid and high count them. Not ``capped``: what the whole case is owed.
    """
    today = owed_on(dossier, dossier.as_of, figures=figures, capped=capped)
    later = owed_on(dossier, months_after(dossier.as_of, 12), figures=figures, capped=capped)
    return Amounts.of((today.low, today.high, today.high, later.low, later.high, later.high)), today.rows


def enforcement_fee(amount: int, figures: Parameters, day: date) -> int:
    """Fee in fen on an amount enforced (执行金额) in fen; 0 where there is none."""
    if amount <= 0:
        return 0
    fee = figures.number("enforcement_fee_base", day) * 100
    steps = [(round(over * 100), share) for over, share in figures.on("enforcement_fee_steps", day).value]
    for place, (over, share) in enumerate(steps):
        upper = steps[place + 1][0] if place + 1 < len(steps) else amount
        fee += max(min(amount, upper) - over, 0) * share
    return round(fee)


def close(setting: Setting, left: Sequence[int], limit: Amounts, rows: tuple[Cited, ...]) -> tuple[Line, ...]:
    """The lines after all assets and living costs: the fee, then the limit of the claim."""
    fall = Waterfall("debtor", setting.edits, left)
    enforced = [min(amount, most) for amount, most in zip(fall.left, limit.six, strict=True)]
    fees = [enforcement_fee(amount, setting.figures, setting.dossier.as_of) for amount in enforced]
    fall.take(Step.FEE, ENFORCEMENT_FEE, _FEE.fill(fee=f"{fees[4] / 100:,.2f}"), fees, rows)
    over = [max(amount - most, 0) for amount, most in zip(fall.left, limit.six, strict=True)]
    fall.take(Step.LIMIT, CLAIM_LIMIT, _LIMIT.fill(rule=SEAL_LIMIT.cited), over, rows)
    return tuple(fall.lines)
