"""What adapters share: a foreign CSV on its way in, the list of what could not be mapped, and the way to files."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from records.contracts import TABLES
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
        """Read a CSV of UTF-8 text, blanks around values off.

        Raises PortraitError when it is not there, is not UTF-8 or lacks a column.
        """
        header, lines, ragged = _lines(path)
        missing = [column for column in columns if column not in header]
        if missing:
            raise PortraitError(_lacks(path.name, missing))
        rows = pd.DataFrame(
            list(lines.values()), columns=header, index=pd.Index(lines.keys(), dtype="int64"), dtype="str"
        )
        reading = cls(path.name, rows)
        for line, cells in ragged.items():
            reading._note(line, "", f"a row has {len(header)} fields", f"{len(cells)} fields", lost="row")
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


def write(adapted: Adapted, folder: Path, *, form: Format, progress: Progress | None = None) -> None:
    """One file a table, ``<table>.parquet`` or ``<table>.csv``, and ``rejected.jsonl`` beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    for done, (name, frame) in enumerate(adapted.tables.items()):
        if progress:
            progress(f"{name}.{form}", done, len(adapted.tables))
        if form == "csv":
            frame.to_csv(folder / f"{name}.csv", index=False)
        else:
            frame.to_parquet(folder / f"{name}.parquet", index=False)
    lines = (json.dumps(asdict(each), ensure_ascii=False) for each in adapted.rejected)
    (folder / "rejected.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    if progress:
        progress("rejected.jsonl", len(adapted.tables), len(adapted.tables))


def _lines(path: Path) -> tuple[list[str], dict[int, list[str]], dict[int, list[str]]]:
    if not path.is_file():
        raise PortraitError(_absent(path.name))
    good: dict[int, list[str]] = {}
    ragged: dict[int, list[str]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            for cells in filter(None, reader):  # a blank line holds no row
                place = good if len(cells) == len(header) else ragged
                place[reader.line_num] = [cell.strip() for cell in cells]
    except UnicodeDecodeError as error:
        raise PortraitError(_not_text(path.name)) from error
    return header, good, ragged


def _absent(name: str) -> Problem:
    return Problem(
        code="adapter-no-file",
        title=Text(zh="找不到文件", en="No such file"),
        detail=Text(zh=f"没有文件 [{name}]。", en=f"There is no file [{name}]."),
        next_step=Text(zh="请检查路径。", en="Check the path."),
        status=404,
        values={"file": name},
    )


def _not_text(name: str) -> Problem:
    return Problem(
        code="adapter-encoding",
        title=Text(zh="文件编码不是 UTF-8", en="The file is not UTF-8"),
        detail=Text(zh=f"文件 [{name}] 无法按 UTF-8 读取。", en=f"File [{name}] does not read as UTF-8."),
        next_step=Text(zh="请转换编码后重试。", en="Convert it and try again."),
        status=422,
        values={"file": name},
    )


def _lacks(name: str, missing: list[str]) -> Problem:
    listed = ", ".join(missing)
    return Problem(
        code="adapter-columns",
        title=Text(zh="文件缺少列", en="The file lacks columns"),
        detail=Text(zh=f"文件 [{name}] 缺少列：{listed}。", en=f"File [{name}] lacks the columns: {listed}."),
        next_step=Text(
            zh="请使用数据说明中列出的原始文件。",
            en="Use the original file that the data set's description lists.",
        ),
        status=422,
        values={"file": name, "columns": missing},
    )
