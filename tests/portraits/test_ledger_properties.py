"""What holds of every ledger and of every sharing, whatever the records say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portraits.figures import figures
from portraits.law.rule import Cited
from portraits.ledger import Ledger, Step, capacity
from portraits.ledger.lines import Pot, added
from portraits.ledger.seals import Lien
from portraits.promises import EstatePot, Member, Obligation, Promises, group, promise
from portraits.promises.order import Regime, tiers
from records.contracts import TABLES
from records.dossier import Dossier
from scoring.haircuts import fit_haircuts
from vocabulary.text import Text

DAY = date(2025, 6, 30)
FIGURES = figures()
HAIRCUTS = fit_haircuts([], fitted_on=DAY)
DAYS = st.integers(0, 1500).map(lambda back: DAY - timedelta(days=back))
YUAN = st.one_of(st.just(0), st.integers(1, 10**9))
MAYBE_DAY = st.one_of(st.none(), DAYS)


def rows(table: str, **columns: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of a table about debtor 1, columns not named missing."""
    empty = {column.name: None for column in TABLES[table].columns}
    drawn = st.fixed_dictionaries({"happened_at": DAYS, **columns})
    full = drawn.map(
        lambda row: {**empty, "party_id": 1, "case_id": 100, **row, "known_at": row["happened_at"]}
    )
    return st.lists(full, max_size=4)


THINGS = st.integers(1, 4)
SHARES = st.one_of(st.none(), st.sampled_from([0.25, 0.5, 1.0]))
FORMS = st.sampled_from([None, "sole", "spousal", "joint", "by_shares"])
PARTY = st.fixed_dictionaries(
    {
        "deposits": rows(
            "deposits",
            account_id=THINGS,
            balance=YUAN,
            available=YUAN,
            nature=st.sampled_from([None, "ordinary", "payroll", "escrow", "relief"]),
        ),
        "insurance": rows("insurance", holding_id=THINGS, value=YUAN, cash_value=st.one_of(st.none(), YUAN)),
        "wealth_products": rows(
            "wealth_products",
            holding_id=THINGS,
            value=YUAN,
            cash_value=st.one_of(st.none(), YUAN),
            rule=st.sampled_from([None, "free", "term", "restricted"]),
        ),
        "real_property": rows(
            "real_property",
            thing_id=THINGS,
            appraised_value=st.one_of(st.none(), YUAN),
            share=SHARES,
            co_ownership=FORMS,
            use=st.sampled_from([None, "dwelling", "commercial"]),
            sole_dwelling=st.sampled_from([None, True, False]),
            transferred_on=MAYBE_DAY,
        ),
        "vehicles": rows(
            "vehicles",
            thing_id=THINGS,
            appraised_value=YUAN,
            share=SHARES,
            located=st.sampled_from([None, True, False]),
        ),
        "income": rows(
            "income", kind=st.sampled_from(["wage", "pension", "dividend", "tax"]), monthly_amount=YUAN
        ),
        "civil_status": rows("civil_status", dependants=st.one_of(st.none(), st.integers(0, 5))),
        "encumbrances": rows(
            "encumbrances",
            thing_id=THINGS,
            on_family=st.sampled_from(["real_property", "vehicles", "deposits", "insurance"]),
            kind=st.sampled_from(["mortgage", "pledge", "seal", "freeze"]),
            holder=st.sampled_from(["a", "b"]),
            holder_case_id=st.sampled_from([None, 100, 200, 300]),
            secured=st.one_of(st.none(), YUAN),
            effective_on=MAYBE_DAY,
            expires_on=MAYBE_DAY,
            rank=st.one_of(st.none(), st.integers(1, 3)),
            preservation=st.booleans(),
        ),
    }
)
CASE = st.fixed_dictionaries(
    {
        "titles": rows(
            "titles",
            title_id=st.integers(1, 2),
            principal=YUAN,
            general_interest=YUAN,
            performance_deadline=MAYBE_DAY,
        ),
        "payments": rows("payments", amount=YUAN),
    }
)


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    number = 0
    owners = []
    for tables in (draw(PARTY), draw(CASE)):
        for table in tables.values():
            for row in table:
                number += 1
                row["row_id"] = number
        owners.append(tables)
    return Dossier.assemble(party_id=1, case_id=100, as_of=DAY, party=owners[0], case=owners[1])


def told(dossier: Dossier) -> Ledger:
    return capacity(dossier, figures=FIGURES, haircuts=HAIRCUTS)


@given(dossiers())
def test_the_lines_add_up_to_what_is_available_of_every_asset_and_of_the_debtor(dossier: Dossier) -> None:
    ledger = told(dossier)

    for asset in ledger.assets:
        assert added(line.amounts for line in asset.lines) == asset.available
    assert added(line.amounts for line in ledger.lines) == ledger.available


@given(dossiers())
def test_never_below_zero_never_above_the_claim_and_the_readings_keep_their_order(dossier: Dossier) -> None:
    ledger = told(dossier)
    now, year = ledger.available.now, ledger.available.year

    assert 0 <= now.low <= now.mid <= now.high
    assert 0 <= year.low <= year.mid <= year.high
    assert all(part <= most for part, most in zip(ledger.available.six, ledger.owed.six, strict=True))
    assert all(
        late >= soon for soon, late in zip(ledger.available.six[:3], ledger.available.six[3:], strict=True)
    )
    for asset in ledger.assets:
        assert min(asset.available.six) >= 0


@given(dossiers())
def test_every_line_names_its_rule_and_cites_rows_of_the_dossier(dossier: Dossier) -> None:
    held = {
        (table, row["row_id"])
        for owner in (dossier.party, dossier.case)
        for table, each in owner.items()
        for row in each
    }

    for line in told(dossier).lines:
        assert line.rule.article
        assert {(row.table, row.row_id) for row in line.rows} <= held
        assert line.why.zh
        assert line.step is not Step.FOUND or line.rows


