"""The part of the model card on curve, likely sets and abstention, in Chinese and English."""

from __future__ import annotations

from training.outlook_figures import Abstention, OutlookFigures
from vocabulary.families import BAND_LABELS
from vocabulary.text import Language, Text

RISK_PLOT = "plots/abstention.png"

_TITLE = Text(zh="曲线、可能区间与弃答", en="Curve, likely sets, abstention")
_CURVE = Text(
    zh="曲线在十二个月处的均值就是分数；为此平移的对数几率：平均{tilt_mean:.2f}，标准差{tilt_sd:.2f}。"
    "CRPS {crps:.4f}；有任何履行的概率：Brier {brier_any:.4f}，AUC {auc_any:.3f}；"
    "全部履行的概率：Brier {brier_all:.4f}，AUC {auc_all:.3f}。",
    en="The curve's mean at twelve months is the score; log-odds added for that: mean {tilt_mean:.2f}, standard "
    "deviation {tilt_sd:.2f}. CRPS {crps:.4f}; P(any): Brier {brier_any:.4f}, AUC {auc_any:.3f}; P(all): Brier "
    "{brier_all:.4f}, AUC {auc_all:.3f}.",
)
_COVER = Text(
    zh="90% 可能区间的覆盖率（标准误按债务人聚类）与区间平均长度：",
    en="Coverage of the 90 % likely sets (standard error clustered by debtor) and mean length of the interval:",
)
_COVER_HEAD = Text(
    zh="| 记录覆盖率 | 债务人 | 行 | 覆盖 | 标准误 | 长度 |",
    en="| coverage | debtor | rows | covered | error | length |",
)
_FLOOR = Text(
    zh="存款、不动产、收入均未答复时不给分数。弃答的代价：",
    en="With none of deposits, real property and income answered no score is given. What that costs:",
)
_FLOOR_HEAD = Text(
    zh="| | 占比 | 实际 | Brier | CRPS |",
    en="| | part of rows | came true | Brier | CRPS |",
)
_SILENT, _HEARD = Text(zh="弃答", en="no score"), Text(zh="给分", en="scored")
_ALL = Text(zh="全部", en="all")
_KINDS = {
    "natural": Text(zh="自然人", en="natural person"),
    "organisation": Text(zh="法人或其他组织", en="organisation"),
}
_RISK = Text(
    zh="风险—覆盖曲线：先舍弃所知最少的行", en="Risk-coverage curve: rows of which least is known go first"
)


def outlook_section(found: OutlookFigures, language: Language) -> str:
    """The section, in Markdown."""
    parts = [
        f"## {_TITLE.to(language)}",
        _CURVE.fill(**found.curve).to(language),
        f"{_COVER.to(language)}\n\n{_coverage(found, language)}",
        f"{_FLOOR.to(language)}\n\n{_abstention(found, language)}",
        f"![{_RISK.to(language)}]({RISK_PLOT})",
    ]
    return "\n\n".join(parts)


def _coverage(found: OutlookFigures, language: Language) -> str:
    lines = [_COVER_HEAD.to(language), "|---|---|---|---|---|---|"]
    for (band, kind), one in found.covered.items():
        names = [BAND_LABELS[band], _KINDS[kind]] if band else [_ALL, _ALL]
        told = " | ".join(name.to(language) for name in names)
        lines.append(f"| {told} | {one.rows:,} | {one.covered:.3f} | {one.error:.3f} | {one.width:.3f} |")
    return "\n".join(lines)


def _abstention(found: OutlookFigures, language: Language) -> str:
    rows: list[tuple[Text, Abstention]] = [(_HEARD, found.answered)]
    if found.abstained is not None:
        rows.append((_SILENT, found.abstained))
    lines = [_FLOOR_HEAD.to(language), "|---|---|---|---|---|"]
    lines += [
        f"| {name.to(language)} | {one.part:.3f} | {one.came_true:.3f} | {one.brier:.4f} | {one.crps:.4f} |"
        for name, one in rows
    ]
    return "\n".join(lines)
