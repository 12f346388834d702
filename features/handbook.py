"""The handbook of features: the catalogue rendered to Markdown (docs/features.md), with the spec cases as examples.

Run ``python -m features.handbook`` in the root of the repository to write it again.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from features.catalogue import CATALOGUE
from features.declare import Declared, Derived, Family, Feature, Standing
from features.evidence import leaves
from features.examples import Example, examples, examples_of
from features.phrases import spoken_value
from features.words import LEANINGS, UNITS, absence_in_words, form_in_words, measure_in_words, rows_in_words
from vocabulary.states import ASKING_LABELS
from vocabulary.text import Text

PLACE = Path("docs/features.md")
_INTRO = """# 特征手册 · Handbook of features

Generated from `features/catalogue` by `python -m features.handbook`; a test keeps it current.

每个特征由“哪些记录”和“如何得出一个数”组成。只读截至当日法院已知的记录。各章末尾的示例在所有引擎上逐一验证。
A feature is *which rows* × *how they become one number*. Only rows that the court knew on the day are read. The cases
at the end of each chapter are run on every engine.

"""


def handbook() -> str:
    """The whole page."""
    counted = sum(not isinstance(feature, Standing) for feature in CATALOGUE.features)
    head = f"{_INTRO}共 {counted} 个特征，另有每类查询的状态与答复天数。"
    head += f"{counted} features, and the state and age of every query.\n"
    return "\n".join([head, *(_chapter(family) for family in CATALOGUE.families), _standings()])


def show(name: str) -> str:
    """One feature's entry with its SQL and examples, as Markdown. Raises KeyError with near names."""
    declared = CATALOGUE[name]
    parts = [_entry(declared), *(_sql(leaf) for leaf in leaves(declared))]
    parts += [_case(case, {name}) for case in examples_of(name, _cases())]
    return "\n".join(parts)


def write(place: Path = PLACE) -> None:
    """Write the page to its place in docs."""
    place.write_text(handbook(), encoding="utf-8")


def _chapter(family: type[Family]) -> str:
    about = family.records().label
    names = {feature.name for feature in family.features()}
    head = f"## {family.__name__}\n\n{about.zh} · {about.en}. {(family.__doc__ or '').strip()}\n"
    entries = [_entry(feature) for feature in family.features()]
    cases = [_case(case, names) for case in _cases() if _home(case) in names]
    return "\n".join([head, *entries, *cases])


def _home(case: Example) -> str:
    """A case is printed in the chapter of its first expected value."""
    return next(iter(case.expected))


def _entry(declared: Declared) -> str:
    lines = [f"### `{declared.name}`\n", f"**{declared.label.zh} · {declared.label.en}**\n", *_made(declared)]
    lines.append(_line("方向", "leaning", LEANINGS[declared.leans], after=declared.why))
    lines.append(_line("表述", "in words", _blank(declared.reason)))
    if not isinstance(declared, Standing) and declared.source:
        lines.append(f"- 依据 · source: {declared.source}")
    shown = [_told(declared, case) for case in examples_of(declared.name, _cases())]
    lines += [f"- 示例 · example: {told}" for told in shown]
    return "\n".join([*lines, ""])


def _made(declared: Declared) -> list[str]:
    unit = UNITS[declared.unit]
    if isinstance(declared, Standing):
        return [f"- 单位 · unit: {unit.zh} · {unit.en}"]
    if isinstance(declared, Derived):
        return [_line("计算", "made of", form_in_words(declared), unit)]
    return [
        _line("记录", "rows", rows_in_words(declared.rows)),
        _line("计算", "measure", measure_in_words(declared.measure), unit),
        _line("无记录", "absence", absence_in_words(declared)),
    ]


def _line(zh: str, en: str, text: Text, unit: Text | None = None, *, after: str = "") -> str:
    chinese, english = text.zh, text.en
    if unit:
        chinese, english = f"{chinese}（{unit.zh}）", f"{english} ({unit.en})"
    return f"- {zh}：{chinese} · {en}: {english}{f'. {after}' if after else ''}"


def _blank(reason: Text) -> Text:
    """The sentence with an ellipsis for its value and without the comparison."""
    plain = Text(reason.zh.replace("，{standing}", ""), reason.en.replace(", {standing}", ""))
    return plain.fill(value="…")


def _told(declared: Declared, case: Example) -> str:
    value = case.expected[declared.name]
    words = spoken_value(declared, float("nan") if value is None else value)
    return f"“{case.title}” → {words.zh} · {words.en}"


def _case(case: Example, names: set[str]) -> str:
    """A case as a block: its tables and what it expects of the features named."""
    lines = [f"#### {case.title}\n", "```text", f"as of {case.as_of}", *case.answers]
    for table, written in case.written.items():
        lines += ["", table, written]
    lines += [
        "",
        *(f"{name} = {_number(value)}" for name, value in case.expected.items() if name in names),
        "```\n",
    ]
    return "\n".join(lines)


def _number(value: float | None) -> str:
    return "not known" if value is None else f"{value:.15g}"


def _sql(feature: Feature) -> str:
    where = feature.rows.condition()
    aggregate = feature.measure.sql(feature.rows, where)
    newest = f"-- newest per {', '.join(feature.rows.latest)}\n" if feature.rows.latest else ""
    return f"```sql\n{newest}SELECT {aggregate} AS {feature.name}\nFROM {feature.rows.table} -- visible rows\n```\n"


def _standings() -> str:
    codes = [f"| {step} | {label.zh} | {label.en} |" for step, label in ASKING_LABELS.items()]
    entries = [
        f"- `{f.name}`：{f.label.zh} · {f.label.en}" for f in CATALOGUE.features if isinstance(f, Standing)
    ]
    cases = [
        _case(case, set(case.expected)) for case in _cases() if isinstance(CATALOGUE[_home(case)], Standing)
    ]
    return "\n".join(
        [
            "## Standings\n",
            "查询状态由回执得出，绝不由有无记录推断。",
            "The state of a query comes from receipts, never from rows.\n",
            "有效答复只占一级：查到什么，由该类记录的特征说明。",
            "A fresh answer is one step, whatever it says; what it found is told by the features of its family.\n",
            "| step | 状态 | state |",
            "|---|---|---|",
            *codes,
            "",
            *entries,
            "",
            *cases,
        ]
    )


@lru_cache(maxsize=1)
def _cases() -> tuple[Example, ...]:
    return examples()


if __name__ == "__main__":
    write()
