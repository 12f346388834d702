"""What lies between two portraits of one obligation, split in a stated order so that the parts add up exactly.

Each part is the difference between two states of one way, and each state is computed by the pure functions that make
portraits: the earlier answer · under the later model · on the later day · with the figures of law of that day · with
the answers that expired · with the records learned since · with a judge's edits, which is the later answer. Why in
this order, and what another would change, is in ``docs/change.md``.
"""

from __future__ import annotations

from collections.abc import Sequence

from portraits.change.money import Edits, Two, ledgers, moved, together
from portraits.change.score import Point, model_moves, moves, way
from portraits.change.shapes import Change, FeatureMove, MoneyMove, NewRows, Part, PartOf, Stand
from portraits.law.rule import Cited, cite
from portraits.ledger import Amounts
from portraits.ledger.lines import added
from records.contracts import TABLES
from records.dossier import Dossier
from records.parameters import Parameters
from scoring.bundle import Bundle

NEGLIGIBLE = 1e-9
"""Points that a recomputation may be off without being called another answer."""


def between(
    earlier: Stand,
    later: Stand,
    *,
    before: Dossier,
    after: Dossier,
    bundle: Bundle,
    figures: Parameters,
    haircuts: Two,
    edits: tuple[Edits, Edits] = ((), ()),
) -> Change:
    """The change from ``earlier`` to ``later``, of one debtor in one case.

    ``before`` and ``after`` are the dossiers as known on either date; ``bundle`` is the later portrait's; ``haircuts``
    those of the earlier and of the later date, ``edits`` those of a judge. The earlier model is not needed: its answer
    stands in ``earlier``.
    Raises ValueError when the dossiers are not of one obligation in this order.
    """
    _one_obligation(before, after, earlier, later)
    on_way = way(before, after, bundle)
    told = ledgers(before, after, figures=figures, haircuts=haircuts, edits=edits)
    scored = earlier.score is not None and later.score is not None
    law = together(moved(earlier, told.then), moved(told.moved, told.lawful))
    expired = {code: _receipts(on_way.expired, state.receipts) for code, state in on_way.families.items()}
    parts = [
        _model(earlier, on_way.then, scored=scored),
        _part(PartOf.TIME, on_way.then, on_way.moved, moved(told.then, told.moved), scored=scored),
        Part(PartOf.LAW, 0.0 if scored else None, 0.0, (), _sum(law), law),
        _part(PartOf.EXPIRED, on_way.moved, on_way.expired, (), scored=scored, expired=expired),
        _part(
            PartOf.RECORDS,
            on_way.expired,
            on_way.now,
            moved(told.lawful, told.now),
            scored=scored,
            rows=new_rows(before, after),
        ),
    ]
    edited = moved(told.now, told.edited)
    if edited:
        parts.append(Part(PartOf.EDITS, 0.0 if scored else None, 0.0, (), _sum(edited), edited))
    rest = _not_reproduced(on_way.now, later, moved(told.edited, later), scored=scored)
    return Change(earlier, later, (*parts, *rest))


def new_rows(before: Dossier, after: Dossier) -> tuple[NewRows, ...]:
    """Rows held on the later date and not on the earlier, and the other way round, table by table."""
    found = []
    for table in TABLES.values():
        was, now = _held(before, table.name), _held(after, table.name)
        came = tuple(each for each in now if each not in was)
        went = tuple(each for each in was if each not in now)
        if came or went:
            found.append(NewRows(table.name, table.family, came, went))
    return tuple(found)


def _model(earlier: Stand, then: Point, *, scored: bool) -> Part:
    if not scored or earlier.score is None:
        return Part(PartOf.MODEL, None, 0.0, (), _sum(()), ())
    features = model_moves(earlier, then)
    points = then.score - earlier.score
    return Part(PartOf.MODEL, points, points - sum(move.points for move in features), features, _sum(()), ())


def _part(
    of: PartOf,
    one: Point,
    other: Point,
    money: tuple[MoneyMove, ...],
    *,
    scored: bool,
    rows: tuple[NewRows, ...] = (),
    expired: dict[str, tuple[Cited, ...]] | None = None,
) -> Part:
    features: tuple[FeatureMove, ...] = moves(one, other) if scored else ()
    points = other.score - one.score if scored else None
    return Part(of, points, 0.0, features, _sum(money), money, rows, expired)


def _not_reproduced(
    now: Point, later: Stand, money: tuple[MoneyMove, ...], *, scored: bool
) -> tuple[Part, ...]:
    """What the later answer, as kept, says beyond its recomputation: nothing, as a rule."""
    points = later.score - now.score if scored and later.score is not None else 0.0
    if abs(points) <= NEGLIGIBLE and not money:
        return ()
    return (Part(PartOf.NOT_REPRODUCED, points if scored else None, points, (), _sum(money), money),)


def _sum(money: Sequence[MoneyMove]) -> Amounts:
    return added(move.amounts for move in money)


def _held(dossier: Dossier, table: str) -> dict[Cited, None]:
    return dict.fromkeys(cite(table, *dossier.rows(table, "case"), *dossier.rows(table, "party")))


def _receipts(at: Point, receipts: tuple[int, ...]) -> tuple[Cited, ...]:
    return cite("queries", *(row for row in at.dossier.rows("queries") if row["receipt_id"] in receipts))


def _one_obligation(before: Dossier, after: Dossier, earlier: Stand, later: Stand) -> None:
    same = (before.party_id, before.case_id) == (after.party_id, after.case_id)
    dates = (before.as_of, after.as_of) == (earlier.as_of, later.as_of)
    if not same or not dates or before.as_of > after.as_of:
        raise ValueError("a change leads from an earlier to a later portrait of one obligation")
