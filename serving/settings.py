"""What a running service is told: where records, models and queues lie, where it keeps its state, its secret."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from serving.permissions import Role
from vocabulary.text import Language


class FixedKey(BaseModel):
    """An API key that is known beforehand: for demonstrations and tests on a synthetic court, never in production.

    ``key`` is ``<id>.<secret>``. A court limits the key to that court's cases.
    """

    model_config = ConfigDict(frozen=True)

    key: SecretStr
    role: Role
    label: str
    court: str | None = None


class ServingSettings(BaseModel):
    """Settings of the service. Folders may be empty or missing at the start: readiness says what is still to come."""

    model_config = ConfigDict(frozen=True)

    snapshots: Path = Field(description="root of published snapshots of records")
    shelf: Path = Field(description="root of model bundles")
    queues: Path = Field(description="root of published queues")
    monitoring: Path | None = Field(default=None, description="root of filed monitoring reports")
    figures: Path | None = Field(
        default=None,
        description="the court's own dated figures (YAML), in place of the project's of the same name",
    )
    inbox: Path | None = Field(
        default=None, description="where files of records arrive for the night: clues handed in are put there"
    )
    state_url: str = Field(
        description="SQLAlchemy URL of the state database: sqlite:///… or postgresql+psycopg://…"
    )
    secret: SecretStr = Field(min_length=32, description="signs sessions and hashes API keys")
    fixed_keys: tuple[FixedKey, ...] = ()
    session_hours: int = Field(default=8, ge=1, le=24)
    sign_in_attempts: int = Field(
        default=10, ge=1, le=1000, description="wrong keys in five minutes before an address has to wait"
    )
    secure_cookies: bool = Field(default=False, description="true behind HTTPS")
    local_metrics: bool = Field(default=True, description="/metrics answers this machine without a key")
    language: Language = "zh"
