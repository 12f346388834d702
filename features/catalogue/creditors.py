"""Features of who claims: how many applicants, of what kind, with what priority in processing."""

from __future__ import annotations

from features.declare import Derived, Family, Feature
from features.measures import Count, Exists, Largest, Total
from features.rows import of_case
from vocabulary.text import Text

applicants = of_case("applicants").latest_per("applicant_id")
SHOWN = ("applicant_id", "kind", "priority", "amount")


class Creditors(Family):
    """Who is waiting for the money. A tag gives priority in processing; it is not a rank of payment."""

    record_family = "claim"

    applicants_count = Feature(
        rows=applicants,
        measure=Count(),
        unit="people",
        label=Text(zh="申请执行人数", en="Applicants"),
        reason=Text(zh="有{value}申请执行，{standing}", en="Applicants for enforcement: {value}, {standing}"),
        shows=SHOWN,
    )
    financial_applicant = Feature(
        rows=applicants.where(kind="financial"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="金融机构申请", en="A financial institution applies"),
        reason=Text(zh="申请执行人为金融机构：{value}", en="A financial institution is applicant: {value}"),
        shows=SHOWN,
    )
    natural_applicants = Feature(
        rows=applicants.where(kind="natural"),
        measure=Count(),
        unit="people",
        nothing_found=0.0,
        label=Text(zh="自然人申请执行人数", en="Applicants who are natural persons"),
        reason=Text(zh="申请执行人中有{value}是自然人", en="Applicants who are natural persons: {value}"),
        shows=SHOWN,
    )
    wage_claim = Feature(
        rows=applicants.where(priority="wages"),
        measure=Total("amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="工资类债权", en="Claimed as wages"),
        reason=Text(zh="其中工资类债权{value}，{standing}", en="{value} is claimed as wages, {standing}"),
        shows=SHOWN,
    )
    alimony_claim = Feature(
        rows=applicants.where(priority="alimony"),
        measure=Total("amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="赡养抚养扶养费债权", en="Claimed as alimony"),
        reason=Text(
            zh="其中赡养抚养扶养费{value}，{standing}", en="{value} is claimed as alimony, {standing}"
        ),
        shows=SHOWN,
    )
    injury_claim = Feature(
        rows=applicants.where(priority="injury"),
        measure=Total("amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="人身损害赔偿债权", en="Claimed for injury"),
        reason=Text(zh="其中人身损害赔偿{value}，{standing}", en="{value} is claimed for injury, {standing}"),
        shows=SHOWN,
    )
    relief_claim = Feature(
        rows=applicants.where(priority="relief"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="有申请人需救助", en="An applicant in need of relief"),
        reason=Text(
            zh="有申请执行人列为需救助：{value}", en="An applicant is marked as needing relief: {value}"
        ),
        shows=SHOWN,
    )
    priority_claim = Derived(
        form="sum",
        parts=(wage_claim, alimony_claim, injury_claim),
        unit="CNY",
        label=Text(zh="优先办理的债权", en="Claims with priority in processing"),
        reason=Text(
            zh="优先办理的债权共{value}，{standing}",
            en="Claims with priority in processing come to {value}, {standing}",
        ),
    )
    largest_applicant_claim = Feature(
        rows=applicants,
        measure=Largest("amount"),
        unit="CNY",
        label=Text(zh="单个申请人最高债权", en="Largest claim of one applicant"),
        reason=Text(zh="单个申请人最高债权{value}", en="The largest claim of one applicant is {value}"),
        shows=SHOWN,
    )
