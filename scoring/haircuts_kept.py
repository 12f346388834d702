"""Haircuts of a published snapshot: fitted to its auctions, or read from the table that the night left beside them.

A table is a function of snapshot, month and the code that reads lots and fits, and says all three; one that does not
match, or whose digest does not, is as good as none, and the cells are fitted anew. So a table saves time and never
changes a number.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import closing
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from records import dossiers as reading
from records.dossiers import Dossiers
from scoring import haircuts as fitting
from scoring.haircuts import Cell, Haircuts, Three, fit_haircuts, lots_of

FOLDER = "haircuts"


def haircuts_of(snapshot: Path, day: date) -> Haircuts:
    """What the auctions of a snapshot's folder fetched, as known on the first day of the date's month.

    Raises PortraitError `records.snapshot_missing`.
    """
    month = day.replace(day=1)
    with closing(Dossiers.open(snapshot)) as dossiers:
        return _read(_table(snapshot, month), _stamp(dossiers.digest, month)) or _fitted(dossiers, month)


def keep_months(snapshot: Path, day: date) -> None:
    """Leave tables of the date's month and of the next beside the snapshot, where there are none that still hold."""
    this = day.replace(day=1)
    with closing(Dossiers.open(snapshot)) as dossiers:
        for month in (this, (this + timedelta(days=31)).replace(day=1)):
            table, stamp = _table(snapshot, month), _stamp(dossiers.digest, month)
            if _read(table, stamp) is None:
                _write(table, stamp, _fitted(dossiers, month))


def _fitted(dossiers: Dossiers, month: date) -> Haircuts:
    rows, courts = dossiers.lots(month)
    return fit_haircuts(lots_of(rows, courts.get), fitted_on=month)


def _table(snapshot: Path, month: date) -> Path:
    return snapshot / FOLDER / f"{month:%Y-%m}.json"


def _stamp(snapshot: str, month: date) -> dict[str, str]:
    return {"snapshot": snapshot, "fitted_on": month.isoformat(), "fitted_by": _code()}


@lru_cache(maxsize=1)
def _code() -> str:
    """SHA-256 of the code that reads lots and fits, its priors among it: made otherwise, fitted anew."""
    made_by = b"".join(Path(str(part.__file__)).read_bytes() for part in (reading, fitting))
    return hashlib.sha256(made_by).hexdigest()


def _write(table: Path, stamp: Mapping[str, str], fitted: Haircuts) -> None:
    body = {
        **stamp,
        "lots": fitted.lots,
        "source": fitted.source,
        "kinds": [[*key, *_values(cell)] for key, cell in fitted.kinds.items()],
        "courts": [[*key, *_values(cell)] for key, cell in fitted.courts.items()],
    }
    table.parent.mkdir(exist_ok=True)
    draft = table.with_name(f".{table.name}-{os.getpid()}")
    draft.write_text(json.dumps({"digest": _digest(body), "table": body}, ensure_ascii=False), "utf-8")
    draft.replace(table)


def _read(table: Path, stamp: Mapping[str, str]) -> Haircuts | None:
    """The cells of a table; None where there is none, it is damaged, or it is of other lots, month or code."""
    try:
        content = json.loads(table.read_text("utf-8"))
        body = content["table"]
        if content["digest"] != _digest(body) or any(body[name] != stamp[name] for name in stamp):
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Haircuts(
        {(kind, turn): _cell(rest) for kind, turn, *rest in body["kinds"]},
        {(court, kind, turn): _cell(rest) for court, kind, turn, *rest in body["courts"]},
        date.fromisoformat(body["fitted_on"]),
        body["lots"],
        body["source"],
    )


def _values(cell: Cell) -> tuple[Three, Three, int, int]:
    return cell.chance, cell.share, cell.lots, cell.sold


def _cell(values: list[Any]) -> Cell:
    chance, share, lots, sold = values
    return Cell(_three(chance), _three(share), lots, sold)


def _three(values: list[float]) -> Three:
    low, mid, high = values
    return (low, mid, high)


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
