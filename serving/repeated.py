"""An answer looked up before it is made: prepared at night, or asked for before, of the very same knowledge.

A portrait's id names all that it rests on but the software: debtor, case, date, model, snapshot, figures of law and
of the court, haircuts, and the edits that stand. All of it is known without the dossier, so a kept answer costs one
look-up. Where any of it is another, so is the id, and the answer is made anew. Disputes are no part of an answer: they
are marked when it is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portraits.ledger import Edit
from portraits.portrait import portrait_id
from serving.desk import Desk
from serving.holdings import Held
from serving.state.archive import Answered


def repeated(
    desk: Desk, held: Held, *, party_id: int, case_id: int, as_of: date, edits: Sequence[Edit]
) -> Answered | None:
    """The kept answer to a question, from the snapshot and the model in use; None where it has to be made.

    Whoever is given it has to be allowed its court: nothing is checked here.
    """
    bundle = desk.shelf.digest_or_none()
    if bundle is None:
        return None
    return desk.archive.find(
        portrait_id(
            party_id,
            case_id,
            as_of,
            bundle=bundle,
            snapshot=held.digest,
            figures=desk.dated,
            haircuts=held.haircuts(as_of),
            edits=edits,
        )
    )
