"""The articles that a portrait follows, as values: what each says, where it stands, since when, where it is coded."""

from portraits.law.catalogue import RULES, rule_named
from portraits.law.documents import DOCUMENTS
from portraits.law.rule import Cited, Document, Rule

__all__ = ["DOCUMENTS", "RULES", "Cited", "Document", "Rule", "rule_named"]
