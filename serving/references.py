"""How people name a case and a debtor at the door: the shown key, or a case number (案号). Never an ID number."""

from __future__ import annotations

import re

from vocabulary.identity import read_key
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

_KEY = re.compile(r"^(0|[1-9]\d{0,14}|[0-7][0-9a-f]{15})$")
_CASE_NUMBER = re.compile(r"^[（(]\d{4}[）)].{2,40}号$")


def key_in(text: str) -> int | None:
    """The inside key of a shown key; None for any other text."""
    plain = text.strip()
    return read_key(plain) if _KEY.match(plain) else None


def case_number_in(text: str) -> str | None:
    """The case number in a text, with the brackets that courts write; None for any other text."""
    plain = re.sub(r"\s", "", text)
    if not _CASE_NUMBER.match(plain):
        return None
    return f"（{plain[1:5]}）{plain[6:]}"


def debtor_key(text: str) -> int:
    """The key of a debtor. Raises PortraitError (``unreadable_debtor``, 422) without repeating the text."""
    key = key_in(text)
    if key is None:
        raise _unreadable(
            "unreadable_debtor",
            Text(zh="被执行人编号无法识别", en="The debtor's reference cannot be read"),
            Text(
                zh="被执行人应以本系统所示编号表示（1–15位数字或16位十六进制），不接受身份证号或姓名。",
                en="A debtor is named by the reference shown here (1–15 digits or 16 hex digits); "
                "no ID number, no name.",
            ),
        )
    return key


def unreadable_case() -> PortraitError:
    """The text names a case neither by its shown key nor by a case number."""
    return _unreadable(
        "unreadable_case",
        Text(zh="案件编号无法识别", en="The case's reference cannot be read"),
        Text(
            zh="案件应以本系统所示编号或案号表示，如（2025）苏0281执1234号。",
            en="A case is named by the reference shown here, or by its number, such as （2025）苏0281执1234号.",
        ),
    )


def _unreadable(code: str, title: Text, detail: Text) -> PortraitError:
    step = Text(
        zh="请从执行队列或案件查询页复制编号。", en="Copy the reference from the queue or the search page."
    )
    return PortraitError(Problem(code=code, title=title, detail=detail, next_step=step, status=422))
