"""Firms' names and addresses taken apart."""

from __future__ import annotations

import pytest

from records.linkage.firm_names import Address, FirmName, province_of, read_address, read_name

HONGDA = FirmName("宏达建材", "limited", "江苏", "无锡")


@pytest.mark.parametrize(
    "told",
    [
        "无锡市宏达建材有限公司",
        "无锡宏达建材有限责任公司",
        "宏达建材（无锡）有限公司",
        "宏达建材(无锡市)有限公司",
        "江苏省无锡市宏达建材有限公司",
        "無錫宏達建材有限公司",
        "无锡　宏达 建材 有限公司",
        "【无锡】宏达建材有限公司",
    ],
)
def test_one_firm_however_it_is_written(told: str) -> None:
    assert read_name(told) == HONGDA


def test_a_name_without_a_place_says_none() -> None:
    assert read_name("宏达建材有限公司") == FirmName("宏达建材", "limited")


def test_a_joint_stock_company_is_another_form_than_a_limited_one() -> None:
    name = read_name("无锡宏达建材股份有限公司")
    assert name is not None
    assert (name.core, name.form) == ("宏达建材", "joint_stock")


def test_a_branch_is_told_from_its_company() -> None:
    name = read_name("无锡市宏达建材有限公司苏州分公司")
    assert name is not None
    assert (name.core, name.branch) == ("宏达建材", "苏州分公司")


def test_full_width_letters_are_letters() -> None:
    assert read_name("ＡＢＣ电子有限公司") == read_name("ABC电子有限公司")


def test_a_bracket_that_is_no_place_stays_in_the_name() -> None:
    name = read_name("宏达（集团）有限公司")
    assert name is not None
    assert name.core == "宏达集团"


def test_a_name_of_nothing_but_a_form_is_kept_as_it_stands() -> None:
    assert read_name("有限公司") == FirmName("有限公司")
    assert read_name("　") is None


@pytest.mark.parametrize(
    "told",
    [
        "江苏省无锡市滨湖区太湖大道1188号",
        "无锡市滨湖区太湖大道１１８８号",
        "无锡滨湖区太湖大道1188号A座3楼",
        "江苏无锡滨湖区河埒街道太湖大道1188号",
    ],
)
def test_one_address_however_it_is_written(told: str) -> None:
    assert read_address(told) == Address("江苏", "无锡", "太湖大道", "1188")


def test_a_street_named_by_a_number_is_no_house_number() -> None:
    assert read_address("郑州市二七路88号") == Address("河南", "郑州", "二七路", "88")


def test_a_region_code_names_its_province() -> None:
    assert province_of("320211") == "江苏"
    assert province_of(None) is None
