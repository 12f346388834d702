"""Words for every code that a record may hold; one that means two things is listed by column too."""

from __future__ import annotations

from vocabulary.families import FAMILIES
from vocabulary.text import Text

_BOOK = """
first|首次执行|first-time
resumed|恢复执行|resumed
preservation|财产保全|preservation
private_loan|民间借贷|private loan
bank_loan|金融借款|bank loan
credit_card|信用卡|credit card
sale_contract|买卖合同|sale contract
construction_contract|建设工程合同|construction contract
lease|租赁合同|lease
property_service|物业服务合同|property service
service_contract|服务合同|service contract
labour|劳动争议|labour
alimony|抚养、赡养费|alimony
traffic_injury|交通事故赔偿|traffic injury
other_injury|其他人身损害|other injury
recourse_of_guarantor|保证人追偿|recourse of a guarantor
other|其他|other
performed|执行完毕|performed
round_terminated|终结本次执行程序|round terminated
terminated|终结执行|terminated
account_sold|销案|struck off
refused|被拒绝|refused
not_enforced|不予执行|not enforced
filing|执行立案|filing
asset_query|财产查控（查询）|asset query
asset_control|财产控制|asset control
disposal|财产处置|disposal
case_money|案款管理|case money
rulings|执行裁决|rulings
service_support|服务保障|service and support
entrusted_matters|委托事项|entrusted matters
supervision|执行监督|supervision
resumption|恢复执行|resumption
closing|结案管理|closing
confirmed|属实|confirmed
non_compliant|不合规|not compliant
to_be_completed|需补正|to be completed
misreported|误报|misreported
sole|单独|sole
joint|连带|joint
several|按份|several
supplementary|补充|supplementary
natural|自然人|natural person
organisation|单位|organisation
financial|金融机构|financial institution
none|无|none
wages|劳动报酬|wages
injury|人身损害|injury
relief|救助|relief
announcement|公告|announcement
appraisal|评估|appraisal
dispute|争议处理|dispute
deferral|暂缓执行|deferral
stay|中止执行|stay
settlement|执行和解|settlement
waiver|放弃债权|waiver
withdrawal|撤回申请|withdrawal
bankruptcy|破产|bankruptcy
death_without_estate|死亡且无遗产|death without estate
principal|主债务人|principal debtor
general_guarantor|一般保证人|general guarantor
joint_guarantor|连带保证人|joint guarantor
added|追加的被执行人|added debtor
female|女|female
male|男|male
A|农、林、牧、渔业|agriculture
B|采矿业|mining
C|制造业|manufacturing
D|电力、热力、燃气及水的生产和供应业|electricity, heat, gas and water
E|建筑业|construction
F|批发和零售业|wholesale and retail
G|交通运输、仓储和邮政业|transport, storage and post
H|住宿和餐饮业|lodging and catering
I|信息传输、软件和信息技术服务业|information and software
J|金融业|finance
K|房地产业|real estate
L|租赁和商务服务业|leasing and business services
M|科学研究和技术服务业|research and technical services
N|水利、环境和公共设施管理业|water, environment and public facilities
O|居民服务、修理和其他服务业|household and repair services
P|教育|education
Q|卫生和社会工作|health and social work
R|文化、体育和娱乐业|culture, sports and entertainment
S|公共管理、社会保障和社会组织|public administration
T|国际组织|international organisations
urban|城镇|urban
rural|乡村|rural
minor|未成年人|minor
disabled|残疾|disabled
hardship|生活困难|hardship
national|总对总|national link
local|点对点|local link
manual|现场查询|asked by hand
declared|被执行人申报|declared by the debtor
clue|财产线索|clue
pending|尚未答复|no answer yet
empty|无记录|nothing found
found|有记录|found
failed|查询失败|failed
notice|执行通知|enforcement notice
disclosure_order|财产报告令|disclosure order
consumption_restriction|限制消费令|consumption restriction
dishonest_listing|纳入失信名单|dishonest-debtor listing
detention|司法拘留|detention
fine|罚款|fine
summons|传唤|summons
search|搜查|search
reward_notice|悬赏公告|reward notice
audit|司法审计|judicial audit
exit_restriction|限制出境|exit restriction
seal|查封|seal
freeze|冻结|freeze
deduction|扣划|deduction
auction|拍卖|auction
settlement_talk|约谈和解|settlement talk
field_visit|实地走访|field visit
voluntary|自动履行|voluntary
deducted|扣划|deducted
in_kind|以物抵债|in kind
as_reported|据报|as reported
disputed|有争议|disputed
vehicle|车辆|vehicle
goods|动产|goods
office|内勤|office
field|外勤|field
opening|启动|opening
query|查控|query
inaction|消极执行|inaction
procedure|程序问题|procedure
applicant|申请执行人|applicant
grid_worker|网格员|grid worker
reward|悬赏举报|reward
lawyer_order|律师调查令|lawyer's investigation order
low|低|low
middle|中|middle
high|高|high
ordinary|一般账户|ordinary
migrant_wages|农民工工资专户|migrant workers' wages
escrow|监管专户|escrow
payroll|工资账户|payroll
in|流入|in
out|流出|out
salary|工资|salary
transfer|转账|transfer
cash|现金|cash
payment|支付|payment
business|经营往来|business
benefit|补贴救济|benefit
free|可随时变现|free
term|到期可取|at term
surrender|退保可取|on surrender
retirement_only|仅退休可取|on retirement only
restricted|受限|restricted
spousal|夫妻共有|spousal
by_shares|按份共有|by shares
dwelling|住宅|dwelling
commercial|商业|commercial
industrial|工业|industrial
land|土地|land
parking|车位|parking
owner|本人|owner
tenant|承租人|tenant
private|自用|private
mortgage|抵押|mortgage
pledge|质押|pledge
wage|工资|wage
social_insurance|社会保险缴费|social insurance
pension|养老金|pension
dividend|股息红利|dividend
tax|纳税|tax
company|企业|company
public|机关事业单位|public body
fund|社保或公积金中心|fund
self|本人|self
utility|水电燃气|utilities
telecom|通信|telecom
daily|日常消费|daily needs
transport|交通|transport
dining|餐饮|dining
education|教育|education
medical|医疗|medical
travel|旅行|travel
durable|耐用品|durables
luxury|高档消费|luxury
credit_repayment|偿还信贷|credit repayment
platform|网络平台|platform
card|银行卡|card
bank|银行代扣|bank
meter|抄表缴费|meter
credit_line|信用额度|credit line
flight|乘坐飞机|flight
high_speed_rail|高铁动车|high-speed rail
hotel_star|星级宾馆|star-rated hotel
nightclub_golf|夜总会、高尔夫|nightclub or golf
property|购置不动产|buying property
lease_office|租赁高档写字楼|leasing offices
private_school|子女就读高收费私立学校|fee-charging private school
insurance_premium|高额保费|insurance premium
legal_representative|法定代表人|legal representative
shareholder|股东|shareholder
director|董事|director
supervisor|监事|supervisor
active|存续|active
new|新设|new
abnormal|经营异常|abnormal
revoked|吊销|revoked
dissolved|解散|dissolved
deregistered|注销|deregistered
bankrupt|破产|bankrupt
founded|设立|founded
capital|注册资本|capital
share|股权|share
representative|法定代表人|representative
address|住所|address
status|状态|status
single|未婚|single
married|已婚|married
divorced|离异|divorced
widowed|丧偶|widowed
money|资金|money
claim|债权|claim
kin|近亲属|kin
linked|关联方|linked party
suit|民事诉讼|suit
enforcement|执行案件|enforcement
criminal|刑事案件|criminal
dishonest_list|失信名单|dishonest-debtor list
consumption_order|限制消费名单|consumption-restriction list
claimant|原告|claimant
defendant|被告|defendant
debtor|被执行人|debtor
open|未结|open
won|胜诉|won
lost|败诉|lost
settled|和解|settled
"""


