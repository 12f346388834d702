"""Words for the columns of the record tables and for their codes, as evidence shows them."""

from __future__ import annotations

from vocabulary.codes import CODES, IN_COLUMN
from vocabulary.families import FAMILIES
from vocabulary.text import Text

COLUMNS: dict[str, Text] = {
    name: Text(zh, en)
    for name, (zh, en) in {
        "row_id": ("记录编号", "record"),
        "happened_at": ("发生日期", "happened on"),
        "known_at": ("法院知悉日期", "known on"),
        "receipt_id": ("回执编号", "receipt"),
        "corrects_row_id": ("更正的记录", "corrects record"),
        "retracted": ("撤回", "retracted"),
        "party_id": ("当事人编号", "party"),
        "case_id": ("案件编号", "case"),
        "account_id": ("账户编号", "account"),
        "acquired_on": ("取得日期", "acquired on"),
        "added_ground": ("追加依据", "ground of adding"),
        "address": ("地址", "address"),
        "after_suit": ("起诉后发生", "after the suit"),
        "amount": ("金额", "amount"),
        "answered_at": ("答复日期", "answered on"),
        "applicant_id": ("申请执行人编号", "applicant"),
        "application_received_on": ("收到申请日期", "application received on"),
        "appraised_value": ("评估价值", "appraised value"),
        "asked_at": ("查询日期", "asked on"),
        "audit": ("核查结论", "finding of the audit"),
        "author": ("线索来源", "brought by"),
        "available": ("可扣划金额", "free to deduct"),
        "balance": ("余额", "balance"),
        "bank": ("银行", "bank"),
        "billed": ("账单金额", "billed"),
        "birth_year": ("出生年份", "year of birth"),
        "case_number": ("案号", "case number"),
        "cash_value": ("现金价值", "cash value"),
        "category": ("类别", "category"),
        "cause": ("案由", "cause"),
        "change": ("变更事项", "what changed"),
        "channel": ("渠道", "channel"),
        "closed_on": ("结案日期", "closed on"),
        "closing_mode": ("结案方式", "closing mode"),
        "co_ownership": ("共有形式", "co-ownership"),
        "company_id": ("公司编号", "company"),
        "confidence": ("可信程度", "confidence"),
        "costs": ("费用", "costs"),
        "counterparty_id": ("对方编号", "counterparty"),
        "court": ("法院", "court"),
        "creditor_notified_on": ("通知申请执行人日期", "creditor told on"),
        "declared_value": ("申报价值", "value disclosed"),
        "dependants": ("扶养人数", "dependants"),
        "direction": ("方向", "direction"),
        "disputed_row_id": ("有异议的记录", "disputed record"),
        "disputed_table": ("有异议的记录类别", "kind of disputed record"),
        "effective_on": ("生效日期", "effective on"),
        "employees": ("职工人数", "employees"),
        "entries": ("笔数", "entries"),
        "expires_on": ("到期日期", "lapses on"),
        "family": ("查询类别", "record family"),
        "filed_on": ("立案日期", "filed on"),
        "found_value": ("查得价值", "value found"),
        "founded_on": ("成立日期", "founded on"),
        "franchise": ("特许经营", "franchise"),
        "from_on": ("开始日期", "from"),
        "general_interest": ("一般债务利息", "interest adjudged"),
        "guaranteed": ("第三方担保金额", "guaranteed by a third party"),
        "holder": ("权利人或查封法院", "holder or court"),
        "holder_case_id": ("查封案件", "case of the seal"),
        "holding_id": ("持有编号", "holding"),
        "household": ("家庭人口", "household"),
        "id_number": ("证件号码（哈希）", "ID number (hashed)"),
        "former_number": ("原注册号或组织机构代码（哈希）", "former registration number (hashed)"),
        "industry": ("行业门类", "industry"),
        "kind": ("种类", "kind"),
        "leased": ("已出租", "let"),
        "liability": ("责任形式", "liability"),
        "liability_cap": ("责任限额", "cap of liability"),
        "liability_order": ("责任顺序", "order of liability"),
        "lifted_on": ("解除日期", "lifted on"),
        "listed": ("上市", "listed"),
        "located": ("已实际控制", "located"),
        "marital": ("婚姻状况", "marital status"),
        "monthly_amount": ("月金额", "amount a month"),
        "months_late": ("逾期月数", "months late"),
        "name": ("姓名或名称", "name"),
        "nature": ("账户性质", "nature of the account"),
        "node": ("流程节点", "process node"),
        "officer_id": ("承办人编号", "officer"),
        "on_family": ("负担所在财产类别", "on a thing of family"),
        "other_case_id": ("关联案件", "other case"),
        "outcome": ("结果", "outcome"),
        "paid_in": ("实缴出资", "capital paid in"),
        "paid_out_on": ("发放日期", "paid out on"),
        "payer": ("支付方", "payer"),
        "penalty": ("违约金或罚息", "penalty"),
        "performance_deadline": ("履行期限", "performance deadline"),
        "performed": ("已履行金额", "performed so far"),
        "petition": ("有信访", "complaint pending"),
        "possession": ("占有情况", "possession"),
        "predecessor_case_id": ("原执行案件", "case it resumes"),
        "preservation": ("诉讼保全", "in preservation"),
        "price": ("价格", "price"),
        "principal": ("本金", "principal"),
        "priority": ("办理优先标识", "tag for processing"),
        "quality": ("记录质量", "quality of the record"),
        "rank": ("查封顺位", "rank of the seal"),
        "reason": ("理由", "reason"),
        "region": ("行政区划", "region"),
        "registered_on": ("登记日期", "registered on"),
        "relation": ("与对方关系", "relation to the counterparty"),
        "released_on": ("解除日期", "released on"),
        "resolved_on": ("办结日期", "settled on"),
        "revolving": ("循环授信", "revolving credit"),
        "role": ("身份", "role"),
        "round": ("拍卖次数", "auction round"),
        "rule": ("变现限制", "when it may be cashed"),
        "secured": ("担保金额", "secured amount"),
        "served_on": ("送达日期", "served on"),
        "setting": ("城乡", "urban or rural"),
        "sex": ("性别", "sex"),
        "share": ("份额", "share"),
        "sold": ("成交", "sold"),
        "sold_price": ("成交价", "hammer price"),
        "sole_dwelling": ("唯一住房", "sole dwelling"),
        "source": ("查询渠道", "source"),
        "spouse_is_obligor": ("配偶为同案被执行人", "spouse is a debtor too"),
        "start_price": ("起拍价", "opening price"),
        "status": ("状态", "status"),
        "subscribed": ("认缴出资", "capital subscribed"),
        "sued_on": ("起诉日期", "suit brought on"),
        "team": ("团队", "team"),
        "thing_id": ("财产编号", "thing"),
        "title_id": ("执行依据编号", "title"),
        "to_on": ("结束日期", "until"),
        "transferred_on": ("转出日期", "left the debtor on"),
        "use": ("用途", "use"),
        "value": ("价值", "value"),
        "verified_on": ("核实日期", "checked on"),
        "vulnerability": ("困难标识", "vulnerability tag"),
        "weekly_hours": ("每周工时", "hours a week"),
    }.items()
}

