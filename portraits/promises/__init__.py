"""Capacity spent once: one debtor's assets among all their open obligations; one claim among its debtors."""

from portraits.promises.allocate import Promised, Promises, Share, promise
from portraits.promises.estate import EstatePot, Obligation, estate, obligation
from portraits.promises.guarantors import GroupShare, Member, group
from portraits.promises.order import Regime

__all__ = [
    "EstatePot",
    "GroupShare",
    "Member",
    "Obligation",
    "Promised",
    "Promises",
    "Regime",
    "Share",
    "estate",
    "group",
    "obligation",
    "promise",
]
