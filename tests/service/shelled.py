"""`hybrooster serve` as somebody starts it from a shell: its settings in the environment, ended by a signal."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from service.client import Client
from tests.service.api.story import PATIENCE_SECONDS, ROOT, SHELL


def environment(**settings: str) -> dict[str, str]:
    """That of a shell with these settings and no others: `port="1"` is HYBROOSTER_PORT."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("HYBROOSTER_")}
    return plain | {f"HYBROOSTER_{name.upper()}": value for name, value in settings.items()}


def shell(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    return subprocess.run(
        [*SHELL, *command],
        env=environment(**settings),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


class Served:
    """A service that runs.

    Attributes:
        link: lets somebody in once.
    """

    def __init__(self, data: Path, **settings: str) -> None:
        self._clients: list[Client] = []
        self._errors = data.with_suffix(".err").open("a+")
        command = [*SHELL, "serve", "--port", "0", "--data", str(data), "--lang", "en"]
        self.process = subprocess.Popen(
            command, env=environment(**settings), stdout=subprocess.PIPE, stderr=self._errors, text=True, cwd=ROOT
        )
        assert self.process.stdout is not None
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                break
        self.said = "".join(lines)
        self.address = _found(r"runs at (http\S+)\.$", self.said)
        self.link = _found(r"^\s*(http\S+token=\S+)$", self.said)

    def all_said(self) -> str:
        """What it wrote by now, to either side."""
        self._errors.seek(0)
        return self.said + self._errors.read()

    def client(self) -> Client:
        """The API with a token that was made after logging in by the link."""
        token = self.link.partition("token=")[2]
        with httpx.Client(base_url=self.address) as browser:
            me = browser.post("/v1/login/links/use", json={"token": token}).raise_for_status().json()
            asked = {"name": "test", "scopes": ["read", "write", "solve"]}
            made = browser.post("/v1/tokens", json=asked, headers={"X-CSRF-Token": me["csrf"]}).raise_for_status()
        client = Client(self.address, made.json()["secret"], language="en")
        self._clients.append(client)
        return client

    def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        """End it by a signal; its exit code."""
        self.process.send_signal(by)
        code = self.process.wait(PATIENCE_SECONDS)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code

    def close(self) -> None:
        """End it if it still runs."""
        for each in self._clients:
            each.http.close()
        if self.process.poll() is None:
            self.end(signal.SIGKILL)
        self._errors.close()


@contextmanager
def served(data: Path, **settings: str) -> Iterator[Served]:
    """A service that runs until the end of the block."""
    made = Served(data, **settings)
    try:
        yield made
    finally:
        made.close()


def _found(pattern: str, said: str) -> str:
    match = re.search(pattern, said, re.MULTILINE)
    assert match is not None, said
    return match[1]


def until(holds: Callable[[], bool]) -> None:
    """Wait for something."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.05)
