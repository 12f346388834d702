"""API keys: issued once, kept only as keyed hashes, looked up by their id, taken back when needed.

A key reads ``<id>.<secret>``. The id is public and names the row; what is kept is HMAC-SHA256 of the whole key under
the service's secret: keys are 256 random bits, so a slow hash would only slow the service.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable

from sqlalchemy import insert, select, update

from serving.permissions import Person, Role
from serving.settings import FixedKey
from serving.state.database import State
from serving.state.tables import API_KEY
from vocabulary.dates import now

_FORM = re.compile(r"^([A-Za-z0-9_-]{3,32})\.([A-Za-z0-9_-]{8,128})$")


class Keys:
    """The keys in the state database."""

    def __init__(self, state: State, secret: str) -> None:
        self._state = state
        self._secret = secret.encode()

    def issue(self, *, role: Role, label: str, court: str | None = None) -> str:
        """A new key, shown this once. ``label`` names the person or system that will hold it."""
        key = f"{secrets.token_hex(6)}.{secrets.token_urlsafe(32)}"
        self._put(key, role=role, label=label, court=court)
        return key

    def fix(self, keys: Iterable[FixedKey]) -> None:
        """Put keys that are known beforehand, replacing those of the same id."""
        for each in keys:
            self._put(each.key.get_secret_value(), role=each.role, label=each.label, court=each.court)

    def take_back(self, key_id: str) -> bool:
        """Revoke a key at once; False when there is none of that id."""
        with self._state.writing() as connection:
            held = API_KEY.c.id == key_id
            done = connection.execute(update(API_KEY).where(held).values(revoked_at=now().isoformat()))
        return done.rowcount > 0

    def whose(self, key: str) -> Person | None:
        """Who holds a key; None when it is not one of ours, or was taken back."""
        form = _FORM.match(key)
        if form is None:
            return None
        found = self._row(form.group(1))
        if found is None or not hmac.compare_digest(found[1], self._digest(key)):
            return None
        return found[0]

    def holder(self, key_id: str) -> Person | None:
        """Who holds the key of an id, for a session that it opened; None when it was taken back."""
        found = self._row(key_id)
        return found[0] if found else None

    def _row(self, key_id: str) -> tuple[Person, str] | None:
        wanted = select(API_KEY).where(API_KEY.c.id == key_id, API_KEY.c.revoked_at.is_(None))
        with self._state.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            return None
        return Person(row.id, Role(row.role), row.label, row.court), row.digest

    def _put(self, key: str, *, role: Role, label: str, court: str | None) -> None:
        form = _FORM.match(key)
        if form is None:
            raise ValueError(
                "a key reads <id>.<secret>: letters, digits, - and _, the secret 8 characters or more"
            )
        values = {"role": role.value, "label": label, "court": court, "digest": self._digest(key)}
        with self._state.writing() as connection:
            held = API_KEY.c.id == form.group(1)
            if (
                connection.execute(update(API_KEY).where(held).values(revoked_at=None, **values)).rowcount
                == 0
            ):
                fresh = {"id": form.group(1), "created_at": now().isoformat(), **values}
                connection.execute(insert(API_KEY).values(**fresh))

    def _digest(self, key: str) -> str:
        return hmac.new(self._secret, b"key:" + key.encode(), hashlib.sha256).hexdigest()
