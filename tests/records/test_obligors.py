"""网络查询、冻结规定 Art. 7: the property and spending of strangers is not held, not even as errors."""

from __future__ import annotations

from records.contracts import SOURCE_TABLES, TABLES
from records.obligors import only_of_obligors
from tests.records.papers import CASE, DEBTOR, STRANGER, Papers, balance


def test_a_strangers_deposit_is_refused_and_only_a_count_under_a_mask_remains(court: Papers) -> None:
    court.write("deposits", balance(), balance(party=STRANGER), balance(party=STRANGER, account=2))
    report = court.load()
    assert (report.of("deposits").loaded, report.of("deposits").refused) == (1, 2)
    assert [(each["rule"], each["masked_key"], each["row_count"]) for each in court.store.refusals()] == [
        ("not_an_obligor", "9********", 2)
    ]
    assert court.store.quarantine() == []
    assert {row["party_id"] for row in court.rows("deposits")} == {DEBTOR}


def test_a_strangers_bad_row_does_not_reach_quarantine_either(court: Papers) -> None:
    court.write("deposits", balance(party=STRANGER, amount="x", bank="their bank"))
    report = court.load()
    assert (report.of("deposits").quarantined, report.of("deposits").refused) == (0, 1)
    assert court.store.quarantine() == []


def test_a_bad_row_about_nobody_named_keeps_its_place_but_not_its_content(court: Papers) -> None:
    court.write("deposits", balance(party="", bank="some bank"))
    court.load()
    assert [(each["line"], each["rule"], each["raw"]) for each in court.store.quarantine()] == [
        (2, "required", None)
    ]


def test_parties_other_than_obligors_are_references_only(court: Papers) -> None:
    court.write(
        "parties",
        {"party_id": DEBTOR, "kind": "natural", "name": "张三"},
        {"party_id": STRANGER, "kind": "natural", "name": "王五"},
    )
    assert court.load().of("parties").refused == 1
    assert [row["name"] for row in court.rows("parties")] == ["张三"]


def test_an_obligor_of_a_case_the_court_does_not_have_is_a_stranger(court: Papers) -> None:
    court.write("obligors", {"case_id": 404, "party_id": STRANGER, "role": "principal"})
    court.write("deposits", balance(party=STRANGER))
    assert court.load().of("deposits").refused == 1


def test_an_obligor_of_the_same_load_or_of_an_earlier_one_may_be_recorded(court: Papers) -> None:
    court.load()
    for path in court.files.iterdir():
        path.unlink()
    court.write("deposits", balance())
    assert court.load().of("deposits").loaded == 1


def test_a_debtor_added_by_mistake_and_taken_back_is_a_stranger_again(court: Papers) -> None:
    added = {"case_id": CASE, "party_id": STRANGER, "role": "added"}
    court.write("obligors", added)
    court.load()
    row_id = court.rows("obligors")[0]["row_id"]
    court.write(
        "obligors", added, added | {"corrects_row_id": row_id, "retracted": "true", "known_at": "2024-02-01"}
    )
    court.write("deposits", balance(party=STRANGER))
    assert court.load().of("deposits").refused == 1


def test_every_answer_of_a_source_is_guarded_and_the_courts_own_registers_are_not() -> None:
    guarded = {table.name for table in TABLES.values() if only_of_obligors(table)}
    assert {table.name for table in SOURCE_TABLES} | {"queries", "parties"} == guarded
