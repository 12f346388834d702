"""Old queues made small: nobody works by them any more, but their scores are still to be held against what comes true.

Of an old queue ``scores.parquet`` and ``run.json`` stay, which monitoring reads for two years and which are little
of it; places, key figures, contributions, slices and donors go. The queue in use and the newest ones stay whole.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from triage import queue
from triage.nightly import alone, current
from triage.nightly_kept import RUN

STAYS = ("scores.parquet", RUN)


def prunable(root: Path, *, keep: int) -> list[Path]:
    """What would go of the queues beyond the ``keep`` newest by date and making; never of the one in use."""
    used = current(root)
    every = sorted(
        root.glob(f"queue-*/{RUN}"), key=lambda path: (path.parent.name[:16], path.stat().st_mtime_ns)
    )
    old = [path.parent for path in every if path.parent != used]
    gone = old[: max(0, len(old) + 1 - max(keep, 1))]
    return [path for folder in gone for path in sorted(folder.iterdir()) if path.name not in STAYS]


def prune(root: Path, *, keep: int) -> list[Path]:
    """Remove what is `prunable`, no night running below the root; a killed run is finished by the next."""
    if not root.is_dir():
        return []
    with alone(root):
        gone = prunable(root, keep=keep)
        for path in sorted(gone, key=lambda path: path.name != queue.NAME):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    return gone
