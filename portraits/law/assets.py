"""Rules on what may be taken: ownership, realisation, special money, living costs, dwelling, holdings."""

from __future__ import annotations

from portraits.law import documents as of
from portraits.law.rule import Rule
from vocabulary.text import Text

_MONEY = "portraits.ledger.money"
_THINGS = "portraits.ledger.things"
_OWNING = "portraits.ledger.owning"
_SALE = "portraits.ledger.sale"
_DWELLING = "portraits.ledger.dwelling"
_FLOWS = "portraits.ledger.flows"

MONEY_FOUND = Rule(
    "money_found",
    of.PROCEDURE_LAW,
    "第二百五十三条第一款",
    Text(zh="存款、债券、基金份额等可依法划拨、变价", en="Deposits, bonds and funds may be deducted or sold"),
    _MONEY,
    "有权根据不同情形扣押、冻结、划拨、变价被执行人的财产",
)
THING_FOUND = Rule(
    "thing_found",
    of.PROCEDURE_LAW,
    "第二百五十五条第一款",
    Text(zh="应当履行义务部分的财产可查封、拍卖、变卖", en="Property may be sealed, auctioned and sold"),
    _THINGS,
    "有权查封、扣押、冻结、拍卖、变卖被执行人应当履行义务部分的财产",
)
TRANSFERRED = Rule(
    "transferred",
    of.SEALING,
    "第二十三条第一款",
    Text(
        zh="已完成过户登记的财产不得再行查封",
        en="What has been registered to another may no longer be sealed",
    ),
    _OWNING,
    "人民法院不得对登记机关已经完成登记的被执行人已转让的财产实施查封、扣押、冻结措施",
)
TRANSFER_AFTER_SEAL = Rule(
    "transfer_after_seal",
    of.SEALING,
    "第二十四条第一款",
    Text(
        zh="查封后的移转、设定负担不得对抗申请执行人",
        en="A transfer or burden made after the seal does not stand against the applicant",
    ),
    _OWNING,
    "就已经查封、扣押、冻结的财产所作的移转、设定权利负担或者其他有碍执行的行为，不得对抗申请执行人",
)
CO_OWNED = Rule(
    "co_owned",
    of.SEALING,
    "第十二条第一款、第二款",
    Text(
        zh="共有财产可查封，效力及于被执行人的份额",
        en="Co-owned property may be sealed; the seal reaches the debtor's share",
    ),
    _OWNING,
    "查封、扣押、冻结的效力及于协议分割后被执行人享有份额内的财产",
)
SPOUSAL = Rule(
    "spousal",
    of.CIVIL_CODE,
    "第一千零六十二条、第一千零八十九条",
    Text(
        zh="夫妻共同财产：一般按一半计，属共同债务的及于全部",
        en="Spousal property: half as a rule, the whole where the debt is of both spouses",
    ),
    _OWNING,
)
EQUAL_SHARES = Rule(
    "equal_shares",
    of.CIVIL_CODE,
    "第三百零九条",
    Text(
        zh="份额没有约定又不能按出资额确定的，视为等额",
        en="Shares neither agreed nor shown by contributions are held to be equal",
    ),
    _OWNING,
)
OPENING_PRICE = Rule(
    "opening_price",
    of.ONLINE_AUCTION,
    "第十条第二款",
    Text(
        zh="起拍价参照评估价确定，不得低于评估价或者市价的百分之七十",
        en="The opening price follows the appraisal and is at least 70 % of it",
    ),
    _SALE,
    "起拍价不得低于评估价或者市价的百分之七十",
)
SECOND_ROUND = Rule(
    "second_round",
    of.ONLINE_AUCTION,
    "第二十六条第一款",
    Text(
        zh="流拍后再次拍卖，降价不超过前次起拍价的百分之二十；再流拍可以变卖",
        en="After a failed auction a second one, at most 20 % lower; after that a sale",
    ),
    _SALE,
    "再次拍卖的起拍价降价幅度不得超过前次起拍价的百分之二十",
)
AUCTION_FIRST = Rule(
    "auction_first",
    of.AUCTION,
    "第二条",
    Text(
        zh="须先变价，首先采取拍卖方式，现时尚无款项",
        en="It must first be sold, by auction; there is no money in it today",
    ),
    _SALE,
    "应当首先采取拍卖的方式",
)
SALE_COSTS = Rule(
    "sale_costs",
    of.ENFORCEMENT_WORK,
    "第34条第二款",
    Text(
        zh="变价的实际费用从所得价款中优先扣除", en="The actual costs of the sale come off its proceeds first"
    ),
    _SALE,
    "所发生的实际费用，从所得价款中优先扣除",
)
SALE_TAXES = Rule(
    "sale_taxes",
    of.ONLINE_AUCTION,
    "第三十条",
    Text(
        zh="拍卖形成的税费由法定主体承担",
        en="Taxes and fees of the auction fall on whom the law names",
    ),
    _SALE,
    "因网络司法拍卖本身形成的税费，应当依照相关法律、行政法规的规定，由相应主体承担",
)
NO_BENEFIT = Rule(
    "no_benefit",
    of.AUCTION,
    "第六条第一款",
    Text(
        zh="清偿优先债权和执行费用后无剩余可能的，计零；申请执行人可于五日内申请继续拍卖",
        en="A sale that leaves nothing after prior rights and costs counts zero; the applicant may ask within five "
        "days to go on",
    ),
    _SALE,
    "拍卖所得价款在清偿优先债权和强制执行费用后无剩余可能的，应当在实施拍卖前将有关情况通知申请执行人",
)
NOT_AT_HAND = Rule(
    "not_at_hand",
    of.INVESTIGATION,
    "第十六条",
    Text(
        zh="登记查封而未实际扣押的车辆须先查找",
        en="A vehicle sealed on the register but not seized has first to be found",
    ),
    _SALE,
    "已经办理查封登记手续的被执行人机动车、船舶、航空器等特定动产未能实际扣押的",
)
EQUITY_ONLY = Rule(
    "equity_only",
    of.EQUITY,
    "第二条",
    Text(
        zh="可执行被执行人持有的股权，不得直接执行公司的财产",
        en="The debtor's equity may be taken, never the company's own property",
    ),
    _THINGS,
    "可以强制执行其在公司持有的股权，不得直接执行公司的财产",
)
LISTED_SHARES = Rule(
    "listed_shares",
    of.ENFORCEMENT_WORK,
    "第37条",
    Text(zh="上市股票可以直接变卖", en="Traded shares may be sold directly"),
    _THINGS,
    "也可以直接采取拍卖、变卖的方式进行处分",
)
MIGRANT_ACCOUNT = Rule(
    "migrant_account",
    of.MIGRANT_WAGES,
    "第三十三条",
    Text(
        zh="农民工工资专用账户资金不得因其他原因查封、冻结、划拨",
        en="A migrant-wages account may not be frozen or deducted for any other reason",
    ),
    _MONEY,
)
ESCROW_ACCOUNT = Rule(
    "escrow_account",
    of.PRESALE_ESCROW,
    "第一条",
    Text(
        zh="预售监管资金在监管额度内优先用于工程建设，不得扣划",
        en="Escrowed pre-sale funds up to the supervised sum serve the building and are not deducted",
    ),
    _MONEY,
)
RELIEF_ACCOUNT = Rule(
    "relief_account",
    of.SEALING,
    "第三条第二项、第八项",
    Text(zh="救助款等必需的生活费用不得冻结", en="Relief money, as necessary living expenses, is not frozen"),
    _MONEY,
    "被执行人及其所扶养家属所必需的生活费用",
)
HOLDING_NOT_DUE = Rule(
    "holding_not_due",
    of.SEALING,
    "第一条第一款",
    Text(
        zh="未到期或者受限的财产权可先冻结，到期或者解除限制后变现",
        en="A right not yet due or restricted may be frozen, and cashed when it falls due",
    ),
    _MONEY,
    "查封、扣押、冻结被执行人的动产、不动产及其他财产权",
)
CASH_VALUE = Rule(
    "cash_value",
    of.INSURANCE,
    "第四十七条",
    Text(
        zh="保险按退保可得的现金价值计；能否强制退保各地做法不一，给出区间",
        en="Insurance counts by its cash value on surrender; provinces differ on forcing one, so a range",
    ),
    _MONEY,
)
FUND_WITHDRAWAL = Rule(
    "fund_withdrawal",
    of.HOUSING_FUND,
    "第二十四条",
    Text(
        zh="符合提取条件的公积金方可提取；各地做法不一，给出区间",
        en="The housing fund is drawn on where a ground for withdrawal is met; provinces differ, so a range",
    ),
    _MONEY,
)
INCOME_TAKEN = Rule(
    "income_taken",
    of.PROCEDURE_LAW,
    "第二百五十四条第一款",
    Text(
        zh="可扣留、提取应当履行义务部分的收入",
        en="Income may be withheld up to the part that has to be performed",
    ),
    _FLOWS,
    "有权扣留、提取被执行人应当履行义务部分的收入",
)
PENSION_TAKEN = Rule(
    "pension_taken",
    of.PENSIONS,
    "第一条",
    Text(
        zh="养老金属责任财产，可以扣划，但应预留必需的生活费用",
        en="A pension may be deducted, the necessary living expenses being left",
    ),
    _FLOWS,
)
DIVIDENDS_TAKEN = Rule(
    "dividends_taken",
    of.ENFORCEMENT_WORK,
    "第36条第二款",
    Text(
        zh="预期股息红利可以冻结，到期后提取",
        en="Dividends to come may be frozen, and drawn when they fall due",
    ),
    _FLOWS,
    "对被执行人预期从有关企业中应得的股息或红利等收益，人民法院可以采取冻结措施",
)
LIVING_COSTS = Rule(
    "living_costs",
    of.SEALING,
    "第三条第二项",
    Text(
        zh="必需的生活费用依当地最低生活保障标准保留，每名被执行人一次，以资金来源抵扣",
        en="Necessary living costs by the local minimum standard stay with the debtor, once, out of money",
    ),
    _FLOWS,
    "当地有最低生活保障标准的，必需的生活费用依照该标准确定",
)
SOLE_DWELLING = Rule(
    "sole_dwelling",
    of.SEALING,
    "第四条",
    Text(
        zh="生活所必需的居住房屋可以查封，但不得拍卖、变卖或者抵债",
        en="A necessary dwelling may be sealed but neither auctioned, sold nor given in kind",
    ),
    _DWELLING,
    "人民法院可以查封，但不得拍卖、变卖或者抵债",
)
DWELLING_RENT = Rule(
    "dwelling_rent",
    of.OBJECTIONS,
    "第二十条第一款第三项",
    Text(
        zh="申请执行人同意从变价款中扣除五至八年租金的，可以执行",
        en="It may be sold where the applicant agrees to leave five to eight years' rent out of the price",
    ),
    _DWELLING,
    "同意参照当地房屋租赁市场平均租金标准从该房屋的变价款中扣除五至八年租金的",
)
OTHER_DWELLING_SOLD = Rule(
    "other_dwelling_sold",
    of.OBJECTIONS,
    "第二十条第一款第二项",
    Text(
        zh="执行依据生效后为逃避债务转让其他房屋的，不得以唯一住房为由对抗",
        en="Who gave away another dwelling after the title took effect cannot plead the sole dwelling",
    ),
    _DWELLING,
    "执行依据生效后，被执行人为逃避债务转让其名下其他房屋的",
)
DWELLING_MORTGAGED = Rule(
    "dwelling_mortgaged",
    of.MORTGAGED_DWELLING,
    "第一条、第二条",
    Text(
        zh="抵押权人可申请处置居住房屋，优先于居住保障；裁定后给予六个月宽限期",
        en="The mortgagee may have the dwelling sold, before the protection; six months' grace after the ruling",
    ),
    _DWELLING,
    "可以根据抵押权人的申请，依法拍卖、变卖或者抵债",
)
DWELLING_OF_POOR = Rule(
    "dwelling_of_poor",
    of.MORTGAGED_DWELLING,
    "第六条",
    Text(
        zh="低保对象无法自行解决居住的，不应强制迁出",
        en="A household on minimum relief that cannot find a home is not evicted",
    ),
    _DWELLING,
    "被执行人属于低保对象且无法自行解决居住问题的，人民法院不应强制迁出",
)
