"""Rules on who is paid before whom: seals, securities, distribution, guarantors."""

from __future__ import annotations

from portraits.law import documents as of
from portraits.law.rule import Rule
from vocabulary.text import Text

_LIENS = "portraits.ledger.liens"
_STANDING = "portraits.ledger.seals"
_ORDER = "portraits.promises.order"
_SHARING = "portraits.promises.allocate"
_GROUP = "portraits.promises.guarantors"

SEAL_TERM = Rule(
    "seal_term",
    of.PROCEDURE_INTERPRETATION,
    "第四百八十五条第一款",
    Text(
        zh="冻结存款不超过一年，查封动产不超过两年，查封不动产、冻结其他财产权不超过三年",
        en="Deposits are frozen for a year at most, movables sealed for two, real property and other rights three",
    ),
    _STANDING,
    "冻结被执行人的银行存款的期限不得超过一年，查封、扣押动产的期限不得超过两年，查封不动产、冻结其他财产权的期限不得超过三年",
)
SEAL_LAPSES = Rule(
    "seal_lapses",
    of.SEALING,
    "第二十七条第一款",
    Text(
        zh="期限届满未续行的，查封、冻结的效力消灭",
        en="A seal or freeze that is not renewed in time has no effect",
    ),
    _STANDING,
    "人民法院未办理延期手续的，查封、扣押、冻结的效力消灭",
)
QUEUED_SEAL = Rule(
    "queued_seal",
    of.SEALING,
    "第二十六条第一款",
    Text(
        zh="轮候查封在先查封解除后依登记先后自动生效",
        en="Queued seals take effect in the order of registration when the earlier one ends",
    ),
    _STANDING,
    "登记在先的轮候查封、扣押、冻结即自动生效",
)
EARLIER_SEAL = Rule(
    "earlier_seal",
    of.ENFORCEMENT_WORK,
    "第55条第一款",
    Text(
        zh="无担保物权的债权人按照采取执行措施的先后顺序受偿",
        en="Creditors without a security are paid in the order of the measures taken",
    ),
    _LIENS,
    "按照执行法院采取执行措施的先后顺序受偿",
)
FROZEN_BY_OTHERS = Rule(
    "frozen_by_others",
    of.SEALING,
    "第二十六条第一款",
    Text(
        zh="已被其他法院冻结的部分只能轮候",
        en="What another court has frozen can only be queued for",
    ),
    "portraits.ledger.money",
    "其他人民法院可以进行轮候查封、扣押、冻结",
)
SECURITY_FIRST = Rule(
    "security_first",
    of.ENFORCEMENT_WORK,
    "第31条",
    Text(
        zh="价款先清偿抵押权人、质权人，余额清偿申请执行人",
        en="The price pays mortgagee and pledgee first; the applicant has the rest",
    ),
    _LIENS,
    "应当在抵押权人、质押权人或留置权人优先受偿后，其余额部分用于清偿申请执行人的债权",
)
SEVERAL_SECURITIES = Rule(
    "several_securities",
    of.ENFORCEMENT_WORK,
    "第55条第二款",
    Text(
        zh="多个担保物权按成立先后清偿",
        en="Several securities are paid in the order in which they arose",
    ),
    _LIENS,
    "有多个担保物权的，按照各担保物权成立的先后顺序清偿",
)
BURDEN_AFTER_SEAL = Rule(
    "burden_after_seal",
    of.SEALING,
    "第二十四条第一款",
    Text(
        zh="查封后设定的抵押不得对抗申请执行人",
        en="A mortgage made after the seal does not stand against the applicant",
    ),
    _LIENS,
    "设定权利负担或者其他有碍执行的行为，不得对抗申请执行人",
)
PRESERVATION_RESERVED = Rule(
    "preservation_reserved",
    of.ENFORCEMENT_WORK,
    "第56条第二款",
    Text(
        zh="首封为财产保全的，待该案审结后分配，先行预留",
        en="Where the first seal is a preservation, the share is held back until that suit ends",
    ),
    _LIENS,
    "如系为执行财产保全裁定，具体分配应当在该院案件审理终结后进行",
)
COSTS_THEN_PRIORITY = Rule(
    "costs_then_priority",
    of.PROCEDURE_INTERPRETATION,
    "第五百零八条",
    Text(
        zh="先扣除执行费用、清偿优先受偿的债权，再清偿普通债权",
        en="Costs of enforcement, then prior rights, then ordinary creditors",
    ),
    _SHARING,
    "执行所得价款扣除执行费用，并清偿应当优先受偿的债权后",
)
BY_SEALS = Rule(
    "by_seals",
    of.ENFORCEMENT_WORK,
    "第55条第一款",
    Text(
        zh="普通债权按查封、冻结的先后顺序受偿",
        en="Ordinary creditors are paid in the order of seals",
    ),
    _ORDER,
    "各债权人对执行标的物均无担保物权的，按照执行法院采取执行措施的先后顺序受偿",
)
ONE_TITLE = Rule(
    "one_title",
    of.ENFORCEMENT_WORK,
    "第55条第三款",
    Text(
        zh="一份文书的多个债权人按债权比例受偿",
        en="Several creditors of one title are paid in proportion",
    ),
    _ORDER,
    "各债权人对执行标的物均无担保物权的，按照各债权比例受偿",
)
PARTICIPATION = Rule(
    "participation",
    of.PROCEDURE_INTERPRETATION,
    "第五百零六条第一款",
    Text(
        zh="被执行人为公民或者其他组织，财产不足且已取得执行依据的债权人及时申请的，参与分配",
        en="Natural persons and other organisations: creditors with a title may join when assets do not suffice",
    ),
    _ORDER,
    "发现被执行人的财产不能清偿所有债权的，可以向人民法院申请参与分配",
)
PRO_RATA = Rule(
    "pro_rata",
    of.PROCEDURE_INTERPRETATION,
    "第五百零八条",
    Text(
        zh="普通债权按其占全部申请参与分配债权数额的比例受偿",
        en="Ordinary claims that joined are paid in proportion",
    ),
    _ORDER,
    "原则上按照其占全部申请参与分配债权数额的比例受偿",
)
FIRM_BY_SEALS = Rule(
    "firm_by_seals",
    of.PROCEDURE_INTERPRETATION,
    "第五百一十四条",
    Text(
        zh="企业法人未入破产的，普通债权按保全和执行中查封的先后顺序清偿",
        en="A firm that is not in bankruptcy pays ordinary creditors by the order of seals",
    ),
    _ORDER,
    "按照财产保全和执行中查封、扣押、冻结财产的先后顺序清偿",
)
BANKRUPTCY_HINT = Rule(
    "bankruptcy_hint",
    of.PROCEDURE_INTERPRETATION,
    "第五百一十一条",
    Text(
        zh="企业法人资不抵债的，经申请执行人之一或者被执行人同意，移送破产审查",
        en="A firm that cannot pay may be sent to bankruptcy with the consent of one applicant or of the firm",
    ),
    _SHARING,
    "执行法院经申请执行人之一或者被执行人同意，应当裁定中止对该被执行人的执行",
)
INSOLVENCY = Rule(
    "insolvency",
    of.BANKRUPTCY,
    "第二条第一款",
    Text(
        zh="不能清偿到期债务，并且资产不足以清偿全部债务",
        en="Debts due cannot be paid, and assets do not cover all debts",
    ),
    _SHARING,
)
GENERAL_GUARANTEE = Rule(
    "general_guarantee",
    of.CIVIL_CODE,
    "第六百八十七条",
    Text(
        zh="一般保证人在主债务人财产依法强制执行仍不能履行后承担责任",
        en="A general guarantor answers after enforcement against the principal has failed",
    ),
    _GROUP,
)
JOINT_GUARANTEE = Rule(
    "joint_guarantee",
    of.CIVIL_CODE,
    "第六百八十八条",
    Text(
        zh="连带责任保证人可与主债务人同时被执行；先后属法院政策",
        en="A joint guarantor may be pursued beside the principal; any order is the court's policy",
    ),
    _GROUP,
)
GUARANTEE_CAP = Rule(
    "guarantee_cap",
    of.CIVIL_CODE,
    "第六百九十一条",
    Text(zh="保证责任以约定的范围为限", en="A guarantor answers within the agreed scope"),
    _GROUP,
)
NOT_TWICE = Rule(
    "not_twice",
    of.ADDING,
    "第二十六条",
    Text(
        zh="被追加人在责任范围内承担，不得重复承担",
        en="An added party answers within its scope, and not twice",
    ),
    _GROUP,
    "被申请人在应承担责任范围内已承担相应责任的，人民法院不得责令其重复承担责任",
)
