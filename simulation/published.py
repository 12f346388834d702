"""Published figures of real courts that the synthetic court is held to, each with its denominator and source.

Sources: 000 Gansu 2018-11-19, 001 Dawa District 2019-10-30, 003 Shaanxi (2024 figures), 004 Baiyin 2018-05-28.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Published:
    """One figure: its value or range, how far the synthetic court may be off, what it is a part of, since when."""

    name: str
    meaning: str
    low: float
    high: float
    tolerance: float
    denominator: str
    horizon: str
    source: str
    note: str = ""

    def holds(self, simulated: float) -> bool:
        """Inside the range, give or take the tolerance."""
        return self.low - self.tolerance <= simulated <= self.high + self.tolerance


def _one(name: str, meaning: str, value: float, tolerance: float, *rest: str) -> Published:
    return Published(name, meaning, value, value, tolerance, *rest)


ACCOUNTS = 25_231
FIGURES: tuple[Published, ...] = (
    _one(
        "performed_rate",
        "执行完毕率: first cases closed as performed",
        0.3943,
        0.03,
        "first cases closed in the year",
        "last calendar year",
        "003 Shaanxi 2024",
    ),
    _one(
        "recovered_rate",
        "到位率: money credited on the claim or ended by settlement",
        0.6917,
        0.05,
        "claims of first cases closed in the year",
        "last calendar year",
        "003 Shaanxi 2024; 001 Dawa gives 67.7 %",
        "definitions differ by year and place: in 2008 it was claims of performed and settled cases ÷ claims closed",
    ),
    _one(
        "with_property",
        "cases with property found (158,596 of 316,997)",
        158_596 / 316_997,
        0.03,
        "first and resumed cases filed in the year",
        "one year before the last, until closed or half a year",
        "000 Gansu 2018",
        "a deposit below 1,000 yuan and 5 % of the claim is ignored (终本 checklist)",
    ),
    Published(
        "closed_rate",
        "closing rate",
        0.8809,
        0.9196,
        0.04,
        "cases carried over and received in the year",
        "last calendar year",
        "000 Gansu 88.09 %; 001 Dawa 91.96 %",
    ),
    _one(
        "sale_rate",
        "auctioned lots that sell",
        0.693,
        0.03,
        "lots concluded",
        "six years",
        "000 Gansu 2018",
        "published a case; here a lot",
    ),
    _one(
        "premium", "hammer price over opening price", 0.3948, 0.05, "lots sold", "six years", "000 Gansu 2018"
    ),
    _one(
        "deposit_records",
        "deposit records per 25,231 accounts",
        39_258,
        4_000,
        "distinct accounts",
        "six years",
        "001 Dawa 2019",
    ),
    _one(
        "wealth_records",
        "wealth products per 25,231 accounts",
        750,
        150,
        "distinct accounts",
        "six years",
        "001 Dawa 2019",
    ),
    _one(
        "platform_records",
        "e-commerce records per 25,231 accounts",
        1_048,
        200,
        "distinct accounts",
        "six years",
        "001 Dawa 2019",
    ),
    _one(
        "registration_records",
        "business registrations per 25,231 accounts",
        982,
        200,
        "distinct accounts",
        "six years",
        "001 Dawa 2019",
    ),
    Published(
        "vehicle_records",
        "vehicles per 25,231 accounts",
        320,
        637,
        100,
        "distinct accounts",
        "six years",
        "001 Dawa 2019",
        "published together with exit and entry records (637): at most that",
    ),
    _one(
        "marriage_records",
        "marriage records per 25,231 accounts",
        470,
        100,
        "distinct accounts",
        "six years",
        "001 Dawa 2019",
    ),
    _one(
        "property_records",
        "real property records per 25,231 accounts",
        1_498,
        250,
        "distinct accounts",
        "six years",
        "001 Dawa 2019",
    ),
    _one(
        "restricted_strict",
        "限消 a case, courts of the strict habit",
        2_803 / 3_817,
        0.05,
        "cases received",
        "six years",
        "001 Dawa 2019",
    ),
    _one(
        "restricted_mild",
        "限消 a case, courts of the mild habit",
        108_700 / 289_730,
        0.05,
        "cases received",
        "six years",
        "000 Gansu 2018",
    ),
    _one(
        "listed_strict",
        "失信 a case, courts of the strict habit",
        1_544 / 3_817,
        0.05,
        "cases received",
        "six years",
        "001 Dawa 2019",
    ),
    _one(
        "listed_mild",
        "失信 a case, courts of the mild habit",
        88_261 / 289_730,
        0.05,
        "cases received",
        "six years",
        "000 Gansu 2018",
    ),
    _one("detained", "司法拘留 a case", 162 / 3_817, 0.015, "cases received", "six years", "001 Dawa 2019"),
    _one("exit_bans", "限制出境 a case", 12 / 3_817, 0.003, "cases received", "six years", "001 Dawa 2019"),
    _one(
        "wrongly_closed",
        "closures that an audit found wrong (8,794 of 20,625)",
        8_794 / 20_625,
        0.04,
        "audited closures",
        "stock of March 2024",
        "004 Baiyin 2018",
    ),
    Published(
        "round_terminated_rate",
        "终本 among closings",
        20_522 / 279_226,
        0.60,
        0.0,
        "cases closed",
        "last calendar year",
        "000 Gansu: 7.3 % in 2018, 27.9 % of its campaign's stock",
        "the two contradict each other, and 39 % performed leaves more room than either: range only",
    ),
    Published(
        "terminated_rate",
        "终结执行 among closings",
        0.0,
        0.2744,
        0.0,
        "cases closed",
        "last calendar year",
        "001 Dawa H1 2019: 27.44 %, penalised as too many",
        "an upper bound",
    ),
    Published(
        "unable",
        "cases wholly or partly without latent ability",
        0.30,
        0.40,
        0.02,
        "first cases",
        "24 months, full effort",
        "courts' own estimate of 执行不能",
        "another thing than found property",
    ),
    Published(
        "club_applicants",
        "applicants against one debtor, the fitness club",
        278,
        278,
        5,
        "one debtor",
        "six years",
        "000 Gansu 2018",
    ),
)
