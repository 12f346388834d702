"""A firm told of under two numbers, as a judge meets it: asked for by either reference, with the reason on a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from records.linkage.likeness_model import LIKENESS
from records.linkage.links import Decision, LinkKind
from records.linkage.words import COMPARISONS, DECISIONS, KINDS, LEVELS
from records.parameters import Parameters
from scoring.shelf import Shelf
from serving.app import create
from serving.permissions import Role
from serving.settings import FixedKey, ServingSettings
from tests.linkage.registers import CASE_OF, firm, linked, organisation, tell, unified
from tests.records.papers import Papers, balance
from tests.scoring.made_bundle import made_bundle

KEY = "judge-one.judge-secret"
HONGDA = "无锡市宏达建材有限公司"
BEFORE, AFTER = "2024-06-30", "2024-07-02"


@pytest.fixture
def court_at_work(papers: Papers, tmp_path: Path) -> Iterator[TestClient]:
    """Firms 1 and 2 are one by their organisation code; 3 and 4 share a number, but nothing else: in doubt."""
    tell(
        papers,
        firm(1, HONGDA, id_number=unified(5)),
        firm(2, HONGDA, id_number=organisation(5)),
        firm(3, "苏州市恒远纺织有限公司", id_number=organisation(7)),
        firm(4, "徐州大江餐饮店", id_number=organisation(7)),
    )
    papers.write("deposits", balance(1, 11, "100.00"), balance(2, 22, "250.00"))
    papers.load()
    linked(papers)
    snapshots = papers.publish().parent
    shelf = Shelf(tmp_path / "shelf")
    shelf.point(shelf.put(made_bundle(tmp_path / "bundle")))
    settings = ServingSettings(
        snapshots=snapshots,
        shelf=tmp_path / "shelf",
        queues=tmp_path / "queues",
        state_url=f"sqlite:///{tmp_path / 'state.db'}",
        secret=SecretStr("a secret for tests only, of no other use"),
        fixed_keys=(FixedKey(key=SecretStr(KEY), role=Role.JUDGE, label="a judge"),),
    )
    with TestClient(create(settings), headers={"X-API-Key": KEY}) as client:
        yield client


def asked(client: TestClient, debtor: int, as_of: str) -> dict[str, str]:
    answer = client.post(
        "/v1/portraits",
        json={
            "case": str(debtor + CASE_OF),
            "debtor": str(debtor),
            "as_of": as_of,
            "purpose": "enforcement_measure",
        },
    )
    assert answer.status_code == 200, answer.text
    told = answer.json()
    return {"id": told["id"], "debtor": told["subject"]["debtor"]}


def test_asked_for_by_its_other_reference_a_linked_debtor_is_found(court_at_work: TestClient) -> None:
    assert asked(court_at_work, 2, AFTER)["debtor"] == "1"
    assert asked(court_at_work, 2, BEFORE)["debtor"] == "2"


def test_a_portrait_says_under_which_references_its_records_came_and_why(court_at_work: TestClient) -> None:
    told = court_at_work.get(f"/v1/portraits/{asked(court_at_work, 2, AFTER)['id']}/links").json()
    assert told["reported_as"] == ["1", "2"]
    assert [(link["decision"], link["kind"], link["left"], link["right"]) for link in told["links"]] == [
        ("linked", "same_code", "1", "2")
    ]
    before = court_at_work.get(f"/v1/portraits/{asked(court_at_work, 2, BEFORE)['id']}/links").json()
    assert (before["reported_as"], before["links"]) == (["2"], [])


def test_a_pair_in_doubt_is_shown_and_stays_apart(court_at_work: TestClient) -> None:
    portrait = asked(court_at_work, 4, AFTER)
    told = court_at_work.get(f"/v1/portraits/{portrait['id']}/links").json()
    assert (portrait["debtor"], told["reported_as"]) == ("4", ["4"])
    assert told["links"][0]["decision_label"] == {"zh": "存疑，未关联", "en": "doubtful, kept apart"}
    assert told["links"][0]["reason"]["zh"] == "名称毫无共同之处"
    assert HONGDA not in str(told)


def test_reading_links_is_written_to_the_audit(court_at_work: TestClient) -> None:
    portrait = asked(court_at_work, 2, AFTER)
    court_at_work.get(f"/v1/portraits/{portrait['id']}/links")
    desk = court_at_work.app.state.desk  # type: ignore[attr-defined]
    newest = desk.audit.newest()[1][0].entry
    assert (newest.subject, newest.debtor) == (f"{portrait['id']}/links", "1")


def test_every_kind_decision_comparison_and_level_has_words() -> None:
    assert set(KINDS) == set(LinkKind)
    assert set(DECISIONS) == set(Decision)
    table = Parameters.read(LIKENESS)
    weighed = {
        name: dated[-1].value for name, dated in table.dated.items() if isinstance(dated[-1].value, dict)
    }
    assert set(weighed) <= set(COMPARISONS)
    assert {level for levels in weighed.values() for level in levels} <= set(LEVELS)
