"""What people type into forms, read as the API's own questions are: one set of limits, one wording of what is wrong."""

from __future__ import annotations

from typing import Any, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

Question = TypeVar("Question", bound=BaseModel)


def read_form(question: type[Question], values: dict[str, Any]) -> Question:
    """The question of a form's values. Raises RequestValidationError naming each field."""
    try:
        return question.model_validate(values)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error


def plain_figure(text: str) -> str:
    """A figure as people write it, without separators and with a plain minus."""
    return text.strip().replace("−", "-").replace("，", "").replace(",", "").replace("¥", "")
