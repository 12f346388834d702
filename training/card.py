"""The model card in Chinese and English: trained on what, how good, checked for whom, and where not to use it."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.card_groups import groups_section
from training.card_outlook import outlook_section
from training.figures import FIGURES, Figures
from training.groups import Groups
from training.outlook_figures import OutlookFigures
from vocabulary.text import LANGUAGES, Language, Text


@dataclass(frozen=True)
class CardFacts:
    """Everything a card says. ``figures`` by model, ours first; ``counts`` of rows used and left out;

    ``measured_from``: the first day of the test rows, where the split is by time.
    """

    name: str
    target: str
    data_digest: str
    catalogue_digest: str
    features: int
    settings: Mapping[str, object]
    calibration: tuple[float, float]
    split: str
    counts: Mapping[str, int]
    figures: Mapping[str, Figures]
    groups: Groups
    remarks: tuple[Text, ...] = ()
    measured_from: str = ""
    outlook: OutlookFigures | None = None


PLOTS = {
    "plots/calibration.png": Text(
        zh="校准曲线（测试行，十个等权分组）", en="Calibration (test rows, ten bins)"
    ),
    "plots/gain.png": Text(zh="增益曲线", en="Gain curve"),
    "plots/importance.png": Text(zh="特征增益占比", en="Gain by feature"),
}

_WORDS = {
    "title": Text(zh="模型卡：{name}", en="Model card: {name}"),
    "advice": Text(
        zh="仅供参考。分数是对未来履行比例的估计，不改变案件的任何状态；由法官决定。",
        en="For reference only (仅供参考). A score estimates a share performed later; it changes nothing in a case. "
        "The judge decides.",
    ),
    "what": Text(zh="估计什么", en="What it estimates"),
    "what_text": Text(
        zh="{target}：自基准日起该债务人到账的金额 ÷ 基准日未履行金额，取 0 至 1。共 {features} 个特征。"
        "特征目录摘要 {catalogue}，数据快照摘要 {data}。",
        en="{target}: money credited from this debtor after the as-of date ÷ amount outstanding on that date, "
        "between 0 and 1. {features} features. Catalogue digest {catalogue}, data snapshot digest {data}.",
    ),
    "rows": Text(zh="数据与划分", en="Data and split"),
    "split": Text(
        zh="按时间划分；标签窗口不跨越边界，同一债务人的行只在一侧；各侧标签按当日已知读取。",
        en="Split by time: no label window crosses an edge, all rows of a debtor are on one side, labels are read as "
        "known on each side's date.",
    ),
    "figures": Text(
        zh="测试期指标（95% 自助区间，按债务人聚类）",
        en="Figures on the test rows (95 % bootstrap by debtor)",
    ),
    "formula": Text(
        zh="gini 为归一化 Gini（按分数排序的集中度 ÷ 按结果排序的集中度）；slope 为校准斜率，1 为校准；"
        "ece 为十组期望校准误差。",
        en="gini is normalised (concentration of the outcome by score ÷ by the outcome itself); slope is the "
        "calibration slope, 1 when calibrated; ece the expected calibration error over ten bins.",
    ),
    "model": Text(zh="模型", en="Model"),
    "groups": Text(zh="分组（仅用于测量，不是特征）", en="Groups (measured only, never features)"),
    "whom": Text(zh="对谁检验过", en="For whom it was checked"),
    "whom_text": Text(
        zh="只对上表中列出的组别、行数和时期，以及出现在训练数据中的法院检验过；少于 50 行的组不显示，也未检验。"
        "组间差距只说明测得的误差，不说明原因；对行数少的组，请看区间而不是点估计。",
        en="For the groups, row counts and period listed above, in the courts that the data hold, and for nobody else; "
        "groups of fewer than 50 rows are neither shown nor checked. A distance between groups tells of error "
        "measured, not of its cause; of small groups read the interval, not the figure.",
    ),
    "limits": Text(zh="局限与禁用", en="Limits, and where it must not be used"),
}
_LIMITS = (
    Text(
        zh="不得用于列入失信名单、认定拒不执行判决罪或任何惩戒：分数估计能力，不说明意愿。",
        en="Never for dishonest-debtor listing, a finding of refusal to perform, or any sanction: it estimates ability "
        "and says nothing of will.",
    ),
    Text(
        zh="不得用于授信、雇佣、保险或被执行人以外的任何人。",
        en="Never for credit, employment or insurance, nor for anyone who is not a debtor in a named case.",
    ),
    Text(
        zh="结果是过去执行力度下的回收，不是纯粹的能力；其他法院、其他时期使用前须用当地结果重新检验。",
        en="Outcomes are what past effort recovered, not ability alone; another court or period needs a check on "
        "its own outcomes first.",
    ),
    Text(
        zh="未查询的记录族不等于没有财产；覆盖率低时请先查询，再看分数。",
        en="A record family that was not asked is not an empty one; where coverage is low, ask first.",
    ),
)
_COUNTS = {
    "train": Text(zh="训练行", en="training rows"),
    "calibrate": Text(zh="校准行", en="calibration rows"),
    "test": Text(zh="测试行", en="test rows"),
    "crossing": Text(zh="窗口跨越边界而舍弃", en="left out, window crosses an edge"),
    "elsewhere": Text(zh="债务人属于另一侧而舍弃", en="left out, debtor belongs to another side"),
    "nothing_owed": Text(zh="基准日已无欠款", en="left out, nothing owed on the date"),
    "not_followed": Text(zh="随访期未满", en="left out, not followed for the horizon"),
    "withdrawn": Text(zh="申请人撤回", en="left out, withdrawn by the applicant"),
    "paid_by_another": Text(
        zh="由其他债务人清偿（竞争事件）", en="left out, paid by another debtor (competing event)"
    ),
}


def card_files(facts: CardFacts, plots: Mapping[str, bytes]) -> dict[str, bytes]:
    """``card.zh.md``, ``card.en.md``, ``card.html`` (both languages, pictures inside) and the plots, by name."""
    written = {f"card.{language}.md": markdown(facts, language) for language in LANGUAGES}
    files = {name: text.encode() for name, text in written.items()}
    files["card.html"] = _page(facts, list(written.values()), plots).encode()
    return {**files, **plots}


def markdown(facts: CardFacts, language: Language) -> str:
    """The card in one language."""

    def say(word: str, **values: object) -> str:
        return _WORDS[word].fill(**values).to(language)

    about = say(
        "what_text",
        target=facts.target,
        features=facts.features,
        catalogue=f"`{facts.catalogue_digest[:16]}`",
        data=f"`{facts.data_digest[:16]}`",
    )
    parts = [
        f"# {say('title', name=facts.name)}",
        f"**{say('advice')}**",
        f"## {say('what')}\n\n{about}",
        f"## {say('rows')}\n\n{say('split')}\n\n```\n{facts.split}\n```\n\n{_counts(facts.counts, language)}",
        f"## {say('figures')}\n\n{figures_table(facts.figures)}\n\n{say('formula')}",
        *(f"![{label.to(language)}]({name})" for name, label in PLOTS.items()),
        *([outlook_section(facts.outlook, language)] if facts.outlook else []),
        f"## {say('groups')}\n\n{groups_section(facts.groups, language)}",
        f"## {say('model')}\n\n{_settings(facts)}",
        f"## {say('whom')}\n\n{say('whom_text')}",
        f"## {say('limits')}\n\n"
        + "\n".join(f"- {limit.to(language)}" for limit in (*_LIMITS, *facts.remarks)),
    ]
    return "\n\n".join(parts) + "\n"


def figures_table(figures: Mapping[str, Figures], names: Sequence[str] = FIGURES) -> str:
    """A Markdown table: one line a model, one column a figure."""
    lines = [f"| | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    for model, measured in figures.items():
        lines.append(f"| {model} | {' | '.join(_cell(str(measured[name])) for name in names)} |")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return "–" if "nan" in text else text.replace("-", "−")


def _counts(counts: Mapping[str, int], language: Language) -> str:
    lines = [f"| {_COUNTS[name].to(language)} | {count:,} |" for name, count in counts.items()]
    return "\n".join(["| | |", "|---|---|", *lines])


def _settings(facts: CardFacts) -> str:
    settings = ", ".join(f"{name} {value}" for name, value in facts.settings.items())
    slope, shift = facts.calibration
    return f"LightGBM cross_entropy: {settings}. slope {slope:.4f}, shift {shift:.4f}."


def _page(facts: CardFacts, texts: Sequence[str], plots: Mapping[str, bytes]) -> str:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    body = "<hr>".join(reader.render(text) for text in texts)
    for name, content in plots.items():
        inside = base64.b64encode(content).decode()
        body = body.replace(f'src="{name}"', f'src="data:image/png;base64,{inside}"')
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{html.escape(facts.name)}</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>\n"
    )


_STYLE = (
    "body{font:15px/1.6 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2833}"
    "table{border-collapse:collapse;font-size:13px}td,th{border:1px solid #d5dbe1;padding:.25rem .5rem}"
    "pre{background:#f4f6f8;padding:.75rem;overflow:auto}img{max-width:100%}"
)
