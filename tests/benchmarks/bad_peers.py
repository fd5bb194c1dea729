"""The process of a run, with peers that do what must not be: `python -m tests.benchmarks.bad_peers`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import ClassVar

from benchmarks.attempt import main
from benchmarks.peers import PEERS, Answer, Needs, OnFound, Peer, Problem


@dataclass(frozen=True)
class Bad(Peer):
    """Does one of these, by its name."""

    name: str
    needs: ClassVar[Needs] = Needs.TERM

    def solve(self, problem: Problem, seconds: float, seed: int, found: OnFound) -> Answer:
        """Raise, die, hang with a child of its own (whose process id it tells as a value), or write where lines go."""
        del problem, seconds, seed
        match self.name:
            case "raises":
                raise ValueError("no such luck")
            case "dies":
                sys.stderr.write("first\nlast words\n")
                sys.stderr.flush()
                os._exit(7)
            case "hangs":
                child = subprocess.Popen(["sleep", "600"])
                found(child.pid, None)
                time.sleep(600)
            case "noisy":
                sys.stdout.write("{\n")
                sys.stdout.flush()
                os.write(1, b"{}\nsolver says hello\n")
                found(5, 6)
        return Answer()


if __name__ == "__main__":
    for name in ("raises", "dies", "hangs", "noisy"):
        PEERS[name] = Bad(name)
    main()
