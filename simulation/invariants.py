"""Facts that cannot be: what must never be found in the records of a synthetic court, checked over the whole set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from records.contracts import TABLES
from simulation.calibration import plain
from simulation.clock import LAST_DAY, year_of
from simulation.contradictions import CONTRADICTIONS
from simulation.draws import Array
from simulation.files import Files

PROPERTY = (
    "deposits",
    "securities",
    "wealth_products",
    "insurance",
    "housing_fund",
    "platform_balances",
    "real_property",
    "vehicles",
    "equity",
    "income",
    "registrations",
    "civil_status",
    "transfers",
    "litigation",
)
_CENT = 0.011


def broken(out: Path) -> dict[str, int]:
    """How many rows break each invariant; every number should be 0."""
    files = Files(out)
    return {check.__name__.strip("_"): int(check(files)) for check in INVARIANTS}


def known_before_it_happened(files: Files) -> int:
    """A fact is learned on its day or later, and by the data's end."""
    total = 0
    for name in TABLES:
        rows = pq.read_table(files.out / f"{name}.parquet", columns=["happened_at", "known_at"])
        happened, known = plain(rows["happened_at"]), plain(rows["known_at"])
        total += int(((happened > known) | (known > LAST_DAY)).sum())
    return total


def found_without_rows_or_rows_without_found(files: Files) -> int:
    """A receipt is found if and only if it brought rows of its family."""
    rows = files.read("queries", "receipt_id", "family", "status", "source")
    asked = ~np.isin(rows["source"], ("declared", "clue"))
    rows = {name: value[asked] for name, value in rows.items()}
    wrong = 0
    for family in PROPERTY:
        mine = rows["family"] == family
        found = rows["receipt_id"][mine & (rows["status"] == "found")]
        others = rows["receipt_id"][mine & np.isin(rows["status"], ("empty", "failed", "refused"))]
        held = np.unique(files.read(family, "receipt_id")["receipt_id"])
        wrong += len(np.setxor1d(np.unique(found), held)) + int(np.isin(others, held).sum())
    return wrong


def paid_more_than_owed(files: Files) -> int:
    """Payments of a case add up to its claim at most."""
    total = np.zeros(len(files.claim))
    np.add.at(total, files.at(files.payments["case_id"]), files.payments["amount"])
    return int((total > files.claim + _CENT).sum())


def paid_out_of_time(files: Files) -> int:
    """No money is credited before the case is filed, or after it was performed."""
    place = files.at(files.payments["case_id"])
    early = files.payments["happened_at"] < files.cases["filed_on"][place]
    over = (files.cases["closing_mode"] == "performed") & (
        np.isin(files.cases["case_id"], files.cases["predecessor_case_id"], invert=True)
    )
    late = (
        over[place]
        & (files.payments["happened_at"] > files.cases["closed_on"][place])
        & ~_misreported(files)[place]
    )
    return int((early | late).sum())


def _misreported(files: Files) -> Array:
    """Cases reported as performed although money was still owed: labels of bad quality, on purpose."""
    total = np.zeros(len(files.claim))
    in_time = files.payments["happened_at"] <= files.cases["closed_on"][files.at(files.payments["case_id"])]
    np.add.at(total, files.at(files.payments["case_id"][in_time]), files.payments["amount"][in_time])
    return total < files.claim - 1


def asked_before_owing(files: Files) -> int:
    """Nobody is asked about before being a debtor of a case (online query provisions, Art. 7)."""
    rows = files.read("obligors", "party_id", "known_at")
    order = np.lexsort((rows["known_at"], rows["party_id"]))
    party, first = np.unique(rows["party_id"][order], return_index=True)
    since = rows["known_at"][order][first]
    asked = files.read("queries", "party_id", "asked_at")
    place = np.searchsorted(party, asked["party_id"]).clip(0, len(party) - 1)
    known = (party[place] == asked["party_id"]) & (since[place] <= asked["asked_at"])
    return int((~known).sum())


def paid_by_a_stranger(files: Files) -> int:
    """Whoever pays is a debtor of the case."""
    rows = files.read("obligors", "case_id", "party_id")
    known = np.unique(_pair(rows["case_id"], rows["party_id"]))
    return int((~np.isin(_pair(files.payments["case_id"], files.payments["party_id"]), known)).sum())


