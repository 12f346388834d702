"""Loans guaranteed by the US Small Business Administration, as enforcement cases with a real share of performance.

Source: Li, Mickel and Taylor, "Should This Loan be Approved or Denied?", J. Statistics Education 26(1), 2018.

A borrower is a party, a loan is a case filed on the day of disbursement, with the bank as its applicant. What is known
in advance is known at approval (what the borrower stated) or at disbursement (the claim). Dollars stand where yuan
do, unconverted.

**Outcome.** One row of `payments` a loan: share × principal, so that credited ÷ principal is the share over the
loan's life. `P I F` is 1; `CHGOFF` is 1 − ChgOffPrinGr ÷ DisbursementGross, clipped to [0, 1]. It is known at the
charge-off; the day of a full payment is not in the file, so that is known at the extract's end. Loans without a
status have no such row and so no label. Labels of most loans were known only years after the split: a model trained
on them answers "what happened to such loans", not "what was known then".

**Principal** is what the bank approved (GrAppv), not DisbursementGross: on revolving lines that column sums all draws
of later years (up to ten times the approved amount), so it is not known on the day.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from records.adapters import foreign
from records.adapters.foreign import WHOLE, Adapted, Format, Progress, Reading, make, table

EXTRACT_END = date(2014, 12, 31)
"""End of the year of the set's newest charge-off: when a loan paid in full is known to have been."""
FIRST_YEAR, LAST_YEAR = 1960, EXTRACT_END.year

LEAKS = {
    "Term": "cut short by a charge-off: the length the loan came to have, not the one agreed",
    "ChgOffDate": "an outcome",
    "ChgOffPrinGr": "an outcome",
    "MIS_Status": "an outcome",
    "DisbursementGross": "sums all later draws of a revolving line; only the denominator of the outcome",
}
"""Columns that know the outcome, with the reason. None reaches a table that features may read before the outcome."""

UNUSED = {
    "City": "no places",
    "Zip": "no places",
    "BankState": "the bank's state at the extract, after mergers, not on the day",
    "ApprovalFY": "follows from the approval date",
    "CreateJob": "recorded from 2005 on, 0 before: tells the era",
    "RetainedJob": "recorded from 2005 on, 0 before: tells the era",
    "LowDoc": "a programme of 1997 and 1998 only: tells the era",
}
"""Other columns that are not mapped, with the reason."""

COLUMNS = (
    "LoanNr_ChkDgt", "BorrowerKey", "State", "Bank", "NAICS", "ApprovalDate", "NoEmp", "NewExist", "FranchiseCode",
    "UrbanRural", "RevLineCr", "ChgOffDate", "DisbursementDate", "DisbursementGross", "MIS_Status", "ChgOffPrinGr",
    "GrAppv", "SBA_Appv",
)  # fmt: skip
SECTIONS = {
    "11": "A", "21": "B", "22": "D", "23": "E", "31": "C", "32": "C", "33": "C", "42": "F", "44": "F", "45": "F",
    "48": "G", "49": "G", "51": "I", "52": "J", "53": "K", "54": "M", "55": "L", "56": "L", "61": "P", "62": "Q",
    "71": "R", "72": "H", "81": "O", "92": "S",
}  # fmt: skip
"""NAICS sector → section of GB/T 4754-2017, by the bulk of the sector; NAICS 0 is unknown."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})-([A-Za-z]{3})-(\d{4}|\d{2})")


def tables(path: Path, progress: Progress | None = None) -> dict[str, pd.DataFrame]:
    """The loans of ``loans.csv`` in the contracts' tables; `adapt` also tells what was refused."""
    return adapt(path, progress).tables


def adapt(path: Path, progress: Progress | None = None) -> Adapted:
    """Tables, refusals and counts of ``loans.csv``. Raises PortraitError when the file lacks a column."""
    reading = Reading.of(path, COLUMNS)
    read = len(reading.rows) + len(reading.rejected)
    _refuse_unusable(reading)
    loans = _loans(reading)
    makers = (_parties, _registrations, _queries, _cases, _titles, _applicants, _obligors, _payments)
    made = make(makers, loans, progress)
    return Adapted(made, tuple(reading.rejected), {"lines": read, "loans": len(loans), **_counts(loans)})


def write(path: Path, folder: Path, *, form: Format = "parquet", progress: Progress | None = None) -> Adapted:
    """Write the tables of ``loans.csv`` as files for the door, with ``rejected.jsonl``, and return them."""
    adapted = adapt(path, progress)
    foreign.write(adapted, folder, form=form, progress=progress)
    return adapted


