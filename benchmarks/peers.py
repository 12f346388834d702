"""The features of three tables in Polars and in pandas, as their own idioms would have them, one as-of date for all.

Deposits (newest balance per account), account_flows and income: 22 features, the numbers of the rows alone. Both read
the same Parquet files and only the columns they need.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from vocabulary.dates import months_before

TABLES = ("deposits", "account_flows", "income")
_CLOCKS = ["party_id", "happened_at", "known_at", "superseded_at", "retracted"]
_READ = {
    "deposits": [*_CLOCKS, "row_id", "account_id", "nature", "balance", "available"],
    "account_flows": [*_CLOCKS, "direction", "kind", "amount"],
    "income": [*_CLOCKS, "kind", "monthly_amount", "payer"],
}
_ORDINARY, _SPECIAL = ["ordinary", "payroll"], ["migrant_wages", "escrow", "relief"]


def by_polars(folder: Path, as_of: date) -> Any:
    """One row a debtor, lazily read and collected at once."""
    import polars as pl

    col, day = pl.col, pl.lit(as_of)
    since = {months: pl.lit(months_before(as_of, months)) for months in (3, 6, 12)}

    def seen(table: str) -> Any:
        return (
            pl.scan_parquet(folder / f"{table}.parquet")
            .select(_READ[table])
            .filter(
                (col("known_at") <= day)
                & (col("superseded_at").is_null() | (col("superseded_at") > day))
                & ~col("retracted").fill_null(False)
            )
        )

    def inside(months: int) -> Any:
        return (col("happened_at") > since[months]) & (col("happened_at") <= day)

    def total(column: str, where: Any) -> Any:
        return pl.when(where.any()).then(col(column).filter(where).sum()) / 100.0

    def days(where: Any) -> Any:
        return (day - col("happened_at").filter(where).max()).dt.total_days().cast(pl.Float64)

    def trend(column: str, where: Any) -> Any:
        late = col(column).filter(where & inside(6)).sum()
        whole = col(column).filter(where & inside(12)).sum()
        return pl.when(whole > 0).then((2 * late - whole) / whole)

    frozen = (col("balance") - col("available")).clip(lower_bound=0)

    def months(where: Any) -> Any:
        ago = col("happened_at").dt.year() * 12 + col("happened_at").dt.month()
        found = ago.filter(where & inside(12)).n_unique()
        return pl.when(found > 0).then(pl.min_horizontal(found, 12)).cast(pl.Float64)

    ordinary, paid_in = col("nature").is_in(_ORDINARY), col("direction") == "in"
    kind = {name: col("kind") == name for name in ("wage", "social_insurance", "pension", "dividend", "tax")}
    payers = col("payer").filter(inside(12) & col("payer").is_not_null()).n_unique()
    deposits = (
        seen("deposits")
        .sort("happened_at", "known_at", "row_id")
        .unique(["party_id", "account_id"], keep="last", maintain_order=True)
        .group_by("party_id")
        .agg(
            deposit_available_latest=total("available", ordinary),
            deposit_balance_latest=total("balance", ordinary),
            deposit_accounts=pl.len().cast(pl.Float64),
            deposit_largest=col("available").filter(ordinary).max() / 100.0,
            deposit_frozen=pl.when(ordinary.any()).then(frozen.filter(ordinary).sum()) / 100.0,
            special_account_balance=total("balance", col("nature").is_in(_SPECIAL)),
        )
    )
    flows = (
        seen("account_flows")
        .group_by("party_id")
        .agg(
            inflow_monthly_12m=total("amount", paid_in & inside(12)) / 12,
            outflow_monthly_12m=total("amount", (col("direction") == "out") & inside(12)) / 12,
            inflow_trend_12m=trend("amount", paid_in),
            salary_inflow_monthly_12m=total("amount", paid_in & (col("kind") == "salary") & inside(12)) / 12,
            days_since_inflow=days(paid_in),
        )
    )
    income = (
        seen("income")
        .group_by("party_id")
        .agg(
            wage_monthly_12m=total("monthly_amount", kind["wage"] & inside(12)) / 12,
            wage_monthly_3m=total("monthly_amount", kind["wage"] & inside(3)) / 3,
            wage_months_12m=months(kind["wage"]),
            wage_trend_12m=trend("monthly_amount", kind["wage"]),
            wage_largest_12m=col("monthly_amount").filter(kind["wage"] & inside(12)).max() / 100.0,
            insured_months_12m=months(kind["social_insurance"]),
            days_since_insured=days(kind["social_insurance"]),
            pension_monthly_12m=total("monthly_amount", kind["pension"] & inside(12)) / 12,
            dividend_12m=total("monthly_amount", kind["dividend"] & inside(12)),
            tax_12m=total("monthly_amount", kind["tax"] & inside(12)),
            payer_kinds_12m=pl.when(payers > 0).then(payers).cast(pl.Float64),
        )
    )
    found = deposits.join(flows, on="party_id", how="full", coalesce=True)
    return found.join(income, on="party_id", how="full", coalesce=True).collect().to_arrow()


def by_pandas(folder: Path, as_of: date, *, parties: int | None = None) -> Any:
    """One row a debtor; ``parties``: only debtors up to this id (pandas is asked for a tenth)."""
    import pandas as pd

    day = pd.Timestamp(as_of)
    since = {months: pd.Timestamp(months_before(as_of, months)) for months in (3, 6, 12)}

    def seen(table: str) -> Any:
        filters = None if parties is None else [("party_id", "<=", parties)]
        rows = pd.read_parquet(folder / f"{table}.parquet", columns=_READ[table], filters=filters)
        for clock in ("happened_at", "known_at", "superseded_at"):
            rows[clock] = pd.to_datetime(rows[clock])
        current = rows["superseded_at"].isna() | (rows["superseded_at"] > day)
        return rows[(rows["known_at"] <= day) & current & ~rows["retracted"].eq(True)]

    def inside(rows: Any, months: int) -> Any:
        return rows[(rows["happened_at"] > since[months]) & (rows["happened_at"] <= day)]

    def total(rows: Any, column: str) -> Any:
        return rows.groupby("party_id")[column].sum(min_count=1) / 100.0

    def days(rows: Any) -> Any:
        return (day - rows.groupby("party_id")["happened_at"].max()).dt.days.astype(float)

    def trend(rows: Any, column: str) -> Any:
        whole = inside(rows, 12).groupby("party_id")[column].sum()
        late = inside(rows, 6).groupby("party_id")[column].sum().reindex(whole.index, fill_value=0)
        return ((2 * late - whole) / whole).where(whole > 0)

    def months(rows: Any) -> Any:
        year = inside(rows, 12)
        ago = year["happened_at"].dt.year * 12 + year["happened_at"].dt.month
        return ago.groupby(year["party_id"]).nunique().clip(upper=12).astype(float)

    held = seen("deposits").sort_values(["happened_at", "known_at", "row_id"])
    held = held.drop_duplicates(["party_id", "account_id"], keep="last")
    ordinary, special = held[held["nature"].isin(_ORDINARY)], held[held["nature"].isin(_SPECIAL)]
    flows = seen("account_flows")
    paid_in, paid_out = flows[flows["direction"] == "in"], flows[flows["direction"] == "out"]
    income = seen("income")
    wage, insured = income[income["kind"] == "wage"], income[income["kind"] == "social_insurance"]
    year = inside(income, 12)
    return (
        pd.DataFrame(
            {
                "deposit_available_latest": total(ordinary, "available"),
                "deposit_balance_latest": total(ordinary, "balance"),
                "deposit_accounts": held.groupby("party_id").size().astype(float),
                "deposit_largest": ordinary.groupby("party_id")["available"].max() / 100.0,
                "deposit_frozen": total(
                    ordinary.assign(frozen=(ordinary["balance"] - ordinary["available"]).clip(lower=0)),
                    "frozen",
                ),
                "special_account_balance": total(special, "balance"),
                "inflow_monthly_12m": total(inside(paid_in, 12), "amount") / 12,
                "outflow_monthly_12m": total(inside(paid_out, 12), "amount") / 12,
                "inflow_trend_12m": trend(paid_in, "amount"),
                "salary_inflow_monthly_12m": total(inside(paid_in[paid_in["kind"] == "salary"], 12), "amount")
                / 12,
                "days_since_inflow": days(paid_in),
                "wage_monthly_12m": total(inside(wage, 12), "monthly_amount") / 12,
                "wage_monthly_3m": total(inside(wage, 3), "monthly_amount") / 3,
                "wage_months_12m": months(wage),
                "wage_trend_12m": trend(wage, "monthly_amount"),
                "wage_largest_12m": inside(wage, 12).groupby("party_id")["monthly_amount"].max() / 100.0,
                "insured_months_12m": months(insured),
                "days_since_insured": days(insured),
                "pension_monthly_12m": total(year[year["kind"] == "pension"], "monthly_amount") / 12,
                "dividend_12m": total(year[year["kind"] == "dividend"], "monthly_amount"),
                "tax_12m": total(year[year["kind"] == "tax"], "monthly_amount"),
                "payer_kinds_12m": year.groupby("party_id")["payer"].nunique().replace(0, float("nan")),
            }
        )
        .rename_axis("party_id")
        .reset_index()
    )
