"""Words of the pages on replay, change, readiness, clues and what to ask, in both languages."""

from __future__ import annotations

from vocabulary.text import Text

PAST: dict[str, Text] = {
    "replay": Text("重放", "Replay"),
    "replay_open": Text("重放：重新计算并核对", "Replay: compute again and compare"),
    "replay_note": Text(
        "按法院截至{as_of}已知的记录和画像所用的模型重新计算。之后才得知的记录不影响结果。",
        "Computed again from what the court knew on {as_of} and the model named. Records learned later change nothing.",
    ),
    "replay_gone": Text(
        "该画像所依据的记录快照{snapshot}已不在本机，仅用现有记录截至该日重新计算。",
        "Snapshot {snapshot}, which the portrait names, is no longer here: today's records as of the date were used.",
    ),
    "replay_named": Text("用画像所依据的快照", "From the snapshot that the portrait names"),
    "replay_current": Text("用现有快照截至该日", "From the snapshot in use, as of the date"),
    "replay_letter": Text("逐字相同。", "The same to the last letter."),
    "replay_count": Text("{count}个字段不一致", "Fields that differ: {count}"),
    "replay_fields": Text("不一致的字段", "Fields that differ"),
    "replay_field": Text("字段", "Field"),
    "replay_kept": Text("保存的答复", "Kept"),
    "replay_again": Text("重新计算", "Computed again"),
    "replay_stands_on": Text(
        "所依据的编号和摘要不同（不属于对被执行人的陈述）：",
        "Names and digests that differ (they say nothing of the debtor):",
    ),
    "replay_since": Text("保存之后新增的内容：{names}", "Told only since the answer was kept: {names}"),
    "replay_kept_at": Text("保存时间", "Kept at"),
    "further": Text("更多", "Further"),
    "change": Text("变化", "Change"),
    "change_open": Text("与更早的画像比较", "Compare with an earlier portrait"),
    "change_title": Text("{earlier}以来的变化", "What changed since {earlier}"),
    "change_of": Text(
        "截至{earlier}与截至{later}的两份画像", "Two portraits, as of {earlier} and of {later}"
    ),
    "change_note": Text(
        "从较早的分数开始，按下列顺序逐项加减，恰好等于较晚的分数。先换模型和日期，最后加入新记录：新记录只有在较晚的日期才读得到。"
        "换一种顺序，各项的大小会不同，合计不变。",
        "From the earlier score, in this order, the parts add up exactly to the later one. Model and date come first "
        "and new records last, for a new record can only be read on the later day. In another order the parts would "
        "have other sizes; their sum would not.",
    ),
    "change_from": Text("截至{day}的分数", "Score as of {day}"),
    "change_to": Text("截至{day}的分数", "Score as of {day}"),
    "change_unscored": Text(
        "其中一份画像信息不足、没有分数，因此只列可供执行财产的变化。",
        "One of the two has no score, for too little was known: only the money is split.",
    ),
    "change_part": Text("原因", "Part"),
    "change_base": Text("模型起点的变化", "The base of the other model"),
    "change_rows": Text("记录", "Records"),
    "change_came": Text("新增{count}条", "{count} in"),
    "change_went": Text("不再计入{count}条", "{count} out"),
    "change_money": Text("依法可供执行财产的变化", "What may lawfully be taken: how it moved"),
    "change_money_note": Text(
        "中间读数，元。各项之和等于两份画像之差。",
        "Middle reading, CNY. The parts add up to the difference between the two portraits.",
    ),
    "change_money_from": Text("截至{day}", "As of {day}"),
    "change_same": Text("（数值未变，与其他各项合看而变）", "(the same, weighed beside others)"),
    "change_table": Text("记录", "Kind of record"),
    "change_no_money": Text("可供执行财产没有变化。", "What may be taken did not move."),
    "change_expired": Text("过期且未重新得到答复", "Past their shelf life, not renewed"),
    "change_more": Text("其余{count}项合计", "{count} others together"),
    "change_new_rows": Text("得知或更正的记录", "Records learned or corrected"),
    "change_kept": Text("保存的画像", "A kept portrait"),
    "change_kept_none": Text("没有更早日期的画像", "None of an earlier date was kept"),
    "change_on": Text("或者：截至某日", "Or: as of a date"),
    "change_on_help": Text("按当日已知的记录重新计算", "Computed from what was known on that day"),
    "change_compare": Text("比较", "Compare"),
    "readiness": Text("终本条件核对", "Ready for terminating the round?"),
    "readiness_open": Text("终本条件与缺项", "Terminating the round: conditions and gaps"),
    "ready_of": Text(
        "全案{count}名被执行人，截至{as_of}", "All debtors of the case ({count}), as of {as_of}"
    ),
    "ready_item": Text("条款", "Provision"),
    "ready_condition": Text("条件与查明情况", "Condition, and what was found"),
    "ready_state": Text("结果", "Result"),
    "ready_since": Text("缺项起始", "Missing since"),
    "ready_statutory": Text("法定条件", "Conditions of law"),
    "ready_unofficial": Text("非官方核对项", "Unofficial checklist"),
    "ready_counts": Text(
        "已满足{met}项，未满足{not_met}项，无法判断{unknown}项",
        "{met} met, {not_met} not met, {unknown} not known",
    ),
    "ready_note": Text(
        "任一被执行人未满足即为未满足。记录中没有的，标为“无法判断”，不作为已满足。是否终本由法院裁定。"
        "法〔2016〕373号的文字取自公开转载，使用前请核对原文。",
        "Not met by one debtor is not met. What the records do not hold is not known, and never counted as met. "
        "Whether to terminate is for the court to rule. The wording of Fa [2016] No. 373 was read on public reprints: "
        "check it before relying on it.",
    ),
    "ready_unofficial_note": Text(
        "取自公开的智能合约代码，并非官方文本，未经核实为全国标准；可由法院修改。裁定本身（第10项）不计入。",
        "Read off a public smart contract: no official text, not verified as a national standard, for the court to "
        "edit. The ruling itself (item 10) is not counted.",
    ),
    "after": Text("终本之后", "After the termination"),
    "after_ruled": Text("{on}裁定终结本次执行程序", "the round was terminated on {on}"),
    "after_revive": Text(
        "裁定后得知{count}项新情况，应审查是否恢复执行。",
        "Learned since the ruling: {count}. Consider resuming enforcement.",
    ),
    "after_quiet": Text("裁定后没有得知新情况。", "Nothing new was learned since the ruling."),
    "after_overdue": Text("有{count}次查询逾期。", "Queries overdue: {count}."),
    "after_next": Text("下一次查询不晚于{due}。", "The next query is due by {due}."),
    "after_note": Text(
        "五年内（至{until}）每六个月通过网络执行查控系统查询一次，并将结果告知申请执行人（法〔2016〕373号第九条）。",
        "For five years (until {until}) the network is asked every six months and the applicant told the result "
        "(Fa [2016] No. 373, Art. 9).",
    ),
    "after_number": Text("次", "No."),
    "after_due": Text("不晚于", "Due by"),
    "after_on": Text("查询日期", "Asked on"),
    "node_place": Text("（11个节点之第{place}个）", "({place} of 11)"),
    "clues": Text("线索（不是查明的事实）", "Clues (not findings)"),
    "clues_note": Text(
        "他人提供的财产线索，注明来源和可信程度。核实之前不计入可供执行财产。线索明确的，应在七日内核实（财产调查规定第二条）。",
        "What others say of property, with who says it and how sure. Nothing of it counts as property until it is "
        "checked: within seven days where it is clear (Provisions on asset investigation, Art. 2).",
    ),
    "clues_none": Text("没有收到线索。", "No clue came in."),
    "clue_told": Text("提供日期", "Told on"),
    "clue_author": Text("来源", "From"),
    "clue_confidence": Text("可信程度", "Confidence"),
    "clue_value": Text("所称价值（元）", "Value alleged (CNY)"),
    "clue_check": Text("核实", "Check"),
    "clue_checked": Text("已于{on}核实", "checked on {on}"),
    "clue_by": Text("应于{by}前核实", "to be checked by {by}"),
    "clue_overdue": Text("应于{by}前核实，已逾期", "was to be checked by {by}: overdue"),
    "clue_hand_in": Text("登记一条线索", "Hand in a clue"),
    "clue_send": Text("提交", "Send"),
    "clue_received": Text("线索已收到", "The clue was received"),
    "clue_delivery": Text("收件编号", "Delivery"),
    "asking": Text("待查询事项清单", "List of what to ask"),
    "asking_title": Text("附件：申请查询事项清单", "Attachment: what is asked to be investigated"),
    "asking_open": Text("待查询清单（可打印附卷）", "What to ask, printable for an application"),
    "asking_note": Text(
        "截至{as_of}，下列财产类别未查询、尚未答复、答复已过期或查询失败。可附于调查财产申请、律师调查令申请或悬赏申请。",
        "On {as_of} these families had not been asked about, or an answer was outstanding, stale or failed. To be "
        "attached to an application for an investigation, a lawyer's order or a reward.",
    ),
    "asking_number": Text("序", "No."),
    "asking_organ": Text("向谁查询", "Whom to ask"),
    "asking_what": Text("查询内容", "What for"),
    "asking_basis": Text("依据", "Basis"),
    "asking_last": Text("最近答复{on}", "last answer {on}"),
    "asking_pdf": Text("下载PDF", "As a PDF"),
    "asking_sign": Text("申请人（签名）", "Applicant (signature)"),
    "asking_printed": Text("打印于{on}。", "Printed on {on}."),
    "next": Text("下一步先问什么", "What to ask next"),
    "next_note": Text(
        "按本债务人单独判断，目前建议的流程为“{track}”。以下按同类被执行人（截至{day}的队列）的实际答复推算："
        "查到与查无记录均按其实际比例计入。最能尽早确定流程的排在最前。",
        "Judged by itself this obligation is now proposed for “{track}”. Told from the answers of comparable debtors "
        "(queue of {day}), found and empty as often as they came. What settles the track soonest comes first.",
    ),
    "next_all": Text(
        "全部没有有效答复的类别（固定次序）：{families}。",
        "All families without a fresh answer, in the fixed order: {families}.",
    ),
    "next_score": Text("答复后分数（十之八）", "Score after an answer (8 of 10)"),
    "next_decides": Text("定流程所需", "Needed to settle the track"),
    "next_changes": Text("单独改变流程", "Alone changes the track"),
    "next_means": Text(
        "“定流程所需”：其余各类均有答复时，缺这一项流程就会不同的可能性。“单独改变流程”：仅凭这一项答复就会建议另一流程的可能性。"
        "未计入本债务人其他案件已占用的财产和同案其他被执行人。可比答复不足的类别不列出。仅供参考。",
        "Needed to settle: the chance that, with every other answer there, the track would be another one without this "
        "answer. Alone: the chance that this answer by itself proposes another track. What other cases of the debtor "
        "take, and other debtors of the case, are left out. Families with too few comparable answers are not listed. "
        "For reference only.",
    ),
    "asking_page": Text("申请查询事项清单", "What is asked to be investigated"),
}
