"""The definitions: what is counted over what, read where, as of which version. Definitions changed over the years.

Every condition is over one row a case (`triage.kpis.cases`), so that each figure opens to its cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vocabulary.text import Text


class Over(StrEnum):
    """Which cases of a period a figure speaks of."""

    CLOSED = "closed in the period"
    HANDLED = "carried over or received in the period"
    THREE_YEARS = "carried over or received in the three years to the period's end"
    STANDING = "all, as they stand on the period's last day"


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure: ``above`` ÷ ``below``, SQL over the rows of cases; ``goal`` is the least that the programme asks."""

    code: str
    name: Text
    numerator: Text
    denominator: Text
    above: str
    below: str
    over: Over
    source: Text
    version: str
    goal: float | None = None
    note: Text | None = None
    money: bool = False


_COMPLETED = "closing_mode IN ('performed', 'terminated')"
_NO_TERM_LEFT = "days_counted <= term_days"
_CLOSED_CASES = Text(zh="期内结案数", en="cases closed in the period")
_WITH_PROPERTY = Text(zh="期内结案的有财产案件数", en="cases with property closed in the period")
_TERM = Text(zh="期限：法释〔2000〕29号第5条、第9条", en="term 法释〔2000〕29号 Arts 5, 9")
_OWN_NUMERATOR = Text(zh="分子：本项目的解读", en="numerator: project reading")


def _dawa(zh: str, en: str) -> Text:
    """What Dawa District Court reported of 2018 and 2019."""
    return Text(
        zh=f"大洼法院2018—2019年公布数据：{zh}", en=f"Dawa District Court 2018–2019, as reported: {en}"
    )


