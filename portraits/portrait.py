"""One debtor's portrait: a pure function of dossier, bundle, figures and haircuts, so that replay is the same call.

The score, what may lawfully be taken (ledger), ability and conduct facts stand side by side and never mix.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from features.day import Profile, profile
from portraits.claim import Claim, claim_of, newest
from portraits.clues import Clue, clues
from portraits.conduct import Ability, Fact, ability, facts
from portraits.figures import digest_of
from portraits.figures import figures as project_figures
from portraits.gaps import Standing, standings, to_ask, too_little_known
from portraits.ledger import Edit, Ledger, capacity
from portraits.node import node_of
from portraits.outlook import Outlook, outlook
from portraits.promises import Around, Expected, Spending, expected, spending
from records.dossier import Dossier
from records.parameters import Parameters
from scoring.bundle import Bundle
from scoring.haircuts import Haircuts, fit_haircuts
from scoring.reasons import Group, groups
from scoring.score import score
from vocabulary.identity import masked, shown_key
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

ADVICE = Text(
    zh="仅供参考：本画像不替代法官判断，不改变案件任何状态。",
    en="For reference only: this portrait does not replace the judge's decision and changes nothing in the case.",
)
EXAMPLES: Haircuts = fit_haircuts(
    [], fitted_on=date(2024, 1, 1), source="declared priors as examples (project policy): no court's auctions"
)
"""Haircuts where no auctions are at hand."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom and which case the portrait is about; personal texts are masked."""

    debtor: str
    case: str
    case_number: str
    court: str
    name: str
    kind: str
    role: str
    node: str | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """What the judge reads. Points are of 100; money is CNY. ``score`` is None when the service abstains."""

    id: str
    as_of: date
    subject: Subject
    score: float | None
    cautious: float | None
    base: float
    groups: tuple[Group, ...]
    standings: tuple[Standing, ...]
    coverage: float
    band: str
    ask: tuple[str, ...]
    outstanding: float
    claim: Claim
    expected_money: float | None
    expected_cautious: float | None
    expected: Expected | None
    spending: Spending | None
    edits: tuple[Edit, ...]
    outlook: Outlook | None
    ledger: Ledger
    ability: Ability
    conduct: tuple[Fact, ...]
    clues: tuple[Clue, ...]
    haircuts: Haircuts
    bundle: str
    catalogue: str
    snapshot: str
    advice: Text = ADVICE

    @property
    def abstained(self) -> bool:
        """Too little is known for a score."""
        return self.score is None


def assemble(
    dossier: Dossier,
    *,
    bundle: Bundle,
    snapshot: str,
    figures: Parameters | None = None,
    haircuts: Haircuts = EXAMPLES,
    edits: Sequence[Edit] = (),
    near: Around | None = None,
) -> Portrait:
    """The portrait of a dossier's obligation on its date.

    ``snapshot`` is the digest of the records it was fetched from; ``figures`` are the dated figures of law and court,
    the project's own when None; ``haircuts`` what auctions known by the date fetched. Neither touches the score.
    ``edits`` are a judge's figures for lines of the ledger, named in the id. ``near`` (`portraits.promises.around`) is
    whose records promises rest on: without it no promise is made, and expected money is outstanding × share.
    Raises PortraitError (``not_an_obligor``) when the party is not, on that date, known to be a debtor of the case:
    property of others is not read (法释〔2013〕20号 Art. 7).
    """
    subject = _subject(dossier)
    dated = project_figures() if figures is None else figures
    ledger = capacity(dossier, figures=dated, haircuts=haircuts, edits=edits)
    seen = profile(dossier)
    scores = score(bundle, seen.values[None, :])
    owed = claim_of(dossier)
    silent = too_little_known(seen)
    points = None if silent else float(scores.score[0])
    cautious = None if silent else float(scores.cautious[0])
    spent = None if near is None else spending(ledger, near, figures=dated, haircuts=haircuts)
    money, careful = _expected(bundle, owed, points=(points, cautious), spent=spent, near=near)
    return Portrait(
        id=portrait_id(
            dossier.party_id,
            dossier.case_id,
            dossier.as_of,
            bundle=bundle.digest,
            snapshot=snapshot,
            figures=dated,
            haircuts=haircuts,
            edits=edits,
        ),
        as_of=dossier.as_of,
        subject=subject,
        score=points,
        cautious=cautious,
        base=scores.base,
        groups=() if silent else groups(bundle, seen, scores.contributions[0], kind=subject.kind),
        standings=standings(seen),
        coverage=seen.coverage,
        band=seen.band,
        ask=to_ask(seen),
        outstanding=owed.owed / 100,
        claim=owed,
        expected_money=None if money is None else money.money / 100,
        expected_cautious=None if careful is None else careful.money / 100,
        expected=money,
        spending=spent,
        edits=tuple(edits),
        outlook=None if silent else outlook(bundle, scores, court=subject.court),
        ledger=ledger,
        ability=ability(ledger, settled=_closed(dossier) and not owed.owed),
        conduct=facts(dossier, figures=dated),
        clues=clues(dossier),
        haircuts=haircuts,
        bundle=bundle.digest,
        catalogue=seen.catalogue.digest,
        snapshot=snapshot,
    )


