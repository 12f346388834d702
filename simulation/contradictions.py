"""Records that contradict each other: what reading twenty portraits line by line brought up, over the whole set."""

from __future__ import annotations

import numpy as np
import pyarrow.parquet as pq

from simulation.calibration import FAR
from simulation.clock import month_of, year_of
from simulation.draws import Array, expanded
from simulation.files import Files

_CENT = 0.011
_LIKE = 5.0
_NAMESAKES = 900_000
_OUTCOMES = {
    "suit": ("open", "won", "lost", "settled"),
    "enforcement": ("open", "performed", "round_terminated", "terminated"),
}
_SCRAPPED_AFTER = 15 * 366
_FIRM_SPENDING = ("utility", "telecom")
_ONLY_PEOPLE = ("housing_fund", "civil_status")


def only_dwelling_of_several(files: Files) -> int:
    """Whoever has two dwellings has no only one."""
    rows = files.read("real_property", "party_id", "thing_id", "use", "sole_dwelling")
    home = (rows["use"] == "dwelling") & (rows["thing_id"] % 10**6 < _NAMESAKES)
    first = np.unique(rows["thing_id"][home], return_index=True)[1]
    owner, sole = rows["party_id"][home][first], rows["sole_dwelling"][home][first].astype(bool)
    party, count = np.unique(owner, return_counts=True)
    return int((sole & (count[np.searchsorted(party, owner)] > 1)).sum())


def vehicles_past_scrapping(files: Files) -> int:
    """No vehicle is on a register fifteen years after it was bought."""
    rows = files.read("vehicles", "acquired_on", "happened_at")
    return int((rows["happened_at"] - rows["acquired_on"] > _SCRAPPED_AFTER).sum())


def secured_above_the_claim(files: Files) -> int:
    """A case freezes, seals and takes at most what it was filed for."""
    deeds = files.read("measures", "case_id", "kind", "amount")
    kinds = np.isin(deeds["kind"], ("freeze", "seal", "deduction"))
    over = np.nan_to_num(deeds["amount"]) > files.claim[files.at(deeds["case_id"])] + 2 * _CENT
    marks = files.read("encumbrances", "holder_case_id", "kind", "secured")
    ours = (marks["holder_case_id"] > 0) & np.isin(marks["kind"], ("seal", "freeze"))
    most = files.claim[files.at(marks["holder_case_id"][ours])]
    return int((kinds & over).sum() + (marks["secured"][ours] > most + 2 * _CENT).sum())


def first_behind_another(files: Files) -> int:
    """A seal is the first only where none of another holder is in force (首封)."""
    marks = _marks(files)
    order = np.lexsort((marks["registered_on"], marks["thing_id"]))
    thing, begin = marks["thing_id"][order], marks["registered_on"][order]
    end, holder, rank = marks["end"][order], marks["holder"][order], marks["rank"][order]
    start = np.searchsorted(thing, thing, side="left")
    row, place = expanded(np.arange(len(thing)) - start)
    other = start[row] + place
    standing = (holder[other] != holder[row]) & (begin[other] < begin[row]) & (end[other] > begin[row])
    return int(((rank[row] == 1) & standing).sum())


def _marks(files: Files) -> dict[str, Array]:
    """Seals and freezes once each, with the day on which they ended."""
    names = (
        "thing_id",
        "holder",
        "holder_case_id",
        "kind",
        "registered_on",
        "expires_on",
        "released_on",
        "rank",
    )
    rows = files.read("encumbrances", *names)
    kept = np.isin(rows["kind"], ("seal", "freeze"))
    rows = {name: value[kept] for name, value in rows.items()}
    case = rows["holder_case_id"]
    holder = np.where(case > 0, files.root(np.where(case > 0, case, files.cases["case_id"][0])), 0)
    order = np.lexsort((rows["released_on"], rows["registered_on"], holder, rows["thing_id"]))
    key = np.stack([rows["thing_id"][order], holder[order], rows["registered_on"][order]])
    first = np.append(True, (np.diff(key, axis=1) != 0).any(axis=0))[: len(order)]
    rows = {name: value[order][first] for name, value in rows.items()}
    rows["holder"] = holder[order][first]
    rows["end"] = np.minimum(rows["released_on"], rows["expires_on"])
    return rows


def seals_out_of_order(files: Files) -> int:
    """Registered, in force, and only then lapsed or lifted."""
    rows = files.read("encumbrances", "registered_on", "effective_on", "expires_on", "released_on")
    wrong = rows["effective_on"] < rows["registered_on"]
    for end in ("expires_on", "released_on"):
        wrong |= rows[end] < rows["effective_on"]
    return int(wrong.sum())


