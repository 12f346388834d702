"""A court's queue, its tracks, the overrides of people, and totals, as the API carries them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from portraits.portrait import ADVICE
from serving.docket import DocketPage, Listed, keys_of
from serving.queues import Published, Totals
from serving.shapes.common import AsOf, Key, Points, Shape, Words, Yuan
from serving.shapes.portrait import Band
from serving.state.overrides import Override
from triage.deadline_kinds import BY_CODE as DEADLINES
from triage.queue import Tally
from triage.tracks import BY_CODE as TRACKS
from triage.tracks.figures import PRIORITY_LABELS
from triage.work import WORK
from vocabulary.families import BAND_LABELS
from vocabulary.text import Text

TrackCode = Literal[
    "fast", "preserve", "complex", "ordinary", "ask_first", "resume", "bankruptcy", "relief", "round_end"
]
PlaceWord = Literal["first", "last"]
SaidReason = Annotated[str, Field(min_length=4, max_length=1000, examples=["申请执行人提供新线索，优先办理"])]


class TermShape(Shape):
    """A code with its name."""

    code: str = Field(examples=["deduct"])
    name: Words = Field(examples=[{"zh": "扣划", "en": "deduct"}])


class OverrideShape(Shape):
    """A person's choice against the proposal, and why."""

    id: str = Field(examples=["12"])
    case: Key
    debtor: Key
    proposed: TrackCode = Field(description="what the queue proposed then", examples=["complex"])
    track: TrackCode | None = Field(description="null: as proposed", examples=["fast"])
    track_name: Words | None = Field(examples=[{"zh": "快执", "en": "fast"}])
    place: PlaceWord | None = Field(description="null: by rank", examples=["first"])
    reason: str = Field(examples=["申请执行人提供新线索，优先办理"])
    by: str = Field(description="the label of the key", examples=["李书记员"])
    made_at: str = Field(description="instant, UTC", examples=["2026-07-01T01:05:09+00:00"])
    queue: str = Field(examples=["queue-2026-06-30-41ab41ab41ab-9f2c9f2c9f2c"])

    @classmethod
    def of(cls, override: Override) -> OverrideShape:
        """The shape of an override."""
        return cls(
            id=str(override.id),
            case=override.case_key,
            debtor=override.debtor,
            proposed=override.proposed,
            track=override.track,
            track_name=Words.of(TRACKS[override.track].name) if override.track else None,
            place=override.place,
            reason=override.reason,
            by=override.label,
            made_at=override.made_at,
            queue=override.queue,
        )


class PlaceShape(Shape):
    """One open obligation in the queue."""

    rank: int = Field(
        ge=1, description="in its track when one was asked for, else in the court", examples=[1]
    )
    case: Key
    case_number: str = Field(examples=["（2025）苏0281执1234号"])
    debtor: Key
    track: TrackCode = Field(description="proposed (仅供参考)", examples=["fast"])
    track_name: Words = Field(examples=[{"zh": "快执", "en": "fast"}])
    why: Words = Field(
        description="why it is proposed for the track",
        examples=[{"zh": "现可扣划约5.2万元", "en": "About ¥52,000 can be deducted now"}],
    )
    outstanding: Yuan
    score: Points | None = Field(description="null when too little is known", examples=[41.7])
    cautious: Points | None = Field(examples=[33.2])
    expected_money: Yuan | None = Field(description="outstanding × score", examples=[52127.7])
    expected_cautious: Yuan | None = Field(
        description="outstanding × cautious score, the debtors of a case together never above what it lacks",
        examples=[41500.0],
    )
    promised: Yuan = Field(
        description="after what earlier cases of the debtor are promised", examples=[38000.0]
    )
    timely: Yuan = Field(description="the part that can arrive within the deadline", examples=[21000.0])
    hours: float = Field(description="staff hours of the work ahead", examples=[0.5])
    worth: float = Field(description="what ranks: CNY an hour, with floor and boost", examples=[42000.0])
    work: list[TermShape] = Field(description="pieces of work, the next first", examples=[[]])
    deadline: str | None = Field(description="the statutory day that presses most", examples=["2026-08-14"])
    deadline_kind: TermShape | None = Field(examples=[None])
    pressing: bool = Field(description="near, or past", examples=[False])
    priority: TermShape | None = Field(
        description="priority in processing, no rank of payment", examples=[None]
    )
    learning: bool = Field(
        description="drawn by the week's lot, to be worked whatever the rank", examples=[False]
    )
    band: Band = Field(description="coverage of records", examples=["middle"])
    band_label: Words = Field(examples=[{"zh": "中", "en": "middle"}])
    abstained: bool = Field(description="too little is known for a score", examples=[False])
    news_on: str | None = Field(
        description="when the newest answer or measure came in", examples=["2026-06-21"]
    )
    reason: Words = Field(
        description="the weightiest reason of the score",
        examples=[{"zh": "可扣划存款5.2万元", "en": "¥52,000 of deposits"}],
    )
    override: OverrideShape | None = Field(description="what a person chose against it", examples=[None])

    @classmethod
    def of(cls, listed: Listed) -> PlaceShape:
        """The shape of a place."""
        place = listed.place
        case, debtor = keys_of(place)
        told: dict[str, Any] = {
            "rank": listed.rank,
            "case": case,
            "case_number": place.case_number,
            "debtor": debtor,
            "track": place.track,
            "track_name": _TRACK_NAMES[place.track],
            "why": Words.of(place.why),
            "outstanding": place.outstanding,
            "score": place.score,
            "cautious": place.cautious,
            "expected_money": None if place.abstained else place.expected_money,
            "expected_cautious": None if place.abstained else place.expected_cautious,
            "promised": place.promised,
            "timely": place.timely,
            "hours": place.hours,
            "worth": place.worth,
            "work": [_WORK[kind] for kind in place.steps],
            "deadline": place.deadline,
            "deadline_kind": _DEADLINES.get(place.deadline_kind),
            "pressing": place.pressing,
            "priority": _PRIORITIES.get(place.priority),
            "learning": place.learning,
            "band": place.band,
            "band_label": _BANDS[place.band],
            "abstained": place.abstained,
            "news_on": place.news_on,
            "reason": Words.of(place.weighty[0].words),
            "override": OverrideShape.of(listed.override) if listed.override else None,
        }
        return cls.model_construct(**told)  # five hundred a page, and nothing left to check


