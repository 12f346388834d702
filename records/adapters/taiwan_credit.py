"""Credit-card clients in Taiwan, April to September 2005, as obligors with dated bills and payments.

Source: Yeh and Lien 2009, UCI Machine Learning Repository, "default of credit card clients" (CC BY 4.0).

A client is a party and the debtor of one case, filed on 2005-09-30 by the bank; the claim is the line of credit. The
six months of bills, payments and delays, columns in the file, become dated rows of `consumption`, known at the end of
their month. New Taiwan dollars stand where yuan do, unconverted.

**Outcome.** Whether the client defaulted in October 2005. Neither that month's minimum due nor its payment is in the
file, so one row of `payments` at the end of October says that the duty was kept, by the whole principal (share 1), or
not, by 0 (share 0): it measures a duty kept, not money.

`SEX`, `AGE` and `MARRIAGE` go to the protected columns, for measuring only.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from records.adapters import foreign
from records.adapters.foreign import SIGNED, WHOLE, Adapted, Format, Progress, Reading, make, table

FILED_ON = date(2005, 9, 30)
OUTCOME_ON = date(2005, 10, 31)
OUTCOME = "default.payment.next.month"

LEAKS = {OUTCOME: "the outcome"}
UNUSED = {
    "EDUCATION": "not protected by law, but no court's record and not used: schooling is not means to pay"
}

MONTHS = (
    (date(2005, 4, 30), "PAY_6", "BILL_AMT6", "PAY_AMT6"),
    (date(2005, 5, 31), "PAY_5", "BILL_AMT5", "PAY_AMT5"),
    (date(2005, 6, 30), "PAY_4", "BILL_AMT4", "PAY_AMT4"),
    (date(2005, 7, 31), "PAY_3", "BILL_AMT3", "PAY_AMT3"),
    (date(2005, 8, 31), "PAY_2", "BILL_AMT2", "PAY_AMT2"),
    (FILED_ON, "PAY_0", "BILL_AMT1", "PAY_AMT1"),  # the source skips PAY_1
)
"""Month end, and the columns of its delay, bill and payment; oldest first."""
DELAYS = tuple(str(months) for months in range(-2, 10))
"""-2 nothing to repay, -1 repaid in full, 0 the minimum repaid, else months of delay, 9 meaning nine or more."""

COLUMNS = (
    "ID", "LIMIT_BAL", "SEX", "MARRIAGE", "AGE", OUTCOME, *(column for month in MONTHS for column in month[1:]),
)  # fmt: skip


def tables(path: Path, progress: Progress | None = None) -> dict[str, pd.DataFrame]:
    """The clients of ``clients.csv`` in the contracts' tables; `adapt` also tells what was refused."""
    return adapt(path, progress).tables


def adapt(path: Path, progress: Progress | None = None) -> Adapted:
    """Tables, refusals and counts of ``clients.csv``. Raises PortraitError when the file lacks a column."""
    reading = Reading.of(path, COLUMNS)
    read = len(reading.rows) + len(reading.rejected)
    _refuse_unusable(reading)
    clients = _clients(reading)
    makers = (
        _parties, _civil_status, _queries, _consumption, _cases, _titles, _applicants, _obligors, _payments,
    )  # fmt: skip
    made = make(makers, clients, progress)
    counts = {
        "lines": read,
        "clients": len(clients),
        "defaulted": int(clients["defaulted"].sum()),
        "without_marital_status": int(clients["marital"].isna().sum()),
    }
    return Adapted(made, tuple(reading.rejected), counts)


def write(path: Path, folder: Path, *, form: Format = "parquet", progress: Progress | None = None) -> Adapted:
    """Write the tables of ``clients.csv`` as files for the door, with ``rejected.jsonl``, and return them."""
    adapted = adapt(path, progress)
    foreign.write(adapted, folder, form=form, progress=progress)
    return adapted


def _refuse_unusable(reading: Reading) -> None:
    reading.refuse("ID", ~reading.rows["ID"].str.fullmatch(WHOLE), rule="a client has a number")
    reading.refuse("ID", reading.rows["ID"].duplicated(), rule="a client is listed once")
    reading.refuse("LIMIT_BAL", ~(reading.amount("LIMIT_BAL") > 0), rule="a line of credit above 0")
    reading.refuse(OUTCOME, ~reading.rows[OUTCOME].isin(["0", "1"]), rule="0 or 1")
    for _, delay, bill, payment in MONTHS:
        reading.refuse(delay, ~reading.rows[delay].isin(DELAYS), rule=f"{DELAYS[0]} to {DELAYS[-1]}")
        reading.refuse(bill, reading.numbers(bill, SIGNED).isna(), rule="an amount")
        reading.refuse(payment, reading.amount(payment).isna(), rule="an amount not below 0")


