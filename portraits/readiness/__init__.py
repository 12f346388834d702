"""终本 readiness: which conditions of terminating a round are met, what is missing since when, and what follows it."""

from portraits.readiness.after import AfterRuling, NewFact, Period, PeriodState, after_ruling
from portraits.readiness.build import Condition, Found, Readiness, readiness, ruled_on
from portraits.readiness.checks import Met
from portraits.readiness.rules import ReadinessRule, in_force, rules

__all__ = [
    "AfterRuling",
    "Condition",
    "Found",
    "Met",
    "NewFact",
    "Period",
    "PeriodState",
    "Readiness",
    "ReadinessRule",
    "after_ruling",
    "in_force",
    "readiness",
    "ruled_on",
    "rules",
]
