"""The tracks: what kind of work an obligation asks for next. A track is a proposal; a person may choose another."""

from __future__ import annotations

from dataclasses import dataclass

from vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Track:
    """One track: its code, its name, and what it is for."""

    code: str
    name: Text
    meaning: Text


FAST = Track(
    "fast",
    Text(zh="快执", en="fast"),
    Text(zh="现有可扣划资金，随即可执行", en="enough free money to deduct now"),
)
PRESERVE = Track(
    "preserve",
    Text(zh="保全", en="secure first"),
    Text(zh="已查明财产尚未查封，先行控制", en="property found and not sealed yet: seal it before it moves"),
)
COMPLEX = Track(
    "complex",
    Text(zh="精执", en="complex"),
    Text(zh="有财产待变价，或有规避线索需查实", en="assets to realise, or conduct facts to look into"),
)
ORDINARY = Track(
    "ordinary",
    Text(zh="普执", en="ordinary"),
    Text(zh="提取收入、督促履行、补齐程序", en="wages to withhold, payments to keep up, steps to complete"),
)
ASK_FIRST = Track(
    "ask_first",
    Text(zh="先行查询", en="ask first"),
    Text(zh="信息不足，先查询再判断", en="too little is known: ask before judging"),
)
RESUME = Track(
    "resume",
    Text(zh="恢执", en="resume"),
    Text(zh="终本后出现新的财产情况", en="new facts after the round was terminated"),
)
BANKRUPTCY = Track(
    "bankruptcy",
    Text(zh="执转破提示", en="bankruptcy hint"),
    Text(
        zh="企业资不抵债，可征询移送破产审查",
        en="a firm that cannot pay all: ask whether to send it to bankruptcy",
    ),
)
RELIEF = Track(
    "relief",
    Text(zh="救助候选", en="relief candidate"),
    Text(
        zh="穷尽调查仍无履行能力，且申请执行人生活困难",
        en="no ability after full asking, and a vulnerable creditor",
    ),
)
ROUND_END = Track(
    "round_end",
    Text(zh="终本候选", en="round-end candidate"),
    Text(
        zh="终本条件初步具备，待合议审查", en="the conditions for ending the round seem met, to be examined"
    ),
)
TRACKS = (FAST, PRESERVE, COMPLEX, RESUME, ORDINARY, ASK_FIRST, BANKRUPTCY, RELIEF, ROUND_END)
BY_CODE = {track.code: track for track in TRACKS}
