"""Change: between two portraits of one obligation, what moved the score and the money, part by part, with rows."""

from portraits.change.between import between
from portraits.change.shapes import (
    ORDER,
    Asset,
    Change,
    FeatureMove,
    MoneyMove,
    NewRows,
    Part,
    PartOf,
    Stand,
)

__all__ = [
    "ORDER",
    "Asset",
    "Change",
    "FeatureMove",
    "MoneyMove",
    "NewRows",
    "Part",
    "PartOf",
    "Stand",
    "between",
]
