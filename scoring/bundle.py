"""The bundle: everything a score needs, as text and JSON under one digest. Nothing is unpickled.

A bundle is a folder: ``share.txt`` and ``curve.txt`` (LightGBM's text), ``bundle.json`` (names, calibration,
comparables, levels of likely sets, reference effort, digests of catalogue and parameters, where it was trained and how
it did), ``card.md`` and plots for people, and ``manifest.json`` with the SHA-256 of every file; the bundle's digest is
that of the manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from features.catalogue import CATALOGUE
from features.declare import Catalogue, Values
from scoring.ability import Reference
from scoring.calibration import Calibration
from scoring.contributions import Contributions
from scoring.curve import GRID, HEADLINE, HORIZONS, MARKS, CurveModel
from scoring.likely import PLAIN, Levels
from scoring.trees import Trees
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

FORMAT = 2
"""1 had no curve."""
QUANTILES = 20
"""Comparables are kept as values at 0, 5, …, 100 % of known values."""


@dataclass(frozen=True, eq=False)
class CurvePart:
    """What a bundle holds of the curve: LightGBM's text, the slope of its log-odds, levels of likely sets, effort."""

    text: str
    slope: float = 1.0
    months: int = HEADLINE
    levels: Levels = field(default_factory=lambda: PLAIN)
    reference: Reference = field(default_factory=Reference)

    @property
    def model(self) -> CurveModel:
        """Ready to be asked."""
        return CurveModel.parse(self.text, slope=self.slope, months=self.months)


@dataclass(frozen=True)
class Bundle:
    """A model that can be served: trees, calibration, curve, comparables, and what it says of itself."""

    digest: str
    trees: Trees
    calibration: Calibration
    curve: CurveModel
    levels: Levels
    reference: Reference
    catalogue_digest: str
    comparables: Mapping[str, Mapping[str, Sequence[float]]]
    about: Mapping[str, Any]
    path: Path
    explain: Contributions = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "explain", Contributions(self.trees))

    @property
    def names(self) -> tuple[str, ...]:
        """Feature names, in the order of the matrix."""
        return self.trees.feature_names

    @property
    def base(self) -> float:
        """The score at the booster's expected raw value: what a typical obligation starts from."""
        return float(100.0 * self.calibration.share(np.array([self.trees.expected]))[0])

    def standing(self, *, kind: str, name: str, value: float) -> float | None:
        """Share of comparable debtors (of the same kind) whose known value is below this one; None when unknown."""
        grid = self.comparables.get(kind, {}).get(name)
        if not grid or np.isnan(value):
            return None
        below = int(np.searchsorted(grid, value, side="left"))
        above = int(np.searchsorted(grid, value, side="right"))
        return min(max((below + above - 1) / 2 / QUANTILES, 0.0), 1.0)


def read(path: Path, catalogue: Catalogue = CATALOGUE) -> Bundle:
    """The bundle of a folder.

    Raises PortraitError when a file is missing or was changed, when its form is not known, or when another feature
    catalogue trained it (naming the features that differ).
    """
    files = _verified(path)
    about = json.loads(files["bundle.json"])
    if about.get("format") != FORMAT:
        raise refused(
            path,
            Text(
                zh=f"格式为[{about.get('format')}]，本版本只认[{FORMAT}]（格式1没有曲线）",
                en=f"form [{about.get('format')}] where this version reads form [{FORMAT}] (form 1 had no curve)",
            ),
        )
    _same_catalogue(path, about, catalogue)
    trees = _trees(path, "share.txt", files, catalogue.names)
    spread = about["curve"]
    if (tuple(spread["horizons"]), tuple(spread["marks"])) != (HORIZONS, MARKS):
        raise refused(
            path,
            Text(
                zh="曲线的期限或阈值不同", en="the curve has other horizons or thresholds than this version"
            ),
        )
    return Bundle(
        digest=hashlib.sha256((path / "manifest.json").read_bytes()).hexdigest(),
        trees=trees,
        calibration=Calibration(**about["calibration"]),
        curve=CurveModel(
            _trees(path, "curve.txt", files, (*catalogue.names, *GRID)), spread["slope"], spread["months"]
        ),
        levels=Levels(spread["levels"]),
        reference=Reference(**spread["reference"]),
        catalogue_digest=about["catalogue"]["digest"],
        comparables=about["comparables"],
        about=about,
        path=path,
    )


def share_text(bundle: Bundle) -> str:
    """LightGBM's text of the share model. Raises PortraitError when the folder is no longer what was read."""
    text = _verified(bundle.path)["share.txt"].decode()
    if hashlib.sha256((bundle.path / "manifest.json").read_bytes()).hexdigest() != bundle.digest:
        raise refused(
            bundle.path,
            Text(zh="manifest.json已被改动", en="manifest.json was changed since it was read"),
        )
    return text


