"""`docs/comparison.md`, made from the records of all data sets that were compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

from training.compare import MEAN, ORACLE, OURS, OURS_MEAN, STACK, TIMES
from training.compare_open import CLOSED, OPEN_TOO
from training.peers.spread import NEAREST

_WIDTH = 118
ORDER = ("court-200000", "court-20000", "sba", "taiwan")
"""The largest first; other data sets follow by name."""
_MAIN = ("gini", "r2", "crps", "slope", "ece")
_PARTS = ("brier_any", "auc_any", "brier_all", "auc_all")
_MONEY = ("money_10", "money_20", "money_50")
_AHEAD = ("crps", "gini", "brier_any", "brier_all")

Record = dict[str, Any]


def write_page(folder: Path) -> Path:
    """``comparison.md`` in the folder from ``comparison/*.json`` beneath it; returns its path."""
    records = [
        json.loads(path.read_text(encoding="utf-8")) for path in (folder / "comparison").glob("*.json")
    ]
    path = folder / "comparison.md"
    path.write_text(page(records), encoding="utf-8")
    return path


def page(records: Sequence[Record]) -> str:
    """The page of all records."""
    place = {name: number for number, name in enumerate(ORDER)}
    arranged = sorted(records, key=lambda record: (place.get(record["name"], len(ORDER)), record["name"]))
    return (
        "\n\n".join(
            [_OPENING.format(nearest=NEAREST, times=TIMES), *(section(record) for record in arranged)]
        )
        + "\n"
    )


def section(record: Record) -> str:
    """One data set's part of the page."""
    figures = record["figures"]
    parts = [
        f"## {record['title']}",
        "\n".join(
            fill(note, _WIDTH, initial_indent="- ", subsequent_indent="  ") for note in record["notes"]
        ),
        _sides(record["sides"]),
        _table(figures, _MAIN),
        _table(figures, (*_PARTS, *_MONEY)),
        "How far *portrait* is ahead of each other model, paired draws (above 0: ahead):",
        _table(record["ahead"], _AHEAD),
    ]
    if record["of_stack"]:
        parts.append(_of_stack(record["of_stack"]))
    if record["oracle"]:
        parts.append(_oracle(record["oracle"]))
    if record["apart"]:
        parts.append(_apart(record["apart"]))
    if record["open"]:
        parts.append(_open(record["open"]))
    parts.append(_made(record))
    return "\n\n".join(parts)


def _sides(sides: Sequence[Record]) -> str:
    lines = ["| side | rows | debtors | dates | mean share |", "|---|---|---|---|---|"]
    for side in sides:
        dates = side["first"] if side["first"] == side["last"] else f"{side['first']} … {side['last']}"
        lines.append(
            f"| {side['side']} | {side['rows']:,} | {side['debtors']:,} | {dates} | {side['mean']:.3f} |"
        )
    return "\n".join(lines)


def _table(figures: Record, names: Sequence[str]) -> str:
    lines = ["| | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for model, found in figures.items():
        shown = f"**{model}**" if model == OURS else model
        lines.append(f"| {shown} | " + " | ".join(_shown(found[name]) for name in names) + " |")
    return "\n".join(lines)


def _shown(figure: Sequence[float | None], digits: int = 4) -> str:
    value, low, high = figure
    if value is None:
        return "–"
    if low is None or high is None:
        return f"{value:.{digits}f}"
    return f"{value:.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]".replace("-", "−")


def _percent(figure: Sequence[float | None]) -> str:
    value, low, high = (None if each is None else 100 * each for each in figure)
    if value is None or low is None or high is None:
        return "–"
    return f"{value:.1f} % [{low:.1f}, {high:.1f}]"


def _of_stack(found: Record) -> str:
    said = ", ".join(f"{name} {_percent(figure)}" for name, figure in found.items())
    return f"Of the gain over the mean alone that the stack reaches, *{OURS}* reaches: {said}."


def _oracle(found: Record) -> str:
    lines = [
        f"Beside the oracle, on the {found['rows']:,} test rows whose futures were counted out. Reached of its gain "
        "over the mean alone:",
        "",
        "| | " + " | ".join(next(iter(found["reached"].values()))) + " |",
        "|---" * (len(next(iter(found["reached"].values()))) + 1) + "|",
    ]
    for model, reached in found["reached"].items():
        lines.append(f"| {model} | " + " | ".join(_percent(figure) for figure in reached.values()) + " |")
    oracle = found["figures"][ORACLE]
    lines += [
        "",
        "The oracle itself: " + ", ".join(f"{name} {_shown(oracle[name])}" for name in _MAIN[:3]) + ".",
    ]
    return "\n".join(lines)


def _apart(found: Record) -> str:
    counts = found["counts"]
    return "\n\n".join(
        [
            f"### Out of court\n\n{found['courts']} courts held out: trained on {counts['train']:,} rows of the "
            f"others, measured on {counts['test']:,} later rows of these. Settings as found above.",
            _table(found["figures"], ("gini", "r2", "crps", "slope", "ece")),
            _table(found["ahead"], ("crps", "gini")),
        ]
    )


def _open(found: Record) -> str:
    rows = found["rows"]
    closed, both = rows[CLOSED], rows[OPEN_TOO]
    ahead = ", ".join(f"{name} {_shown(figure)}" for name, figure in found["ahead"].items())
    return "\n\n".join(
        [
            f"### Do open cases help?\n\nThe curve at 24 months on {rows['test']:,} rows dated after {found['edge']}, "
            f"learned from {both:,} earlier rows of other debtors, or from the {closed:,} of them whose case was "
            "closed for good on that day (a 终本 is no end); neither sloped nor tilted.",
            _table(found["figures"], ("crps", "gini", "r2", "brier_any", "brier_all", "bias")),
            f"Open and closed ahead of closed alone: {ahead}.",
        ]
    )


def _made(record: Record) -> str:
    budget, on = record["budget"], record["machine"]
    models = record["models"]
    trials = ", ".join(
        f"{name} {model['trials']} ({model['seconds']:.0f} s)"
        for name, model in models.items()
        if name not in (OURS_MEAN, MEAN)
    )
    stack = models.get(STACK, {}).get("settings", {}).get("weights")
    weights = (
        f" Weights of the stack: {', '.join(f'{name} {each}' for name, each in stack.items())}."
        if stack
        else " Run with `--no-stack`."
    )
    versions = ", ".join(f"{name} {each}" for name, each in on["versions"].items())
    said = (
        f"Trials a model and seconds with tuning and fits: {trials}; tuned on at most {budget['rows']:,} rows."
        f"{weights} {budget['draws']} bootstrap draws. {on['processor']}, {on['cores']} cores, load {on['load'][0]}; "
        f"{versions}."
    )
    return fill(said, _WIDTH, break_on_hyphens=False)


_OPENING = """# The comparison

Written by `portrait compare`; do not edit. The records behind it, with all settings, are in `comparison/*.json`.

| command | data |
|---|---|
| `portrait compare court --obligations 20000 --write docs` | a synthetic court, with its oracle; out of court too |
| `portrait compare court --obligations 200000 --write docs` | the same, ten times as large |
| `portrait compare sba --write docs` | SBA loans, out of time |
| `portrait compare taiwan --write docs` | Taiwan's credit-card clients |

All models have the same rows, the same weights, the same columns (the catalogue's; what is unknown stays unknown) and
the same split by time: fitted on the training side, slope and shift set on the later calibration side in one way for
all, measured on the test side, later still. 95 % bootstrap intervals by debtor, the same draws for all.

- **portrait**: the bundle that `portrait train` makes: monotone constraints of the catalogue, families hidden in masked
  copies of the training rows (none on SBA and Taiwan, where nothing was asked). Its distribution is the curve's, tilted
  to the share. Both of its models learn from training debtors' open cases too, whose twelve months are not over: peers
  need a whole label and cannot. Its tuning is the grid of `training/learn.py`.
- **portrait, share alone**: the same share with the spread that peers get; what the curve adds is the difference.
- **scorecard**: optimal binning (optbinning), weight of evidence, logistic regression. **hist gradient boosting**
  (scikit-learn), **CatBoost**, **XGBoost**: on cross-entropy of the share. **two-stage**: P(any) × E[share | any], two
  LightGBM models. None of them has constraints or masked copies. Optuna's TPE tunes each with the same number of
  trials, judged on the later quarter of the training rows; rounds are chosen by stopping early there, on all rows.
- **stack**: all peers, each tuned with {times} times the trials and refitted once, their log-odds weighted on the same
  later quarter: what the records allow. **mean only**: the training mean for everyone.
- Around a share that stands alone, one wrapper for all puts the outcomes of the {nearest} calibration rows scored
  nearest; the two-stage model's goes around its second stage, the mean's holds all.
- *gini*: concentration of the outcome by score ÷ by the outcome itself. *crps*: of the whole distribution, 0 is best.
  *slope*: of calibration, 1 when calibrated. *ece*: over ten bins. *brier_any*, *auc_any*: of P(any is performed);
  *…_all*: of P(all). *money_n*: part of all money performed in the first n % of a queue by expected money. Formulas:
  `training/figures.py`, `training/distribution.py`, `training/compare_figures.py`."""
