"""A week's plan as the API carries it: who does what, what breaks, what the key figures would become."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from portraits.portrait import ADVICE
from serving.shapes.common import AsOf, Key, Shape, Words, Yuan
from serving.shapes.kpis import KpiShape
from triage.plan import Assignment, Broken, WeekPlan
from triage.plan.officers import TEAMS
from triage.work import WORK
from vocabulary.identity import shown_key

Team = Literal["office", "field", "opening", "query", "disposal", "closing"]


class OfficerAtWork(BaseModel):
    """An officer's hours in the week that is planned."""

    model_config = ConfigDict(extra="forbid")

    officer: str = Field(min_length=1, max_length=64, pattern=r"^\d{1,18}$", examples=["12"])
    team: Team = Field(examples=["query"])
    hours: float = Field(ge=0, le=168, examples=[36.0])


class PlanQuestion(BaseModel):
    """What is to be planned. Without officers those of the register are taken."""

    model_config = ConfigDict(extra="forbid")

    court: str = Field(min_length=1, max_length=64, examples=["SX001"])
    week: date | None = Field(
        default=None, description="first day of the week; the Monday after the queue's day unless given",
        examples=["2026-01-05"],
    )  # fmt: skip
    officers: list[OfficerAtWork] | None = Field(default=None, max_length=500, examples=[None])
    seconds: float | None = Field(default=None, ge=0, le=60, description="for the solver", examples=[20.0])


class TaskShape(Shape):
    """One task of one officer."""

    officer: str = Field(examples=["12"])
    team: str = Field(examples=["query"])
    team_name: Words = Field(examples=[{"zh": "查控", "en": "query and control"}])
    case: Key
    case_number: str = Field(examples=["（2025）苏0281执1234号"])
    debtor: Key
    work: str = Field(examples=["deduct"])
    work_name: Words = Field(examples=[{"zh": "扣划", "en": "deduct"}])
    hours: float = Field(examples=[0.5])
    money: Yuan
    deadline: str | None = Field(examples=["2026-01-09"])
    due: bool = Field(description="has to be done this week", examples=[True])
    livelihood: bool = Field(description="wages, alimony or injury", examples=[False])
    learning: bool = Field(description="drawn by the week's lot", examples=[False])

    @classmethod
    def of(cls, each: Assignment) -> TaskShape:
        """The shape of an assignment."""
        task = each.task
        return cls.model_construct(
            officer=str(each.officer_id),
            team=task.team,
            team_name=Words.of(TEAMS[task.team]),
            case=shown_key(task.case_id),
            case_number=task.case_number,
            debtor=shown_key(task.party_id),
            work=task.kind,
            work_name=Words.of(WORK[task.kind]),
            hours=task.hours,
            money=task.money,
            deadline=task.deadline,
            due=task.due,
            livelihood=task.livelihood,
            learning=task.learning,
        )


class BrokenShape(Shape):
    """A duty that the week has no room for."""

    team: Team = Field(examples=["disposal"])
    code: Literal["deadline", "livelihood_floor", "no_officer"] = Field(examples=["deadline"])
    tasks: int = Field(examples=[3])
    says: Words = Field(
        examples=[{"zh": "评估拍卖组工时不足。", "en": "Team [pricing and auction] lacks hours."}]
    )

    @classmethod
    def of(cls, each: Broken) -> BrokenShape:
        """The shape of a broken duty."""
        return cls.model_validate(
            {"team": each.team, "code": each.code, "tasks": each.tasks, "says": each.says.as_pair()}
        )


class MovedShape(Shape):
    """A key figure of the current year as it is, and as it would be were the plan carried through."""

    now: KpiShape = Field(examples=[{}])
    then: float | None = Field(description="the rate with the plan", examples=[0.91])


class PlanShape(Shape):
    """The plan of a court's week (仅供参考: a proposal)."""

    court: str = Field(examples=["SX001"])
    week: AsOf
    queue: str = Field(description="the queue that was planned", examples=["queue-2025-12-31-0a1b-2c3d"])
    tasks: list[TaskShape] = Field(examples=[[]])
    left: int = Field(description="places whose next step found no hours", examples=[120])
    money: Yuan
    bound: Yuan = Field(description="no plan brings more")
    gap: float = Field(description="part of the bound that is missed", examples=[0.002])
    hours: float = Field(examples=[1088.5])
    hours_there: float = Field(examples=[1188.0])
    methods: dict[str, str] = Field(description="by team", examples=[{"query": "HiGHS"}])
    broken: list[BrokenShape] = Field(examples=[[]])
    figures: list[MovedShape] = Field(examples=[[]])
    advice: Words = Field(
        default=Words.of(ADVICE), examples=[{"zh": "仅供参考。", "en": "For reference only."}]
    )

    @classmethod
    def of(cls, plan: WeekPlan, *, queue: str, figures: list[MovedShape]) -> PlanShape:
        """The shape of a plan."""
        return cls(
            court=plan.court,
            week=plan.week.isoformat(),
            queue=queue,
            tasks=[TaskShape.of(each) for each in plan.assignments],
            left=plan.left,
            money=plan.money,
            bound=plan.bound,
            gap=round(plan.gap, 6),
            hours=plan.hours,
            hours_there=plan.hours_there,
            methods=plan.methods,
            broken=[BrokenShape.of(each) for each in plan.broken],
            figures=figures,
        )
