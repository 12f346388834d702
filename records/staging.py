"""Staging: what a load has read and not yet kept. Temporary tables, gone when the load ends or the process dies."""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from records.contracts import Kind, Table
from records.linkage.door import CODES, begin_codes, keep_codes
from records.obligors import KNOWN, masked_key_sql, only_of_obligors
from records.quarantine import SCHEMA
from records.row_ids import row_id_sql
from records.schema import columns_sql, names_sql
from records.validate import LINE, Checked

BAD = "staged_bad_"
REFUSED = "staged_refused_"


@dataclass
class Staging:
    """The staged tables of one load; `file` numbers the files in the order in which they are read."""

    engine: duckdb.DuckDBPyConnection
    opened: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """Make empty tables for bad and refused rows."""
        self.clear()
        begin_codes(self.engine)
        self.engine.execute(
            f"""create temp table {BAD} (
                file integer, table_name varchar, line bigint, column_name varchar, rule varchar, value varchar,
                raw varchar, party_id bigint)"""
        )
        self.engine.execute(
            f"create temp table {REFUSED} (file integer, table_name varchar, masked_key varchar, row_count bigint)"
        )

    def open(self, table: Table) -> None:
        """Make the staged table of a contract, if it is not there."""
        if table.name not in self.opened:
            self.engine.execute(
                f"create temp table {staged(table)} "
                f"(file integer, {LINE} bigint, row_id bigint, {columns_sql(table)})"
            )
            self.opened.append(table.name)

    def add(self, table: Table, file: int, checked: Checked) -> None:
        """Stage the rows of a chunk: good ones with their row id as first occurrences, bad ones apart."""
        if checked.good.num_rows:
            self._insert(
                f"insert into {staged(table)} by position "
                f"select {file}, {LINE}, {row_id_sql(table)}, {names_sql(table)} from chunk_",
                checked.good,
            )
        self.add_bad(table, file, checked.bad)

    def add_bad(self, table: Table, file: int, bad: pa.Table) -> None:
        """Stage broken rules (`records.quarantine.SCHEMA`)."""
        if bad.num_rows:
            names = ", ".join(SCHEMA.names)
            self._insert(
                f"insert into {BAD} by position select {file}, '{table.name}', {names} from chunk_", bad
            )

    def number_occurrences(self, table: Table, file: int) -> None:
        """Give the second and later of identical rows of a file ids of their own."""
        here = f"from {staged(table)} where file = {file}"
        again = f"select row_id {here} group by row_id having count(*) > 1"
        if self._count(f"select count(*) from ({again})") == 0:
            return
        self.engine.execute(
            f"""
            update {staged(table)} s set row_id = {row_id_sql(table, occurrence="n.occurrence", source="s")}
            from (
                select rowid as place, row_number() over (partition by row_id order by {LINE}) - 1 as occurrence
                {here} and row_id in ({again})
            ) n
            where s.rowid = n.place and n.occurrence > 0
            """
        )

    def refuse_strangers(self, table: Table) -> None:
        """Take out rows about people who are no obligors; of these only a count under a masked key remains.

        Bad rows of whom it cannot be said lose their content too.
        """
        if not only_of_obligors(table):
            return
        stranger = f"party_id not in (select party_id from {KNOWN})"
        for source, rows in ((staged(table), "count(*)"), (BAD, "count(distinct line)")):
            of_table = f"'{table.name}' = " + ("table_name" if source == BAD else f"'{table.name}'")
            self.engine.execute(
                f"""insert into {REFUSED}
                select file, '{table.name}', {masked_key_sql("party_id")}, {rows}
                from {source} where {of_table} and {stranger} group by all"""
            )
            self.engine.execute(f"delete from {source} where {of_table} and {stranger}")
        self.engine.execute(
            f"update {BAD} set raw = null where table_name = '{table.name}' and party_id is null"
        )

    def refuse_dangling(self, table: Table) -> None:
        """Quarantine corrections of rows that are neither held nor staged, and corrections of those in turn."""
        shown = [each for each in table.columns if each.kind not in (Kind.PERSONAL, Kind.IDENTITY)]
        raw = ", ".join(f"{each.name} := {each.name}" for each in shown)
        party = "party_id" if any(each.name == "party_id" for each in table.columns) else "null"
        dangling = f"""corrects_row_id is not null
            and corrects_row_id not in (select row_id from {table.name})
            and corrects_row_id not in (select row_id from {staged(table)})"""
        while self._count(f"select count(*) from {staged(table)} where {dangling}"):
            self.engine.execute(
                f"""insert into {BAD}
                select file, '{table.name}', {LINE}, 'corrects_row_id', 'corrects_unknown_row',
                       cast(corrects_row_id as varchar), to_json(struct_pack({raw})), {party}
                from {staged(table)} where {dangling}"""
            )
            self.engine.execute(f"delete from {staged(table)} where {dangling}")

    def keep(self, table: Table, load_id: int) -> int:
        """Move the staged rows that the store does not hold yet into it; how many these were."""
        self.engine.execute(
            f"""insert into {table.name} by position
            select row_id, {names_sql(table)}, {load_id} from {staged(table)} s
            where not exists (select 1 from {table.name} t where t.row_id = s.row_id)
            {self._first_of_files(table)}"""
        )
        row = self.engine.fetchone()
        keep_codes(self.engine, table, staged=staged(table), line=LINE)
        return int(row[0]) if row else 0

    def rows(self, table: Table) -> int:
        """Good rows staged."""
        return self._count(f"select count(*) from {staged(table)}")

    def bad_rows(self, table: Table) -> int:
        """Rows with a broken rule."""
        return self._count(
            f"select count(*) from (select distinct file, line from {BAD} where table_name = '{table.name}')"
        )

    def refused_rows(self, table: Table) -> int:
        """Rows refused because their party is no obligor."""
        return self._count(
            f"select coalesce(sum(row_count), 0) from {REFUSED} where table_name = '{table.name}'"
        )

    def clear(self) -> None:
        """Drop everything staged."""
        for name in (*(f"staged_{table}" for table in self.opened), BAD, REFUSED, KNOWN, CODES):
            self.engine.execute(f"drop table if exists temp.{name}")
        self.opened.clear()

    def _first_of_files(self, table: Table) -> str:
        files = self._count(f"select count(distinct file) from {staged(table)}")
        return "qualify row_number() over (partition by row_id order by file) = 1" if files > 1 else ""

    def _insert(self, sql: str, rows: pa.Table) -> None:
        self.engine.register("chunk_", rows)
        try:
            self.engine.execute(sql)
        finally:
            self.engine.unregister("chunk_")

    def _count(self, sql: str) -> int:
        row = self.engine.execute(sql).fetchone()
        return int(row[0]) if row else 0


def staged(table: Table) -> str:
    """Name of a contract's staged table."""
    return f"staged_{table.name}"