def sealed_before_it_was_theirs(files: Files) -> int:
    """No seal or mortgage lies on a thing before the debtor acquired it."""
    seals = files.read("encumbrances", "thing_id", "registered_on")
    wrong = 0
    for family in ("real_property", "vehicles", "equity"):
        things = files.read(family, "thing_id", "acquired_on")
        key, first = np.unique(things["thing_id"], return_index=True)
        place = np.searchsorted(key, seals["thing_id"]).clip(0, max(len(key) - 1, 0))
        if len(key):
            mine = key[place] == seals["thing_id"]
            wrong += int((mine & (seals["registered_on"] < things["acquired_on"][first][place])).sum())
    return wrong


def sealed_before_it_was_known(files: Files) -> int:
    """The court seals only what a source has told it of."""
    seals = files.read("encumbrances", "thing_id", "known_at", "holder_case_id", "on_family", "kind")
    ours = (seals["holder_case_id"] > 0) & np.isin(seals["kind"], ("seal", "freeze"))
    wrong = 0
    for family in ("real_property", "vehicles", "equity"):
        rows = files.read(family, "thing_id", "known_at")
        order = np.lexsort((rows["known_at"], rows["thing_id"]))
        thing, day = rows["thing_id"][order], rows["known_at"][order]
        mine = ours & (seals["on_family"] == family)
        place = np.searchsorted(thing, seals["thing_id"][mine]).clip(0, max(len(thing) - 1, 0))
        told = (thing[place] == seals["thing_id"][mine]) & (day[place] <= seals["known_at"][mine])
        wrong += int((~told).sum())
    return wrong


def things_of_the_unborn(files: Files) -> int:
    """Nobody heads, runs or holds a firm before 18, or owes as a child."""
    parties = files.read("parties", "party_id", "birth_year", "kind")
    key, first = np.unique(parties["party_id"], return_index=True)
    born = parties["birth_year"][first]
    rows = files.read("registrations", "party_id", "happened_at", "role")
    mine = np.isin(rows["role"], ("legal_representative", "director", "shareholder", "supervisor"))
    year = year_of(rows["happened_at"][mine])
    child = year - born[np.searchsorted(key, rows["party_id"][mine])] < 18
    suits = files.read("obligors", "party_id", "case_id")
    titles = files.read("titles", "case_id", "sued_on")
    case, place = np.unique(titles["case_id"], return_index=True)
    sued = year_of(titles["sued_on"][place])[np.searchsorted(case, suits["case_id"]).clip(0, len(case) - 1)]
    minor = sued - born[np.searchsorted(key, suits["party_id"])] < 17
    return int(child.sum() + minor.sum())


def firms_sued_before_founding(files: Files) -> int:
    """A firm exists when it is sued."""
    parties = files.read("parties", "party_id", "founded_on", "kind")
    key, first = np.unique(parties["party_id"], return_index=True)
    firm = parties["kind"][first] == "organisation"
    suits = files.read("obligors", "party_id", "case_id")
    titles = files.read("titles", "case_id", "sued_on")
    case, place = np.unique(titles["case_id"], return_index=True)
    sued = titles["sued_on"][place][np.searchsorted(case, suits["case_id"]).clip(0, len(case) - 1)]
    who = np.searchsorted(key, suits["party_id"])
    return int((firm[who] & (parties["founded_on"][first][who] > sued)).sum())


def titles_out_of_order(files: Files) -> int:
    """Suit, title, deadline, filing: in that order."""
    rows = files.read("titles", "case_id", "sued_on", "effective_on", "performance_deadline")
    filed = files.cases["filed_on"][files.at(rows["case_id"])]
    right = (rows["sued_on"] < rows["effective_on"]) & (rows["effective_on"] < rows["performance_deadline"])
    return int((~(right & (rows["performance_deadline"] < filed))).sum())


def measures_out_of_time(files: Files) -> int:
    """No measure before filing or after full performance."""
    rows = files.read("measures", "case_id", "happened_at")
    place = files.at(rows["case_id"])
    over = (files.cases["closing_mode"] == "performed") & ~_misreported(files)
    late = over[place] & (rows["happened_at"] > files.cases["closed_on"][place])
    return int(((rows["happened_at"] < files.cases["filed_on"][place]) | late).sum())


def closed_before_filed(files: Files) -> int:
    """A case closes after it was filed."""
    return int((files.cases["closed_on"] < files.cases["filed_on"]).sum())


