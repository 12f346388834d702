"""The demonstration: a synthetic court from records to a portrait page, skipping the steps that are done already."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from operations.court import load_into, opened_store, publish_from
from operations.models import score_on, train_on
from operations.progress import progress
from operations.say import say, table
from operations.service import first_portrait
from operations.settings import Settings
from scoring.shelf import Shelf
from serving.permissions import ROLE_LABELS, Role
from serving.settings import FixedKey
from triage.queue import Place, courts, read
from vocabulary.identity import shown_key
from vocabulary.problems import PortraitError
from vocabulary.text import Text


@dataclass(frozen=True)
class Prepared:
    """A court that is ready to be served: settings, sign-in keys, and one portrait worth opening."""

    settings: Settings
    fixed_keys: tuple[FixedKey, ...]
    address: str
    portrait: str
    case_number: str

    def announce(self) -> None:
        """Print the address of a portrait page and the keys to sign in with."""
        rows = [(ROLE_LABELS[key.role], key.key.get_secret_value()) for key in self.fixed_keys]
        table("sign in / 登录", ("role", "key"), rows)
        say(Text(zh=f"画像页面：{self.portrait}", en=f"Portrait page: {self.portrait}"))
        say(
            Text(
                zh=f"  案件{self.case_number}；用法官密钥登录后打开。首页：{self.address}",
                en=f"  case {self.case_number}; sign in with the judge's key. Home: {self.address}",
            )
        )


def prepare(*, cases: int, seed: int, port: int) -> Prepared:
    """Simulate, load, publish, train and score; each step is skipped when its result is there already."""
    base = Settings()
    home = base.home / f"demo-{cases}-{seed}"
    settings = base.model_copy(update={"home": home})
    files = home / "files"
    if not (files / "about.json").exists():
        _simulate(cases, seed, files)
    with opened_store(settings) as store:
        load_into(store, files)
        publish_from(store, settings)
    if not _has_champion(settings):
        say(train_on(settings).table)
    queue = score_on(settings)
    address = f"http://{settings.host}:{port}"
    keys = _keys(home)
    best = _worth_opening(queue)
    portrait = first_portrait(
        settings,
        key=next(key for key in keys if key.role is Role.JUDGE),
        case=shown_key(best.case_id),
        debtor=shown_key(best.party_id),
        as_of=date.fromisoformat(best.as_of),
    )
    return Prepared(settings, keys, address, f"{address}/portraits/{portrait}", best.case_number)


def _simulate(cases: int, seed: int, files: Path) -> None:
    from simulation import simulate

    with progress("synthetic court") as step:
        simulate(cases=cases, seed=seed, out=files, progress=lambda done, total: step("cases", done, total))


def _has_champion(settings: Settings) -> bool:
    """A champion is there that this version's catalogue can serve."""
    try:
        Shelf(settings.shelf).champion()
    except PortraitError:
        return False
    return True


def _worth_opening(queue: Path) -> Place:
    """An open obligation with much known of the debtor: the first of the largest court with a high coverage."""
    court = max(courts(queue), key=lambda found: found[1])[0]
    _, places = read(queue, court=court, most=200)
    return next((place for _, place in places if place.band == "high"), places[0][1])


def _keys(home: Path) -> tuple[FixedKey, ...]:
    """One key a role, made at the first run and kept with the demonstration's data."""
    path = home / "secrets" / "demo-keys.json"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = {role.value: f"demo-{role.value}.{secrets.token_urlsafe(12)}" for role in Role}
        path.write_text(json.dumps(fresh, indent=1))
        path.chmod(0o600)
    kept: dict[str, Any] = json.loads(path.read_text())
    return tuple(
        FixedKey(key=SecretStr(kept[role.value]), role=role, label=f"demo {role.value}") for role in Role
    )
