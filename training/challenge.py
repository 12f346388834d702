"""A challenger beside the champion: two bundles on the same later cases, and whether that passes the rule of the day.

Later cases are rows from the day on from which both bundles were measured, of debtors from whom neither has learned:
what a bundle learned from lies a whole horizon before that day (``training.splits``). What passes is dated in
``parameters/promotion.yaml``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from records.parameters import Parameters
from records.snapshot import Snapshot
from scoring.bundle import Bundle
from scoring.cohort import MOMENTS, cohort
from scoring.curve import HEADLINE, HORIZONS
from scoring.likely import COVERED, LikelySets
from scoring.score import score
from training.compare_figures import Answer, Outcome, measured
from training.distribution import Coverage, coverage
from training.figures import DRAWS, Comparison, Figure
from training.sample import Sample, labels, sample
from vocabulary.dates import months_before, today
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

RULES = Path(__file__).parent / "parameters" / "promotion.yaml"
CHALLENGER, CHAMPION = "challenger", "champion"


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that promotion asks for: its name, whether it is met, and what was found, in words."""

    name: str
    met: bool
    says: Text


@dataclass(frozen=True)
class Challenge:
    """A challenger measured beside a champion on ``rows`` later rows from ``since`` on, labels known on ``cutoff``."""

    challenger: str
    champion: str
    target: str
    data: str
    since: date
    cutoff: date
    rows: int
    debtors: int
    comparison: Comparison
    covered: Coverage
    demands: tuple[Demand, ...]
    rules: Mapping[str, Any]

    @property
    def passes(self) -> bool:
        """Every demand is met."""
        return all(demand.met for demand in self.demands)

    def difference(self, figure: str) -> Figure:
        """Challenger − champion with its interval."""
        return self.comparison.difference(figure, CHALLENGER, CHAMPION)

    @property
    def table(self) -> str:
        """Both models' figures and their difference as a Markdown table, then the demands."""
        lines = ["| | challenger | champion | difference |", "|---" * 4 + "|"]
        for name in self.comparison.of[CHALLENGER]:
            ours, theirs = (self.comparison.of[model][name] for model in (CHALLENGER, CHAMPION))
            lines.append(f"| {name} | {ours} | {theirs} | {self.difference(name)} |")
        return "\n".join(lines)

    @property
    def facts(self) -> dict[str, Any]:
        """What the logbook keeps: figures, demands and the rule they were held to, with a digest of it all."""
        figures = {
            model: {name: asdict(figure) for name, figure in found.items() if np.isfinite(figure.value)}
            for model, found in self.comparison.of.items()
        }
        body = {
            "passes": self.passes,
            "target": self.target,
            "data": self.data,
            "since": self.since.isoformat(),
            "cutoff": self.cutoff.isoformat(),
            "rows": self.rows,
            "debtors": self.debtors,
            "figures": figures,
            "coverage": asdict(self.covered),
            "demands": [{"name": each.name, "met": each.met, **each.says.as_pair()} for each in self.demands],
            "rules": dict(self.rules),
        }
        plain = json.dumps(body, sort_keys=True, default=str).encode()
        return {**body, "digest": hashlib.sha256(plain).hexdigest()}


def challenge(
    snapshot: Snapshot,
    challenger: Bundle,
    champion: Bundle,
    *,
    since: date | None = None,
    cutoff: date | None = None,
    moments: Sequence[str] = MOMENTS,
    rules: Parameters | None = None,
    on: date | None = None,
    seed: int = 0,
    draws: int = DRAWS,
) -> Challenge:
    """Measure two bundles on the same later cases and hold the challenger to the rules of the day ``on`` (today).

    Raises PortraitError: ``challenge_unlike`` when they answer different targets or one does not say from when it was
    measured; ``challenge_too_early`` when ``since`` lies before that day, or no later case has come true yet.
    """
    target = _same_target(challenger, champion)
    begin = _begin(challenger, champion, since)
    last = cutoff or snapshot.newest or today()
    tested = later_cases(snapshot, target=target, since=begin, cutoff=last, moments=moments)
    said, sets = answered(challenger, tested)
    theirs, _ = answered(champion, tested)
    truth = Outcome(tested.target, tested.outstanding, tested.weight, tested.party)
    found = measured(truth, {CHALLENGER: said, CHAMPION: theirs}, seed=seed, draws=draws)
    covered = coverage(sets.holds(tested.target), sets.width, debtor=tested.party, weight=tested.weight)
    rule = {
        name: parameter.on(name, on or today()).value
        for parameter in [rules or Parameters.read(RULES)]
        for name in parameter
    }
    return Challenge(
        challenger=challenger.digest,
        champion=champion.digest,
        target=target,
        data=snapshot.digest,
        since=begin,
        cutoff=last,
        rows=len(tested),
        debtors=len(np.unique(tested.party)),
        comparison=found,
        covered=covered,
        demands=_demands(found, covered, rule),
        rules=rule,
    )


def later_cases(
    snapshot: Snapshot, *, target: str, since: date, cutoff: date, moments: Sequence[str] = MOMENTS
) -> Sample:
    """Rows from ``since`` on with labels as known on ``cutoff``, of debtors first met less than a horizon before.

    Raises PortraitError ``challenge_too_early`` when none has come true.
    """
    rows = cohort(snapshot, cutoff=cutoff, moments=moments)
    as_of, party = rows["as_of"].to_numpy().astype("datetime64[D]"), rows["party_id"].to_numpy()
    unseen = _first_met(as_of, party) > np.datetime64(months_before(since, _months(target)))
    chosen = rows.filter(pa.array(unseen & (as_of >= np.datetime64(since))))
    found = sample(snapshot, chosen, labels(snapshot, chosen, target=target, known_on=cutoff), doubted=1.0)
    if not len(found):
        raise _too_early(since, cutoff, target)
    return found


