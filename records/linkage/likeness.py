"""Firms by likeness: names and addresses compared by Splink (Fellegi and Sunter 1969) on a DuckDB of its own.

People never come here. Splink is imported when it is used: only the nightly linkage needs it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from records.linkage.candidates import Candidate
from records.linkage.firm_names import province_of, read_address, read_name
from records.linkage.likeness_model import BLOCKS, COLUMNS, COMPARISONS, Comparison, Level, Model
from records.linkage.links import Decision, Evidence, LinkKind
from records.linkage.parties import Party, codes_differ
from records.store import Limits
from vocabulary.identity import masked

if TYPE_CHECKING:
    from splink import Linker, SettingsCreator
    from splink.internals.comparison_creator import ComparisonCreator

_SEED = 20_260_101
_SAMPLED_PAIRS = 200_000
_LISTS = pa.list_(pa.string())
_TYPES = {"party": pa.int64(), "founded_on": pa.date32(), "letters": _LISTS, "patterns": _LISTS}
_SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in COLUMNS])


def by_likeness(
    parties: Mapping[int, Party], *, model: Model, limits: Limits | None = None
) -> dict[tuple[int, int], Candidate]:
    """Pairs of firms that are likely one, linked or doubtful; never people, branches, or firms whose numbers differ.

    A pair is linked only when more than the name speaks for it, and nothing against: no other place in the names, not
    debtors of one case. All others from ``doubtful_from`` on are doubtful.
    """
    firms = {each.party: each for each in parties.values() if each.kind == "organisation" and each.name}
    rows = [row for each in firms.values() if (row := _row(each)) is not None]
    if len(rows) < 2:
        return {}
    found: dict[tuple[int, int], Candidate] = {}
    for scored in _scored(rows, model, limits or Limits()):
        one, other = firms[scored["party_l"]], firms[scored["party_r"]]
        if not codes_differ([one], [other]):
            found[min(one.party, other.party), max(one.party, other.party)] = _candidate(
                scored, one, other, model
            )
    return found


def _row(firm: Party) -> dict[str, Any] | None:
    """What is compared of a firm; None for a branch, which is no party of its own name."""
    name, address = read_name(firm.name or ""), read_address(firm.address or "")
    if name is None or name.branch is not None:
        return None
    home = (address.province if address else None) or province_of(firm.region)
    return {
        "party": firm.party,
        "core": name.core,
        "core_start": name.core[:2],
        "letters": sorted(set(name.core)),
        "patterns": [f"{name.core[:place]}?{name.core[place + 1 :]}" for place in range(len(name.core))],
        "form": name.form,
        "province": name.province,
        "city": name.city,
        "street": address.street if address else None,
        "street_end": address.street[-2:] if address and address.street else None,
        "door": address.door if address else None,
        "home_province": home,
        "home_city": address.city if address else None,
        "founded_on": firm.founded_on,
    }


def _scored(rows: list[dict[str, Any]], model: Model, limits: Limits) -> list[dict[str, Any]]:
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    engine = duckdb.connect(config={"memory_limit": limits.memory, "threads": limits.threads})
    try:
        with _randomness_kept():
            engine.register("given", pa.Table.from_pylist(rows, schema=_SCHEMA))
            engine.execute("create table firms as select * from given order by party")
            api = DuckDBAPI(connection=engine)
            linker = Linker(api.register("firms"), _settings(model, len(rows)), log_level=None)
            if len(rows) >= model.measured_from:
                _measure(linker)
            answer = linker.inference.predict(
                threshold_match_probability=model.doubtful_from, warning_mode="never"
            )
            pairs = engine.execute(f"select * from {answer.physical_name} order by party_l, party_r")
            return list(pairs.to_arrow_table().to_pylist())
    finally:
        engine.close()


def _settings(model: Model, firms: int) -> SettingsCreator:
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="party",
        comparisons=[
            _comparison(each, model.weights[each.name], measured=firms >= model.measured_from)
            for each in COMPARISONS
        ],
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in BLOCKS],
        probability_two_random_records_match=model.copies_per_firm / max(firms, model.measured_from),
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
        linker_uid="firms",
    )


def _comparison(
    comparison: Comparison, weights: Mapping[str, tuple[float, float]], *, measured: bool
) -> ComparisonCreator:
    from splink.comparison_level_library import CustomLevel
    from splink.comparison_library import CustomComparison

    levels: list[Any] = [CustomLevel(comparison.missing, "missing").configure(is_null_level=True)]
    for each in comparison.levels:
        level = _level(each, *weights[each.name], fixed=not comparison.local)
        if each.frequency and measured:
            level.configure(tf_adjustment_column=each.frequency, disable_tf_exact_match_detection=True)
        levels.append(level)
    return CustomComparison(output_column_name=comparison.name, comparison_levels=levels)


def _level(level: Level, m: float, u: float, *, fixed: bool) -> Any:
    from splink.comparison_level_library import CustomLevel, ElseLevel

    made = CustomLevel(level.sql, level.name) if level.sql else ElseLevel()
    return made.configure(m_probability=m, u_probability=u, fix_m_probability=True, fix_u_probability=fixed)


def _measure(linker: Linker) -> None:
    """How often two different firms are alike by chance, in pairs of this store, where that is local."""
    linker.training.estimate_u_using_random_sampling(
        max_pairs=_SAMPLED_PAIRS, seed=_SEED, min_count_per_level=None, num_chunks=1
    )


def _candidate(scored: Mapping[str, Any], one: Party, other: Party, model: Model) -> Candidate:
    evidence, levels = _evidence(scored, one, other)
    probability = float(scored["match_probability"])
    against = _against(one, other, levels)
    linked = probability >= model.linked_from and not against
    return Candidate(
        one.party,
        other.party,
        LinkKind.NAME_ADDRESS,
        Decision.LINKED if linked else Decision.DOUBTFUL,
        f"splink:{model.digest}",
        evidence,
        max(one.told_on, other.told_on),
        probability,
        against,
    )


def _against(one: Party, other: Party, levels: Mapping[str, str]) -> str:
    """Why likeness, however great, does not decide; empty when it may."""
    if one.cases & other.cases:
        return "debtors of one case"
    if levels["place"] == "other":
        return "the names carry different places"
    further = (levels["address"] == "same_door") + (levels["founded"] == "same_day")
    if levels["name"] == "one_character" and further < 2:
        return "a character of the trade name differs"
    if levels["name"] not in ("equal", "one_character"):
        return "the trade names differ"
    return "" if further else "nothing but the name speaks for it"


def _evidence(
    scored: Mapping[str, Any], one: Party, other: Party
) -> tuple[tuple[Evidence, ...], dict[str, str]]:
    """The waterfall of a pair, from the prior on, and the level reached in every comparison."""
    levels: dict[str, str] = {}
    steps: list[Evidence] = []
    for each in COMPARISONS:
        names = [level.name for level in each.levels]
        gamma = scored[f"gamma_{each.name}"]
        levels[each.name] = "missing" if gamma < 0 else names[len(names) - 1 - gamma]
        weight = sum(float(scored[name] or 0.0) for name in _weights_of(scored, each.name))
        steps.append(
            Evidence(each.name, levels[each.name], _shown(one, each.shows), _shown(other, each.shows), weight)
        )
    prior = float(scored["match_weight"]) - sum(each.weight or 0.0 for each in steps)
    return (Evidence("prior", "", weight=prior), *steps), levels


def _weights_of(scored: Mapping[str, Any], comparison: str) -> list[str]:
    return [name for name in (f"mw_{comparison}", f"mw_tf_adj_{comparison}") if name in scored]


def _shown(party: Party, column: str) -> str:
    value = getattr(party, column)
    return value.isoformat() if isinstance(value, date) else masked(value)


@contextmanager
def _randomness_kept() -> Iterator[None]:
    """Splink names its tables by draws from the global state: put it back as it was."""
    before = random.getstate()
    try:
        yield
    finally:
        random.setstate(before)
