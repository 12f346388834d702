"""The features of eight large tables as an engineer would write them in DuckDB's SQL, without any declaration.

Columns bear the features' names and hold the numbers of the rows alone, before silence is given its meaning.
``asked`` holds n, party_id, case_id and as_of; every date has its own windows, as in the night engine.
"""

from __future__ import annotations

_VISIBLE = """r.known_at <= o.as_of AND (r.superseded_at IS NULL OR r.superseded_at > o.as_of)
        AND r.retracted IS NOT TRUE"""
_LIVING = """('utility', 'telecom', 'daily', 'transport', 'dining', 'education', 'medical', 'travel', 'durable',
        'luxury')"""
_YEAR = "happened_at > year AND happened_at <= as_of"
_HALF = "happened_at > half AND happened_at <= as_of"


def _since(months: int) -> str:
    return f"CAST(o.as_of - INTERVAL {months} MONTH AS DATE)"


CONSUMPTION = f"""
WITH seen AS (
    SELECT o.n, o.as_of, {_since(12)} AS year, {_since(6)} AS half, {_since(3)} AS quarter, {_since(24)} AS two,
        r.category, r.amount, r.billed, r.months_late, r.happened_at, r.known_at, r.row_id
    FROM asked o JOIN consumption r USING (party_id) WHERE {_VISIBLE}
), cut AS (
    SELECT *, category IN {_LIVING} AND {_YEAR} AS lived, category = 'credit_repayment' AS credit,
        category = 'credit_repayment' AND {_HALF} AS credit_half,
        category = 'credit_repayment' AND {_YEAR} AS credit_year
    FROM seen
), sums AS (
    SELECT n,
        sum(amount) FILTER (lived) AS spent,
        coalesce(sum(amount) FILTER (lived AND happened_at > half), 0) AS late,
        coalesce(sum(amount) FILTER (lived AND happened_at <= half), 0) AS early,
        max(amount) FILTER (lived) AS largest,
        sum(amount) FILTER (lived AND category IN ('utility', 'telecom')) AS utility,
        sum(amount) FILTER (lived AND category IN ('daily', 'transport', 'dining')) AS daily,
        sum(amount) FILTER (lived AND category IN ('education', 'medical')) AS care,
        sum(amount) FILTER (lived AND category = 'durable') AS durable,
        sum(amount) FILTER (lived AND category IN ('luxury', 'travel')) AS luxury,
        count(DISTINCT datediff('month', happened_at, as_of)) FILTER (lived) AS months,
        list_sort(list(DISTINCT happened_at) FILTER (
            category = 'utility' AND happened_at > two AND happened_at <= as_of)) AS bills,
        arg_max(billed, row(happened_at, known_at, row_id)) FILTER (credit) AS billed_latest,
        arg_max(amount, row(happened_at, known_at, row_id)) FILTER (credit) AS repaid_latest,
        arg_max(months_late, row(happened_at, known_at, row_id)) FILTER (credit) AS late_latest,
        sum(billed) FILTER (credit_half) AS billed_half,
        sum(amount) FILTER (credit_half) AS repaid_half,
        coalesce(sum(billed) FILTER (credit_half AND happened_at > quarter), 0) AS billed_late,
        coalesce(sum(billed) FILTER (credit_half AND happened_at <= quarter), 0) AS billed_early,
        max(months_late) FILTER (credit_year) AS late_largest,
        count(*) FILTER (credit_year AND months_late > 0) AS late_count,
        sum(amount) FILTER (credit_year) AS repaid_year
    FROM cut GROUP BY n
)
SELECT n, spent / 100.0::DOUBLE / 12 AS consumption_monthly_12m,
    CASE WHEN late + early > 0 THEN (late - early)::DOUBLE / (late + early) END AS consumption_trend_12m,
    largest / 100.0::DOUBLE AS consumption_largest_12m, utility / 100.0::DOUBLE / 12 AS utility_monthly_12m,
    daily / 100.0::DOUBLE / 12 AS daily_monthly_12m, care / 100.0::DOUBLE / 12 AS care_monthly_12m,
    durable / 100.0::DOUBLE / 12 AS durable_monthly_12m, luxury / 100.0::DOUBLE / 12 AS luxury_travel_monthly_12m,
    CASE WHEN spent > 0 THEN coalesce(luxury, 0)::DOUBLE / spent END AS luxury_travel_share_12m,
    CASE WHEN months > 0 THEN least(months, 12)::DOUBLE END AS consumption_months_12m,
    list_max(list_transform(list_zip(bills[2:], bills[:-2]), pair -> pair[1] - pair[2]))::DOUBLE
        AS utility_longest_gap_24m,
    billed_latest / 100.0::DOUBLE AS credit_billed_latest, billed_half / 100.0::DOUBLE / 6 AS credit_billed_monthly_6m,
    repaid_half / 100.0::DOUBLE / 6 AS credit_repaid_monthly_6m, repaid_latest / 100.0::DOUBLE AS credit_repaid_latest,
    late_latest::DOUBLE AS credit_months_late_latest, late_largest::DOUBLE AS credit_months_late_largest_12m,
    nullif(late_count, 0)::DOUBLE AS credit_late_repayments_12m,
    CASE WHEN billed_late + billed_early > 0
        THEN (billed_late - billed_early)::DOUBLE / (billed_late + billed_early) END AS credit_billed_trend_6m,
    repaid_year / 100.0::DOUBLE AS credit_repaid_12m
FROM sums"""

