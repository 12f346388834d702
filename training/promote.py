"""Promotion: one person proposes, another approves, the pointer follows the logbook; and the way back.

A proposal needs a passing comparison of the challenger with the champion of that moment. The first champion of a shelf
is crowned when it is filed: there is nothing to compare it with. Every step is a line of the logbook before it happens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from features.catalogue import CATALOGUE
from features.declare import Catalogue
from scoring.logbook import Entry, Step, crowned
from scoring.shelf import Shelf
from training.challenge import Challenge
from training.register import point_registry
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person as their sign-in key names them: the name on the key, and the key's id."""

    name: str
    key: str

    def same(self, entry: Entry) -> bool:
        """Whether this person wrote the line: the same name, or the same key under another."""
        return self.name.casefold().strip() == entry.by.casefold().strip() or self.key == entry.key


def record(shelf: Shelf, found: Challenge) -> Entry:
    """Write a comparison into the logbook, passed or not."""
    with shelf.logbook.turn() as turn:
        return turn.add(Step.COMPARED, found.challenger, against=found.champion, facts=found.facts)


def propose(shelf: Shelf, digest: str, *, by: Signatory, catalogue: Catalogue = CATALOGUE) -> Entry:
    """Propose a bundle as champion.

    Raises PortraitError: ``already_champion``, ``not_compared`` (no comparison with the champion of today),
    ``comparison_failed`` (the newest did not pass), or what the shelf says of a bundle that cannot be read.
    """
    shelf.named(digest, catalogue)
    with shelf.logbook.turn() as turn:
        champion = _champion(shelf, digest)
        compared = _passing(turn.entries, digest, champion)
        facts = {"comparison": compared.facts["digest"], "line": compared.id}
        return turn.add(Step.PROPOSED, digest, against=champion, by=by.name, key=by.key, facts=facts)


def approve(
    shelf: Shelf, digest: str, *, by: Signatory, runs: Path | None = None, catalogue: Catalogue = CATALOGUE
) -> Entry:
    """Approve another person's proposal: the line is written, then the pointer and the registry's alias move.

    Raises PortraitError: as `propose`, ``not_proposed`` (nobody proposed it against the champion of today) or
    ``same_person`` (whoever proposed it may not approve it).
    """
    shelf.named(digest, catalogue)
    with shelf.logbook.turn() as turn:
        champion = _champion(shelf, digest)
        _passing(turn.entries, digest, champion)
        proposal = _proposal(turn.entries, digest, champion)
        if by.same(proposal):
            raise _same_person(by)
        facts = {"proposed_by": proposal.by, "proposal": proposal.id}
        entry = turn.add(Step.APPROVED, digest, against=champion, by=by.name, key=by.key, facts=facts)
        _point(shelf, digest, runs)
        return entry


def roll_back(
    shelf: Shelf,
    *,
    by: Signatory,
    reason: str,
    to: str | None = None,
    runs: Path | None = None,
    catalogue: Catalogue = CATALOGUE,
) -> Entry:
    """Go back to the champion before this one, or to an earlier champion; one person may, and says why.

    Raises PortraitError: ``nothing_before`` when the bundle was never champion or there was none before,
    ``reason_missing`` for an empty reason, or what the shelf says of a bundle that cannot be read.
    """
    if not reason.strip():
        raise _problem(
            "reason_missing",
            Text(zh="退回须写明理由。", en="Going back has to say why."),
            Text(zh="请用 --reason 写明理由。", en="Give the reason with --reason."),
        )
    with shelf.logbook.turn() as turn:
        champion = shelf.digest()
        earlier = _before(turn.entries, champion, to)
        shelf.named(earlier, catalogue)
        entry = turn.add(
            Step.ROLLED_BACK, earlier, against=champion, by=by.name, key=by.key, facts={"reason": reason}
        )
        _point(shelf, earlier, runs)
        return entry


def settle(shelf: Shelf, *, runs: Path | None = None) -> str | None:
    """Finish a move that was written down and then interrupted; the digest that the pointer was moved to, else None."""
    with shelf.logbook.turn() as turn:
        crowns = crowned(turn.entries)
        if not crowns or shelf.digest_or_none() == crowns[-1].bundle:
            return None
        _point(shelf, crowns[-1].bundle, runs)
        return crowns[-1].bundle


