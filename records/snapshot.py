"""A published snapshot as the night reads it: Parquet files behind one view a table, in a DuckDB of the process."""

from __future__ import annotations

import os
import tempfile
import threading
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from records.contracts import TABLES
from records.manifest import Manifest, current_folder
from records.store import Limits


@dataclass(frozen=True)
class Snapshot:
    """An immutable snapshot. Two with one digest hold the same rows."""

    path: Path
    manifest: Manifest
    limits: Limits = field(default_factory=Limits)
    _held: dict[str, duckdb.DuckDBPyConnection] = field(default_factory=dict, repr=False, compare=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    @classmethod
    def open(cls, path: Path | str, *, limits: Limits | None = None) -> Snapshot:
        """The snapshot in a folder. Raises PortraitError `records.snapshot_missing`."""
        folder = Path(path).resolve()
        return cls(folder, Manifest.read(folder), limits or Limits())

    @classmethod
    def current(cls, root: Path | str, *, limits: Limits | None = None) -> Snapshot:
        """The snapshot published last below a root. Raises PortraitError `records.snapshot_missing`."""
        return cls.open(current_folder(Path(root).resolve()), limits=limits)

    @property
    def digest(self) -> str:
        """SHA-256 over the content of all tables."""
        return self.manifest.digest

    @property
    def newest(self) -> date | None:
        """The newest known_at of any row."""
        return self.manifest.newest

    def parquet(self, table: str) -> Path:
        """The file of a table. Raises KeyError for an unknown one."""
        return self.path / f"{TABLES[table].name}.parquet"

    def rows(self, table: str) -> int:
        """Rows of a table, all versions."""
        return self.manifest.tables[table].rows

    def query(self, sql: str, **values: Any) -> pa.Table:
        """The answer to DuckDB SQL over one view a table.

        A value that is an Arrow table can be read in the SQL under its name; any other takes the place of ``$name``.
        """
        import pyarrow as pa

        tables = {name: value for name, value in values.items() if isinstance(value, pa.Table)}
        with self.connect() as cursor:
            for name, table in tables.items():
                cursor.register(name, table)
            plain = {name: value for name, value in values.items() if name not in tables}
            return cursor.execute(sql, plain or None).to_arrow_table()

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own, for the night engine: register relations beside the views, and close it."""
        with self._lock:
            if "engine" not in self._held:
                self._held["engine"] = self._connected()
            return self._held["engine"].cursor()

    def close(self) -> None:
        """Let go of the engine."""
        with self._lock:
            engine = self._held.pop("engine", None)
        if engine is not None:
            engine.close()

    def _connected(self) -> duckdb.DuckDBPyConnection:
        engine = duckdb.connect(
            config={
                "memory_limit": self.limits.memory,
                "threads": self.limits.threads,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )
        spill = self.limits.spill or Path(tempfile.gettempdir()) / f"snapshot-spill-{os.getpid()}"
        engine.execute(f"set temp_directory = '{_quoted(spill)}'")
        for table in TABLES:
            engine.execute(
                f"create view {table} as select * from read_parquet('{_quoted(self.parquet(table))}')"
            )
        return engine


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
