"""Commands on the way to the champion's place: challenge, promote, approve, rollback, and the logbook of it all.

Whoever proposes, approves or goes back signs with a sign-in key of their own (an analyst's; ``portrait keys add``):
asked for on the terminal, or read from PORTRAIT_KEY. The name after ``--by`` has to be the name on the key.
"""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from operations.progress import progress
from operations.say import language, say, table
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

if TYPE_CHECKING:
    from operations.settings import Settings
    from scoring.logbook import Entry
    from scoring.shelf import Shelf
    from training.challenge import Challenge
    from training.promote import Signatory

By = Annotated[str, typer.Option("--by", help="Your name, as on your sign-in key. 本人姓名")]
Digest = Annotated[str, typer.Argument(help="The bundle's digest, or its first digits. 模型包编号")]


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    for name, command in (
        ("challenge", challenge_champion),
        ("promote", propose_bundle),
        ("approve", approve_bundle),
        ("rollback", go_back),
        ("models", show_models),
    ):
        app.command(name)(command)


def challenge_champion(
    digest: Annotated[
        str, typer.Argument(help="The challenger; the bundle filed last by default. 挑战者")
    ] = "",
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Cases from this day on. 自此日起的案件"),
    ] = None,
) -> None:
    """Compare a challenger with the champion on the same later cases and write it down. 与在用模型比较。"""
    from operations.settings import Settings

    settings = Settings()
    shelf = _shelf(settings)
    chosen = shelf.full(digest) if digest else _newest(shelf)
    found = challenge_on(settings, chosen, since=since.date() if since else None)
    say(found.table)
    for demand in found.demands:
        say(f"{'✓' if demand.met else '✗'} {demand.says.to(language())}")
    say(
        Text(
            zh=f"{found.rows:,}行后续案件，自{found.since}起：{'通过' if found.passes else '未通过'}",
            en=f"{found.rows:,} later rows from {found.since} on: {'passed' if found.passes else 'not passed'}",
        )
    )
    if not found.passes:
        raise typer.Exit(1)


def propose_bundle(digest: Digest, by: By) -> None:
    """Propose a bundle as champion; another person approves it. 提请换用模型。"""
    from operations.settings import Settings
    from training.promote import propose

    settings = Settings()
    shelf = _shelf(settings)
    entry = propose(shelf, shelf.full(digest), by=signatory(settings, by))
    short = entry.bundle[:12]
    say(
        Text(
            zh=f"{entry.by}提请换用{short}。另一人批准：portrait approve {short} --by 姓名",
            en=f"{entry.by} proposes {short}. Another person approves: portrait approve {short} --by NAME",
        )
    )


def approve_bundle(digest: Digest, by: By) -> None:
    """Approve another person's proposal: the pointer moves, a running service follows. 批准换用模型。"""
    from operations.settings import Settings
    from training.promote import approve

    settings = Settings()
    shelf = _shelf(settings)
    entry = approve(shelf, shelf.full(digest), by=signatory(settings, by), runs=settings.mlruns)
    _say_moved(entry)


def go_back(
    by: By,
    reason: Annotated[str, typer.Option(help="Why. 理由")],
    to: Annotated[str, typer.Option(help="An earlier champion; the one before by default. 退回到")] = "",
) -> None:
    """Go back to the champion before. 退回到此前的模型。"""
    from operations.settings import Settings
    from training.promote import roll_back

    settings = Settings()
    shelf = _shelf(settings)
    entry = roll_back(
        shelf,
        by=signatory(settings, by),
        reason=reason,
        to=shelf.full(to) if to else None,
        runs=settings.mlruns,
    )
    _say_moved(entry)


def show_models() -> None:
    """Bundles on the shelf and every step on the record. 模型与登记簿。"""
    from operations.settings import Settings
    from scoring.logbook import STEP_LABELS, crowned
    from training.promote import settle

    settings = Settings()
    shelf = _shelf(settings)
    moved = settle(shelf, runs=settings.mlruns)
    entries = shelf.logbook.entries()
    champion = shelf.digest_or_none()
    rows = [_row_of(shelf, digest, champion) for digest in shelf.digests()]
    table("models / 模型", ("bundle", "champion", "target", "gini", "measured from"), rows)
    steps = [
        (
            each.id,
            each.at[:19].replace("T", " "),
            STEP_LABELS[each.step],
            each.bundle[:12],
            each.by,
            _said(each),
        )
        for each in entries
    ]
    table("logbook / 登记簿 (UTC)", ("line", "at", "step", "bundle", "by", "what"), steps)
    crowns = crowned(entries)
    if moved:
        say(
            Text(
                zh=f"已按登记簿完成中断的换用：{moved[:12]}",
                en=f"Finished an interrupted move, as the logbook says: {moved[:12]}",
            )
        )
    elif crowns:
        last = crowns[-1]
        say(
            Text(
                zh=f"在用模型{last.bundle[:12]}，自{last.at[:10]}",
                en=f"Champion {last.bundle[:12]} since {last.at[:10]}",
            )
        )


