"""Features of the terms of the debt: guarantees by third parties, credit lines, how the claim is made up."""

from __future__ import annotations

from features.catalogue.claim import Claim, titles
from features.declare import Derived, Family, Feature
from features.measures import Count, Latest, Total
from vocabulary.text import Text


class Terms(Family):
    """How the debt is secured and made up."""

    record_family = "claim"

    guaranteed_amount = Feature(
        rows=titles,
        measure=Total("guaranteed"),
        unit="CNY",
        label=Text(zh="第三方担保的本金", en="Principal guaranteed by a third party"),
        reason=Text(
            zh="本金中{value}由第三方担保，{standing}",
            en="{value} of the principal is guaranteed by a third party, {standing}",
        ),
        shows=("title_id", "principal", "guaranteed"),
    )
    guaranteed_share = Derived(
        form="ratio",
        parts=(guaranteed_amount, Claim.claim_principal),
        unit="share",
        label=Text(zh="本金担保比例", en="Share of the principal guaranteed"),
        reason=Text(
            zh="本金的{value}有第三方担保，{standing}",
            en="{value} of the principal is guaranteed by a third party, {standing}",
        ),
    )
    revolving_credit = Feature(
        rows=titles,
        measure=Latest("revolving"),
        unit="flag",
        label=Text(zh="循环授信", en="Revolving line of credit"),
        reason=Text(zh="债权源于循环授信：{value}", en="The claim arises from a revolving line: {value}"),
        shows=("title_id", "revolving"),
    )
    interest_to_principal = Derived(
        form="ratio",
        parts=(Claim.claim_interest, Claim.claim_principal),
        unit="ratio",
        label=Text(zh="利息与本金之比", en="Interest to principal"),
        reason=Text(
            zh="利息为本金的{value}倍，{standing}", en="Interest is {value} times the principal, {standing}"
        ),
    )
    penalty_to_principal = Derived(
        form="ratio",
        parts=(Claim.claim_penalty, Claim.claim_principal),
        unit="ratio",
        label=Text(zh="违约金与本金之比", en="Penalty to principal"),
        reason=Text(
            zh="违约金为本金的{value}倍，{standing}",
            en="The penalty is {value} times the principal, {standing}",
        ),
    )
    titles_count = Feature(
        rows=titles,
        measure=Count(),
        unit="count",
        label=Text(zh="执行依据数", en="Titles"),
        reason=Text(zh="本案有{value}份执行依据", en="Titles in this case: {value}"),
        shows=("title_id", "principal", "effective_on"),
    )
