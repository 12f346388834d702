"""How long the service takes until it answers and what it holds then, and how long ``portrait --help`` takes.

    python -m benchmarks.start --snapshots DIR --bundle DIR [--rounds N] [--json FILE]

Every round runs ``portrait serve`` as people do, twice, and asks it over its port. It opens the port when modules are
loaded, the state is migrated, the bundle read and the month's haircuts known: "answers" is the first answer of
``/health``. The compiled loops are loaded beside it: "model ready" is when ``/ready`` says so; then two debtors'
portraits are asked for, the first one ever and a second one. The other time a portrait is asked for as soon as the port
is open, and waits for the loops. No life knows the answers of another: a kept one would only be looked up. Medians,
after one round that fills the caches: bytecode is kept in a folder of the benchmark's own, also where the environment
keeps none (PYTHONDONTWRITEBYTECODE).
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.facts import held_mb, keep
from operations.service import key_ring
from operations.settings import Settings
from records.snapshot import Snapshot
from scoring.haircuts_kept import FOLDER
from scoring.shelf import Shelf
from serving.permissions import Role
from vocabulary.identity import shown_key

GOALS = {
    "portrait serve answers, s": 1.5,
    "its model is ready, s": 1.5,
    "it holds, MB": 256,
    "portrait --help, s": 0.3,
}
_PATIENCE = 60.0
_STATE, _UNASKED = "state.db", "unasked.db"
_DEBTORS = """
select case_id, min(party_id) as party_id from obligors where not coalesce(retracted, false) and superseded_at is null
group by case_id order by hash(case_id) limit 2"""


@dataclass(frozen=True, slots=True)
class House:
    """A home with records, a model and a judge's key; ``questions`` ask for the portraits of two debtors."""

    home: Path
    key: str
    questions: Sequence[str]

    @classmethod
    def of(cls, home: Path, snapshots: Path, bundle: Path) -> House:
        """The home of a service over these snapshots and this bundle."""
        (home / "snapshots").symlink_to(snapshots.resolve())
        settings = Settings(home=home)
        shelf = Shelf(settings.shelf)
        shelf.point(shelf.put(bundle))
        with key_ring(settings) as ring:
            key = ring.issue(role=Role.JUDGE, label="benchmark")
        with (
            closing(sqlite3.connect(home / _STATE)) as state,
            closing(sqlite3.connect(home / _UNASKED)) as copy,
        ):
            state.backup(copy)
        snapshot = Snapshot.current(snapshots)
        debtors = snapshot.query(_DEBTORS).to_pylist()
        kept = "kept" if (snapshot.path / FOLDER).exists() else "fitted at the start"
        print(f"{snapshot.rows('cases'):,} rows of cases; the month's haircuts: {kept}\n")
        snapshot.close()
        return cls(home, key, [_question(each["case_id"], each["party_id"]) for each in debtors])


def main() -> None:
    """Start, ask, stop, show."""
    asked = _arguments()
    taken: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as place:
        house = House.of(Path(place), asked.snapshots, asked.bundle)
        for number in range(asked.rounds + 1):
            for name, figure in (_patient(house) | _hasty(house) | _help(house)).items():
                if number:
                    taken[name].append(figure)
    figures = {name: median(each) for name, each in taken.items()}
    print("| start | median | lowest | goal |\n|---|---|---|---|")
    for name, each in taken.items():
        goal = f"< {GOALS[name]}" if name in GOALS else ""
        print(f"| {name} | {figures[name]:.3g} | {min(each):.3g} | {goal} |")
    keep({"start": figures}, asked.json)


def _patient(house: House) -> dict[str, float]:
    """One life of the service, asked for portraits when it says that it is ready."""
    found, before = {}, os.times()
    with _life(house) as (port, began, process):
        found["portrait serve answers, s"] = time.perf_counter() - began
        while not _model_ready(port):
            time.sleep(0.01)
        found["its model is ready, s"] = time.perf_counter() - began
        for name, question in zip(("first", "second"), house.questions, strict=True):
            at = time.perf_counter()
            _ask(port, house.key, question)
            found[f"then the {name} portrait takes, s"] = time.perf_counter() - at
        found["it holds, MB"] = held_mb(process)
    found["all that, processor s"] = _processor(before)
    return found


def _hasty(house: House) -> dict[str, float]:
    """Another life, asked for a portrait at once."""
    with _life(house) as (port, began, _):
        _ask(port, house.key, house.questions[0])
        return {"a portrait asked for at once is there, s": time.perf_counter() - began}


@contextmanager
def _life(house: House) -> Iterator[tuple[int, float, int]]:
    """The service from its first answer to its end: its port, when it was started, the id of its process."""
    for left in house.home.glob(f"{_STATE}*"):
        left.unlink()
    shutil.copyfile(house.home / _UNASKED, house.home / _STATE)
    port, began = _free_port(), time.perf_counter()
    words = ["-m", "operations.cli", "--home", str(house.home), "serve", "--port", str(port)]
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL, env=_kept(house))
    try:
        _wait_for(port, process)
        yield port, began, process.pid
    finally:
        process.terminate()
        process.wait()


def _help(house: House) -> dict[str, float]:
    before, began = os.times(), time.perf_counter()
    words = [sys.executable, "-m", "operations.cli", "--help"]
    subprocess.run(words, capture_output=True, check=True, env=_kept(house))
    wall = time.perf_counter() - began
    return {"portrait --help, s": wall, "portrait --help, processor s": _processor(before)}


def _kept(house: House) -> dict[str, str]:
    """The environment, with bytecode kept between rounds."""
    others = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return others | {"PYTHONPYCACHEPREFIX": str(house.home / "bytecode")}


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until ``/health`` answers."""
    end = time.perf_counter() + _PATIENCE
    while time.perf_counter() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.005)
            continue
        if _answer(port, "GET", "/health")[0] == 200:
            return
    raise SystemExit("the service did not start")


def _model_ready(port: int) -> bool:
    """What ``/ready`` says of the model; a benchmark's house has no queue, so that all of it is never ready."""
    _, body = _answer(port, "GET", "/ready")
    return any(part["part"] == "model" and part["ready"] for part in json.loads(body)["parts"])


def _ask(port: int, key: str, question: str) -> None:
    headers = {"X-API-Key": key, "Content-Type": "application/json"}
    status, _ = _answer(port, "POST", "/v1/portraits", question, headers)
    if status != 200:
        raise SystemExit(f"no portrait: {status}")


def _answer(
    port: int, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def _question(case: int, debtor: int) -> str:
    return json.dumps(
        {"case": shown_key(case), "debtor": shown_key(debtor), "purpose": "enforcement_measure"}
    )


def _processor(before: os.times_result) -> float:
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--snapshots", type=Path, required=True, help="root of published snapshots")
    parser.add_argument("--bundle", type=Path, required=True, help="a bundle's folder")
    parser.add_argument("--rounds", type=int, default=5, help="starts that count (default 5)")
    parser.add_argument("--json", type=Path, help="keep the figures in this file too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
