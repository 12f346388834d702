"""Features of a firm's industry, by section of GB/T 4754-2017, as indicators."""

from __future__ import annotations

from features.declare import Family, Feature
from features.measures import Exists
from features.rows import of_debtor
from vocabulary.text import Text

registered = of_debtor("parties").latest_per("party_id")


def _section(code: str, *, zh: str, en: str) -> Feature:
    return Feature(
        rows=registered.where(industry=code),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh=f"行业：{zh}", en=f"Industry: {en}"),
        reason=Text(zh=f"属于{zh}：{{value}}", en=f"The debtor works in {en}: {{value}}"),
        shows=("kind", "industry"),
        source="GB/T 4754-2017",
    )


class Industry(Family):
    """What a firm does; all indicators are 0 for a natural person."""

    record_family = "party"

    industry_agriculture = _section("A", zh="农、林、牧、渔业", en="agriculture, forestry or fishing")
    industry_manufacturing = _section("C", zh="制造业", en="manufacturing")
    industry_construction = _section("E", zh="建筑业", en="construction")
    industry_trade = _section("F", zh="批发和零售业", en="wholesale or retail trade")
    industry_transport = _section("G", zh="交通运输、仓储和邮政业", en="transport, storage or post")
    industry_hospitality = _section("H", zh="住宿和餐饮业", en="accommodation or catering")
    industry_information = _section(
        "I", zh="信息传输、软件和信息技术服务业", en="information and software services"
    )
    industry_real_estate = _section("K", zh="房地产业", en="real estate")
    industry_leasing = _section("L", zh="租赁和商务服务业", en="leasing or business services")
    industry_science = _section("M", zh="科学研究和技术服务业", en="scientific and technical services")
    industry_services = _section(
        "O", zh="居民服务、修理和其他服务业", en="household, repair or other services"
    )
    industry_health = _section("Q", zh="卫生和社会工作", en="health or social work")
