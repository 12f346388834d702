"""A judge edits a line of the ledger, or withdraws the edit: checked, kept, a portrait made with what stands."""

from __future__ import annotations

from portraits.ledger import Amounts, Step
from portraits.ledger.build import LIMIT
from serving import answers
from serving.desk import Desk
from serving.reading import Reading
from serving.shapes.amounts import AmountsShape
from serving.shapes.capacity import LineShape
from serving.shapes.common import Words
from serving.shapes.edits import EditedShape, EditQuestion, EditShape, EditsShape
from serving.shapes.portrait import PortraitShape, Question
from serving.state.archive import Answered
from serving.state.edits import KeptEdit
from serving.state.written import By
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


def edit(desk: Desk, portrait_id: str, wanted: EditQuestion, reading: Reading) -> EditedShape:
    """Keep the judge's figure for a line of a kept portrait, and make the portrait with it.

    Raises PortraitError: as `answers.kept`, ``no_such_line`` (404), ``ledger.limit_is_law``, ``edit_out_of_order``,
    ``edit_of_other_sign`` (422).
    """
    found = answers.kept(desk, portrait_id, reading)
    line = line_of(PortraitShape.model_validate_json(found.document), wanted.line)
    reading.subject = f"{portrait_id}/{wanted.line}"[:200]
    amounts = _checked(line, wanted.amounts.amounts)
    by_rule = line.by_rule or line.amounts
    number = desk.edits.write(
        By(reading.person, found),
        line=line.key,
        amounts=amounts,
        by_rule=fen_of(by_rule),
        reason=wanted.reason.strip(),
    )
    return _edited(desk, found, number, reading)


def withdraw(desk: Desk, portrait_id: str, edit_id: str, reason: str, reading: Reading) -> EditedShape:
    """Withdraw an edit by a further row, and make the portrait without it.

    Raises PortraitError: as `answers.kept`, ``no_such_edit`` (404), ``edit_withdrawn`` (409).
    """
    found = answers.kept(desk, portrait_id, reading)
    held = {str(each.by.id): each for each in desk.edits.of(found.case_key, found.debtor)}
    if edit_id not in held:
        raise _no_such_edit()
    kept = held[edit_id]
    reading.subject = f"{portrait_id}/{kept.line}"[:200]
    if kept.withdrawn or desk.edits.withdraw(By(reading.person, found), kept, reason=reason.strip()) is None:
        raise _withdrawn()
    return _edited(desk, found, kept.by.id, reading)


def edits(desk: Desk, portrait_id: str, reading: Reading) -> EditsShape:
    """Every edit of the portrait's obligation. Raises PortraitError as `answers.kept`."""
    found = answers.kept(desk, portrait_id, reading)
    kept = desk.edits.of(found.case_key, found.debtor)
    return EditsShape(case=found.case_key, debtor=found.debtor, edits=[EditShape.of(each) for each in kept])


def line_of(portrait: PortraitShape, key: str) -> LineShape:
    """The line of a portrait's ledger. Raises PortraitError ``no_such_line`` (404)."""
    if portrait.ledger is not None:
        lines = [line for asset in portrait.ledger.assets for line in asset.lines]
        for line in (*lines, *portrait.ledger.closing):
            if line.key == key:
                return line
    raise answers.no_such_line()


def labels_of(portrait: PortraitShape) -> dict[str, Words]:
    """What the lines of a portrait's ledger are called: the asset's name before the step's."""
    if portrait.ledger is None:
        return {}
    told = {line.key: line.label for line in portrait.ledger.closing}
    for asset in portrait.ledger.assets:
        for line in asset.lines:
            zh, en = f"{asset.label.zh}：{line.label.zh}", f"{asset.label.en}: {line.label.en}"
            told[line.key] = Words(zh=zh, en=en)
    return told


def fen_of(shape: AmountsShape) -> Amounts:
    """Amounts in whole fen, from their shape in yuan."""
    spans = (shape.now, shape.year)
    return Amounts.of([round(yuan * 100) for each in spans for yuan in (each.low, each.mid, each.high)])


def _edited(desk: Desk, found: Answered, number: int, reading: Reading) -> EditedShape:
    subject = reading.subject
    question = Question.model_validate(
        {"case": found.case_key, "debtor": found.debtor, "as_of": found.as_of, "purpose": found.purpose}
    )
    made = answers.answer(desk, question, reading)
    reading.subject = subject
    kept = next(each for each in _all(desk, found) if each.by.id == number)
    return EditedShape(edit=EditShape.of(kept), portrait=made.id)


def _all(desk: Desk, found: Answered) -> list[KeptEdit]:
    return desk.edits.of(found.case_key, found.debtor)


def _checked(line: LineShape, amounts: Amounts) -> Amounts:
    if line.key == LIMIT:
        raise _refused(
            "ledger.limit_is_law",
            Text(zh="债权上限由法律规定，不能修改。", en="The limit of the claim is law, not to be edited."),
            Text(
                zh="请修改财产项目，或更正债权数额的记录。",
                en="Edit an asset, or correct the claim's records.",
            ),
        )
    low, mid, high, *year = amounts.six
    if not (low <= mid <= high and year[0] <= year[1] <= year[2]):
        raise _refused(
            "edit_out_of_order",
            Text(zh="三种读数应为：审慎≤居中≤有利。", en="The readings have to be low ≤ mid ≤ high."),
            Text(zh="扣减额为负数，审慎读数扣减最多。", en="Deductions are below zero: low takes the most."),
        )
    if any(each < 0 for each in amounts.six) and line.step == Step.FOUND.value:
        raise _sign(Text(zh="查明价值不能为负数。", en="What was found cannot be below zero."))
    if any(each > 0 for each in amounts.six) and line.step not in (Step.FOUND.value, Step.PRICE.value):
        raise _sign(Text(zh="扣减额不能为正数。", en="A deduction cannot be above zero."))
    return amounts


def _sign(detail: Text) -> PortraitError:
    step = Text(zh="请按账目中该行的正负号填写。", en="Keep the sign that the line has in the ledger.")
    return _refused("edit_of_other_sign", detail, step)


def _refused(code: str, detail: Text, next_step: Text) -> PortraitError:
    title = Text(zh="账目修改不能使用", en="The edit cannot be used")
    return PortraitError(Problem(code, title, detail, next_step, status=422))


def _no_such_edit() -> PortraitError:
    return PortraitError(
        Problem(
            code="no_such_edit",
            title=Text(zh="没有该修改", en="No such edit"),
            detail=Text(
                zh="本案该被执行人没有该编号的修改。", en="The obligation has no edit of this number."
            ),
            next_step=Text(zh="请核对修改编号。", en="Check the number among the edits of the portrait."),
            status=404,
        )
    )


def _withdrawn() -> PortraitError:
    return PortraitError(
        Problem(
            code="edit_withdrawn",
            title=Text(zh="该修改已撤回", en="Already withdrawn"),
            detail=Text(zh="该修改此前已被撤回。", en="The edit was withdrawn before."),
            next_step=Text(zh="无需再次撤回。", en="Nothing is left to do."),
            status=409,
        )
    )
