"""What an appraisal brings at a court's auctions: chance of a sale and price, by asset kind and round, with a range.

Two quantities per court, kind and round: the chance that a lot sells, and the hammer price as a share of the appraisal.
A court with few lots is drawn to the kind: chances by a beta-binomial, log price shares by a normal model, both with
the spread between groups estimated by moments (empirical Bayes; Robbins 1956, Efron & Morris 1975, DerSimonian & Laird
1986). The kind in turn is drawn to a declared prior, so that no cell is ever empty. low and high are the 10 % and 90 %
points: of the chance, of what a further group's lots sell for. Checked on real auctions in docs/haircuts.md.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import NormalDist

KINDS = ("real_property", "vehicle", "equity", "goods")
ROUNDS = (1, 2, 3)
OUTER = NormalDist().inv_cdf(0.9)
Three = tuple[float, float, float]
SOURCE = "auctions known on the day of fitting, drawn to declared priors (project policy)"


@dataclass(frozen=True, slots=True)
class Lot:
    """One lot offered. ``share`` is the hammer price over the appraisal, None when it did not sell."""

    group: str
    kind: str
    round: int
    sold: bool
    share: float | None


@dataclass(frozen=True, slots=True)
class Prior:
    """What is assumed of a kind and round before any lot is seen, worth ``weight`` lots."""

    chance: float
    share: float
    spread: float = 0.25
    weight: float = 10.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One group, kind and round: chance of a sale and price share as (low, mid, high), and the lots behind them."""

    chance: Three
    share: Three
    lots: int
    sold: int


@dataclass(frozen=True, slots=True)
class Realisation:
    """An appraisal through all rounds: chance that it sells at all, price share given a sale, lots behind both."""

    chance: Three
    share: Three
    lots: int
    of_court: bool


PRIORS: Mapping[tuple[str, int], Prior] = {
    ("real_property", 1): Prior(0.45, 0.85),
    ("real_property", 2): Prior(0.40, 0.68),
    ("real_property", 3): Prior(0.20, 0.60),
    ("vehicle", 1): Prior(0.50, 0.85),
    ("vehicle", 2): Prior(0.40, 0.68),
    ("vehicle", 3): Prior(0.20, 0.58),
    ("equity", 1): Prior(0.15, 0.80),
    ("equity", 2): Prior(0.15, 0.60),
    ("equity", 3): Prior(0.10, 0.55),
    ("goods", 1): Prior(0.30, 0.75),
    ("goods", 2): Prior(0.25, 0.60),
    ("goods", 3): Prior(0.15, 0.50),
}
"""Project policy, worth ten lots each: not statistics of any court. A court's own lots soon outweigh them."""