@given(dossiers())
def test_the_ledger_is_a_function_of_the_dossier_alone(dossier: Dossier) -> None:
    assert told(dossier) == told(replace(dossier))


LIENS = st.lists(
    st.builds(
        Lien,
        security=st.booleans(),
        case_id=st.sampled_from([None, 1, 2, 3, 9]),
        holder=st.just(""),
        amount=st.one_of(st.none(), st.integers(0, 10**7)),
        since=MAYBE_DAY,
        rank=st.none(),
        preservation=st.booleans(),
        ends=st.none(),
        rows=st.integers(1, 10**6).map(lambda number: (Cited("encumbrances", number),)),
    ),
    max_size=6,
)
SIX = st.lists(st.integers(0, 10**7), min_size=6, max_size=6).map(tuple)
POTS = st.lists(
    st.builds(
        Pot,
        price=SIX,
        exempt=SIX,
        chance=st.lists(st.floats(0, 1), min_size=6, max_size=6).map(tuple),
        burden=st.just((1.0,) * 6),
        liens=LIENS,
    ),
    max_size=4,
).map(lambda pots: [EstatePot(f"pot {place}", Text("", ""), pot) for place, pot in enumerate(pots)])
ASKED = st.lists(
    st.builds(
        Obligation,
        case_id=st.integers(1, 5),
        owed=SIX,
        title_id=st.sampled_from([None, 7, 8]),
        applied=st.sampled_from([None, True, False]),
        fee=st.integers(0, 10**4),
    ),
    max_size=5,
    unique_by=lambda each: each.case_id,
)


@given(POTS, ASKED, st.booleans())
def test_capacity_is_spent_once(pots: list[EstatePot], asked: list[Obligation], firm: bool) -> None:
    shared: Promises = promise(pots, asked, firm=firm)
    spent = added([shared.promised, shared.reserved, shared.fees, shared.left])

    assert spent == shared.capacity
    assert added(share.amounts for share in shared.shares) == shared.promised
    for each in asked:
        part = shared.by_case[each.case_id]
        assert all(0 <= given <= most for given, most in zip(part.amounts.six, each.owed, strict=True))
        assert part.least[1] <= part.amounts.year.mid <= part.most[1]


@given(POTS, ASKED, st.booleans())
def test_never_a_later_place_before_an_earlier_one_and_no_ordinary_creditor_before_a_mortgage(
    pots: list[EstatePot], asked: list[Obligation], firm: bool
) -> None:
    """One asset alone, nothing of it exempt: who is in an earlier tier has all they can ask for before a later one."""
    for full in pots[:1]:
        pot = replace(full, pot=replace(full.pot, exempt=(0,) * 6))
        shared = promise([pot], asked, firm=firm)
        known = {each.case_id: each for each in asked}
        line = tiers(pot.pot.liens, known, shared.regime)
        paid = {case: part.amounts.six[4] for case, part in shared.by_case.items()}
        last = max(
            (n for n, tier in enumerate(line) if any(paid.get(one.case_id) for one in tier.claimants)),
            default=-1,
        )
        _earlier_are_satisfied(line, last, known, paid, pot)
        _mortgages_stand_before_younger_seals(line, pot, shared.regime)


def _earlier_are_satisfied(
    line: list[Any], last: int, known: dict[int, Obligation], paid: dict[int, int], pot: EstatePot
) -> None:
    first_of = {one.case_id: n for n, tier in reversed(list(enumerate(line))) for one in tier.claimants}
    for place, tier in enumerate(line[:last]):
        for one in (one for one in tier.claimants if first_of[one.case_id] == place):
            later = [case for case, amount in paid.items() if amount and first_of[case] > place]
            if not one.outside and later:
                most = known[one.case_id].owed[4]
                cap = most if one.most is None else min(most, int(one.most * pot.pot.chance[4]))
                assert paid[one.case_id] >= cap


def _mortgages_stand_before_younger_seals(line: list[Any], pot: EstatePot, regime: Regime) -> None:
    places = {id(tier): n for n, tier in enumerate(line)}
    securities = [lien for lien in pot.pot.liens if lien.security and lien.since is not None]
    oldest = min((lien.since for lien in pot.pot.liens if not lien.security and lien.since), default=None)
    for lien in securities:
        if oldest is None or (lien.since is not None and lien.since <= oldest):
            mine = min(
                places[id(tier)]
                for tier in line
                if tier.security and any(one.most == lien.amount for one in tier.claimants)
            )
            ordinary = [places[id(tier)] for tier in line if not tier.security]
            assert all(mine < place for place in ordinary), regime


@given(
    SIX,
    st.lists(
        st.builds(
            Member,
            party_id=st.integers(1, 99),
            role=st.sampled_from(["principal", "added", "joint_guarantor", "general_guarantor"]),
            capacity=SIX,
            cap=st.one_of(st.none(), st.integers(0, 10**7)),
            order=st.one_of(st.none(), st.integers(1, 3)),
        ),
        max_size=5,
    ),
    st.sampled_from(["together", "principal_first"]),
)
def test_over_a_group_no_more_than_the_claim_and_nobody_above_cap_or_means(
    claim: Any, members: list[Member], policy: Any
) -> None:
    shares = group(claim, members, policy=policy)

    for place in range(6):
        assert sum(share.amounts.six[place] for share in shares) <= claim[place]
        for member, share in zip(members, shares, strict=True):
            assert 0 <= share.amounts.six[place] <= member.capacity[place]
            assert member.cap is None or share.amounts.six[place] <= member.cap
