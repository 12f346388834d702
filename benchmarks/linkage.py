"""How well linkage finds planted variants and leaves planted traps alone.

``python -m benchmarks.linkage --firms 4000 --people 2000`` plants parties, loads them through the door, links them and
prints precision and recall against the known truth, by variant, as a Markdown table; ``--json FILE`` keeps the figures.
"""

from __future__ import annotations

import argparse
import csv
import json
import platform
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from benchmarks.planted_parties import Planted, plant
from records.linkage.ledger import read_links
from records.linkage.link import link
from records.linkage.links import Groups, Link, clusters, doubtful
from records.load import load
from records.store import Limits, Store

DAY = date(2026, 1, 5)
RUN_ON = date(2026, 2, 1)
_FIRST = 1_000_001


@dataclass(frozen=True, slots=True)
class Figures:
    """Pairs of parties against the truth. ``doubted``: true pairs shown as doubtful; ``asked``: all doubtful pairs."""

    parties: int
    true_pairs: int
    linked_pairs: int
    right: int
    doubted: int
    asked: int
    wrong: tuple[tuple[str, str], ...]
    by_variant: Mapping[str, tuple[int, int, int]]
    by_kind: Mapping[str, int]
    seconds: Mapping[str, float]

    @property
    def precision(self) -> float:
        """Of the pairs in one cluster, the part that is one party."""
        return self.right / max(1, self.linked_pairs)

    @property
    def recall(self) -> float:
        """Of the pairs that are one party, the part in one cluster."""
        return self.right / max(1, self.true_pairs)


def measure(parties: Sequence[Planted], folder: Path, *, limits: Limits | None = None) -> Figures:
    """Load the parties into a store of their own, every one a debtor of its own case, link them and compare."""
    files = write(parties, folder)
    with Store.open(folder / "planted.duckdb", b"planted", limits=limits or Limits()) as store:
        started = time.perf_counter()
        load(store, files, on=DAY)
        loaded = time.perf_counter()
        link(store, on=RUN_ON)
        done = time.perf_counter()
        links = read_links(store.engine)
    seconds = {"load": loaded - started, "link": done - loaded}
    return compare(parties, links, seconds)


def by_equal_texts(parties: Sequence[Planted]) -> Figures:
    """The peer: what equality of the texts finds, of numbers (with a digit in them) and of firms' names."""
    groups = Groups()
    for of in ("id_number", "name"):
        first: dict[str, int] = {}
        for number, each in enumerate(parties, start=_FIRST):
            text = getattr(each, of)
            told = (
                any(map(str.isdigit, text or ""))
                if of == "id_number"
                else text and each.kind == "organisation"
            )
            if told:
                groups.join(first.setdefault(text, number), number)
    return _figures(parties, {each: groups.root(each) for each in groups.parties()}, set(), (), {})


def write(parties: Iterable[Planted], folder: Path) -> Path:
    """The files of a court in which every planted party is the debtor of a case of its own."""
    files = folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    clocks = {"happened_at": DAY.isoformat(), "known_at": DAY.isoformat()}
    numbered = list(enumerate(parties, start=_FIRST))
    told = ("kind", "name", "id_number", "former_number", "address", "region", "founded_on")
    _csv(
        files / "cases.csv",
        [
            clocks
            | {
                "case_id": n,
                "court": "3202",
                "kind": "first",
                "cause": "bank_loan",
                "filed_on": DAY.isoformat(),
            }
            for n, _ in numbered
        ],
    )
    _csv(
        files / "obligors.csv",
        [clocks | {"case_id": n, "party_id": n, "role": "principal"} for n, _ in numbered],
    )
    _csv(
        files / "parties.csv",
        [clocks | {"party_id": n} | {name: getattr(each, name) for name in told} for n, each in numbered],
    )
    return files


def compare(parties: Sequence[Planted], links: Sequence[Link], seconds: Mapping[str, float]) -> Figures:
    """Clusters against entities, pair by pair."""
    asked = {link.pair for link in doubtful(links, RUN_ON)}
    return _figures(parties, clusters(links, RUN_ON), asked, links, seconds)


def _figures(
    parties: Sequence[Planted],
    cluster: Mapping[int, int],
    asked: set[tuple[int, int]],
    links: Sequence[Link],
    seconds: Mapping[str, float],
) -> Figures:
    entity = dict(enumerate(parties, start=_FIRST))
    found = _pairs_by(cluster)
    truth = _pairs_by({number: each.entity for number, each in entity.items()})
    by_variant: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one, other in truth:
        counts = by_variant[_variant(entity[one], entity[other])]
        counts[0] += 1
        counts[1] += (one, other) in found
        counts[2] += (one, other) in asked - found
    wrong = tuple(
        (f"{entity[one].variant}: {entity[one].name}", f"{entity[other].variant}: {entity[other].name}")
        for one, other in sorted(found - truth)
    )
    return Figures(
        len(parties),
        len(truth),
        len(found),
        len(found & truth),
        len((asked & truth) - found),
        len(asked),
        wrong,
        {name: (counts[0], counts[1], counts[2]) for name, counts in sorted(by_variant.items())},
        dict(Counter(f"{each.kind.value} {each.decision.value}" for each in links)),
        seconds,
    )


def table(figures: Figures) -> str:
    """The figures as Markdown."""
    lines = [
        f"{figures.parties} parties, {figures.true_pairs} true pairs; {figures.linked_pairs} pairs linked: "
        f"precision {figures.precision:.4f}, recall {figures.recall:.4f}; "
        f"{figures.asked} pairs doubtful, {figures.doubted} of them true.",
        "",
        "| the second record is | true pairs | linked | doubtful | recall |",
        "|---|---|---|---|---|",
    ]
    for name, (true, linked, doubted) in figures.by_variant.items():
        lines.append(f"| {name} | {true} | {linked} | {doubted} | {linked / true:.3f} |")
    return "\n".join(lines)


def _variant(one: Planted, other: Planted) -> str:
    """What makes a pair a pair; of two variants of one register entry, that."""
    told = [each.variant for each in (one, other) if each.variant not in ("register", "person")]
    return told[0] if len(told) == 1 else "two variants of one"


def _pairs_by(group: Mapping[int, int]) -> set[tuple[int, int]]:
    members: dict[int, list[int]] = defaultdict(list)
    for party, of in sorted(group.items()):
        members[of].append(party)
    return {pair for each in members.values() for pair in combinations(each, 2)}


def _csv(path: Path, rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Run from the command line."""
    asked = argparse.ArgumentParser(description="precision and recall of linkage on planted variants")
    asked.add_argument("--firms", type=int, default=4000)
    asked.add_argument("--people", type=int, default=2000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--json", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        parties = plant(seed=given.seed, firms=given.firms, people=given.people)
        figures = measure(parties, Path(folder))
    peer = by_equal_texts(parties)
    print(table(figures))
    print(f"\nequal texts alone: precision {peer.precision:.4f}, recall {peer.recall:.4f}")
    print(
        f"\nby kind: {dict(figures.by_kind)}; seconds: { {k: round(v, 2) for k, v in figures.seconds.items()} }"
    )
    for one, other in figures.wrong[:20]:
        print(f"wrong: {one} = {other}")
    if given.json:
        machine = {
            "python": platform.python_version(),
            "machine": platform.machine(),
            "system": platform.system(),
        }
        both = {
            name: {"precision": each.precision, "recall": each.recall}
            for name, each in (("linkage", figures), ("equal_texts", peer))
        }
        kept = asdict(figures) | both | {"machine": machine}
        given.json.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
