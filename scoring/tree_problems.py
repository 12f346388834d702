"""Why a model's text is refused: something in it is not carried here, or it is not what was written."""

from __future__ import annotations

from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


def malformed(where: str, found: Text) -> PortraitError:
    """Model text that is truncated or altered, and where."""
    return PortraitError(
        Problem(
            code="trees-malformed",
            title=Text(zh="模型文本不完整或被改动", en="The model text is truncated or altered"),
            detail=Text(zh="在 [{where}]：{found}。", en="At [{where}]: {found}.").fill(
                where=where, found=found
            ),
            next_step=Text(
                zh="请重新导出该模型包，并核对清单中的 sha256。",
                en="Export the bundle again and compare the sha256 in its manifest.",
            ),
            status=422,
            values={"where": where},
        )
    )


def not_carried(what: Text) -> PortraitError:
    """A model that LightGBM can make and this house does not carry."""
    return PortraitError(
        Problem(
            code="trees-not-carried",
            title=Text(zh="不支持此种模型", en="This kind of model is not carried"),
            detail=Text(zh="模型含有{what}。", en="The model holds {what}.").fill(what=what),
            next_step=Text(
                zh="请以数值特征、单一输出重新训练。",
                en="Train again with numeric features, constant leaves and one output.",
            ),
            status=422,
        )
    )
