"""All rules, by name."""

from __future__ import annotations

from portraits.law import acts, assets, claim, order
from portraits.law.rule import Rule

RULES: tuple[Rule, ...] = tuple(
    value
    for module in (claim, assets, order, acts)
    for value in vars(module).values()
    if isinstance(value, Rule)
)


def rule_named(name: str) -> Rule:
    """The rule of that name. Raises KeyError."""
    return {rule.name: rule for rule in RULES}[name]
