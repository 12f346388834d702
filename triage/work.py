"""Pieces of work: their names, their hours and the team that does them, from `triage/parameters/hours.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from features.declare import Values
from records.parameters import Parameters
from triage.tracks.rules import RULES
from vocabulary.text import Text

WORK = {
    "ask": Text(zh="查询财产", en="ask for property"),
    "deduct": Text(zh="扣划", en="deduct"),
    "withhold": Text(zh="扣留提取收入", en="withhold income"),
    "seal": Text(zh="查封冻结", en="seal or freeze"),
    "dispose": Text(zh="评估拍卖", en="price and auction"),
    "restrict": Text(zh="限制消费", en="restrict consumption"),
    "list": Text(zh="列入失信", en="list as dishonest"),
    "talk": Text(zh="约谈督促", en="talk"),
    "visit": Text(zh="实地调查", en="visit"),
    "summon": Text(zh="传唤", en="summon"),
    "search": Text(zh="搜查", en="search"),
    "detain": Text(zh="拘留", en="detain"),
    "fine": Text(zh="罚款", en="fine"),
    "reward": Text(zh="悬赏", en="reward notice"),
    "exit_ban": Text(zh="限制出境", en="exit restriction"),
    "pay_out": Text(zh="发放案款", en="pay out"),
    "close": Text(zh="办理终本审查", en="examine the round's end"),
    "relief": Text(zh="办理救助审查", en="examine relief"),
    "transfer": Text(zh="征询移送破产", en="ask about bankruptcy"),
    "resume": Text(zh="恢复执行立案", en="resume the case"),
}


def hours_of_work(table: Parameters, day: date) -> Mapping[str, float]:
    """Staff hours of each kind of work in force on a day."""
    hours: Mapping[str, float] = table.on("work_hours", day).value
    return hours


def team_of_work(table: Parameters, day: date) -> Mapping[str, str]:
    """The team that does each kind of work: a ``team`` of the officers' register."""
    teams: Mapping[str, str] = table.on("work_team", day).value
    return teams


def hours_of_rules(table: Parameters, day: date) -> Values:
    """Hours of the whole work that each rule of RULES asks for, in their order."""
    hours = hours_of_work(table, day)
    return np.array([sum(hours[kind] for kind in rule.work) for rule in RULES])


def work_of(chosen: NDArray[np.int64]) -> list[str]:
    """The work of each obligation by its rule, as kinds joined by a space, the next step first."""
    words = np.array([" ".join(rule.work) for rule in RULES], dtype=object)
    return list(words[chosen])