DEPOSITS = f"""
WITH newest AS (
    SELECT o.n, r.nature, r.available, r.balance
    FROM asked o JOIN deposits r USING (party_id) WHERE {_VISIBLE}
    QUALIFY row_number() OVER (
        PARTITION BY o.n, r.account_id ORDER BY r.happened_at DESC, r.known_at DESC, r.row_id DESC) = 1
)
SELECT n, sum(available) FILTER (nature IN ('ordinary', 'payroll')) / 100.0::DOUBLE AS deposit_available_latest,
    sum(balance) FILTER (nature IN ('ordinary', 'payroll')) / 100.0::DOUBLE AS deposit_balance_latest,
    count(*)::DOUBLE AS deposit_accounts,
    max(available) FILTER (nature IN ('ordinary', 'payroll')) / 100.0::DOUBLE AS deposit_largest,
    sum(greatest(balance - available, 0)) FILTER (nature IN ('ordinary', 'payroll')) / 100.0::DOUBLE AS deposit_frozen,
    sum(balance) FILTER (nature IN ('migrant_wages', 'escrow', 'relief')) / 100.0::DOUBLE AS special_account_balance
FROM newest GROUP BY n"""

MEASURES = f"""
WITH done AS (
    SELECT o.n, o.as_of, r.kind, r.amount, r.happened_at,
        r.kind IN ('seal', 'freeze') AND (r.lifted_on IS NULL OR r.lifted_on > o.as_of) AS held,
        r.lifted_on IS NULL OR r.lifted_on > o.as_of AS standing
    FROM asked o JOIN measures r USING (party_id)
    WHERE {_VISIBLE} AND r.case_id = o.case_id AND r.happened_at <= o.as_of
)
SELECT n, count(*)::DOUBLE AS measures_count, count(DISTINCT kind)::DOUBLE AS measure_kinds,
    (any_value(as_of) - max(happened_at))::DOUBLE AS days_since_measure,
    CASE WHEN bool_or(kind = 'disclosure_order') THEN 1.0::DOUBLE END AS disclosure_ordered,
    CASE WHEN bool_or(kind = 'consumption_restriction' AND standing) THEN 1.0::DOUBLE END AS consumption_restricted,
    CASE WHEN bool_or(kind = 'dishonest_listing' AND standing) THEN 1.0::DOUBLE END AS dishonest_listed_here,
    nullif(count(*) FILTER (held), 0)::DOUBLE AS seals_and_freezes,
    sum(amount) FILTER (held) / 100.0::DOUBLE AS frozen_amount,
    nullif(count(*) FILTER (kind IN ('detention', 'fine', 'summons', 'search', 'exit_restriction')), 0)::DOUBLE
        AS coercive_measures,
    nullif(count(*) FILTER (kind = 'settlement_talk'), 0)::DOUBLE AS settlement_talks
FROM done GROUP BY n"""

