"""One seat of a training that is spread over machines: LightGBM on a part of the rows, joined by its own sockets."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from features.declare import Values
from training.fit import Settings, fit
from vocabulary.text import Text

if TYPE_CHECKING:
    from training.train import Plan

TARGET, WEIGHT = "target", "weight"
REMARK = Text(
    zh="本模型在多台机器上以数据并行方式训练：分箱边界由各机器按自己的数据确定，与单机训练的模型略有不同。",
    en="Grown data-parallel on several machines: each finds bin boundaries on its own rows, so the model differs a "
    "little from one grown on a single machine.",
)
"""Said on the card of such a model."""
_PATIENCE = 10
"""Minutes after which a seat stops waiting for the others' sockets."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What is grown from which files: columns by the features' names, ``target`` and ``weight``. Sent to the seats."""

    files: tuple[Path, ...]
    names: tuple[str, ...]
    monotone: tuple[int, ...]
    settings: Settings

    def grow(self, seat: int, machines: Sequence[str]) -> str:
        """LightGBM's text, the same on every seat. ``machines``: host:port by seat; this seat's port must be free.

        Raises ValueError where a seat has no rows.
        """
        values, target, weight = self.rows(seat, len(machines))
        network = {
            "machines": ",".join(machines),
            "num_machines": len(machines),
            "local_listen_port": int(machines[seat].rsplit(":", 1)[1]),
            "time_out": _PATIENCE,
            "tree_learner": "data",
            "pre_partition": True,
        }
        return fit(
            values,
            target,
            weight,
            names=self.names,
            monotone=self.monotone,
            settings=self.settings,
            network=network if len(machines) > 1 else None,
        )

    def rows(self, seat: int, seats: int) -> tuple[Values, Values, Values]:
        """Values, target and weight of a seat: every so-manieth row group of the files."""
        found, number = [], 0
        for path in self.files:
            with pq.ParquetFile(path) as file:
                for group in range(file.num_row_groups):
                    if number % seats == seat:
                        found.append(file.read_row_group(group, columns=[*self.names, TARGET, WEIGHT]))
                    number += 1
        if not found:
            raise ValueError(f"{number} row groups are too few for {seats} workers: ask for fewer workers")
        table = pa.concat_tables(found)
        values = np.column_stack([table[name].to_numpy() for name in self.names])
        return values, table[TARGET].to_numpy(), table[WEIGHT].to_numpy()


def write_rows(
    path: Path, values: Values, target: Values, weight: Values, *, names: Sequence[str], parts: int
) -> None:
    """Rows of shape (n, features) as a Parquet file of about so many row groups, dealt out like cards.

    Rows come by date; dealt out, every part has rows of every time, so that each seat's bins fit all.
    """
    parts = max(1, min(parts, len(target)))
    order = np.argsort(np.arange(len(target)) % parts, kind="stable")
    columns = {name: values[order, place] for place, name in enumerate(names)}
    table = pa.table({**columns, TARGET: target[order], WEIGHT: weight[order]})
    pq.write_table(table, path, row_group_size=-(-len(target) // parts), use_dictionary=False)


def refuse_unfit(target: Values) -> None:
    """Raises ValueError for no rows or a target outside [0, 1], before any worker is troubled."""
    if not len(target):
        raise ValueError("no rows to train on")
    if not ((target >= 0) & (target <= 1)).all():
        raise ValueError("the target must be a share between 0 and 1")


@contextmanager
def planned(engine: str, master: str, room: Path) -> Iterator[Plan]:
    """How a training is made on an engine: ``embedded``, or ``spark`` with ``room`` in a shared folder.

    Raises PortraitError where Spark does not start.
    """
    from training.train import Plan

    if engine != "spark":
        yield Plan()
        return
    from operations.spark import GrowOnSpark, session

    with session(master) as spark:
        yield Plan(grow=GrowOnSpark(spark, room), remarks=(REMARK,))


@contextmanager
def free_port() -> Iterator[int]:
    """A port of this machine that nobody else is given while the block lasts."""
    with socket.socket() as taken:
        taken.bind(("", 0))
        yield int(taken.getsockname()[1])
