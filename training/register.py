"""A run on the record: parameters, figures, plots and the bundle in MLflow, the bundle on the shelf that serving reads.

MLflow keeps ``mlflow.db`` and ``artifacts/`` in one folder and writes absolute paths into them, so after a move its old
artifacts are found by hand only; the shelf holds no paths and moves freely. Nothing is pickled: a registered version
points to the bundle's folder of text and JSON. ``mlflow`` is imported when first needed (about two seconds).
"""

from __future__ import annotations

import logging
import math
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoring.logbook import Step
from scoring.shelf import Shelf
from training.figures import Figures
from vocabulary.problems import PortraitError

if TYPE_CHECKING:
    from mlflow import MlflowClient

MODEL = "debtor-portrait-share"
EXPERIMENT = "debtor-portrait"
CHAMPION, CHALLENGER = "champion", "challenger"


@dataclass(frozen=True, slots=True)
class Registered:
    """Where a run went: MLflow's run and version, the bundle's digest on the shelf, and whether it is the champion."""

    run_id: str
    version: str
    digest: str
    champion: bool


def register(
    bundle: Path,
    *,
    runs: Path,
    shelf: Shelf,
    name: str,
    parameters: Mapping[str, Any],
    figures: Mapping[str, Figures],
    tags: Mapping[str, str],
    promote: bool = True,
    model: str = MODEL,
) -> Registered:
    """File a bundle folder: a run under ``runs``, a version of ``model``, a copy on the shelf, a line in its logbook.

    ``figures`` by model name; each becomes three metrics (value, low, high). The first bundle of a shelf becomes the
    champion unless ``promote`` is false, and so does one where the champion can no longer be read (another
    version's catalogue: nothing could answer). Every other is filed as challenger; its way is ``training.promote``.
    Raises PortraitError when the bundle cannot be read.
    """
    digest = shelf.put(bundle)
    with client(runs) as registry:
        run = registry.create_run(_experiment(registry, runs), run_name=name, tags={**tags, "bundle": digest})
        run_id = str(run.info.run_id)
        _log(registry, run_id, parameters, figures)
        registry.log_artifacts(run_id, str(bundle), "bundle")
        registry.set_terminated(run_id)
        version = _version(registry, model, f"{run.info.artifact_uri}/bundle", run_id, digest)
        champion = _file(shelf, digest, run=run_id, crown=promote)
        registry.set_registered_model_alias(model, CHAMPION if champion else CHALLENGER, version)
    return Registered(run_id, version, digest, champion)


def point_registry(runs: Path, digest: str) -> bool:
    """Move the alias ``champion`` to the newest version of a bundle; False when this registry has none of it."""
    if not (runs / "mlflow.db").exists():
        return False
    with client(runs) as registry:
        found = registry.search_model_versions(f"tags.bundle = '{digest}'")
        for version in sorted(found, key=lambda each: int(each.version))[-1:]:
            registry.set_registered_model_alias(version.name, CHAMPION, version.version)
    return bool(found)


@contextmanager
def client(runs: Path) -> Iterator[MlflowClient]:
    """MLflow on the database in ``runs``, made if absent: no telemetry, no pickles, no chatter."""
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ["MLFLOW_ALLOW_PICKLE_DESERIALIZATION"] = "false"
    runs.mkdir(parents=True, exist_ok=True)
    database = f"sqlite:///{(runs / 'mlflow.db').resolve()}"
    with warnings.catch_warnings(), _quiet("mlflow", "alembic"):
        warnings.simplefilter("ignore")
        from mlflow import MlflowClient

        for logger in ("mlflow", "alembic"):  # importing mlflow sets its own levels
            logging.getLogger(logger).setLevel(logging.ERROR)
        yield MlflowClient(tracking_uri=database, registry_uri=database)


def _file(shelf: Shelf, digest: str, *, run: str, crown: bool) -> bool:
    """Write the filing down, crown it where nothing else can serve; whether the bundle is the champion now."""
    with shelf.logbook.turn() as turn:
        turn.add(Step.FILED, digest, facts={"run": run})
        before = shelf.digest_or_none()
        unfit = _unfit(shelf) if before else ""
        if crown and before != digest and (before is None or unfit):
            turn.add(Step.FIRST, digest, against=before or "", facts={"because": unfit} if unfit else {})
            shelf.point(digest)
    return shelf.digest_or_none() == digest


def _unfit(shelf: Shelf) -> str:
    """Why the champion cannot serve with this version's catalogue, in English; empty when it can."""
    try:
        shelf.champion()
    except PortraitError as error:
        return error.problem.detail.en
    return ""


@contextmanager
def _quiet(*names: str) -> Iterator[None]:
    before = {name: logging.getLogger(name).level for name in names}
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def _experiment(registry: MlflowClient, runs: Path) -> str:
    """The experiment whose artifacts lie in this folder; one from before a move is kept under another name."""
    place = (runs / "artifacts").resolve().as_uri()
    found = registry.get_experiment_by_name(EXPERIMENT)
    if found is not None and found.artifact_location == place:
        return str(found.experiment_id)
    if found is not None:
        registry.rename_experiment(found.experiment_id, f"{EXPERIMENT} (moved, {found.experiment_id})")
    return str(registry.create_experiment(EXPERIMENT, artifact_location=place))


def _log(
    registry: MlflowClient, run_id: str, parameters: Mapping[str, Any], figures: Mapping[str, Figures]
) -> None:
    from mlflow.entities import Metric, Param

    metrics = [
        Metric(f"{model.replace(' ', '_')}.{name}{mark}", number, timestamp=0, step=0)
        for model, measured in figures.items()
        for name, figure in measured.items()
        for mark, number in (("", figure.value), (".low", figure.low), (".high", figure.high))
        if math.isfinite(number)
    ]
    registry.log_batch(run_id, metrics, [Param(name, str(value)) for name, value in parameters.items()])


def _version(registry: MlflowClient, model: str, source: str, run_id: str, digest: str) -> str:
    if not registry.search_registered_models(f"name = '{model}'"):
        registry.create_registered_model(model)
    made = registry.create_model_version(
        model, source=source, run_id=run_id, tags={"bundle": digest}, await_creation_for=0
    )
    return str(made.version)
