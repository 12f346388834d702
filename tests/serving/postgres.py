"""A PostgreSQL server of the tests' own, on a socket in a folder, run as a user without rights."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin")


@dataclass
class Postgres:
    """A running server."""

    programs: Path
    place: Path

    @classmethod
    def start(cls) -> Postgres:
        """Start a server, or skip the test where PostgreSQL is not installed."""
        programs = _programs()
        place = Path(tempfile.mkdtemp(prefix="pg-"))  # a socket's path must be short, so not pytest's folders
        server = cls(programs, place)
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(place, nobody.pw_uid, nobody.pw_gid)
        server._run(
            "initdb",
            "--auth=trust",
            "--username=tests",
            "--encoding=UTF8",
            "--no-sync",
            "-D",
            str(place / "data"),
        )
        options = f"-c listen_addresses='' -c unix_socket_directories={place} -c fsync=off"
        server._run(
            "pg_ctl", "-D", str(place / "data"), "-w", "-l", str(place / "log"), "-o", options, "start"
        )
        return server

    def fresh(self) -> str:
        """The URL of the server's one database, emptied: making a database a test is slow."""
        engine = create_engine(self._url(), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
        return self._url()

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self._run("pg_ctl", "-D", str(self.place / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.place, ignore_errors=True)

    def _url(self) -> str:
        return f"postgresql+psycopg://tests@/postgres?host={self.place}"

    def _run(self, program: str, *arguments: str) -> None:
        user = "nobody" if os.getuid() == 0 else None
        subprocess.run(
            [str(self.programs / program), *arguments],
            check=True,
            user=user,
            cwd=self.place,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        )


def _programs() -> Path:
    found = [path.parent for place in _PLACES for path in sorted(Path("/").glob(f"{place[1:]}/initdb"))]
    if not found:
        pytest.skip("PostgreSQL is not installed. Debian: apt-get install postgresql")
    return found[-1]