def _point(shelf: Shelf, digest: str, runs: Path | None) -> None:
    if runs is not None:
        point_registry(runs, digest)
    shelf.point(digest)


def _champion(shelf: Shelf, digest: str) -> str:
    champion = shelf.digest()
    if champion == digest:
        raise _problem(
            "already_champion",
            Text(zh=f"[{digest[:12]}]已是在用模型。", en=f"[{digest[:12]}] is the champion already."),
            Text(zh="请核对模型包编号：portrait models。", en="Check the digest: portrait models"),
        )
    return champion


def _passing(entries: Sequence[Entry], digest: str, champion: str) -> Entry:
    """The newest comparison of these two, which has to have passed."""
    found = [
        each
        for each in entries
        if each.step is Step.COMPARED and each.bundle == digest and each.against == champion
    ]
    again = Text(
        zh=f"请先比较：portrait challenge {digest[:12]}。",
        en=f"Compare first: portrait challenge {digest[:12]}",
    )
    if not found:
        raise _problem(
            "not_compared",
            Text(
                zh=f"[{digest[:12]}]尚未与在用模型[{champion[:12]}]在相同的后续案件上比较。",
                en=f"[{digest[:12]}] was not compared with the champion [{champion[:12]}] on the same later cases.",
            ),
            again,
        )
    if not found[-1].facts["passes"]:
        missed = [each for each in found[-1].facts["demands"] if not each["met"]]
        raise _problem(
            "comparison_failed",
            Text(
                zh="最近一次比较未通过：" + "；".join(each["zh"] for each in missed) + "。",
                en="The newest comparison did not pass: " + "; ".join(each["en"] for each in missed) + ".",
            ),
            Text(
                zh="请用更多案件重新训练，或待后续案件增多后再比较。",
                en="Train again with more cases, or compare again when there are more later cases.",
            ),
        )
    return found[-1]


def _proposal(entries: Sequence[Entry], digest: str, champion: str) -> Entry:
    """The newest proposal of the bundle since the champion was crowned."""
    since = max((each.id for each in crowned(entries)), default=0)
    found = [
        each
        for each in entries
        if each.step is Step.PROPOSED
        and each.bundle == digest
        and each.against == champion
        and each.id > since
    ]
    if not found:
        raise _problem(
            "not_proposed",
            Text(
                zh=f"无人提请以[{digest[:12]}]换用在用模型。",
                en=f"Nobody proposed [{digest[:12]}] in the place of the champion.",
            ),
            Text(
                zh=f"请先由另一人提请：portrait promote {digest[:12]} --by 姓名。",
                en=f"Have another person propose it first: portrait promote {digest[:12]} --by NAME",
            ),
        )
    return found[-1]


def _before(entries: Sequence[Entry], champion: str, to: str | None) -> str:
    """The champion before this one; or the one asked for, if it ever was champion."""
    ever = [each.bundle for each in crowned(entries)]
    place = max((at for at, digest in enumerate(ever) if digest == champion), default=0)
    earlier = [digest for digest in ever[:place] if digest != champion]
    if to is not None:
        earlier = [digest for digest in ever if digest == to != champion]
    if not earlier:
        raise _problem(
            "nothing_before",
            Text(
                zh="登记簿中没有可退回的在用模型。", en="The logbook names no earlier champion to go back to."
            ),
            Text(zh="请查看登记簿：portrait models。", en="Look at the logbook: portrait models"),
        )
    return earlier[-1]


def _same_person(by: Signatory) -> PortraitError:
    return _problem(
        "same_person",
        Text(
            zh=f"[{by.name}]提请了该模型，不能由同一人批准。",
            en=f"[{by.name}] proposed this bundle; the same person may not approve it.",
        ),
        Text(
            zh="请由另一人用其本人的密钥批准。", en="Have another person approve it with a key of their own."
        ),
    )


def _problem(code: str, detail: Text, next_step: Text) -> PortraitError:
    title = Text(zh="不能换用模型", en="The model cannot be changed")
    return PortraitError(Problem(code=code, title=title, detail=detail, next_step=next_step, status=409))
