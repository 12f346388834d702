"""Capacity spent once: one debtor's assets among all their open obligations; one claim among its debtors."""

from portraits.promises.allocate import Promised, Promises, Share, promise
from portraits.promises.around import Around, Debtor, around
from portraits.promises.estate import EstatePot, Obligation, estate, obligation
from portraits.promises.expected import Expected, expected
from portraits.promises.guarantors import GroupShare, Member, group
from portraits.promises.means import JointDebtor, Means, OpenCase, Spending, spending
from portraits.promises.order import Regime

__all__ = [
    "Around",
    "Debtor",
    "EstatePot",
    "Expected",
    "GroupShare",
    "JointDebtor",
    "Means",
    "Member",
    "Obligation",
    "OpenCase",
    "Promised",
    "Promises",
    "Regime",
    "Share",
    "Spending",
    "around",
    "estate",
    "expected",
    "group",
    "obligation",
    "promise",
    "spending",
]
