"""docs/triage.md: the tables of kept runs between its marks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.backtest.policies import BY_SCORE, FIRST_IN, ORACLE, SUBJECT
from benchmarks.backtest.run import Worked
from benchmarks.backtest.table import fewer_vulnerable, gain, ratio, table

DOCUMENT = Path(__file__).parents[2] / "docs" / "triage.md"
_BEGIN, _END = "<!-- begin back-test -->", "<!-- end back-test -->"


def write(files: Sequence[Path]) -> None:
    """Put the tables of the files between the document's marks: the first in full, the others as ratios."""
    runs = [json.loads(path.read_text()) for path in files]
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    parts = [_whole(runs[0]), _others(runs)]
    DOCUMENT.write_text(f"{before}{_BEGIN}\n\n" + "\n\n".join(parts) + f"\n\n{_END}{after}", encoding="utf-8")


def _worked(run: dict[str, Any]) -> list[Worked]:
    return [Worked(**each) for each in run["worked"]]


def _whole(run: dict[str, Any]) -> str:
    worked, asked, fact = _worked(run), run["asked"], run["machine"]
    fewer = fewer_vulnerable(worked, SUBJECT)
    versus = {peer: ratio(worked, SUBJECT, peer) for peer in (FIRST_IN, BY_SCORE)}
    told = (
        f"{asked['seeds']} towns of {asked['cases']:,} cases, {asked['part']:.0%} of the hours spent by habit; ratios "
        f"with 95 % intervals over towns. The queue's money is {versus[FIRST_IN]} times that of {FIRST_IN} and "
        f"{versus[BY_SCORE]} times that of {BY_SCORE}; it reaches {gain(worked, SUBJECT, ORACLE):.0%} of the oracle's "
        f"gain. Vulnerable claims performed in time: {-fewer:+d} against {FIRST_IN}. "
        f"({fact['processor']}, {fact['cores']} cores.)"
    )
    return f"{told}\n\n{table(worked)}"


def _others(runs: Sequence[dict[str, Any]]) -> str:
    lines = [
        f"| hours | effects of work | towns | × {FIRST_IN} | × {BY_SCORE} | of the oracle's gain "
        f"| vulnerable claims in time against {FIRST_IN} |",
        "|---|---|---|---|---|---|---|",
    ]
    for run in runs:
        worked, asked = _worked(run), run["asked"]
        lines.append(
            f"| {asked['part']:.0%} | × {asked['effects']:g} | {asked['seeds']} | {ratio(worked, SUBJECT, FIRST_IN)} "
            f"| {ratio(worked, SUBJECT, BY_SCORE)} | {gain(worked, SUBJECT, ORACLE):.0%} "
            f"| {-fewer_vulnerable(worked, SUBJECT):+d} |"
        )
    return "\n".join(lines)
