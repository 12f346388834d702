"""YAML files that people edit (parameters, mappings), read strictly: safe, in UTF-8, no key given twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import ConstructorError

from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping a YAML file holds.

    Raises PortraitError `records.yaml_unreadable` when the file is missing, is not YAML, repeats a key or holds
    something other than a mapping.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)  # noqa: S506 - a SafeLoader
    except FileNotFoundError:
        raise _unreadable(path, Text(zh="文件不存在", en="it does not exist")) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _unreadable(path, Text(zh=_place(error), en=_place(error))) from error
    if not isinstance(content, dict):
        raise _unreadable(path, Text(zh="内容不是键值映射", en="it holds no mapping of keys to values"))
    return content


class _Strict(yaml.CSafeLoader):
    """A SafeLoader that refuses a key given twice, where YAML itself would keep the last.

    libyaml reads seven times as fast as the loader in Python, which a service that starts has to wait for.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise ConstructorError(None, None, f"the key [{key}] is given twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def _place(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    what = str(getattr(error, "problem", None) or error)
    return f"{what} (line {mark.line + 1})" if mark is not None else what


def _unreadable(path: Path, why: Text) -> PortraitError:
    return PortraitError(
        Problem(
            code="records.yaml_unreadable",
            title=Text(zh="配置文件无法读取", en="A settings file cannot be read"),
            detail=Text(zh="[{name}] 无法读取：{why}。", en="[{name}] cannot be read: {why}.").fill(
                name=path.name, why=why
            ),
            next_step=Text(zh="请改正该文件后重试。", en="Correct the file and try again."),
            values={"file": path.name},
        )
    )