def challenge_on(settings: Settings, digest: str, *, since: date | None = None) -> Challenge:
    """Compare a bundle of the shelf with the champion on the current snapshot, and write it into the logbook."""
    from operations.models import current_snapshot
    from records.parameters import Parameters
    from training.challenge import RULES, challenge
    from training.promote import record

    shelf = _shelf(settings)
    rules = Parameters.read(settings.promotion or RULES)
    with progress("challenge"):
        found = challenge(
            current_snapshot(settings), shelf.named(digest), shelf.champion(), since=since, rules=rules
        )
    record(shelf, found)
    return found


def signatory(settings: Settings, name: str) -> Signatory:
    """The person who signs, by the key they hold.

    Raises PortraitError ``unsigned`` when the key is unknown, taken back, no analyst's, or bears another name.
    """
    from operations.service import key_ring
    from serving.permissions import Act
    from training.promote import Signatory

    key = os.environ.get("PORTRAIT_KEY") or typer.prompt(
        Text(zh=f"{name}的登录密钥", en=f"Sign-in key of {name}").to(language()), hide_input=True, err=True
    )
    with key_ring(settings) as ring:
        person = ring.whose(key.strip())
    if person is None or not person.may(Act.PROMOTE) or person.label.casefold() != name.strip().casefold():
        raise _unsigned(name)
    return Signatory(person.label, person.key_id)


def _shelf(settings: Settings) -> Shelf:
    from scoring.shelf import Shelf

    return Shelf(settings.shelf)


def _newest(shelf: Shelf) -> str:
    """The bundle filed last that is not the champion."""
    from scoring.logbook import Step

    champion = shelf.digest()
    filed = [
        each.bundle for each in shelf.logbook.entries() if each.step is Step.FILED and each.bundle != champion
    ]
    if not filed:
        raise PortraitError(
            Problem(
                code="no_challenger",
                title=Text(zh="没有挑战者", en="No challenger"),
                detail=Text(
                    zh="模型架上除在用模型外没有其他模型包。",
                    en="The shelf holds the champion and no other bundle.",
                ),
                next_step=Text(zh="请先训练：portrait train。", en="Train one first: portrait train"),
            )
        )
    return filed[-1]


def _row_of(shelf: Shelf, digest: str, champion: str | None) -> tuple[object, ...]:
    import json

    about = json.loads((shelf.root / digest / "bundle.json").read_text("utf-8"))
    figures = about.get("figures", {})
    first = next(iter(figures.values()), {}) if "portrait" not in figures else figures["portrait"]
    gini = first.get("gini", {}).get("value")
    return digest[:12], digest == champion, about.get("target"), gini, about.get("measured_from")


def _said(entry: Entry) -> str:
    facts = entry.facts
    if "passes" in facts:
        passed = Text(zh="通过", en="passed") if facts["passes"] else Text(zh="未通过", en="not passed")
        return f"{passed.to(language())}, {facts['rows']:,} / {entry.against[:12]}"
    for name in ("reason", "because", "proposed_by"):
        if name in facts:
            return str(facts[name])
    return ""


def _say_moved(entry: Entry) -> None:
    say(
        Text(
            zh=f"在用模型现为{entry.bundle[:12]}（此前{entry.against[:12]}）；服务无须重启。",
            en=f"The champion is now {entry.bundle[:12]} (before: {entry.against[:12]}); no restart is needed.",
        )
    )


def _unsigned(name: str) -> PortraitError:
    return PortraitError(
        Problem(
            code="unsigned",
            title=Text(zh="未能确认签署人", en="Nobody signed"),
            detail=Text(
                zh=f"所给密钥不是[{name}]名下有效的分析员密钥。",
                en=f"The key given is no standing analyst's key in the name of [{name}].",
            ),
            next_step=Text(
                zh="请使用本人的密钥；没有则发放：portrait keys add --role analyst --label 姓名。",
                en="Use a key of your own; to issue one: portrait keys add --role analyst --label NAME",
            ),
            status=403,
        )
    )
