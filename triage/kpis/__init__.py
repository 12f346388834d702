"""Key figures of enforcement as code: each with numerator, denominator, source and version.

What serves by day is here; counting (`count`, `keep`) reads whole tables and is the night's.
"""

from triage.kpis.catalogue import KPIS, Kpi
from triage.kpis.figure import Figure, Planned, months, year_to_date
from triage.kpis.kept import kept, with_plan

__all__ = ["KPIS", "Figure", "Kpi", "Planned", "kept", "months", "with_plan", "year_to_date"]
