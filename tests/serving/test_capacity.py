"""What may lawfully be taken, over the API: lines that add up, three answers kept apart, rows behind every line."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from portraits.portrait import EXAMPLES
from serving.permissions import Role
from tests.serving.conftest import headers
from tests.serving.town import Town

READINGS = [(time, reading) for time in ("now", "year") for reading in ("low", "mid", "high")]


@pytest.fixture(scope="module")
def portraits(standing: TestClient, town: Town) -> list[dict[str, Any]]:
    """Portraits of the town's open obligations."""
    key = headers(Role.JUDGE)
    return [
        standing.post("/v1/portraits", json=each.question(), headers=key).json() for each in town.open[:60]
    ]


def test_lines_add_up_in_yuan_and_stop_at_the_claim(portraits: list[dict[str, Any]]) -> None:
    for portrait in portraits:
        ledger = portrait["ledger"]
        every = [line for asset in ledger["assets"] for line in asset["lines"]] + ledger["closing"]
        for time, reading in READINGS:
            total = sum(line["amounts"][time][reading] for line in every)
            assert ledger["available"][time][reading] == pytest.approx(total, abs=0.005)
            assert ledger["available"][time][reading] <= ledger["owed"][time][reading]
    assert any(portrait["ledger"]["available"]["year"]["mid"] > 0 for portrait in portraits)


def test_every_line_and_fact_names_its_article_in_both_languages(portraits: list[dict[str, Any]]) -> None:
    rules = [line["rule"] for portrait in portraits for line in _lines(portrait)]
    facts = [fact for portrait in portraits for fact in portrait["conduct"]]
    rules += [rule for fact in facts for rule in fact["articles"]]

    assert facts
    for rule in rules:
        assert rule["cited"]["zh"]
        assert rule["cited"]["en"]
        assert len(rule["in_force_from"]) == 10
    for fact in facts:
        assert fact["rows"]
        assert fact["articles"]
        assert not {"score", "points", "contribution"} & set(fact)


def test_the_answer_about_ability_follows_the_ledger(portraits: list[dict[str, Any]]) -> None:
    seen = set()
    for portrait in portraits:
        ability, ledger = portrait["ability"], portrait["ledger"]
        taken, owed = ledger["available"]["year"]["mid"], ledger["owed"]["year"]["mid"]
        open_families = [each["family"] for each in ledger["not_known"]]
        seen.add(ability["reading"])
        if not owed:
            assert ability["reading"] == "nothing_owed"
        elif taken:
            assert ability["reading"] == "unperformed"
        else:
            assert ability["reading"] == ("unknown" if open_families else "no_ability")
        assert [each["family"] for each in ability["open_families"]] == open_families
    assert len(seen) > 1


def test_a_debtor_of_whom_nothing_was_asked_has_no_zero_but_families_not_known(
    standing: TestClient, town: Town
) -> None:
    question = town.silent.question()
    portrait = standing.post("/v1/portraits", json=question, headers=headers(Role.JUDGE)).json()

    assert portrait["ability"]["reading"] == "unknown"
    assert {each["state"] for each in portrait["ledger"]["not_known"]} <= {"unknown", "not_asked"}
    assert len(portrait["ledger"]["not_known"]) >= 8


def test_it_names_the_auctions_and_figures_that_it_used(portraits: list[dict[str, Any]]) -> None:
    for portrait in portraits:
        ledger = portrait["ledger"]
        assert ledger["haircuts"] != EXAMPLES.digest
        assert ledger["haircuts_lots"] > 0
        assert ledger["haircuts_on"] <= portrait["as_of"]
        assert len(ledger["figures"]) == 64


def test_every_line_and_fact_opens_to_the_very_rows_it_names(
    standing: TestClient, portraits: list[dict[str, Any]]
) -> None:
    opened = 0
    for portrait in portraits[:25]:
        for each in _lines(portrait) + portrait["conduct"]:
            answer = _records(standing, portrait, each["key"])
            assert answer.status_code == 200, answer.text
            told = answer.json()
            rows = [
                {"table": table["table"], "row_id": row["row_id"]}
                for table in told["tables"]
                for row in table["rows"]
            ]
            assert sorted(map(str, rows)) == sorted(set(map(str, each["rows"])))
            for table in told["tables"]:
                assert all(row["known_at"] <= portrait["as_of"] for row in table["rows"])
            opened += bool(rows)
    assert opened > 50


def test_what_was_found_is_in_the_rows_in_yuan(standing: TestClient, portraits: list[dict[str, Any]]) -> None:
    checked = 0
    for portrait in portraits:
        for line in _lines(portrait):
            if line["key"].startswith("deposits:") and line["step"] == "found":
                told = _records(standing, portrait, line["key"]).json()
                assert told["tables"][0]["rows"][0]["balance"] == line["amounts"]["now"]["mid"]
                assert {each["family"] for each in told["receipts"]["rows"]} <= {"deposits"}
                checked += 1
    assert checked > 5


def test_rows_of_a_line_need_the_right_to_evidence_and_are_written_down(
    standing: TestClient, portraits: list[dict[str, Any]]
) -> None:
    portrait = next(each for each in portraits if _lines(each))
    key = _lines(portrait)[0]["key"]
    refused = _records(standing, portrait, key, role=Role.CLERK)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_permitted")

    assert _records(standing, portrait, key).status_code == 200
    newest = standing.get("/v1/audit", headers=headers(Role.AUDITOR)).json()["page"]
    entry = next(each for each in newest if each["act"] == "evidence" and each["outcome"] == "answered")
    assert entry["subject"] == f"{portrait['id']}/{key}"
    assert (entry["debtor"], entry["case_key"]) == (
        portrait["subject"]["debtor"],
        portrait["subject"]["case"],
    )


@pytest.mark.parametrize("of", ["deposits:320281199001011234/found", "nothing/1"])
def test_a_line_that_the_portrait_does_not_have_is_not_found_and_not_repeated(
    standing: TestClient, portraits: list[dict[str, Any]], of: str
) -> None:
    answer = _records(standing, portraits[0], of)

    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_line")
    assert of not in answer.text
    audit = standing.get("/v1/audit", headers=headers(Role.AUDITOR)).text
    assert of not in audit


@pytest.fixture
def of_old(service: TestClient, town: Town) -> str:
    """The id of a portrait kept before ledgers were shown."""
    told = service.post("/v1/portraits", json=town.one.question(), headers=headers(Role.JUDGE)).json()
    archive = service.app.state.desk.archive  # type: ignore[attr-defined]
    old = {name: value for name, value in told.items() if name not in ("ledger", "ability", "conduct")}
    old["id"] = "0" * 24
    archive.keep(replace(archive.named(told["id"]), id=old["id"], document=json.dumps(old)))
    return str(old["id"])


def test_a_portrait_of_old_can_still_be_read(service: TestClient, of_old: str) -> None:
    told = service.get(f"/v1/portraits/{of_old}", headers=headers(Role.JUDGE))

    assert told.status_code == 200
    assert "ledger" not in told.json()
    missing = _records(service, {"id": of_old}, "deposits:1/found")
    assert (missing.status_code, missing.json()["code"]) == (404, "no_such_line")


def _lines(portrait: dict[str, Any]) -> list[dict[str, Any]]:
    ledger = portrait["ledger"]
    return [line for asset in ledger["assets"] for line in asset["lines"]] + ledger["closing"]


def _records(service: TestClient, portrait: dict[str, Any], of: str, role: Role = Role.JUDGE) -> Any:
    return service.get(f"/v1/portraits/{portrait['id']}/records", params={"of": of}, headers=headers(role))
