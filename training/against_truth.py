"""A model beside the oracle: what is reached of the gain that only the truth of a synthetic court could give.

The truth file (`simulation.truth`) holds, for obligations and days, the true distribution of the share to come and
true ability. It is read here and nowhere else, and only when it is named. Rows before ``since`` whose outcome was
known by then shape the distribution around the mean only; the portrait has its curve. Rows from ``since`` on are
measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from features.declare import Values
from features.night import build, matrix
from records.snapshot import Snapshot
from scoring.ability import ability
from scoring.bundle import Bundle
from scoring.curve import HORIZONS, MARKS
from scoring.groups import Names
from scoring.outcomes import outcomes
from training import distribution
from training.figures import Comparison, compare
from vocabulary.dates import months_before
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

PORTRAIT, MEAN_ONLY, ORACLE = "portrait", "mean only", "oracle"
TOPS = (10, 20, 50)
LEAST_ROWS = 100
_WITHIN = (1e-6, 1 - 1e-6)
"""Expected shares of exactly 0 or 1 have no log-odds, which the calibration slope needs."""


@dataclass(frozen=True, slots=True)
class AbilityReport:
    """Ability beside true ability: rank correlation, mean of both, root mean square of the difference (shares)."""

    correlation: float
    estimated: float
    true: float
    apart: float


@dataclass(frozen=True)
class TruthReport:
    """Figures beside the oracle's on the same rows. Shares of gain are (model − mean only) ÷ (oracle − mean only)."""

    rows: int
    since: date
    comparison: Comparison
    crps: Mapping[str, float]
    money: Mapping[str, tuple[float, ...]]
    expected_against_truth: float
    score_against_ability: float
    ability: AbilityReport

    @property
    def gain(self) -> dict[str, float]:
        """Share of the oracle's gain that the model reaches: by Gini, by CRPS, by money in the first 20 %."""
        gini = {model: figures["gini"].value for model, figures in self.comparison.of.items()}
        captured = {model: shares[TOPS.index(20)] for model, shares in self.money.items()}
        return {"gini": _part(gini), "crps": _part(self.crps), "money_20": _part(captured)}

    @property
    def document(self) -> str:
        """The table with what its figures mean."""
        return _DOCUMENT.format(table=self.table)

    @property
    def table(self) -> str:
        """Everything as a Markdown table."""
        tops = " | ".join(f"money in {top} %" for top in TOPS)
        lines = [f"| | gini | r2 | crps | {tops} |", "|---" * (4 + len(TOPS)) + "|"]
        for model, figures in self.comparison.of.items():
            money = " | ".join(f"{share:.3f}" for share in self.money[model])
            lines.append(
                f"| {model} | {figures['gini']} | {figures['r2']} | {self.crps[model]:.4f} | {money} |"
            )
        gain = ", ".join(f"{name} {100 * share:.0f} %" for name, share in self.gain.items())
        return "\n".join(
            [
                *lines,
                "",
                f"{self.rows:,} obligations from {self.since} on. Share of the oracle's gain over the mean: {gain}.",
                f"Rank correlation of the score with the true expected share {self.expected_against_truth:.3f}, "
                f"with true ability {self.score_against_ability:.3f}.",
                f"Ability at the reference effort: rank correlation with true ability {self.ability.correlation:.3f}, "
                f"mean {self.ability.estimated:.3f} where the truth is {self.ability.true:.3f}, apart by "
                f"{self.ability.apart:.3f} (root mean square).",
            ]
        )


_DOCUMENT = """# The champion beside the oracle

Written by `portrait compare champion --truth FILE --write docs/oracle.md`; do not edit. The oracle is the true
distribution of the share to come, which only a synthetic court knows (`simulation.truth`): no model of records can do
better. Figures are of the share performed within twelve months, on rows that the model was not trained on, with 95 %
bootstrap intervals clustered by debtor; formulas: `training/figures.py`.

{table}

- *crps*: continuous ranked probability score of the distribution of the share, 0 is best. The oracle's distribution
  is its own, the portrait's is its curve; around the mean stand all earlier outcomes.
- *money in n %*: part of all money performed that lies in the first n % of a queue ranked by expected money.
- A score is an expectation under the effort that courts make. Its correlation with true ability, which is what the
  reference effort would bring, says how near it comes to ability without being an estimate of it; ability is one.
"""