def _clients(reading: Reading) -> pd.DataFrame:
    """One row a client, values in the contracts' words, unmapped values missing."""
    age = reading.numbers("AGE", WHOLE)
    lawful = age.between(18, 105)
    reading.leave_out("AGE", ~lawful, rule="an age of 18 to 105")
    monthly = {column: reading.numbers(column, SIGNED) for _, *columns in MONTHS for column in columns}
    return pd.DataFrame(
        {
            "client": reading.rows["ID"],
            "party": "taiwan-" + reading.rows["ID"],
            "case": "taiwan-case-" + reading.rows["ID"],
            "limit": reading.amount("LIMIT_BAL"),
            "sex": reading.coded("SEX", {"1": "male", "2": "female"}),
            # 3 is "others" and 0 undocumented: neither has a word in the contract
            "marital": reading.coded("MARRIAGE", {"1": "married", "2": "single"}),
            "born": (FILED_ON.year - age.where(lawful)).astype("Int64"),
            "defaulted": reading.rows[OUTCOME] == "1",
            **monthly,
        }
    )


def _parties(clients: pd.DataFrame) -> pd.DataFrame:
    return table(
        "parties",
        happened=FILED_ON,
        known=FILED_ON,
        party_id=clients["party"],
        kind="natural",
        sex=clients["sex"],
        birth_year=clients["born"],
        region="TW",
    )


def _civil_status(clients: pd.DataFrame) -> pd.DataFrame:
    told = clients[clients["marital"].notna()]
    return table(
        "civil_status", happened=FILED_ON, known=FILED_ON, party_id=told["party"], marital=told["marital"]
    )


def _queries(clients: pd.DataFrame) -> pd.DataFrame:
    """The bank's statements: one receipt a client, first answered in April and renewed in September."""
    days = [MONTHS[0][0], FILED_ON]
    standings = [
        table(
            "queries",
            happened=day,
            known=day,
            receipt_id="taiwan-statements-" + clients["client"],
            party_id=clients["party"],
            family="consumption",
            source="manual",
            asked_at=days[0],
            answered_at=day,
            status="found",
        )
        for day in days
    ]
    return pd.concat(standings, ignore_index=True)


def _consumption(clients: pd.DataFrame) -> pd.DataFrame:
    """Six rows a client. A month's payment is made on the bill of the month before, as the source has it."""
    months = [
        table(
            "consumption",
            happened=day,
            known=day,
            receipt_id="taiwan-statements-" + clients["client"],
            party_id=clients["party"],
            category="credit_repayment",
            channel="credit_line",
            amount=clients[payment],
            billed=clients[bill],
            months_late=clients[delay].astype("Int64"),
        )
        for day, delay, bill, payment in MONTHS
    ]
    return pd.concat(months, ignore_index=True)


def _cases(clients: pd.DataFrame) -> pd.DataFrame:
    return table(
        "cases",
        happened=FILED_ON,
        known=FILED_ON,
        case_id=clients["case"],
        court="TAIWAN-CREDIT",
        case_number="TW " + clients["client"],
        kind="first",
        cause="credit_card",
        filed_on=FILED_ON,
        node="filing",
    )


def _titles(clients: pd.DataFrame) -> pd.DataFrame:
    return table(
        "titles",
        happened=FILED_ON,
        known=FILED_ON,
        case_id=clients["case"],
        title_id="taiwan-title-" + clients["client"],
        principal=clients["limit"],
        liability="sole",
        revolving=True,
    )


def _applicants(clients: pd.DataFrame) -> pd.DataFrame:
    return table(
        "applicants",
        happened=FILED_ON,
        known=FILED_ON,
        case_id=clients["case"],
        applicant_id="taiwan-bank",
        kind="financial",
        priority="none",
        amount=clients["limit"],
    )


def _obligors(clients: pd.DataFrame) -> pd.DataFrame:
    return table(
        "obligors",
        happened=FILED_ON,
        known=FILED_ON,
        party_id=clients["party"],
        case_id=clients["case"],
        role="principal",
        liability_order=1,
    )


def _payments(clients: pd.DataFrame) -> pd.DataFrame:
    return table(
        "payments",
        happened=OUTCOME_ON,
        known=OUTCOME_ON,
        party_id=clients["party"],
        case_id=clients["case"],
        amount=np.where(clients["defaulted"], 0.0, clients["limit"]),
        channel="voluntary",
        quality="as_reported",
    )
