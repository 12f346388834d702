"""The judge's own word on a portrait: whether it agreed, and if not, why. Kept as said; no model learns from it."""

from __future__ import annotations

from serving import answers
from serving.desk import Desk
from serving.reading import Reading
from serving.shapes.agreements import AgreementQuestion, AgreementShape, AgreementsShape
from serving.state.agreements import Answer
from serving.state.written import By
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


def agree(desk: Desk, portrait_id: str, wanted: AgreementQuestion, reading: Reading) -> AgreementsShape:
    """Keep a judge's word on a portrait.

    Raises PortraitError: as `answers.kept`, and ``why_missing`` (422) where it does not agree and no reason is given.
    """
    found = answers.kept(desk, portrait_id, reading)
    reading.subject = portrait_id
    if wanted.answer is not Answer.AGREES and len(wanted.why.strip()) < 2:
        raise _why_missing()
    desk.agreements.write(By(reading.person, found), answer=wanted.answer, why=wanted.why.strip())
    return agreements(desk, portrait_id, reading)


def agreements(desk: Desk, portrait_id: str, reading: Reading) -> AgreementsShape:
    """Everything that judges said of a portrait. Raises PortraitError as `answers.kept`."""
    found = answers.kept(desk, portrait_id, reading)
    said = [AgreementShape.of(each) for each in desk.agreements.of(found.id)]
    return AgreementsShape(portrait=found.id, agreements=said)


def _why_missing() -> PortraitError:
    return PortraitError(
        Problem(
            code="why_missing",
            title=Text(zh="缺少理由", en="A reason is missing"),
            detail=Text(
                zh="认为画像与案情不符或部分相符，须说明理由。",
                en="Where a portrait does not agree, or only in part, the reason is needed.",
            ),
            next_step=Text(zh="请写明不符之处后重新提交。", en="Say where it differs, and send it again."),
            status=422,
        )
    )
