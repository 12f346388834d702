"""Features of vehicles held, and of what stands before the applicant on them."""

from __future__ import annotations

from features.declare import Derived, Family, Feature, Leans
from features.measures import Count, DaysSince, Total
from features.rows import of_debtor
from vocabulary.text import Text

held = of_debtor("vehicles").latest_per("thing_id").in_force(None, "transferred_on")
burdens = (
    of_debtor("encumbrances")
    .latest_per("thing_id", "holder", "holder_case_id", "kind")
    .where(on_family="vehicles")
    .in_force("effective_on", "expires_on", "released_on")
)
THINGS = ("thing_id", "use", "share", "appraised_value", "located", "registered_on", "transferred_on")
BURDENS = ("thing_id", "kind", "holder", "secured", "rank", "effective_on", "expires_on", "released_on")


class Vehicles(Family):
    """Vehicles by the debtor's share; one that nobody can find is worth little in enforcement."""

    record_family = "vehicles"

    vehicle_value = Feature(
        rows=held,
        measure=Total("appraised_value", times="share"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property of a kind cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="车辆价值（按份额）", en="Vehicles by share"),
        reason=Text(zh="车辆价值{value}，{standing}", en="Vehicles are worth {value}, {standing}"),
        shows=THINGS,
    )
    vehicle_count = Feature(
        rows=held,
        measure=Count(),
        unit="count",
        leans=Leans.ABLE,
        why="One thing more cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="车辆数量", en="Vehicles"),
        reason=Text(zh="名下有{value}辆车，{standing}", en="Vehicles held: {value}, {standing}"),
        shows=THINGS,
    )
    vehicle_located_value = Feature(
        rows=held.true("located"),
        measure=Total("appraised_value", times="share"),
        unit="CNY",
        leans=Leans.ABLE,
        why="A vehicle that is found can be sold (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="已查找到的车辆价值", en="Vehicles found"),
        reason=Text(
            zh="实际查找到的车辆价值{value}，{standing}", en="Vehicles found are worth {value}, {standing}"
        ),
        shows=THINGS,
    )
    vehicle_working_value = Feature(
        rows=held.where(use=("commercial", "goods")),
        measure=Total("appraised_value", times="share"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="营运车辆价值", en="Vehicles used for business"),
        reason=Text(
            zh="营运车辆价值{value}，{standing}",
            en="Vehicles used for business are worth {value}, {standing}",
        ),
        shows=THINGS,
    )
    vehicle_pledged = Feature(
        rows=burdens.where(kind=("mortgage", "pledge")),
        measure=Total("secured"),
        unit="CNY",
        leans=Leans.UNABLE,
        why="A creditor with a mortgage is paid first from the thing (民法典 Art. 394).",
        nothing_found=0.0,
        label=Text(zh="车辆抵押金额", en="Mortgages on vehicles"),
        reason=Text(
            zh="车辆上有效抵押{value}，{standing}",
            en="Mortgages of {value} are in force on vehicles, {standing}",
        ),
        shows=BURDENS,
        source="民法典 Art. 394",
    )
    vehicle_seals_before = Feature(
        rows=burdens.where(kind=("seal", "freeze")).in_other_cases("holder_case_id"),
        measure=Count(),
        unit="count",
        leans=Leans.UNABLE,
        why="A seal of another case that is in force is served first, or shares (民诉解释 Art. 514).",
        nothing_found=0.0,
        label=Text(zh="其他案件对车辆的有效查封", en="Seals on vehicles for other cases"),
        reason=Text(
            zh="车辆上有{value}项其他案件的有效查封，{standing}",
            en="Seals of other cases in force on vehicles: {value}, {standing}",
        ),
        shows=(*BURDENS, "holder_case_id"),
        source="民诉解释 Art. 514",
    )
    vehicle_net = Derived(
        form="difference",
        parts=(vehicle_value, vehicle_pledged),
        floor=0.0,
        unit="CNY",
        leans=Leans.ABLE,
        why="More value left after prior creditors cannot lower what can be paid (arithmetic).",
        label=Text(zh="车辆净值", en="Vehicles net of mortgages"),
        reason=Text(
            zh="车辆扣除抵押后净值{value}，{standing}",
            en="Vehicles net of mortgages are worth {value}, {standing}",
        ),
    )
    days_since_vehicle_registered = Feature(
        rows=held,
        measure=DaysSince("registered_on"),
        unit="days",
        label=Text(zh="最近一辆车登记天数", en="Days since the newest vehicle was registered"),
        reason=Text(
            zh="最近一辆车登记于{value}前，{standing}",
            en="The newest vehicle was registered {value} ago, {standing}",
        ),
        shows=THINGS,
    )
