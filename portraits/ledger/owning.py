"""Whose it is: the debtor's part of a co-owned thing; what has left the debtor's hands, and whether that stands."""

from __future__ import annotations

from portraits.figures import Three, three
from portraits.law.assets import CO_OWNED, EQUAL_SHARES, SPOUSAL, TRANSFER_AFTER_SEAL, TRANSFERRED
from portraits.law.rule import Rule, cite
from portraits.ledger.lines import Step
from portraits.ledger.seals import Lien
from portraits.ledger.waterfall import Waterfall, both
from records.dossier import Dossier, Row
from records.parameters import Parameters
from vocabulary.text import Text

_PART = Text(zh="{form}：按{part}计", en="{form}: {part} of it counts")
_FORMS = {
    "spousal": Text(zh="夫妻共同财产", en="Spousal property"),
    "joint": Text(zh="共同共有", en="Joint ownership"),
    "by_shares": Text(zh="按份共有", en="Ownership by shares"),
}
_GONE = Text(zh="{on}已过户，不再属于被执行人", en="Transferred on {on}: no longer the debtor's")
_AFTER = Text(
    zh="{on}过户晚于本案查封，保守读数不计",
    en="Transferred on {on}, after this case's seal: left out of the cautious one",
)


def part_of(row: Row, dossier: Dossier, figures: Parameters) -> tuple[Three, Rule | None]:
    """The debtor's part of the whole as (low, mid, high) and its rule; None for a sole owner."""
    form, share = row.get("co_ownership"), row.get("share")
    if form == "spousal":
        return three(figures, "spousal_share", dossier.as_of), SPOUSAL
    if share is not None and (share < 1 or form in ("joint", "by_shares")):
        return (share, share, share), CO_OWNED
    if form in ("joint", "by_shares"):
        return three(figures, "unknown_share", dossier.as_of), EQUAL_SHARES
    return (1.0, 1.0, 1.0), None


def take_ownership(fall: Waterfall, row: Row, table: str, part: Three, rule: Rule | None) -> None:
    """Leave the co-owners their part."""
    if rule is None:
        return
    form = _FORMS.get(row.get("co_ownership") or "", _FORMS["by_shares"])
    shown = " / ".join(f"{each:.0%}" for each in dict.fromkeys(part))
    fall.keep(Step.OWNERSHIP, rule, _PART.fill(form=form, part=shown), both(part), cite(table, row))


def take_transfer(fall: Waterfall, row: Row, table: str, own_seals: list[Lien], dossier: Dossier) -> None:
    """What was registered to another is gone, unless this case's seal was there first."""
    on = row.get("transferred_on")
    if on is None or on > dossier.as_of:
        return
    sealed = any(seal.since is not None and seal.since <= on for seal in own_seals)
    rule, why, kept = (
        (TRANSFER_AFTER_SEAL, _AFTER, (0.0, 1.0, 1.0)) if sealed else (TRANSFERRED, _GONE, (0.0, 0.0, 0.0))
    )
    fall.keep(Step.GONE, rule, why.fill(on=on.isoformat()), both(kept), cite(table, row))
