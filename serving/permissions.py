"""Who may do what: the one table of roles and acts. The API and the pages ask it, nobody repeats it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


class Role(StrEnum):
    """What a person is to the service."""

    JUDGE = "judge"
    CLERK = "clerk"
    ANALYST = "analyst"
    AUDITOR = "auditor"


class Act(StrEnum):
    """What can be done here."""

    PORTRAIT = "portrait"
    EVIDENCE = "evidence"
    QUEUE = "queue"
    QUEUE_TOTALS = "queue_totals"
    OVERRIDE = "override"
    MODELS = "models"
    PROMOTE = "promote"
    MONITORING = "monitoring"
    AUDIT = "audit"
    METRICS = "metrics"
    EDIT = "edit"
    DISPUTE = "dispute"
    AGREE = "agree"
    CLUE = "clue"


MAY: dict[Role, frozenset[Act]] = {
    Role.JUDGE: frozenset(
        {
            Act.PORTRAIT,
            Act.EVIDENCE,
            Act.QUEUE,
            Act.QUEUE_TOTALS,
            Act.OVERRIDE,
            Act.EDIT,
            Act.DISPUTE,
            Act.AGREE,
            Act.CLUE,
        }
    ),
    Role.CLERK: frozenset({Act.PORTRAIT, Act.QUEUE, Act.QUEUE_TOTALS, Act.OVERRIDE, Act.CLUE}),
    Role.ANALYST: frozenset({Act.QUEUE_TOTALS, Act.MODELS, Act.PROMOTE, Act.MONITORING, Act.METRICS}),
    Role.AUDITOR: frozenset({Act.AUDIT, Act.METRICS}),
}
ROLE_LABELS = {
    Role.JUDGE: Text(zh="法官", en="judge"),
    Role.CLERK: Text(zh="分案人员", en="triage clerk"),
    Role.ANALYST: Text(zh="分析员", en="analyst"),
    Role.AUDITOR: Text(zh="审计员", en="auditor"),
}
ACT_LABELS = {
    Act.PORTRAIT: Text(zh="查看画像", en="open portraits"),
    Act.EVIDENCE: Text(zh="查看证据记录", en="open evidence"),
    Act.QUEUE: Text(zh="查看执行队列", en="read the queue"),
    Act.QUEUE_TOTALS: Text(zh="查看队列汇总", en="read totals of the queue"),
    Act.OVERRIDE: Text(zh="调整执行队列", en="override places of the queue"),
    Act.MODELS: Text(zh="查看模型", en="read about the model"),
    Act.PROMOTE: Text(zh="提请或批准换用模型", en="propose or approve a model"),
    Act.MONITORING: Text(zh="查看运行监测", en="read what monitoring found"),
    Act.AUDIT: Text(zh="查看审计记录", en="read the audit"),
    Act.METRICS: Text(zh="查看运行指标", en="read metrics"),
    Act.EDIT: Text(zh="修改可供执行财产账目", en="edit lines of the ledger"),
    Act.DISPUTE: Text(zh="登记异议", en="write down disputes"),
    Act.AGREE: Text(zh="登记是否认同画像", en="say whether the portrait agreed"),
    Act.CLUE: Text(zh="登记财产线索", en="hand in clues"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in: by which key, in which role, limited to which court (None: all courts)."""

    key_id: str
    role: Role
    label: str
    court: str | None = None

    def may(self, act: Act) -> bool:
        """Whether the role allows the act."""
        return act in MAY[self.role]

    def sees(self, court: str) -> bool:
        """Whether the key reaches a court's cases."""
        return self.court is None or self.court == court


def require(person: Person, act: Act) -> None:
    """Raise PortraitError (``not_permitted``, 403) when the role does not allow the act."""
    if person.may(act):
        return
    role, what = ROLE_LABELS[person.role], ACT_LABELS[act]
    allowed = [ROLE_LABELS[each] for each in Role if act in MAY[each]]
    raise PortraitError(
        Problem(
            code="not_permitted",
            title=Text(zh="没有权限", en="Not permitted"),
            detail=Text(zh=f"角色[{role.zh}]不能{what.zh}。", en=f"The role [{role.en}] may not {what.en}."),
            next_step=Text(
                zh=f"请使用以下角色的密钥：{'、'.join(label.zh for label in allowed)}。",
                en=f"Use a key of one of these roles: {', '.join(label.en for label in allowed)}.",
            ),
            status=403,
            values={"role": person.role.value, "act": act.value},
        )
    )


def require_court(person: Person, court: str) -> None:
    """Raise PortraitError (``other_court``, 403) when the key does not reach the court's cases."""
    if person.sees(court):
        return
    raise PortraitError(
        Problem(
            code="other_court",
            title=Text(zh="非本院案件", en="Another court's case"),
            detail=Text(
                zh=f"该密钥只能查看法院[{person.court}]的案件。",
                en=f"This key reads cases of court [{person.court}] only.",
            ),
            next_step=Text(
                zh="请核对案件，或使用有权限的密钥。", en="Check the case, or use a key that reaches it."
            ),
            status=403,
            values={"court": person.court},
        )
    )