def write(
    path: Path,
    *,
    share: str,
    calibration: Calibration,
    curve: CurvePart,
    comparables: Mapping[str, Mapping[str, Sequence[float]]],
    about: Mapping[str, Any],
    extra: Mapping[str, bytes] | None = None,
    catalogue: Catalogue = CATALOGUE,
) -> str:
    """Write a bundle folder (it must not exist) and return its digest. ``extra`` files ride along: card, plots."""
    definitions = {feature.name: feature.definition for feature in catalogue.features}
    body = {
        "format": FORMAT,
        "calibration": {"slope": calibration.slope, "shift": calibration.shift},
        "curve": {
            "slope": curve.slope,
            "months": curve.months,
            "horizons": HORIZONS,
            "marks": MARKS,
            "levels": curve.levels.of,
            "reference": asdict(curve.reference),
        },
        "comparables": comparables,
        "catalogue": {"digest": catalogue.digest, "definitions": definitions},
        **about,
    }
    files = {
        "share.txt": share.encode(),
        "curve.txt": curve.text.encode(),
        "bundle.json": json.dumps(body, indent=1, sort_keys=True, ensure_ascii=False, default=str).encode(),
        **(extra or {}),
    }
    path.mkdir(parents=True)
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    manifest = {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}
    (path / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    return hashlib.sha256((path / "manifest.json").read_bytes()).hexdigest()


def comparables_of(
    values: Values, kinds: Sequence[str], names: Sequence[str]
) -> dict[str, dict[str, list[float]]]:
    """Quantiles of the known values of each feature, by kind of debtor. ``values``: shape (n, features)."""
    grids: dict[str, dict[str, list[float]]] = {}
    at = np.linspace(0, 1, QUANTILES + 1)
    marks = np.asarray(kinds)
    for kind in sorted(set(kinds)):
        rows = values[marks == kind]
        grids[kind] = {}
        for place, name in enumerate(names):
            known = rows[~np.isnan(rows[:, place]), place]
            if len(known) >= QUANTILES:
                grids[kind][name] = [float(q) for q in np.quantile(known, at)]
    return grids


def _verified(path: Path) -> dict[str, bytes]:
    try:
        manifest = json.loads((path / "manifest.json").read_text())
        files = {name: (path / name).read_bytes() for name in manifest}
    except (OSError, ValueError) as error:
        raise refused(
            path,
            Text(
                zh=f"有文件无法读取（{type(error).__name__}）",
                en=f"a file cannot be read ({type(error).__name__})",
            ),
        ) from error
    for name, digest in manifest.items():
        if hashlib.sha256(files[name]).hexdigest() != digest:
            raise refused(
                path,
                Text(
                    zh=f"文件[{name}]与manifest.json中的摘要不符",
                    en=f"file [{name}] differs from its digest in manifest.json",
                ),
            )
    for name in ("bundle.json", "share.txt", "curve.txt"):
        if name not in files:
            raise refused(
                path,
                Text(
                    zh=f"manifest.json中没有文件[{name}]", en=f"file [{name}] is missing from manifest.json"
                ),
            )
    return files


def _trees(path: Path, name: str, files: Mapping[str, bytes], columns: tuple[str, ...]) -> Trees:
    trees = Trees.parse(files[name].decode())
    if trees.feature_names != columns:
        raise refused(
            path,
            Text(
                zh=f"文件[{name}]的列与特征目录不一致",
                en=f"file [{name}] reads other columns than the catalogue has",
            ),
        )
    return trees


def _same_catalogue(path: Path, about: Mapping[str, Any], catalogue: Catalogue) -> None:
    if about["catalogue"]["digest"] == catalogue.digest:
        return
    theirs, ours = about["catalogue"]["definitions"], {f.name: f.definition for f in catalogue.features}
    ours = json.loads(json.dumps(ours, default=str))
    differing = sorted(name for name in {*theirs, *ours} if theirs.get(name) != ours.get(name))
    shown = ", ".join(f"[{name}]" for name in differing[:8]) or "[absence policy]"
    raise refused(
        path,
        Text(
            zh=f"特征目录与本服务不同（{len(differing)}个定义：{shown}）",
            en=f"the feature catalogue differs from this service's ({len(differing)} definitions: {shown})",
        ),
    )


def refused(path: Path, why: Text) -> PortraitError:
    """The refusal of a bundle folder, saying why."""
    return PortraitError(
        Problem(
            code="bundle_refused",
            title=Text(zh="模型包被拒绝", en="Model bundle refused"),
            detail=Text(
                zh=f"模型包[{path.name[:12]}]：{why.zh}。",
                en=f"Bundle [{path.name[:12]}]: {why.en}.",
            ),
            next_step=Text(
                zh="请重新导出模型包，或用本版本的特征目录重新训练（portrait train）。",
                en="Export the bundle again, or train anew with this version's catalogue (portrait train).",
            ),
            status=503,
            values={"bundle": path.name},
        )
    )
