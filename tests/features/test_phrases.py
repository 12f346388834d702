"""Golden words: values by unit and sentences of reasons, in both languages."""

from __future__ import annotations

import math

import pytest

from features.catalogue import CATALOGUE
from features.declare import Standing
from features.phrases import sentence, spoken_value, standing_words

NAN = math.nan

GOLDEN = [
    ("deposit_available_latest", 123_456.0, "12.35万元", "¥123,456"),
    ("deposit_available_latest", 0.0, "0元", "¥0"),
    ("inflow_monthly_12m", 3_000.0, "3,000元", "¥3,000"),
    ("net_flow_monthly_12m", -250.0, "-250元", "-¥250"),
    ("days_since_filing", 1.0, "1天", "1 day"),
    ("days_since_filing", 1_200.0, "1,200天", "1,200 days"),
    ("wage_months_12m", 3.0, "3个月", "3 months"),
    ("deposit_accounts", 3.0, "3", "3"),
    ("dependants", 2.0, "2人", "2"),
    ("guaranteed_share", 0.4, "40%", "40%"),
    ("voluntary_share", 0.0123, "1.2%", "1.2%"),
    ("declared_share", 0.573, "0.57", "0.57"),
    ("inflow_trend_12m", 0.2, "为此前同长时段的1.5倍", "1.5 times that of the same span before"),
    ("inflow_trend_12m", 0.0, "与此前同长时段基本持平", "level with the same span before"),
    ("inflow_trend_12m", -1.0, "降为零", "down to nothing"),
    ("inflow_trend_12m", 1.0, "从无到有", "up from nothing"),
    ("resumed_case", 1.0, "是", "yes"),
    ("resumed_case", 0.0, "否", "no"),
    ("deposits_state", 1.0, "未查询", "not asked"),
    ("deposits_age_days", 30.0, "30天", "30 days"),
    ("deposit_available_latest", NAN, "不详", "not known"),
]

SENTENCES = [
    (
        ("deposit_available_latest", 120_000.0, 0.8),
        "可扣划存款12万元，高于约80%的同类被执行人",
        "¥120,000 of deposits are free to deduct, higher than about 80% of comparable debtors",
    ),
    (
        ("days_since_payment", 400.0, 0.1),
        "最近一次履行在400天前，短于约90%的同类被执行人",
        "The last payment was 400 days ago, shorter than about 90% of comparable debtors",
    ),
    (("property_count", 2.0, None), "名下有2处不动产", "Pieces of real property: 2"),
    (("property_count", NAN, 0.9), "不动产数量：不详", "Pieces of real property: not known"),
    (("guarantor", 1.0, 0.9), "为担保人：是", "The debtor is a guarantor: yes"),
    (("vehicles_state", 2.0, None), "车辆：尚未答复", "Vehicles: asked, no answer yet"),
    (("vehicles_age_days", 9.0, None), "车辆答复于9天前", "The answer on vehicles is 9 days old"),
]


@pytest.mark.parametrize(("name", "value", "zh", "en"), GOLDEN)
def test_a_value_is_said_by_its_unit(name: str, value: float, zh: str, en: str) -> None:
    said = spoken_value(CATALOGUE[name], value)
    assert (said.zh, said.en) == (zh, en)


@pytest.mark.parametrize(("asked", "zh", "en"), SENTENCES)
def test_a_reason_is_one_sentence(asked: tuple[str, float, float | None], zh: str, en: str) -> None:
    name, value, standing = asked
    said = sentence(CATALOGUE[name], value, standing)
    assert (said.zh, said.en) == (zh, en)


@pytest.mark.parametrize(
    ("standing", "zh"),
    [
        (1.0, "高于约95%的同类被执行人"),
        (0.0, "低于约95%的同类被执行人"),
        (0.5, "处于同类被执行人的中等水平"),
        (0.62, "高于约60%的同类被执行人"),
        (0.38, "低于约60%的同类被执行人"),
    ],
)
def test_a_standing_is_rounded_and_never_above_all(standing: float, zh: str) -> None:
    assert standing_words(standing).zh == zh


def test_every_feature_can_be_said_with_any_value() -> None:
    for feature in CATALOGUE.features:
        small = isinstance(feature, Standing) or feature.unit in ("trend", "flag")
        for value in (NAN, 0.0, 1.0, *(() if small else (1234.5, -3.0))):
            said = sentence(feature, value, 0.7)
            assert "{" not in said.zh + said.en
