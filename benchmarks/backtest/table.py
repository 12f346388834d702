"""What the back-test found, as a table: sums over seeds, ratios with intervals, towns drawn again with replacement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.backtest.policies import FIRST_IN, ORACLE
from benchmarks.backtest.run import Worked

DRAWS, SEED = 4_000, 20_240_628
HEAD = (
    f"| order of work | money, 万元 | × {FIRST_IN} | of the oracle's gain | performed in time | of these vulnerable "
    "| to vulnerable creditors, 万元 | hours |\n|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of sums over towns with its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} [{self.low:.2f}, {self.high:.2f}]"


def ratio(worked: Sequence[Worked], over: str, under: str, of: str = "money") -> Ratio:
    """Sum of ``of`` under one policy ÷ the sum under another, paired by seed. Raises KeyError for an unknown policy."""
    above, below = _by_seed(worked, over, of), _by_seed(worked, under, of)
    drawn = np.random.default_rng(SEED).integers(0, len(above), (DRAWS, len(above)))
    ratios = above[drawn].sum(axis=1) / below[drawn].sum(axis=1)
    low, high = np.quantile(ratios, (0.025, 0.975))
    return Ratio(float(above.sum() / below.sum()), float(low), float(high))


def gain(worked: Sequence[Worked], policy: str, oracle: str) -> float:
    """Part of the oracle's gain over first-in-first-out that the policy reaches, by money."""
    money = {name: _by_seed(worked, name, "money").sum() for name in (policy, oracle, FIRST_IN)}
    return float((money[policy] - money[FIRST_IN]) / (money[oracle] - money[FIRST_IN]))


def fewer_vulnerable(worked: Sequence[Worked], policy: str) -> int:
    """Vulnerable claims performed in time under first-in-first-out less those under the policy, all towns together."""
    mine, theirs = (_by_seed(worked, name, "vulnerable_in_time").sum() for name in (policy, FIRST_IN))
    return int(theirs - mine)


def table(worked: Sequence[Worked], oracle: str = ORACLE) -> str:
    """A Markdown table, a line a policy in the order they were worked."""
    lines = [HEAD]
    for name in dict.fromkeys(each.policy for each in worked):
        sums = {
            of: _by_seed(worked, name, of).sum()
            for of in ("money", "in_time", "vulnerable_in_time", "to_vulnerable", "hours")
        }
        lines.append(
            f"| {name} | {sums['money'] / 1e4:,.0f} | {ratio(worked, name, FIRST_IN)} "
            f"| {gain(worked, name, oracle):.0%} | {sums['in_time']:,.0f} | {sums['vulnerable_in_time']:,.0f} "
            f"| {sums['to_vulnerable'] / 1e4:,.0f} | {sums['hours']:,.0f} |"
        )
    return "\n".join(lines)


def _by_seed(worked: Sequence[Worked], policy: str, of: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    found = {each.seed: float(getattr(each, of)) for each in worked if each.policy == policy}
    if not found:
        raise KeyError(policy)
    return np.array([found[seed] for seed in sorted(found)])
