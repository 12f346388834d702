"""The words of the pages themselves, in both languages."""

from __future__ import annotations

from serving.pages.words_links import LINKS
from serving.pages.words_past import PAST
from serving.pages.words_prospects import PROSPECTS
from serving.pages.words_queue import QUEUE_WORDS
from serving.pages.words_week import WEEK_WORDS
from serving.pages.words_written import WRITTEN
from vocabulary.text import Text

_HOUSE: dict[str, Text] = {
    "service": Text("被执行人履行能力画像", "Ability-to-pay portraits"),
    "skip": Text("跳到正文", "Skip to the content"),
    "language": Text("English", "中文"),
    "sign_in": Text("登录", "Sign in"),
    "sign_in_help": Text(
        "请输入管理员发放给您本人的密钥。每次查看个人记录均会登记。",
        "Enter the key issued to you. Every look at a person's records is written down.",
    ),
    "key": Text("密钥", "Key"),
    "wrong_key": Text(
        "密钥有误或已被收回，请核对后重试。", "The key is mistyped or was taken back. Check it and try again."
    ),
    "sign_out": Text("退出", "Sign out"),
    "home": Text("首页", "Home"),
    "audit": Text("审计记录", "Audit"),
    "model": Text("模型", "Model"),
    "monitoring": Text("运行监测", "Monitoring"),
    "queue": Text("执行队列", "Queue"),
    "courts": Text("各法院执行队列", "Queues of the courts"),
    "court": Text("法院", "Court"),
    "open_obligations": Text("未结债务人案次", "Open obligations"),
    "queue_as_of": Text("队列截至{as_of}", "Queue as of {as_of}"),
    "find": Text("查询画像", "Find a portrait"),
    "case": Text("案号或案件编号", "Case number or reference"),
    "case_help": Text("例：（2025）苏0281执1234号", "For example （2025）苏0281执1234号"),
    "debtor": Text("被执行人编号", "Debtor's reference"),
    "debtor_help": Text(
        "留空则列出本案被执行人；不接受身份证号", "Leave empty to list the case's debtors. No ID numbers"
    ),
    "as_of": Text("截至日期", "As of"),
    "as_of_help": Text("留空为今天", "Empty means today"),
    "purpose": Text("查询目的", "Purpose"),
    "purpose_help": Text("登记在审计记录中", "Written to the audit"),
    "open_portrait": Text("打开画像", "Open portrait"),
    "search": Text("查询", "Search"),
    "debtors_of": Text("案件{case}的被执行人", "Debtors of case {case}"),
    "no_debtors": Text("本案没有已知的被执行人。", "No debtor of this case is known."),
    "role": Text("身份", "Role"),
    "rank": Text("序", "Rank"),
    "case_number": Text("案号", "Case number"),
    "outstanding": Text("未履行金额", "Outstanding"),
    "score": Text("分数", "Score"),
    "cautious": Text("审慎分数", "Cautious score"),
    "expected": Text("预计可到位", "Expected money"),
    "expected_cautious": Text("预计可到位（审慎）", "Expected money (cautious)"),
    "band": Text("信息覆盖", "Coverage"),
    "reason": Text("主要理由", "Weightiest reason"),
    "too_little": Text("信息不足", "too little known"),
    "places": Text("第{first}–{last}位，共{count}位", "Places {first}–{last} of {count}"),
    "earlier": Text("上一页", "Earlier"),
    "later": Text("下一页", "Later"),
    "portrait": Text("履行能力画像", "Portrait of ability to pay"),
    "node": Text("流程节点", "Process node"),
    "name": Text("姓名或名称", "Name"),
    "kind": Text("类型", "Kind"),
    "score_means": Text(
        "每100元债务，预计此人在12个月内履行约{points}元。",
        "Of every 100 yuan owed, about {points} are expected from this debtor within 12 months.",
    ),
    "cautious_means": Text(
        "若尚未得到答复的财产类别查询后均无财产，约{points}元。未查清之前以此为准。",
        "If every asset family not yet answered turned out empty: about {points}. "
        "Rely on this until they have been asked.",
    ),
    "cautious_same": Text(
        "与分数相同：没有未查询而会降低分数的财产类别。",
        "Equal to the score: no unasked asset family would lower it.",
    ),
    "no_score": Text("信息不足，不给出分数", "Too little is known: no score is given"),
    "no_score_why": Text(
        "存款、不动产和收入均未得到答复。没有答复不等于没有财产，请先查询下列事项。",
        "Neither deposits, nor real property, nor income was ever answered. No answer does not mean no assets: "
        "ask the following first.",
    ),
    "expected_means": Text("未履行金额×分数", "outstanding × score"),
    "expected_cautious_means": Text("审慎：{money}", "cautiously: {money}"),
    "outstanding_means": Text(
        "裁判确定{adjudged}，已到位{credited}", "adjudged {adjudged}, credited {credited}"
    ),
    "forgiven_means": Text("和解或放弃{forgiven}", "forgiven {forgiven}"),
    "most_means": Text("本人责任限额尚余{most}", "at most {most} left under the cap of liability"),
    "coverage_means": Text(
        "财产与收入类别中有效答复占{share}", "{share} of asset and income families answered and fresh"
    ),
    "why": Text("分数从何而来", "Where the score comes from"),
    "why_note": Text(
        "从起点开始，逐类加减，恰好等于分数。起点是模型的平均原始值所对应的分数，不是平均分。点开类别看其中各项，点开各项看所依据的记录。",
        "From the base, each record family adds or takes points, and the sum is exactly the score. The base is the "
        "score at the model's expected raw value, not the mean score. Open a family to see its items, "
        "an item to see its records.",
    ),
    "family": Text("记录类别", "Record family"),
    "points": Text("分", "Points"),
    "running": Text("累计分数", "Running total, points"),
    "base": Text("起点", "Base"),
    "total": Text("分数", "Score"),
    "from_to": Text("从{start}到{end}", "from {start} to {end}"),
    "rest": Text("其余{count}项合计", "{count} other items together"),
    "rest_families": Text("其余{count}类合计", "{count} other families together"),
    "show_all": Text("列出全部各项", "List every item"),
    "show_main": Text("只列主要各项", "List the main items only"),
    "open_family": Text("展开或收起{family}各项", "Show or hide the items of {family}"),
    "known": Text("查询状态：已知与未知", "What was asked, and what is not known"),
    "known_note": Text(
        "“未查询”“已查询，无记录”“已查询，有记录”是三种不同的状态。没有答复不等于没有财产。",
        "Not asked, asked with nothing found, and found are three different things. No answer does not mean no assets.",
    ),
    "state": Text("状态", "State"),
    "age": Text("最近答复", "Newest answer"),
    "days_ago": Text("{days}天前", "{days} days ago"),
    "day_ago": Text("1天前", "1 day ago"),
    "that_day": Text("当天", "that day"),
    "never": Text("无答复", "no answer"),
    "receipts": Text("回执", "Receipts"),
    "receipts_of": Text("{family}的查询回执", "Receipts on {family}"),
    "count_receipts": Text("{count}份", "{count}"),
    "ask_first": Text("建议先查询", "Ask first"),
    "ask_note": Text(
        "以下类别没有有效答复。顺序为固定的办案顺序，不是模型计算结果。",
        "These families have no fresh answer. The order is the fixed order of asking, not a result of the model.",
    ),
    "ask_none": Text("各类别均有有效答复。", "Every family has a fresh answer."),
    "evidence": Text("依据的记录", "Records"),
    "evidence_of": Text("{label}：依据的记录", "{label}: the records behind it"),
    "evidence_note": Text(
        "截至{as_of}法院已知的记录。数值只由下列记录重新计算得出。",
        "Records known to the court on {as_of}. The value is recomputed from these rows alone.",
    ),
    "value": Text("数值", "Value"),
    "no_rows": Text("没有记录。", "No rows."),
    "row_count": Text("共{count}条", "{count} rows"),
    "rows_shown": Text("显示前{shown}条，共{count}条", "the first {shown} of {count} rows"),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "missing": Text("—", "—"),
    "yuan": Text("（元）", " (CNY)"),
    "close": Text("关闭", "Close"),
    "back_to_portrait": Text("返回画像", "Back to the portrait"),
    "print": Text("打印", "Print"),
    "made_from": Text("画像依据", "What this portrait stands on"),
    "portrait_id": Text("画像编号", "Portrait"),
    "snapshot": Text("记录快照", "Snapshot of records"),
    "records_until": Text("记录更新至", "Records known until"),
    "bundle": Text("模型包", "Model bundle"),
    "catalogue": Text("特征目录", "Feature catalogue"),
    "advice": Text(
        "仅供参考：本画像不替代法官判断，不改变案件任何状态。",
        "For reference only: it does not replace the judge's decision and changes nothing in the case.",
    ),
    "problem_next": Text("下一步", "What to do"),
    "request": Text("请求编号", "Request"),
    "totals": Text("队列汇总", "Totals of the queue"),
    "abstained": Text("信息不足", "Without a score"),
    "withheld": Text("不显示（不足5件）", "withheld (fewer than 5)"),
    "model_card": Text("模型说明卡", "Model card"),
    "digest": Text("摘要", "Digest"),
    "features": Text("特征数", "Features"),
    "audit_note": Text(
        "只增不改。每条记录以哈希与前一条相连。",
        "It only grows. Every entry is sealed to the one before by its hash.",
    ),
    "intact": Text(
        "全部{count}条记录首尾相连，未见改动。",
        "All {count} entries follow from one another; none was changed.",
    ),
    "broken": Text(
        "第{at}条记录与前一条不符，请立即核查。",
        "Entry {at} does not follow from the one before. Look into it at once.",
    ),
    "head": Text("最新哈希", "Newest hash"),
    "when": Text("时间（UTC）", "When (UTC)"),
    "who": Text("查询人", "Who"),
    "act": Text("事项", "What"),
    "given": Text("已提供", "given out"),
    "outcome": Text("结果", "Outcome"),
    "subject": Text("对象", "Of what"),
    "entries": Text("第{first}–{last}条，共{count}条", "Entries {first}–{last} of {count}"),
    "filter": Text("筛选", "Filter"),
    "case_key": Text("案件编号", "Case reference"),
    "nothing_here": Text("没有内容。", "Nothing here."),
    "ability": Text("履行能力", "Ability to perform"),
    "ability_unperformed": Text(
        "12个月内依法可供执行约{available}，应履行{owed}（含迟延履行利息），已履行{performed}。",
        "About {available} may lawfully be taken within 12 months; {owed} are owed with interest for delay; "
        "{performed} performed so far.",
    ),
    "ability_no_ability": Text(
        "各财产类别均有有效答复，扣除依法不得执行的部分后无可供执行财产。已履行{performed}。",
        "Every family of property has a fresh answer, and nothing is left after what may not be taken. "
        "{performed} performed so far.",
    ),
    "ability_unknown": Text(
        "目前没有可供执行财产，但仍有财产类别没有有效答复。这不是“无履行能力”。已履行{performed}。",
        "Nothing can be taken at present, but families of property have no fresh answer. "
        "This is not “no ability”. {performed} performed so far.",
    ),
    "ability_nothing_owed": Text("已履行{performed}。", "{performed} performed."),
    "ability_open": Text("没有有效答复：{families}。", "No fresh answer: {families}."),
    "ability_note": Text(
        "依据可供执行财产作出，与分数无关；不是对拒不履行的认定。",
        "It follows from what may be taken, not from the score, and is no finding of refusal.",
    ),
    "ledger": Text("依法可供执行的财产", "What may lawfully be taken"),
    "ledger_note": Text(
        "逐项由查明价值依法扣减。每项列审慎、居中、有利三种读数；12个月内的数额包括现在可执行的数额。"
        "与分数并列，互不影响。单位：元。",
        "Each asset from its found value through what the law takes off, read cautiously (low), as expected (mid) and "
        "favourably (high); within 12 months includes now. It stands beside the score, and neither changes the other. "
        "In CNY.",
    ),
    "now": Text("现在", "Now"),
    "year": Text("12个月内", "Within 12 months"),
    "low": Text("审慎", "low"),
    "mid": Text("居中", "mid"),
    "high": Text("有利", "high"),
    "asset": Text("财产与扣减", "Asset and deductions"),
    "assets_together": Text("各项财产合计", "All assets together"),
    "available": Text("依法可供执行", "May lawfully be taken"),
    "owed_limit": Text(
        "应履行（含迟延履行利息）：执行以此为限",
        "Owed with interest for delay: the limit of what may be taken",
    ),
    "no_assets": Text("没有已查明的财产。", "No property was found."),
    "unknown_assets": Text(
        "尚不清楚的财产类别，未计为零", "Families of property not known: never counted as zero"
    ),
    "unknown_held": Text("（已计入旧记录）", " (older rows are counted)"),
    "haircut_note": Text(
        "变价折扣依据截至{day}已知的{lots}件拍品；法律参数摘要{figures}。",
        "Prices at realisation follow {lots} lots known by {day}; digest of the figures of law {figures}.",
    ),
    "haircut_examples": Text(
        "没有可用的拍卖记录，变价折扣为示例数值；法律参数摘要{figures}。",
        "No auctions were at hand: prices at realisation are examples; digest of the figures of law {figures}.",
    ),
    "in_force": Text("{day}起施行", "in force from {day}"),
    "conduct": Text("行为事实", "Conduct facts"),
    "not_scored": Text("不计分", "not scored"),
    "conduct_page": Text("行为事实（不计分）", "Conduct facts (not scored)"),
    "conduct_note": Text(
        "按日期列出记录中的事实，用语依据所列条文。不计分，不参与模型训练；是否构成规避或拒不履行，由法院认定。"
        "未列出不等于没有。",
        "Facts in the records by date, in the words of the articles named. They are not scored and never trained on; "
        "whether they amount to evasion or refusal is for the court to find. Not listed is not proof of the contrary.",
    ),
    "conduct_count": Text("记录中有{count}项事实。", "{count} facts in the records."),
    "conduct_open": Text("查看行为事实", "Read the facts"),
    "conduct_none": Text("记录中没有此类事实。", "No such facts in the records."),
    "conduct_old": Text(
        "该画像生成时尚未列出行为事实。请重新生成。",
        "This portrait was made before facts were listed. Make a new one.",
    ),
    "date": Text("日期", "Date"),
    "fact": Text("事实", "Fact"),
    "articles": Text("条文", "Articles"),
    "one_row": Text("1条记录", "1 row"),
    "count_rows": Text("{count}条记录", "{count} rows"),
    "records_note": Text("截至{as_of}法院已知的记录。", "Records known to the court on {as_of}."),
}
CHAPTERS = (_HOUSE, LINKS, PAST, PROSPECTS, WRITTEN, QUEUE_WORDS, WEEK_WORDS)
"""Those of a chapter of pages lie in a file of their own; no name stands in two, or one page would change another."""
WORDS = {name: text for chapter in CHAPTERS for name, text in chapter.items()}
"""Every word by its name."""
