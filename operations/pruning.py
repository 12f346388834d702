"""Making room: old snapshots and old queues go, never one in use nor one that a portrait somebody read rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from operations.say import language, say, table
from vocabulary.text import Text

if TYPE_CHECKING:
    from operations.settings import Settings

SNAPSHOT = Text(zh="快照", en="snapshot")
QUEUE = Text(zh="队列（保留评分与运行记录）", en="queue, but scores and run.json")
_GONE = Text(zh="已清理", en="removed")
_WOULD_GO = Text(zh="将清理（未执行）", en="would go; nothing was removed")
_NOTHING = Text(zh="没有可清理的旧快照或旧队列。", en="No snapshot and no queue is old enough to go.")
_HELD = Text(
    zh="保留{name}：在用队列或有人调取、查看过的画像以其为依据",
    en="{name} stays: the queue in use, or a portrait that somebody asked for or read, rests on it",
)
_FREED = Text(
    zh="已清理{snapshots}个快照、{queues}个队列，释放{size}（{bytes}字节）。",
    en="Snapshots removed: {snapshots}; queues made small: {queues}; freed: {size} ({bytes} bytes).",
)
_WOULD_FREE = Text(
    zh="将清理{snapshots}个快照、{queues}个队列，可释放{size}（{bytes}字节）。",
    en="Snapshots to go: {snapshots}; queues to make small: {queues}; to be freed: {size} ({bytes} bytes).",
)


@dataclass(frozen=True, slots=True)
class Gone:
    """A snapshot, or all but scores and record of a queue; ``size``: bytes that it frees by itself."""

    what: Text
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Pruned:
    """What goes, old snapshots that stay nevertheless, and the bytes freed in all."""

    gone: tuple[Gone, ...]
    held: tuple[str, ...]
    freed: int

    def names(self, what: Text) -> list[str]:
        """Names of the snapshots or of the queues that go."""
        return [each.name for each in self.gone if each.what is what]


def add_to(app: typer.Typer) -> None:
    """Put the command on the command line."""
    app.command("prune")(prune)


def prune(
    keep: Annotated[
        int, typer.Option(min=1, help="Snapshots, and queues, that stay whole: the newest. 保留最新的份数")
    ] = 7,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would go. 仅列出，不删除")
    ] = False,
) -> None:
    """Make room: remove old snapshots, make old queues small. 清理旧快照与旧队列。

    A snapshot stays if it or its queue is in use, or if a portrait that a person asked for or read rests on it: its
    evidence is opened there. Portraits that only the night has seen are replayed from the snapshot in use. Of an old
    queue scores and run.json stay, for monitoring. Records, portraits, models and audit are never touched.
    使用中的快照与队列，以及有人调取或查看过的画像所依据的快照，一律保留；旧队列保留评分与运行记录。
    """
    from operations.settings import Settings

    found = pruned(Settings(), keep=keep, dry_run=dry_run)
    _say(found, dry_run=dry_run)


def pruned(settings: Settings, *, keep: int, dry_run: bool = False) -> Pruned:
    """Remove what is old below the settings' folders, or only find it.

    Raises PortraitError: ``night_running``, ``records.store_in_use``: nothing is removed while something is published.
    """
    if dry_run:
        return _found(settings, keep, _needed(settings))
    with _nothing_else(settings):
        from records.publish import prune as remove_snapshots
        from triage.pruning import prune as remove_queues

        needed = _needed(settings)
        found = _found(settings, keep, needed)
        remove_queues(settings.queues, keep=keep)
        remove_snapshots(settings.snapshots, keep=keep, needed=needed)
    return found


def size(paths: Sequence[Path]) -> int:
    """Bytes that removing these files and folders frees: a file that also lies elsewhere frees none."""
    found: dict[tuple[int, int], list[int]] = {}
    for path in paths:
        for file in path.rglob("*") if path.is_dir() else (path,):
            if file.is_file():
                told = file.stat()
                left = found.setdefault((told.st_dev, told.st_ino), [told.st_nlink, told.st_size])
                left[0] -= 1
    return sum(length for left, length in found.values() if left == 0)


def _found(settings: Settings, keep: int, needed: Collection[str]) -> Pruned:
    from records.publish import prunable as old_snapshots
    from triage.pruning import prunable as old_queues

    every = old_snapshots(settings.snapshots, keep=keep)
    snapshots = old_snapshots(settings.snapshots, keep=keep, needed=needed)
    parts = old_queues(settings.queues, keep=keep)
    queues = {part.parent: [each for each in parts if each.parent == part.parent] for part in parts}
    gone = [Gone(SNAPSHOT, each.name, size([each])) for each in snapshots]
    gone += [Gone(QUEUE, folder.name, size(of_it)) for folder, of_it in queues.items()]
    held = tuple(each.name for each in every if each not in snapshots)
    return Pruned(tuple(gone), held, freed=size([*snapshots, *parts]))


def _needed(settings: Settings) -> set[str]:
    """Digests of the snapshots that the queue in use and portraits somebody asked for or read rest on."""
    import json

    from operations.prepared import NIGHT
    from serving.state.archive import Archive
    from serving.state.database import State
    from triage.nightly import current
    from triage.nightly_kept import RUN

    state = State(settings.state)
    try:
        state.migrate()
        needed = Archive(state).snapshots(night=NIGHT)
    finally:
        state.close()
    used = current(settings.queues)
    if used is not None and (used / RUN).exists():
        needed.add(json.loads((used / RUN).read_text("utf-8"))["digests"]["snapshot"])
    return needed


@contextmanager
def _nothing_else(settings: Settings) -> Iterator[None]:
    """No night and no load meanwhile: either could publish again what is about to go."""
    from operations.court import opened_store
    from operations.nights import alone

    with alone(settings.nights):
        if not settings.store.exists():
            yield
            return
        with opened_store(settings):
            yield


def _say(found: Pruned, *, dry_run: bool) -> None:
    for name in found.held:
        say(_HELD.fill(name=name))
    if not found.gone:
        say(_NOTHING)
        return
    heads = {"zh": ("类别", "名称", "单独释放"), "en": ("what", "name", "frees by itself")}
    rows = [(each.what, each.name, _shown(each.size)) for each in found.gone]
    table((_WOULD_GO if dry_run else _GONE).to(language()), heads[language()], rows)
    told = {"snapshots": len(found.names(SNAPSHOT)), "queues": len(found.names(QUEUE))}
    say((_WOULD_FREE if dry_run else _FREED).fill(**told, size=_shown(found.freed), bytes=f"{found.freed:,}"))


def _shown(size: int) -> str:
    """Bytes in the unit that people read: 12.3 MB."""
    number, unit = float(size), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if number < 1000:
            break
        number, unit = number / 1000, larger
    return f"{number:.0f} {unit}" if unit == "B" else f"{number:.1f} {unit}"
