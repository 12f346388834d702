"""Does the suggested order of asking reach the right track sooner than a fixed order, and than none?

    python -m benchmarks.asking [--room FOLDER] [--cases N] [--teacher N] [--seed N …] [--most N] [--time] [--write]

Synthetic courts (towns) are replayed with a model and donors of another one (the teacher, other seed). Obligations
are taken three months after filing of which two thirds of the asset and income families or more have a fresh answer.
The track by all these answers is the right one. Then they are hidden, and given back one by one, as each order asks:
as suggested, made anew after every answer, by each of its two chances; in one order for all, by what those chances
are among the donors on average; as `portraits.gaps.FIRST_ASKED` has it; at random, the mean of twenty orders. Counted
are the answers until the track is right and stays so. Differences come with 95 % intervals of a bootstrap by debtor.
``--write`` puts the table into docs/asking.md; ``--time`` puts there, instead, what telling one debtor takes.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from features.catalogue import CATALOGUE
from features.declare import Values
from features.night import build, matrix
from portraits.gaps import FIRST_ASKED
from records.load import load
from records.publish import publish
from records.snapshot import Snapshot
from records.store import Store
from scoring.bundle import Bundle
from scoring.cohort import cohort
from scoring.hidden import masked
from scoring.outcomes import outcomes
from scoring.shelf import Shelf
from simulation import simulate
from training.train import train
from triage.asking import Prospect, prospects, with_answers
from triage.donors import Donors, donors_of
from triage.donors_kept import keep_donors
from triage.tracks.figures import OF_PERSONS, policy
from triage.tracks.whole import judged_alone
from vocabulary.families import ASKED, COVERING
from vocabulary.states import QueryState

DOCUMENT = Path(__file__).parents[1] / "docs" / "asking.md"
REPLAY, TIME = "replay", "time"
TEACHER_SEED, RANDOM_ORDERS, DRAWS, FEWEST_SHARE = 20_261_122, 20, 2_000, 2 / 3
DECIDES, CHANGES, MEANS, FIXED, RANDOM = "decides", "changes", "means", "fixed", "random"
ORDERS = (DECIDES, CHANGES, MEANS, FIXED, RANDOM)
TIMED = 60
MEANT = 60
"""Donors on which the one order for all is made."""
NAMES = {
    DECIDES: "suggested, by `decides`",
    CHANGES: "suggested, by `changes`",
    MEANS: "one order for all, by mean `decides`",
    FIXED: "fixed (`FIRST_ASKED`)",
    RANDOM: f"random (mean of {RANDOM_ORDERS})",
}
_PLACE = {name: place for place, name in enumerate(CATALOGUE.names)}
_FRESH = [state.step for state in QueryState if state.fresh]


@dataclass(frozen=True, eq=False)
class Asked:
    """One obligation to be replayed: its features with every answer, what it owes (CNY), the families to give back."""

    party: int
    values: Values
    owed: float
    as_of: date
    families: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Replay:
    """Of each obligation and order: whether the track was right after 0, 1, 2 … answers, the last one kept to the end.

    ``right``: shape (obligations, most answers + 1), for random a mean of orders; ``needed``: answers until it stayed.
    """

    party: NDArray[np.int64]
    right: dict[str, Values]
    needed: dict[str, Values]


def main() -> None:
    """Make both courts, replay, print; write the table where asked."""
    told = _arguments()
    with tempfile.TemporaryDirectory() as made:
        room = told.room or Path(made)
        bundle, donors = taught(room, told.teacher)
        if told.time:
            _put(taken(bundle, donors), TIME)
            return
        towns = {
            seed: asked_in(court(room / f"town-{told.cases}-{seed}", told.cases, seed), told.most)
            for seed in told.seed
        }
    shown = "\n\n".join(
        table(replay(bundle, donors, found), cases=told.cases, seed=seed, teacher=told.teacher)
        for seed, found in towns.items()
    )
    if told.write:
        _put(shown, REPLAY)
    else:
        print(shown)


def court(room: Path, cases: int, seed: int) -> Snapshot:
    """A court's snapshot, made unless it is there."""
    if not (room / "snapshots").exists():
        simulate(cases=cases, seed=seed, out=room / "files")
        with Store.open(room / "store.duckdb", b"benchmark") as store:
            load(store, room / "files")
            publish(store, room / "snapshots")
    return Snapshot.current(room / "snapshots")


