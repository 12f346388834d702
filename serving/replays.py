"""A kept portrait asked again: from the records it named, and from today's as of its date, under the model it named."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from portraits.ledger import Edit
from portraits.replay import Compared, Verdict, compare, worst
from scoring.bundle import Bundle
from serving import answers
from serving.desk import Desk
from serving.holdings import Held
from serving.reading import Reading
from serving.references import key_in
from serving.shapes.common import Words
from serving.shapes.portrait import PortraitShape
from serving.shapes.replay import AttemptShape, DifferenceShape, ReplayShape
from serving.state.archive import Answered
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

MOST = 200
"""Differences shown at most; the number of all is told."""
SAYS = {
    Verdict.IDENTICAL: Text(
        zh="按当时已知的记录和所用模型重新计算，与保存的答复完全一致。",
        en="Computed again from what was known then and the model named, the answer is the one kept.",
    ),
    Verdict.WITHIN: Text(
        zh="重新计算的结果与保存的答复一致，数值误差不超过十亿分之一。",
        en="Computed again the answer is the one kept; numbers agree within one part in a thousand million.",
    ),
    Verdict.DIFFERS: Text(
        zh="重新计算的结果与保存的答复有不一致之处，见下表。",
        en="Computed again the answer differs from the one kept, in the fields below.",
    ),
}


def replay(desk: Desk, portrait_id: str, reading: Reading) -> ReplayShape:
    """The verdict on a kept portrait, from every snapshot at hand that can give one.

    Raises PortraitError: as `answers.kept`, and ``replay.bundle_gone``, ``replay.bundle_refused`` (409),
    ``records.snapshot_missing`` (503).
    """
    found = answers.kept(desk, portrait_id, reading)
    bundle = named_bundle(desk, found)
    attempts = []
    for which, held in _snapshots(desk, found):
        attempts.append(_attempt(which, held, found, remade(desk, found, held, bundle)))
    verdict = worst([Verdict(attempt.verdict) for attempt in attempts])
    return ReplayShape(
        portrait=found.id,
        as_of=found.as_of,
        case=found.case_key,
        debtor=found.debtor,
        kept_at=desk.archive.kept_at(found.id),
        verdict=verdict.value,
        verdict_label=Words.of(verdict.label),
        says=Words.of(SAYS[verdict]),
        bundle=found.bundle,
        snapshot=found.snapshot,
        snapshot_gone=attempts[0].records != "named",
        attempts=attempts,
    )


def remade(desk: Desk, found: Answered, held: Held, bundle: Bundle) -> PortraitShape:
    """The portrait of a kept one's question, made again from a snapshot as of its date."""
    party_id, case_id = keys_of(found)
    dossier = held.fetch(party_id, case_id, date.fromisoformat(found.as_of))
    made = answers.made_from(desk, dossier, held, bundle, edits=edits_of(desk, found))
    return PortraitShape.of(made, records_until=held.newest)


def edits_of(desk: Desk, found: Answered) -> tuple[Edit, ...]:
    """The edits that a kept portrait was made with, withdrawn since or not."""
    named = json.loads(found.document).get("edits", [])
    return desk.edits.named(found.case_key, found.debtor, named)


def keys_of(found: Answered) -> tuple[int, int]:
    """The keys of debtor and case of a kept portrait."""
    party_id, case_id = key_in(found.debtor), key_in(found.case_key)
    assert party_id is not None
    assert case_id is not None
    return party_id, case_id


def named_bundle(desk: Desk, found: Answered) -> Bundle:
    """The model that a kept portrait names. Raises PortraitError ``replay.bundle_gone``, ``replay.bundle_refused``."""
    try:
        return desk.shelf.named(found.bundle)
    except PortraitError as error:
        raise _no_bundle(found.bundle, error.problem) from error


def held_of(desk: Desk, found: Answered) -> Held:
    """The snapshot that a kept portrait names, or today's when that one is gone."""
    return _snapshots(desk, found)[0][1]


def _snapshots(desk: Desk, found: Answered) -> list[tuple[str, Held]]:
    """The snapshot named if it is still there, and the one in use if it is another."""
    current = desk.holdings.current()
    if current.digest == found.snapshot:
        return [("named", current)]
    try:
        return [("named", desk.holdings.named(found.snapshot)), ("current", current)]
    except PortraitError as error:
        if error.problem.code not in ("snapshot_gone", "records.snapshot_missing"):
            raise
        return [("current", current)]


def _attempt(which: str, held: Held, found: Answered, again: PortraitShape) -> AttemptShape:
    kept: dict[str, Any] = json.loads(found.document)
    text = again.model_dump_json()
    compared = compare(kept, json.loads(text))
    return AttemptShape(
        records=which,
        snapshot=held.digest,
        verdict=compared.verdict.value,
        verdict_label=Words.of(compared.verdict.label),
        letter_for_letter=text == found.document,
        count=len(compared.differences),
        differences=[DifferenceShape.of(each) for each in compared.differences[:MOST]],
        stands_on=[DifferenceShape.of(each) for each in compared.stands_on],
        since=_named_once(compared),
    )


def _named_once(compared: Compared) -> list[str]:
    """Fields said since the answer was kept, without places in lists."""
    names = ("".join(part.split("]")[-1] for part in path.split("[")) for path in compared.since)
    return list(dict.fromkeys(names))


def _no_bundle(digest: str, why: Problem) -> PortraitError:
    gone = why.code == "no_bundle"
    return PortraitError(
        Problem(
            code="replay.bundle_gone" if gone else "replay.bundle_refused",
            title=Text(zh="画像所用的模型不可用", en="The model of the portrait cannot be used"),
            detail=Text(
                zh=f"该画像所用的模型包[{digest[:12]}]"
                + ("已不在模型架上" if gone else f"被拒绝：{why.detail.zh.rstrip('。')}")
                + "，无法重新计算；保存的画像仍可查看。",
                en=f"Bundle [{digest[:12]}], which the portrait names, "
                + ("is no longer on the shelf" if gone else f"is refused: {why.detail.en.rstrip('.')}")
                + "; it cannot be computed again. The portrait as kept can still be read.",
            ),
            next_step=Text(
                zh="请从备份恢复该模型包，或用与之对应版本的服务重放。",
                en="Restore the bundle from a backup, or replay with the version of the service that wrote it.",
            ),
            status=409,
            values={"bundle": digest[:12]},
        )
    )
