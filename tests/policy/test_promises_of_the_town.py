"""What debtors of the town promise: once over all their cases, and together no more than the claim they share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from portraits.claim import claim_of
from portraits.ledger.lines import added
from portraits.portrait import Portrait, assemble
from portraits.promises import around
from records.dossier import Dossier
from records.snapshot import Snapshot
from scoring.bundle import Bundle
from scoring.shelf import Shelf
from serving.holdings import Held, Holdings
from tests.serving.town import Town, town

__all__ = ["town"]

# Obligations sixty days after filing, of debtors with another case open then, or with others beside them.
_SHARED = """
    WITH o AS (
        SELECT b.party_id, b.case_id, min(c.filed_on) + 60 AS day, min(c.filed_on) AS filed_on,
            coalesce(max(c.closed_on), '2099-01-01') AS ends
        FROM obligors b JOIN cases c USING (case_id) WHERE c.kind <> 'preservation' GROUP BY ALL)
    SELECT a.party_id, a.case_id, a.day FROM o a WHERE a.ends > a.day AND (
        (SELECT count(*) FROM o x WHERE x.party_id = a.party_id AND x.case_id <> a.case_id
            AND x.filed_on + 30 < a.day AND x.ends > a.day) > 0
        OR (SELECT count(DISTINCT x.party_id) FROM o x WHERE x.case_id = a.case_id) > 1)
    ORDER BY 1, 2 LIMIT 80"""


@pytest.fixture(scope="module")
def held(town: Town) -> Held:
    return Holdings(town.root / "snapshots").current()


@pytest.fixture(scope="module")
def bundle(town: Town) -> Bundle:
    return Shelf(town.root / "shelf").champion()


@pytest.fixture(scope="module")
def dossiers(town: Town, held: Held) -> tuple[Dossier, ...]:
    snapshot = Snapshot.current(town.root / "snapshots")
    asked = snapshot.query(_SHARED).to_pylist()
    snapshot.close()
    found = [held.fetch(row["party_id"], row["case_id"], row["day"]) for row in asked]
    return tuple(each for each in found if each.rows("obligors") and each.rows("cases", "case"))


@pytest.fixture(scope="module")
def portraits(dossiers: tuple[Dossier, ...], held: Held, bundle: Bundle) -> tuple[Portrait, ...]:
    return tuple(_told(each, held, bundle) for each in dossiers)


def _told(dossier: Dossier, held: Held, bundle: Bundle) -> Portrait:
    return assemble(
        dossier,
        bundle=bundle,
        snapshot=held.digest,
        haircuts=held.haircuts(dossier.as_of),
        near=around(dossier, held.fetch),
    )


def test_a_debtors_cases_are_promised_no_more_than_the_capacity(portraits: tuple[Portrait, ...]) -> None:
    several = 0
    for portrait in portraits:
        assert portrait.spending is not None
        for means in (portrait.spending.means, *portrait.spending.others):
            told = means.promises
            assert added([told.promised, told.reserved, told.fees, told.left]) == told.capacity
            assert added(case.promised.amounts for case in means.cases) == told.promised
            for case in means.cases:
                assert case.promised.least[1] <= case.promised.amounts.year.mid <= case.promised.most[1]
                for part, owed in zip(case.promised.amounts.six, case.owed.six, strict=True):
                    assert part <= owed
            several += len(means.cases) > 1
    assert several > 0


def test_all_cases_of_a_debtor_share_the_same_property(
    held: Held, bundle: Bundle, portraits: tuple[Portrait, ...]
) -> None:
    """Whichever of their cases asks, a debtor has the same property to share among the same open cases."""
    compared = 0
    for portrait in portraits:
        assert portrait.spending is not None
        means = portrait.spending.means
        for case in means.cases[1:]:
            other = _told(held.fetch(means.party_id, case.case_id, portrait.as_of), held, bundle)
            assert other.spending is not None
            theirs = {each.case_id for each in other.spending.means.cases if each.owed.year.mid}
            assert theirs == {each.case_id for each in means.cases if each.owed.year.mid}
            for place in (0, 1, 3, 4):
                one, two = (told.promises.capacity.six[place] for told in (means, other.spending.means))
                assert one == two
            compared += 1
    assert compared > 0


def test_the_debtors_of_a_claim_are_expected_to_bring_no_more_than_the_claim(
    held: Held, bundle: Bundle, dossiers: tuple[Dossier, ...], portraits: tuple[Portrait, ...]
) -> None:
    joint = 0
    for dossier, portrait in zip(dossiers, portraits, strict=True):
        spending = portrait.spending
        assert spending is not None
        shares = added(each.share.amounts for each in spending.group)
        assert all(part <= most for part, most in zip(shares.six, spending.claim.six, strict=True))
        if not spending.group:
            continue
        ids = [each.party_id for each in spending.group]
        every = [_told(held.fetch(party, dossier.case_id, dossier.as_of), held, bundle) for party in ids]
        lacks = claim_of(dossier).case_owed / 100
        for name in ("expected_money", "expected_cautious"):
            assert sum(getattr(each, name) or 0 for each in every) <= lacks + 0.005 * len(every)
        joint += 1
    assert joint > 0


def test_expected_money_is_never_above_outstanding_times_share_and_says_what_took_the_rest(
    portraits: tuple[Portrait, ...],
) -> None:
    cut = 0
    for portrait in portraits:
        told = portrait.expected
        if told is None or portrait.score is None:
            assert portrait.expected_money is None
            continue
        assert portrait.expected_money == told.money / 100
        assert told.alone == round(portrait.claim.owed * portrait.score / 100)
        assert min(told.spent, told.joint, told.money) >= 0
        assert portrait.expected_cautious is not None
        cut += bool(told.spent or told.joint)
    assert cut > 0


def test_rows_known_later_in_other_cases_and_of_other_debtors_change_no_promise(
    held: Held, bundle: Bundle, dossiers: tuple[Dossier, ...], portraits: tuple[Portrait, ...]
) -> None:
    def later(party_id: int, case_id: int, as_of: date) -> Dossier:
        return _with_late_rows(held.fetch(party_id, case_id, as_of))

    for dossier, portrait in list(zip(dossiers, portraits, strict=True))[::4]:
        again = assemble(
            _with_late_rows(dossier),
            bundle=bundle,
            snapshot=held.digest,
            haircuts=held.haircuts(dossier.as_of),
            near=around(dossier, later),
        )
        assert again == portrait


def _with_late_rows(dossier: Dossier) -> Dossier:
    """The dossier from a store that has since learned of every row once more."""

    def twice(rows: tuple) -> Iterator[dict]:  # type: ignore[type-arg]
        for row in rows:
            yield row
            yield {**row, "row_id": row["row_id"] + 1, "known_at": dossier.as_of + timedelta(days=1)}

    return Dossier.assemble(
        party_id=dossier.party_id,
        case_id=dossier.case_id,
        as_of=dossier.as_of,
        party={name: tuple(twice(rows)) for name, rows in dossier.party.items()},
        case={name: tuple(twice(rows)) for name, rows in dossier.case.items()},
    )
