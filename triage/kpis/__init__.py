"""Key figures of enforcement as code: each with numerator, denominator, source and version."""

from triage.kpis.catalogue import KPIS, Kpi
from triage.kpis.count import Figure, Planned, figures, months, year_to_date
from triage.kpis.keep import keep, kept, with_plan

__all__ = [
    "KPIS",
    "Figure",
    "Kpi",
    "Planned",
    "figures",
    "keep",
    "kept",
    "months",
    "with_plan",
    "year_to_date",
]
