"""The handbook says what the code does: generated, current, complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from features.catalogue import CATALOGUE
from features.declare import Standing
from features.handbook import handbook, show
from features.measures import MEASURES
from features.words import _MEASURES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "features.md"


def test_the_page_in_docs_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == handbook(), "run `python -m features.handbook`"


def test_every_feature_has_an_entry_with_an_example() -> None:
    page = handbook()
    for feature in CATALOGUE.features:
        if isinstance(feature, Standing):
            assert f"- `{feature.name}`：" in page
        else:
            entry = page.split(f"### `{feature.name}`\n")[1].split("\n###")[0]
            assert "示例 · example: “" in entry


def test_every_measure_has_words() -> None:
    assert set(_MEASURES) == set(MEASURES)


def test_one_feature_is_shown_with_rows_absence_sql_and_a_case() -> None:
    shown = show("deposit_available_latest")
    assert "only the newest per `account_id`; `nature` is ordinary or payroll" in shown
    assert "已有答复或申报而无相应记录时为 0，未查询时为不详" in shown
    assert 'sum("available") FILTER' in shown
    assert "3          | CCB  | migrant_wages | 80000   | 80000" in shown
    assert "deposit_available_latest = 650.75" in shown


def test_a_derived_feature_is_shown_with_the_sql_of_its_parts() -> None:
    shown = show("guaranteed_share")
    assert "`guaranteed_amount` ÷ `claim_principal`" in shown
    assert shown.count("```sql") == 2


def test_a_name_that_is_not_there_is_answered_with_near_ones() -> None:
    with pytest.raises(KeyError, match="property_net"):
        show("propery_net")
