"""Which rows of a dossier are openly contested: by the court's own register, or as written down here."""

from __future__ import annotations

from collections.abc import Sequence

from portraits.disputes import Contested, held, is_open, registered
from portraits.law.rule import Cited
from records.dossier import Dossier
from serving.desk import Desk
from serving.state.archive import Answered
from serving.state.disputes import KeptDispute


def contested(desk: Desk, found: Answered, dossier: Dossier) -> frozenset[Cited]:
    """The rows to be marked wherever the kept portrait shows them."""
    written = desk.disputes.of(found.debtor, found.court)
    return frozenset(openly(written, registered(dossier), dossier))


def openly(written: Sequence[KeptDispute], listed: Sequence[Contested], dossier: Dossier) -> list[Cited]:
    """The rows of open disputes that the dossier holds, each once."""
    rows = [each.row for each in written if each.settled is None]
    rows += [each.row for each in listed if is_open(each, dossier.as_of)]
    return [row for row in dict.fromkeys(rows) if held(dossier, row) is not None]
