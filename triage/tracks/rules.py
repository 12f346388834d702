"""The rules of the tracks, in order: the first that fits an obligation proposes its track.

A rule is tests on figures (`triage.tracks.figures`, and those of the queue as a whole named in `judge`), thresholds by
name from `triage/parameters/tracks.yaml`, the work that follows, a sentence for people, and its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from triage.tracks import track as tracks
from triage.tracks.track import Track
from vocabulary.text import Text

Unit = Literal["money", "number", "days", "families", "points"]


@dataclass(frozen=True, slots=True)
class Check:
    """A figure held against a threshold: a name of `tracks.yaml`, or a plain number where law leaves no room."""

    figure: str
    kind: Literal["at least", "at most"]
    threshold: str | float


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when one of its tests holds."""

    tests: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: when it fits, the track that it proposes, the work in order (`work_hours` of hours.yaml), why.

    ``reason`` is filled from figures, each named with its unit in ``told``. ``whole_case``: the tests must hold for
    every debtor of the case with an open obligation, for what is ended is the round of the whole case.
    """

    code: str
    track: Track
    tests: tuple[Check | AnyOf, ...]
    work: tuple[str, ...]
    reason: Text
    source: str
    told: tuple[tuple[str, Unit], ...] = ()
    whole_case: bool = False


def at_least(figure: str, threshold: str | float) -> Check:
    """The figure is the threshold or more."""
    return Check(figure, "at least", threshold)


def at_most(figure: str, threshold: str | float) -> Check:
    """The figure is the threshold or less."""
    return Check(figure, "at most", threshold)


def holds(flag: str) -> Check:
    """The flag is set."""
    return Check(flag, "at least", 1.0)


def fails(flag: str) -> Check:
    """The flag is not set."""
    return Check(flag, "at most", 0.0)


_NOTHING = (
    at_most("known_year", "unable_money"),
    at_most("families_missing", 0.0),
    at_most("clues_open", 0.0),
    at_most("score", "unable_score"),
)
RULES: tuple[Rule, ...] = (
    Rule(
        "news_after_round",
        tracks.RESUME,
        (holds("dormant"), at_least("news_money", "resume_money")),
        ("resume", "deduct"),
        Text(
            zh="终本之后查明财产约{news_money}，可依职权恢复执行",
            en="About {news_money} came to light after the round was terminated: enforcement may be resumed",
        ),
        "法〔2016〕373号 Art. 9; 民诉解释 (2022) Art. 517",
        (("news_money", "money"),),
    ),
    Rule(
        "nothing_answered",
        tracks.ASK_FIRST,
        (holds("abstained"),),
        ("ask", "deduct", "talk"),
        Text(
            zh="存款、不动产、收入均未获答复，先查询：{missing}",
            en="Neither deposits, real property nor income was answered. Ask first: {missing}",
        ),
        "财产调查规定 (2020) Art. 12; score.md: abstention",
        (("missing", "families"),),
    ),
    Rule(
        "free_money",
        tracks.FAST,
        (
            at_least("free_left", "fast_money"),
            AnyOf((at_least("free_share", "fast_share"), at_least("free_left", "fast_large"))),
        ),
        ("deduct",),
        Text(
            zh="先于本案的债权之外，现可扣划约{free_left}",
            en="About {free_left} can be deducted now, after what is promised to earlier cases",
        ),
        "民诉法 (2023) Art. 253",
        (("free_left", "money"),),
    ),
    Rule(
        "unsealed_property",
        tracks.PRESERVE,
        (at_least("things_left", "preserve_value"), fails("sealed_here"), fails("bankrupt")),
        ("seal",),
        Text(
            zh="已查明可供变价财产约{things_left}，本案尚未查封",
            en="Property of about {things_left} was found and is not sealed in this case",
        ),
        "民诉法 (2023) Art. 255; 查封规定 (2020) Art. 1",
        (("things_left", "money"),),
    ),
    Rule(
        "sealed_property",
        tracks.COMPLEX,
        (at_least("things_left", "realise_value"), holds("sealed_here"), fails("bankrupt")),
        ("dispose",),
        Text(
            zh="已查封财产变价后约可得{things_left}",
            en="What is sealed would bring about {things_left}",
        ),
        "民诉法 (2023) Art. 255; 法释〔2018〕15号 Art. 1",
        (("things_left", "money"),),
    ),
    Rule(
        "insolvent_firm",
        tracks.BANKRUPTCY,
        (
            holds("firm"),
            at_least("cases_open", "insolvent_cases"),
            at_least("debt_ratio", "insolvent_ratio"),
            at_most("families_missing", 2.0),
        ),
        ("transfer",),
        Text(
            zh="企业在执债务约{debts}，已知财产约{known_year}，{cases_open}件案件待受偿",
            en="The firm owes about {debts} in {cases_open} open cases against known assets of about {known_year}",
        ),
        "民诉解释 (2022) Art. 511: with the consent of one applicant or the debtor",
        (("debts", "money"), ("known_year", "money"), ("cases_open", "number")),
    ),
    Rule(
        "conduct",
        tracks.COMPLEX,
        (at_least("conduct_facts", "conduct_facts"),),
        ("summon", "search"),
        Text(
            zh="有{conduct_facts}类可能规避执行的事实，须查实（见画像行为页）",
            en="{conduct_facts} kinds of facts that may be evasion are to be looked into (conduct page)",
        ),
        "法释〔2024〕13号 Art. 3; 财产调查规定 (2020) Arts 14-16",
        (("conduct_facts", "number"),),
    ),
    Rule(
        "income",
        tracks.ORDINARY,
        (at_least("income_year", "income_year"),),
        ("withhold", "talk"),
        Text(
            zh="扣除生活必需费用后年收入约{income_year}，可扣留提取",
            en="Income of about {income_year} a year above living costs can be withheld",
        ),
        "民诉法 (2023) Art. 254",
        (("income_year", "money"),),
    ),
    Rule(
        "paying",
        tracks.ORDINARY,
        (at_least("paid_6m", "paying_money"),),
        ("talk",),
        Text(
            zh="近6个月已履行{paid_6m}，继续督促",
            en="{paid_6m} was paid in the last six months: keep it going",
        ),
        "project policy",
        (("paid_6m", "money"),),
    ),
    Rule(
        "not_all_asked",
        tracks.ASK_FIRST,
        (at_least("families_missing", 1.0),),
        ("ask", "talk"),
        Text(
            zh="已答复部分未见可供执行财产，尚缺：{missing}",
            en="Nothing to take in what was answered. Still to be asked: {missing}",
        ),
        "法〔2016〕373号 Art. 3; 财产调查规定 (2020) Art. 12",
        (("missing", "families"),),
    ),
    Rule(
        "hardship",
        tracks.RELIEF,
        (*_NOTHING, at_least("priority", 1.0)),
        ("relief",),
        Text(
            zh="全面查询后未见履行能力，申请执行人属涉民生债权，可审查司法救助",
            en="No ability was seen after full asking and the claim is one of livelihood: relief may be examined",
        ),
        "中政委〔2014〕3号 (国家司法救助); whole case",
        whole_case=True,
    ),
    Rule(
        "round_may_end",
        tracks.ROUND_END,
        (
            *_NOTHING,
            at_least("days_since_filing", "round_days"),
            holds("notice_served"),
            holds("disclosure_ordered"),
            holds("consumption_restricted"),
        ),
        ("close",),
        Text(
            zh="立案{days_since_filing}天，全面查询未见财产，已通知、责令报告并限制消费，待合议审查",
            en="{days_since_filing} days since filing; nothing found after full asking; notice, disclosure order and "
            "consumption restriction are there: for the panel to examine",
        ),
        "法〔2016〕373号 Arts 1-3",
        (("days_since_filing", "number"),),
        whole_case=True,
    ),
    Rule(
        "steps_missing",
        tracks.ORDINARY,
        (),
        ("talk", "visit"),
        Text(
            zh="未见可供执行财产，终本条件亦未齐备：继续执行并补齐程序",
            en="Nothing to take is seen and the round may not end yet: go on, and complete the steps",
        ),
        "法〔2016〕373号 Art. 1",
    ),
)
BY_CODE = {rule.code: rule for rule in RULES}
