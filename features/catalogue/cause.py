"""Features of the cause of action (案由), as indicators."""

from __future__ import annotations

from features.declare import Family, Feature
from features.measures import Exists
from features.rows import of_case
from vocabulary.text import Text

case = of_case("cases").latest_per("case_id")


def _cause(*codes: str, zh: str, en: str) -> Feature:
    return Feature(
        rows=case.where(cause=codes),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh=f"案由：{zh}", en=f"Cause: {en}"),
        reason=Text(zh=f"案由属于{zh}：{{value}}", en=f"The claim arises from {en}: {{value}}"),
        shows=("case_id", "cause"),
    )


class Cause(Family):
    """What the debt arose from."""

    record_family = "claim"

    cause_bank_loan = _cause("bank_loan", zh="金融借款合同纠纷", en="a bank loan")
    cause_private_loan = _cause("private_loan", zh="民间借贷纠纷", en="a private loan")
    cause_credit_card = _cause("credit_card", zh="信用卡纠纷", en="a credit card")
    cause_sale_contract = _cause("sale_contract", zh="买卖合同纠纷", en="a contract of sale")
    cause_construction_contract = _cause(
        "construction_contract", zh="建设工程合同纠纷", en="a construction contract"
    )
    cause_lease = _cause("lease", zh="租赁合同纠纷", en="a lease")
    cause_service = _cause(
        "service_contract", "property_service", zh="服务类合同纠纷", en="a service contract"
    )
    cause_labour = _cause("labour", zh="劳动争议", en="a labour dispute")
    cause_alimony = _cause("alimony", zh="赡养抚养扶养费纠纷", en="alimony")
    cause_injury = _cause("traffic_injury", "other_injury", zh="人身损害赔偿纠纷", en="an injury")
    cause_recourse = _cause("recourse_of_guarantor", zh="担保人追偿权纠纷", en="a guarantor's recourse")
