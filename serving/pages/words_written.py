"""Words of the pages on which people write: edits, promises, disputes, agreement."""

from __future__ import annotations

from vocabulary.text import Text

WRITTEN: dict[str, Text] = {
    "edit": Text("修改", "edit"),
    "edit_of": Text("修改：{label}", "Edit: {label}"),
    "edits": Text("账目修改记录", "Edits of the ledger"),
    "edits_note": Text(
        "法官的数额代替规则算出的数额，其后各步随之重算；规则算出的数额并列显示。修改只影响可供执行财产，不影响分数。"
        "修改对同一日期及以后的画像有效，撤回也登记为一条新记录，不删除。",
        "A judge's figure stands in the place of the rule's own, the steps after it follow, and both are shown. Edits "
        "touch the ledger, never the score. They hold for portraits of the same day and later; a withdrawal is a "
        "further entry, and nothing is deleted.",
    ),
    "edits_none": Text("没有修改。", "No edits."),
    "edits_open": Text("修改记录", "Edits"),
    "edit_by": Text("法官修改：{author}，{on}。理由：{reason}", "Edited by {author} on {on}: {reason}"),
    "by_rule": Text("按规则", "by rule"),
    "by_judge": Text("法官数额", "judge's figure"),
    "edit_reason": Text("理由", "Reason"),
    "edit_reason_help": Text(
        "写明依据，如报告、裁定及卷宗页码", "Say what it rests on: a report, a ruling, the page of the file"
    ),
    "edit_sign": Text("元。扣减额为负数", "CNY. Deductions are below zero"),
    "edit_save": Text("保存并重新生成画像", "Keep it and make the portrait anew"),
    "edit_withdraw": Text("撤回", "Withdraw"),
    "edit_withdrawn": Text("{on}由{who}撤回：{reason}", "withdrawn by {who} on {on}: {reason}"),
    "edit_stands": Text("有效", "stands"),
    "edit_number": Text("编号", "No."),
    "edit_line": Text("账目行", "Line"),
    "edit_unused": Text(
        "以下修改所指的账目行在本画像中不存在，未使用：{lines}。",
        "Edited lines that this ledger does not have, not used: {lines}.",
    ),
    "promises": Text("同一财产只清偿一次", "Capacity is spent once"),
    "promises_note": Text(
        "此人的财产在其全部未结案件之间逐项分配：先扣费用，再优先受偿，再按查封先后或比例。金额为预计变价所得乘以成交可能性。"
        "单位：元，居中读数。",
        "The debtor's property among all their open cases, asset by asset: costs, then securities, then by seals or in "
        "proportion. Amounts are what a sale is expected to bring times its chance. In CNY, middle reading.",
    ),
    "promises_alone": Text(
        "此人没有其他已知的未结案件，没有已许诺给他案的财产。",
        "No other open case of this debtor is known: nothing is promised elsewhere.",
    ),
    "promises_case": Text("案件", "Case"),
    "this_case": Text("本案", "this case"),
    "promises_owed": Text("应履行", "Owed"),
    "promised": Text("可分得", "Promised"),
    "promised_range": Text("12个月内的两端", "Extremes within 12 months"),
    "promises_together": Text("各案合计", "All cases together"),
    "promises_reserved": Text("留给其他权利人", "Held for others"),
    "promises_fees": Text("执行费用", "Enforcement fees"),
    "promises_left": Text("留给被执行人（含豁免）", "Left with the debtor, exempt parts included"),
    "promises_capacity": Text("财产合计", "All property"),
    "promises_range_note": Text(
        "两端为各种合法顺序下本案可得的最少与最多，各案的两端不能相加。",
        "Extremes are the least and most of each case over the lawful orders; they do not add up.",
    ),
    "promises_order": Text("各项财产的受偿顺序", "Who comes when, asset by asset"),
    "promises_turn": Text("顺位", "Turn"),
    "promises_who": Text("受偿人", "Who"),
    "promises_worth": Text("预计所得", "Expected to bring"),
    "promises_nobody": Text("没有可分配的数额", "nothing to share"),
    "promises_debtors": Text("本案债务人之间", "Among the debtors of this claim"),
    "promises_debtors_note": Text(
        "各债务人合计不超过债权{claim}元。一般保证人在主债务人之后；有责任限额的，以限额为限。",
        "Together never above the claim of {claim}. A general guarantor comes after the principal; caps are kept.",
    ),
    "promises_debtor": Text("债务人", "Debtor"),
    "promises_own": Text("本人财产可分给本案", "Own means promise"),
    "promises_share": Text("其中计入", "Counted for them"),
    "promises_cap": Text("责任限额尚余", "Left under the cap"),
    "promises_regime": Text("受偿方式：{regime}。", "Ordinary creditors are paid {regime}."),
    "this_debtor": Text("本人", "this debtor"),
    "expected_spent": Text(
        "已减去许诺给他案的{money}", "less {money} of property that other cases come to first"
    ),
    "expected_joint": Text(
        "已减去其他债务人预计承担的{money}", "less {money} that other debtors are expected to bring"
    ),
    "rows_from": Text("第{first}–{last}条，共{count}条", "rows {first} to {last} of {count}"),
    "contested": Text("有异议", "contested"),
    "contest": Text("登记异议", "contest"),
    "contested_rows": Text("有异议的记录", "Contested records"),
    "contested_count": Text(
        "被执行人对{count}条记录有异议。记录未被删除，分数仍按全部记录计算；如不计这些记录，结果如下。",
        "The debtor contests {count} of the records. Nothing was taken out, and the score rests on all of them; "
        "without those records the portrait would say:",
    ),
    "contested_gone": Text(
        "所依据的快照或模型已不在本机，无法重新计算。",
        "The snapshot or the model is no longer here, so it cannot be computed again.",
    ),
    "contested_open": Text("查看异议", "Read the disputes"),
    "with_rows": Text("计入", "With them"),
    "without_rows": Text("不计", "Without"),
    "difference": Text("差额", "Difference"),
    "disputes_note": Text(
        "登记异议不改变记录，也不改变分数。记录确有错误的，由来源更正后作为新记录载入。",
        "Writing down a dispute changes neither records nor score. Where a record is wrong its source corrects it, and "
        "the correction comes in as a new row.",
    ),
    "disputes_none": Text("没有异议。", "No disputes."),
    "dispute_new": Text("登记异议", "Write down a dispute"),
    "said_by": Text("提出人", "Who contests"),
    "said_by_help": Text("如：被执行人本人、其代理人", "Such as: the debtor, the debtor's counsel"),
    "said_on": Text("提出日期", "When"),
    "says": Text("异议内容", "What they say"),
    "dispute_save": Text("登记", "Write it down"),
    "dispute_said": Text("{who}，{on}：{says}", "{who}, {on}: {says}"),
    "dispute_register": Text("法院异议登记，{on}：{says}", "The court's register, {on}: {says}"),
    "dispute_written": Text("由{who}登记", "written down by {who}"),
    "dispute_not_held": Text(
        "画像所依据的记录中没有此条（已更正或撤回）。",
        "The records of this portrait do not hold the row: it was corrected or retracted.",
    ),
    "dispute_settled": Text("{on}处理：{outcome}。{why}", "Settled on {on}: {outcome}. {why}"),
    "dispute_settle": Text("登记处理结果", "Write down the end"),
    "outcome_word": Text("结果", "Outcome"),
    "why_word": Text("理由", "Why"),
    "facts_gone": Text("不计该记录则不成立的行为事实：", "Facts of conduct that rest on it: "),
    "moved_family": Text("记录类别", "Record family"),
    "available_year": Text("12个月内依法可供执行（居中）", "May lawfully be taken within 12 months, middle"),
    "all_contested": Text("全部有异议的记录一并不计", "All contested records together"),
    "agreement": Text("法官意见：画像是否与案情相符", "The judge's word: does the portrait agree?"),
    "agreement_note": Text(
        "供复核和改进使用，不影响本画像，不用于训练。",
        "For review and improvement. It changes nothing in the portrait, and no model learns from it.",
    ),
    "agreement_why": Text("理由（不相符或部分相符时必填）", "Why (needed unless it agrees)"),
    "agreement_save": Text("登记意见", "Keep it"),
    "agreement_said": Text("{on} {who}：{answer}", "{on} {who}: {answer}"),
    "agreement_none": Text("尚无意见。", "Nothing was said yet."),
}
