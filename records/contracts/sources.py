"""Contracts of what sources answer about an obligor: assets, income, consumption, registrations, conduct."""

from __future__ import annotations

from records.contracts.columns import Column, Table, code, date, flag, key, money, number, text, whole

_RULES = ("free", "term", "surrender", "retirement_only", "restricted")
_THING: tuple[Column, ...] = (
    key("thing_id", "the thing held"),
    number("share", "share held, 0 to 1", least=0, most=1),
    code("co_ownership", "form of co-ownership", "sole", "spousal", "joint", "by_shares"),
    money("appraised_value", "appraised or estimated value of the whole"),
    text("region", "administrative region code"),
    date("acquired_on", "when it was acquired"),
    date("registered_on", "when it was registered"),
    date("transferred_on", "when it left the debtor"),
)


def _source(
    name: str, meaning: str, *columns: Column, key: tuple[str, ...] = (), family: str | None = None
) -> Table:
    return Table(
        name,
        meaning,
        owner="party",
        family=family or name,
        key=key,
        own_columns=columns,
        of_obligors_only=True,
    )


def _holding(name: str, meaning: str) -> Table:
    return _source(
        name,
        meaning,
        key("holding_id", "the holding"),
        money("value", "value of the holding", required=True),
        money("cash_value", "what it brings when cashed today"),
        code("rule", "when it may be cashed", *_RULES),
        key=("holding_id",),
    )


SOURCE_TABLES = (
    _source(
        "deposits",
        "a balance on an account",
        key("account_id", "the account"),
        text("bank", "bank code"),
        code("nature", "nature of the account", "ordinary", "migrant_wages", "escrow", "relief", "payroll"),
        money("balance", "balance", required=True),
        money("available", "part free of freezes by others", required=True),
        key=("account_id",),
    ),
    _source(
        "account_flows",
        "money in or out of an account, by day and kind",
        key("account_id", "the account"),
        code("direction", "direction", "in", "out", required=True),
        code("kind", "kind of flow", "salary", "transfer", "cash", "payment", "business", "benefit", required=True),
        money("amount", "amount", required=True),
        whole("entries", "number of entries summed", least=1),
        key("counterparty_id", "counterparty, only if an obligor or linked", required=False),
        family="deposits",
    ),
    _holding("securities", "shares, bonds and funds"),
    _holding("wealth_products", "wealth-management products"),
    _holding("insurance", "policies with a cash value"),
    _holding("housing_fund", "housing provident fund account"),
    _holding("platform_balances", "balance on a payment or commerce platform"),
    _source(
        "real_property",
        "a dwelling, shop or land held",
        *_THING,
        code("use", "use", "dwelling", "commercial", "industrial", "land", "parking"),
        flag("sole_dwelling", "the household's only dwelling"),
        flag("leased", "let to someone"),
        code("possession", "who is in possession", "owner", "tenant", "other", "empty"),
        key=("thing_id",),
    ),
    _source(
        "vehicles",
        "a vehicle held",
        *_THING,
        code("use", "use", "private", "commercial", "goods"),
        flag("located", "the vehicle itself has been found"),
        key=("thing_id",),
    ),
    _source(
        "equity",
        "a share in a company held",
        *_THING,
        key("company_id", "the company", required=False),
        flag("listed", "shares are traded"),
        key=("thing_id",),
    ),
    _source(
        "encumbrances",
        "a mortgage, pledge, seal or freeze on a thing, holding or account",
        key("thing_id", "the thing, holding or account"),
        code("on_family", "record family of the thing", "deposits", "securities", "wealth_products", "insurance",
             "housing_fund", "platform_balances", "real_property", "vehicles", "equity", required=True),
        code("kind", "kind", "mortgage", "pledge", "seal", "freeze", required=True),
        text("holder", "holder, or court"),
        key("holder_case_id", "case of the seal", required=False),
        money("secured", "secured or capped amount"),
        date("registered_on", "registered"),
        date("effective_on", "effective"),
        date("expires_on", "lapses; missing means open"),
        date("released_on", "released"),
        whole("rank", "1 first seal (首封), 2 and above queued (轮候)", least=1),
        flag("preservation", "sealed in preservation, without a title yet"),
        key=("thing_id", "holder", "holder_case_id", "kind"),
        family="real_property",
    ),
    _source(
        "income",
        "wages, social insurance, pension, dividends or tax of a month",
        code("kind", "kind of income", "wage", "social_insurance", "pension", "dividend", "tax", required=True),
        money("monthly_amount", "amount of the month", required=True),
        code("payer", "kind of payer", "company", "public", "fund", "self"),
    ),
    _source(
        "consumption",
        "spending of a month in one category and channel",
        code("category", "category", "utility", "telecom", "daily", "transport", "dining", "education", "medical",
             "travel", "durable", "luxury", "credit_repayment", required=True),
        code("channel", "channel", "platform", "card", "bank", "meter", "credit_line", required=True),
        money("amount", "amount spent", required=True, least=None),
        money("billed", "amount billed", least=None),
        whole("months_late", "months of delay of a repayment", least=None, most=120),
    ),
    _source(
        "restricted_consumption",
        "spending of a kind that a consumption restriction forbids",
        code("kind", "kind", "flight", "high_speed_rail", "hotel_star", "nightclub_golf", "property", "lease_office",
             "vehicle", "travel", "private_school", "insurance_premium", required=True),
        money("amount", "amount spent"),
        family="consumption",
    ),
    _source(
        "registrations",
        "a business registration or a change of one",
        key("company_id", "the company"),
        code("role", "role of the debtor", "self", "legal_representative", "shareholder", "director", "supervisor",
             required=True),
        number("share", "share held, 0 to 1", least=0, most=1),
        code("status", "status of the company", "active", "new", "abnormal", "revoked", "dissolved", "deregistered",
             "bankrupt", required=True),
        money("subscribed", "capital subscribed"),
        money("paid_in", "capital paid in"),
        code("change", "what changed", "founded", "capital", "share", "representative", "address", "status"),
        key=("company_id", "role"),
    ),
    _source(
        "civil_status",
        "household and dependants",
        whole("dependants", "people to support", most=30),
        whole("household", "people in the household", least=1, most=50),
        code("marital", "for measuring error by group only", "single", "married", "divorced",
             "widowed", sensitivity="protected"),
        flag("spouse_is_obligor", "the spouse is a debtor of the same case"),
        key=("party_id",),
    ),
    _source(
        "transfers",
        "a disposal of property",
        key("thing_id", "what was disposed of", required=False),
        code("kind", "asset kind", "real_property", "vehicle", "equity", "money", "claim", required=True),
        money("price", "price"),
        money("appraised_value", "value at the time"),
        code("relation", "counterparty", "none", "kin", "linked", required=True),
        flag("after_suit", "after the suit was brought"),
    ),
    _source(
        "litigation",
        "another case of the party, or an entry on a list",
        code("kind", "kind", "suit", "enforcement", "criminal", "bankruptcy", "dishonest_list", "consumption_order",
             required=True),
        code("role", "role of the party", "claimant", "defendant", "applicant", "debtor"),
        key("other_case_id", "the other case", required=False),
        money("amount", "amount in dispute or owed"),
        money("performed", "amount performed so far"),
        code("outcome", "outcome", "open", "won", "lost", "settled", "performed", "round_terminated", "terminated"),
        date("from_on", "from"),
        date("to_on", "until"),
    ),
)
