"""The week's plan: who does which next step, within hours, deadlines and floors."""

from triage.plan.officers import Officer, officers_of, read_officers, write_officers
from triage.plan.tasks import Task, tasks_of
from triage.plan.week import Assignment, Broken, WeekPlan, plan_week

__all__ = [
    "Assignment", "Broken", "Officer", "Task", "WeekPlan", "officers_of", "plan_week", "read_officers", "tasks_of",
    "write_officers",
]  # fmt: skip