_TWO_MEASURES = Text(
    zh="大洼法院同页两个数：99.22%是有财产案件在法定期限内结案的比例（快慢），86.62%是有财产案件实际执结的比例（效果）；"
    "分子不同，不可互换。",
    en="Dawa gives both on one page: 99.22 % is how many cases with property were closed within the term (speed), "
    "86.62 % how many of them were actually completed (effect). Their numerators differ; one is not the other.",
)
KPIS = (
    Kpi(
        code="closing_rate",
        name=Text(zh="结案率", en="closing rate"),
        numerator=_CLOSED_CASES,
        denominator=Text(zh="期初存案与期内新收案件之和", en="cases carried over and received"),
        above="closed_in_period",
        below="true",
        over=Over.HANDLED,
        source=_dawa("3,817件中3,510件，91.96%；甘肃2018年：88.09%", "3,510 of 3,817, 91.96 %; Gansu 2018: 88.09 %"),
        version="2018",
    ),
    Kpi(
        code="actual_completion_rate",
        name=Text(zh="实际执结率", en="actual completion rate"),
        numerator=Text(
            zh="执行完毕与终结执行结案数（不含终本、销案、驳回、不予执行）",
            en="closed as performed or terminated (not rounds ended, account sold, refused or not enforced)",
        ),
        denominator=_CLOSED_CASES,
        above=_COMPLETED,
        below="true",
        over=Over.CLOSED,
        source=_dawa(
            f"71.29%；结案方式：法发〔2014〕26号第14条；{_OWN_NUMERATOR.zh}",
            f"71.29 %; closing modes 法发〔2014〕26号 Art. 14; {_OWN_NUMERATOR.en}",
        ),
        version="2019",
    ),
    Kpi(
        code="performed_rate",
        name=Text(zh="执行完毕率", en="full-performance rate"),
        numerator=Text(zh="首次执行案件以执行完毕方式结案数", en="first cases closed as performed"),
        denominator=Text(zh="期内首次执行案件结案数", en="first cases closed in the period"),
        above="closing_mode = 'performed'",
        below="first",
        over=Over.CLOSED,
        source=Text(zh="陕西2024年公布数据：39.43%", en="Shaanxi 2024, as reported: 39.43 %"),
        version="2024",
    ),
    Kpi(
        code="closed_within_term",
        name=Text(zh="法定期限内结案率", en="closed within the statutory term"),
        numerator=Text(
            zh="法定期限内结案数（扣除不计入期间）",
            en="closed within the term, periods that do not count left out",
        ),
        denominator=_CLOSED_CASES,
        above=_NO_TERM_LEFT,
        below="true",
        over=Over.CLOSED,
        source=_dawa(f"95.14%；{_TERM.zh}", f"95.14 %; {_TERM.en}"),
        version="2019",
    ),
    Kpi(
        code="completed_within_term",
        name=Text(zh="法定期限内执结率", en="completed within the statutory term"),
        numerator=Text(zh="法定期限内实际执结数", en="actually completed within the term"),
        denominator=_CLOSED_CASES,
        above=f"{_COMPLETED} AND {_NO_TERM_LEFT}",
        below="true",
        over=Over.CLOSED,
        source=Text(
            zh=f"{_TERM.zh}；{_OWN_NUMERATOR.zh}", en=f"{_TERM.en}; {_OWN_NUMERATOR.en}"
        ),
        version="2019",
    ),
    Kpi(
        code="property_closed_within_term",
        name=Text(zh="有财产案件法定期限内结案率", en="with property, closed within the term"),
        numerator=Text(zh="有财产案件在法定期限内结案数", en="cases with property closed within the term"),
        denominator=_WITH_PROPERTY,
        above=_NO_TERM_LEFT,
        below="with_property",
        over=Over.CLOSED,
        source=_dawa("99.22%", "99.22 %"),
        version="2019",
        note=_TWO_MEASURES,
    ),
    Kpi(
        code="property_completion_rate",
        name=Text(zh="有财产案件执结率", en="with property, actually completed"),
        numerator=Text(zh="有财产案件实际执结数", en="cases with property actually completed"),
        denominator=_WITH_PROPERTY,
        above=_COMPLETED,
        below="with_property",
        over=Over.CLOSED,
        source=_dawa("86.62%", "86.62 %"),
        version="2019",
        note=_TWO_MEASURES,
    ),
    Kpi(
        code="property_completed_within_term",
        name=Text(zh="有财产案件法定期限内实际执结率", en="with property, actually completed within the term"),
        numerator=Text(
            zh="有财产案件在法定期限内实际执结数", en="with property, actually completed within the term"
        ),
        denominator=_WITH_PROPERTY,
        above=f"{_COMPLETED} AND {_NO_TERM_LEFT}",
        below="with_property",
        over=Over.CLOSED,
        source=Text(
            zh="“三个90%”中的第一个，按其名称；已公布的数字是其两个组成部分各自的比例",
            en="the first of the three 90 % (三个90%), by its name; the published figures are of its two parts",
        ),
        version="2018",
        goal=0.90,
        note=_TWO_MEASURES,
    ),
    Kpi(
        code="round_termination_compliance",
        name=Text(zh="终本合格率", en="compliance rate of round terminations"),
        numerator=Text(zh="核查合格的终本案件数", en="round terminations that an audit confirmed"),
        denominator=Text(zh="经核查的终本案件数", en="round terminations audited"),
        above="audit = 'confirmed'",
        below="closing_mode = 'round_terminated' AND audit IS NOT NULL",
        over=Over.CLOSED,
        source=_dawa("99.72%；甘肃2018年：98.56%", "99.72 %; Gansu 2018: 98.56 %"),
        version="2018",
        goal=0.90,
    ),
    Kpi(
        code="petition_rate",
        name=Text(zh="执行信访办结率", en="petitions settled"),
        numerator=Text(zh="已办结信访数", en="petitions settled"),
        denominator=Text(zh="截至期末的信访数", en="petitions by the period's end"),
        above="petitions_resolved",
        below="petitions",
        over=Over.STANDING,
        source=_dawa("100%", "100 %"),
        version="2018",
        goal=0.90,
    ),
    Kpi(
        code="three_year_closing_rate",
        name=Text(zh="三年执行案件整体结案率", en="three-year closing rate"),
        numerator=Text(zh="三年内结案数", en="cases closed in the three years"),
        denominator=Text(zh="三年期初存案与三年内新收案件之和", en="carried over and received in the three years"),
        above="closed_in_period",
        below="true",
        over=Over.THREE_YEARS,
        source=_dawa("95.58%；“三个90%、一个80%”中的80%", "95.58 %; the 80 % of 三个90% 一个80%"),
        version="2018",
        goal=0.80,
    ),
    Kpi(
        code="recovery_rate",
        name=Text(zh="执行到位率（2024）", en="recovery rate by amount (2024)"),
        numerator=Text(
            zh="结案首执案件到位金额（含和解清偿）",
            en="money credited, or ended by settlement, in first cases closed",
        ),
        denominator=Text(zh="结案首执案件标的额", en="claims of first cases closed"),
        above="least(credited + settled, claim)",
        below="first",
        over=Over.CLOSED,
        source=Text(
            zh="陕西2024年公布数据：69.17%；每案至多计至其标的额",
            en="Shaanxi 2024, as reported: 69.17 %; each case counts at most its claim",
        ),
        version="2024",
        money=True,
    ),
    Kpi(
        code="recovery_rate_2008",
        name=Text(zh="标的到位率（2008）", en="recovery rate by amount (2008)"),
        numerator=Text(zh="执行完毕与和解结案案件的标的额", en="claims of cases closed as performed or by settlement"),
        denominator=Text(zh="结案案件标的额", en="claims of cases closed"),
        above="CASE WHEN closing_mode = 'performed' OR settled > 0 THEN claim ELSE 0 END",
        below="true",
        over=Over.CLOSED,
        source=Text(
            zh="2008年的定义：执行完毕与和解结案案件的全部标的额，不论实际到位多少",
            en="definition of 2008: whole claims of performed and settled cases, whatever came in",
        ),
        version="2008",
        money=True,
    ),
)  # fmt: skip
assert len({kpi.code for kpi in KPIS}) == len(KPIS)
PROGRAMME = tuple(kpi.code for kpi in KPIS if kpi.goal is not None)
"""三个90% 一个80%: the four figures that the programme sets a least value for."""
