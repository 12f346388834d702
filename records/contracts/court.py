"""Contracts of the court's own registers: cases, titles, parties, queries, measures, payments."""

from __future__ import annotations

from records.contracts.columns import Column, Kind, Table, code, date, flag, key, money, text, whole
from vocabulary.families import ASKED, FAMILIES

NODES = (
    "filing",
    "asset_query",
    "asset_control",
    "disposal",
    "case_money",
    "rulings",
    "service_support",
    "entrusted_matters",
    "supervision",
    "resumption",
    "closing",
)
"""The eleven nodes of process control (Dawa District Court 2019)."""

CLOSING_MODES = (
    "performed",  # 执行完毕
    "round_terminated",  # 终结本次执行程序
    "terminated",  # 终结执行
    "account_sold",  # 销案
    "refused",  # 驳回申请
    "not_enforced",  # 不予执行
)
"""The closing modes of 法发〔2014〕26号 Art. 14."""

CAUSES = (
    "private_loan",
    "bank_loan",
    "credit_card",
    "sale_contract",
    "construction_contract",
    "lease",
    "property_service",
    "service_contract",
    "labour",
    "alimony",
    "traffic_injury",
    "other_injury",
    "recourse_of_guarantor",
    "other",
)

CASES = Table(
    "cases",
    "an enforcement case, or its standing after a change",
    owner="case",
    family="claim",
    key=("case_id",),
    own_columns=(
        text("court", "court code", required=True),
        text("case_number", "案号"),
        code(
            "kind", "first-time, resumed or preservation", "first", "resumed", "preservation", required=True
        ),
        code("cause", "案由", *CAUSES, required=True),
        date("application_received_on", "when the application came in"),
        date("filed_on", "filing date", required=True),
        date("closed_on", "closing date"),
        code("closing_mode", "how it closed", *CLOSING_MODES),
        key("predecessor_case_id", "the case this one resumes", required=False),
        key("officer_id", "who is in charge", required=False),
        code("node", "node of the process", *NODES),
        flag("petition", "a complaint is pending"),
        code(
            "audit",
            "what a later audit found",
            "confirmed",
            "non_compliant",
            "to_be_completed",
            "misreported",
        ),
    ),
)
TITLES = Table(
    "titles",
    "what was adjudged",
    owner="case",
    family="claim",
    key=("title_id",),
    own_columns=(
        key("title_id", "the enforcement title"),
        money("principal", "principal of the claim", required=True),
        money("general_interest", "interest adjudged"),
        money("costs", "costs of the suit"),
        money("penalty", "contractual or statutory penalty"),
        money("guaranteed", "part of the principal that a third party has guaranteed"),
        date("performance_deadline", "last day for voluntary performance"),
        date("sued_on", "when the suit was brought"),
        date("effective_on", "when the title took effect"),
        code("liability", "of the debtors together", "sole", "joint", "several", "supplementary"),
        flag("revolving", "the claim arises from a revolving line of credit"),
    ),
)
APPLICANTS = Table(
    "applicants",
    "a creditor in a case",
    owner="case",
    family="claim",
    key=("applicant_id",),
    own_columns=(
        key("applicant_id", "the creditor, a reference only"),
        code("kind", "kind of creditor", "natural", "organisation", "financial", required=True),
        code("priority", "tag for processing", "none", "wages", "alimony", "injury", "relief", required=True),
        money("amount", "part of the claim"),
    ),
)
SUSPENSIONS = Table(
    "suspensions",
    "a period that does not count",
    owner="case",
    family="claim",
    own_columns=(
        code("kind", "why", "announcement", "appraisal", "dispute", "deferral", "stay", required=True),
        date("from_on", "first day", required=True),
        date("to_on", "last day"),
    ),
)
DISCHARGES = Table(
    "discharges",
    "an end of the debt that is not full payment",
    owner="case",
    family="claim",
    own_columns=(
        key("party_id", "the debtor discharged; missing means all", required=False),
        code(
            "kind",
            "why",
            "settlement",
            "waiver",
            "withdrawal",
            "bankruptcy",
            "death_without_estate",
            required=True,
        ),
        money("amount", "debt that ended"),
    ),
)
OBLIGORS = Table(
    "obligors",
    "a debtor in a case",
    owner="party",
    family="claim",
    key=("case_id", "party_id"),
    own_columns=(
        key("case_id", "the case"),
        code("role", "role", "principal", "general_guarantor", "joint_guarantor", "added", required=True),
        text("added_ground", "legal ground of an added party"),
        whole("liability_order", "order of liability, 1 first", least=1),
        money("liability_cap", "most this debtor owes"),
        date("served_on", "when the enforcement notice was served"),
    ),
)
PARTIES = Table(
    "parties",
    "a natural person or an organisation",
    owner="party",
    family="registrations",
    key=("party_id",),
    own_columns=(
        code("kind", "kind of party", "natural", "organisation", required=True),
        Column(
            "id_number", Kind.IDENTITY, "citizen's ID number or unified credit code", sensitivity="personal"
        ),
        Column(
            "former_number",
            Kind.IDENTITY,
            "a firm's older number: organisation code or business registration number",
            sensitivity="personal",
        ),
        Column("name", Kind.PERSONAL, "name", sensitivity="personal"),
        Column("address", Kind.PERSONAL, "address", sensitivity="personal"),
        code("sex", "for measuring error by group only", "female", "male", sensitivity="protected"),
        whole(
            "birth_year", "for measuring error by group only", least=1900, most=2100, sensitivity="protected"
        ),
        date("founded_on", "founding date of an organisation"),
        code("industry", "section of GB/T 4754-2017", *"ABCDEFGHIJKLMNOPQRST"),
        whole("employees", "number of employees"),
        flag("franchise", "runs under a franchise"),
        code("setting", "where it is established", "urban", "rural"),
        text("region", "administrative region code"),
        code("vulnerability", "tag given by the court", "none", "minor", "disabled", "hardship"),
    ),
)
QUERIES = Table(
    "queries",
    "a question to a source, or its answer",
    owner="party",
    family="claim",
    key=("receipt_id",),
    of_obligors_only=True,
    own_columns=(
        code("family", "record family asked for", *ASKED, required=True),
        code("source", "channel", "national", "local", "manual", "declared", "clue", required=True),
        date("asked_at", "day of the question", required=True),
        date("answered_at", "day of the answer"),
        code("status", "standing", "pending", "empty", "found", "failed", "refused", required=True),
    ),
)
MEASURES = Table(
    "measures",
    "what the court did",
    owner="party",
    family="measures",
    own_columns=(
        key("case_id", "the case", required=False),
        code(
            "kind",
            "measure",
            "notice",
            "disclosure_order",
            "consumption_restriction",
            "dishonest_listing",
            "detention",
            "fine",
            "summons",
            "search",
            "reward_notice",
            "audit",
            "exit_restriction",
            "seal",
            "freeze",
            "deduction",
            "appraisal",
            "auction",
            "settlement_talk",
            "field_visit",
            required=True,
        ),
        code("node", "node of the process", *NODES),
        date("lifted_on", "when it ended"),
        money("amount", "amount concerned"),
    ),
)
PAYMENTS = Table(
    "payments",
    "money credited from a debtor",
    owner="party",
    family="performance",
    own_columns=(
        key("case_id", "the case"),
        money("amount", "amount credited", required=True),
        code("channel", "how it came", "voluntary", "deducted", "auction", "in_kind", required=True),
        date("creditor_notified_on", "when the creditor was told"),
        date("paid_out_on", "when it was paid out"),
        code("quality", "quality of the record", "confirmed", "as_reported", "disputed"),
    ),
)
AUCTIONS = Table(
    "auctions",
    "a lot offered, sold or not",
    owner="party",
    family="measures",
    own_columns=(
        key("case_id", "the case"),
        key("thing_id", "what was offered", required=False),
        code("kind", "asset kind", "real_property", "vehicle", "equity", "goods", required=True),
        whole("round", "auction round", least=1, most=9),
        money("appraised_value", "appraisal", required=True),
        money("start_price", "opening price"),
        flag("sold", "sold or not"),
        money("sold_price", "hammer price"),
        money("costs", "costs of the realisation"),
    ),
)
COURT_TABLES = (
    CASES,
    TITLES,
    APPLICANTS,
    SUSPENSIONS,
    DISCHARGES,
    OBLIGORS,
    PARTIES,
    QUERIES,
    MEASURES,
    PAYMENTS,
    AUCTIONS,
)
assert all(table.family in FAMILIES for table in COURT_TABLES)