def freezes_of_several_dates(files: Files) -> int:
    """Another court's freeze of an account was registered once, whenever the bank is asked about it."""
    rows = files.read("encumbrances", "thing_id", "on_family", "holder_case_id", "registered_on")
    kept = (rows["on_family"] == "deposits") & (rows["holder_case_id"] == 0)
    pairs = np.unique(np.stack([rows["thing_id"][kept], rows["registered_on"][kept]]), axis=1)
    return int(pairs.shape[1] - len(np.unique(pairs[0])))


def months_told_twice(files: Files) -> int:
    """A month's income, and a month's spending of one kind, is one amount."""
    wrong = 0
    for table, kind in (("income", None), ("consumption", "category")):
        rows = files.read(table, "party_id", "happened_at", *([kind] if kind else []))
        key = rows["party_id"] * 2_000 + month_of(rows["happened_at"])
        if kind:
            key = key * 16 + np.unique(rows[kind].astype(str), return_inverse=True)[1]
        wrong += len(key) - len(np.unique(key))
    return wrong


def salaries_unlike_wages(files: Files) -> int:
    """The salary that reaches an account is like the wage reported for the month (fortunes move between questions)."""
    paid = _by_month(files, "account_flows", "salary", "amount")
    told = _by_month(files, "income", "wage", "monthly_amount")
    _, here, there = np.intersect1d(paid[0], told[0], return_indices=True)
    ratio = paid[1][here] / np.maximum(told[1][there], 1)
    return int(((ratio > _LIKE) | (ratio < 1 / _LIKE)).sum())


def _by_month(files: Files, table: str, kind: str, amount: str) -> tuple[Array, Array]:
    rows = files.read(table, "party_id", "happened_at", "kind", amount)
    kept = rows["kind"] == kind
    key, first = np.unique(
        rows["party_id"][kept] * 2_000 + month_of(rows["happened_at"][kept]), return_index=True
    )
    return key, rows[amount][kept][first]


def firms_of_two_capitals(files: Files) -> int:
    """A firm's capital is the same whoever is asked about it."""
    rows = files.read("registrations", "company_id", "subscribed")
    pairs = np.unique(np.stack([rows["company_id"].astype(float), rows["subscribed"]]), axis=1)
    return int(pairs.shape[1] - len(np.unique(pairs[0])))


def facts_of_another_kind(files: Files) -> int:
    """Firms have no wages, household, housing fund or groceries; people no employees and no founding."""
    table = pq.read_table(
        files.out / "parties.parquet", columns=["party_id", "kind", "sex", "employees", "founded_on"]
    )
    firm = np.asarray(table["kind"].to_pylist(), object) == "organisation"
    sex, staff, founded = (table[name].is_valid().to_numpy() for name in ("sex", "employees", "founded_on"))
    wrong = int((firm & sex).sum() + (~firm & (staff | founded)).sum())
    firms = np.unique(table["party_id"].to_numpy()[firm])
    for name in _ONLY_PEOPLE:
        wrong += int(np.isin(files.read(name, "party_id")["party_id"], firms).sum())
    income = files.read("income", "party_id", "kind")
    wrong += int((np.isin(income["party_id"], firms) & (income["kind"] != "tax")).sum())
    spent = files.read("consumption", "party_id", "category")
    wrong += int((np.isin(spent["party_id"], firms) & ~np.isin(spent["category"], _FIRM_SPENDING)).sum())
    barred = files.read("restricted_consumption", "party_id", "kind")
    private = np.isin(barred["kind"], ("private_school", "insurance_premium"))
    return wrong + int((np.isin(barred["party_id"], firms) & private).sum())


def schools_without_children(files: Files) -> int:
    """Only those who have somebody to support pay a private school."""
    rows = files.read("restricted_consumption", "party_id", "kind")
    home = files.read("civil_status", "party_id", "dependants")
    alone = home["party_id"][home["dependants"] == 0]
    return int(((rows["kind"] == "private_school") & np.isin(rows["party_id"], alone)).sum())


def cases_elsewhere_before_being(files: Files) -> int:
    """No case anywhere against a child, or against a firm before its founding."""
    who = files.read("parties", "party_id", "kind", "birth_year", "founded_on")
    rows = files.read("litigation", "party_id", "from_on")
    key, first = np.unique(who["party_id"], return_index=True)
    place = first[np.searchsorted(key, rows["party_id"])]
    firm = who["kind"][place] == "organisation"
    child = year_of(np.where(rows["from_on"] == FAR, 0, rows["from_on"])) - who["birth_year"][place] < 18
    early = who["founded_on"][place] > rows["from_on"]
    return int((np.where(firm, early, child) & (rows["from_on"] != FAR)).sum())


def outcomes_that_cannot_be(files: Files) -> int:
    """Suits are won, lost or settled; enforcement is performed or terminated, and performed up to its amount."""
    rows = files.read("litigation", "kind", "outcome", "amount", "performed")
    wrong = int((np.nan_to_num(rows["performed"]) > np.nan_to_num(rows["amount"], nan=np.inf) + _CENT).sum())
    for kind, outcomes in _OUTCOMES.items():
        wrong += int(((rows["kind"] == kind) & ~np.isin(rows["outcome"], outcomes)).sum())
    return wrong


