"""The report as a page that opens anywhere: one HTML file a language, pictures inside, nothing fetched."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from monitoring.limits import LEVEL_LABELS, Level
from vocabulary.text import Language, Text

MOST = 15
"""Columns listed; the JSON beside the page holds all."""
_WORDS = {
    "title": Text(zh="运行监测 {day}", en="Monitoring, {day}"),
    "about": Text(
        zh="模型包 {bundle}，记录快照 {snapshot}。仅供参考：警报是查明原因的理由，不是结论。",
        en="Bundle {bundle}, snapshot {snapshot}. For reference: an alarm is a reason to look, not a verdict.",
    ),
    "findings": Text(zh="发现", en="Findings"),
    "nothing": Text(zh="一切在界限之内。", en="Everything lies within the limits."),
    "drift": Text(zh="分布变化", en="Drift"),
    "drift_about": Text(
        zh="{since}之后至{until}的{rows}行（相当于{worth}行独立样本），与训练截止前一年的{before}行比较。",
        en="{rows} rows after {since} up to {until} (worth {worth} independent ones) beside {before} of the year "
        "before training.",
    ),
    "calibration": Text(zh="已发布分数与实际结果", en="Published scores and what came true"),
    "sources": Text(zh="数据源答复", en="Answers of sources"),
    "column": Text(zh="项目", en="column"),
    "psi": Text(zh="PSI", en="PSI"),
    "chance": Text(zh="偶然概率（Holm）", en="chance (Holm)"),
    "known": Text(zh="已知比例（此前 → 现在）", en="known (before → now)"),
    "level": Text(zh="判断", en="finding"),
    "months": Text(zh="月数", en="months"),
    "rows": Text(zh="项数", en="rows"),
    "debtors": Text(zh="人数", en="debtors"),
    "expected": Text(zh="预期", en="expected"),
    "came_true": Text(zh="实际", en="came true"),
    "bias": Text(zh="实际 − 预期（95%）", en="came true − expected (95 %)"),
    "slope": Text(zh="校准斜率（95%）", en="slope (95 %)"),
    "source": Text(zh="数据源", en="source"),
    "asked": Text(zh="近一月答复", en="last month"),
    "asked_before": Text(zh="此前半年答复", en="half year before"),
    "limits": Text(
        zh="界限见 monitoring/parameters/watch.yaml，含义见 docs/monitoring.md。",
        en="Limits: monitoring/parameters/watch.yaml; what they mean: docs/monitoring.md.",
    ),
}
_STYLE = """body{font:16px/1.5 system-ui,'WenQuanYi Micro Hei','Noto Sans CJK SC','Microsoft YaHei',sans-serif;
max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b2733}table{border-collapse:collapse;margin:1rem 0}
th,td{padding:.25rem .7rem;border-bottom:1px solid #d5dbe1;text-align:left}td.n,th.n{text-align:right;
font-variant-numeric:tabular-nums}.alarm{color:#b3372c;font-weight:600}.warning{color:#8a5c06;font-weight:600}
.unknown{color:#5a6773}svg{max-width:100%;height:auto}h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}"""


def page(document: Mapping[str, Any], drawn: Mapping[str, str], language: Language) -> str:
    """The page of a report's document, with its pictures by name."""
    said = _Said(language)
    about = said("about", bundle=document["bundle"][:12], snapshot=document["snapshot"][:12])
    parts = [
        f"<h1>{said('title', day=document['as_of'])}: {_level(document['level'], language)}</h1><p>{about}</p>",
        f"<h2>{said('findings')}</h2>{_findings(document, said)}",
        f"<h2>{said('drift')}</h2>{_drift(document['drift'], said)}{drawn.get('drift', '')}",
        f"<h2>{said('calibration')}</h2>{_matured(document['matured'], said)}{drawn.get('matured', '')}",
        f"<h2>{said('sources')}</h2>{_sources(document['sources'], said)}{drawn.get('sources', '')}",
        f"<p class=unknown>{said('limits')}</p>",
    ]
    marked = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html><html lang="{marked}"><head><meta charset="utf-8">'
        f"<title>{said('title', day=document['as_of'])}</title><style>{_STYLE}</style></head>"
        f"<body>{''.join(parts)}</body></html>\n"
    )


class _Said:
    """Words of the page in one language, escaped."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, name: str, **values: object) -> str:
        return html.escape(_WORDS[name].fill(**values).to(self.language))


def _level(name: str, language: Language) -> str:
    label = LEVEL_LABELS[Level[name.upper()]].to(language)
    return f'<span class="{name}">{html.escape(label)}</span>'


def _findings(document: Mapping[str, Any], said: _Said) -> str:
    if not document["findings"]:
        return f"<p>{said('nothing')}</p>"
    items = (
        f"<li>{_level(each['level'], said.language)} {html.escape(each[said.language])}</li>"
        for each in document["findings"]
    )
    return f"<ul>{''.join(items)}</ul>"


def _drift(drift: Mapping[str, Any], said: _Said) -> str:
    about = said(
        "drift_about",
        since=drift["since"],
        until=drift["until"],
        rows=f"{drift['rows']:,}",
        worth=f"{drift['effective']:,.0f}",
        before=f"{drift['reference_rows']:,}",
    )
    rows = [
        (
            html.escape(each["label"][said.language]),
            f"{each['psi']:.3f}",
            f"{each['chance']:.2g}",
            f"{each['known_before']:.0%} → {each['known']:.0%}",
            _level(each["level"], said.language),
        )
        for each in drift["shifts"][:MOST]
    ]
    return f"<p>{about}</p>" + _table(
        [said(name) for name in ("column", "psi", "chance", "known", "level")], rows
    )


def _matured(matured: Iterable[Mapping[str, Any]], said: _Said) -> str:
    rows = [
        (
            str(each["months"]),
            f"{each['rows']:,}",
            f"{each['debtors']:,}",
            _number(each["expected"], ".3f"),
            _number(each["came_true"], ".3f"),
            _banded(each["bias"], each["bias_band"], "+.3f"),
            _banded(each["slope"], each["slope_band"], ".2f"),
            _level(each["level"], said.language),
        )
        for each in matured
    ]
    names = ("months", "rows", "debtors", "expected", "came_true", "bias", "slope", "level")
    return _table([said(name) for name in names], rows)


def _sources(sources: Iterable[Mapping[str, Any]], said: _Said) -> str:
    rows = [
        (
            html.escape(each["label"][said.language]),
            f"{each['answered']:,} / {each['asked']:,}",
            f"{each['answered_before']:,} / {each['asked_before']:,}",
            f"{each['chance']:.2g}",
            _level(each["level"], said.language),
        )
        for each in sources
    ]
    return _table([said(name) for name in ("source", "asked", "asked_before", "chance", "level")], rows)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    words = {0, len(headings) - 1}
    head = "".join(
        f'<th scope="col"{"" if place in words else " class=n"}>{heading}</th>'
        for place, heading in enumerate(headings)
    )
    body = "".join(
        "<tr>" + "".join(_cell(cell, first=not place) for place, cell in enumerate(row)) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(cell: str, *, first: bool) -> str:
    return f"<td>{cell}</td>" if first or cell.startswith("<") else f'<td class="n">{cell}</td>'


def _number(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)


def _banded(value: float | None, band: Sequence[float | None], form: str) -> str:
    if value is None:
        return "–"
    return f"{value:{form}} [{_number(band[0], form)}, {_number(band[1], form)}]"
