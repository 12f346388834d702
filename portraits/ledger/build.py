"""One debtor's ledger in one case: a pure function of the dossier, the dated figures, the haircuts and the edits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from portraits.figures import digest_of
from portraits.ledger.closing import close, owed
from portraits.ledger.flows import flows, living_costs
from portraits.ledger.lines import AssetLedger, Edit, Ledger, NotKnown, added
from portraits.ledger.money import money
from portraits.ledger.setting import Setting
from portraits.ledger.things import things
from records.dossier import Dossier
from records.parameters import Parameters
from records.states import family_states
from scoring.haircuts import Haircuts
from vocabulary.families import ASSETS, FAMILIES
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

LIMIT = "debtor/limit"
COUNTED = (*ASSETS, "income")


def capacity(
    dossier: Dossier, *, figures: Parameters, haircuts: Haircuts, edits: Iterable[Edit] = ()
) -> Ledger:
    """What may lawfully be taken from the debtor for the case, as known on the dossier's date.

    ``figures`` from `portraits.figures.figures`, ``haircuts`` from `scoring.haircuts.fit_haircuts`. An edit replaces
    the figure of the line that it names, and the steps after it follow from the new figure; edits that name no line
    of this ledger are returned unused. Without edits the ledger is the original.

    Raises PortraitError `ledger.edit_without_reason`, `ledger.edited_twice` and `ledger.limit_is_law`.
    """
    given = tuple(edits)
    _check(given)
    states = family_states(dossier.rows("queries"), dossier.as_of)
    setting = Setting(dossier, figures, haircuts, {edit.key: edit for edit in given}, states)
    assets = tuple(money(setting) + things(setting) + flows(setting))
    living = living_costs(setting, assets)
    left = added([*(asset.available for asset in assets), *(line.amounts for line in living)])
    limit, rows = owed(dossier, figures)
    closing = (*living, *close(setting, left.six, limit, rows))
    available = added([*(asset.available for asset in assets), *(line.amounts for line in closing)])
    used = {line.key for asset in assets for line in asset.lines} | {line.key for line in closing}
    return Ledger(
        as_of=dossier.as_of,
        assets=assets,
        closing=closing,
        available=available,
        owed=limit,
        not_known=_not_known(setting, assets),
        unused_edits=tuple(edit for edit in given if edit.key not in used),
        figures=digest_of(figures),
        haircuts=haircuts.digest,
    )


def _not_known(setting: Setting, assets: Iterable[AssetLedger]) -> tuple[NotKnown, ...]:
    held = {asset.family for asset in assets}
    found = []
    for family in COUNTED:
        state = setting.states[family]
        if not state.state.fresh:
            found.append(
                NotKnown(family, FAMILIES[family].label, state.state, state.age_days, family in held)
            )
    return tuple(found)


def _check(edits: tuple[Edit, ...]) -> None:
    for edit in edits:
        if edit.key == LIMIT:
            raise _problem(
                "ledger.limit_is_law",
                Text(zh="[{key}] 为法定上限，不能修改。", en="[{key}] is a limit of law, not to be edited."),
                Text(zh="请修改资产项目或者债权数额。", en="Edit the asset, or correct the claim."),
                edit.key,
            )
        if not edit.reason.strip():
            raise _problem(
                "ledger.edit_without_reason",
                Text(zh="对 [{key}] 的修改没有理由。", en="The edit of [{key}] gives no reason."),
                Text(zh="请写明理由。", en="State the reason."),
                edit.key,
            )
    for key, times in Counter(edit.key for edit in edits).items():
        if times > 1:
            raise _problem(
                "ledger.edited_twice",
                Text(zh="[{key}] 被修改了两次。", en="[{key}] is edited twice."),
                Text(zh="请只保留最新的一次。", en="Keep the newest edit only."),
                key,
            )


def _problem(code: str, detail: Text, next_step: Text, key: str) -> PortraitError:
    title = Text(zh="账目修改有误", en="An edit of the ledger is not usable")
    return PortraitError(Problem(code, title, detail.fill(key=key), next_step, 422, {"line": key}))
