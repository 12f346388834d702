"""The report of a day: drift, matured scores and sources together, what is to be said of them, filed as a page."""

from __future__ import annotations

import hashlib
import json
import math
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from monitoring.drift import Drift, drift
from monitoring.filed import POINTER, REPORT
from monitoring.findings import Finding, findings, label_of
from monitoring.limits import Level, Limits
from monitoring.maturity import Matured, maturity
from monitoring.page import page
from monitoring.pictures import pictures
from monitoring.sources import Answers, answers
from records.snapshot import Snapshot
from scoring.shelf import Shelf
from vocabulary.text import LANGUAGES


@dataclass(frozen=True, slots=True)
class Report:
    """What monitoring found as of a day, for a champion and a snapshot."""

    as_of: date
    bundle: str
    snapshot: str
    drift: Drift
    matured: tuple[Matured, ...]
    sources: tuple[Answers, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is to be said, worst first."""
        return findings(self.drift, self.matured, self.sources)

    @property
    def level(self) -> Level:
        """The worst of all findings; fine when there is none. What cannot be told yet is no reason to alarm."""
        return max(
            (each.level for each in self.findings if each.level is not Level.UNKNOWN), default=Level.FINE
        )


def watch(
    snapshot: Snapshot, shelf: Shelf, queues: Path, *, as_of: date, limits: Limits | None = None
) -> Report:
    """Look at everything as known on a day. Raises PortraitError when there is no champion to watch."""
    limits = limits or Limits.on(as_of)
    bundle = shelf.champion()
    return Report(
        as_of=as_of,
        bundle=bundle.digest,
        snapshot=snapshot.digest,
        drift=drift(snapshot, bundle, as_of=as_of, limits=limits),
        matured=maturity(snapshot, shelf, queues, as_of=as_of, limits=limits),
        sources=answers(snapshot, as_of, limits),
    )


def file(report: Report, root: Path) -> Path:
    """Write the report under ``root`` (page in both languages, pictures, JSON), point to it and return its folder."""
    document = document_of(report)
    plain = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, default=str).encode()
    folder = root / f"{report.as_of.isoformat()}-{hashlib.sha256(plain).hexdigest()[:12]}"
    root.mkdir(parents=True, exist_ok=True)
    if not folder.exists():
        staged = Path(tempfile.mkdtemp(dir=root, prefix=".staged-"))
        (staged / REPORT).write_bytes(plain)
        for language in LANGUAGES:
            drawn = pictures(report.drift, report.matured, report.sources, language)
            for name, svg in drawn.items():
                (staged / f"{name}.{language}.svg").write_text(svg, "utf-8")
            (staged / f"report.{language}.html").write_text(page(document, drawn, language), "utf-8")
        staged.chmod(0o755)
        try:
            os.replace(staged, folder)
        except OSError:  # another process has filed the same report meanwhile
            shutil.rmtree(staged)
    pointer = root / f".{POINTER}.{os.getpid()}"
    pointer.write_text(json.dumps({"report": folder.name}) + "\n")
    os.replace(pointer, root / POINTER)
    return folder


def document_of(report: Report) -> dict[str, Any]:
    """The report as JSON holds it; what is not defined is null."""
    body = {
        "as_of": report.as_of,
        "bundle": report.bundle,
        "snapshot": report.snapshot,
        "level": report.level.name.lower(),
        "findings": [
            {"about": each.about, "level": each.level.name.lower(), **each.says.as_pair()}
            for each in report.findings
        ],
        "drift": asdict(report.drift)
        | {"level": report.drift.level}
        | {
            "shifts": [
                asdict(each) | {"label": label_of(each.name).as_pair()} for each in report.drift.shifts
            ]
        },
        "matured": [
            asdict(each) | {"bias_band": each.bias_band, "slope_band": each.slope_band}
            for each in report.matured
        ],
        "sources": [
            asdict(each)
            | {"rate": each.rate, "rate_before": each.rate_before}
            | {"label": each.label.as_pair()}
            for each in report.sources
        ],
    }
    plain: dict[str, Any] = _plain(body)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Level):
        return value.name.lower()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value.isoformat() if isinstance(value, date) else value
