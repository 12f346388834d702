"""Words of decisions on links: what they rest on, what was compared, how alike it was. Standard library only."""

from __future__ import annotations

from records.linkage.links import Decision, LinkKind
from vocabulary.text import Text

KINDS = {
    LinkKind.PERSON: Text(zh="人工决定", en="a person's decision"),
    LinkKind.SAME_ID: Text(zh="证件号码相同", en="the same ID number"),
    LinkKind.SAME_CODE: Text(zh="登记号码相同", en="the same register number"),
    LinkKind.NAME_ADDRESS: Text(zh="名称与地址相近", en="likeness of name and address"),
}
DECISIONS = {
    Decision.LINKED: Text(zh="已关联", en="linked"),
    Decision.DOUBTFUL: Text(zh="存疑，未关联", en="doubtful, kept apart"),
    Decision.APART: Text(zh="已分开", en="set apart"),
}
COMPARISONS = {
    "prior": Text(zh="先验", en="prior"),
    "citizen": Text(zh="身份证号", en="ID number"),
    "unified": Text(zh="统一社会信用代码", en="unified code"),
    "organisation": Text(zh="组织机构代码", en="organisation code"),
    "registration": Text(zh="工商注册号", en="registration number"),
    "name": Text(zh="名称", en="name"),
    "place": Text(zh="名称中的地名", en="place in the name"),
    "form": Text(zh="组织形式", en="legal form"),
    "address": Text(zh="地址", en="address"),
    "home": Text(zh="所在城市", en="city"),
    "founded": Text(zh="成立日期", en="founding date"),
}
LEVELS = {
    "": Text(zh="", en=""),
    "equal": Text(zh="相同", en="equal"),
    "agree": Text(zh="相符", en="agree"),
    "differ": Text(zh="不符", en="differ"),
    "one_character": Text(zh="一字之差", en="one character differs"),
    "contained": Text(zh="一方包含另一方", en="one contains the other"),
    "alike": Text(zh="相近", en="alike"),
    "same_place": Text(zh="地名相同", en="the same place"),
    "same_province": Text(zh="同省", en="the same province"),
    "same_door": Text(zh="同一门牌", en="the same door"),
    "same_street": Text(zh="同一街道", en="the same street"),
    "same_city": Text(zh="同城", en="the same city"),
    "same_day": Text(zh="同日", en="the same day"),
    "same_month": Text(zh="同月", en="the same month"),
    "other": Text(zh="不同", en="different"),
    "missing": Text(zh="缺失", en="missing"),
}

REASONS = {
    "": Text(zh="", en=""),
    "would join parties that are kept apart": Text(
        zh="将把应分开的当事人并为一人", en="would join parties that are kept apart"
    ),
    "what it rested on no longer stands": Text(
        zh="原有依据已不成立", en="what it rested on no longer stands"
    ),
    "a person and an organisation under one number": Text(
        zh="同一号码下一为自然人、一为组织", en="a person and an organisation under one number"
    ),
    "two organisations under one person's ID number": Text(
        zh="两家组织登记了同一自然人证件号码", en="two organisations under one person's ID number"
    ),
    "other numbers of the two differ": Text(zh="双方其他号码不一致", en="other numbers of the two differ"),
    "the names have nothing in common": Text(zh="名称毫无共同之处", en="the names have nothing in common"),
    "debtors of one case": Text(zh="系同一案件的不同被执行人", en="debtors of one case"),
    "the names carry different places": Text(zh="名称中的地名不同", en="the names carry different places"),
    "a character of the trade name differs": Text(
        zh="字号有一字不同", en="a character of the trade name differs"
    ),
    "the trade names differ": Text(zh="字号不同", en="the trade names differ"),
    "nothing but the name speaks for it": Text(
        zh="除名称外无其他依据", en="nothing but the name speaks for it"
    ),
}
"""What rules say against a link. A person's own words are shown as they were written."""


def worded(table: dict[str, Text], code: str) -> Text:
    """The words of a code; the code itself where a later version no longer has it."""
    return table.get(code) or Text(zh=code, en=code)
