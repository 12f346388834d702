"""The dated figures of law and of the court: all files of `portraits/parameters`, read as one table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from records.parameters import Parameter, Parameters

FOLDER = Path(__file__).parent / "parameters"
Three = tuple[float, float, float]


@lru_cache(maxsize=16)
def figures(*of_the_court: Path) -> Parameters:
    """The project's figures; a name that one of the court's own files holds is the court's, whole.

    Raises PortraitError when a file is malformed (see `records.parameters`).
    """
    dated: dict[str, tuple[Parameter, ...]] = {}
    for path in (*sorted(FOLDER.glob("*.yaml")), *of_the_court):
        dated.update(Parameters.read(path).dated)
    return Parameters("portraits/parameters", dated)


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


_DIGESTS: dict[int, tuple[Parameters, str]] = {}
