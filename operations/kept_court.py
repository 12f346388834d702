"""A synthetic court kept in a folder by a command that measures: found again only if it is the one asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

if TYPE_CHECKING:
    from records.snapshot import Snapshot
    from training.fit import Progress


def kept_court(
    room: Path, *, cases: int, seed: int, secret: bytes, progress: Progress | None = None
) -> Snapshot:
    """The synthetic court of so many cases: found in the room, or simulated, loaded and published there.

    The room holds ``files``, ``store.duckdb`` and ``snapshots``; ``secret`` keys the ids. Raises what `is_kept` does.
    """
    from records.load import load
    from records.publish import publish
    from records.snapshot import Snapshot
    from records.store import Store
    from simulation import simulate

    step: Progress = progress or (lambda label, done, total: None)
    if not is_kept(room, cases=cases, seed=seed):
        simulate(
            cases=cases, seed=seed, out=room / "files", progress=lambda done, all_: step("cases", done, all_)
        )
        with Store.open(room / "store.duckdb", secret) as store:
            load(store, room / "files", progress=lambda at: step(at.file, at.done, at.total))
            publish(store, room / "snapshots", progress=progress)
    return Snapshot.current(room / "snapshots")


def is_kept(room: Path, *, cases: int, seed: int) -> bool:
    """Whether the room holds the published court of so many cases.

    Raises PortraitError ``court.another`` where ``files/about.json`` tells of another one: its figures would go down
    under a wrong name.
    """
    if not (room / "snapshots").exists():
        return False
    told = room / "files" / "about.json"
    about = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    found = about.get("cases", cases), about.get("seed", seed)
    if found != (cases, seed):
        raise _another(room, found, (cases, seed))
    return True


def _another(room: Path, found: tuple[int, int], wanted: tuple[int, int]) -> PortraitError:
    return PortraitError(
        Problem(
            code="court.another",
            title=Text(zh="目录中是另一个合成法院", en="The folder holds another synthetic court"),
            detail=Text(
                zh=f"[{room.name}]中的合成法院为{found[0]:,}件案件（种子{found[1]}），"
                f"所要求的为{wanted[0]:,}件（种子{wanted[1]}）。",
                en=f"The synthetic court in [{room.name}] has {found[0]:,} cases of seed {found[1]}; asked for is one "
                f"of {wanted[0]:,} cases of seed {wanted[1]}.",
            ),
            next_step=Text(
                zh="请用--room另指定一个目录，或按该法院的规模运行。",
                en="Name another folder with --room, or ask for a court of that size.",
            ),
        )
    )
