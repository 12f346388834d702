"""Rules on what is owed: interest for delayed performance, the order of crediting, the limit of the claim, the fee."""

from __future__ import annotations

from portraits.law import documents as of
from portraits.law.rule import Rule
from vocabulary.text import Text

_INTEREST = "portraits.interest"
_CLOSING = "portraits.ledger.closing"

DOUBLE_INTEREST = Rule(
    "double_interest",
    of.PROCEDURE_LAW,
    "第二百六十四条",
    Text(zh="未按期履行金钱义务的，加倍支付债务利息", en="Late payment of money doubles the interest"),
    _INTEREST,
    "应当加倍支付迟延履行期间的债务利息",
)
DELAY_BASE = Rule(
    "delay_base",
    of.DELAY_INTEREST,
    "第一条第三款",
    Text(
        zh="加倍部分＝未清偿的除一般债务利息之外的金钱债务×日万分之一点七五×迟延天数",
        en="Added part = unpaid adjudged money other than general interest × 0.0175 % a day × days of delay",
    ),
    _INTEREST,
    "除一般债务利息之外的金钱债务×日万分之一点七五×迟延履行期间",
)
DELAY_START = Rule(
    "delay_start",
    of.DELAY_INTEREST,
    "第二条",
    Text(
        zh="自履行期间届满之日起算；未定期间的，自文书生效之日起算",
        en="From the end of the time for performance; where none is set, from the day the title took effect",
    ),
    _INTEREST,
    "自生效法律文书确定的履行期间届满之日起计算",
)
DELAY_END = Rule(
    "delay_end",
    of.DELAY_INTEREST,
    "第三条第一款、第二款",
    Text(
        zh="计算至每次履行、划拨之日，或者成交、抵债裁定生效之日",
        en="Until the day of each payment or deduction, or the effective ruling of sale or taking in kind",
    ),
    _INTEREST,
    "相应部分的加倍部分债务利息计算至划拨、提取之日",
)
DELAY_EXCLUDED = Rule(
    "delay_excluded",
    of.DELAY_INTEREST,
    "第三条第三款",
    Text(
        zh="非因被执行人申请的审查中止、暂缓期间及再审中止期间不计",
        en="Stays for review of the title not asked for by the debtor, and for retrial, do not count",
    ),
    _INTEREST,
    "非因被执行人的申请，对生效法律文书审查而中止或者暂缓执行的期间及再审中止执行的期间，不计算加倍部分债务利息",
)
DELAY_ORDER = Rule(
    "delay_order",
    of.DELAY_INTEREST,
    "第四条",
    Text(
        zh="先清偿文书确定的金钱债务，再清偿加倍部分",
        en="Money pays the adjudged debt first, the added interest afterwards",
    ),
    _INTEREST,
    "应当先清偿生效法律文书确定的金钱债务，再清偿加倍部分债务利息",
)
DELAY_TRANSITION = Rule(
    "delay_transition",
    of.DELAY_INTEREST,
    "第七条第一款",
    Text(
        zh="施行前的期间按之前的规定计算",
        en="The time before the interpretation follows the earlier rules",
    ),
    _INTEREST,
    "本解释施行前的迟延履行期间债务利息按照之前的规定计算",
)
OLDER_RATE = Rule(
    "older_rate",
    of.OLDER_INTEREST,
    "第一项及附具体计算方法",
    Text(
        zh="2014年8月1日前：金钱债务×同期贷款基准利率×2×迟延期间",
        en="Before 1 August 2014: debt × benchmark lending rate × 2 × time of delay",
    ),
    _INTEREST,
)
OLDER_TOGETHER = Rule(
    "older_together",
    of.OLDER_INTEREST,
    "第二项",
    Text(
        zh="2014年8月1日前的执行款按并还原则，本债与迟延利息按比例清偿",
        en="Before 1 August 2014 a payment is shared in proportion between debt and delay interest",
    ),
    _INTEREST,
)
CREDITING = Rule(
    "crediting",
    of.CIVIL_CODE,
    "第五百六十一条",
    Text(
        zh="款项依次抵充费用、利息、主债务，另有约定的除外",
        en="Unless agreed otherwise a payment covers costs, then interest, then the principal",
    ),
    _INTEREST,
)
CLAIM_LIMIT = Rule(
    "claim_limit",
    of.PROCEDURE_LAW,
    "第二百五十三条第一款",
    Text(
        zh="执行财产不得超出被执行人应当履行义务的范围",
        en="Measures may not exceed what the debtor has to perform",
    ),
    _CLOSING,
    "不得超出被执行人应当履行义务的范围",
)
SEAL_LIMIT = Rule(
    "seal_limit",
    of.SEALING,
    "第十九条第一款",
    Text(
        zh="查封以足以清偿债权额及执行费用为限",
        en="Seals stop at the claim and the costs of enforcement",
    ),
    _CLOSING,
    "以其价额足以清偿法律文书确定的债权额及执行费用为限，不得明显超标的额查封",
)
ENFORCEMENT_FEE = Rule(
    "enforcement_fee",
    of.FEES,
    "第十四条第一项、第三十八条",
    Text(
        zh="执行申请费分段累计，由被执行人负担，先行扣除",
        en="The enforcement fee rises in steps, is borne by the debtor and comes off first",
    ),
    _CLOSING,
)
