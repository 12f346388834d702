"""Sources that went quiet: how each record family's questions were answered lately, against the time before.

A question counts once it has had time to settle; "lately" is the month before that, "before" the half year before. A
source is flagged when its answer rate has fallen far enough and when that cannot be chance: Fisher's exact test, one
side, held to Holm's rule over all sources. A source that is asked no more is told as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from scipy.stats import hypergeom

from monitoring.limits import Level, Limits, holm
from records.snapshot import Snapshot
from vocabulary.dates import months_before
from vocabulary.families import FAMILIES
from vocabulary.labels import word
from vocabulary.text import Text

_ANSWERS = """
    WITH standing AS (
        SELECT family, source, receipt_id, asked_at,
            arg_max(status, row(happened_at, known_at, row_id)) AS status
        FROM queries WHERE known_at <= DATE '{day}' AND NOT coalesce(retracted, false)
            AND (superseded_at IS NULL OR superseded_at > DATE '{day}')
        GROUP BY ALL
    )
    SELECT family, source,
        count(*) FILTER (asked_at > DATE '{recent}') AS asked,
        count(*) FILTER (asked_at > DATE '{recent}' AND status IN ('found', 'empty')) AS answered,
        count(*) FILTER (asked_at <= DATE '{recent}') AS asked_before,
        count(*) FILTER (asked_at <= DATE '{recent}' AND status IN ('found', 'empty')) AS answered_before
    FROM standing WHERE asked_at > DATE '{before}' AND asked_at <= DATE '{settled}'
    GROUP BY ALL ORDER BY family, source"""


@dataclass(frozen=True, slots=True)
class Answers:
    """Questions of one family to one source lately and before, the chance of such a fall by luck, what it means."""

    family: str
    source: str
    asked: int
    answered: int
    asked_before: int
    answered_before: int
    chance: float = 1.0
    level: Level = field(default=Level.FINE)

    @property
    def label(self) -> Text:
        """The family and who was asked, in words."""
        names = {"family": FAMILIES[self.family].label, "source": word("queries", "source", self.source)}
        return Text(zh="{family}（{source}）", en="{family} ({source})").fill(**names)

    @property
    def quiet(self) -> bool:
        """The source answered in the months before, and now far less often."""
        return self.level is Level.ALARM

    @property
    def rate(self) -> float | None:
        """Part of the late questions that were answered; None when none was asked."""
        return self.answered / self.asked if self.asked else None

    @property
    def rate_before(self) -> float | None:
        """Part of the questions before that were answered; None when none was asked."""
        return self.answered_before / self.asked_before if self.asked_before else None


def answers(snapshot: Snapshot, as_of: date, limits: Limits | None = None) -> tuple[Answers, ...]:
    """Answers by family and source, as known on the date, held to the limits of that day."""
    limits = limits or Limits.on(as_of)
    settled = as_of - timedelta(days=limits["sources_settling"])
    recent = months_before(settled, limits["sources_months"])
    sql = _ANSWERS.format(
        day=as_of.isoformat(),
        settled=settled.isoformat(),
        recent=recent.isoformat(),
        before=months_before(recent, limits["sources_before_months"]).isoformat(),
    )
    found = [Answers(**row) for row in snapshot.query(sql).to_pylist()]
    return judged(found, limits)


def judged(found: list[Answers], limits: Limits) -> tuple[Answers, ...]:
    """The same counts, with chances after Holm and levels."""
    adjusted = holm([_chance(each, limits) for each in found])
    return tuple(
        Answers(
            each.family,
            each.source,
            each.asked,
            each.answered,
            each.asked_before,
            each.answered_before,
            chance=float(chance),
            level=_level(each, float(chance), limits),
        )
        for each, chance in zip(found, adjusted, strict=True)
    )


def _chance(each: Answers, limits: Limits) -> float:
    """Chance of so few answers among the late questions if they were answered as those before.

    Where none was asked: of no question in the last month if questions come as evenly as before.
    """
    if not each.asked:
        months = limits["sources_before_months"]
        return float((months / (months + limits["sources_months"])) ** each.asked_before)
    answered = each.answered + each.answered_before
    return float(hypergeom.cdf(each.answered, each.asked + each.asked_before, answered, each.asked))


def _level(each: Answers, chance: float, limits: Limits) -> Level:
    if not each.rate_before or chance >= limits["sources_error"]:
        return Level.FINE
    if each.rate is None:
        return Level.WARNING
    fallen = each.rate / each.rate_before
    if fallen < limits["sources_alarm"]:
        return Level.ALARM
    return Level.WARNING if fallen < limits["sources_warning"] else Level.FINE
