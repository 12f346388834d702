"""What one running service holds: its settings, its state, and the pointers to records, model and queue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from portraits.figures import figures as dated_figures
from records.parameters import Parameters
from scoring.score import score
from scoring.shelf import Shelf
from serving.attempts import Gate
from serving.figures import Figures
from serving.holdings import Holdings
from serving.log import logger
from serving.queues import Queues
from serving.settings import ServingSettings
from serving.state.agreements import Agreements
from serving.state.archive import Archive
from serving.state.audit import Audit
from serving.state.database import State
from serving.state.disputes import Disputes
from serving.state.edits import Edits
from serving.state.keys import Keys
from serving.state.overrides import Overrides
from serving.warming import Warming
from vocabulary.dates import today
from vocabulary.problems import PortraitError


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that answers need, opened once."""

    settings: ServingSettings
    state: State
    keys: Keys
    audit: Audit
    archive: Archive
    edits: Edits
    disputes: Disputes
    agreements: Agreements
    gate: Gate
    overrides: Overrides
    shelf: Shelf
    holdings: Holdings
    queues: Queues
    figures: Figures
    dated: Parameters
    warming: Warming

    @classmethod
    def open(cls, settings: ServingSettings, figures: Figures, *, wait: bool = True) -> Desk:
        """Open the state (bringing it to its newest form) and make ready what is there already.

        Without ``wait`` the compiled loops are loaded beside what follows. Raises PortraitError when the court's own
        figures cannot be used: better no service than other figures.
        """
        dated = dated_figures(*([settings.figures] if settings.figures else []))
        state = State(settings.state_url)
        state.migrate()
        keys = Keys(state, settings.secret.get_secret_value())
        keys.fix(settings.fixed_keys)
        holdings = Holdings(settings.snapshots)
        desk = cls(
            settings=settings,
            state=state,
            keys=keys,
            audit=Audit(state),
            archive=Archive(state),
            edits=Edits(state),
            disputes=Disputes(state),
            agreements=Agreements(state),
            gate=Gate.of(settings.sign_in_attempts),
            overrides=Overrides(state),
            shelf=Shelf(settings.shelf),
            holdings=holdings,
            queues=Queues(settings.queues),
            figures=figures,
            dated=dated,
            warming=Warming(),
        )
        desk.warm()
        if wait:
            desk.warming.wait()
        return desk

    def warm(self) -> None:
        """Know the month's haircuts, read the champion, begin to score nothing once, which loads the loops."""
        try:
            self.holdings.current().haircuts(today())
            bundle = self.shelf.champion()
        except PortraitError as error:
            logger().info("no records or no model yet", code=error.problem.code)
            return
        self.warming.begin(lambda: score(bundle, np.full((1, len(bundle.names)), np.nan)))

    def close(self) -> None:
        """Give everything back."""
        self.warming.wait()
        self.holdings.close()
        self.state.close()