def portrait_id(
    party_id: int,
    case_id: int,
    as_of: date,
    *,
    bundle: str,
    snapshot: str,
    figures: Parameters,
    haircuts: Haircuts,
    edits: Sequence[Edit],
) -> str:
    """One name for one question to one state of knowledge: asked twice, the answer has the same id.

    ``bundle`` and ``snapshot`` are digests. Nothing of the dossier is needed, so a kept answer is found without it.
    """
    parameters = digest_of(figures), haircuts.digest, *_named(edits)
    parts = (party_id, case_id, as_of.isoformat(), bundle, snapshot, *parameters)
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:24]


def _closed(dossier: Dossier) -> bool:
    return any(row.get("closed_on") for row in newest(dossier.rows("cases", "case"), "case_id"))


def _named(edits: Sequence[Edit]) -> tuple[str, ...]:
    """The digest of the edits, in any order; nothing where there are none, so that the id is the original's."""
    if not edits:
        return ()
    said = [(each.key, each.amounts.six, each.reason, each.author, str(each.edited_on)) for each in edits]
    return (hashlib.sha256(repr(sorted(said)).encode()).hexdigest(),)


def _expected(
    bundle: Bundle,
    owed: Claim,
    *,
    points: tuple[float | None, float | None],
    spent: Spending | None,
    near: Around | None,
) -> tuple[Expected | None, Expected | None]:
    """Expected money at the score and at the cautious one; None where there is no score."""
    if points[0] is None:
        return None, None
    if spent is None or near is None:
        score_, cautious_ = (round(owed.owed * (each or 0) / 100) for each in points)
        return Expected(score_, 0, 0), Expected(cautious_, 0, 0)
    others = _points(bundle, [profile(each.dossier) for each in near.others])
    found = (
        expected(
            spent,
            owed=owed.owed,
            points={spent.means.party_id: points[which]}
            | {each.party_id: two[which] for each, two in zip(spent.others, others, strict=True)},
            claim=owed.case_owed,
        )
        for which in (0, 1)
    )
    return next(found), next(found)


def _points(bundle: Bundle, seen: Sequence[Profile]) -> list[tuple[float | None, float | None]]:
    """Score and cautious score of each profile; None of whom too little is known."""
    if not seen:
        return []
    scores = score(bundle, np.stack([each.values for each in seen]))
    return [
        (None, None) if too_little_known(each) else (float(points), float(cautious))
        for each, points, cautious in zip(seen, scores.score, scores.cautious, strict=True)
    ]


def _subject(dossier: Dossier) -> Subject:
    roles = [row for row in dossier.rows("obligors", "party") if row["case_id"] == dossier.case_id]
    cases = newest(dossier.rows("cases", "case"), "case_id")
    if not roles or not cases:
        raise not_an_obligor(dossier)
    node = node_of(dossier)
    parties = newest(dossier.rows("parties", "party"), "party_id")
    party = parties[0] if parties else {}
    return Subject(
        debtor=shown_key(dossier.party_id),
        case=shown_key(dossier.case_id),
        case_number=cases[0].get("case_number") or shown_key(dossier.case_id),
        court=cases[0]["court"],
        name=masked(party.get("name")),
        kind=party.get("kind") or "natural",
        role=roles[-1]["role"],
        node=node.code if node else None,
    )


def not_an_obligor(dossier: Dossier) -> PortraitError:
    """The refusal of a party that is no known debtor of the case on the dossier's date."""
    case, debtor, day = shown_key(dossier.case_id), shown_key(dossier.party_id), dossier.as_of.isoformat()
    return PortraitError(
        Problem(
            code="not_an_obligor",
            title=Text(zh="不是本案被执行人", en="Not a debtor of this case"),
            detail=Text(
                zh=f"截至{day}，当事人[{debtor}]不是案件[{case}]已知的被执行人，不得查询其财产。",
                en=f"On {day} party [{debtor}] is no known debtor of case [{case}]: records stay closed.",
            ),
            next_step=Text(
                zh="请核对案件与当事人编号，或确认该日期是否早于立案。",
                en="Check the case and the party, and whether the date lies before the filing.",
            ),
            status=404,
            values={"case": case, "debtor": debtor, "as_of": day},
        )
    )
