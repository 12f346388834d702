"""Problems of linkage, in words: why a decision cannot be taken, and the next step."""

from __future__ import annotations

from datetime import date

from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

_TITLE = Text(zh="无法作出关联决定", en="A link cannot be decided")


def earlier_run(on: date, latest: date) -> PortraitError:
    """A decision dated before one that the ledger holds: it would change what was answered since."""
    return _problem(
        "linkage.earlier_run",
        Text(
            zh="决定日期 [{on}] 早于已有决定 [{latest}]。",
            en="The decision is dated [{on}], before one of [{latest}] that the ledger holds.",
        ),
        Text(zh="请以当日日期作出决定。", en="Decide as of today."),
        409,
        on=on,
        latest=latest,
    )


def no_reason() -> PortraitError:
    """A person's decision without a reason or a name."""
    return _problem(
        "linkage.no_reason",
        Text(zh="人工决定须写明决定人和理由。", en="A person's decision needs a name and a reason."),
        Text(zh="请填写理由。", en="Say why."),
        422,
    )


def unknown_party(shown: str) -> PortraitError:
    """A pair of which one is not held, or is named twice."""
    return _problem(
        "linkage.unknown_party",
        Text(
            zh="当事人 [{party}] 不在记录库中，或与另一方相同。",
            en="Party [{party}] is not held, or is named twice.",
        ),
        Text(zh="请核对两个不同的当事人编号。", en="Name two different parties that the store holds."),
        404,
        party=shown,
    )


def not_one_party(one: str, other: str) -> PortraitError:
    """Two people with different ID numbers, or a person and a firm."""
    return _problem(
        "linkage.not_one_party",
        Text(
            zh="[{one}] 与 [{other}] 的证件号码不同或类别不同，不能并为一人。",
            en="[{one}] and [{other}] have different ID numbers, or are a person and a firm: they cannot be one party.",
        ),
        Text(
            zh="如证件号码有误，请先提交更正行，再次关联即自动合并。",
            en="If an ID number is wrong, load a correction of that row: the next run links the two by number.",
        ),
        422,
        one=one,
        other=other,
    )


def _problem(code: str, detail: Text, next_step: Text, status: int, **values: object) -> PortraitError:
    return PortraitError(Problem(code, _TITLE, detail.fill(**values), next_step, status, values=values))
