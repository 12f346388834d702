"""Foreign data sets, one file each, brought into the contracts' tables so that they go through a court's own door.

An adapter has `tables` (frames in door form), `adapt` (the same with what was refused and counted) and `write` (files
for the door). Nothing is dropped in silence: each row or value without a place is in the list of what was rejected.
"""

from records.adapters import sba, taiwan_credit
from records.adapters.foreign import Adapted, Rejected, refuse_leaks

ADAPTERS = {"sba": sba, "taiwan_credit": taiwan_credit}
"""By the name of the data set's folder in the shared data."""

__all__ = ["ADAPTERS", "Adapted", "Rejected", "refuse_leaks", "sba", "taiwan_credit"]