def answered(bundle: Bundle, tested: Sample) -> tuple[Answer, LikelySets]:
    """What a bundle says of the rows by twelve months: expected share and distribution, and its likely sets."""
    found = score(bundle, tested.values)
    return Answer(found.score / 100.0, found.curve.exceed[:, HORIZONS.index(HEADLINE)]), found.likely


def _months(target: str) -> int:
    horizon = target.removeprefix("share_")
    return int(horizon) if horizon.isdigit() else 0


def _first_met(as_of: NDArray[np.datetime64], party: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """The first date of each row's debtor, of shape (n,)."""
    _, place = np.unique(party, return_inverse=True)
    first = np.full(int(place.max(initial=-1)) + 1, np.datetime64("9999-12-31"))
    np.minimum.at(first, place, as_of)
    return np.asarray(first[place])


def _demands(found: Comparison, covered: Coverage, rule: Mapping[str, Any]) -> tuple[Demand, ...]:
    gini = found.difference("gini", CHALLENGER, CHAMPION)
    crps = found.difference("crps", CHALLENGER, CHAMPION)
    ours, rows = found.of[CHALLENGER], covered.rows
    low, high = rule["slope_range"]
    most = rule["bias_most"]
    return (
        Demand(
            "least_rows",
            rows >= rule["least_rows"],
            Text(
                zh=f"可比的后续案件{rows:,}行，至少须{rule['least_rows']:,}行",
                en=f"{rows:,} later rows; at least {rule['least_rows']:,} are needed",
            ),
        ),
        Demand(
            "gini",
            bool(gini.low > -rule["gini_margin"]),
            Text(
                zh=f"基尼系数之差{gini}，区间下限须高于−{rule['gini_margin']}",
                en=f"Gini ahead by {gini}; the interval has to lie above −{rule['gini_margin']}",
            ),
        ),
        Demand(
            "crps",
            bool(crps.high < rule["crps_margin"]),
            Text(
                zh=f"CRPS之差{crps}，区间上限须低于{rule['crps_margin']}",
                en=f"CRPS apart by {crps}; the interval has to lie below {rule['crps_margin']}",
            ),
        ),
        Demand(
            "slope",
            bool(ours["slope"].low <= high and ours["slope"].high >= low),
            Text(
                zh=f"校准斜率{ours['slope']}，区间须触及{low}至{high}",
                en=f"calibration slope {ours['slope']}; the interval has to touch {low} to {high}",
            ),
        ),
        Demand(
            "bias",
            bool(ours["bias"].low <= most and ours["bias"].high >= -most),
            Text(
                zh=f"平均偏差{ours['bias']}，区间须触及±{most}",
                en=f"bias {ours['bias']}; the interval has to touch ±{most}",
            ),
        ),
        Demand(
            "coverage",
            covered.within(COVERED, rule["coverage_within"]),
            Text(
                zh=f"九成可能范围实际覆盖{covered.covered:.1%}（标准误{covered.error:.1%}），"
                f"须在{COVERED:.0%}±{rule['coverage_within']:.0%}加两个标准误之内",
                en=f"likely sets held {covered.covered:.1%} (standard error {covered.error:.1%}); it has to be "
                f"{COVERED:.0%} within {rule['coverage_within']:.0%} plus two standard errors",
            ),
        ),
    )


def _same_target(challenger: Bundle, champion: Bundle) -> str:
    targets = [str(bundle.about.get("target", "")) for bundle in (challenger, champion)]
    if targets[0] != targets[1] or not targets[0]:
        raise _unlike(
            Text(
                zh=f"两个模型包的目标不同（[{targets[0]}]与[{targets[1]}]）",
                en=f"the bundles answer different targets ([{targets[0]}] and [{targets[1]}])",
            )
        )
    return targets[0]


def _begin(challenger: Bundle, champion: Bundle, since: date | None) -> date:
    """The day from which both were measured, or a later one that was asked for."""
    said = [bundle.about.get("measured_from") for bundle in (challenger, champion)]
    if None in said:
        raise _unlike(
            Text(
                zh="有模型包未说明自何日起未参与训练（measured_from）",
                en="a bundle does not say from which day on it was measured (measured_from)",
            )
        )
    first = max(date.fromisoformat(str(day)) for day in said)
    if since is not None and since < first:
        raise _problem(
            "challenge_too_early",
            Text(
                zh=f"[{since}]早于[{first}]：此前的案件已用于训练。",
                en=f"[{since}] lies before [{first}]: a bundle was trained on cases up to there.",
            ),
            Text(zh=f"请用{first}或更晚的日期。", en=f"Take {first} or a later day."),
        )
    return since or first


def _unlike(why: Text) -> PortraitError:
    return _problem(
        "challenge_unlike",
        Text(zh=f"无法比较：{why.zh}。", en=f"They cannot be compared: {why.en}."),
        Text(zh="请用 portrait train 训练的模型包。", en="Take bundles made by: portrait train"),
    )


def _too_early(since: date, cutoff: date, target: str) -> PortraitError:
    return _problem(
        "challenge_too_early",
        Text(
            zh=f"自{since}起的案件中，到{cutoff}为止没有一件的[{target}]已见结果。",
            en=f"Of the cases from {since} on, none has its [{target}] known by {cutoff}.",
        ),
        Text(zh="请等待结果成熟，或载入更多案件。", en="Wait until outcomes mature, or load more cases."),
    )


def _problem(code: str, detail: Text, next_step: Text) -> PortraitError:
    title = Text(zh="无法与在用模型比较", en="Cannot compare with the champion")
    return PortraitError(Problem(code=code, title=title, detail=detail, next_step=next_step, status=409))
