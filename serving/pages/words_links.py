"""Words of the page of links."""

from __future__ import annotations

from vocabulary.text import Text

LINKS: dict[str, Text] = {
    "links": Text("同一被执行人的认定", "Which records are this debtor's"),
    "links_open": Text("身份关联", "Links"),
    "links_note": Text(
        "号码相同或名称、地址足够相近的当事人视为同一被执行人，自认定之日起记录合并显示。存疑的不合并。自然人只按证件号码认定。",
        "Parties under one number, or firms alike enough in name and address, are one debtor; their records stand "
        "together from the day of the decision. A doubtful pair stays apart. People are linked by ID number only.",
    ),
    "links_reported": Text(
        "截至{as_of}，记录所用的当事人编号：", "References under which records came, as of {as_of}:"
    ),
    "links_probability": Text("概率{percent}%", "probability {percent} %"),
    "links_by": Text("{on}起，由{by}认定。", "Since {on}, by {by}."),
    "links_comparison": Text("比对项", "Compared"),
    "links_level": Text("结果", "Found"),
    "links_weight": Text("权重（以2为底的对数优势）", "Weight (log2 odds)"),
    "links_none": Text(
        "没有关联或存疑的认定。", "No decision joins this debtor with another or leaves it in doubt."
    ),
}
