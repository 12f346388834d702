"""The page of the sensitivity table: what was read otherwise, how far figures moved, and which moves are no chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from training.figures import Comparison, Figure
from training.label_readings import AS_IT_IS
from training.sensitivity import Report

SHOWN = ("gini", "r2", "crps", "slope", "bias")
MEANING: Mapping[str, str] = {
    "doubtful labels dropped": "rows whose label is disputed (a payment contested, or an audit against the closing) "
    "are not learned from; as it is they weigh one half",
    "doubtful labels in full": "disputed labels weigh one, as all others",
    "followed rows alone": "only rows whose twelve months had run out by the training edge; as it is, open ones are "
    "learned from as far as they were followed",
    "followed rows alone, IPCW": "the same rows, each weighing 1 ÷ its chance of being followed, neither withdrawn "
    "nor paid by another debtor (a logistic regression on court, kind of debtor, moment, size and coverage)",
    "终本 as an end": "what is paid after the round was terminated (终结本次执行程序) does not count, nor does a "
    "case that resumes it",
    "campaigns left out": "rows whose twelve months meet a campaign of their court are neither learned from nor "
    "calibrated on",
    "withdrawals kept": "rows of cases that the applicant withdrew stay, with what was paid until then",
    "IPCW": "test rows weighed by 1 ÷ their chance of being followed, as above",
}


def page(report: Report, notes: Sequence[str]) -> str:
    """The page in Markdown. ``notes``: sentences on the data, first among them the command that made it."""
    told = report.told
    parts = [
        "# Sensitivity: what if labels were read otherwise",
        *notes,
        f"Training edge {report.edge}; rows of training debtors dated before it: "
        + ", ".join(f"{name} {count:,}" for name, count in report.counts.items())
        + ".",
        "## Learned otherwise, measured as ever",
        "Each line is a bundle learned anew from labels so read, on the same test rows, whose outcome stays as the "
        "product defines it. In brackets: difference from the first line, 95 % interval of paired draws by debtor.",
        _learned(report),
        _moved(report.learned),
        "## Learned as ever, measured otherwise",
        "The usual bundle on test rows read in the other way: what somebody who reads labels so would report of the "
        "same model. In brackets: 95 % interval.",
        _told(told, report.told_rows, report.came_true),
        "## What each reading means",
        "\n".join(f"- *{name}*: {MEANING[name]}." for name in _named(report)),
        "Figures: `training/figures.py` and `training/compare_figures.py`. *bias* is mean expected share − mean share "
        "performed. For gini and r2 more is better, for crps less; slope is best at 1, bias at 0.",
    ]
    return "\n\n".join(parts) + "\n"


def _named(report: Report) -> list[str]:
    return [name for name in dict.fromkeys([*report.learned.of, *report.told]) if name != AS_IT_IS]


def _learned(report: Report) -> str:
    lines = [f"| learned from | rows | {' | '.join(SHOWN)} |", f"|---|---|{'---|' * len(SHOWN)}"]
    for name, figures in report.learned.of.items():
        cells = [_number(figures[figure].value) for figure in SHOWN]
        if name != AS_IT_IS:
            apart = [report.learned.difference(figure, name, AS_IT_IS) for figure in SHOWN]
            cells = [f"{cell} ({_signed(one)})" for cell, one in zip(cells, apart, strict=True)]
        lines.append(f"| {name} | {report.rows[name]:,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _told(told: Mapping[str, Comparison], rows: Mapping[str, int], came_true: Mapping[str, float]) -> str:
    lines = [
        f"| test rows read | rows | mean share | {' | '.join(SHOWN)} |",
        f"|---|---|---|{'---|' * len(SHOWN)}",
    ]
    for name, one in told.items():
        cells = [_between(one.of[name][figure]) for figure in SHOWN]
        lines.append(f"| {name} | {rows[name]:,} | {came_true[name]:.3f} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _moved(learned: Comparison) -> str:
    """Which readings move which figures by more than chance."""
    told = []
    for name in learned.of:
        apart = {figure: learned.difference(figure, name, AS_IT_IS) for figure in SHOWN}
        beyond = [figure for figure, one in apart.items() if one.low > 0 or one.high < 0]
        if beyond:
            told.append(f"*{name}* ({', '.join(beyond)})")
    if not told:
        return "No reading moves a figure beyond its interval."
    pairs = (len(learned.of) - 1) * len(SHOWN)
    return (
        f"Moved beyond the interval: {'; '.join(told)}. All else lies within it. Of {pairs} pairs about "
        f"{round(pairs * 0.05)} would by chance alone."
    )


def _number(value: float) -> str:
    return f"{value:.3f}".replace("-", "−")


def _signed(figure: Figure) -> str:
    return f"{figure.value:+.3f}, {figure.low:+.3f} … {figure.high:+.3f}".replace("-", "−")


def _between(figure: Figure) -> str:
    return f"{_number(figure.value)} [{_number(figure.low)}, {_number(figure.high)}]"
