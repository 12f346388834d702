"""What is wrong with a request, field by field, in both languages; a value that may be personal is never repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from vocabulary.identity import masked
from vocabulary.problems import Problem
from vocabulary.text import Text

_PLACES = {"body", "query", "path", "header", "cookie"}
_LONGEST = 60
_LONG_NUMBER = re.compile(r"[\dXx][\dXx\s\-]{9,}|[0-9A-Z]{15,}")


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that cannot be read: where, what was said (masked), and what was expected."""

    field: str
    value: str
    message: Text

    def as_dict(self) -> dict[str, Any]:
        """As the API carries it."""
        return {"field": self.field, "value": self.value, "message": self.message.as_pair()}


def errors_of(found: Iterable[Mapping[str, Any]]) -> list[FieldError]:
    """Field errors of pydantic's list."""
    return [FieldError(_field(each), _value(each), _message(each)) for each in found]


def invalid(errors: list[FieldError]) -> Problem:
    """The problem of a request with these field errors."""
    zh = "；".join(f"[{each.field}]的值[{each.value}]：{each.message.zh}" for each in errors[:5])
    en = "; ".join(f"[{each.field}] is [{each.value}]: {each.message.en}" for each in errors[:5])
    return Problem(
        code="invalid_request",
        title=Text(zh="请求内容有误", en="The request cannot be read"),
        detail=Text(zh=f"{zh}。", en=f"{en}."),
        next_step=Text(
            zh="请改正所列字段后重新提交；各字段说明见 /openapi.json。",
            en="Correct the fields named and send again; /openapi.json describes each.",
        ),
        status=422,
    )


def shown(value: object) -> str:
    """A value as it may be repeated: short, and without anything that could be an ID or account number."""
    if isinstance(value, Mapping | list | tuple):
        return "…"
    plain = "" if value is None else str(value)
    plain = "".join(character if character.isprintable() else "·" for character in plain)
    if len(plain) > _LONGEST:
        return "…"
    return _LONG_NUMBER.sub(lambda number: masked(number.group()), plain)


def _field(error: Mapping[str, Any]) -> str:
    names = [str(part) for part in error.get("loc", ()) if not (isinstance(part, int) or part in _PLACES)]
    return ".".join(shown(name) for name in names) or "body"


def _value(error: Mapping[str, Any]) -> str:
    return "" if error.get("type") == "missing" else shown(error.get("input"))


def _message(error: Mapping[str, Any]) -> Text:
    kind, context = str(error.get("type", "")), error.get("ctx") or {}
    for start, message in _MESSAGES.items():
        if kind.startswith(start):
            return message.fill(
                **{"expected": "", **{name: _listed(value) for name, value in context.items()}}
            )
    return Text(zh="不符合要求", en="not as expected")


def _listed(value: object) -> str:
    return re.sub(r" or (?=')", ", ", str(value)).replace("'", "")


_MESSAGES = {
    "missing": Text(zh="缺少该字段", en="the field is missing"),
    "extra_forbidden": Text(zh="没有该字段", en="there is no such field"),
    "json_": Text(zh="不是有效的JSON", en="not valid JSON"),
    "string_too_short": Text(zh="不能少于{min_length}个字符", en="at least {min_length} characters"),
    "string_too_long": Text(zh="不能多于{max_length}个字符", en="at most {max_length} characters"),
    "string_pattern": Text(zh="格式不符", en="not of the expected form"),
    "string": Text(zh="应为文本", en="text is expected"),
    "date": Text(zh="应为日期，如2026-11-01", en="a date is expected, such as 2026-11-01"),
    "enum": Text(zh="应为以下之一：{expected}", en="one of: {expected}"),
    "literal": Text(zh="应为以下之一：{expected}", en="one of: {expected}"),
    "int": Text(zh="应为整数", en="a whole number is expected"),
    "greater_than_equal": Text(zh="不能小于{ge}", en="not below {ge}"),
    "less_than_equal": Text(zh="不能大于{le}", en="not above {le}"),
    "model": Text(zh="应为JSON对象", en="a JSON object is expected"),
}