class TrackShape(Shape):
    """Sums of one track of the court, as people chose."""

    track: TrackCode = Field(examples=["fast"])
    name: Words = Field(examples=[{"zh": "快执", "en": "fast"}])
    meaning: Words = Field(examples=[{"zh": "现有可扣划资金", "en": "enough free money to deduct now"}])
    places: int = Field(examples=[43])
    promised: Yuan
    hours: float = Field(examples=[21.5])
    learning: int = Field(examples=[1])
    pressing: int = Field(examples=[7])

    @classmethod
    def of(cls, tally: Tally) -> TrackShape:
        """The shape of a track's sums."""
        track = TRACKS[tally.track]
        return cls(
            track=tally.track,
            name=Words.of(track.name),
            meaning=Words.of(track.meaning),
            places=tally.places,
            promised=round(tally.promised, 2),
            hours=round(tally.hours, 1),
            learning=tally.learning,
            pressing=tally.pressing,
        )


class QueueShape(Shape):
    """A page of a court's queue: open obligations in tracks, ranked by money an hour within the deadline."""

    court: str = Field(examples=["SX001"])
    as_of: AsOf
    open: int = Field(description="open obligations chosen", examples=[412])
    first: int = Field(description="position of the first place of this page", examples=[0])
    tracks: list[TrackShape] = Field(description="of the whole court", examples=[[]])
    places: list[PlaceShape] = Field(examples=[[]])
    queue: str = Field(examples=["queue-2026-06-30-41ab41ab41ab-9f2c9f2c9f2c"])
    snapshot: str = Field(description="first digits of the digest", examples=["41ab41ab41ab"])
    bundle: str = Field(description="first digits of the digest", examples=["9f2c9f2c9f2c"])
    advice: Words = Field(examples=[{"zh": "仅供参考", "en": "For reference only"}])

    @classmethod
    def of(cls, page: DocketPage, *, court: str) -> QueueShape:
        """The shape of a page."""
        sums = {each.track: each for each in page.tallies}
        return cls.model_construct(
            court=court,
            as_of=page.published.as_of,
            open=page.count,
            first=page.first,
            tracks=[TrackShape.of(sums[code]) for code in TRACKS if code in sums],
            places=[PlaceShape.of(each) for each in page.listed],
            queue=page.published.name,
            snapshot=page.published.snapshot,
            bundle=page.published.bundle,
            advice=Words.of(ADVICE),
        )


class OverrideQuestion(Shape):
    """Put an obligation elsewhere than proposed. Without track and place: take earlier choices back."""

    court: str = Field(min_length=1, max_length=64, examples=["SX001"])
    case: str = Field(min_length=1, max_length=64, description="reference of the case", examples=["100234"])
    debtor: str = Field(min_length=1, max_length=32, examples=["100777"])
    track: TrackCode | None = Field(default=None, examples=["fast"])
    place: PlaceWord | None = Field(default=None, examples=["first"])
    reason: SaidReason


class OverridesShape(Shape):
    """A court's overrides, newest first."""

    court: str = Field(examples=["SX001"])
    count: int = Field(examples=[3])
    overrides: list[OverrideShape] = Field(examples=[[]])


class CourtTotals(Shape):
    """Totals of one court's queue; sums over fewer than five obligations are withheld."""

    court: str = Field(examples=["SX001"])
    open: int = Field(description="open obligations", examples=[412])
    abstained: int | None = Field(description="of them without a score", examples=[37])
    outstanding: float | None = Field(description="CNY", examples=[88250000.0])
    expected_cautious: float | None = Field(description="CNY, by the cautious score", examples=[21400000.0])


class TotalsShape(Shape):
    """Totals of the queue by court."""

    as_of: AsOf
    courts: list[CourtTotals] = Field(examples=[[]])
    queue: str = Field(examples=["queue-2026-06-30-41ab41ab41ab-9f2c9f2c9f2c"])
    snapshot: str = Field(examples=["41ab41ab41ab"])
    bundle: str = Field(examples=["9f2c9f2c9f2c"])

    @classmethod
    def of(cls, published: Published, totals: tuple[Totals, ...]) -> TotalsShape:
        """The shape of the totals."""
        return cls(
            as_of=published.as_of,
            courts=[
                CourtTotals(**{name: getattr(each, name) for name in CourtTotals.model_fields})
                for each in totals
            ],
            queue=published.name,
            snapshot=published.snapshot,
            bundle=published.bundle,
        )


def _terms(names: Mapping[str, Text]) -> dict[str, TermShape]:
    return {code: TermShape(code=code, name=Words.of(name)) for code, name in names.items()}


# Made once: a page of five hundred places names each of them hundreds of times.
_TRACK_NAMES = {code: Words.of(track.name) for code, track in TRACKS.items()}
_BANDS = {code: Words.of(label) for code, label in BAND_LABELS.items()}
_WORK, _PRIORITIES = _terms(WORK), _terms(PRIORITY_LABELS)
_DEADLINES = _terms({code: deadline.name for code, deadline in DEADLINES.items()})
