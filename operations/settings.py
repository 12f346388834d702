"""Where things are on this machine: one set of settings, from the environment (PORTRAIT_…) or a `.env` file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting has a default under ``home``, so that a fresh clone runs with none."""

    model_config = SettingsConfigDict(env_prefix="PORTRAIT_", env_file=".env", extra="ignore")

    home: Path = Field(
        default=Path("var"), description="folder of the court's store, snapshots, models and state"
    )
    figures: Path | None = Field(
        default=None,
        description="YAML file of the court's own figures (低保, rent, costs, policies), if it has one",
    )
    promotion: Path | None = Field(
        default=None, description="YAML file of the court's own rule of promotion, if it has one"
    )
    watch: Path | None = Field(
        default=None, description="YAML file of the court's own limits of monitoring, if it has one"
    )
    mlruns: Path = Field(default=Path("mlruns"), description="folder of MLflow's database and artifacts")
    state_url: str = Field(
        default="", description="SQLAlchemy address of answers and audit; SQLite under home if empty"
    )
    host: str = Field(default="127.0.0.1", description="address to serve on")
    prepared: int = Field(
        default=2000, ge=0, description="portraits that a night prepares at most, of obligations that moved"
    )
    port: int = Field(default=8000, description="port to serve on")
    secure_cookies: bool = Field(default=False, description="send session cookies over HTTPS only")

    @property
    def store(self) -> Path:
        """The writing side's DuckDB file."""
        return self.home / "store.duckdb"

    @property
    def snapshots(self) -> Path:
        """Published records."""
        return self.home / "snapshots"

    @property
    def shelf(self) -> Path:
        """Model bundles."""
        return self.home / "bundles"

    @property
    def inbox(self) -> Path:
        """Where files of records arrive for the night."""
        return self.home / "inbox"

    @property
    def nights(self) -> Path:
        """Records of nightly runs."""
        return self.home / "nights"

    @property
    def queues(self) -> Path:
        """Published queues."""
        return self.home / "queues"

    @property
    def monitoring(self) -> Path:
        """Filed reports of monitoring."""
        return self.home / "monitoring"

    @property
    def state(self) -> str:
        """Address of the state database."""
        return self.state_url or f"sqlite:///{(self.home / 'state.db').absolute()}"

    def secret(self, name: str) -> bytes:
        """A secret of this installation, made at first use and readable by its owner alone."""
        path = self.home / "secrets" / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_hex(32))
        return bytes.fromhex(path.read_text().strip())
