"""The words of what may come: the likely set, the curve, ability at the reference effort, and abstention."""

from __future__ import annotations

from vocabulary.text import Text

PROSPECTS: dict[str, Text] = {
    "prospects": Text("可能的结果", "What may come"),
    "prospects_note": Text(
        "分数是平均值。以下说明它有多确定、何时可能履行；各项与分数同出一个模型，不改变分数。",
        "The score is an average. This is how sure it is, and when the debt may be paid; none of it changes the score.",
    ),
    "likely": Text("很可能的范围", "Likely set"),
    "likely_axis": Text("12个月内履行的份额（%）", "Share paid within 12 months, %"),
    "likely_outside": Text(
        "分数是这些情形的平均值，本身可以不在其中。",
        "The score is the average over these outcomes and need not be one of them.",
    ),
    "likely_both": Text("分数与审慎分数", "score and cautious score"),
    "likely_wide": Text(
        "几乎什么结果都有可能：已知的信息还不足以缩小范围。",
        "Almost anything is possible: what is known does not narrow it down.",
    ),
    "curve": Text("何时可能履行", "When it may be paid"),
    "curve_axis": Text("可能性（%），截至第几个月", "Chance, %, by month"),
    "curve_any": Text("有任何履行", "Anything is paid"),
    "curve_half": Text("履行过半", "More than half"),
    "curve_all": Text("全部履行", "All of it"),
    "curve_expected": Text("预计履行份额", "Expected share"),
    "curve_until": Text("几个月内", "Within … months"),
    "curve_score": Text(
        "12个月的预计履行份额就是分数。", "The expected share within 12 months is the score."
    ),
    "at_effort": Text(
        "参照执行力度下的能力（24个月内）", "Ability at the reference effort, within 24 months"
    ),
    "at_effort_now": Text("预计履行份额（现有力度）", "Expected share, today's effort"),
    "at_effort_then": Text("能力（参照力度）", "Ability, reference effort"),
    "at_effort_means": Text(
        "参照力度取较为勤勉的四分之一法院。能力说明此人能履行多少，不是预计能收回多少，不计入分数。",
        "The reference effort is that of the more diligent quarter of courts. Ability is what this debtor could "
        "perform, not what is expected to come in, and no part of the score.",
    ),
    "at_effort_same": Text(
        "两者相同：本案法院的力度与参照相当，或模型没有测出力度的作用。",
        "Both are the same: this court's effort is that of the reference, or the model found no effect of effort.",
    ),
    "no_score_enough": Text(
        "存款、收入、不动产三类中，任何一类得到答复（查无也算）即可给出分数。",
        "One answer on deposits, income or real property, even an empty one, is enough for a score.",
    ),
    "no_score_shown": Text(
        "因此不列分数、审慎分数、预计可到位和可能的结果。以下各部分不依赖分数，照常列出。",
        "So there is no score, cautious score, expected money or likely set. What follows does not rest on them.",
    ),
    "contents": Text("本页内容", "On this page"),
    "conduct_one": Text("记录中有1项事实。", "One fact in the records."),
}
