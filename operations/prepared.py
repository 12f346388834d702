"""Portraits prepared at night: of obligations that are new or have moved, kept where the service keeps its answers.

A judge who opens one in the morning, as of the same date, is given this very answer. Preparing is one entry in the
audit, as the night's: nobody has read anything yet, and the judge's own read is written down as every read is.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from operations.progress import Progress
from operations.service import desk_of
from triage.nightly_moved import Obligation, moved
from vocabulary.identity import shown_key

if TYPE_CHECKING:
    from operations.settings import Settings
    from scoring.bundle import Bundle
    from serving.desk import Desk
    from serving.holdings import Held

NIGHT = "night"
"""Stands for a person's key where the night itself asked."""


def prepare(
    settings: Settings,
    bundle: Bundle,
    *,
    as_of: date,
    folder: Path,
    last: Path | None,
    most: int,
    progress: Progress,
) -> dict[str, Any]:
    """Keep portraits for the queue in a folder, which follows ``last``; at most so many. Returns the counts."""
    found = moved(folder, last, as_of=as_of, most=most)
    counts = {"new": found.new, "moved": found.moved, "prepared": len(found.chosen), "most": most}
    if not found.chosen:
        return counts
    with desk_of(settings) as desk:
        held = desk.holdings.current()
        for number, obligation in enumerate(found.chosen):
            progress("portraits", number, len(found.chosen))
            _keep(desk, held, bundle, obligation, as_of)
        _write_down(desk, as_of, len(found.chosen))
    return counts


def _keep(desk: Desk, held: Held, bundle: Bundle, obligation: Obligation, as_of: date) -> None:
    from serving.answers import made_from
    from serving.purposes import Purpose
    from serving.shapes.portrait import PortraitShape
    from serving.state.archive import Answered

    party_id, case_id = obligation
    portrait = made_from(desk, held.fetch(party_id, case_id, as_of), held, bundle)
    desk.archive.keep(
        Answered(
            id=portrait.id,
            case_key=shown_key(case_id),
            debtor=shown_key(party_id),
            court=portrait.subject.court,
            as_of=as_of.isoformat(),
            purpose=Purpose.ENFORCEMENT_MEASURE.value,
            bundle=portrait.bundle,
            snapshot=portrait.snapshot,
            catalogue=portrait.catalogue,
            asked_by=NIGHT,
            document=PortraitShape.of(portrait, records_until=held.newest).model_dump_json(),
        )
    )


def _write_down(desk: Desk, as_of: date, count: int) -> None:
    from serving.permissions import Act
    from serving.reading import ANSWERED
    from serving.state.audit import Entry

    desk.audit.append(
        Entry(
            request_id=f"night-{as_of.isoformat()}",
            key_id=NIGHT,
            label="portrait nightly",
            role="",
            act=Act.PORTRAIT.value,
            outcome=ANSWERED,
            as_of=as_of.isoformat(),
            subject=f"{count} portraits prepared",
        )
    )
