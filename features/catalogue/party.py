"""Features of the debtor as the court registers it: a person or a firm, and a firm's size, age and place."""

from __future__ import annotations

from features.declare import Family, Feature
from features.measures import DaysSince, Exists, Latest
from features.rows import of_debtor
from vocabulary.text import Text

registered = of_debtor("parties").latest_per("party_id")


class Party(Family):
    """Who owes. Of a natural person nothing is read here but that it is one; sex and age never enter."""

    record_family = "party"

    organisation = Feature(
        rows=registered.where(kind="organisation"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="法人或其他组织", en="An organisation"),
        reason=Text(zh="被执行人为法人或其他组织：{value}", en="The debtor is an organisation: {value}"),
        shows=("kind",),
    )
    employees = Feature(
        rows=registered,
        measure=Latest("employees"),
        unit="people",
        label=Text(zh="职工人数", en="Employees"),
        reason=Text(zh="职工{value}，{standing}", en="Employees of the firm: {value}, {standing}"),
        shows=("kind", "employees"),
    )
    franchise = Feature(
        rows=registered,
        measure=Latest("franchise"),
        unit="flag",
        label=Text(zh="特许经营", en="Franchise"),
        reason=Text(zh="特许经营：{value}", en="The firm runs under a franchise: {value}"),
        shows=("kind", "franchise"),
    )
    rural = Feature(
        rows=registered.where(setting="rural"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="设于乡村", en="Established in the country"),
        reason=Text(zh="设于乡村：{value}", en="Established in the country: {value}"),
        shows=("kind", "setting"),
    )
    urban = Feature(
        rows=registered.where(setting="urban"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="设于城镇", en="Established in a town"),
        reason=Text(zh="设于城镇：{value}", en="Established in a town: {value}"),
        shows=("kind", "setting"),
    )
    firm_age_days = Feature(
        rows=registered.where(kind="organisation"),
        measure=DaysSince("founded_on"),
        unit="days",
        label=Text(zh="成立天数", en="Age of the firm"),
        reason=Text(zh="成立已{value}，{standing}", en="The firm was founded {value} ago, {standing}"),
        shows=("kind", "founded_on"),
    )