def read_date(text: str) -> date | None:
    """A date like ``2/28/2006``, ``28-Feb-06`` or ``2/28/06``, within 1960–2014; None for any other text."""
    if found := _AMERICAN.fullmatch(text.strip()):
        month, day, year = found.groups()
    elif (found := _NAMED.fullmatch(text.strip())) and found[2].lower() in _MONTHS:
        day, month, year = found[1], str(_MONTHS.index(found[2].lower()) + 1), found[3]
    else:
        return None
    try:
        read = date(_full_year(year), int(month), int(day))
    except ValueError:
        return None
    return read if FIRST_YEAR <= read.year <= LAST_YEAR else None


def _full_year(year: str) -> int:
    if len(year) == 4:
        return int(year)
    return int(year) + (2000 if int(year) <= LAST_YEAR % 100 else 1900)


def _refuse_unusable(reading: Reading) -> None:
    reading.refuse(
        "LoanNr_ChkDgt", ~reading.rows["LoanNr_ChkDgt"].str.fullmatch(WHOLE), rule="a loan has a number"
    )
    reading.refuse("LoanNr_ChkDgt", reading.rows["LoanNr_ChkDgt"].duplicated(), rule="a loan is listed once")
    reading.refuse("BorrowerKey", reading.rows["BorrowerKey"] == "", rule="a loan has a borrower")
    reading.refuse("State", reading.rows["State"] == "", rule="a borrower has a state")
    reading.refuse(
        "DisbursementDate", reading.rows["DisbursementDate"] == "", rule="a loan has a disbursement date"
    )
    disbursed = reading.dates("DisbursementDate", read_date)
    reading.refuse("DisbursementDate", disbursed.isna(), rule=f"a date within {FIRST_YEAR}-{LAST_YEAR}")
    reading.refuse("GrAppv", ~(reading.amount("GrAppv") > 0), rule="an approved amount above 0")


def _loans(reading: Reading) -> pd.DataFrame:
    """One row a loan that has a case, values in the contracts' words, unmapped values missing."""
    text = reading.rows
    loans = pd.DataFrame(
        {
            "loan": text["LoanNr_ChkDgt"],
            "borrower": "sba-" + text["BorrowerKey"],
            "bank": text["Bank"].where(text["Bank"] != "", None),
            "state": text["State"],
            "disbursed": reading.dates("DisbursementDate", read_date),
            "principal": reading.amount("GrAppv"),
        }
    )
    reading.leave_out("Bank", loans["bank"].isna(), rule="a loan has a bank")
    loans["approved"] = _approved(reading, loans["disbursed"])
    loans["known"] = loans["approved"].where(loans["approved"].notna(), loans["disbursed"])
    _state_facts(reading, loans)
    _outcome(reading, loans)
    return loans


def _approved(reading: Reading, disbursed: pd.Series) -> pd.Series:
    approved = reading.dates("ApprovalDate", read_date)
    reading.leave_out("ApprovalDate", approved.isna(), rule=f"a date within {FIRST_YEAR}-{LAST_YEAR}")
    late = approved.notna() & (approved.where(approved.notna(), disbursed) > disbursed)
    reading.leave_out("ApprovalDate", late, rule="approval is not after disbursement")
    return approved.where(~late, None)


def _state_facts(reading: Reading, loans: pd.DataFrame) -> None:
    """What the borrower stated in the application."""
    text = reading.rows
    sector = text["NAICS"].str[:2]
    known = sector.isin(SECTIONS) | text["NAICS"].isin(["0", ""])
    reading.leave_out("NAICS", ~known, rule="a NAICS sector")
    loans["industry"] = pd.Series([SECTIONS.get(each) for each in sector], index=text.index, dtype="object")
    loans["employees"] = _stated(reading, "NoEmp")
    loans["franchise"] = (_stated(reading, "FranchiseCode") > 1).astype("boolean")
    loans["setting"] = reading.coded("UrbanRural", {"1": "urban", "2": "rural"}, unknown=("0",))
    loans["standing"] = reading.coded("NewExist", {"1": "active", "2": "new"})
    loans["revolving"] = reading.coded("RevLineCr", {"Y": True, "N": False}).astype("boolean")
    guaranteed = reading.amount("SBA_Appv")
    fits = guaranteed <= loans["principal"]
    reading.leave_out("SBA_Appv", ~fits, rule="an amount not above the approved one")
    loans["guaranteed"] = guaranteed.where(fits)


def _stated(reading: Reading, column: str) -> pd.Series:
    numbers = reading.numbers(column, WHOLE)
    reading.leave_out(column, numbers.isna(), rule="a whole number")
    return numbers.astype("Int64")


