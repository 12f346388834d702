"""Identity at the door: ID numbers brought to one form, replaced by keyed hashes, and masked wherever shown."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

OWN_REFERENCES = 10**15  # a court's own whole-number references lie below, keyed hashes above
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_OLD = re.compile(r"^[1-9]\d{5}\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}$")
_NEW = re.compile(r"^[1-9]\d{5}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$")
_SHOWN = re.compile(r"^key:[0-7][0-9a-f]{15}$")
_UNIFIED = re.compile(r"^[1-9A-HJ-NPQRTUWXY][1-9]\d{6}[0-9A-HJ-NPQRTUWXY]{10}$")


def citizen_check(first17: str) -> str:
    """The 18th character of a citizen's ID number (GB 11643-1999)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def normal_id(text: str) -> str | None:
    """One form of an ID number: a citizen's 18 characters (15-digit forms brought to 18) or a firm's unified code.

    Characters in full width count as what they are. None when the text has neither form, or a citizen's check
    character is wrong.
    """
    plain = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()
    if _OLD.match(plain):
        first17 = f"{plain[:6]}19{plain[6:]}"
        return first17 + citizen_check(first17)
    if _NEW.match(plain):
        return plain if citizen_check(plain[:17]) == plain[17] else None
    return plain if _UNIFIED.match(plain) else None


def keyed_hash(secret: bytes, text: str) -> int:
    """A 63-bit pseudonymous key of the text: HMAC-SHA256 under the court's secret.

    At least 2**53, and so apart from a court's own small whole-number references.
    """
    digest = hmac.new(secret, text.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") >> 1 | 1 << 53


def key_of(secret: bytes, reference: str) -> int:
    """The inside key of a reference in a file.

    Whole numbers of up to 15 digits that do not look like an ID number are a court's own references and stay as
    they are; ID numbers are brought to one form and hashed; any other text is hashed as it stands. ``key:`` and the 16
    hex digits under which a key is shown outside (`as_reference`) come back to that key.
    """
    plain = reference.strip()
    if _SHOWN.match(plain):
        return read_key(plain.removeprefix("key:"))
    identity = normal_id(plain)
    if identity is None and plain.isascii() and plain.isdigit() and len(plain) <= 15:
        return int(plain)
    return keyed_hash(secret, identity or plain)


def shown_key(key: int) -> str:
    """A key as people and programs outside see it: short decimal references stay, hashes become 16 hex digits."""
    return str(key) if key < OWN_REFERENCES else f"{key:016x}"


def read_key(shown: str) -> int:
    """The key behind `shown_key`'s form. Raises ValueError for any other text."""
    return int(shown, 16) if len(shown) == 16 else int(shown)


def as_reference(key: int) -> str:
    """A key as a file may name it, so that `key_of` gives the same key again."""
    return str(key) if key < OWN_REFERENCES else f"key:{key:016x}"


def masked(text: str | None) -> str:
    """A personal text as it may be shown: the first character, the rest starred (李**, 3****************)."""
    if not text:
        return ""
    return text[0] + "*" * min(len(text) - 1, 8)
