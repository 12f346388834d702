"""Conduct: dated facts in the words of the law, each with its rows. No score, never trained on."""

from portraits.conduct.ability import Ability, ability
from portraits.conduct.catalogue import CONDUCT, facts
from portraits.conduct.fact import ConductRule, Fact

__all__ = ["CONDUCT", "Ability", "ConductRule", "Fact", "ability", "facts"]