def against_truth(
    snapshot: Snapshot, bundle: Bundle, truth: Path, *, since: date, months: int = 12, seed: int = 0
) -> TruthReport:
    """Measure a bundle on the obligations of a truth file.

    Raises PortraitError when the file is not one of a synthetic court's truth, or when fewer than 100 obligations of
    it were followed on either side of ``since``.
    """
    asked = _read(truth, months)
    known = outcomes(snapshot, asked.select(["party_id", "case_id", "as_of"]), cutoff=_last(snapshot))
    owed = (known["outstanding"].to_numpy() > 0) & asked["open"].to_numpy(zero_copy_only=False).astype(bool)
    seen = known[f"followed_{months}"].to_numpy(zero_copy_only=False) & owed
    seen &= ~known[f"by_other_{months}"].to_numpy(zero_copy_only=False)
    days = asked["as_of"].to_numpy().astype("datetime64[D]")
    earlier = seen & (days <= np.datetime64(months_before(since, months)))
    later = seen & (days >= np.datetime64(since))
    if min(earlier.sum(), later.sum()) < LEAST_ROWS:
        raise _too_few(truth, since, int(earlier.sum()), int(later.sum()))
    share = known[f"share_{months}"].to_numpy()
    drawn = np.stack(asked[f"share_{months}"].combine_chunks().to_numpy(zero_copy_only=False)[later])
    mean = np.full(int(later.sum()), share[earlier].mean())
    values = matrix(build(snapshot, asked.select(asked.column_names[:3]).filter(pa.array(later))))
    expected = bundle.calibration.share(bundle.trees.raw(values))
    odds = bundle.curve.raw(values)
    curve = bundle.curve.tilted(odds, expected)
    models = {PORTRAIT: expected, MEAN_ONLY: mean, ORACLE: np.clip(drawn.mean(axis=1), *_WITHIN)}
    scores = {
        PORTRAIT: distribution.crps(curve.exceed[:, HORIZONS.index(months)], MARKS, share[later]),
        MEAN_ONLY: crps(share[later], np.tile(np.sort(share[earlier]), (len(mean), 1))),
        ORACLE: crps(share[later], drawn),
    }
    outstanding = known["outstanding"].to_numpy()[later]
    true = asked["ability"].to_numpy()[later]
    lift = bundle.reference.lift(_courts(snapshot, asked)[later])
    able = ability(bundle.curve, odds, curve.tilt, lift)
    return TruthReport(
        rows=int(later.sum()),
        since=since,
        comparison=compare(share[later], models, debtor=asked["party_id"].to_numpy()[later], seed=seed),
        crps=scores,
        money={model: _captured(score, share[later], outstanding) for model, score in models.items()},
        expected_against_truth=_rank_correlation(expected, models[ORACLE]),
        score_against_ability=_rank_correlation(expected, true),
        ability=AbilityReport(
            correlation=_rank_correlation(able, true),
            estimated=float(able.mean()),
            true=float(true.mean()),
            apart=float(np.sqrt(np.mean((able - true) ** 2))),
        ),
    )


def crps(outcome: Values, draws: Values) -> float:
    """Mean continuous ranked probability score of sorted draws, shape (n, m), against outcomes, shape (n,).

    E|X − y| − ½ E|X − X'| over each row's draws (Gneiting & Raftery, JASA 102, 2007, eq. 21); 0 is best.
    """
    ordered = np.sort(draws, axis=1)
    size = ordered.shape[1]
    weight = (2 * np.arange(1, size + 1) - size - 1) / size**2
    return float(np.mean(np.abs(ordered - outcome[:, None]).mean(axis=1) - ordered @ weight))


def _courts(snapshot: Snapshot, asked: pa.Table) -> Names:
    """The court of each obligation, (n,)."""
    found = snapshot.query(
        _COURTS, asked=asked.select(["case_id"]).append_column("n", [np.arange(len(asked))])
    )
    return np.array(found["court"].to_pylist(), dtype=str)


_COURTS = """
    SELECT any_value(court) AS court FROM asked LEFT JOIN cases USING (case_id) GROUP BY n ORDER BY n"""


def _captured(expected: Values, share: Values, outstanding: Values) -> tuple[float, ...]:
    """Part of all money performed that lies in the first 10, 20, 50 % of a queue ranked by expected money."""
    money = share * outstanding
    order = np.argsort(-expected * outstanding, kind="stable")
    return tuple(float(money[order[: len(order) * top // 100]].sum() / money.sum()) for top in TOPS)


def _rank_correlation(one: Values, other: Values) -> float:
    """Spearman's, ties averaged."""
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: Values) -> Values:
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    middle: Values = np.cumsum(count) - (count - 1) / 2
    return middle[place]


def _part(of: Mapping[str, float]) -> float:
    apart = of[ORACLE] - of[MEAN_ONLY]
    return (of[PORTRAIT] - of[MEAN_ONLY]) / apart if apart else float("nan")


def _last(snapshot: Snapshot) -> date:
    assert snapshot.newest is not None, "a snapshot with obligations has a newest day"
    return snapshot.newest


def _read(truth: Path, months: int) -> pa.Table:
    try:
        table = pq.read_table(truth)
    except (OSError, pa.ArrowInvalid) as error:
        raise _no_truth(truth, f"{type(error).__name__}") from error
    missing = {"party_id", "case_id", "as_of", "open", "ability", f"share_{months}"} - set(table.column_names)
    if missing:
        raise _no_truth(truth, ", ".join(sorted(missing)))
    first = ["party_id", "case_id", "as_of"]
    return table.select([*first, *(name for name in table.column_names if name not in first)]).filter(
        pc.field("as_of").is_valid()
    )


def _no_truth(truth: Path, why: str) -> PortraitError:
    return _problem(
        Text(
            zh=f"[{truth.name}]不是合成法院的真值文件（{why}）。",
            en=f"[{truth.name}] is no truth file of a synthetic court ({why}).",
        ),
        Text(
            zh="用 portrait simulate --truth 生成真值文件。", en="Write one with: portrait simulate --truth"
        ),
    )


def _too_few(truth: Path, since: date, earlier: int, later: int) -> PortraitError:
    return _problem(
        Text(
            zh=f"[{truth.name}]中{since}之前有结果的{earlier}项、之后{later}项，各需至少{LEAST_ROWS}项。",
            en=f"[{truth.name}] has {earlier} followed obligations before {since} and {later} after; "
            f"each side needs {LEAST_ROWS}.",
        ),
        Text(
            zh="换一个日期（--since）或更大的合成法院。", en="Take another day (--since) or a larger court."
        ),
    )


def _problem(detail: Text, next_step: Text) -> PortraitError:
    title = Text(zh="无法与真值比较", en="Cannot compare with the truth")
    return PortraitError(Problem(code="truth_unusable", title=title, detail=detail, next_step=next_step))
