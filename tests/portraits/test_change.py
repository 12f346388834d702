"""What changed between two portraits: the parts add up exactly, and each names its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portraits.change import ORDER, Change, PartOf, Stand, between
from portraits.figures import figures, with_values
from portraits.portrait import assemble
from records.dossier import Dossier
from records.parameters import Parameter, Parameters
from scoring.bundle import Bundle, read
from tests.law.cases import DAY, dossier
from tests.law.ledgers import CLAIM, SURE, edit
from tests.scoring.made_bundle import made_bundle
from vocabulary.dates import months_before

THEN = months_before(DAY, 4)
ASKED = """
queries
receipt_id | family        | source   | asked_at   | answered_at | status | on
501        | deposits      | national | 2025-02-20 | 2025-02-20  | found  | 2025-02-20
502        | real_property | national | 2025-02-20 | 2025-02-20  | empty  | 2025-02-20
503        | income        | national | 2025-02-20 | 2025-02-20  | empty  | 2025-02-20
deposits
account_id | balance | available | receipt_id | on
1          | 8,000   | 8,000     | 501        | 2025-02-20
"""
SINCE = """
queries
receipt_id | family   | source   | asked_at   | answered_at | status | on
601        | vehicles | national | 2025-06-01 | 2025-06-01  | found  | 2025-06-01
vehicles
thing_id | appraised_value | located | receipt_id | on
9        | 60,000          | yes    | 601        | 2025-06-01
payments
case_id | amount | channel   | on
100     | 2,500  | voluntary | 2025-05-11
"""


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> tuple[Bundle, Bundle]:
    """An earlier and a later model."""
    folder = tmp_path_factory.mktemp("bundles")
    return read(made_bundle(folder / "one")), read(made_bundle(folder / "two", seed=2))


def changed(
    text: str,
    bundle: Bundle,
    *,
    first: Bundle | None = None,
    then: date = THEN,
    now: date = DAY,
    law: Parameters | None = None,
) -> Change:
    """The change of a case file between two days; ``first`` is the model of the earlier portrait."""
    before, after = dossier(CLAIM + text, as_of=then), dossier(CLAIM + text, as_of=now)
    return told(before, after, bundle, first=first, law=law)


def told(
    before: Dossier,
    after: Dossier,
    bundle: Bundle,
    *,
    first: Bundle | None = None,
    law: Parameters | None = None,
) -> Change:
    earlier = assemble(before, bundle=first or bundle, snapshot="s", haircuts=SURE)
    later = assemble(after, bundle=bundle, snapshot="s", figures=law, haircuts=SURE)
    return between(
        Stand.of(earlier),
        Stand.of(later),
        before=before,
        after=after,
        bundle=bundle,
        figures=law or figures(),
        haircuts=(SURE, SURE),
    )


def adds_up(change: Change) -> None:
    """Parts add up to the whole, and what each part is made of adds up to the part."""
    points = [part.points for part in change.parts]
    if change.points is None:
        assert set(points) == {None}
    else:
        assert sum(each for each in points if each is not None) == pytest.approx(change.points, abs=1e-9)
    for part in change.parts:
        inside = part.base + sum(move.points for move in part.features)
        assert inside == pytest.approx(part.points or 0.0, abs=1e-9), part.of
        assert part.available.six == _six(move.amounts.six for move in part.money), part.of
    assert _six(part.available.six for part in change.parts) == change.available.six


def _six(several) -> tuple[int, ...]:  # type: ignore[no-untyped-def]
    return tuple(map(sum, zip((0,) * 6, *several, strict=True)))


def test_the_order_is_stated(bundles: tuple[Bundle, Bundle]) -> None:
    change = changed(ASKED + SINCE, bundles[0])
    assert [part.of for part in change.parts] == list(ORDER[:5])
    assert all(part.label.zh and part.means.en for part in ORDER)


def test_nothing_new_under_the_same_model_moves_by_time_alone(bundles: tuple[Bundle, Bundle]) -> None:
    change = changed(ASKED, bundles[0], now=THEN + timedelta(days=20))

    adds_up(change)
    for of in (PartOf.MODEL, PartOf.LAW, PartOf.EXPIRED, PartOf.RECORDS):
        part = change.part(of)
        assert part is not None
        assert (part.points, part.features, part.money, part.rows) == (0.0, (), (), ())


def test_a_vehicle_and_a_payment_found_since_are_new_records(bundles: tuple[Bundle, Bundle]) -> None:
    change = changed(ASKED + SINCE, bundles[0])

    adds_up(change)
    part = change.part(PartOf.RECORDS)
    assert part is not None
    came = {rows.table: len(rows.came) for rows in part.rows}
    assert came == {"queries": 1, "vehicles": 1, "payments": 1}
    assert part.available.year.mid > 0
    vehicle = next(move for move in part.money if move.key.startswith("vehicles"))
    assert next(row.table for row in vehicle.came) == "vehicles"
    assert {row.table for move in part.features for row in move.came} <= {"queries", "vehicles", "payments"}


def test_an_answer_past_its_shelf_life_is_expired_and_names_its_receipt(
    bundles: tuple[Bundle, Bundle],
) -> None:
    """Deposits keep 92 days: answered on 20 February, stale on 30 June. Real property keeps 184."""
    change = changed(ASKED, bundles[0])

    adds_up(change)
    part = change.part(PartOf.EXPIRED)
    assert part is not None
    assert part.expired is not None
    assert set(part.expired) == {"deposits"}
    assert [row.table for row in part.expired["deposits"]] == ["queries"]
    assert part.available.six == (0,) * 6, "money that was counted stays counted"


def test_an_answer_renewed_in_time_does_not_expire(bundles: tuple[Bundle, Bundle]) -> None:
    renewed = """
