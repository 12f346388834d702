"""Calibration as outcomes mature: what the nights' published scores said, beside what came true since.

An obligation counts once for each date on which its portrait is asked for (`scoring.cohort`), with the score of the
first night published within a month after that date; so rows are those that the model was calibrated on. A score counts
at three, six and twelve months once so much time has passed, with outcomes from `scoring.outcomes`. What was expected
by twelve months is the published score itself; by three and six months, the curve of the bundle that published it, on
the records as they were known that night.

- ``bias``: mean share that came true − mean share expected; standard error from sums by debtor.
- ``slope``: b of y ~ a + b·logit(p) (Cox 1958), with the sandwich error of the same clusters; 1 is calibrated.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from scipy.stats import norm

from features.declare import Values
from features.night import build, matrix
from monitoring.limits import Level, Limits, holm
from records.snapshot import Snapshot
from scoring.cohort import MOMENTS, cohort
from scoring.outcomes import outcomes
from scoring.reference import Integers
from scoring.shelf import Shelf
from vocabulary.dates import months_before
from vocabulary.problems import PortraitError

HORIZONS = (3, 6, 12)
HEADLINE = 12
TENTHS = 10
_BAND = float(norm.ppf(0.975))


@dataclass(frozen=True, slots=True)
class Night:
    """A published queue: its folder, its date, and the first digits of the bundle that scored it."""

    folder: Path
    as_of: date
    bundle: str


@dataclass(frozen=True, slots=True)
class Bin:
    """Obligations scored alike: mean share expected, mean share that came true with its 95 % band, how many rows."""

    expected: float
    came_true: float
    low: float
    high: float
    rows: int


@dataclass(frozen=True, slots=True)
class Matured:
    """Published scores of one horizon beside what came true: figures with 95 % bands, their chances after Holm."""

    months: int
    rows: int
    debtors: int
    since: date | None
    until: date | None
    expected: float
    came_true: float
    bias: float
    bias_error: float
    slope: float
    slope_error: float
    chance: float
    level: Level
    bins: tuple[Bin, ...]

    @property
    def bias_band(self) -> tuple[float, float]:
        """95 % confidence band of the bias."""
        return self.bias - _BAND * self.bias_error, self.bias + _BAND * self.bias_error

    @property
    def slope_band(self) -> tuple[float, float]:
        """95 % confidence band of the slope."""
        return self.slope - _BAND * self.slope_error, self.slope + _BAND * self.slope_error


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What was expected of n rows, 0 to 1, and came true, 0 to 1, each with its debtor and the day it was said."""

    expected: Values
    came_true: Values
    debtor: Integers
    day: np.ndarray[tuple[int], np.dtype[np.datetime64]]

    def __len__(self) -> int:
        return len(self.expected)


def maturity(
    snapshot: Snapshot, shelf: Shelf, queues: Path, *, as_of: date, limits: Limits
) -> tuple[Matured, ...]:
    """How published scores have done at 3, 6 and 12 months, as known on a day."""
    windows = {months: _window(months, as_of, limits) for months in HORIZONS}
    due = [night for night in nights(queues) if any(a < night.as_of <= b for a, b in windows.values())]
    rows = _published(snapshot, due, within=limits["matured_within"])
    if not rows.num_rows:
        return judged(dict.fromkeys(HORIZONS, _NOTHING), limits)
    known = outcomes(snapshot, rows, cutoff=as_of)
    means = _by_curve(snapshot, shelf, rows)
    said = {months: _said(rows, known, means[months], months, window) for months, window in windows.items()}
    return judged(said, limits)


def judged(said: dict[int, Said], limits: Limits) -> tuple[Matured, ...]:
    """Figures by horizon, held to the limits, with Holm's rule over horizons and figures."""
    found = {months: _figures(each) for months, each in said.items()}
    tested = [
        (months, name)
        for months, each in said.items()
        if len(np.unique(each.debtor)) >= limits["matured_least"]
        for name in ("bias", "slope")
    ]
    adjusted = holm([_chance(found[months], name) for months, name in tested])
    chances = dict(zip(tested, adjusted.tolist(), strict=True))
    return tuple(_matured(months, said[months], found[months], chances, limits) for months in said)


