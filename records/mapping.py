"""A court's own names: which of its files is which table, which column is which, which word means which code.

A mapping is a YAML file (see docs/mapping-example.yaml)::

    encoding: gb18030              # of all files, unless a table says another
    tables:
      cases:
        file: "sahlaxx*.csv"       # one pattern or a list of them
        columns: {ah: case_number, larq: filed_on}
        values: {kind: {首次执行: first, 恢复执行: resumed}}
        constants: {court: "320200"}
        ignore: [bz]               # or "*": every column not named
      titles:
        file: "zxyj*.csv"
        units: {principal: 万元}   # money that the court keeps in 万元 or 分
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fnmatch import fnmatch
from pathlib import Path
from types import MappingProxyType
from typing import Any

from records.contracts import TABLES, Kind, Table
from records.names import did_you_mean
from records.problems import mapping_wrong
from records.yaml_file import read_yaml
from vocabulary.text import Text

_TOP = ("encoding", "tables", "note")
_TABLE = ("file", "columns", "values", "constants", "units", "ignore", "encoding", "note")
UNITS = {"元": Decimal(1), "万元": Decimal(10_000), "分": Decimal("0.01")}
"""Units of money that a court's files may use, in yuan."""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How one table is found in a court's files.

    ``columns``: theirs → ours. ``values``: our column → their word → ours (None: missing). ``constants``: our
    column → text for every row. ``units``: our column of money → yuan that one of theirs is. ``ignore``: their columns
    that are left aside; ``ignore_rest`` for all not named.
    """

    table: str
    files: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, Decimal] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    ignore_rest: bool = False
    encoding: str | None = None

    def ours(self, theirs: str) -> str | None:
        """Our name of a column in their file; None when it is to be left aside."""
        if theirs in self.columns:
            return self.columns[theirs]
        if theirs in self.ignore:
            return None
        known = any(column.name == theirs for column in TABLES[self.table].columns)
        return None if self.ignore_rest and not known else theirs


@dataclass(frozen=True, slots=True)
class FileMapping:
    """A court's whole mapping: table → how to find it."""

    name: str = "no mapping"
    tables: Mapping[str, TableMapping] = field(default_factory=dict)
    encoding: str | None = None

    @classmethod
    def read(cls, path: Path) -> FileMapping:
        """The mapping in a YAML file.

        Raises PortraitError `records.mapping_wrong` naming the key and the known names, or
        `records.yaml_unreadable`.
        """
        content = read_yaml(path)
        _known(path.name, "", content, _TOP)
        tables = _section(path.name, "tables", content)
        _known(path.name, "tables", tables, TABLES)
        read = {
            name: _table(path.name, TABLES[name], f"tables.{name}", entry) for name, entry in tables.items()
        }
        return cls(path.name, MappingProxyType(read), content.get("encoding"))

    def of(self, table: str) -> TableMapping:
        """The mapping of a table; the contract's own names when there is none."""
        return self.tables.get(table) or TableMapping(table)

    def tables_of(self, file_name: str) -> tuple[str, ...]:
        """The tables whose file patterns a file's name matches."""
        return tuple(
            name for name, each in self.tables.items() if any(fnmatch(file_name, glob) for glob in each.files)
        )

    def encoding_of(self, table: str) -> str | None:
        """The encoding of a table's CSV files; None for UTF-8."""
        return self.of(table).encoding or self.encoding


PLAIN = FileMapping()
"""Files whose names and columns are those of the contracts."""


def _table(file: str, table: Table, key: str, entry: Any) -> TableMapping:
    if not isinstance(entry, dict):
        raise _wrong(file, key, Text(zh="应为键值映射", en="it should hold keys and values"))
    _known(file, key, entry, _TABLE)
    names = [column.name for column in table.columns]
    columns = {str(theirs): str(ours) for theirs, ours in _section(file, f"{key}.columns", entry).items()}
    for theirs, ours in columns.items():
        _is_one(file, f"{key}.columns.{theirs}", ours, names)
    constants = {str(name): _text(value) for name, value in _section(file, f"{key}.constants", entry).items()}
    _known(file, f"{key}.constants", constants, names)
    _once(file, key, columns, constants)
    ignore = entry.get("ignore") or ()
    pattern = entry.get("file") or ()
    return TableMapping(
        table.name,
        files=(pattern,) if isinstance(pattern, str) else tuple(pattern),
        columns=MappingProxyType(columns),
        values=MappingProxyType(_values(file, table, f"{key}.values", entry)),
        constants=MappingProxyType(constants),
        units=MappingProxyType(_units(file, table, f"{key}.units", entry)),
        ignore=frozenset() if ignore == "*" else frozenset(map(str, ignore)),
        ignore_rest=ignore == "*",
        encoding=entry.get("encoding"),
    )


def _values(file: str, table: Table, key: str, entry: dict[str, Any]) -> dict[str, Mapping[str, str | None]]:
    section = _section(file, key, entry)
    _known(file, key, section, [column.name for column in table.columns])
    read: dict[str, Mapping[str, str | None]] = {}
    for name in section:
        column = table.column(name)
        words = {
            _text(theirs): None if ours is None else _text(ours)
            for theirs, ours in _section(file, f"{key}.{name}", section).items()
        }
        for theirs, ours in words.items():
            if column.kind is Kind.CODE and ours is not None:
                _is_one(file, f"{key}.{name}.{theirs}", ours, column.codes)
        read[name] = MappingProxyType(words)
    return read


def _units(file: str, table: Table, key: str, entry: dict[str, Any]) -> dict[str, Decimal]:
    section = _section(file, key, entry)
    _known(file, key, section, [column.name for column in table.columns if column.kind is Kind.MONEY])
    for name, unit in section.items():
        _is_one(file, f"{key}.{name}", str(unit), UNITS)
    return {str(name): UNITS[str(unit)] for name, unit in section.items()}


def _once(file: str, key: str, columns: Mapping[str, str], constants: Mapping[str, str]) -> None:
    given = [*columns.values(), *constants]
    for name in given:
        if given.count(name) > 1:
            why = Text(zh=f"列 [{name}] 有两个来源", en=f"column [{name}] is given twice")
            raise _wrong(file, key, why)


def _section(file: str, key: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    section = entry.get(key.rpartition(".")[2]) or {}
    if not isinstance(section, dict):
        raise _wrong(file, key, Text(zh="应为键值映射", en="it should hold keys and values"))
    return section


def _known(file: str, key: str, given: Iterable[Any], known: Iterable[str]) -> None:
    names = list(known)
    for name in given:
        _is_one(file, f"{key}.{name}" if key else str(name), str(name), names)


def _is_one(file: str, key: str, name: str, known: Iterable[str]) -> None:
    names = list(known)
    if name not in names:
        why = Text(zh=f"[{name}] 不是已知名称", en=f"[{name}] is no known name")
        raise mapping_wrong(file, key, why, did_you_mean(name, names))


def _wrong(file: str, key: str, why: Text) -> Exception:
    step = Text(zh="参见 docs/mapping-example.yaml。", en="See docs/mapping-example.yaml.")
    return mapping_wrong(file, key, why, step)


def _text(value: Any) -> str:
    """A YAML scalar as it would stand in a file."""
    return str(value).lower() if isinstance(value, bool) else str(value)
