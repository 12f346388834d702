"""Numbers of firms and people before they are hashed: which can be compared, and with what."""

from __future__ import annotations

import pytest

from records.linkage.codes import (
    codes_of,
    hashed_form,
    organisation_check,
    registration_check,
    unified_check,
)
from vocabulary.identity import citizen_check

TENCENT = "9144030071526726XG"  # published by the firms themselves
HUAWEI = "914403001922038216"
ALIBABA = "91330100799655058B"
TENCENT_REGISTRATION = "440301103448669"
OLD = "320200700101123"
NEW = "32020019700101123" + citizen_check("32020019700101123")


@pytest.mark.parametrize("code", [TENCENT, HUAWEI, ALIBABA])
def test_the_check_characters_of_published_codes_are_right(code: str) -> None:
    assert unified_check(code[:17]) == code[17]
    assert organisation_check(code[8:16]) == code[16]


def test_the_check_digit_of_a_published_registration_number_is_right() -> None:
    assert registration_check(TENCENT_REGISTRATION[:14]) == TENCENT_REGISTRATION[14]


def test_a_unified_code_also_says_the_organisation_code_inside_it() -> None:
    assert codes_of("organisation", [TENCENT]) == (("unified", TENCENT), ("organisation", "71526726X"))


@pytest.mark.parametrize("told", ["71526726-X", "71526726x", "７１５２６７２６－Ｘ", " 71526726 X "])
def test_an_organisation_code_is_one_however_it_is_written(told: str) -> None:
    assert codes_of("organisation", [told]) == (("organisation", "71526726X"),)


def test_an_old_id_number_of_15_digits_is_the_new_one() -> None:
    assert codes_of("natural", [OLD]) == codes_of("natural", [NEW])


def test_fifteen_digits_of_a_firm_are_a_registration_number_even_where_they_could_be_a_birthday() -> None:
    number = "32020070010112"
    number += registration_check(number)
    assert codes_of("organisation", [number]) == (("registration", number),)


@pytest.mark.parametrize("told", ["不详", "无", "0", "000000000", "71526726Y", TENCENT[:17] + "A", None, ""])
def test_a_placeholder_or_a_wrong_check_character_is_nothing_to_compare(told: str | None) -> None:
    assert codes_of("organisation", [told]) == ()


def test_a_person_is_never_compared_by_a_firms_number() -> None:
    assert codes_of("natural", [TENCENT, "71526726-X", TENCENT_REGISTRATION]) == ()


def test_nine_digits_are_hashed_with_their_scheme_and_never_pass_for_a_courts_own_reference() -> None:
    assert not hashed_form("organisation", "123456788").isdigit()
    assert hashed_form("citizen", NEW) == NEW