def taught(room: Path, cases: int) -> tuple[Bundle, Donors]:
    """The model and the donors of the teacher's court, trained unless they are there."""
    snapshot, shelf = court(room / "teacher", cases, TEACHER_SEED), Shelf(room / "shelf")
    if not (room / "shelf" / "champion.json").exists():
        train(snapshot, out=room / "runs", shelf=shelf)
    newest = snapshot.newest
    assert newest is not None
    keep_donors(room, snapshot, as_of=newest)
    snapshot.close()
    donors = donors_of(room)
    assert donors is not None
    return shelf.champion(), donors


def asked_in(snapshot: Snapshot, most: int) -> list[Asked]:
    """Obligations three months after filing with most answers there; at most so many, evenly taken."""
    newest = snapshot.newest
    assert newest is not None
    rows = cohort(snapshot, cutoff=newest, moments=("three_months",))
    owed = outcomes(snapshot, rows, cutoff=newest)["outstanding"].to_numpy()
    values = matrix(build(snapshot, rows))
    days, parties = rows["as_of"].to_pylist(), rows["party_id"].to_pylist()
    snapshot.close()
    found = []
    for place in range(len(values)):
        may = [
            code for code in COVERING if not values[place, _PLACE["organisation"]] or code not in OF_PERSONS
        ]
        fresh = [code for code in may if values[place, _PLACE[f"{code}_state"]] in _FRESH]
        if owed[place] > 0 and len(fresh) >= FEWEST_SHARE * len(may):
            hidden = tuple(code for code in FIRST_ASKED if code in fresh)
            found.append(Asked(parties[place], values[place], float(owed[place]), days[place], hidden))
    step = max(1, len(found) / most)
    return [found[int(place)] for place in np.arange(0, len(found), step)]


def replay(bundle: Bundle, donors: Donors, cases: Sequence[Asked]) -> Replay:
    """Every order on every obligation."""
    longest = max(len(each.families) for each in cases)
    right = {name: np.ones((len(cases), longest + 1)) for name in ORDERS}
    needed = {name: np.zeros(len(cases)) for name in ORDERS}
    rng = np.random.default_rng(7)
    usual = _usual(bundle, donors, as_of=cases[0].as_of, owed=float(np.median([each.owed for each in cases])))
    for place, each in enumerate(cases):
        orders = {
            DECIDES: [_suggested(bundle, donors, each, lambda of: (-of.decides, -of.changes, -of.moves))],
            CHANGES: [_suggested(bundle, donors, each, lambda of: (-of.changes, -of.decides, -of.moves))],
            MEANS: [tuple(code for code in usual if code in each.families)],
            FIXED: [each.families],
            RANDOM: [tuple(rng.permutation(each.families)) for _ in range(RANDOM_ORDERS)],
        }
        for name, some in orders.items():
            hits = _right(bundle, each, some)
            right[name][place, : hits.shape[1]] = hits.mean(axis=0)
            needed[name][place] = _until_it_stays(hits).mean()
    return Replay(np.array([each.party for each in cases]), right, needed)


def taken(bundle: Bundle, donors: Donors) -> str:
    """Milliseconds of the processor for one debtor of whom nothing was asked."""
    every = np.ones((TIMED, len(ASKED)), dtype=bool)
    spent = []
    for values in masked(donors.values[:TIMED], every):
        began = time.process_time()
        prospects(bundle, values, donors, outstanding=50_000.0, as_of=date(2026, 6, 30))
        spent.append(1e3 * (time.process_time() - began))
    low, middle, high = np.percentile(spent[1:], (5, 50, 95))
    trees = len(bundle.trees.tables.points)
    return (
        f"{middle:.0f} ms (5 to 95 %: {low:.0f} to {high:.0f}), {trees} trees, {len(donors.values)} donors."
    )