def resumed_from_nowhere(files: Files) -> int:
    """A resumed case follows one that was closed before."""
    back = files.cases["kind"] == "resumed"
    before = files.cases["predecessor_case_id"][back]
    place = files.at(before).clip(0, len(back) - 1)
    right = (files.cases["case_id"][place] == before) & (
        files.cases["closed_on"][place] < files.cases["filed_on"][back]
    )
    return int((~right).sum())


def sold_below_the_opening(files: Files) -> int:
    """A lot sells at its opening price or above; the first opening is seven tenths of the appraisal at least."""
    rows = files.read("auctions", "round", "sold", "start_price", "sold_price", "appraised_value")
    cheap = rows["sold"].astype(bool) & (rows["sold_price"] < rows["start_price"] - _CENT)
    low = (rows["round"] == 1) & (rows["start_price"] < 0.7 * rows["appraised_value"] - 0.02)
    return int((cheap | low).sum())


def sold_twice(files: Files) -> int:
    """A thing sells once, and no register shows it as the debtor's after that."""
    rows = files.read("auctions", "thing_id", "sold", "happened_at")
    sold = rows["sold"].astype(bool)
    thing, first, count = np.unique(rows["thing_id"][sold], return_index=True, return_counts=True)
    day = rows["happened_at"][sold][first] if len(thing) else np.zeros(0)
    wrong = int((count > 1).sum())
    for family in ("real_property", "vehicles", "equity"):
        shown = files.read(family, "thing_id", "happened_at")
        if len(thing):
            place = np.searchsorted(thing, shown["thing_id"]).clip(0, len(thing) - 1)
            wrong += int(
                ((thing[place] == shown["thing_id"]) & (shown["happened_at"] > day[place] + 1)).sum()
            )
    return wrong


def offered_without_a_seal(files: Files) -> int:
    """A lot was sealed by the case, or one that it resumes, before it is offered."""
    rows = files.read("auctions", "thing_id", "case_id", "happened_at")
    seals = files.read("encumbrances", "thing_id", "holder_case_id", "registered_on")
    ours = seals["holder_case_id"] > 0
    seals = {name: value[ours] for name, value in seals.items()}
    key = _pair(files.root(seals["holder_case_id"]), seals["thing_id"])
    order = np.lexsort((seals["registered_on"], key))
    key, day = key[order], seals["registered_on"][order]
    wanted = _pair(files.root(rows["case_id"]), rows["thing_id"])
    place = np.searchsorted(key, wanted).clip(0, max(len(key) - 1, 0))
    if not len(key):
        return len(wanted)
    return int((~((key[place] == wanted) & (day[place] < rows["happened_at"]))).sum())


def more_dependants_than_people(files: Files) -> int:
    """A household holds the debtor and all dependants."""
    rows = files.read("civil_status", "dependants", "household")
    return int((rows["dependants"] + 1 > rows["household"]).sum())


def undervalue_to_strangers(files: Files) -> int:
    """Half a value or less is taken by kin and linked firms only; nothing is sold before it was acquired."""
    rows = files.read("transfers", "price", "appraised_value", "relation")
    return int(((rows["relation"] == "none") & (rows["price"] < 0.5 * rows["appraised_value"])).sum())


def available_above_balance(files: Files) -> int:
    """What may be taken from an account is in it."""
    rows = files.read("deposits", "balance", "available")
    return int((rows["available"] > rows["balance"] + _CENT).sum())


def _pair(first: Array, second: Array) -> Array:
    """One number for two references (they are below 10^14, and their low ten digits tell them apart in a block)."""
    mixed: Any = (first.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) ^ second.astype(np.uint64)
    return np.asarray(mixed)


INVARIANTS: tuple[Callable[[Files], int], ...] = (
    known_before_it_happened,
    found_without_rows_or_rows_without_found,
    paid_more_than_owed,
    paid_out_of_time,
    asked_before_owing,
    paid_by_a_stranger,
    sealed_before_it_was_theirs,
    sealed_before_it_was_known,
    things_of_the_unborn,
    firms_sued_before_founding,
    titles_out_of_order,
    measures_out_of_time,
    closed_before_filed,
    resumed_from_nowhere,
    sold_below_the_opening,
    sold_twice,
    offered_without_a_seal,
    more_dependants_than_people,
    undervalue_to_strangers,
    available_above_balance,
    *CONTRADICTIONS,
)