TABLE_LABELS: dict[str, Text] = {
    name: Text(zh, en)
    for name, (zh, en) in {
        "cases": ("执行案件", "cases"),
        "titles": ("执行依据", "enforcement titles"),
        "applicants": ("申请执行人", "enforcement applicants"),
        "suspensions": ("不计入期限的期间", "periods that do not count"),
        "discharges": ("债务消灭", "discharges"),
        "obligors": ("被执行人", "debtors of cases"),
        "parties": ("当事人", "parties"),
        "queries": ("查询回执", "query receipts"),
        "measures": ("执行措施", "measures taken"),
        "payments": ("执行到账", "money credited"),
        "auctions": ("司法拍卖", "auctions"),
        "officers": ("执行人员", "officers"),
        "petitions": ("执行信访", "petitions"),
        "clues": ("财产线索", "asset clues"),
        "declarations": ("财产申报", "asset disclosures"),
        "disputes": ("记录异议", "disputed records"),
        "account_flows": ("账户流水", "account flows"),
        "encumbrances": ("权利负担与查封", "encumbrances and seals"),
        "restricted_consumption": ("限制消费行为", "restricted consumption"),
    }.items()
}


def column_label(table: str, column: str) -> Text:
    """Words for a column. Raises KeyError for a column that no table has."""
    return _COLUMN_OF.get((table, column)) or COLUMNS[column]


def word(table: str, column: str, code: str) -> Text:
    """Words for a code of a column. Raises KeyError for a code that no column declares."""
    if code in FAMILIES and column in ("family", "on_family"):
        return FAMILIES[code].label
    return IN_COLUMN.get((f"{table}.{column}", code)) or IN_COLUMN.get((column, code)) or CODES[code]


def table_label(table: str) -> Text:
    """Words for a table."""
    return TABLE_LABELS.get(table) or FAMILIES[table].label


_COLUMN_OF = {
    ("payments", "amount"): Text("到账金额", "amount credited"),
    ("payments", "channel"): Text("到账方式", "how it came"),
    ("consumption", "amount"): Text("消费金额", "amount spent"),
    ("litigation", "amount"): Text("涉案金额", "amount in dispute or owed"),
    ("queries", "status"): Text("答复状态", "standing"),
    ("registrations", "status"): Text("企业状态", "status of the company"),
    ("obligors", "role"): Text("被执行人身份", "role in the case"),
    ("registrations", "role"): Text("任职", "role in the company"),
    ("measures", "kind"): Text("措施", "measure"),
    ("income", "kind"): Text("收入种类", "kind of income"),
}