def table(found: Replay, *, cases: int, seed: int, teacher: int) -> str:
    """The figures as Markdown."""
    lines = [
        f"{len(found.party):,} obligations of {len(np.unique(found.party)):,} debtors, a town of {cases:,} cases "
        f"(seed {seed}); model and donors of a court of {teacher:,} cases (seed {TEACHER_SEED}).",
        "",
        "| order | answers until the track is right and stays | less than fixed, 95 % | less than random, 95 % "
        "| less than one order for all, 95 % | right after 0 | 1 | 2 | 3 | 5 |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name in ORDERS:
        shares = " | ".join(f"{found.right[name][:, count].mean():.0%}" for count in (0, 1, 2, 3, 5))
        than = " | ".join(
            "–" if name == peer else _less(found, name, peer) for peer in (FIXED, RANDOM, MEANS)
        )
        lines.append(f"| {NAMES[name]} | {found.needed[name].mean():.2f} | {than} | {shares} |")
    return "\n".join(lines)


def _suggested(
    bundle: Bundle, donors: Donors, each: Asked, first: Callable[[Prospect], tuple[float, ...]]
) -> tuple[str, ...]:
    """The order that comes of asking what is suggested first, again after every answer."""
    left, order = list(each.families), []
    while left:
        told = prospects(
            bundle,
            _with(each, [tuple(order)])[0],
            donors,
            outstanding=each.owed,
            as_of=each.as_of,
            families=left,
        )
        ranked = sorted(told.of, key=lambda of: (*first(of), FIRST_ASKED.index(of.family)))
        order.append(ranked[0].family if ranked else left[0])
        left.remove(order[-1])
    return tuple(order)


def _usual(bundle: Bundle, donors: Donors, *, as_of: date, owed: float) -> tuple[str, ...]:
    """Families by the mean of `decides` over donors of whom nothing was asked, all owing the same."""
    sums = dict.fromkeys(COVERING, 0.0)
    for values in donors.values[:MEANT]:
        hidden = masked(values[None, :], np.isin(ASKED, COVERING)[None, :])[0]
        for told in prospects(bundle, hidden, donors, outstanding=owed, as_of=as_of, families=COVERING).of:
            sums[told.family] += told.decides
    return tuple(sorted(COVERING, key=lambda code: (-sums[code], FIRST_ASKED.index(code))))


def _right(bundle: Bundle, each: Asked, orders: Sequence[Sequence[str]]) -> Values:
    """Whether the track is that of all answers after 0, 1, 2 … of them: shape (orders, families + 1)."""
    count = len(each.families)
    rows = _with(each, [tuple(order[:number]) for order in orders for number in range(count + 1)])
    tracks = judged_alone(
        rows,
        score=100.0 * bundle.calibration.share(bundle.trees.raw(rows)),
        outstanding=np.full(len(rows), each.owed),
        as_of=each.as_of,
        table=policy(),
    ).reshape(len(orders), count + 1)
    hits: Values = (tracks == tracks[:, -1:]).astype(float)
    return hits


def _until_it_stays(hits: Values) -> Values:
    """Answers after which every later track is right too, by order."""
    wrong = hits[:, ::-1] == 0
    last: Values = np.where(wrong.any(axis=1), hits.shape[1] - np.argmax(wrong, axis=1), 0).astype(float)
    return last


def _with(each: Asked, told: Sequence[tuple[str, ...]]) -> Values:
    """Values with some of the hidden answers given back, one row for each choice of families."""
    hidden = masked(each.values[None, :], np.isin(ASKED, each.families)[None, :])
    marks = np.array([np.isin(ASKED, some) for some in told])
    return with_answers(np.tile(hidden, (len(told), 1)), np.tile(each.values, (len(told), 1)), marks)


def _less(found: Replay, name: str, peer: str) -> str:
    """Fewer answers than a peer's, with the interval of a bootstrap of debtors."""
    fewer = found.needed[peer] - found.needed[name]
    _, debtor = np.unique(found.party, return_inverse=True)
    sums, counts = np.bincount(debtor, weights=fewer), np.bincount(debtor)
    drawn = np.random.default_rng(11).integers(0, len(sums), (DRAWS, len(sums)))
    low, high = np.percentile(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1), (2.5, 97.5))
    return f"{fewer.mean():+.2f} ({low:+.2f} to {high:+.2f})"


def _put(shown: str, mark: str) -> None:
    """Put a text between the document's marks, and print it."""
    begin, end = f"<!-- begin {mark} -->", f"<!-- end {mark} -->"
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    DOCUMENT.write_text(f"{before}{begin}\n\n{shown}\n\n{end}{after}", encoding="utf-8")
    print(shown)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--room", type=Path, help="where courts and model are kept (default: thrown away)")
    parser.add_argument("--cases", type=int, default=2_000, help="of the town (default 2,000)")
    parser.add_argument("--teacher", type=int, default=2_500, help="of the teacher's court (default 2,500)")
    parser.add_argument("--seed", type=int, nargs="+", default=[31, 33], help="of the towns (default 31 33)")
    parser.add_argument("--most", type=int, default=300, help="obligations replayed (default 300)")
    parser.add_argument(
        "--time", action="store_true", help="what telling one debtor takes, into docs/asking.md"
    )
    parser.add_argument("--write", action="store_true", help="put the table into docs/asking.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
