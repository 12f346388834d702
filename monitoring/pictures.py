"""The pictures of a report, declared in Altair and rendered to SVG without a browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import vl_convert

from monitoring.drift import Drift
from monitoring.findings import label_of
from monitoring.limits import LEVEL_LABELS, Level
from monitoring.maturity import Matured
from monitoring.sources import Answers
from vocabulary.text import Language, Text

MOST = 15
"""Lines of a bar chart: more cannot be read."""
_COLOURS = {Level.FINE: "#7c93a8", Level.UNKNOWN: "#b9c2ca", Level.WARNING: "#c98a1b", Level.ALARM: "#b3372c"}
_INK, _SOFT = "#1f4e79", "#9aa7b4"
_FONT = "system-ui, 'WenQuanYi Micro Hei', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"
_WORDS = {
    "psi": Text(zh="分布差异（PSI）", en="distance from training (PSI)"),
    "level": Text(zh="判断", en="finding"),
    "expected": Text(zh="预期履行比例", en="share expected"),
    "came_true": Text(zh="实际履行比例", en="share that came true"),
    "months": Text(zh="{months}个月", en="{months} months"),
    "rate": Text(zh="答复比例", en="part answered"),
    "before": Text(zh="此前半年", en="half year before"),
    "now": Text(zh="近一月", en="last month"),
}


def pictures(
    drift: Drift, matured: Sequence[Matured], sources: Sequence[Answers], language: Language
) -> dict[str, str]:
    """SVG by name (drift, matured, sources); what has nothing to show is left out."""
    drawn = {
        "drift": _drift(drift, language),
        "matured": _matured(matured, language),
        "sources": _sources(sources, language),
    }
    return {name: _svg(chart) for name, chart in drawn.items() if chart is not None}


def _svg(chart: Any) -> str:
    styled = chart.configure(font=_FONT).configure_view(stroke=None).configure_axis(labelLimit=260)
    return str(vl_convert.vegalite_to_svg(styled.to_json()))


def _drift(drift: Drift, language: Language) -> Any | None:
    if not drift.shifts:
        return None
    rows = [
        {
            "name": label_of(shift.name).to(language),
            "psi": shift.psi,
            "level": LEVEL_LABELS[shift.level].to(language),
        }
        for shift in drift.shifts[:MOST]
    ]
    return (
        alt.Chart(alt.InlineData(rows), width=420)
        .mark_bar()
        .encode(
            x=alt.X("psi:Q", title=_WORDS["psi"].to(language), axis=alt.Axis(tickCount=6)),
            y=alt.Y("name:N", title=None, sort=None),
            color=_levels(language),
        )
    )


def _levels(language: Language) -> alt.Color:
    scale = alt.Scale(
        domain=[LEVEL_LABELS[level].to(language) for level in Level],
        range=[_COLOURS[level] for level in Level],
    )
    return alt.Color("level:N", title=_WORDS["level"].to(language), scale=scale)


def _matured(matured: Sequence[Matured], language: Language) -> Any | None:
    rows = [
        {
            "horizon": _WORDS["months"].fill(months=each.months).to(language),
            "expected": found.expected,
            "came_true": found.came_true,
            "low": found.low,
            "high": found.high,
        }
        for each in matured
        for found in each.bins
    ]
    if not rows:
        return None
    order = [_WORDS["months"].fill(months=each.months).to(language) for each in matured]
    x = alt.X("expected:Q", title=_WORDS["expected"].to(language), scale=alt.Scale(domain=[0, 1]))
    y = alt.Y("came_true:Q", title=_WORDS["came_true"].to(language), scale=alt.Scale(domain=[0, 1]))
    data = alt.Chart(alt.InlineData(rows))
    straight = data.mark_rule(color=_SOFT, strokeDash=[4, 3]).encode(
        x=alt.datum(0), y=alt.datum(0), x2=alt.datum(1), y2=alt.datum(1)
    )
    bands = data.mark_rule(color=_INK, opacity=0.6).encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    points = data.mark_point(color=_INK, filled=True, size=40).encode(x=x, y=y)
    layered = alt.layer(straight, bands, points)
    return layered.properties(width=190, height=190).facet(
        column=alt.Column("horizon:N", title=None, sort=order)
    )


def _sources(sources: Sequence[Answers], language: Language) -> Any | None:
    fallen = sorted(sources, key=lambda each: (each.rate or 0.0) - (each.rate_before or 0.0))
    rows = [
        {
            "name": each.label.to(language),
            "when": _WORDS[when].to(language),
            "rate": rate,
        }
        for each in fallen[:MOST]
        for when, rate in (("before", each.rate_before), ("now", each.rate))
        if rate is not None
    ]
    if not rows:
        return None
    order = [_WORDS["before"].to(language), _WORDS["now"].to(language)]
    return (
        alt.Chart(alt.InlineData(rows), width=420)
        .mark_bar()
        .encode(
            x=alt.X("rate:Q", title=_WORDS["rate"].to(language), axis=alt.Axis(format="%", tickCount=6)),
            y=alt.Y("name:N", title=None, sort=None),
            yOffset=alt.YOffset("when:N", sort=order),
            color=alt.Color(
                "when:N", title=None, sort=order, scale=alt.Scale(domain=order, range=[_SOFT, _INK])
            ),
        )
    )
