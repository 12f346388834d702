"""Features of deposits and of the money that moved through them."""

from __future__ import annotations

from features.declare import Derived, Family, Feature, Leans
from features.measures import Count, DaysSince, Excess, Largest, MonthlyMean, Total, Trend
from features.rows import of_debtor
from vocabulary.text import Text

accounts = of_debtor("deposits").latest_per("account_id")
ordinary = accounts.where(nature=("ordinary", "payroll"))
flows = of_debtor("account_flows")
paid_in = flows.where(direction="in")
paid_out = flows.where(direction="out")


class Deposits(Family):
    """Money that can be deducted today, and how it has moved."""

    record_family = "deposits"

    deposit_available_latest = Feature(
        rows=ordinary,
        measure=Total("available"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More money free to deduct cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="可扣划存款余额", en="Deposits free to deduct"),
        reason=Text(
            zh="可扣划存款{value}，{standing}", en="{value} of deposits are free to deduct, {standing}"
        ),
        shows=("account_id", "bank", "nature", "balance", "available"),
    )
    deposit_balance_latest = Feature(
        rows=ordinary,
        measure=Total("balance"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More money cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="存款余额合计", en="Deposits in all, frozen ones included"),
        reason=Text(zh="存款余额合计{value}，{standing}", en="Deposits of {value} in all, {standing}"),
        shows=("account_id", "bank", "nature", "balance", "available"),
    )
    deposit_accounts = Feature(
        rows=accounts,
        measure=Count(),
        unit="count",
        leans=Leans.ABLE,
        why="One account more cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="银行账户数", en="Bank accounts"),
        reason=Text(zh="有{value}个银行账户，{standing}", en="Bank accounts: {value}, {standing}"),
        shows=("account_id", "bank", "nature", "balance"),
    )
    deposit_largest = Feature(
        rows=ordinary,
        measure=Largest("available"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More money free to deduct cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="单户最高可扣划余额", en="Largest balance free on one account"),
        reason=Text(
            zh="单个账户最高可扣划{value}，{standing}", en="Up to {value} is free on one account, {standing}"
        ),
        shows=("account_id", "bank", "available"),
    )
    deposit_frozen = Feature(
        rows=ordinary,
        measure=Excess("balance", over="available"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="已被冻结的存款", en="Deposits frozen already"),
        reason=Text(zh="存款中{value}已被冻结", en="{value} of the deposits is frozen already"),
        shows=("account_id", "bank", "balance", "available"),
    )
    special_account_balance = Feature(
        rows=accounts.where(nature=("migrant_wages", "escrow", "relief")),
        measure=Total("balance"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="专用账户余额", en="Held on special accounts"),
        reason=Text(
            zh="专用账户余额{value}，依法不得扣划",
            en="{value} lies on special accounts, which may not be taken",
        ),
        shows=("account_id", "bank", "nature", "balance"),
        source="保障农民工工资支付条例 Art. 33",
    )
    inflow_monthly_12m = Feature(
        rows=paid_in.last_months(12),
        measure=MonthlyMean("amount"),
        unit="CNY/month",
        leans=Leans.ABLE,
        why="More money coming in cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="近12个月月均流入", en="Money in per month, last 12 months"),
        reason=Text(
            zh="近12个月月均流入{value}，{standing}", en="{value} a month came in over 12 months, {standing}"
        ),
        shows=("account_id", "kind", "amount", "entries"),
    )
    outflow_monthly_12m = Feature(
        rows=paid_out.last_months(12),
        measure=MonthlyMean("amount"),
        unit="CNY/month",
        nothing_found=0.0,
        label=Text(zh="近12个月月均流出", en="Money out per month, last 12 months"),
        reason=Text(
            zh="近12个月月均流出{value}，{standing}", en="{value} a month went out over 12 months, {standing}"
        ),
        shows=("account_id", "kind", "amount", "entries"),
    )
    inflow_trend_12m = Feature(
        rows=paid_in.last_months(12),
        measure=Trend("amount"),
        unit="trend",
        label=Text(zh="流入趋势", en="Trend of money in"),
        reason=Text(zh="近半年资金流入{value}", en="Money in over the last half-year was {value}"),
        shows=("account_id", "kind", "amount"),
    )
    salary_inflow_monthly_12m = Feature(
        rows=paid_in.where(kind="salary").last_months(12),
        measure=MonthlyMean("amount"),
        unit="CNY/month",
        leans=Leans.ABLE,
        why="More money coming in cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="近12个月月均工资流入", en="Salary in per month, last 12 months"),
        reason=Text(
            zh="近12个月月均工资流入{value}，{standing}",
            en="{value} a month came in as salary over 12 months, {standing}",
        ),
        shows=("account_id", "kind", "amount", "entries"),
    )
    days_since_inflow = Feature(
        rows=paid_in,
        measure=DaysSince(),
        unit="days",
        label=Text(zh="距最近一次流入天数", en="Days since money last came in"),
        reason=Text(zh="最近一次资金流入在{value}前", en="Money last came in {value} ago"),
        shows=("account_id", "kind", "amount"),
    )
    net_flow_monthly_12m = Derived(
        form="difference",
        parts=(inflow_monthly_12m, outflow_monthly_12m),
        unit="CNY/month",
        label=Text(zh="近12个月月均净流入", en="Net money in per month, last 12 months"),
        reason=Text(zh="近12个月月均净流入{value}", en="Net {value} a month came in over 12 months"),
    )
