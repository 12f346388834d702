"""The readiness of a case: every rule in force on every debtor it is about, and what follows a ruling already made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portraits.claim import newest
from portraits.law.rule import Cited
from portraits.ledger import capacity
from portraits.readiness.after import AfterRuling, after_ruling
from portraits.readiness.checks import CHECKS, Finding, Met, Seen
from portraits.readiness.rules import ReadinessRule, in_force, rules
from records.dossier import Dossier, Row
from records.parameters import Parameters
from scoring.haircuts import Haircuts
from vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found of one debtor, or of the case (``debtor`` None)."""

    debtor: int | None
    state: Met
    says: Text
    since: date | None
    rows: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule over the case: not met if any debtor fails it, unknown if of any it is not known, else met."""

    rule: ReadinessRule
    found: tuple[Found, ...]

    @property
    def state(self) -> Met:
        """The worst over the debtors."""
        states = {each.state for each in self.found}
        return next(state for state in (Met.NOT_MET, Met.UNKNOWN, Met.MET) if state in states)

    @property
    def since(self) -> date | None:
        """Since when the first of what is missing has been missing."""
        days = [each.since for each in self.found if each.since and each.state is not Met.MET]
        return min(days, default=None)


@dataclass(frozen=True, slots=True)
class Readiness:
    """The conditions of a case, and what follows a ruling (None before it). ``debtors`` are all that were looked at."""

    as_of: date
    debtors: tuple[int, ...]
    conditions: tuple[Condition, ...]
    after: AfterRuling | None

    def counted(self, kind: str) -> dict[Met, int]:
        """How many conditions of a kind that come before the ruling are met, not met and unknown."""
        each = [c.state for c in self.conditions if c.rule.kind == kind and c.rule.stage == "before"]
        return {state: each.count(state) for state in Met}

    @property
    def ready(self) -> bool:
        """Every statutory condition is met, as far as the records tell. The ruling is the court's."""
        counted = self.counted("statutory")
        return bool(self.conditions) and not counted[Met.NOT_MET] and not counted[Met.UNKNOWN]


def readiness(
    dossiers: Sequence[Dossier],
    *,
    figures: Parameters,
    haircuts: Haircuts,
    versions: Sequence[ReadinessRule] | None = None,
) -> Readiness:
    """The readiness of a case from the dossiers of its debtors, all of one date: a termination is per case.

    ``versions`` are the rules, the project's own when None. Raises ValueError without a dossier that holds the case.
    """
    case = _case(dossiers)
    day = _closed(case) or dossiers[0].as_of
    seen = [Seen(each, capacity(each, figures=figures, haircuts=haircuts), day, case) for each in dossiers]
    held = in_force(rules() if versions is None else versions, day)
    ruled = ruled_on(dossiers[0])
    return Readiness(
        as_of=dossiers[0].as_of,
        debtors=tuple(each.party_id for each in dossiers),
        conditions=tuple(_condition(rule, seen) for rule in held),
        after=None if ruled is None else after_ruling(seen, ruled),
    )


def ruled_on(dossier: Dossier) -> date | None:
    """The day on which the round was terminated, as known on the dossier's date; None while it goes on."""
    case = _case([dossier])
    return _closed(case) if case.get("closing_mode") == "round_terminated" else None


def _condition(rule: ReadinessRule, seen: Sequence[Seen]) -> Condition:
    check = CHECKS[rule.check]
    if rule.scope == "case":
        return Condition(rule, (_found(None, check(seen[0], rule.settings)),))
    return Condition(rule, tuple(_found(each.dossier.party_id, check(each, rule.settings)) for each in seen))


def _found(debtor: int | None, finding: Finding) -> Found:
    return Found(debtor, finding.state, finding.says, finding.since, finding.rows)


def _case(dossiers: Sequence[Dossier]) -> Row:
    rows = newest(dossiers[0].rows("cases", "case"), "case_id") if dossiers else []
    if not rows:
        raise ValueError("readiness needs the dossiers of a known case")
    return rows[-1]


def _closed(case: Row) -> date | None:
    closed: date | None = case.get("closed_on")
    return closed
