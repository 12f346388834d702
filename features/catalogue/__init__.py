"""The catalogue: every feature, one kind of trace a file."""

from features.catalogue.deposits import Deposits
from features.declare import Catalogue

CATALOGUE = Catalogue(families=(Deposits,))

__all__ = ["CATALOGUE"]
