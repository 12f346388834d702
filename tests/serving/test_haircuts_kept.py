"""Haircuts that the night left beside a snapshot: the very numbers, or none at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from records.dossiers import Dossiers
from scoring import haircuts_kept
from scoring.haircuts import Haircuts, fit_haircuts, lots_of
from scoring.haircuts_kept import FOLDER, haircuts_of, keep_months
from tests.serving.town import Town

LATE = date(2025, 12, 30)


def table(snapshot: Path, month: str) -> Path:
    return snapshot / FOLDER / f"{month}.json"


def fitted(snapshot: Path, month: date) -> Haircuts:
    with closing(Dossiers.open(snapshot)) as dossiers:
        rows, courts = dossiers.lots(month)
    return fit_haircuts(lots_of(rows, courts.get), fitted_on=month)


@pytest.fixture
def snapshot(town: Town, tmp_path: Path) -> Path:
    """A copy of the town's snapshot, as far as haircuts need it, with the tables of December and January."""
    here = Dossiers.current(town.root / "snapshots").path
    for name in ("manifest.json", "dossiers.sqlite"):
        shutil.copy(here / name, tmp_path / name)
    keep_months(tmp_path, LATE)
    return tmp_path


@pytest.mark.parametrize("month", [date(2025, 12, 1), date(2026, 1, 1)])
def test_a_table_holds_the_fitted_cells_to_the_last_bit(snapshot: Path, month: date) -> None:
    assert table(snapshot, f"{month:%Y-%m}").exists()
    read, again = haircuts_of(snapshot, month.replace(day=17)), fitted(snapshot, month)

    assert again.courts
    assert read == again
    assert read.digest == again.digest


def test_with_a_table_nothing_is_fitted(snapshot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fitted(snapshot, date(2025, 12, 1))
    monkeypatch.setattr(haircuts_kept, "fit_haircuts", None)

    assert haircuts_of(snapshot, LATE) == whole


def altered(content: dict[str, Any]) -> None:
    content["table"]["kinds"][0][3] = [0.1, 0.2, 0.3]


def of_another_snapshot(content: dict[str, Any]) -> None:
    content["table"] |= {"snapshot": "0" * 64, "courts": []}
    content["digest"] = haircuts_kept._digest(content["table"])


def of_other_code(content: dict[str, Any]) -> None:
    content["table"] |= {"fitted_by": "0" * 64, "courts": []}
    content["digest"] = haircuts_kept._digest(content["table"])


@pytest.mark.parametrize("change", [altered, of_another_snapshot, of_other_code])
def test_a_table_that_was_altered_or_is_of_something_else_is_not_used(
    snapshot: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    path, whole = table(snapshot, "2025-12"), fitted(snapshot, date(2025, 12, 1))
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")

    assert haircuts_of(snapshot, LATE) == whole


def test_the_next_night_writes_a_damaged_table_anew(snapshot: Path) -> None:
    path = table(snapshot, "2025-12")
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"chance", b"change", 1)[:-9])

    keep_months(snapshot, LATE)

    assert path.read_bytes() == whole


def test_half_a_table_is_none(snapshot: Path) -> None:
    path, whole = table(snapshot, "2025-12"), fitted(snapshot, date(2025, 12, 1))
    path.write_text(path.read_text("utf-8")[:1000], "utf-8")

    assert haircuts_of(snapshot, LATE) == whole