ACCOUNT_FLOWS = f"""
WITH seen AS (
    SELECT o.n, o.as_of, {_since(12)} AS year, {_since(6)} AS half, r.direction, r.kind, r.amount, r.happened_at
    FROM asked o JOIN account_flows r USING (party_id) WHERE {_VISIBLE}
), sums AS (
    SELECT n, sum(amount) FILTER (direction = 'in' AND {_YEAR}) AS paid_in,
        sum(amount) FILTER (direction = 'out' AND {_YEAR}) AS paid_out,
        coalesce(sum(amount) FILTER (direction = 'in' AND {_HALF}), 0) AS late,
        sum(amount) FILTER (direction = 'in' AND kind = 'salary' AND {_YEAR}) AS salary,
        any_value(as_of) - max(happened_at) FILTER (direction = 'in') AS days
    FROM seen GROUP BY n
)
SELECT n, paid_in / 100.0::DOUBLE / 12 AS inflow_monthly_12m, paid_out / 100.0::DOUBLE / 12 AS outflow_monthly_12m,
    CASE WHEN paid_in > 0 THEN (2 * late - paid_in)::DOUBLE / paid_in END AS inflow_trend_12m,
    salary / 100.0::DOUBLE / 12 AS salary_inflow_monthly_12m, days::DOUBLE AS days_since_inflow
FROM sums"""

PAYMENTS = f"""
WITH seen AS (
    SELECT o.n, o.as_of, {_since(6)} AS half, {_since(24)} AS two, coalesce(r.case_id = o.case_id, false) AS here,
        r.amount, r.channel, r.happened_at
    FROM asked o JOIN payments r USING (party_id) WHERE {_VISIBLE}
)
SELECT n, sum(amount) FILTER (here) / 100.0::DOUBLE AS paid_total,
    sum(amount) FILTER (here AND {_HALF}) / 100.0::DOUBLE AS paid_6m,
    nullif(count(*) FILTER (here), 0)::DOUBLE AS payments_count,
    max(amount) FILTER (here) / 100.0::DOUBLE AS paid_largest,
    CASE WHEN sum(amount) FILTER (here) > 0
        THEN coalesce(sum(amount) FILTER (here AND channel = 'voluntary'), 0)::DOUBLE
            / sum(amount) FILTER (here) END AS voluntary_share,
    (any_value(as_of) - max(happened_at) FILTER (here))::DOUBLE AS days_since_payment,
    sum(amount) FILTER (NOT here AND happened_at > two AND happened_at <= as_of) / 100.0::DOUBLE AS paid_elsewhere_24m
FROM seen GROUP BY n"""

INCOME = f"""
WITH seen AS (
    SELECT o.n, o.as_of, {_since(12)} AS year, {_since(6)} AS half, {_since(3)} AS quarter,
        r.kind, r.monthly_amount AS amount, r.payer, r.happened_at, datediff('month', r.happened_at, o.as_of) AS ago
    FROM asked o JOIN income r USING (party_id) WHERE {_VISIBLE}
), sums AS (
    SELECT n, sum(amount) FILTER (kind = 'wage' AND {_YEAR}) AS wage,
        sum(amount) FILTER (kind = 'wage' AND happened_at > quarter AND happened_at <= as_of) AS wage_quarter,
        count(DISTINCT ago) FILTER (kind = 'wage' AND {_YEAR}) AS wage_months,
        coalesce(sum(amount) FILTER (kind = 'wage' AND {_HALF}), 0) AS late,
        max(amount) FILTER (kind = 'wage' AND {_YEAR}) AS largest,
        count(DISTINCT ago) FILTER (kind = 'social_insurance' AND {_YEAR}) AS insured,
        any_value(as_of) - max(happened_at) FILTER (kind = 'social_insurance') AS days,
        sum(amount) FILTER (kind = 'pension' AND {_YEAR}) AS pension,
        sum(amount) FILTER (kind = 'dividend' AND {_YEAR}) AS dividend,
        sum(amount) FILTER (kind = 'tax' AND {_YEAR}) AS tax, count(DISTINCT payer) FILTER ({_YEAR}) AS payers
    FROM seen GROUP BY n
)
SELECT n, wage / 100.0::DOUBLE / 12 AS wage_monthly_12m, wage_quarter / 100.0::DOUBLE / 3 AS wage_monthly_3m,
    CASE WHEN wage_months > 0 THEN least(wage_months, 12)::DOUBLE END AS wage_months_12m,
    CASE WHEN wage > 0 THEN (2 * late - wage)::DOUBLE / wage END AS wage_trend_12m,
    largest / 100.0::DOUBLE AS wage_largest_12m,
    CASE WHEN insured > 0 THEN least(insured, 12)::DOUBLE END AS insured_months_12m, days::DOUBLE AS days_since_insured,
    pension / 100.0::DOUBLE / 12 AS pension_monthly_12m, dividend / 100.0::DOUBLE AS dividend_12m,
    tax / 100.0::DOUBLE AS tax_12m, nullif(payers, 0)::DOUBLE AS payer_kinds_12m
FROM sums"""

