"""The dated figures of law and of the court: all files of `portraits/parameters`, read as one table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from records.names import did_you_mean
from records.parameters import Parameter, Parameters
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

FOLDER = Path(__file__).parent / "parameters"
Three = tuple[float, float, float]


@lru_cache(maxsize=16)
def figures(*of_the_court: Path) -> Parameters:
    """The project's figures; a name in one of the court's own files is the court's from its first day there on.

    Raises PortraitError when a file is malformed (see `records.parameters`), and ``figures.unknown`` or
    ``figures.other_form`` when a court's file holds a name that the project does not use, or a value of another form.
    """
    dated: dict[str, tuple[Parameter, ...]] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        dated.update(Parameters.read(path).dated)
    for path in of_the_court:
        for name, values in checked(path, dated).items():
            before = tuple(each for each in dated[name] if each.in_force_from < values[0].in_force_from)
            dated[name] = (*before, *values)
    return Parameters("portraits/parameters", dated)


def checked(path: Path, ours: Mapping[str, tuple[Parameter, ...]]) -> Mapping[str, tuple[Parameter, ...]]:
    """The values of a court's own file, each of a name and a form that the project's figures have.

    Raises PortraitError ``figures.unknown``, ``figures.other_form``, and as `Parameters.read`.
    """
    theirs = Parameters.read(path).dated
    for name, values in theirs.items():
        if name not in ours:
            raise _refused("figures.unknown", _UNKNOWN, did_you_mean(name, ours), file=path.name, name=name)
        model = ours[name][-1]
        for each in values:
            if not _alike(each.value, model):
                values_of = {"file": path.name, "name": name, "unit": model.unit}
                raise _refused("figures.other_form", _OTHER_FORM, _AS_OURS, **values_of)
    return theirs


def with_values(base: Parameters, other: Parameters) -> Parameters:
    """``base`` with the names of ``other`` in place of its own."""
    return Parameters(base.file, {**base.dated, **other.dated})


def three(table: Parameters, name: str, day: date, region: str | None = None) -> Three:
    """A figure given as low, mid, high, in force on the day, for a region where it is local."""
    low, mid, high = local(table, name, day, region)
    return float(low), float(mid), float(high)


def local(table: Parameters, name: str, day: date, region: str | None) -> Any:
    """A figure of a region: the longest prefix of the region code that the table names, else its `default`."""
    value = table.on(name, day).value
    if not isinstance(value, Mapping):
        return value
    code = region or ""
    for length in range(len(code), 0, -1):
        if code[:length] in value:
            return value[code[:length]]
    return value["default"]


def fen(table: Parameters, name: str, day: date, region: str | None = None) -> int:
    """A figure in yuan as whole fen."""
    return round(float(local(table, name, day, region)) * 100)


def digest_of(table: Parameters) -> str:
    """`Parameters.digest`, computed once a table: a night asks for it once a debtor."""
    known = _DIGESTS.get(id(table))
    if known is None or known[0] is not table:
        known = _DIGESTS[id(table)] = (table, table.digest)
    return known[1]


def _alike(value: Any, model: Parameter) -> bool:
    """Whether a value has the form of the project's own: number, list of as many, one of the named choices, steps."""
    if isinstance(value, Mapping):
        return "default" in value and all(_alike(each, model) for each in value.values())
    ours = model.value["default"] if isinstance(model.value, Mapping) else model.value
    if isinstance(ours, str):
        return value in [choice.strip() for choice in model.unit.split("|")]
    if isinstance(ours, list) and ours and isinstance(ours[0], list):
        return isinstance(value, list) and all(_numbers(step, len(ours[0])) for step in value)
    if isinstance(ours, list):
        return _numbers(value, len(ours))
    return _number(value)


def _numbers(value: Any, count: int) -> bool:
    return isinstance(value, list) and len(value) == count and all(_number(each) for each in value)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


_TITLE = Text(zh="法院参数文件有误", en="The court's figures cannot be used")
_UNKNOWN = Text(
    zh="文件[{file}]中的参数[{name}]不是本系统使用的参数。",
    en="[{file}] holds [{name}], which is no figure of the project.",
)
_OTHER_FORM = Text(
    zh="文件[{file}]中的参数[{name}]形式不符，应为：{unit}。",
    en="[{file}] holds a value of [{name}] that is not of the form: {unit}.",
)
_AS_OURS = Text(
    zh="请按docs/law.md末尾所列同名参数的形式填写；地区性数值须有default。",
    en="Write it as the figure of that name at the end of docs/law.md; values by region need a default.",
)


def _refused(code: str, detail: Text, next_step: Text, **values: str) -> PortraitError:
    return PortraitError(Problem(code, _TITLE, detail.fill(**values), next_step, values=values))


_DIGESTS: dict[int, tuple[Parameters, str]] = {}
