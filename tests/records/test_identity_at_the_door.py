"""ID numbers at the door: one person, one key, whatever form the number has; the number itself is never kept."""

from __future__ import annotations

from tests.records.papers import CASE, SECRET, Papers, balance
from vocabulary.identity import citizen_check, key_of

OLD = "320106900307663"
NEW = "32010619900307663" + citizen_check("32010619900307663")
FIRM = "91320200MA1MCT3N8H"


def test_a_number_of_15_digits_and_its_form_of_18_give_one_key(court: Papers) -> None:
    court.write(
        "obligors",
        {"case_id": CASE, "party_id": OLD, "role": "principal"},
        {"case_id": CASE, "party_id": f" {NEW.lower()} ", "role": "joint_guarantor"},
    )
    court.write("deposits", balance(party=NEW), balance(party=OLD, account=2))
    assert court.load().of("deposits").loaded == 2
    assert {row["party_id"] for row in court.rows("obligors")} == {key_of(SECRET, NEW)}
    assert {row["party_id"] for row in court.rows("deposits")} == {key_of(SECRET, OLD)}


def test_no_id_number_is_found_anywhere_in_the_store(court: Papers) -> None:
    court.write(
        "obligors",
        {"case_id": CASE, "party_id": NEW, "role": "principal"},
        {"case_id": CASE, "party_id": FIRM, "role": "principal"},
    )
    court.write(
        "parties",
        {"party_id": NEW, "kind": "natural", "id_number": NEW},
        {"party_id": FIRM, "kind": "company", "id_number": FIRM},
    )
    court.load()
    assert court.rows("parties")[0]["id_number"] == key_of(SECRET, NEW)
    kept = "".join(str(court.rows(table)) for table in ("obligors", "parties")) + str(
        court.store.quarantine()
    )
    assert "19900307" not in kept
    assert FIRM not in kept


def test_a_courts_own_references_stay_as_they_are(court: Papers) -> None:
    court.write("deposits", balance(account=123_456_789_012_345, receipt_id="账单7"))
    court.load()
    row = court.rows("deposits")[0]
    assert row["account_id"] == 123_456_789_012_345
    assert row["receipt_id"] == key_of(SECRET, "账单7") >= 2**53