def nights(queues: Path) -> tuple[Night, ...]:
    """Published queues by date, the newest run of each date."""
    found: dict[date, tuple[float, Night]] = {}
    for path in sorted(queues.glob("queue-*/run.json")):
        record = json.loads(path.read_text("utf-8"))
        day = date.fromisoformat(record["as_of"])
        made = path.stat().st_mtime
        if day not in found or made >= found[day][0]:
            found[day] = made, Night(path.parent, day, str(record["digests"]["bundle"]))
    return tuple(night for _, (_, night) in sorted(found.items()))


def _window(months: int, as_of: date, limits: Limits) -> tuple[date, date]:
    """Nights (after, up to) whose horizon has passed: the newest year of them."""
    last = months_before(as_of, months)
    return months_before(last, limits["matured_months"]), last


def _published(snapshot: Snapshot, due: Sequence[Night], *, within: int) -> pa.Table:
    """Cohort rows with the first night after their date: party_id, case_id, as_of (the night), score, bundle."""
    parts = [_NO_ROWS]
    if due:
        rows = cohort(snapshot, cutoff=due[-1].as_of, moments=MOMENTS)
        days = rows["as_of"].to_numpy().astype("datetime64[D]")
        dates = np.array([night.as_of for night in due], dtype="datetime64[D]")
        place = np.searchsorted(dates, days)
        for number, night in enumerate(due):
            near = days > np.datetime64(night.as_of - timedelta(days=within))
            parts.append(_of_night(night, rows.filter(pa.array((place == number) & near))))
    return pa.concat_tables(parts)


def _of_night(night: Night, rows: pa.Table) -> pa.Table:
    """What a night published of these obligations; those without a score are left out."""
    columns = ["party_id", "case_id", "score", "abstained"]
    scores = pq.read_table(night.folder / "scores.parquet", columns=columns)
    heard = scores.filter(pc.invert(scores["abstained"])).drop_columns(["abstained"])
    asked = rows.group_by(["party_id", "case_id"]).aggregate([])
    kept = asked.join(heard, ["party_id", "case_id"], join_type="inner")
    kept = kept.sort_by([("party_id", "ascending"), ("case_id", "ascending")])
    for name, value in (("as_of", night.as_of), ("bundle", night.bundle)):
        kept = kept.append_column(name, pa.array([value] * kept.num_rows, _NO_ROWS.schema.field(name).type))
    return kept.select(_NO_ROWS.column_names).cast(_NO_ROWS.schema)


def _by_curve(snapshot: Snapshot, shelf: Shelf, rows: pa.Table) -> dict[int, Values]:
    """Expected shares (n,) by horizon; NaN at three and six months where the bundle has left the shelf."""
    headline = rows["score"].to_numpy() / 100.0
    means = {months: np.full(len(headline), np.nan) for months in HORIZONS} | {HEADLINE: headline}
    digests = rows["bundle"].to_numpy(zero_copy_only=False)
    for digest in np.unique(digests.astype(str)):
        try:
            bundle = shelf.named(shelf.full(digest))
        except PortraitError:
            continue
        here = np.flatnonzero(digests == digest)
        values = matrix(build(snapshot, rows.take(pa.array(here)).select(["party_id", "case_id", "as_of"])))
        curve = bundle.curve.curve(values, headline[here])
        for months in HORIZONS:
            if months != HEADLINE:
                means[months][here] = curve.mean(months)
    return means


def _said(rows: pa.Table, known: pa.Table, expected: Values, months: int, window: tuple[date, date]) -> Said:
    """Rows of the window's nights that were followed, neither withdrawn nor paid by another."""
    days = rows["as_of"].to_numpy().astype("datetime64[D]")
    fit = (days > np.datetime64(window[0])) & (days <= np.datetime64(window[1])) & ~np.isnan(expected)
    fit &= known[f"followed_{months}"].to_numpy(zero_copy_only=False)
    for ended in ("withdrawn", f"by_other_{months}"):
        fit &= ~known[ended].to_numpy(zero_copy_only=False)
    came_true = known[f"share_{months}"].to_numpy()[fit]
    return Said(expected[fit], came_true, rows["party_id"].to_numpy()[fit], days[fit])


_NOTHING = Said(np.zeros(0), np.zeros(0), np.zeros(0, np.int64), np.zeros(0, "datetime64[D]"))
_NO_ROWS = pa.schema(
    [
        ("party_id", pa.int64()),
        ("case_id", pa.int64()),
        ("as_of", pa.date32()),
        ("score", pa.float64()),
        ("bundle", pa.string()),
    ]
).empty_table()


@dataclass(frozen=True, slots=True)
class _Figures:
    bias: float
    bias_error: float
    slope: float
    slope_error: float


