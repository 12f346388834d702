"""The capacity ledger: what may lawfully be taken from one debtor for one case, line by line, each with its rule."""

from portraits.ledger.build import capacity
from portraits.ledger.lines import Amounts, AssetLedger, Edit, Ledger, Line, NotKnown, Span, Step

__all__ = ["Amounts", "AssetLedger", "Edit", "Ledger", "Line", "NotKnown", "Span", "Step", "capacity"]
