"""How text at the door is read: per kind of column, whether it has the form, and what it says inside.

Every function works on Arrow arrays, where missing is null; `read` expects texts that have the form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from records.contracts import Column, Kind
from records.row_ids import ROW_REFERENCES, row_reference
from vocabulary.identity import normal_id

RULES = {
    Kind.DATE: "date",
    Kind.MONEY: "money",
    Kind.NUMBER: "number",
    Kind.WHOLE: "whole_number",
    Kind.FLAG: "flag",
    Kind.CODE: "code",
    Kind.KEY: "key",
    Kind.IDENTITY: "id_number",
    Kind.TEXT: "text",
    Kind.PERSONAL: "text",
}
"""The rule that a text breaks when it has not the form of its kind."""
INSIDE = {
    Kind.KEY: pa.int64(),
    Kind.IDENTITY: pa.int64(),
    Kind.MONEY: pa.int64(),
    Kind.WHOLE: pa.int64(),
    Kind.DATE: pa.date32(),
    Kind.NUMBER: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.CODE: pa.string(),
    Kind.TEXT: pa.string(),
    Kind.PERSONAL: pa.string(),
}
"""Arrow types inside, as the store keeps them."""

_MONEY = r"^-?\d{1,13}(\.\d{1,2}0*)?$"
_NUMBER = r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?$"
_WHOLE = r"^-?\d{1,15}(\.0+)?$"
_FLAG = r"^(?i:true|false|1|0|是|否)$"
_TRUE = r"^(?i:true|1|是)$"
_OWN = r"^\d{1,14}$"  # too short for an ID number of any form
_NUMERAL = r"^[-+]?\d*\.?\d+([eE][-+]?\d+)?$"
_DIGITS = r"^\d+$"
_PLAIN_TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]{1,1000}$"
_DATES = (
    re.compile(r"(\d{4})-(\d{2})-(\d{2})"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_CITIZEN = re.compile(r"\d{17}[\dXx]")


def has_form(column: Column, texts: pa.Array) -> pa.Array:
    """Whether each text has the form of the column's kind (booleans; null where the text is missing)."""
    if column.kind is Kind.DATE:
        return _of_unique(texts, lambda text: read_date(text) is not None, pa.bool_())
    if column.kind is Kind.CODE:
        return _where_given(texts, pc.is_in(texts, pa.array(column.codes, pa.string())))
    if column.name in ROW_REFERENCES:
        return _of_unique(texts, _is_row_reference, pa.bool_())
    if column.kind is Kind.KEY:
        numeral, digits = pc.match_substring_regex(texts, _NUMERAL), pc.match_substring_regex(texts, _DIGITS)
        return pc.and_(pc.or_(digits, pc.invert(numeral)), pc.match_substring_regex(texts, _PLAIN_TEXT))
    if column.kind is Kind.IDENTITY:
        return _of_unique(texts, _is_identity, pa.bool_())
    return pc.match_substring_regex(texts, _PATTERN[column.kind])


def read(column: Column, texts: pa.Array, key_of: Callable[[str], int]) -> pa.Array:
    """What the texts say inside: dates, fen, keys, numbers, flags (types of `INSIDE`)."""
    reader = _READ.get(column.kind)
    if reader is not None:
        return reader(texts)
    if column.name in ROW_REFERENCES:
        return _of_unique(texts, row_reference, pa.int64())
    if column.kind in (Kind.KEY, Kind.IDENTITY):
        return _keys(texts, key_of)
    return texts


@lru_cache(maxsize=65_536)
def read_date(text: str) -> date | None:
    """The day that YYYY-MM-DD, YYYY/M/D or YYYYMMDD names; None for any other text and for days that never were."""
    for form in _DATES:
        match = form.fullmatch(text)
        if match:
            try:
                return date(*map(int, match.groups()))
            except ValueError:
                return None
    return None


def _fen(texts: pa.Array) -> pa.Array:
    cents = pc.replace_substring_regex(texts, r"(\.\d\d)0+$", r"\1")
    yuan = pc.cast(cents, pa.decimal128(20, 2))
    return pc.cast(pc.multiply(yuan, pa.scalar(100, pa.decimal128(3, 0))), pa.int64())


def _whole(texts: pa.Array) -> pa.Array:
    return pc.cast(pc.replace_substring_regex(texts, r"\.0+$", ""), pa.int64())


def _number(texts: pa.Array) -> pa.Array:
    return pc.cast(pc.replace_substring_regex(texts, r"^\+", ""), pa.float64())


def _keys(texts: pa.Array, key_of: Callable[[str], int]) -> pa.Array:
    """Short whole numbers as they are, in one step; anything else through `key_of`, each text once."""
    own = pc.match_substring_regex(texts, _OWN)
    numbers = pc.cast(pc.if_else(own, texts, pa.scalar(None, pa.string())), pa.int64())
    if pc.all(own, min_count=0).as_py() is not False:
        return numbers
    others = pc.if_else(own, pa.scalar(None, pa.string()), texts)
    return pc.coalesce(numbers, _of_unique(others, key_of, pa.int64()))


def _is_row_reference(text: str) -> bool:
    try:
        row_reference(text)
    except ValueError:
        return False
    return True


def _is_identity(text: str) -> bool:
    """Any reference, but no citizen's number whose check character or birthday is wrong."""
    plain = re.sub(r"[\s\-]", "", text)
    return normal_id(text) is not None or not _CITIZEN.fullmatch(plain)


def _of_unique(texts: pa.Array, function: Callable[[str], object], kind: pa.DataType) -> pa.Array:
    coded = texts.dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    values = pa.array([function(text) for text in coded.dictionary.to_pylist()], kind)
    return values.take(coded.indices)


def _where_given(texts: pa.Array, answers: pa.Array) -> pa.Array:
    return pc.if_else(pc.is_valid(texts), answers, pa.scalar(None, pa.bool_()))


_PATTERN = {
    Kind.MONEY: _MONEY,
    Kind.NUMBER: _NUMBER,
    Kind.WHOLE: _WHOLE,
    Kind.FLAG: _FLAG,
    Kind.TEXT: _PLAIN_TEXT,
    Kind.PERSONAL: _PLAIN_TEXT,
}
_READ: dict[Kind, Callable[[pa.Array], pa.Array]] = {
    Kind.DATE: lambda texts: _of_unique(texts, read_date, pa.date32()),
    Kind.MONEY: _fen,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _number,
    Kind.FLAG: lambda texts: pc.match_substring_regex(texts, _TRUE),
}
