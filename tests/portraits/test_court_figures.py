"""A court's own figures: read from its file, checked against the project's, from their first day on, in the digest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from portraits.figures import digest_of, fen, figures, local
from vocabulary.problems import PortraitError

OWN = """
minimum_living_standard:
  unit: CNY a person and month
  values:
    - {value: {default: 900, "3202": 1040}, in_force_from: 2025-07-01, source: "市民政局公告2025年第3号"}
joint_guarantors:
  unit: together | principal_first
  values:
    - {value: principal_first, in_force_from: 2025-01-01, source: "本院执行局会议纪要"}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_the_courts_figure_holds_from_its_first_day_and_the_projects_before(own: Path) -> None:
    ours, theirs = figures(), figures(own)

    assert fen(theirs, "minimum_living_standard", date(2025, 7, 1), "320281") == 1040_00
    assert fen(theirs, "minimum_living_standard", date(2025, 7, 1), "3301") == 900_00
    before = date(2025, 6, 30)
    assert local(theirs, "minimum_living_standard", before, None) == local(
        ours, "minimum_living_standard", before, None
    )
    assert theirs.on("joint_guarantors", date(2025, 1, 1)).value == "principal_first"
    assert digest_of(theirs) != digest_of(ours)


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("minimum_living_standard:", "minimum_living_standards:", "figures.unknown"),
        ("default: 900", "other: 900", "figures.other_form"),
        ("default: 900", "default: [1, 2, 3]", "figures.other_form"),
        ("default: 900", "default: -900", "figures.other_form"),
        ("value: principal_first", "value: principal", "figures.other_form"),
        ("source: ", "why: ", "parameters.malformed"),
        ("2025-07-01", "soon", "parameters.malformed"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_by_name(own: Path, was: str, now: str, code: str) -> None:
    other = own.with_name("other.yaml")
    other.write_text(OWN.replace(was, now), encoding="utf-8")

    with pytest.raises(PortraitError) as told:
        figures(other)
    assert told.value.problem.code == code
    assert told.value.problem.detail.zh


def test_every_figure_of_the_project_is_of_a_form_that_its_own_check_accepts() -> None:
    from portraits.figures import FOLDER, checked

    ours = figures().dated
    for path in sorted(FOLDER.glob("*.yaml")):
        assert checked(path, ours)
