"""The part of the model card on groups: error, calibration and likely sets, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.likely import COVERED
from training.figures import Figure
from training.groups import Group, Groups
from vocabulary.families import BAND_LABELS
from vocabulary.text import Language, Text

_HEAD = Text(
    zh="| | 组 | 行 | 实际 | 预期 | bias | brier | gini | crps | 覆盖（±标准误） | 长度 |",
    en="| | group | rows | came true | expected | bias | brier | gini | crps | covered (± error) | length |",
)
_READ = Text(
    zh="bias、brier、gini、crps 附按债务人聚类的 95% 自助区间；覆盖与长度指 90% 可能区间。",
    en="bias, brier, gini and crps with 95 % bootstrap intervals by debtor; covered and length are those of the 90 % "
    "likely sets.",
)
_APART = Text(
    zh="各组之间最大差距（点估计；小组的差距部分出于偶然）：",
    en="Largest distance between two groups (as measured; of small groups part of it is chance):",
)
_APART_HEAD = Text(
    zh="| | bias | brier | crps | 覆盖 | 长度 |", en="| | bias | brier | crps | covered | length |"
)
_MISSED = Text(
    zh="90% 可能区间的覆盖偏离两个百分点加两个标准误以上的组：{names}。对这些组，区间不可照字面理解。",
    en="Groups whose 90 % likely sets miss nine in ten by more than two points and two standard errors: {names}. For "
    "them the sets must not be taken at their word.",
)
_NONE_MISSED = Text(
    zh="没有一组的覆盖偏离两个百分点加两个标准误以上。",
    en="No group's coverage misses nine in ten by more than two points and two standard errors.",
)
_APART_ORDER = ("bias", "brier", "crps", "covered", "width")
_BY = {
    "sex": Text(zh="性别", en="sex"),
    "age": Text(zh="年龄段", en="age band"),
    "debtor": Text(zh="债务人类型", en="kind of debtor"),
    "region": Text(zh="地区", en="region"),
    "claim": Text(zh="标的额（元）", en="size of claim (CNY)"),
    "coverage": Text(zh="记录覆盖率", en="record coverage"),
}
_NAMES = {
    "female": Text(zh="女", en="female"),
    "male": Text(zh="男", en="male"),
    "not told": Text(zh="未载明", en="not told"),
    "others": Text(zh="其他", en="others"),
    "below 30": Text(zh="30 岁以下", en="below 30"),
    "30 to 44": Text(zh="30 至 44 岁", en="30 to 44"),
    "45 to 59": Text(zh="45 至 59 岁", en="45 to 59"),
    "60 and above": Text(zh="60 岁及以上", en="60 and above"),
    "natural": Text(zh="自然人", en="natural person"),
    "organisation": Text(zh="法人或其他组织", en="organisation"),
    "unknown": Text(zh="不明", en="unknown"),
    "1: below 50,000": Text(zh="1：5 万以下", en="1: below 50,000"),
    "2: to 200,000": Text(zh="2：5 万至 20 万", en="2: 50,000 to 200,000"),
    "3: to 1 million": Text(zh="3：20 万至 100 万", en="3: 200,000 to 1 million"),
    "4: above 1 million": Text(zh="4：100 万以上", en="4: above 1 million"),
    **BAND_LABELS,
}
_NONE = "–"


def groups_section(groups: Groups, language: Language) -> str:
    """Two tables in Markdown: figures of each group, and how far groups lie apart."""
    lines = [_HEAD.to(language), "|" + "---|" * 11, *(_line(group, language) for group in groups.found)]
    gaps = [_APART_HEAD.to(language), "|" + "---|" * 6]
    gaps += [_gap(by, apart, language) for by, apart in groups.apart.items()]
    parts = ["\n".join(lines), _READ.to(language), *_coverage(groups, language)]
    return "\n\n".join([*parts, _APART.to(language), "\n".join(gaps)])


def _coverage(groups: Groups, language: Language) -> list[str]:
    """For which groups the likely sets do not keep their word; nothing where there are none."""
    told = [(group, group.covered) for group in groups.found if group.covered is not None]
    if not told:
        return []
    missed = [
        f"{_BY[group.by].to(language)} {_named(group.name).to(language)}"
        for group, covered in told
        if not covered.within(COVERED)
    ]
    between = {"zh": "、", "en": ", "}[language]
    return [(_MISSED.fill(names=between.join(missed)) if missed else _NONE_MISSED).to(language)]


def _line(group: Group, language: Language) -> str:
    covered = group.covered
    cells = [
        _BY[group.by].to(language),
        _named(group.name).to(language),
        f"{group.rows:,}",
        f"{group.came_true:.3f}",
        f"{group.expected:.3f}",
        *(_figure(one) for one in (group.bias, group.brier, group.gini, group.crps)),
        _NONE if covered is None else f"{covered.covered:.3f} ± {covered.error:.3f}",
        _NONE if covered is None else f"{covered.width:.3f}",
    ]
    return f"| {' | '.join(cells)} |"


def _gap(by: str, apart: Mapping[str, float], language: Language) -> str:
    cells = [f"{apart[name]:.3f}" if name in apart else _NONE for name in _APART_ORDER]
    return f"| {_BY[by].to(language)} | {' | '.join(cells)} |"


def _figure(figure: Figure | None) -> str:
    told = str(figure)
    return _NONE if figure is None or "nan" in told else told.replace("-", "−")


def _named(group: str) -> Text:
    """Words for a group; a region's code stands for itself."""
    return _NAMES.get(group, Text(zh=group, en=group))