OBLIGORS = f"""
WITH newest AS (
    SELECT o.n, o.as_of, coalesce(r.case_id = o.case_id, false) AS here, r.liability_cap, r.liability_order, r.role,
        r.served_on, r.happened_at, r.known_at, r.row_id
    FROM asked o JOIN obligors r USING (party_id) WHERE {_VISIBLE}
    QUALIFY row_number() OVER (
        PARTITION BY o.n, r.case_id ORDER BY r.happened_at DESC, r.known_at DESC, r.row_id DESC) = 1
)
SELECT n, max(liability_cap) FILTER (here) / 100.0::DOUBLE AS liability_cap,
    (any_value(as_of) - max(served_on) FILTER (here))::DOUBLE AS days_since_service,
    CASE WHEN bool_or(here AND served_on <= as_of) THEN 1.0::DOUBLE END AS notice_served,
    CASE WHEN bool_or(here AND role = 'principal') THEN 1.0::DOUBLE END AS principal_debtor,
    CASE WHEN bool_or(here AND role IN ('general_guarantor', 'joint_guarantor')) THEN 1.0::DOUBLE END AS guarantor,
    CASE WHEN bool_or(here AND role = 'general_guarantor') THEN 1.0::DOUBLE END AS general_guarantor,
    CASE WHEN bool_or(here AND role = 'added') THEN 1.0::DOUBLE END AS added_party,
    max(liability_order) FILTER (here)::DOUBLE AS liability_order,
    nullif(count(*) FILTER (NOT here), 0)::DOUBLE AS other_cases
FROM newest GROUP BY n"""

ENCUMBRANCES = f"""
WITH newest AS (
    SELECT o.n, o.as_of, r.on_family, r.secured, r.kind IN ('mortgage', 'pledge') AS pledged,
        r.kind IN ('seal', 'freeze') AND coalesce(r.holder_case_id <> o.case_id, true) AS sealed_before,
        r.kind IN ('seal', 'freeze') AND coalesce(r.holder_case_id = o.case_id, false) AS sealed_here,
        coalesce(r.effective_on <= o.as_of, true) AND coalesce(r.expires_on > o.as_of, true)
            AND coalesce(r.released_on > o.as_of, true) AS standing
    FROM asked o JOIN encumbrances r USING (party_id) WHERE {_VISIBLE}
    QUALIFY row_number() OVER (
        PARTITION BY o.n, r.thing_id, r.holder, r.holder_case_id, r.kind
        ORDER BY r.happened_at DESC, r.known_at DESC, r.row_id DESC) = 1
)
SELECT n, sum(secured) FILTER (on_family = 'real_property' AND pledged) / 100.0::DOUBLE AS property_mortgage,
    nullif(count(*) FILTER (on_family = 'real_property' AND sealed_before), 0)::DOUBLE AS property_seals_before,
    sum(secured) FILTER (on_family = 'real_property' AND sealed_before) / 100.0::DOUBLE AS property_sealed_before,
    CASE WHEN bool_or(on_family = 'real_property' AND sealed_here) THEN 1.0::DOUBLE END AS property_sealed_here,
    sum(secured) FILTER (on_family = 'vehicles' AND pledged) / 100.0::DOUBLE AS vehicle_pledged,
    nullif(count(*) FILTER (on_family = 'vehicles' AND sealed_before), 0)::DOUBLE AS vehicle_seals_before,
    sum(secured) FILTER (on_family = 'equity' AND pledged) / 100.0::DOUBLE AS equity_pledged,
    nullif(count(*) FILTER (on_family = 'equity' AND sealed_before), 0)::DOUBLE AS equity_seals_before
FROM newest WHERE standing GROUP BY n"""

BY_HAND = {
    "consumption": CONSUMPTION,
    "deposits": DEPOSITS,
    "measures": MEASURES,
    "account_flows": ACCOUNT_FLOWS,
    "payments": PAYMENTS,
    "income": INCOME,
    "obligors": OBLIGORS,
    "encumbrances": ENCUMBRANCES,
}
