"""All conduct rules, and the facts they find in one dossier."""

from __future__ import annotations

from datetime import date

from portraits.conduct import firm, money, orders, property
from portraits.conduct.fact import ConductRule, Fact
from records.dossier import Dossier
from records.parameters import Parameters

CONDUCT: tuple[ConductRule, ...] = (*property.RULES, *money.RULES, *orders.RULES, *firm.RULES)


def facts(dossier: Dossier, *, figures: Parameters) -> tuple[Fact, ...]:
    """Every fact of every rule, by day. Facts and rows only: whether they amount to refusal is the court's to say."""
    found = [fact for rule in CONDUCT for fact in rule.find(dossier, figures)]
    return tuple(sorted(found, key=_in_order))


def _in_order(fact: Fact) -> tuple[date, str, list[tuple[str, int]]]:
    """By day, then rule, then rows: the same facts always stand in the same order."""
    return fact.on, fact.rule, [(row.table, row.row_id) for row in fact.rows]
