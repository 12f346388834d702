"""What monitoring has to say: one sentence a finding, in both languages, worst first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from features.catalogue import CATALOGUE
from monitoring.drift import Drift, Shift
from monitoring.limits import Level
from monitoring.maturity import Matured
from monitoring.sources import Answers
from scoring.reference import SCORE
from vocabulary.text import Text

_FLAGGED = (Level.WARNING, Level.ALARM)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: about drift, calibration or sources, how bad, and the sentence."""

    about: str
    level: Level
    says: Text


def findings(drift: Drift, matured: Sequence[Matured], sources: Sequence[Answers]) -> tuple[Finding, ...]:
    """All findings, worst first; what cannot be told yet is a finding too."""
    found = [*_of_drift(drift), *_of_calibration(matured), *_of_sources(sources)]
    return tuple(sorted(found, key=lambda each: -each.level))


def label_of(name: str) -> Text:
    """What people call a watched column."""
    if name == SCORE:
        return Text(zh="分数", en="the score")
    return CATALOGUE[name].label if name in CATALOGUE.names else Text(zh=name, en=name)


def _of_drift(drift: Drift) -> Iterator[Finding]:
    if not drift.shifts:
        says = Text(
            zh="近期案件太少，或模型包没有参照分布，尚不能判断分布变化（{rows}行，相当于{worth}行独立样本）。",
            en="Too few recent cases, or the bundle has no reference: drift cannot be told yet "
            "({rows} rows, worth {worth} independent ones).",
        )
        yield Finding("drift", Level.UNKNOWN, says.fill(rows=drift.rows, worth=round(drift.effective)))
    for shift in drift.shifts:
        if shift.level in _FLAGGED:
            yield Finding("drift", shift.level, _shifted(shift))


def _shifted(shift: Shift) -> Text:
    says = Text(
        zh="[{label}]的分布与训练时不同：PSI {psi:.2f}；已知的比例由{before:.0%}变为{now:.0%}。",
        en="[{label}] is spread otherwise than in training: PSI {psi:.2f}; known for {now:.0%}, before {before:.0%}.",
    )
    return says.fill(label=label_of(shift.name), psi=shift.psi, before=shift.known_before, now=shift.known)


def _of_calibration(matured: Sequence[Matured]) -> Iterator[Finding]:
    for each in matured:
        if each.level is Level.UNKNOWN:
            says = Text(
                zh="{months}个月的结果尚少（{rows}项），不能判断校准。",
                en="Too few outcomes of {months} months yet ({rows}) to tell calibration.",
            )
            yield Finding("calibration", each.level, says.fill(months=each.months, rows=each.rows))
        elif each.level in _FLAGGED:
            says = Text(
                zh="{months}个月：预期平均履行{expected:.1%}，实际{true:.1%}；校准斜率{slope:.2f}（{rows}项）。",
                en="{months} months: {expected:.1%} expected on average, {true:.1%} came true; "
                "calibration slope {slope:.2f} ({rows} obligations).",
            )
            filled = says.fill(
                months=each.months,
                expected=each.expected,
                true=each.came_true,
                slope=each.slope,
                rows=each.rows,
            )
            yield Finding("calibration", each.level, filled)


def _of_sources(sources: Sequence[Answers]) -> Iterator[Finding]:
    for each in sources:
        if each.level not in _FLAGGED:
            continue
        if each.rate is None:
            says = Text(
                zh="数据源[{label}]近一月未被查询，此前半年{before}次。",
                en="[{label}] was not asked in the last month; {before} times in the months before.",
            ).fill(label=each.label, before=each.asked_before)
        else:
            says = Text(
                zh="数据源[{label}]变安静：近一月答复{now:.0%}，此前{before:.0%}。",
                en="[{label}] went quiet: {now:.0%} answered in the last month, {before:.0%} before.",
            ).fill(label=each.label, now=each.rate, before=each.rate_before)
        yield Finding("sources", each.level, says)
