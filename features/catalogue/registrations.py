"""Features of business registrations: firms directed or held, their status, their capital, recent changes."""

from __future__ import annotations

from features.declare import Family, Feature
from features.measures import Count, DaysSince, Distinct, Exists, Largest, Total
from features.rows import of_debtor
from vocabulary.text import Text

entries = of_debtor("registrations")
standing_now = entries.latest_per("company_id", "role")
others = standing_now.where(role=("legal_representative", "shareholder", "director", "supervisor"))
ENDED = ("revoked", "dissolved", "deregistered", "bankrupt")
SHOWN = ("company_id", "role", "share", "status", "subscribed", "paid_in", "change")


class Registrations(Family):
    """What the debtor directs and holds, and what became of it."""

    record_family = "registrations"

    firms_directed = Feature(
        rows=standing_now.where(role="legal_representative", status=("active", "new")),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="担任法定代表人的存续企业数", en="Live firms directed as legal representative"),
        reason=Text(
            zh="担任{value}家存续企业的法定代表人，{standing}",
            en="Live firms directed as legal representative: {value}, {standing}",
        ),
        shows=SHOWN,
    )
    firms_held = Feature(
        rows=standing_now.where(role="shareholder", status=("active", "new")),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="持股的存续企业数", en="Live firms held as shareholder"),
        reason=Text(
            zh="在{value}家存续企业持股，{standing}", en="Live firms held as shareholder: {value}, {standing}"
        ),
        shows=SHOWN,
    )
    firms_ended = Feature(
        rows=others.where(status=ENDED),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="已吊销注销或破产的关联企业数", en="Linked firms that have ended"),
        reason=Text(
            zh="关联企业中有{value}家已吊销、注销、解散或破产，{standing}",
            en="Linked firms revoked, dissolved, deregistered or bankrupt: {value}, {standing}",
        ),
        shows=SHOWN,
    )
    firms_abnormal = Feature(
        rows=standing_now.where(status="abnormal"),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="经营异常的企业数", en="Firms listed as abnormal"),
        reason=Text(
            zh="有{value}家企业经营异常，{standing}", en="Firms listed as abnormal: {value}, {standing}"
        ),
        shows=SHOWN,
    )
    own_firm_ended = Feature(
        rows=standing_now.where(role="self", status=ENDED),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="被执行企业已吊销注销或破产", en="The debtor firm has ended"),
        reason=Text(zh="被执行企业已终止经营：{value}", en="The debtor firm has ended: {value}"),
        shows=SHOWN,
    )
    new_firms = Feature(
        rows=standing_now.where(status="new"),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="新设企业数", en="Firms newly founded"),
        reason=Text(zh="有{value}家新设企业，{standing}", en="Firms newly founded: {value}, {standing}"),
        shows=SHOWN,
    )
    paid_in_capital = Feature(
        rows=standing_now.where(role=("self", "shareholder"), status=("active", "new")),
        measure=Total("paid_in"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="实缴出资", en="Capital paid in"),
        reason=Text(zh="实缴出资{value}，{standing}", en="Capital of {value} is paid in, {standing}"),
        shows=SHOWN,
    )
    subscribed_capital = Feature(
        rows=standing_now.where(role=("self", "shareholder"), status=("active", "new")),
        measure=Total("subscribed"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="认缴出资", en="Capital subscribed"),
        reason=Text(zh="认缴出资{value}，{standing}", en="Capital of {value} is subscribed, {standing}"),
        shows=SHOWN,
    )
    registered_share_largest = Feature(
        rows=standing_now.where(role="shareholder"),
        measure=Largest("share"),
        unit="share",
        nothing_found=0.0,
        label=Text(zh="登记的最高持股比例", en="Largest share registered"),
        reason=Text(zh="登记的最高持股比例{value}", en="The largest share registered is {value}"),
        shows=SHOWN,
    )
    registration_changes_12m = Feature(
        rows=entries.where(change=("capital", "share", "representative", "status")).last_months(12),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="近12个月登记变更次数", en="Changes registered, last 12 months"),
        reason=Text(
            zh="近12个月有{value}次股权、资本、代表人或状态变更，{standing}",
            en="Changes of share, capital, representative or status in a year: {value}, {standing}",
        ),
        shows=SHOWN,
    )
    days_since_registration_change = Feature(
        rows=entries.present("change"),
        measure=DaysSince(),
        unit="days",
        label=Text(zh="距最近一次登记变更天数", en="Days since a change was registered"),
        reason=Text(zh="最近一次登记变更在{value}前", en="A change was last registered {value} ago"),
        shows=SHOWN,
    )
    roles_held = Feature(
        rows=others.where(status=("active", "new", "abnormal")),
        measure=Distinct("role"),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="企业任职类型数", en="Kinds of roles in firms"),
        reason=Text(zh="在企业中有{value}类身份", en="Kinds of roles in firms: {value}"),
        shows=SHOWN,
    )
