"""Numbers that name a firm or a person, brought to forms that can be compared, before the door hashes them.

A keyed hash says nothing about what lies inside it, so whatever two sources may have in common is taken out first:

- ``citizen``: 18 characters, 15-digit forms brought to 18 (GB 11643-1999);
- ``unified``: a firm's unified social credit code (GB 32100-2015);
- ``organisation``: the organisation code of nine characters (GB 11714-1997), which stands in positions 9 to 17 of the
  unified code and named the firm alone before October 2015;
- ``registration``: the business registration number of 15 digits (工商行政管理市场主体注册号, GS 15-2006).

Only numbers whose check character is right are taken: a placeholder such as 不详 never makes two parties one.
Standard library only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from vocabulary.identity import normal_id

Scheme = Literal["citizen", "unified", "organisation", "registration"]
SCHEMES: tuple[Scheme, ...] = ("citizen", "unified", "organisation", "registration")
_UNIFIED = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_UNIFIED_FORM = re.compile(r"[1-9A-HJ-NPQRTUWXY][1-9]\d{6}[0-9A-HJ-NPQRTUWXY]{10}", re.ASCII)
_ORGANISATION_FORM = re.compile(r"[0-9A-Z]{8}[0-9X]", re.ASCII)
_REGISTRATION_FORM = re.compile(r"[1-9]\d{14}", re.ASCII)


def codes_of(kind: str | None, numbers: Iterable[str | None]) -> tuple[tuple[Scheme, str], ...]:
    """The comparable forms in a party's numbers, each once. ``kind`` is the contract's: natural or organisation."""
    read = _of_person if kind == "natural" else _of_firm
    return tuple(dict.fromkeys(code for number in numbers if number for code in read(_plain(number))))


def hashed_form(scheme: Scheme, code: str) -> str:
    """The text whose keyed hash stands for a code.

    A citizen's number and a unified code are hashed as the column ``id_number`` is. The others get their scheme in
    front: nine digits are no reference of the court's own.
    """
    return code if scheme in ("citizen", "unified") else f"{scheme} {code}"


def unified_check(first17: str) -> str:
    """The 18th character of a unified social credit code (GB 32100-2015, 5.2.5)."""
    total = sum(_UNIFIED.index(each) * pow(3, place, 31) for place, each in enumerate(first17))
    return _UNIFIED[-total % 31]


def organisation_check(first8: str) -> str:
    """The ninth character of an organisation code (GB 11714-1997)."""
    total = sum(int(each, 36) * weight for each, weight in zip(first8, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def registration_check(first14: str) -> str:
    """The 15th digit of a business registration number (GS 15-2006: ISO 7064, MOD 11,10)."""
    product = 10
    for digit in first14:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((1 - product) % 10)


def _of_person(number: str) -> list[tuple[Scheme, str]]:
    normal = normal_id(number)
    return [("citizen", normal)] if normal is not None and _is_citizen(normal) else []


def _of_firm(number: str) -> list[tuple[Scheme, str]]:
    """A firm's number; an owner's own ID number is a citizen's, and makes no two shops one."""
    if _UNIFIED_FORM.fullmatch(number) and unified_check(number[:17]) == number[17]:
        inside = number[8:17]
        own: list[tuple[Scheme, str]] = [("organisation", inside)] if _is_organisation(inside) else []
        return [("unified", number), *own]
    if _is_organisation(number):
        return [("organisation", number)]
    if _REGISTRATION_FORM.fullmatch(number):
        return [("registration", number)] if registration_check(number[:14]) == number[14] else []
    return _of_person(number)


def _is_organisation(text: str) -> bool:
    """Nine characters with the right check, not one character over and over: zeros would pass."""
    formed = _ORGANISATION_FORM.fullmatch(text) and len(set(text[:8])) > 1
    return bool(formed) and organisation_check(text[:8]) == text[8]


def _is_citizen(normal: str) -> bool:
    return normal[:17].isdigit() and normal[6:8] in ("18", "19", "20")


def _plain(text: str) -> str:
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()
