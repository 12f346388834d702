"""Features of shares in companies held by the debtor: their shares, never the companies' property."""

from __future__ import annotations

from features.declare import Derived, Family, Feature, Leans
from features.measures import Count, Largest, Total
from features.rows import of_debtor
from vocabulary.text import Text

held = of_debtor("equity").latest_per("thing_id").in_force(None, "transferred_on")
burdens = (
    of_debtor("encumbrances")
    .latest_per("thing_id", "holder", "holder_case_id", "kind")
    .where(on_family="equity")
    .in_force("effective_on", "expires_on", "released_on")
)
THINGS = ("thing_id", "company_id", "share", "appraised_value", "listed", "transferred_on")
BURDENS = ("thing_id", "kind", "holder", "secured", "rank", "effective_on", "expires_on", "released_on")


class Equity(Family):
    """Stakes in companies, at the debtor's share of the company's appraised worth."""

    record_family = "equity"

    equity_value = Feature(
        rows=held,
        measure=Total("appraised_value", times="share"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property of a kind cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="股权价值（按份额）", en="Equity by share"),
        reason=Text(
            zh="股权按份额价值{value}，{standing}", en="Equity is worth {value} by share, {standing}"
        ),
        shows=THINGS,
        source="强制执行股权规定 Art. 2",
    )
    equity_count = Feature(
        rows=held,
        measure=Count(),
        unit="count",
        leans=Leans.ABLE,
        why="One stake more cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="持股公司数", en="Stakes held"),
        reason=Text(
            zh="持有{value}家公司的股权，{standing}", en="Stakes held in companies: {value}, {standing}"
        ),
        shows=THINGS,
    )
    equity_listed_value = Feature(
        rows=held.true("listed"),
        measure=Total("appraised_value", times="share"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More that is easily sold cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="上市公司股权价值", en="Equity that is traded"),
        reason=Text(
            zh="上市公司股权价值{value}，{standing}", en="Traded equity is worth {value}, {standing}"
        ),
        shows=THINGS,
    )
    equity_largest_share = Feature(
        rows=held,
        measure=Largest("share"),
        unit="share",
        nothing_found=0.0,
        label=Text(zh="最高持股比例", en="Largest stake"),
        reason=Text(zh="最高持股比例{value}，{standing}", en="The largest stake is {value}, {standing}"),
        shows=THINGS,
    )
    equity_pledged = Feature(
        rows=burdens.where(kind=("mortgage", "pledge")),
        measure=Total("secured"),
        unit="CNY",
        leans=Leans.UNABLE,
        why="A creditor with a pledge is paid first from the stake (民法典 Art. 425).",
        nothing_found=0.0,
        label=Text(zh="股权质押金额", en="Pledges on equity"),
        reason=Text(
            zh="股权上有效质押{value}，{standing}", en="Pledges of {value} are in force on equity, {standing}"
        ),
        shows=BURDENS,
        source="民法典 Art. 425",
    )
    equity_seals_before = Feature(
        rows=burdens.where(kind=("seal", "freeze")).in_other_cases("holder_case_id"),
        measure=Count(),
        unit="count",
        leans=Leans.UNABLE,
        why="A freeze of another case that is in force is served first, or shares (民诉解释 Art. 514).",
        nothing_found=0.0,
        label=Text(zh="其他案件对股权的有效冻结", en="Freezes of equity for other cases"),
        reason=Text(
            zh="股权上有{value}项其他案件的有效冻结，{standing}",
            en="Freezes of other cases in force on equity: {value}, {standing}",
        ),
        shows=(*BURDENS, "holder_case_id"),
        source="民诉解释 Art. 514",
    )
    equity_net = Derived(
        form="difference",
        parts=(equity_value, equity_pledged),
        floor=0.0,
        unit="CNY",
        leans=Leans.ABLE,
        why="More value left after prior creditors cannot lower what can be paid (arithmetic).",
        label=Text(zh="股权净值", en="Equity net of pledges"),
        reason=Text(
            zh="股权扣除质押后净值{value}，{standing}",
            en="Equity net of pledges is worth {value}, {standing}",
        ),
    )
