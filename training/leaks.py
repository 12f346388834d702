"""Too good to be true: a figure near what only the outcome itself could give is a leak until shown otherwise."""

from __future__ import annotations

from training.fit import importance
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

MOST_R2 = 0.75
"""R² of a share out of time from which a run is refused, unless its plan says less: a court's records of deposits and
of payments under way explain up to about half of a year ahead on the synthetic court."""


def refuse_leak(r2: float, text: str, *, most: float) -> None:
    """Raises PortraitError, naming the weightiest features, when R² is above ``most``. ``text``: the model's."""
    if not r2 > most:
        return
    gains = importance(text)
    total = sum(gains.values()) or 1.0
    named = ", ".join(f"[{name}] {gain / total:.0%}" for name, gain in list(gains.items())[:3])
    raise PortraitError(
        Problem(
            code="leak_suspected",
            title=Text(zh="疑似结果泄漏", en="A leak is suspected"),
            detail=Text(
                zh="测试期 R² 为 {r2}，高于 {most}：特征可能已经知道结果。增益最大的特征：{named}。",
                en="R² on the test rows is {r2}, above {most}: a feature seems to know the outcome. Weightiest by "
                "gain: {named}.",
            ).fill(r2=f"{r2:.3f}", most=most, named=named),
            next_step=Text(
                zh="请核对这些特征的 known_at 是否早于基准日，再重新训练；模型未登记。",
                en="Check that the rows behind these features were known before the as-of date, then train again; "
                "nothing was registered.",
            ),
            status=422,
            values={"r2": round(r2, 3), "most": most},
        )
    )
