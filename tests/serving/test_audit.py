"""The audit: every read is in it, allowed or denied; it only grows; a change anywhere breaks the chain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from serving.permissions import Role
from serving.state.audit import Audit, Entry
from serving.state.database import State
from serving.state.tables import AUDIT
from tests.serving.conftest import headers
from tests.serving.town import COURT, Town
from vocabulary.chain import START, checked, sealed


def entry(outcome: str = "answered", **more: str) -> Entry:
    """An entry of a judge."""
    said = {"request_id": "r1", "key_id": "k1", "label": "a judge", "role": "judge", "act": "portrait"}
    return Entry(**said, outcome=outcome, **more)


@pytest.fixture
def state(state_url: str) -> Iterator[State]:
    """A new state in the database of the test."""
    state = State(state_url)
    state.migrate()
    yield state
    state.close()


def test_reads_allowed_denied_and_failed_are_all_written_down(
    service: TestClient, town: Town, auditor: dict[str, str]
) -> None:
    one = town.one
    made = service.post(
        "/v1/portraits", json=one.question("round_termination"), headers=headers(Role.JUDGE)
    ).json()
    service.get(f"/v1/portraits/{made['id']}", headers=headers(Role.CLERK))
    service.get(f"/v1/portraits/{made['id']}/evidence/deposit_accounts", headers=headers(Role.CLERK))
    service.post(
        "/v1/portraits", json={**one.question(), "debtor": town.stranger}, headers=headers(Role.JUDGE)
    )
    service.get("/v1/queue", params={"court": COURT}, headers=headers(Role.ANALYST))
    service.get(f"/v1/portraits/{made['id']}")

    audit = service.get("/v1/audit", headers=auditor).json()
    told = [
        (each["role"], each["act"], each["outcome"], each["case_key"], each["debtor"], each["purpose"])
        for each in reversed(audit["page"])
    ]
    assert told == [
        ("judge", "portrait", "answered", one.case, one.debtor, "round_termination"),
        ("clerk", "portrait", "answered", one.case, one.debtor, "round_termination"),
        ("clerk", "evidence", "not_permitted", one.case, one.debtor, "round_termination"),
        ("judge", "portrait", "not_an_obligor", one.case, town.stranger, "enforcement_measure"),
        ("analyst", "queue", "not_permitted", "", "", ""),
        ("", "sign_in", "no_key", "", "", ""),
    ]
    assert audit["intact"]


def test_the_auditor_finds_who_read_a_debtor_and_is_written_down_too(
    service: TestClient, town: Town, auditor: dict[str, str]
) -> None:
    service.post("/v1/portraits", json=town.one.question(), headers=headers(Role.JUDGE))
    service.post("/v1/portraits", json=town.elsewhere.question(), headers=headers(Role.JUDGE))

    found = service.get("/v1/audit", params={"debtor": town.one.debtor}, headers=auditor).json()
    assert [each["debtor"] for each in found["page"]] == [town.one.debtor]
    assert found["page"][0]["label"] == "a judge"
    again = service.get("/v1/audit", headers=auditor).json()
    assert again["page"][0]["act"] == "audit"


def test_what_cannot_be_written_down_is_not_read(
    judge: TestClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = judge.post("/v1/portraits", json=town.one.question()).json()["id"]

    def full(*_: object) -> str:
        raise DBAPIError("INSERT", {}, OSError("disk full"))

    monkeypatch.setattr("serving.state.audit.sealed", full)
    for answer in (
        judge.post("/v1/portraits", json=town.one.question()),
        judge.get(f"/v1/portraits/{made}"),
        judge.get(f"/v1/portraits/{made}/evidence/deposit_accounts"),
        judge.get("/v1/queue", params={"court": COURT}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (503, "audit_unavailable")
        assert town.one.number not in answer.text


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE audit SET outcome = 'answered'",
        "UPDATE audit SET label = 'nobody' WHERE id = 1",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE id = 2",
    ],
)
def test_an_entry_can_be_neither_changed_nor_removed(state: State, attempt: str) -> None:
    audit = Audit(state)
    audit.append(entry("not_permitted"))
    audit.append(entry())

    with pytest.raises(DBAPIError, match="append-only"), state.writing() as connection:
        connection.exec_driver_sql(attempt)
    assert [kept.entry.outcome for kept in audit.newest()[1]] == ["answered", "not_permitted"]
    assert audit.check().broken_at is None


def test_an_entry_cannot_be_replaced_by_inserting_it_again(state: State) -> None:
    audit = Audit(state)
    audit.append(entry())
    sql = "INSERT OR REPLACE INTO audit" if state.url.get_backend_name() == "sqlite" else "INSERT INTO audit"
    upsert = (
        "" if state.url.get_backend_name() == "sqlite" else " ON CONFLICT (id) DO UPDATE SET label = 'nobody'"
    )
    values = (
        "SELECT id, at, request_id, key_id, 'nobody', role, act, outcome, case_key, debtor, "
        "as_of, purpose, subject"
    )
    with pytest.raises(DBAPIError, match="append-only"), state.writing() as connection:
        connection.exec_driver_sql(f"{sql} {values}, previous, hash FROM audit WHERE id = 1{upsert}")
    assert audit.newest()[1][0].entry.label == "a judge"


def test_the_whole_table_cannot_be_emptied(state: State) -> None:
    if state.url.get_backend_name() == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    Audit(state).append(entry())
    with pytest.raises(DBAPIError, match="append-only"), state.writing() as connection:
        connection.exec_driver_sql("TRUNCATE audit")


def test_the_chain_is_numbered_from_one_and_begins_at_nothing(state: State) -> None:
    audit = Audit(state)
    assert [audit.append(entry()) for _ in range(3)] == [1, 2, 3]

    kept = list(reversed(audit.newest()[1]))
    assert kept[0].previous == START
    assert [each.previous for each in kept[1:]] == [each.hash for each in kept[:-1]]
    check = audit.check()
    assert (check.entries, check.head, check.broken_at) == (3, kept[-1].hash, None)


@pytest.mark.parametrize(
    ("what", "broken_at"),
    [("label changed", 2), ("entry left out", 3), ("resealed after a change", 3), ("order changed", 3)],
)
def test_a_change_behind_the_triggers_back_shows_in_the_chain(
    state: State, what: str, broken_at: int
) -> None:
    audit = Audit(state)
    for number in range(4):
        audit.append(entry(subject=str(number)))
    with state.reading() as connection:
        rows = [dict(row._mapping) for row in connection.execute(select(AUDIT).order_by(AUDIT.c.id))]
    if what == "label changed":
        rows[1]["label"] = "nobody"
    if what == "entry left out":
        del rows[1]
    if what == "resealed after a change":
        rows[1]["label"] = "nobody"
        rows[1]["hash"] = sealed(rows[1])
    if what == "order changed":
        rows[1], rows[2] = rows[2], rows[1]

    assert checked(rows).broken_at == broken_at


def test_a_kept_portrait_cannot_be_changed(service: TestClient, town: Town) -> None:
    service.post("/v1/portraits", json=town.one.question(), headers=headers(Role.JUDGE))
    state = service.app.state.desk.state  # type: ignore[attr-defined]

    with pytest.raises(DBAPIError, match="stays as it was"), state.writing() as connection:
        connection.exec_driver_sql("UPDATE portrait SET document = '{}'")


def test_an_entry_lives_through_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'deep' / 'state.db'}"
    first = State(url)
    first.migrate()
    Audit(first).append(entry())
    first.close()

    second = State(url)
    second.migrate()
    assert Audit(second).append(entry()) == 2
    assert Audit(second).check().broken_at is None
    second.close()