def _outcome(reading: Reading, loans: pd.DataFrame) -> None:
    """Share over the life of the loan, the day it was known, and how well it is told; missing without a status."""
    text = reading.rows
    paid = text["MIS_Status"] == "P I F"
    lost = text["MIS_Status"] == "CHGOFF"
    reading.leave_out("MIS_Status", ~(paid | lost | (text["MIS_Status"] == "")), rule="P I F or CHGOFF")
    gross, written_off = reading.amount("DisbursementGross"), reading.amount("ChgOffPrinGr")
    reading.leave_out("DisbursementGross", lost & ~(gross > 0), rule="an amount above 0")
    reading.leave_out("ChgOffPrinGr", lost & written_off.isna(), rule="an amount")
    loans["raw_share"] = (1 - written_off / gross.where(gross > 0)).where(lost, np.where(paid, 1.0, np.nan))
    loans["share"] = loans["raw_share"].clip(0, 1)
    charged = reading.dates("ChgOffDate", read_date)
    early = charged.notna() & (charged.where(charged.notna(), loans["disbursed"]) < loans["disbursed"])
    unread = charged.isna() & (text["ChgOffDate"] != "")
    reading.leave_out("ChgOffDate", unread, rule=f"a date within {FIRST_YEAR}-{LAST_YEAR}")
    reading.leave_out("ChgOffDate", early, rule="a charge-off is not before disbursement")
    loans["settled"] = charged.where(lost & charged.notna() & ~early, EXTRACT_END)
    loans["contradicted"] = (paid & (text["ChgOffDate"] != "")) | (lost & (written_off == 0))
    loans["paid_with_charge_off"] = paid & (text["ChgOffDate"] != "")


def _parties(loans: pd.DataFrame) -> pd.DataFrame:
    return table(
        "parties",
        happened=loans["known"],
        known=loans["known"],
        party_id=loans["borrower"],
        kind="organisation",
        industry=loans["industry"],
        employees=loans["employees"],
        franchise=loans["franchise"],
        setting=loans["setting"],
        region="US-" + loans["state"],
    )


def _registrations(loans: pd.DataFrame) -> pd.DataFrame:
    told = loans[loans["standing"].notna()]
    return table(
        "registrations",
        happened=told["known"],
        known=told["known"],
        receipt_id="sba-application-" + told["loan"],
        party_id=told["borrower"],
        company_id=told["borrower"],
        role="self",
        status=told["standing"],
    )


def _queries(loans: pd.DataFrame) -> pd.DataFrame:
    """The loan application: registered facts are the borrower's own word, so their source is declared."""
    return table(
        "queries",
        happened=loans["known"],
        known=loans["known"],
        receipt_id="sba-application-" + loans["loan"],
        party_id=loans["borrower"],
        family="registrations",
        source="declared",
        asked_at=loans["known"],
        answered_at=loans["known"],
        status="found",
    )


def _cases(loans: pd.DataFrame) -> pd.DataFrame:
    return table(
        "cases",
        happened=loans["disbursed"],
        known=loans["disbursed"],
        case_id="sba-loan-" + loans["loan"],
        court="SBA-" + loans["state"],
        case_number="SBA " + loans["loan"],
        kind="first",
        cause="bank_loan",
        filed_on=loans["disbursed"],
        node="filing",
    )


def _titles(loans: pd.DataFrame) -> pd.DataFrame:
    return table(
        "titles",
        happened=loans["disbursed"],
        known=loans["disbursed"],
        case_id="sba-loan-" + loans["loan"],
        title_id="sba-title-" + loans["loan"],
        principal=loans["principal"],
        guaranteed=loans["guaranteed"],
        effective_on=loans["approved"],
        liability="sole",
        revolving=loans["revolving"],
    )


def _applicants(loans: pd.DataFrame) -> pd.DataFrame:
    named = loans[loans["bank"].notna()]
    return table(
        "applicants",
        happened=named["disbursed"],
        known=named["disbursed"],
        case_id="sba-loan-" + named["loan"],
        applicant_id="sba-bank-" + named["bank"],
        kind="financial",
        priority="none",
        amount=named["principal"],
    )


def _obligors(loans: pd.DataFrame) -> pd.DataFrame:
    return table(
        "obligors",
        happened=loans["disbursed"],
        known=loans["disbursed"],
        party_id=loans["borrower"],
        case_id="sba-loan-" + loans["loan"],
        role="principal",
        liability_order=1,
    )


def _payments(loans: pd.DataFrame) -> pd.DataFrame:
    ended = loans[loans["share"].notna()]
    return table(
        "payments",
        happened=ended["settled"],
        known=ended["settled"],
        party_id=ended["borrower"],
        case_id="sba-loan-" + ended["loan"],
        amount=(ended["share"] * ended["principal"]).round(2),
        channel="voluntary",
        quality=np.where(ended["contradicted"], "disputed", "as_reported"),
    )


def _counts(loans: pd.DataFrame) -> dict[str, int]:
    return {
        "labelled": int(loans["share"].notna().sum()),
        "without_outcome": int(loans["share"].isna().sum()),
        "negative_shares_clipped": int((loans["raw_share"] < 0).sum()),
        "paid_in_full_with_charge_off_date": int(loans["paid_with_charge_off"].sum()),
        "charged_off_nothing": int((loans["contradicted"] & ~loans["paid_with_charge_off"]).sum()),
    }