def _figures(said: Said) -> _Figures:
    if len(np.unique(said.debtor)) < 2:
        return _Figures(np.nan, np.nan, np.nan, np.nan)
    gap = said.came_true - said.expected
    bias = float(gap.mean())
    error = float(np.sqrt((_by_debtor(gap - bias, said.debtor) ** 2).sum()) / len(said))
    slope, slope_error = _slope(said)
    return _Figures(bias, error, slope, slope_error)


def _slope(said: Said) -> tuple[float, float]:
    """Cox's slope by Newton's steps, and its error by the sandwich over debtors; NaN when all expect the same."""
    inside = np.clip(said.expected, 1e-6, 1 - 1e-6)
    odds = np.log(inside / (1 - inside))
    if np.ptp(odds) < 1e-9 or np.ptp(said.came_true) < 1e-12:
        return np.nan, np.nan
    design = np.column_stack([np.ones(len(odds)), odds])
    at = np.array([0.0, 1.0])
    for _ in range(50):
        share = 1 / (1 + np.exp(-np.clip(design @ at, -30, 30)))
        bread = np.linalg.inv((design * (share * (1 - share))[:, None]).T @ design + 1e-9 * np.eye(2))
        step = bread @ (design.T @ (said.came_true - share))
        at = at + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-10:
            break
    pull = design * (said.came_true - share)[:, None]
    meat = np.column_stack([_by_debtor(pull[:, 0], said.debtor), _by_debtor(pull[:, 1], said.debtor)])
    spread = bread @ (meat.T @ meat) @ bread
    return float(at[1]), float(np.sqrt(spread[1, 1]))


def _by_debtor(values: Values, debtor: Integers) -> Values:
    return np.asarray(np.bincount(np.unique(debtor, return_inverse=True)[1], values), dtype=np.float64)


def _chance(found: _Figures, name: str) -> float:
    apart, error = (found.bias, found.bias_error) if name == "bias" else (found.slope - 1, found.slope_error)
    if not error > 0:
        return 1.0
    return float(2 * norm.sf(abs(apart) / error))


def _matured(
    months: int, said: Said, found: _Figures, chances: dict[tuple[int, str], float], limits: Limits
) -> Matured:
    bias, slope = chances.get((months, "bias")), chances.get((months, "slope"))
    level = Level.UNKNOWN
    if bias is not None and slope is not None:
        level = max(_level_of_bias(found.bias, bias, limits), _level_of_slope(found.slope, slope, limits))
    empty = len(said) == 0
    return Matured(
        months=months,
        rows=len(said),
        debtors=len(np.unique(said.debtor)),
        since=None if empty else said.day.min().item(),
        until=None if empty else said.day.max().item(),
        expected=float("nan") if empty else float(said.expected.mean()),
        came_true=float("nan") if empty else float(said.came_true.mean()),
        bias=found.bias,
        bias_error=found.bias_error,
        slope=found.slope,
        slope_error=found.slope_error,
        chance=min((each for each in (bias, slope) if each is not None), default=1.0),
        level=level,
        bins=_bins(said),
    )


def _level_of_bias(bias: float, adjusted: float, limits: Limits) -> Level:
    if adjusted >= limits["matured_error"] or abs(bias) < limits["bias_warning"]:
        return Level.FINE
    return Level.ALARM if abs(bias) >= limits["bias_alarm"] else Level.WARNING


def _level_of_slope(slope: float, adjusted: float, limits: Limits) -> Level:
    (low, high), (least, most) = limits["slope_warning"], limits["slope_alarm"]
    if adjusted >= limits["matured_error"] or low <= slope <= high:
        return Level.FINE
    return Level.WARNING if least <= slope <= most else Level.ALARM


def _bins(said: Said) -> tuple[Bin, ...]:
    """Up to ten bins of equal size by what was expected, with 95 % bands clustered by debtor."""
    order = np.argsort(said.expected, kind="stable")
    found = []
    for rows in np.array_split(order, min(TENTHS, len(order) // 10)) if len(order) >= 10 else ():
        true = said.came_true[rows]
        mean = float(true.mean())
        error = float(np.sqrt((_by_debtor(true - mean, said.debtor[rows]) ** 2).sum()) / len(rows))
        low, high = max(mean - _BAND * error, 0.0), min(mean + _BAND * error, 1.0)
        found.append(Bin(float(said.expected[rows].mean()), mean, low, high, len(rows)))
    return tuple(found)