def bankrupt_without_a_court(files: Files) -> int:
    """A firm is shown as bankrupt only after a case against it ended for that."""
    rows = files.read("registrations", "company_id", "status", "known_at")
    broke = rows["status"] == "bankrupt"
    ends = files.read("discharges", "case_id", "kind", "happened_at")
    ended = ends["kind"] == "bankruptcy"
    case, day = ends["case_id"][ended], ends["happened_at"][ended]
    suits = files.read("obligors", "case_id", "party_id")
    since = {int(c): int(d) for c, d in zip(case, day, strict=True)}
    mine: dict[int, int] = {}
    hit = np.isin(suits["case_id"], case)
    for number, party in zip(suits["case_id"][hit], suits["party_id"][hit], strict=True):
        mine[int(party)] = min(mine.get(int(party), FAR), since[int(number)])
    told = zip(rows["company_id"][broke], rows["known_at"][broke], strict=True)
    return sum(mine.get(int(company), FAR) > int(known) for company, known in told)


def told_after_the_end(files: Files) -> int:
    """Nobody declares property or points to it in a case that is closed."""
    wrong = 0
    for table in ("declarations", "clues"):
        rows = files.read(table, "case_id", "happened_at")
        wrong += int((rows["happened_at"] > files.cases["closed_on"][files.at(rows["case_id"])]).sum())
    return wrong


def moved_and_still_theirs(files: Files) -> int:
    """What was disposed of is neither shown as the debtor's, nor sealed, nor sold after that day."""
    moved = files.read("transfers", "thing_id", "happened_at")
    thing, first = np.unique(moved["thing_id"], return_index=True)
    if not len(thing):
        return 0
    day, wrong = moved["happened_at"][first], 0
    for table in ("real_property", "vehicles", "equity", "encumbrances", "auctions"):
        rows = files.read(table, "thing_id", "happened_at")
        place = np.searchsorted(thing, rows["thing_id"]).clip(0, len(thing) - 1)
        wrong += int(((thing[place] == rows["thing_id"]) & (rows["happened_at"] >= day[place])).sum())
    return wrong


def worked_on_after_their_end(files: Files) -> int:
    """A sole debtor who died or went bankrupt is in no later case, under no later measure, and soon not asked about."""
    ends = files.read("discharges", "case_id", "kind", "happened_at")
    over = np.isin(ends["kind"], ("bankruptcy", "death_without_estate"))
    rows = files.read("obligors", "case_id", "party_id", "role", "happened_at")
    lead = np.unique(np.stack([rows["case_id"], rows["party_id"]])[:, rows["role"] == "principal"], axis=1)
    case, first, count = np.unique(lead[0], return_index=True, return_counts=True)
    case, party = case[count == 1], lead[1][first][count == 1]
    sole = over & np.isin(ends["case_id"], case)
    gone = party[np.searchsorted(case, ends["case_id"][sole])]
    order = np.argsort(gone, kind="stable")
    gone, day, wrong = gone[order], ends["happened_at"][sole][order], 0
    if not len(gone):
        return 0
    for table, when, grace in (
        ("obligors", "happened_at", 14),
        ("measures", "happened_at", 0),
        ("queries", "asked_at", 30),
    ):
        told = files.read(table, "party_id", when)
        place = np.searchsorted(gone, told["party_id"]).clip(0, len(gone) - 1)
        wrong += int(((gone[place] == told["party_id"]) & (told[when] > day[place] + grace)).sum())
    return wrong


def added_for_want_of_capital(files: Files) -> int:
    """Unpaid capital is a ground for adding a debtor only where a firm is the debtor (Art. 17)."""
    rows = files.read("obligors", "case_id", "party_id", "role", "added_ground")
    who = files.read("parties", "party_id", "kind")
    firms = np.unique(who["party_id"][who["kind"] == "organisation"])
    lead = rows["case_id"][(rows["role"] == "principal") & np.isin(rows["party_id"], firms)]
    capital = np.char.endswith(rows["added_ground"].astype(str), "第十七条")
    return int((capital & ~np.isin(rows["case_id"], lead)).sum())


CONTRADICTIONS = (
    only_dwelling_of_several,
    vehicles_past_scrapping,
    secured_above_the_claim,
    first_behind_another,
    seals_out_of_order,
    freezes_of_several_dates,
    months_told_twice,
    salaries_unlike_wages,
    firms_of_two_capitals,
    facts_of_another_kind,
    schools_without_children,
    cases_elsewhere_before_being,
    outcomes_that_cannot_be,
    bankrupt_without_a_court,
    told_after_the_end,
    moved_and_still_theirs,
    worked_on_after_their_end,
    added_for_want_of_capital,
)