queries
receipt_id | family   | source   | asked_at   | answered_at | status | on
701        | deposits | national | 2025-05-30 | 2025-05-30  | empty  | 2025-05-30
"""
    part = changed(ASKED + renewed, bundles[0]).part(PartOf.EXPIRED)
    assert part is not None
    assert part.expired == {}


def test_another_model_is_told_apart_from_what_the_records_did(bundles: tuple[Bundle, Bundle]) -> None:
    change = changed(ASKED + SINCE, bundles[1], first=bundles[0])

    adds_up(change)
    model, records = change.part(PartOf.MODEL), change.part(PartOf.RECORDS)
    assert model is not None
    assert records is not None
    assert model.points != 0.0
    assert model.available.six == (0,) * 6
    assert records == changed(ASKED + SINCE, bundles[1]).part(PartOf.RECORDS)


def test_a_figure_of_law_that_came_into_force_is_law_and_not_time(bundles: tuple[Bundle, Bundle]) -> None:
    """The living standard is raised on 1 May: what stays with the debtor grows."""
    old = figures().dated["minimum_living_standard"]
    raised = Parameter("minimum_living_standard", {"default": 2000}, old[-1].unit, "test", date(2025, 5, 1))
    law = with_values(figures(), Parameters("test", {"minimum_living_standard": (*old, raised)}))

    change = changed(ASKED, bundles[0], law=law)
    adds_up(change)
    part = change.part(PartOf.LAW)
    assert part is not None
    assert part.points == 0.0
    living, fee = part.money
    assert (living.key, fee.key) == ("debtor/living", "debtor/fee"), "the fee follows what is taken"
    assert living.amounts.now.mid == -2 * (2000 - 800) * 100, "for the debtor, and one dependant not known of"


def test_an_edit_by_a_judge_is_a_part_of_its_own(bundles: tuple[Bundle, Bundle]) -> None:
    """A judge finds 3,000 yuan on the account where the bank said 8,000."""
    before, after = dossier(CLAIM + ASKED, as_of=THEN), dossier(CLAIM + ASKED, as_of=DAY)
    made = (edit("deposits:1/found", 3000),)
    first = assemble(before, bundle=bundles[0], snapshot="s", haircuts=SURE)
    later = assemble(after, bundle=bundles[0], snapshot="s", haircuts=SURE, edits=made)

    change = between(
        Stand.of(first),
        Stand.of(later),
        before=before,
        after=after,
        bundle=bundles[0],
        figures=figures(),
        haircuts=(SURE, SURE),
        edits=((), made),
    )
    adds_up(change)
    part = change.part(PartOf.EDITS)
    assert part is not None
    assert part.points == 0.0
    assert next(move for move in part.money if move.key == "deposits:1").amounts.now.mid == -5000 * 100
    assert change.part(PartOf.NOT_REPRODUCED) is None


def test_without_a_score_on_either_side_only_the_money_is_split(bundles: tuple[Bundle, Bundle]) -> None:
    change = changed(SINCE + ASKED, bundles[0], then=date(2025, 2, 1))

    assert change.earlier.score is None
    assert change.points is None
    adds_up(change)
    assert change.available.now.mid > 0


def test_a_later_answer_that_cannot_be_reproduced_leaves_a_part_that_says_so(
    bundles: tuple[Bundle, Bundle],
) -> None:
    before, after = dossier(CLAIM + ASKED, as_of=THEN), dossier(CLAIM + ASKED, as_of=DAY)
    earlier, later = (
        assemble(each, bundle=bundles[0], snapshot="s", haircuts=SURE) for each in (before, after)
    )
    assert later.score is not None
    kept = replace(Stand.of(later), score=later.score + 2.0)

    change = between(
        Stand.of(earlier),
        kept,
        before=before,
        after=after,
        bundle=bundles[0],
        figures=figures(),
        haircuts=(SURE, SURE),
    )
    adds_up(change)
    part = change.part(PartOf.NOT_REPRODUCED)
    assert part is not None
    assert part.points == pytest.approx(2.0)


def test_two_debtors_or_a_turned_order_are_refused(bundles: tuple[Bundle, Bundle]) -> None:
    with pytest.raises(ValueError, match="earlier to a later"):
        changed(ASKED, bundles[0], then=DAY, now=THEN)


DAYS = st.dates(date(2024, 6, 1), date(2025, 12, 31))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.tuples(DAYS, DAYS),
    balances=st.lists(st.tuples(st.integers(0, 90_000), DAYS, st.sampled_from("123")), max_size=4),
    answers=st.lists(
        st.tuples(
            st.sampled_from(("deposits", "vehicles", "income", "real_property")),
            DAYS,
            st.sampled_from(("found", "empty", "failed")),
        ),
        max_size=6,
    ),
    paid=st.lists(st.tuples(st.integers(1, 40_000), DAYS), max_size=3),
    other_model=st.booleans(),
)
def test_whatever_happened_in_between_the_parts_add_up(
    bundles: tuple[Bundle, Bundle],
    days: tuple[date, date],
    balances: list[tuple[int, date, str]],
    answers: list[tuple[str, date, str]],
    paid: list[tuple[int, date]],
    other_model: bool,
) -> None:
    text = ASKED
    for amount, on, account in balances:
        text += f"\ndeposits\naccount_id | balance | available | on\n{account} | {amount} | {amount} | {on}"
    for number, (family, on, status) in enumerate(answers):
        text += (
            "\nqueries\nreceipt_id | family | source | asked_at | answered_at | status | on"
            f"\n{800 + number} | {family} | national | {on} | {on} | {status} | {on}"
        )
    for amount, on in paid:
        text += f"\npayments\ncase_id | amount | channel | on\n100 | {amount} | voluntary | {on}"
    then, now = sorted(days)

    change = changed(text, bundles[1], first=bundles[0] if other_model else bundles[1], then=then, now=now)
    adds_up(change)
    assert change.part(PartOf.NOT_REPRODUCED) is None
