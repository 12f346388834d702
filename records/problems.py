"""Problems of the door, in words: what is wrong with a file, a mapping or a store, and the next step."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from records.names import did_you_mean
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

_FILE = Text(zh="文件无法装入", en="A file cannot be loaded")
_STORE = Text(zh="记录库无法使用", en="The store of records cannot be used")
_MAPPING = Text(zh="映射文件有误", en="The mapping file is wrong")


def unreadable(path: Path, why: Text, next_step: Text | None = None) -> PortraitError:
    """A file that cannot be read as what it says it is."""
    step = next_step or Text(zh="请检查或重新导出该文件。", en="Check the file or export it again.")
    said = Text(zh="[{file}] 无法读取：{why}。", en="[{file}] cannot be read: {why}.")
    return _problem("records.file_unreadable", _FILE, said, step, file=path.name, why=why)


def not_utf8(path: Path, encoding: str | None) -> PortraitError:
    """Bytes that are not in the encoding expected."""
    if encoding:
        why = Text(zh=f"内容不是 {encoding} 编码", en=f"its bytes are not {encoding}")
        return unreadable(path, why, Text(zh="请改正编码设置。", en="Say another encoding."))
    return unreadable(
        path,
        Text(zh="内容不是 UTF-8 编码（可能是 GB18030）", en="its bytes are not UTF-8 (perhaps GB18030)"),
        Text(
            zh="请另存为 UTF-8，或指定 encoding=gb18030。",
            en="Save it as UTF-8, or load it with encoding=gb18030.",
        ),
    )


def unknown_table(path: Path, name: str, known: Iterable[str]) -> PortraitError:
    """A file whose name is no table's."""
    return _problem(
        "records.unknown_table",
        _FILE,
        Text(
            zh="[{file}] 对应的表 [{table}] 不存在。",
            en="[{file}] is for table [{table}], which is not declared.",
        ),
        did_you_mean(name, known),
        file=path.name,
        table=name,
    )


def missing_column(path: Path, table: str, column: str, has: Iterable[str]) -> PortraitError:
    """A required column that the file does not have."""
    return _problem(
        "records.missing_column",
        _FILE,
        Text(
            zh="[{file}] 缺少 [{table}] 的必填列 [{column}]。",
            en="[{file}] lacks column [{column}], which [{table}] requires.",
        ),
        did_you_mean(column, has),
        file=path.name,
        table=table,
        column=column,
    )


def unknown_column(path: Path, table: str, column: str, known: Iterable[str]) -> PortraitError:
    """A column that the contract does not have and no mapping ignores."""
    hint = did_you_mean(column, known)
    ignore = Text(
        zh=" 不需要的列请在映射文件 ignore 中列出。",
        en=" Columns not wanted go under ignore in a mapping file.",
    )
    return _problem(
        "records.unknown_column",
        _FILE,
        Text(
            zh="[{file}] 的列 [{column}] 不在 [{table}] 的约定中。",
            en="[{file}] has column [{column}], which [{table}] does not have.",
        ),
        Text(hint.zh + ignore.zh, hint.en + ignore.en),
        file=path.name,
        table=table,
        column=column,
    )


def repeated_column(path: Path, column: str) -> PortraitError:
    """Two columns of one name."""
    why = Text(zh=f"列 [{column}] 出现两次", en=f"column [{column}] appears twice")
    return unreadable(path, why)


def nothing_to_load(where: str) -> PortraitError:
    """No data file was named or found."""
    return _problem(
        "records.nothing_to_load",
        _FILE,
        Text(zh="[{where}] 中没有 CSV 或 Parquet 文件。", en="[{where}] holds no CSV or Parquet file."),
        Text(zh="请指定含数据文件的文件夹。", en="Name a folder with data files."),
        where=where,
    )


def mapping_wrong(file: str, key: str, why: Text, next_step: Text) -> PortraitError:
    """A line of a mapping file that names something unknown."""
    return _problem(
        "records.mapping_wrong",
        _MAPPING,
        Text(zh="[{file}] 的 [{key}]：{why}。", en="[{key}] of [{file}]: {why}."),
        next_step,
        file=file,
        key=key,
        why=why,
    )


def store_in_use(path: Path) -> PortraitError:
    """Another process, or another part of this one, writes to the store."""
    return _problem(
        "records.store_in_use",
        _STORE,
        Text(
            zh="记录库 [{store}] 正在被另一进程写入。", en="The store [{store}] is in use by another writer."
        ),
        Text(
            zh="请等待其结束；读取请用已发布的快照。",
            en="Wait for it to end; to read, use a published snapshot.",
        ),
        status=409,
        store=path.name,
    )


def store_unusable(path: Path, why: Text, next_step: Text) -> PortraitError:
    """A store of another secret or of other contracts, or a file that is no store."""
    said = Text(zh="记录库 [{store}]：{why}。", en="The store [{store}]: {why}.")
    return _problem("records.store_unusable", _STORE, said, next_step, status=409, store=path.name, why=why)


def snapshot_missing(path: Path, why: Text) -> PortraitError:
    """No snapshot where one was looked for, or one that this code cannot read."""
    return _problem(
        "records.snapshot_missing",
        Text(zh="没有可用的快照", en="There is no snapshot to read"),
        Text(zh="[{path}]：{why}。", en="[{path}]: {why}."),
        Text(zh="请先装入记录并发布快照。", en="Load records and publish a snapshot first."),
        status=503,
        path=path.name,
        why=why,
    )


def _problem(
    code: str, title: Text, detail: Text, next_step: Text, *, status: int = 400, **values: object
) -> PortraitError:
    shown = {name: value for name, value in values.items() if not isinstance(value, Text)}
    return PortraitError(Problem(code, title, detail.fill(**values), next_step, status, shown))
