"""The kinds of statutory days: what they are called, where they stand, which work keeps them."""

from __future__ import annotations

from dataclasses import dataclass

from vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Deadline:
    """A kind of statutory day: code, name, source."""

    code: str
    name: Text
    source: str


DEADLINES = (
    Deadline("payout", Text(zh="案款发放", en="pay out"), "法发〔2017〕6号 Art. 10"),
    Deadline("lapse", Text(zh="查封到期", en="seal lapses"), "民诉解释 (2022) Art. 485"),
    Deadline("pricing", Text(zh="启动定价", en="start pricing"), "法释〔2018〕15号 Art. 1"),
    Deadline("offer", Text(zh="发布拍卖", en="announce the sale"), "法释〔2018〕15号 Art. 30"),
    Deadline(
        "term", Text(zh="法定期限", en="six-month term"), "法释〔2000〕29号 Arts 5, 9; 民诉法 (2023) Art. 237"
    ),
)
BY_CODE = {deadline.code: deadline for deadline in DEADLINES}
WORK = {"payout": "pay_out", "lapse": "seal", "pricing": "dispose", "offer": "dispose"}
"""The piece of work that keeps a deadline; the term asks for the track's own."""
