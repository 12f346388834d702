"""What ranking a province takes, and how soon a court of 30,000 open cases has its first page.

    python -m benchmarks.queue [--obligations N] [--court N] [--rounds N] [--json FILE]

Ranking is everything after the last slice: promises, tracks, deadlines, ranks, ``scores.parquet``, the queue's file.
Pages are asked through the whole service in this process (sign-in, permission, audit, answer), a hundred overrides
kept before; medians and the 95th percentile over the rounds. Where other work runs, read the processor time.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from fastapi.testclient import TestClient
from pydantic import SecretStr

from benchmarks.facts import keep, timed
from benchmarks.queue_made import DAY, Registers, last_week, slices
from serving.app import create
from serving.permissions import Role
from serving.settings import FixedKey, ServingSettings
from triage.ranking import publish_ranking

COURT = "SX000"
KEY = "clerk-of-all.a-secret-for-measuring"
NAME = f"queue-{DAY.isoformat()}-aaaaaaaaaaaa-bbbbbbbbbbbb"
GOALS = {"ranking": 60.0, "first page": 50.0}
ASKED = {
    "first page": "/v1/queue?court={court}",
    "first page of a track": "/v1/queue?court={court}&track=fast",
    "by deadline": "/v1/queue?court={court}&sort=deadline",
    "what came in since last week": "/v1/queue?court={court}&since={since}",
    "page 200": "/v1/queue?court={court}&first=10000",
    "the page of the browser": "/queue?court={court}",
}


def main() -> None:
    """Make a province, rank it, serve it, show."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "queues" / NAME
        files = slices(folder / "slices", obligations=asked.obligations, largest=asked.court)
        registers: Any = Registers(asked.obligations, asked.obligations * 5 // 6 + 1)
        ranking = timed(lambda: publish_ranking(files, folder, snapshot=registers, as_of=DAY).record)
        (folder.parent / "current.json").write_text(json.dumps({"queue": NAME}))
        pages = _pages(Path(room), asked.rounds)
        size = (folder / "queue.sqlite").stat().st_size / 1e6
    print(
        f"Ranking {asked.obligations:,} obligations: {ranking['wall']:.1f} s "
        f"(goal < {GOALS['ranking']:.0f}; {ranking['processor']:.1f} s of processor), "
        f"peak {ranking['peak_mb']:.0f} MB, queue.sqlite {size:.0f} MB"
    )
    print(
        f"\nA court of {asked.court:,} open obligations:\n\n"
        "| answer | median, ms | 95 %, ms | processor, ms |\n|---|---|---|---|"
    )
    for name, (middle, high, processor) in pages.items():
        goal = f" (goal < {GOALS[name]:.0f})" if name in GOALS else ""
        print(f"| {name}{goal} | {middle:.1f} | {high:.1f} | {processor:.1f} |")
    keep(
        {"ranking": ranking, "pages": pages, "obligations": asked.obligations, "court": asked.court},
        asked.json,
    )


def _pages(room: Path, rounds: int) -> dict[str, tuple[float, float, float]]:
    settings = ServingSettings(
        snapshots=room / "none",
        shelf=room / "none",
        queues=room / "queues",
        state_url=f"sqlite:///{room / 'state.db'}",
        secret=SecretStr("a secret for measuring only, of no other use"),
        fixed_keys=(FixedKey(key=SecretStr(KEY), role=Role.CLERK, label="a clerk"),),
    )
    with TestClient(create(settings)) as client:
        client.headers["X-API-Key"] = KEY
        client.post("/sign-in", data={"key": KEY, "next": "/"}, follow_redirects=False)
        _override(client)
        return {
            name: _taken(client, path.format(court=COURT, since=last_week()), rounds)
            for name, path in ASKED.items()
        }


def _override(client: TestClient) -> None:
    places = client.get(f"/v1/queue?court={COURT}&first=500&most=100").json()["places"]
    for place in places:
        said = {"court": COURT, "case": place["case"], "debtor": place["debtor"], "reason": "for measuring"}
        client.post("/v1/queue/overrides", json={**said, "track": "fast"}).raise_for_status()


def _taken(client: TestClient, path: str, rounds: int) -> tuple[float, float, float]:
    spent, processor = [], time.process_time()
    for number in range(rounds + 1):
        began = time.perf_counter()
        answer = client.get(path)
        assert answer.status_code == 200, answer.text
        if number:
            spent.append((time.perf_counter() - began) * 1e3)
        else:  # the first one fills the caches
            processor = time.process_time()
    each = (time.process_time() - processor) * 1e3 / rounds
    return float(np.median(spent)), float(np.quantile(spent, 0.95)), each


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--obligations", type=int, default=800_000, help="of the province (default 800,000)")
    parser.add_argument("--court", type=int, default=30_000, help="of the largest court (default 30,000)")
    parser.add_argument("--rounds", type=int, default=40, help="times each page is asked (default 40)")
    parser.add_argument("--json", type=Path, help="keep the figures in this file too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