@dataclass(frozen=True)
class Haircuts:
    """Fitted cells: ``courts`` by (group, kind, round), ``kinds`` by (kind, round)."""

    kinds: Mapping[tuple[str, int], Cell]
    courts: Mapping[tuple[str, str, int], Cell]
    fitted_on: date
    lots: int
    source: str = SOURCE

    def cell(self, kind: str, turn: int, court: str | None) -> Cell:
        """The court's cell, else the kind's."""
        own = self.courts.get((court, kind, turn)) if court is not None else None
        return own or self.kinds[kind, turn]

    def realisation(self, kind: str, court: str | None = None, *, after: int = 0) -> Realisation:
        """An appraisal carried through the rounds that follow round ``after``, the last again when none follows.

        Raises KeyError for an unknown kind.
        """
        turns = [turn for turn in ROUNDS if turn > after] or [ROUNDS[-1]]
        cells = [self.cell(kind, turn, court) for turn in turns]
        return Realisation(
            chance=_three(_ever([cell.chance[i] for cell in cells]) for i in range(3)),
            share=_three(_mean_share(cells, i) for i in range(3)),
            lots=sum(cell.lots for cell in cells),
            of_court=any((court, kind, turn) in self.courts for turn in turns),
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the fitted cells: equal lots, equal digest."""
        cells = {
            "|".join(map(str, key)): {
                "chance": cell.chance,
                "share": cell.share,
                "lots": cell.lots,
                "sold": cell.sold,
            }
            for key, cell in (*self.kinds.items(), *self.courts.items())
        }
        return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


def lots_of(rows: Iterable[Mapping[str, object]], court_of: Callable[[int], str | None]) -> list[Lot]:
    """Lots from `auctions` rows known on the day of fitting; ``court_of`` gives the court of a case.

    Rows without an appraisal above zero, or that do not say whether the lot sold, are left out.
    """
    return [lot for row in rows if (lot := _lot(row, court_of)) is not None]


def fit_haircuts(
    lots: Sequence[Lot],
    *,
    fitted_on: date,
    priors: Mapping[tuple[str, int], Prior] = PRIORS,
    source: str = SOURCE,
) -> Haircuts:
    """Cells of every kind and round of the priors, and of every court that has lots there.

    ``source`` says whose auctions they were. Raises ValueError when it is blank.
    """
    if not source.strip():
        raise ValueError("haircuts need the source of their lots")
    by_cell: dict[tuple[str, int], dict[str, list[Lot]]] = defaultdict(lambda: defaultdict(list))
    for lot in lots:
        by_cell[lot.kind, min(lot.round, ROUNDS[-1])][lot.group].append(lot)
    kinds, courts = {}, {}
    for (kind, turn), prior in priors.items():
        groups = by_cell.get((kind, turn), {})
        fitted = _Fit(prior, groups)
        kinds[kind, turn] = fitted.of_kind()
        courts.update({(group, kind, turn): fitted.of_group(held) for group, held in groups.items()})
    return Haircuts(kinds, courts, fitted_on, len(lots), source)


class _Fit:
    """One kind and round: the mean over groups, how far groups differ, and how far lots differ inside a group."""

    def __init__(self, prior: Prior, groups: Mapping[str, Sequence[Lot]]) -> None:
        self.prior = prior
        self.counts = [(sum(lot.sold for lot in held), len(held)) for held in groups.values()]
        self.logs = [logs for held in groups.values() if (logs := _logs(held))]
        sold, lots = (sum(part) for part in zip(*self.counts, strict=True)) if self.counts else (0, 0)
        self.sold, self.lots = sold, lots
        self.chance = (sold + prior.chance * prior.weight) / (lots + prior.weight)
        self.strength = _strength(self.counts, self.chance, prior.weight)
        self._prices()

    def _prices(self) -> None:
        every = [each for logs in self.logs for each in logs]
        prior, n = self.prior, len(every)
        centre = math.log(prior.share)
        inside = sum((each - _mean(logs)) ** 2 for logs in self.logs for each in logs)
        free = n - len(self.logs)
        self.within = (inside + prior.weight * prior.spread**2) / (free + prior.weight)
        self.between = _between(self.logs, self.within, prior)
        weights = [1 / (self.between + self.within / len(logs)) for logs in self.logs]
        own = prior.weight / (self.within + self.between * prior.weight)
        total = own + sum(weights)
        self.centre = (
            own * centre + sum(w * _mean(logs) for w, logs in zip(weights, self.logs, strict=True))
        ) / total
        self.centre_variance = 1 / total

    def of_kind(self) -> Cell:
        """A lot of a group never seen: between-group spread and all."""
        chance = _beta_range(self.chance * self.strength, (1 - self.chance) * self.strength)
        spread = math.sqrt(self.centre_variance + self.between + self.within)
        return Cell(chance, _share_range(self.centre, spread), self.lots, self.sold)

    def of_group(self, held: Sequence[Lot]) -> Cell:
        """A further lot of this group."""
        sold, lots, logs = sum(lot.sold for lot in held), len(held), _logs(held)
        chance = _beta_range(
            self.chance * self.strength + sold, (1 - self.chance) * self.strength + lots - sold
        )
        pull = self.within / max(self.between, 1e-9)
        centre = (pull * self.centre + sum(logs)) / (pull + len(logs))
        spread = math.sqrt(self.within + self.within / (pull + len(logs)))
        return Cell(chance, _share_range(centre, spread), lots, sold)


def _strength(counts: Sequence[tuple[int, int]], mean: float, least: float) -> float:
    """Lots that the kind is worth to one group: moments of the beta-binomial, between 2 and 200."""
    groups = [(sold, lots) for sold, lots in counts if lots]
    total = sum(lots for _, lots in groups)
    if len(groups) < 2 or not 0 < mean < 1:
        return max(least, 2.0)
    observed = sum(lots * (sold / lots - mean) ** 2 for sold, lots in groups)
    noise = mean * (1 - mean) * (len(groups) - 1)
    room = mean * (1 - mean) * (total - sum(lots**2 for _, lots in groups) / total - len(groups) + 1)
    if room <= 0:
        return max(least, 2.0)
    rho = (observed - noise) / room
    return 200.0 if rho <= 1 / 201 else max(1 / rho - 1, 2.0)


def _between(groups: Sequence[Sequence[float]], within: float, prior: Prior) -> float:
    """Variance of log price shares between groups: DerSimonian & Laird, never below a fiftieth of the lots' own."""
    least = within / 50
    if len(groups) < 2:
        return max(prior.spread**2 / 4, least)
    weights = [len(logs) / within for logs in groups]
    centre = sum(w * _mean(logs) for w, logs in zip(weights, groups, strict=True)) / sum(weights)
    q = sum(w * (_mean(logs) - centre) ** 2 for w, logs in zip(weights, groups, strict=True))
    scale = sum(weights) - sum(w * w for w in weights) / sum(weights)
    return max((q - (len(groups) - 1)) / scale, least)


def _beta_range(a: float, b: float) -> Three:
    """10 % point, mean and 90 % point of a beta distribution, by the normal on the logit scale."""
    mean = a / (a + b)
    spread = OUTER * math.sqrt(1 / a + 1 / b)
    centre = math.log(a / b)
    return (min(_logistic(centre - spread), mean), mean, max(_logistic(centre + spread), mean))


def _share_range(centre: float, spread: float) -> Three:
    """10 % point, median and 90 % point of a price share."""
    return (math.exp(centre - OUTER * spread), math.exp(centre), math.exp(centre + OUTER * spread))


def _ever(chances: Sequence[float]) -> float:
    left = 1.0
    for chance in chances:
        left *= 1 - chance
    return 1 - left


def _mean_share(cells: Sequence[Cell], place: int) -> float:
    """Price share given a sale: the rounds weighted by the chance that the sale falls into them."""
    left, weight, total = 1.0, 0.0, 0.0
    for cell in cells:
        here = left * cell.chance[1]
        weight += here
        total += here * cell.share[place]
        left -= here
    return total / weight


def _lot(row: Mapping[str, object], court_of: Callable[[int], str | None]) -> Lot | None:
    appraised, sold, price = row.get("appraised_value"), row.get("sold"), row.get("sold_price")
    if not isinstance(appraised, int) or appraised <= 0 or sold is None:
        return None
    share = price / appraised if sold and isinstance(price, int) and price > 0 else None
    case, turn = row["case_id"], row.get("round")
    court = court_of(case) if isinstance(case, int) else None
    return Lot(court or "", str(row["kind"]), turn if isinstance(turn, int) else 1, bool(sold), share)


def _logs(lots: Iterable[Lot]) -> list[float]:
    return [math.log(lot.share) for lot in lots if lot.share is not None and lot.share > 0]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-min(max(value, -700.0), 700.0)))


def _three(values: Iterable[float]) -> Three:
    low, mid, high = values
    return (low, mid, high)
