"""What a worker of a cluster does with its bucket: the very steps of the night engine, on one thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from features.night import Slice, build, write_whole
from operations.buckets import Bucket
from operations.explaining import who_explains
from records.snapshot import Snapshot
from records.store import Limits
from scoring import bundle as bundles
from scoring.bundle import Bundle
from scoring.contributions import Explains
from triage.slices import score_slice
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


class Work(Protocol):
    """Something to do with one bucket, its result left in files. Sent to the workers: small, frozen, by paths."""

    def __call__(self, bucket: Bucket, asked: Slice) -> None:
        """Do it."""
        ...


@dataclass(frozen=True, slots=True)
class Scoring:
    """Score the bucket into the night's two files below ``folder``."""

    bundle: Path
    digest: str
    folder: Path

    def __call__(self, bucket: Bucket, asked: Slice) -> None:
        """Features, scores, contributions, reasons."""
        model = _bundle(self.bundle)
        if model.digest != self.digest:
            raise _elsewhere(self.bundle, wanted=self.digest, found=model.digest)
        score_slice(bucket, model, asked, self.folder, threads=1, explain=_explains(self.bundle))


@dataclass(frozen=True, slots=True)
class Profiling:
    """Write the bucket's profiles to ``folder/profiles-*.parquet``, with what else the obligations bring."""

    folder: Path

    def __call__(self, bucket: Bucket, asked: Slice) -> None:
        """Features of every obligation as of its own date."""
        table = build(bucket, asked.rows, rows=max(1, asked.rows.num_rows))
        for name in asked.rows.column_names:
            if name not in table.column_names:
                table = table.append_column(name, asked.rows[name])
        write_whole(table, profiles(self.folder, asked.number), inputs=asked.digest)


def profiles(folder: Path, bucket: int) -> Path:
    """The file of a bucket's profiles."""
    return folder / f"profiles-{bucket:05d}.parquet"


@lru_cache(maxsize=1)
def opened(path: Path, digest: str, limits: Limits) -> Snapshot:
    """The snapshot of a worker, kept between its buckets. Raises PortraitError where the folder holds another one."""
    snapshot = Snapshot.open(path, limits=replace(limits, threads=1))
    if snapshot.digest != digest:
        raise _elsewhere(path, wanted=digest, found=snapshot.digest)
    return snapshot


@lru_cache(maxsize=1)
def _bundle(path: Path) -> Bundle:
    return bundles.read(path)


@lru_cache(maxsize=1)
def _explains(path: Path) -> Explains:
    return who_explains(_bundle(path))


def _elsewhere(path: Path, *, wanted: str, found: str) -> PortraitError:
    return PortraitError(
        Problem(
            code="spark.not_shared",
            title=Text(zh="计算节点看到的不是同一份数据", en="A worker sees other data"),
            detail=Text(
                zh=f"计算节点上的[{path.name}]摘要为[{found[:12]}]，应为[{wanted[:12]}]。",
                en=f"On a worker [{path.name}] has the digest [{found[:12]}], not [{wanted[:12]}].",
            ),
            next_step=Text(
                zh="请让所有节点以同一路径挂载同一共享目录（docs/spark.md）。",
                en="Mount one shared folder under the same path on every node (docs/spark.md).",
            ),
        )
    )
