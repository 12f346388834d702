"""Numbers that matter, once: name, value, unit, source and the day from which they hold, read from dated YAML.

A file holds, per name, a unit and dated values; the value in force on a day is the newest not after it::

    deposits:
      unit: days
      values:
        - {in_force_from: 2017-01-01, value: 92, source: "…"}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from records.names import did_you_mean
from records.yaml_file import read_yaml
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

SHELF_LIFE = Path(__file__).parent / "parameters" / "shelf_life.yaml"
_ENTRY = {"in_force_from", "value", "source", "note"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of a parameter, with its unit, its source and the first day on which it holds."""

    name: str
    value: Any
    unit: str
    source: str
    in_force_from: date
    note: str = ""

    @property
    def number(self) -> float:
        """The value as a number. Raises PortraitError `parameters.not_a_number`."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise _problem(
                "parameters.not_a_number",
                Text(
                    zh="[{name}] 的值 [{value}] 不是数字。",
                    en="[{name}] holds [{value}], which is no number.",
                ),
                Text(zh="请改正参数文件。", en="Correct the parameters file."),
                name=self.name,
                value=self.value,
            )
        return float(self.value)


@dataclass(frozen=True)
class Parameters:
    """The parameters of one file: `dated` holds each name's values, oldest first."""

    file: str
    dated: Mapping[str, tuple[Parameter, ...]]

    @classmethod
    def read(cls, path: Path) -> Parameters:
        """The parameters in a YAML file (cached by path). Raises PortraitError when the file is malformed."""
        return _read(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self.dated)

    def on(self, name: str, day: date) -> Parameter:
        """The parameter in force on a day.

        Raises PortraitError `parameters.unknown` (no such name) or `parameters.not_in_force` (before its first day).
        """
        if name not in self.dated:
            raise _problem(
                "parameters.unknown",
                Text(zh="[{file}] 中没有参数 [{name}]。", en="[{file}] has no parameter [{name}]."),
                did_you_mean(name, self.dated),
                file=self.file,
                name=name,
            )
        held = [each for each in self.dated[name] if each.in_force_from <= day]
        if not held:
            raise _problem(
                "parameters.not_in_force",
                Text(
                    zh="[{file}] 的 [{name}] 自 {first} 起施行，{day} 尚无值。",
                    en="[{name}] of [{file}] is in force from {first}; it has no value on {day}.",
                ),
                Text(zh="请补充更早的值。", en="Add the value that was in force before."),
                file=self.file,
                name=name,
                first=self.dated[name][0].in_force_from,
                day=day,
            )
        return held[-1]

    def number(self, name: str, day: date) -> float:
        """The number in force on a day. Raises as `on` does, and when the value is no number."""
        return self.on(name, day).number

    @property
    def digest(self) -> str:
        """SHA-256 over every name, value, unit and date: equal content, equal digest, whatever the wording."""
        content = [
            (each.name, each.value, each.unit, each.in_force_from.isoformat())
            for name in sorted(self.dated)
            for each in self.dated[name]
        ]
        return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


@lru_cache(maxsize=64)
def _read(path: Path) -> Parameters:
    content = read_yaml(path)
    return Parameters(
        path.name, {str(name): _values(path, str(name), entry) for name, entry in content.items()}
    )


def _values(path: Path, name: str, entry: object) -> tuple[Parameter, ...]:
    if not isinstance(entry, dict) or not isinstance(entry.get("values"), list) or not entry["values"]:
        raise _malformed(path, name, Text(zh="缺少 values 列表", en="it needs a list of values"))
    values = [_value(path, name, str(entry.get("unit", "")), each) for each in entry["values"]]
    values.sort(key=lambda each: each.in_force_from)
    if len({each.in_force_from for each in values}) < len(values):
        raise _malformed(path, name, Text(zh="同一施行日期出现两次", en="two values start on the same day"))
    return tuple(values)


def _value(path: Path, name: str, unit: str, entry: object) -> Parameter:
    if not isinstance(entry, dict) or not {"value", "in_force_from", "source"} <= set(entry) <= _ENTRY:
        needed = "value, in_force_from, source (note)"
        raise _malformed(
            path, name, Text(zh=f"每个值须且仅含 {needed}", en=f"every value needs {needed}, only")
        )
    start = entry["in_force_from"]
    if not isinstance(start, date):
        raise _malformed(path, name, Text(zh=f"[{start}] 不是日期", en=f"[{start}] is not a date"))
    if not str(entry["source"]).strip():
        raise _malformed(path, name, Text(zh="来源为空", en="its source is blank"))
    return Parameter(name, entry["value"], unit, str(entry["source"]), start, str(entry.get("note", "")))


def _malformed(path: Path, name: str, why: Text) -> PortraitError:
    return _problem(
        "parameters.malformed",
        Text(zh="[{file}] 的参数 [{name}] 格式不符：{why}。", en="Parameter [{name}] of [{file}]: {why}."),
        Text(zh="请改正该文件。", en="Correct the file."),
        file=path.name,
        name=name,
        why=why,
    )


def _problem(code: str, detail: Text, next_step: Text, **values: object) -> PortraitError:
    title = Text(zh="参数有误", en="A parameter is not usable")
    shown = {name: value for name, value in values.items() if not isinstance(value, Text)}
    return PortraitError(Problem(code, title, detail.fill(**values), next_step, values=shown))
