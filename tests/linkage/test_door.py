"""Linkage at the door: what can be compared is derived before hashing, and nothing else is kept."""

from __future__ import annotations

from tests.records.papers import DEBTOR, GUARANTOR, SECRET, STRANGER, Papers
from vocabulary.identity import citizen_check, key_of

UNIFIED, ORGANISATION, REGISTRATION = "9144030071526726XG", "71526726-X", "440301103448669"
CITIZEN_15 = "320200700101123"
CITIZEN = "32020019700101123" + citizen_check("32020019700101123")


def codes(papers: Papers) -> list[tuple[int, str, int]]:
    rows = papers.store.engine.execute(
        "select p.party_id, c.scheme, c.code from party_codes c join parties p using (row_id) order by all"
    )
    return rows.fetchall()


def firm(party: int, **said: str) -> dict[str, object]:
    return {"party_id": party, "kind": "organisation", **said}


def test_a_unified_code_and_the_organisation_code_inside_it_meet_in_one_key(court: Papers) -> None:
    court.write("parties", firm(DEBTOR, id_number=UNIFIED), firm(GUARANTOR, id_number=ORGANISATION))
    court.load()
    keys = {party: code for party, scheme, code in codes(court) if scheme == "organisation"}
    assert keys[DEBTOR] == keys[GUARANTOR]


def test_a_former_number_meets_the_old_register(court: Papers) -> None:
    court.write(
        "parties",
        firm(DEBTOR, id_number=UNIFIED, former_number=REGISTRATION),
        firm(GUARANTOR, id_number=REGISTRATION),
    )
    court.load()
    keys = {party: code for party, scheme, code in codes(court) if scheme == "registration"}
    assert keys[DEBTOR] == keys[GUARANTOR]


def test_a_citizens_code_is_the_hash_that_the_id_number_has(court: Papers) -> None:
    court.write("parties", {"party_id": DEBTOR, "kind": "natural", "id_number": CITIZEN_15})
    court.load()
    assert codes(court) == [(DEBTOR, "citizen", key_of(SECRET, CITIZEN))]
    assert court.rows("parties")[0]["id_number"] == key_of(SECRET, CITIZEN)


def test_a_party_named_by_its_id_number_can_be_compared_by_it(court: Papers) -> None:
    court.write("obligors", {"case_id": 1001, "party_id": CITIZEN, "role": "principal"})
    court.write("parties", {"party_id": CITIZEN, "kind": "natural"})
    court.load()
    assert codes(court) == [(key_of(SECRET, CITIZEN), "citizen", key_of(SECRET, CITIZEN))]


def test_loading_a_file_again_adds_no_code(court: Papers) -> None:
    court.write("parties", firm(DEBTOR, id_number=UNIFIED, former_number=REGISTRATION))
    court.load()
    before = codes(court)
    court.load()
    assert len(before) == 3
    assert codes(court) == before


def test_of_strangers_and_bad_rows_no_code_is_kept(court: Papers) -> None:
    court.write(
        "parties",
        firm(STRANGER, id_number=UNIFIED),
        firm(DEBTOR, id_number=ORGANISATION, employees="many"),
    )
    court.load()
    assert court.store.engine.execute("select count(*) from party_codes").fetchone() == (0,)


def test_a_placeholder_is_no_code(court: Papers) -> None:
    court.write(
        "parties",
        {"party_id": DEBTOR, "kind": "natural", "id_number": "不详"},
        {"party_id": GUARANTOR, "kind": "natural", "id_number": "不详"},
    )
    court.load()
    assert codes(court) == []


def test_no_number_is_found_anywhere_in_the_store(court: Papers) -> None:
    court.write("parties", firm(DEBTOR, id_number=UNIFIED, former_number=REGISTRATION))
    court.load()
    court.store.engine.execute("checkpoint")
    kept = court.store.path.read_bytes()
    for told in (UNIFIED, ORGANISATION, "71526726X", REGISTRATION):
        assert told.encode() not in kept
