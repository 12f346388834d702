"""What adapters share: a foreign CSV on its way in, the list of what could not be mapped, and the way to files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow as pa

from records.contracts import TABLES
from records.files import chunks, header
from records.problems import missing_column
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

Progress = Callable[[str, int, int], None]
"""Called with what is being made, how many are done, and how many there are."""
Lost = Literal["row", "value"]
Format = Literal["parquet", "csv"]
AMOUNT = r"\d+(\.\d{1,2})?"
SIGNED = r"-?\d+(\.\d{1,2})?"
WHOLE = r"\d+"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A place in a foreign file that has no place in the contracts.

    ``line`` counts from 1, the header's. ``lost`` says what it cost: the whole row, or this value alone, in which case
    the contract's column is missing and the rest of the row is kept.
    """

    file: str
    line: int
    column: str
    rule: str
    value: str
    lost: Lost


@dataclass(frozen=True)
class Adapted:
    """A foreign data set in the contracts' tables, in door form, with all that was refused and what was counted.

    ``tables``: one frame a table; references are text, amounts whole currency units with up to two decimals, dates
    `datetime.date`. ``counts``: facts about the file that its user must be told.
    """

    tables: dict[str, pd.DataFrame]
    rejected: tuple[Rejected, ...]
    counts: Mapping[str, int]


@dataclass
class Reading:
    """The rows of a foreign file that are still good, as text, their line numbers as index; and what was refused."""

    file: str
    rows: pd.DataFrame
    rejected: list[Rejected] = field(default_factory=list)

    @classmethod
    def of(cls, path: Path, columns: tuple[str, ...]) -> Reading:
        """Read a CSV file as the door does; a blank value is "".

        Raises PortraitError when it cannot be read or lacks a column.
        """
        has = header(path)
        for column in columns:
            if column not in has:
                raise missing_column(path, path.parent.name, column, has)
        read = list(chunks(path))
        rows = pa.concat_tables(chunk.rows for chunk in read).to_pandas().astype("str").fillna("")
        rows.index = pd.Index(pa.chunked_array([chunk.lines for chunk in read]).to_pandas())
        reading = cls(path.name, rows)
        for misfit in (misfit for chunk in read for misfit in chunk.misfits):
            fields = f"{len(misfit.fields)} fields"
            reading._note(misfit.line, "", f"a row has {len(has)} fields", fields, lost="row")
        return reading

    def refuse(self, column: str, bad: pd.Series, *, rule: str) -> None:
        """Take the bad rows out, each listed with its line and value."""
        for line, value in self.rows.loc[bad, column].items():
            self._note(line, column, rule, value, lost="row")
        self.rows = self.rows[~bad]

    def leave_out(self, column: str, bad: pd.Series, *, rule: str) -> None:
        """List the bad values; the rows stay, and their maker leaves these values missing."""
        for line, value in self.rows.loc[bad, column].items():
            self._note(line, column, rule, value, lost="value")

    def amount(self, column: str) -> pd.Series:
        """Amounts not below zero, as floats; NaN where the text is none."""
        return self.numbers(column, AMOUNT)

    def numbers(self, column: str, form: str) -> pd.Series:
        """Numbers of the form given (a regular expression), as floats; NaN where the text is of another form."""
        text = self.rows[column]
        return pd.to_numeric(text.where(text.str.fullmatch(form)), errors="coerce").astype("float64")

    def dates(self, column: str, read: Callable[[str], date | None]) -> pd.Series:
        """Dates as `datetime.date`, None where ``read`` finds none; each text is read once."""
        known = {text: read(text) for text in self.rows[column].unique()}
        return pd.Series([known[text] for text in self.rows[column]], index=self.rows.index, dtype="object")

    def coded(self, column: str, codes: Mapping[str, Any], *, unknown: tuple[str, ...] = ()) -> pd.Series:
        """Values by code; None for the codes that mean unknown, and, listed, for any code that is not known."""
        text = self.rows[column]
        self.leave_out(column, ~text.isin([*codes, *unknown]), rule="one of the documented codes")
        return pd.Series([codes.get(each) for each in text], index=text.index, dtype="object")

    def _note(self, line: Any, column: str, rule: str, value: str, *, lost: Lost) -> None:
        self.rejected.append(Rejected(self.file, int(line), column, rule, str(value), lost))


def table(name: str, *, happened: object, known: object, **columns: object) -> pd.DataFrame:
    """A frame of one contract's table. Raises KeyError for a column that the contract does not have."""
    for column in columns:
        TABLES[name].column(column)
    return pd.DataFrame({"happened_at": happened, "known_at": known, **columns}).reset_index(drop=True)


def make(
    makers: Iterable[Callable[[pd.DataFrame], pd.DataFrame]], rows: pd.DataFrame, progress: Progress | None
) -> dict[str, pd.DataFrame]:
    """The tables that functions named ``_<table>`` make of the rows, in their order."""
    named = {maker.__name__.removeprefix("_"): maker for maker in makers}
    made = {}
    for done, (name, maker) in enumerate(named.items(), start=1):
        made[name] = maker(rows)
        if progress:
            progress(name, done, len(named))
    return made


def refuse_leaks(names: Iterable[str], leaks: Mapping[str, str]) -> None:
    """Raises PortraitError when a column proposed as a feature is among the leaks, however it is written."""
    known = {_plain(leak): reason for leak, reason in leaks.items()}
    for name in names:
        if _plain(name) in known:
            raise _leaking(name, known[_plain(name)])


def write(adapted: Adapted, folder: Path, *, form: Format, progress: Progress | None = None) -> None:
    """One file a table, ``<table>.parquet`` or ``<table>.csv``, and ``rejected.jsonl`` beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    for done, (name, frame) in enumerate(adapted.tables.items(), start=1):
        if form == "csv":
            frame.to_csv(folder / f"{name}.csv", index=False)
        else:
            frame.to_parquet(folder / f"{name}.parquet", index=False)
        if progress:
            progress(f"{name}.{form}", done, len(adapted.tables))
    lines = (json.dumps(asdict(each), ensure_ascii=False) for each in adapted.rejected)
    (folder / "rejected.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _leaking(name: str, reason: str) -> PortraitError:
    return PortraitError(
        Problem(
            code="records.leaking_column",
            title=Text(zh="该列泄漏结果", en="The column leaks the outcome"),
            detail=Text(
                zh=f"列 [{name}] 含有结果信息，不得作为特征。", en=f"[{name}] is no feature: {reason}."
            ),
            next_step=Text(zh="请去掉该列。", en="Leave the column out."),
            status=422,
            values={"column": name},
        )
    )
