"""A debtor who pays after the night on which it was linked has still paid: labels follow the party to its obligor."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from records.linkage.link import decide
from records.linkage.links import Decision
from records.load import load
from records.snapshot import Snapshot
from scoring.outcomes import outcomes
from tests.linkage.registers import CASE_OF, LATER, NIGHT, firm, linked, organisation, tell, unified
from tests.records.papers import Papers

AS_OF, CUT_OFF = date(2024, 3, 1), date(2026, 1, 1)
CASE = 2 + CASE_OF


@pytest.fixture
def owing(papers: Papers) -> Papers:
    """A firm told of under two numbers; in the case of the second it owes 1,000 and pays 400 in time, 200 later."""
    name = "无锡市宏达建材有限公司"
    tell(papers, firm(1, name, id_number=unified(5)), firm(2, name, id_number=organisation(5)))
    papers.write("titles", {"case_id": CASE, "title_id": 7, "principal": "1000.00"})
    papers.write(
        "payments",
        paid(2, "400.00", "2024-05-01"),
        paid(1, "200.00", "2024-07-20"),  # the court has known it under the obligor's number since the link
    )
    load(papers.store, papers.files, on=date(2025, 1, 1))
    return papers


def paid(party: int, amount: str, day: str) -> dict[str, str | int]:
    return {
        "case_id": CASE,
        "party_id": party,
        "amount": amount,
        "channel": "voluntary",
        "happened_at": day,
        "known_at": day,
    }


def share(
    papers: Papers, party: int, as_of: date = AS_OF, cutoff: date = CUT_OFF
) -> tuple[float, float, bool]:
    asked = pa.table(
        {
            "party_id": pa.array([party], pa.int64()),
            "case_id": pa.array([CASE], pa.int64()),
            "as_of": pa.array([as_of], pa.date32()),
        }
    )
    snapshot = Snapshot.open(papers.publish())
    row = outcomes(snapshot, asked, cutoff=cutoff).to_pylist()[0]
    snapshot.close()
    return row["outstanding"], row["share_12"], row["by_other_12"]


def test_without_a_link_only_what_the_party_itself_paid_counts(owing: Papers) -> None:
    assert share(owing, 2) == (1000.0, 0.4, False)


def test_payments_on_both_sides_of_the_link_are_the_debtor_s_own(owing: Papers) -> None:
    linked(owing)
    assert share(owing, 2) == (1000.0, 0.6, False)


def test_an_obligation_looked_at_after_the_link_is_the_obligor_s(owing: Papers) -> None:
    linked(owing)
    assert share(owing, 1, as_of=NIGHT) == (600.0, pytest.approx(1 / 3), False)


def test_parties_set_apart_again_by_the_cut_off_are_followed_apart(owing: Papers) -> None:
    linked(owing)
    decide(owing.store, 1, 2, decision=Decision.APART, by="judge-3", reason="两家企业", on=LATER)
    assert share(owing, 2) == (1000.0, 0.4, False)


def test_labels_of_a_day_before_the_link_are_as_they_were(owing: Papers) -> None:
    before = share(owing, 2, cutoff=date(2024, 6, 30))
    linked(owing)
    assert share(owing, 2, cutoff=date(2024, 6, 30))[0] == before[0] == 1000.0
