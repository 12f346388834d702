"""The dwelling: not sold where it is needed, unless the applicant leaves rent for years, or a mortgagee asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from portraits.law.assets import (
    DWELLING_MORTGAGED,
    DWELLING_OF_POOR,
    DWELLING_RENT,
    OTHER_DWELLING_SOLD,
    SOLE_DWELLING,
)
from portraits.law.rule import Cited, cite
from portraits.ledger.lines import Six, Step
from portraits.ledger.setting import Setting
from portraits.ledger.waterfall import Waterfall
from records.dossier import Row
from vocabulary.text import Text

_SOLE = Text(
    zh="唯一住房：保守读数不计；申请执行人同意的，扣除{years}年租金后可执行",
    en="Sole dwelling: nothing in the cautious reading; if the applicant consents, {years} years' rent is left out",
)
_PERHAPS = Text(
    zh="是否唯一住房尚未查明：保守读数不计，居中读数扣除租金",
    en="Not known whether it is the sole dwelling: nothing in the cautious reading, rent left out in the middle one",
)
_NOTE_OTHER = Text(
    zh="文书生效后转让过其他房屋，有利读数不保留租金：{rule}",
    en="Another dwelling was transferred after the title took effect; no rent is left in the favourable one: {rule}",
)
_NOTE_MORTGAGE = Text(
    zh="本案债权有该房屋抵押，抵押部分优先于居住保障，给予六个月宽限期：{rule}",
    en="The claim is secured on this dwelling: that part outranks the protection, six months' grace: {rule}",
)
_NOTE_POOR = Text(
    zh="低保或者生活困难的被执行人，不应强制迁出：{rule}",
    en="A debtor in hardship is not to be evicted: {rule}",
)


def exempt(row: Row, setting: Setting) -> tuple[Six | None, list[Text], tuple[Cited, ...]]:
    """(fen kept for the debtor by reading, notes, rows); None where the dwelling has no protection.

    The first reading asks for everything: the amount is clipped to what is left.
    """
    standing = _standing(row, setting)
    if standing is None:
        return None, [], ()
    people = setting.people()
    rent = setting.fen("market_rent") * setting.number("housing_area") * 12
    years = setting.three("rent_years")
    all_of_it = row.get("appraised_value") or 0
    amounts = [float(all_of_it * 10), rent * people[1] * years[1], rent * people[2] * years[2]]
    notes, rows = [], cite("real_property", row)
    sold = _other_dwelling_sold(setting)
    if standing == "perhaps" or sold:
        amounts[2] = 0.0
    if sold:
        notes.append(_NOTE_OTHER.fill(rule=OTHER_DWELLING_SOLD.cited))
        rows += cite("transfers", *sold)
    whole = tuple(round(each) for each in amounts)
    return (0, 0, 0, whole[0], whole[1], whole[2]), notes, rows


def take_exempt(
    fall: Waterfall, row: Row, kept: Six, secured: int, setting: Setting, rows: tuple[Cited, ...]
) -> list[Text]:
    """Keep the protected part, out of what this case's own mortgage does not carry; what has to be said of it."""
    poor = setting.party.get("vulnerability") == "hardship"
    free: Sequence[int] = [max(left - secured, 0) for left in fall.left]
    if poor:
        free = [fall.left[0], *free[1:3], fall.left[3], *free[4:6]]
    why = _SOLE if row.get("sole_dwelling") else _PERHAPS
    years = setting.three("rent_years")
    rule = SOLE_DWELLING if row.get("sole_dwelling") else DWELLING_RENT
    fall.take(
        Step.EXEMPT,
        rule,
        why.fill(years=f"{years[2]:.0f}–{years[1]:.0f}"),
        [min(want, room) for want, room in zip(kept, free, strict=True)],
        rows,
    )
    notes = [_NOTE_MORTGAGE.fill(rule=DWELLING_MORTGAGED.cited)] if secured else []
    return notes + ([_NOTE_POOR.fill(rule=DWELLING_OF_POOR.cited)] if poor else [])


def _standing(row: Row, setting: Setting) -> str | None:
    """`sole`, `perhaps`, or None for what is not protected."""
    if not setting.natural or row.get("use") not in ("dwelling", None) or row.get("sole_dwelling") is False:
        return None
    if row.get("sole_dwelling"):
        return "sole"
    newest = {each["thing_id"]: each for each in setting.dossier.rows("real_property")}
    homes = [
        each
        for each in newest.values()
        if each.get("use") in ("dwelling", None) and not each.get("transferred_on")
    ]
    return "perhaps" if row.get("use") == "dwelling" and len(homes) == 1 else None


def _other_dwelling_sold(setting: Setting) -> list[Row]:
    days = [row["effective_on"] for row in setting.dossier.rows("titles", "case") if row.get("effective_on")]
    return [
        row
        for row in setting.dossier.rows("transfers")
        if row["kind"] == "real_property" and days and row["happened_at"] >= min(days)
    ]
