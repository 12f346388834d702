"""A number that matters has a value, a unit, a source and a first day; the one in force on a day is used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from records.parameters import SHELF_LIFE, Parameters
from vocabulary.problems import PortraitError

RATE = """
delay_interest:
  unit: "% per day"
  values:
    - {value: 0.0175, in_force_from: 2014-08-01, source: 迟延利息解释 Art. 1}
    - {value: 0.03, in_force_from: 2009-05-18, source: 法释〔2009〕6号, note: doubled}
"""


def test_the_value_in_force_is_the_newest_not_after_the_day(tmp_path: Path) -> None:
    parameters = read(tmp_path, RATE)
    assert parameters.number("delay_interest", date(2014, 7, 31)) == 0.03
    assert parameters.number("delay_interest", date(2014, 8, 1)) == 0.0175
    rate = parameters.on("delay_interest", date(2024, 1, 1))
    assert (rate.unit, rate.source) == ("% per day", "迟延利息解释 Art. 1")


def test_before_the_first_day_there_is_no_value_rather_than_a_guess(tmp_path: Path) -> None:
    with pytest.raises(
        PortraitError, match=r"\[delay_interest\] of \[law.yaml\] is in force from 2009-05-18"
    ):
        read(tmp_path, RATE).on("delay_interest", date(2009, 5, 17))


def test_an_unknown_name_is_told_with_the_nearest_known_one(tmp_path: Path) -> None:
    with pytest.raises(
        PortraitError, match=r"no parameter \[delay_intrest\]. Did you mean \[delay_interest\]"
    ):
        read(tmp_path, RATE).on("delay_intrest", date(2020, 1, 1))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: {unit: days}", "it needs a list of values"),
        (
            "a: {values: [{value: 1, in_force_from: 2020-01-01}]}",
            "every value needs value, in_force_from, source",
        ),
        ("a: {values: [{value: 1, in_force_from: soon, source: x}]}", r"\[soon\] is not a date"),
        ("a: {values: [{value: 1, in_force_from: 2020-01-01, source: ' '}]}", "its source is blank"),
        (
            "a: {values: [{value: 1, in_force_from: 2020-01-01, source: x},"
            " {value: 2, in_force_from: 2020-01-01, source: x}]}",
            "two values start on the same day",
        ),
        ("- a", "holds no mapping of keys to values"),
        ("a: [", "cannot be read"),
    ],
)
def test_a_malformed_file_is_told_by_name_and_reason(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(PortraitError, match=message):
        read(tmp_path, content)


def test_a_value_that_is_no_number_is_not_used_as_one(tmp_path: Path) -> None:
    words = read(tmp_path, "a: {values: [{value: many, in_force_from: 2020-01-01, source: x}]}")
    assert words.on("a", date(2020, 1, 1)).value == "many"
    with pytest.raises(PortraitError, match="which is no number"):
        words.number("a", date(2020, 1, 1))


def test_the_digest_follows_values_and_days_and_not_the_words(tmp_path: Path) -> None:
    digests = {
        read(tmp_path, text, f"{n}.yaml").digest
        for n, text in enumerate([RATE, RATE.replace("doubled", "twice"), RATE.replace("0.03", "0.04")])
    }
    assert len(digests) == 2


def test_every_shelf_life_has_a_source() -> None:
    shelf = Parameters.read(SHELF_LIFE)
    assert all(each.source and each.unit == "days" for name in shelf for each in shelf.dated[name])


def read(folder: Path, content: str, name: str = "law.yaml") -> Parameters:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return Parameters.read(path)
