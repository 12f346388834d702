"""One declaration, many readers: a feature is a frozen value that engines, evidence, reasons and handbook read.

A feature is *which rows* × *how they become one number*, inside a family whose docstring opens its chapter in the
handbook. It learns its name from the attribute it is assigned to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from enum import IntEnum
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from features import absence, measures
from features.measures import Measure, columns_of
from features.rows import Rows, may_be_read
from vocabulary.families import FAMILIES, RecordFamily
from vocabulary.states import QueryState
from vocabulary.text import Text

Unit = Literal[
    "CNY",
    "CNY/month",
    "days",
    "months",
    "years",
    "count",
    "people",
    "share",
    "ratio",
    "trend",
    "flag",
    "code",
]
Values = NDArray[np.float64]


class Leans(IntEnum):
    """What law or arithmetic says more of the feature does to ability: LightGBM's monotone constraint."""

    UNABLE = -1
    NEITHER = 0
    ABLE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A number about one obligation, made of rows.

    ``nothing_found`` is the value when the family was asked and no row is left; None leaves it unknown.
    ``why`` says what the leaning rests on; ``shows`` are the columns that its evidence shows.
    """

    rows: Rows
    measure: Measure
    unit: Unit
    label: Text
    reason: Text
    leans: Leans = Leans.NEITHER
    nothing_found: float | None = None
    shows: tuple[str, ...] = ()
    why: str = ""
    source: str = ""
    name: str = field(init=False, default="")
    family: str = field(init=False, default="")

    def __post_init__(self) -> None:
        for column in (*columns_of(self.measure), *self.shows):
            may_be_read(self.rows.table, column)

    def __set_name__(self, owner: type, name: str) -> None:
        _named(self, owner, name)

    @property
    def if_silent(self) -> float:
        """``nothing_found`` as a number: NaN for none."""
        return np.nan if self.nothing_found is None else self.nothing_found

    @property
    def definition(self) -> dict[str, object]:
        """What the digest covers: everything but the wording."""
        return {
            "name": self.name,
            "family": self.family,
            "rows": asdict(self.rows),
            "measure": [type(self.measure).__name__, asdict(self.measure)],  # type: ignore[call-overload]
            "nothing_found": self.nothing_found,
            "leans": int(self.leans),
        }


Form = Literal["ratio", "sum", "difference", "smaller", "product"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A number made of declared features; its evidence is that of its parts.

    ratio a ÷ b (unknown when b is not above 0), sum of the known parts (unknown when none is known), difference
    a − b − … not below ``floor``, smaller of the known parts, product.
    """

    form: Form
    parts: tuple[Feature | Derived, ...]
    unit: Unit
    label: Text
    reason: Text
    leans: Leans = Leans.NEITHER
    floor: float | None = None
    most: float | None = None
    why: str = ""
    source: str = ""
    name: str = field(init=False, default="")
    family: str = field(init=False, default="")

    def __set_name__(self, owner: type, name: str) -> None:
        _named(self, owner, name)

    def of(self, *parts: Values) -> Values:
        """Values of shape (n,) from those of the parts, each of shape (n,); NaN is unknown."""
        value = _FORMS[self.form](np.stack(parts))
        if self.floor is not None:
            value = np.where(np.isnan(value), value, np.maximum(value, self.floor))
        if self.most is not None:
            value = np.where(np.isnan(value), value, np.minimum(value, self.most))
        return value

    @property
    def definition(self) -> dict[str, object]:
        """What the digest covers: everything but the wording."""
        return {
            "name": self.name,
            "family": self.family,
            "form": self.form,
            "parts": [part.name for part in self.parts],
            "floor": self.floor,
            "most": self.most,
            "leans": int(self.leans),
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a record family, as a feature: how far asking has come, or the age of its answer in days."""

    family: str
    of: Literal["state", "age"]

    @property
    def name(self) -> str:
        """``<family>_state`` or ``<family>_age_days``."""
        return f"{self.family}_state" if self.of == "state" else f"{self.family}_age_days"

    @property
    def leans(self) -> Leans:
        """How far asking has come is no evidence either way by law; what an answer found is told by its rows."""
        return Leans.NEITHER

    @property
    def unit(self) -> Unit:
        """A step from 0 to 6, or days."""
        return "code" if self.of == "state" else "days"

    @property
    def label(self) -> Text:
        """Words for the page."""
        about = FAMILIES[self.family].label
        if self.of == "state":
            return Text(zh=f"{about.zh}查询状态", en=f"State of the query for {about.en}")
        return Text(zh=f"{about.zh}答复距今天数", en=f"Age of the answer on {about.en}")

    @property
    def reason(self) -> Text:
        """A sentence with {value}."""
        about = FAMILIES[self.family].label
        if self.of == "state":
            return Text(zh=f"{about.zh}：{{value}}", en=f"{about.en}: {{value}}".capitalize())
        return Text(zh=f"{about.zh}答复于{{value}}前", en=f"The answer on {about.en} is {{value}} old")

    @property
    def why(self) -> str:
        """Nothing to lean on."""
        return ""

    @property
    def definition(self) -> dict[str, object]:
        """What the digest covers."""
        steps = {"steps": [state.step for state in QueryState]} if self.of == "state" else {}
        return {"name": self.name, "family": self.family, "standing": self.of, **steps}


Declared = Feature | Derived | Standing


class Family:
    """Features of one kind of trace. ``record_family`` is the family whose receipts decide what silence means."""

    record_family: ClassVar[str]

    @classmethod
    def features(cls) -> tuple[Feature | Derived, ...]:
        """The declared features, in the order of the file."""
        return tuple(value for value in vars(cls).values() if isinstance(value, Feature | Derived))

    @classmethod
    def records(cls) -> RecordFamily:
        """The record family."""
        return FAMILIES[cls.record_family]


@dataclass(frozen=True)
class Catalogue:
    """All features in one order: the columns of every matrix, and the digest that a bundle must match."""

    families: tuple[type[Family], ...]
    features: tuple[Declared, ...] = field(init=False)
    names: tuple[str, ...] = field(init=False)
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        declared: list[Declared] = [feature for family in self.families for feature in family.features()]
        for code in FAMILIES:
            if FAMILIES[code].asked:
                declared += [Standing(code, "state"), Standing(code, "age")]
        names = tuple(feature.name for feature in declared)
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"features declared twice: {', '.join(twice)}")
        _parts_first(declared)
        object.__setattr__(self, "features", tuple(declared))
        object.__setattr__(self, "names", names)
        policy = {"absence": absence.VERSION, "measures": measures.VERSION}
        definitions = [policy, *(feature.definition for feature in declared)]
        object.__setattr__(self, "digest", digest_of(definitions))
        object.__setattr__(self, "_by_name", dict(zip(names, declared, strict=True)))

    def __getitem__(self, name: str) -> Declared:
        """The feature of that name. Raises KeyError with the nearest names."""
        by_name: dict[str, Declared] = self._by_name  # type: ignore[attr-defined]
        if name not in by_name:
            import difflib

            near = difflib.get_close_matches(name, self.names, n=3)
            raise KeyError(
                f"no feature [{name}]. Did you mean {', '.join(f'[{n}]' for n in near) or 'none known'}?"
            )
        return by_name[name]

    @property
    def monotone(self) -> tuple[int, ...]:
        """LightGBM's constraint vector, in the order of the names."""
        return tuple(int(feature.leans) for feature in self.features)

    @property
    def made_of_rows(self) -> tuple[Feature, ...]:
        """Features read from rows."""
        return tuple(feature for feature in self.features if isinstance(feature, Feature))

    @property
    def derived(self) -> tuple[Derived, ...]:
        """Features made of features, parts before wholes."""
        return tuple(feature for feature in self.features if isinstance(feature, Derived))


def digest_of(definitions: object) -> str:
    """SHA-256 of the canonical JSON of definitions."""
    return hashlib.sha256(json.dumps(definitions, sort_keys=True, default=str).encode()).hexdigest()


def _named(feature: Feature | Derived, owner: type, name: str) -> None:
    family = getattr(owner, "record_family", None)
    if family not in FAMILIES:
        raise TypeError(
            f"family [{owner.__name__}] names no record family: set record_family to one of FAMILIES"
        )
    object.__setattr__(feature, "name", name)
    object.__setattr__(feature, "family", family)


def _parts_first(declared: list[Declared]) -> None:
    seen: set[str] = set()
    for feature in declared:
        for part in feature.parts if isinstance(feature, Derived) else ():
            if part.name not in seen:
                raise ValueError(
                    f"[{feature.name}] is made of [{part.name}], which the catalogue lists later or never"
                )
        seen.add(feature.name)


def _ratio(parts: Values) -> Values:
    above, below = parts
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(below > 0, above / np.where(below > 0, below, 1.0), np.nan)


def _sum(parts: Values) -> Values:
    known = ~np.isnan(parts)
    total = np.zeros(parts.shape[1])
    for row, seen in zip(parts, known, strict=True):
        total = total + np.where(seen, row, 0.0)
    return np.where(known.any(axis=0), total, np.nan)


def _smaller(parts: Values) -> Values:
    least: Values = np.fmin.reduce(parts, axis=0)
    return least


def _difference(parts: Values) -> Values:
    rest: Values = np.add.reduce(parts[1:], axis=0)
    left: Values = parts[0] - rest
    return left


def _product(parts: Values) -> Values:
    whole: Values = np.multiply.reduce(parts, axis=0)
    return whole


_FORMS: dict[Form, Callable[[Values], Values]] = {
    "ratio": _ratio,
    "sum": _sum,
    "difference": _difference,
    "smaller": _smaller,
    "product": _product,
}
