"""How the service answers while it solves: over HTTP only, as any caller would measure it.

    python -m benchmarks.service_load [--database postgresql://…] [--seconds 20] [--rate 50]

Starts a server on this machine with a new data folder, hands over a made-up region, keeps it solving, and reads at an even
rate. Then jobs are asked, cancelled, and taken over from a server that was killed. Writes `service.md` beside the results.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from benchmarks.generator import generate
from benchmarks.recipes import Profile

PROFESSIONALS = 100
JOBS = 15
READING_MS, STARTING_MS, CANCEL_SECONDS, TAKE_OVER_SECONDS = 100, 150, 2, 15
"""What is aimed at."""


@dataclass
class Server:
    """A server process and how it is called."""

    process: subprocess.Popen[str]
    address: str
    http: httpx.Client

    def kill(self) -> None:
        """End it at once, as a machine that loses its power."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@dataclass
class Measured:
    """What was measured, in the order of the table."""

    rows: list[tuple[str, str, str, str]] = field(default_factory=list)

    def add(self, what: str, shown: str, aim: str, *, met: bool) -> None:
        """One row."""
        self.rows.append((what, shown, aim, "yes" if met else "no"))


@contextmanager
def served(data: Path, database: str | None) -> Iterator[Server]:
    """A server over a data folder, logged in by the link that it prints."""
    environment = {**os.environ, **({"HYBROOSTER_DATABASE": database} if database else {})}
    environment |= {"HYBROOSTER_RATES__REQUESTS": "100000", "HYBROOSTER_JOBS__AT_ONCE": "1"}
    command = [sys.executable, "-c", "from service.start import main; main()", "serve", "--port", "0", "--lang", "en"]
    process = subprocess.Popen(  # noqa: S603  our own command
        [*command, "--data", str(data)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None, "it was asked for"
    address, link = "", ""
    for line in process.stdout:
        found = re.search(r"(http://\S+)", line)
        if found is not None and not address:
            address = found[1].rstrip(".")
        elif found is not None:
            link = found[1]
            break
    threading.Thread(target=process.stdout.read, daemon=True).start()
    try:
        with httpx.Client(base_url=address, timeout=60) as http:
            _log_in(http, link)
            yield Server(process, address, http)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(20)


def _log_in(http: httpx.Client, link: str) -> None:
    """Come in by the link, and go on with a token."""
    secret = link.split("token=")[1]
    http.post("/v1/login/links/use", json={"token": secret}).raise_for_status()
    me = http.get("/v1/me").raise_for_status().json()
    made = http.post(
        "/v1/tokens",
        json={"name": "load", "scopes": ["read", "write", "solve", "admin"], "days": 1},
        headers={"X-CSRF-Token": me["csrf"]},
    )
    http.cookies.clear()
    http.headers["Authorization"] = f"Bearer {made.raise_for_status().json()['secret']}"


def reads(http: httpx.Client, paths: list[str], rate: float, seconds: float) -> list[float]:
    """Times in ms of reads at an even rate, from when each should have begun: a server that stalls is not spared."""
    found: list[float] = []
    lock = threading.Lock()
    began = time.monotonic()

    def read(number: int) -> None:
        due = began + number / rate
        time.sleep(max(0.0, due - time.monotonic()))
        http.get(paths[number % len(paths)]).raise_for_status()
        with lock:
            found.append((time.monotonic() - due) * 1000)

    numbers = iter(range(int(rate * seconds)))

    def go_on() -> None:
        while (number := _next(numbers, lock)) is not None:
            read(number)

    threads = [threading.Thread(target=go_on) for _ in range(16)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return found


def _next(numbers: Iterator[int], lock: threading.Lock) -> int | None:
    with lock:
        return next(numbers, None)


def until(http: httpx.Client, job: str, right: Callable[[dict[str, Any]], bool], seconds: float) -> dict[str, Any]:
    """A job once it is as wanted.

    Raises:
        TimeoutError: it is not in time.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found: dict[str, Any] = http.get(f"/v1/jobs/{job}").raise_for_status().json()
        if right(found):
            return found
        time.sleep(0.02)
    raise TimeoutError(job)


def _ask(http: httpx.Client, term: str, seconds: float) -> str:
    answer = http.post(f"/v1/terms/{term}/solves", json={"seconds": seconds}).raise_for_status()
    return str(answer.json()["id"])


def _waited_ms(job: dict[str, Any]) -> float:
    asked, began = (datetime.fromisoformat(job[name]) for name in ("created_at", "started_at"))
    return (began - asked).total_seconds() * 1000


def measure(data: Path, database: str | None, rate: float, seconds: float) -> Measured:
    """All figures."""
    made = Measured()
    with served(data, database) as server:
        http = server.http
        region = generate(PROFESSIONALS, 1, Profile.HEAVY).model_dump(mode="json", exclude_defaults=True)
        term = http.post("/v1/terms", json=region).raise_for_status().json()["id"]
        first = until(http, _ask(http, term, 10), lambda job: job["state"] == "done", 120)
        outcome = first["answer"]
        running = _ask(http, term, seconds + 60)
        until(http, running, lambda job: job["value"] is not None, 60)
        paths = [
            f"/v1/terms/{term}",
            f"/v1/outcomes/{outcome}",
            f"/v1/outcomes/{outcome}/timetable?view=school",
            f"/v1/jobs/{running}",
            "/v1/terms",
            f"/v1/terms/{term}/issues",
        ]
        for path in paths:
            http.get(path).raise_for_status()
        times = sorted(reads(http, paths, rate, seconds))
        p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
        shown = f"{p50:.0f} / {p95:.0f} ms"
        made.add(
            f"reads at {rate:g}/s while it solves, p50 / p95", shown, f"p95 ≤ {READING_MS} ms", met=p95 <= READING_MS
        )
        cancelled = [_cancelled(http, running)]
        waited = []
        for _ in range(JOBS):
            job = _ask(http, term, 60)
            waited.append(_waited_ms(until(http, job, lambda job: job["started_at"] is not None, 30)))
            cancelled.append(_cancelled(http, job))
        middle = statistics.median(waited)
        made.add("asked → begun, p50", f"{middle:.0f} ms", f"≤ {STARTING_MS} ms", met=middle <= STARTING_MS)
        worst = max(cancelled)
        made.add("cancel → gone, worst", f"{worst:.2f} s", f"≤ {CANCEL_SECONDS} s", met=worst <= CANCEL_SECONDS)
        kept = _ask(http, term, 60)
        before = until(http, kept, lambda job: job["value"] is not None, 60)
        time.sleep(3)
        server.kill()
        killed = time.monotonic()
    with served(data, database) as server:
        again = until(server.http, kept, lambda job: job["state"] == "running" and job["attempts"] > 1, 60)
        took = time.monotonic() - killed
        met = took <= TAKE_OVER_SECONDS
        made.add("killed → taken over by the next server", f"{took:.1f} s", f"≤ {TAKE_OVER_SECONDS} s", met=met)
        no_worse = again["value"] is not None and again["value"] >= before["value"]
        made.add("value after the take-over", "no worse" if no_worse else "worse", "no worse", met=no_worse)
        server.http.post(f"/v1/jobs/{kept}/cancel").raise_for_status()
    return made


def _cancelled(http: httpx.Client, job: str) -> float:
    began = time.monotonic()
    answer = http.post(f"/v1/jobs/{job}/cancel")
    if answer.is_error:
        raise RuntimeError(f"{answer.text} {http.get(f'/v1/jobs/{job}').text}")
    until(http, job, lambda found: found["state"] == "cancelled", 30)
    return time.monotonic() - began


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description="How the service answers while it solves.")
    parser.add_argument("--database")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--json", action="store_true")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hybrooster-load-") as folder:
        made = measure(Path(folder), said.database, said.rate, said.seconds)
    if said.json:
        print(json.dumps(made.rows, ensure_ascii=False, indent=1))  # noqa: T201  its output
        return
    lines = ["| what | measured | aim | met |", "|---|---|---|---|"]
    print("\n".join([*lines, *(f"| {' | '.join(row)} |" for row in made.rows)]))  # noqa: T201  its output


if __name__ == "__main__":
    main()
