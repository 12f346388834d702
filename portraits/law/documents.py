"""The documents cited. Texts in the collection are named by file; the others say on what the citation rests."""

from __future__ import annotations

from datetime import date

from portraits.law.rule import Document
from vocabulary.text import Text

REVISED_2020 = date(2021, 1, 1)  # the revision by 法释〔2020〕21号 of the enforcement interpretations
_NOT_STORED = "not in the collection; cited from general knowledge of the text, check before relying on it"


def _document(
    key: str, zh: str, en: str, number: str, first_day: date, text: str | None = None, seen: str = ""
) -> Document:
    return Document(key, Text(zh=zh, en=en), number, first_day, text, seen or ("" if text else _NOT_STORED))


PROCEDURE_LAW = _document(
    "procedure_law",
    "民事诉讼法",
    "Civil Procedure Law",
    "2023年修正",
    date(2024, 1, 1),
    "civil-procedure-law-2023.md",
)
PROCEDURE_INTERPRETATION = _document(
    "procedure_interpretation",
    "最高人民法院关于适用《中华人民共和国民事诉讼法》的解释",
    "Interpretation of the Civil Procedure Law",
    "法释〔2022〕11号",
    date(2022, 4, 10),
    "civil-procedure-interpretation-2022.md",
)
DELAY_INTEREST = _document(
    "delay_interest",
    "最高人民法院关于执行程序中计算迟延履行期间的债务利息适用法律若干问题的解释",
    "Interpretation on interest for delayed performance",
    "法释〔2014〕8号",
    date(2014, 8, 1),
    "delay-interest-2014.md",
)
OLDER_INTEREST = _document(
    "older_interest",
    "最高人民法院关于在执行工作中如何计算迟延履行期间的债务利息等问题的批复",
    "Reply on interest for delayed performance",
    "法释〔2009〕6号",
    date(2009, 5, 18),
    seen="not in the collection; wording read on public pages that reprint it",
)
ENFORCEMENT_WORK = _document(
    "enforcement_work",
    "最高人民法院关于人民法院执行工作若干问题的规定（试行）",
    "Provisions on enforcement work",
    "法释〔1998〕15号，法释〔2020〕21号修正",
    REVISED_2020,
    "enforcement-work-provisions-2020.md",
)
SEALING = _document(
    "sealing",
    "最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定",
    "Provisions on sealing, seizure and freezing",
    "法释〔2004〕15号，法释〔2020〕21号修正",
    REVISED_2020,
    "sealing-seizure-freezing-2020.md",
)
OBJECTIONS = _document(
    "objections",
    "最高人民法院关于人民法院办理执行异议和复议案件若干问题的规定",
    "Provisions on objections and review",
    "法释〔2015〕10号，法释〔2020〕21号修正",
    REVISED_2020,
    "objection-and-review-2020.md",
)
MORTGAGED_DWELLING = _document(
    "mortgaged_dwelling",
    "最高人民法院关于人民法院执行设定抵押的房屋的规定",
    "Provisions on mortgaged dwellings",
    "法释〔2005〕14号",
    date(2005, 12, 21),
    "mortgaged-dwelling-2005.md",
)
AUCTION = _document(
    "auction",
    "最高人民法院关于人民法院民事执行中拍卖、变卖财产的规定",
    "Provisions on auction and sale",
    "法释〔2004〕16号，法释〔2020〕21号修正",
    REVISED_2020,
    "auction-and-sale-2020.md",
)
ONLINE_AUCTION = _document(
    "online_auction",
    "最高人民法院关于人民法院网络司法拍卖若干问题的规定",
    "Provisions on online judicial auctions",
    "法释〔2016〕18号",
    date(2017, 1, 1),
    "online-judicial-auction-2016.md",
)
REFERENCE_PRICE = _document(
    "reference_price",
    "最高人民法院关于人民法院确定财产处置参考价若干问题的规定",
    "Provisions on reference prices",
    "法释〔2018〕15号",
    date(2018, 9, 1),
    "reference-price-2018.md",
)
EQUITY = _document(
    "equity",
    "最高人民法院关于人民法院强制执行股权若干问题的规定",
    "Provisions on enforcement against equity",
    "法释〔2021〕20号",
    date(2022, 1, 1),
    "equity-enforcement-2021.md",
)
INVESTIGATION = _document(
    "investigation",
    "最高人民法院关于民事执行中财产调查若干问题的规定",
    "Provisions on asset investigation",
    "法释〔2017〕8号，法释〔2020〕21号修正",
    REVISED_2020,
    "asset-investigation-2020.md",
)
REFUSAL = _document(
    "refusal",
    "最高人民法院、最高人民检察院关于办理拒不执行判决、裁定刑事案件适用法律若干问题的解释",
    "Interpretation on refusal to perform judgments",
    "法释〔2024〕13号",
    date(2024, 12, 1),
    "refusal-to-perform-2024.md",
)
CONSUMPTION = _document(
    "consumption",
    "最高人民法院关于限制被执行人高消费的若干规定",
    "Provisions on restricting high consumption",
    "法释〔2010〕8号",
    date(2010, 10, 1),
    "consumption-restriction-2010.md",
)
CONSUMPTION_2015 = _document(
    "consumption_2015",
    "最高人民法院关于限制被执行人高消费及有关消费的若干规定",
    "Provisions on restricting consumption, 2015 revision",
    "法释〔2015〕17号",
    date(2015, 7, 22),
)
ADDING = _document(
    "adding",
    "最高人民法院关于民事执行中变更、追加当事人若干问题的规定",
    "Provisions on adding parties",
    "法释〔2016〕21号，法释〔2020〕21号修正",
    REVISED_2020,
    "adding-parties-2020.md",
)
FEES = _document(
    "fees",
    "诉讼费用交纳办法",
    "Measures on litigation fees",
    "国务院令第481号",
    date(2007, 4, 1),
    seen="not in the collection; the scale read on several courts' own pages",
)
CIVIL_CODE = _document("civil_code", "民法典", "Civil Code", "2020年主席令第45号", date(2021, 1, 1))
CONTRACTS = _document(
    "contracts",
    "最高人民法院关于适用《中华人民共和国民法典》合同编通则若干问题的解释",
    "Interpretation of the Civil Code's general part on contracts",
    "法释〔2023〕13号",
    date(2023, 12, 5),
)
BANKRUPTCY = _document(
    "bankruptcy", "企业破产法", "Enterprise Bankruptcy Law", "2006年主席令第54号", date(2007, 6, 1)
)
MIGRANT_WAGES = _document(
    "migrant_wages",
    "保障农民工工资支付条例",
    "Regulations on paying migrant workers",
    "国务院令第724号",
    date(2020, 5, 1),
)
PRESALE_ESCROW = _document(
    "presale_escrow",
    "最高人民法院、住房和城乡建设部、中国人民银行关于规范人民法院保全执行措施确保商品房预售资金用于项目建设的通知",
    "Notice on escrowed pre-sale funds",
    "法〔2022〕12号",
    date(2022, 1, 11),
)
PENSIONS = _document(
    "pensions",
    "最高人民法院关于能否要求社保机构协助冻结、扣划被执行人的养老金问题的复函",
    "Reply on deducting pensions",
    "（2014）执他字第22号",
    date(2014, 6, 26),
    seen="not in the collection; wording read on public pages that reprint it",
)
HOUSING_FUND = _document(
    "housing_fund",
    "住房公积金管理条例",
    "Regulations on the housing provident fund",
    "国务院令第262号，第710号修订",
    date(2019, 3, 24),
)
INSURANCE = _document("insurance", "保险法", "Insurance Law", "2015年修正", date(2015, 4, 24))
DOCUMENTS = tuple(value for value in list(globals().values()) if isinstance(value, Document))
"""Every document cited."""
