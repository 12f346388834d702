"""The conditions as dated rules, read from YAML that a court edits: each with its source and its first day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from portraits.readiness.checks import CHECKS
from records.names import did_you_mean
from records.yaml_file import read_yaml
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

FILE = Path(__file__).parent / "rules.yaml"
Kind = Literal["statutory", "unofficial"]
_NEEDED = {"name", "kind", "item", "source", "in_force_from", "scope", "says", "check"}
_MAY = _NEEDED | {"with", "stage", "in_force_to"}
_CHOICES = {
    "kind": ("statutory", "unofficial"),
    "scope": ("debtor", "case"),
    "stage": ("before", "with_ruling"),
}


@dataclass(frozen=True)
class ReadinessRule:
    """One version of a condition: the check that tests it, the check's settings, its source and days in force."""

    name: str
    kind: Kind
    item: Text
    source: str
    in_force_from: date
    scope: Literal["debtor", "case"]
    says: Text
    check: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    stage: Literal["before", "with_ruling"] = "before"
    in_force_to: date | None = None


@lru_cache(maxsize=8)
def rules(path: Path = FILE) -> tuple[ReadinessRule, ...]:
    """Every version of every rule of a file, in its order.

    Raises PortraitError ``readiness.malformed`` naming the rule: a missing source or first day, an unknown check, two
    versions of a name that start on one day; and as `records.yaml_file.read_yaml`.
    """
    entries = read_yaml(path).get("rules")
    if not isinstance(entries, list) or not entries:
        raise _malformed(path, "rules", Text(zh="缺少rules列表", en="it needs a list of rules"))
    found = tuple(_rule(path, entry) for entry in entries)
    starts = [(rule.name, rule.in_force_from) for rule in found]
    for name, start in starts:
        if starts.count((name, start)) > 1:
            raise _malformed(path, name, Text(zh="同一施行日期出现两次", en="two versions start on one day"))
    return found


def in_force(versions: Iterable[ReadinessRule], day: date) -> tuple[ReadinessRule, ...]:
    """The version of each rule that holds on a day, in the order of the file."""
    newest: dict[str, ReadinessRule] = {}
    for rule in versions:
        held = newest.get(rule.name)
        if rule.in_force_from <= day and (held is None or held.in_force_from < rule.in_force_from):
            newest[rule.name] = rule
    return tuple(rule for rule in newest.values() if rule.in_force_to is None or rule.in_force_to >= day)


def _rule(path: Path, entry: object) -> ReadinessRule:
    if not isinstance(entry, dict):
        raise _malformed(path, "rules", Text(zh="有一条不是键值映射", en="an entry is no mapping"))
    name = str(entry.get("name", "?"))
    if not _NEEDED <= set(entry) <= _MAY:
        wrong = sorted((_NEEDED - set(entry)) | (set(entry) - _MAY))
        listed = ", ".join(wrong)
        raise _malformed(path, name, Text(zh=f"缺少或多出：{listed}", en=f"missing or not known: {listed}"))
    for key, choices in _CHOICES.items():
        if entry.get(key, choices[0]) not in choices:
            allowed = ", ".join(choices)
            raise _malformed(path, name, Text(zh=f"{key}应为{allowed}", en=f"[{key}] is one of {allowed}"))
    if not isinstance(entry["in_force_from"], date) or not str(entry["source"] or "").strip():
        raise _malformed(path, name, Text(zh="来源或施行日期缺失", en="its source or first day is missing"))
    if entry["check"] not in CHECKS:
        raise _malformed(path, name, did_you_mean(str(entry["check"]), CHECKS))
    return ReadinessRule(
        name=name,
        kind=cast(Kind, entry["kind"]),
        item=_text(path, name, entry["item"]),
        source=str(entry["source"]),
        in_force_from=entry["in_force_from"],
        scope=entry["scope"],
        says=_text(path, name, entry["says"]),
        check=entry["check"],
        settings=entry.get("with") or {},
        stage=entry.get("stage", "before"),
        in_force_to=entry.get("in_force_to"),
    )


def _text(path: Path, name: str, value: object) -> Text:
    if not isinstance(value, dict) or set(value) != {"zh", "en"}:
        raise _malformed(path, name, Text(zh="文字须有zh和en", en="texts need zh and en"))
    return Text(zh=str(value["zh"]), en=str(value["en"]))


def _malformed(path: Path, name: str, why: Text) -> PortraitError:
    said = Text(zh="[{file}]中的规则[{name}]有误：{why}。", en="Rule [{name}] of [{file}]: {why}.")
    return PortraitError(
        Problem(
            code="readiness.malformed",
            title=Text(zh="终本审查规则有误", en="The rules of readiness cannot be used"),
            detail=said.fill(file=path.name, name=name, why=why),
            next_step=Text(zh="请改正该文件。", en="Correct the file."),
            status=503,
            values={"file": path.name, "rule": name},
        )
    )
