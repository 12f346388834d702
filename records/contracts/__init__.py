"""Contracts of every table: what a row is, its columns with kind, unit and lawful values, its two clocks."""

from records.contracts.columns import COMMON, Column, Kind, Table
from records.contracts.court import CAUSES, CLOSING_MODES, COURT_TABLES, NODES
from records.contracts.office import OFFICE_TABLES
from records.contracts.sources import SOURCE_TABLES

TABLES: dict[str, Table] = {table.name: table for table in (*COURT_TABLES, *OFFICE_TABLES, *SOURCE_TABLES)}

__all__ = ["CAUSES", "CLOSING_MODES", "COMMON", "NODES", "TABLES", "Column", "Kind", "Table"]