def _words(line: str) -> tuple[str, Text]:
    code, zh, en = line.split("|")
    return code, Text(zh, en)


CODES: dict[str, Text] = dict(_words(line) for line in _BOOK.strip().splitlines())
CODES.update({code: family.label for code, family in FAMILIES.items() if code not in CODES})

IN_COLUMN: dict[tuple[str, str], Text] = {
    ("cases.closing_mode", "refused"): Text("驳回申请", "application refused"),
    ("cases.audit", "confirmed"): Text("合规", "confirmed"),
    ("possession", "empty"): Text("空置", "empty"),
    ("liability", "sole"): Text("单独责任", "sole"),
    ("liability", "joint"): Text("连带责任", "joint"),
    ("co_ownership", "sole"): Text("单独所有", "sole"),
    ("co_ownership", "joint"): Text("共同共有", "joint"),
    ("nature", "relief"): Text("救助专户", "relief"),
    ("officers.team", "closing"): Text("结案", "closing"),
    ("officers.team", "disposal"): Text("评估拍卖", "disposal"),
    ("vehicles.use", "commercial"): Text("营运", "commercial"),
    ("vehicles.use", "goods"): Text("货运", "goods"),
    ("litigation.outcome", "performed"): Text("已履行", "performed"),
    ("measures.kind", "settlement_talk"): Text("约谈", "settlement talk"),
}
