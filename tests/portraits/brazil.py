"""Real judicial auctions (São Paulo, 2014–2020) as lots: the group is the proceeding, the only round the first."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scoring.haircuts import Lot, Prior, fit_haircuts

FLAT = {("goods", turn): Prior(0.3, 0.7, 0.5, 2.0) for turn in (1, 2, 3)}
FITTED_ON = date(2020, 12, 31)


def lots(path: Path) -> list[Lot]:
    """Lots with an appraisal above zero that say whether they sold."""
    found = []
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["vendeu"] not in ("sim", "nao") or not row["valor_avaliacao_inicial"]:
                continue
            worth = float(row["valor_avaliacao_inicial"])
            price = float(row["valor_total_arrematado"] or 0)
            sold = row["vendeu"] == "sim"
            if worth > 0:
                share = price / worth if sold and price > 0 else None
                found.append(Lot(row["id_processo"], "goods", 1, sold, share))
    return found


@dataclass(frozen=True)
class LeftOut:
    """What was foretold of proceedings that the fit had not seen, against what came."""

    proceedings: int
    inside: float  # part of sold lots whose price share lies in [low, high]
    centred: float  # mean log price share foretold minus seen
    chance_foretold: float
    chance_seen: float


def leave_one_out(held: list[Lot]) -> LeftOut:
    groups = _grouped(held)
    inside, errors, foretold, sold, offered = 0, [], 0.0, 0, 0
    for name, own in groups.items():
        cell = fit_haircuts(
            [lot for lot in held if lot.group != name], fitted_on=FITTED_ON, priors=FLAT
        ).kinds["goods", 1]
        shares = [lot.share for lot in own if lot.share]
        inside += sum(cell.share[0] <= share <= cell.share[2] for share in shares)
        errors += [math.log(cell.share[1]) - math.log(share) for share in shares]
        foretold += cell.chance[1] * len(own)
        sold += sum(lot.sold for lot in own)
        offered += len(own)
    return LeftOut(
        len(groups), inside / len(errors), sum(errors) / len(errors), foretold / offered, sold / offered
    )


@dataclass(frozen=True)
class Halves:
    """Squared errors on the second half of each proceeding, foretold from the others and its own first half."""

    shrunk: float
    own: float
    pooled: float


def halves(held: list[Lot]) -> tuple[Halves, Halves]:
    """(chance of a sale, log price share): mean squared error per lot for three ways to foretell."""
    groups = {name: own for name, own in _grouped(held).items() if len(own) >= 4}
    chance, price = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]
    tried, priced = 0, 0
    for name, own in groups.items():
        first, second = own[::2], own[1::2]
        fitted = fit_haircuts(
            [lot for lot in held if lot.group != name] + first, fitted_on=FITTED_ON, priors=FLAT
        )
        mine, kind = fitted.courts[name, "goods", 1], fitted.kinds["goods", 1]
        rate = sum(lot.sold for lot in first) / len(first)
        logs = [math.log(lot.share) for lot in first if lot.share]
        told = (mine.chance[1], rate, kind.chance[1])
        centre = math.log(kind.share[1])
        logs_told = (math.log(mine.share[1]), sum(logs) / len(logs) if logs else centre, centre)
        for lot in second:
            chance = [total + (lot.sold - each) ** 2 for total, each in zip(chance, told, strict=True)]
            tried += 1
            if lot.share:
                seen = math.log(lot.share)
                price = [total + (seen - each) ** 2 for total, each in zip(price, logs_told, strict=True)]
                priced += 1
    return Halves(*(each / tried for each in chance)), Halves(*(each / priced for each in price))


def _grouped(held: list[Lot]) -> dict[str, list[Lot]]:
    groups: dict[str, list[Lot]] = defaultdict(list)
    for lot in held:
        groups[lot.group].append(lot)
    return dict(groups)
