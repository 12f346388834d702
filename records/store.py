"""The store: one DuckDB file that a single writer loads into and publishes from. Readers use snapshots."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from records.contracts import TABLES
from records.problems import store_in_use, store_unusable
from records.schema import LOG_TABLES, contracts_digest, create_sql
from vocabulary.identity import key_of, keyed_hash
from vocabulary.text import Text

_WRITERS: set[Path] = set()


@dataclass(frozen=True, slots=True)
class Limits:
    """What the engine may use: memory as DuckDB spells it, threads, and where it spills (beside the file if None)."""

    memory: str = "2GB"
    threads: int = 2
    spill: Path | None = None


class Store:
    """A store opened for writing; close it, or use it in a `with` block.

    ``engine`` is the DuckDB connection of this room's own modules; other rooms read snapshots.
    """

    def __init__(self, path: Path, secret: bytes, engine: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self.engine = engine
        self._key_of = lru_cache(maxsize=1_000_000)(lambda reference: key_of(secret, reference))

    @classmethod
    def open(cls, path: Path | str, secret: bytes, *, limits: Limits | None = None) -> Store:
        """The store at a path, made when absent. ``secret`` is the court's: it keys every ID number.

        Raises PortraitError `records.store_in_use` when another writer has it, and `records.store_unusable` when it
        was made under another secret or other contracts, or is no store.
        """
        where = Path(path).resolve()
        if not secret:
            raise _without_secret(where)
        if where in _WRITERS:
            raise store_in_use(where)
        where.parent.mkdir(parents=True, exist_ok=True)
        engine = _connected(where, limits or Limits())
        try:
            _prepare(engine, where, secret)
        except BaseException:
            engine.close()
            raise
        _WRITERS.add(where)
        return cls(where, secret, engine)

    def key_of(self, reference: str) -> int:
        """The inside key of a reference or ID number in a file, under the court's secret."""
        return self._key_of(reference)

    def count(self, table: str) -> int:
        """Rows held of a contract's table, all versions. Raises KeyError for an unknown table."""
        row = self.engine.execute(f"select count(*) from {TABLES[table].name}").fetchone()
        return int(row[0]) if row else 0

    def loads(self) -> list[dict[str, Any]]:
        """Every load, oldest first: load_id, started, finished (UTC), files and counts as JSON text."""
        return self._rows("select * from loads order by load_id")

    def quarantine(self, load_id: int | None = None) -> list[dict[str, Any]]:
        """What was not let in: load_id, file, file_sha256, table, line, column, rule, value, raw (masked JSON).

        Of one load, or of all when none is named.
        """
        return self._rows(
            """select load_id, file, file_sha256, table_name as "table", line, column_name as "column", rule, value, raw
               from quarantine where $load is null or load_id = $load
               order by load_id, file, line, column_name, rule""",
            load=load_id,
        )

    def refusals(self) -> list[dict[str, Any]]:
        """Rows about people who are no obligors: how many, of which table, and a masked key; never their content."""
        return self._rows(
            """select load_id, file, file_sha256, table_name as "table", rule, masked_key, row_count
               from refusals order by load_id, file, table_name, masked_key"""
        )

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """All that is written inside is kept together or not at all."""
        self.engine.execute("begin transaction")
        try:
            yield self.engine
        except BaseException:
            self.engine.execute("rollback")
            raise
        self.engine.execute("commit")

    def close(self) -> None:
        """Let others write. The store is a single file afterwards."""
        self.engine.close()
        _WRITERS.discard(self.path)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        cursor = self.engine.execute(sql, values or None)
        names = [each[0] for each in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _connected(path: Path, limits: Limits) -> duckdb.DuckDBPyConnection:
    spill = limits.spill or path.with_name(f"{path.name}.spill")
    try:
        engine = duckdb.connect(
            str(path),
            config={
                "memory_limit": limits.memory,
                "threads": limits.threads,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
    except duckdb.IOException as error:
        if "lock" in str(error).lower() or "being used" in str(error).lower():
            raise store_in_use(path) from None
        raise _no_store(path) from None
    except duckdb.Error:
        raise _no_store(path) from None
    shutil.rmtree(spill, ignore_errors=True)  # what a killed writer left behind; nobody else writes now
    engine.execute(f"set temp_directory = '{str(spill).replace(chr(39), chr(39) * 2)}'")
    engine.execute("set preserve_insertion_order = true")
    return engine


def _prepare(engine: duckdb.DuckDBPyConnection, path: Path, secret: bytes) -> None:
    engine.execute("begin transaction")
    for statement in LOG_TABLES:
        engine.execute(statement)
    facts = dict(engine.execute("select name, value from store_facts").fetchall())
    wanted = {
        "contracts": contracts_digest(),
        "secret": f"{keyed_hash(secret, 'the court of this store'):016x}",
    }
    if not facts:
        engine.executemany("insert into store_facts values (?, ?)", list(wanted.items()))
        for table in TABLES.values():
            engine.execute(create_sql(table))
    engine.execute("commit")
    if facts and facts.get("secret") != wanted["secret"]:
        raise store_unusable(
            path,
            Text(zh="由另一密钥建立", en="it was made under another secret"),
            Text(zh="请使用建库时的密钥。", en="Open it with the secret it was made under."),
        )
    if facts and facts.get("contracts") != wanted["contracts"]:
        raise store_unusable(
            path,
            Text(zh="由另一版数据约定建立", en="it was made under other contracts"),
            Text(zh="请新建记录库并重新装入原始文件。", en="Make a new store and load the files again."),
        )


def _no_store(path: Path) -> Exception:
    return store_unusable(
        path,
        Text(zh="不是可读的记录库文件", en="it is no readable store"),
        Text(zh="请检查路径。", en="Check the path."),
    )


def _without_secret(path: Path) -> Exception:
    return store_unusable(
        path,
        Text(zh="未提供法院密钥", en="the court's secret is missing"),
        Text(zh="请在设置中提供密钥。", en="Set the secret in the settings."),
    )
