"""A small town: a synthetic court simulated, loaded, published, scored by a small model and queued, once a run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from pydantic import SecretStr

from features.catalogue import CATALOGUE
from records.load import load
from records.publish import publish
from records.snapshot import Snapshot
from records.store import Store
from scoring import bundle as bundles
from scoring.calibration import Calibration
from scoring.cohort import cohort
from scoring.shelf import Shelf
from serving.permissions import Role
from serving.settings import FixedKey, ServingSettings
from simulation import simulate
from training.curve import small_curve
from training.fit import Settings, fit
from training.sample import labels, sample
from triage.nightly import run
from vocabulary.identity import shown_key

CASES = 500
COURT = "SX001"
OTHER = "SX002"
KEYS = {role: f"{role.value}-one.{role.value}-secret" for role in Role}
CLERK_OF_OTHER = "clerk-two.clerk-secret"


@dataclass(frozen=True, slots=True)
class Obligation:
    """A debtor in a case, by the references that people see."""

    case: str
    number: str
    debtor: str
    court: str
    as_of: str

    def question(self, purpose: str = "enforcement_measure") -> dict[str, str]:
        """The question for its portrait."""
        return {"case": self.case, "debtor": self.debtor, "as_of": self.as_of, "purpose": purpose}


@dataclass(frozen=True, slots=True)
class Town:
    """Where everything lies, and a few obligations to ask about."""

    root: Path
    open: tuple[Obligation, ...]
    silent: Obligation
    stranger: str

    @property
    def one(self) -> Obligation:
        """An open obligation of the court COURT."""
        return next(each for each in self.open if each.court == COURT)

    @property
    def elsewhere(self) -> Obligation:
        """An open obligation of the court OTHER."""
        return next(each for each in self.open if each.court == OTHER)

    def settings(self, state_url: str) -> ServingSettings:
        """Settings of a service on this town, with one key a role and a clerk of the court OTHER."""
        fixed = [
            FixedKey(key=SecretStr(key), role=role, label=f"a {role.value}") for role, key in KEYS.items()
        ]
        other = FixedKey(
            key=SecretStr(CLERK_OF_OTHER), role=Role.CLERK, label="a clerk of another court", court=OTHER
        )
        return ServingSettings(
            snapshots=self.root / "snapshots",
            shelf=self.root / "shelf",
            queues=self.root / "queues",
            inbox=self.root / "inbox",
            state_url=state_url,
            secret=SecretStr("a secret for tests only, of no other use"),
            fixed_keys=(*fixed, other),
        )


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """The town, built once for all that ask."""
    return _built(tmp_path_factory.getbasetemp() / "town")


@cache
def _built(root: Path) -> Town:
    simulate(cases=CASES, seed=11, out=root / "files")
    with Store.open(root / "store.duckdb", b"secret of the town") as store:
        load(store, root / "files")
        publish(store, root / "snapshots")
    snapshot = Snapshot.current(root / "snapshots")
    newest = snapshot.newest
    assert newest is not None
    shelf = Shelf(root / "shelf")
    train_small(snapshot, root / "bundle", rounds=30)
    shelf.point(shelf.put(root / "bundle"))
    run(snapshot, shelf.champion(), as_of=newest, root=root / "queues")
    return Town(root, _open(snapshot, newest), _silent(snapshot), _stranger(snapshot))


def train_small(snapshot: Snapshot, folder: Path, *, rounds: int) -> None:
    """A small share model of the snapshot, written as a bundle: enough to answer, no more."""
    newest = snapshot.newest
    assert newest is not None
    rows = cohort(snapshot, cutoff=newest, moments=("first_answers",))
    rows_of = sample(snapshot, rows, labels(snapshot, rows, target="share_12", known_on=newest))
    settings = Settings(rounds=rounds, leaves=7, least_rows=15, threads=1)
    text = fit(
        rows_of.values,
        rows_of.target,
        rows_of.weight,
        names=CATALOGUE.names,
        monotone=CATALOGUE.monotone,
        settings=settings,
    )
    bundles.write(
        folder,
        share=text,
        calibration=Calibration(slope=1.0, shift=0.0),
        curve=small_curve(rows_of.values, _shares(rows_of.target), rows_of.weight),
        comparables=bundles.comparables_of(rows_of.values, rows_of.kind.tolist(), CATALOGUE.names),
        about={"target": "share_12", "rounds": rounds},
        extra={"card.md": b"# Small model of the town\n"},
    )


def _shares(target: np.ndarray) -> np.ndarray:
    """Shares by horizon as if a third were performed each quarter."""
    return np.clip(np.outer(target, [0.4, 0.7, 1.0, 1.2]), 0.0, 1.0)


_OBLIGATIONS = """
    SELECT o.party_id, o.case_id, any_value(c.case_number) AS number, any_value(c.court) AS court,
        min(greatest(o.known_at, c.known_at)) AS since
    FROM obligors o JOIN cases c USING (case_id)
    GROUP BY o.party_id, o.case_id
    HAVING {having} ORDER BY o.party_id, o.case_id"""


def _obligations(snapshot: Snapshot, having: str, as_of: date | None = None) -> list[Obligation]:
    found = snapshot.query(_OBLIGATIONS.format(having=having)).to_pylist()
    return [
        Obligation(
            case=shown_key(row["case_id"]),
            number=row["number"],
            debtor=shown_key(row["party_id"]),
            court=row["court"],
            as_of=(as_of or row["since"]).isoformat(),
        )
        for row in found
    ]


def _open(snapshot: Snapshot, newest: date) -> tuple[Obligation, ...]:
    having = "count(c.closed_on) = 0 AND bool_and(c.kind <> 'preservation')"
    return tuple(_obligations(snapshot, having, newest))


def _silent(snapshot: Snapshot) -> Obligation:
    """A debtor on the day of filing, of whom nothing was asked yet."""
    having = (
        "(SELECT count(*) FROM queries q WHERE q.party_id = o.party_id"
        " AND q.known_at <= min(greatest(o.known_at, c.known_at))) = 0"
    )
    return _obligations(snapshot, having)[0]


def _stranger(snapshot: Snapshot) -> str:
    """A debtor of the town, but of other cases than the first open one's."""
    return _obligations(snapshot, "count(*) > 0")[-1].debtor
