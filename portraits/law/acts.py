"""Rules on conduct: the wording under which dated facts are listed. Facts only; what they amount to is the court's."""

from __future__ import annotations

from portraits.law import documents as of
from portraits.law.rule import Rule
from vocabulary.text import Text

_PROPERTY = "portraits.conduct.property"
_MONEY = "portraits.conduct.money"
_ORDERS = "portraits.conduct.orders"
_FIRM = "portraits.conduct.firm"

GRATUITOUS_DISPOSAL = Rule(
    "gratuitous_disposal",
    of.REFUSAL,
    "第三条第一项",
    Text(
        zh="以放弃债权等方式无偿处分财产权益，或者虚假转让",
        en="Giving property away without return, waiving claims, sham transfers",
    ),
    _PROPERTY,
    "以放弃债权、放弃债权担保等方式恶意无偿处分财产权益，或者恶意延长到期债权的履行期限，或者以虚假和解、虚假转让等方式处分财产权益",
)
UNDERVALUE = Rule(
    "undervalue",
    of.CONTRACTS,
    "第四十二条",
    Text(
        zh="转让价不足市场价百分之七十的，一般视为明显不合理的低价；亲属、关联方不受该比例限制",
        en="Below 70 % of the market price a price is as a rule unreasonably low; for kin and linked parties the limit "
        "does not apply",
    ),
    _PROPERTY,
)
BEFORE_JUDGMENT = Rule(
    "before_judgment",
    of.REFUSAL,
    "第六条",
    Text(
        zh="诉讼开始后、裁判生效前隐藏、转移财产",
        en="Hiding or moving property after the suit began and before the judgment took effect",
    ),
    _PROPERTY,
    "在诉讼开始后、裁判生效前实施隐藏、转移财产等行为",
)
REDUCED_ESTATE = Rule(
    "reduced_estate",
    of.REFUSAL,
    "第三条第二项",
    Text(
        zh="为他人债务提供担保等减损责任财产",
        en="Reducing the estate, such as by securing another's debt",
    ),
    _PROPERTY,
    "以明显不合理的高价受让他人财产、为他人的债务提供担保等恶意减损责任财产的行为",
)
REPORTABLE_BURDEN = Rule(
    "reportable_burden",
    of.INVESTIGATION,
    "第六条第二项",
    Text(
        zh="执行通知前一年起设定的担保物权应当报告",
        en="Security created since a year before the notice has to be reported",
    ),
    _PROPERTY,
    "在财产上设立担保物权等权利负担的",
)
REPORTABLE_TRANSFER = Rule(
    "reportable_transfer",
    of.INVESTIGATION,
    "第六条第一项",
    Text(
        zh="执行通知前一年起的转让应当报告",
        en="Transfers since a year before the notice have to be reported",
    ),
    _PROPERTY,
    "转让、出租财产的",
)
LARGE_SPENDING = Rule(
    "large_spending",
    of.INVESTIGATION,
    "第六条第四项",
    Text(
        zh="执行通知前一年起支出大额资金应当报告",
        en="Large sums paid out since a year before the notice have to be reported",
    ),
    _MONEY,
    "支出大额资金的",
)
OTHER_CHANGE = Rule(
    "other_change",
    of.INVESTIGATION,
    "第六条第五项",
    Text(
        zh="执行通知前一年起其他影响债权实现的财产变动应当报告",
        en="Any other change since a year before the notice that touches payment has to be reported",
    ),
    _MONEY,
    "其他影响生效法律文书确定债权实现的财产变动",
)
ABILITY = Rule(
    "ability",
    of.REFUSAL,
    "第五条",
    Text(
        zh="有全部或者部分执行能力；认定时扣除生活必需费用",
        en="Ability in whole or in part; necessary living costs are taken off",
    ),
    "portraits.conduct.ability",
    "有能力执行是指负有执行义务的人有全部执行或者部分执行给付财产义务或履行特定行为义务的能力",
)
BREACH_OF_ORDER = Rule(
    "breach_of_order",
    of.REFUSAL,
    "第三条第四项",
    Text(
        zh="拒绝或者虚假报告财产、违反限制消费令，经罚款、拘留后仍拒不执行",
        en="False or no disclosure, breach of a consumption restriction, and still no performance after a sanction",
    ),
    _ORDERS,
    "具有拒绝报告或者虚假报告财产情况、违反人民法院限制消费令等拒不执行行为，经采取罚款、拘留等强制措施后仍拒不执行的",
)
FORBIDDEN_CONSUMPTION = Rule(
    "forbidden_consumption",
    of.CONSUMPTION,
    "第三条第一款",
    Text(
        zh="被限制消费后不得以其财产支付的行为",
        en="What a restricted debtor may not pay for out of their property",
    ),
    _ORDERS,
    "被限制高消费后，不得有以下以其财产支付费用的行为",
)
HIGH_SPEED_RAIL = Rule(
    "high_speed_rail",
    of.CONSUMPTION_2015,
    "第三条第一款第一项",
    Text(
        zh="2015年修订起包括高铁及一等以上座位",
        en="Since the 2015 revision high-speed trains and first-class seats are included",
    ),
    _ORDERS,
)
FALSE_REPORT = Rule(
    "false_report",
    of.INVESTIGATION,
    "第九条第一款",
    Text(
        zh="拒绝报告、虚假报告或者逾期报告的，可以罚款、拘留",
        en="Refusing, falsifying or delaying disclosure may be fined or punished by detention",
    ),
    _ORDERS,
    "被执行人拒绝报告、虚假报告或者无正当理由逾期报告财产情况的",
)
FIRM_LEFT = Rule(
    "firm_left",
    of.ADDING,
    "第二十二条",
    Text(
        zh="被注销、吊销、歇业后财产被无偿接受，无遗留财产或者不足以清偿",
        en="A firm deregistered, revoked or closed, its property taken over, too little left to pay",
    ),
    _FIRM,
    "被注销或出现被吊销营业执照、被撤销、被责令关闭、歇业等解散事由后",
)
FIRM_UNLIQUIDATED = Rule(
    "firm_unliquidated",
    of.ADDING,
    "第二十一条",
    Text(zh="未经清算即办理注销登记", en="Deregistered without liquidation"),
    _FIRM,
    "未经清算即办理注销登记，导致公司无法进行清算",
)
UNPAID_CAPITAL = Rule(
    "unpaid_capital",
    of.ADDING,
    "第十七条、第十九条",
    Text(
        zh="出资未足额缴纳，或者未履行出资义务即转让股权",
        en="Capital not paid in full, or shares passed on before it was",
    ),
    _FIRM,
    "未缴纳或未足额缴纳出资的股东",
)
AUDIT_GROUND = Rule(
    "audit_ground",
    of.INVESTIGATION,
    "第十七条",
    Text(
        zh="隐匿、转移财产或者抽逃出资的，可以申请审计",
        en="Where assets were moved or capital withdrawn, an audit may be asked for",
    ),
    _FIRM,
    "隐匿、转移财产等逃避债务情形或者其股东、出资人有出资不实、抽逃出资等情形的，可以书面申请人民法院委托审计机构",
)
