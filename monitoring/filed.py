"""Filed reports as they are read: the one filed last, its document and pictures. Standard library only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Language, Text

REPORT = "report.json"
POINTER = "current.json"
PICTURES = ("drift", "matured", "sources")


@dataclass(frozen=True, slots=True)
class Filed:
    """A filed report."""

    folder: Path
    document: dict[str, Any]

    def picture(self, name: str, language: Language) -> str | None:
        """A picture as SVG text; None when there was nothing to draw."""
        path = self.folder / f"{name}.{language}.svg"
        return path.read_text("utf-8") if name in PICTURES and path.exists() else None


def newest(root: Path) -> Filed:
    """The report filed last. Raises PortraitError (``no_report``, 503) before the first."""
    try:
        folder = root / str(json.loads((root / POINTER).read_text())["report"])
        return Filed(folder, json.loads((folder / REPORT).read_text("utf-8")))
    except OSError as error:
        raise PortraitError(
            Problem(
                code="no_report",
                title=Text(zh="尚无监测报告", en="No monitoring report yet"),
                detail=Text(zh="尚未生成过监测报告。", en="No report has been filed."),
                next_step=Text(zh="请先运行：portrait monitor。", en="File one first: portrait monitor"),
                status=503,
            )
        ) from error
