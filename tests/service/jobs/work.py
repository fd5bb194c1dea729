"""A worker, as tests start it: `python -m tests.service.jobs.work URL DATA JOBS`.

It says `ready` and works until it gets SIGTERM. A split that is asked does what was planted instead, named by its seconds:
this module is loaded by the process of a job too, where Python calls it `__mp_main__`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from service.jobs.kinds import FairAsked, JobKind
from service.jobs.messages import Answered, Told
from service.jobs.states import Failure

if TYPE_CHECKING:
    from service.jobs.task import Task


class Planted(float, Enum):
    """What a split does, by its seconds."""

    NOTHING = 10.0
    DEFECT = 20.0
    CRASH = 30.0
    HOG = 40.0
    REFUSED = 50.0
    SLEEP = 60.0


def _planted(task: Task, asked: FairAsked) -> Answered:
    """Does what the test wants. It has a process of its own that would sleep for ever."""
    match Planted(asked.seconds):
        case Planted.DEFECT:
            raise RuntimeError("of Ms de Vries, who lives in Tilburg")
        case Planted.CRASH:
            os.kill(os.getpid(), signal.SIGKILL)
        case Planted.HOG:
            hoard = [b"x" * 1_000_000 + bytes([n % 256]) for n in range(1200)]
            task.send(Told(str(len(hoard))))
            time.sleep(60)
        case Planted.REFUSED:
            from service.jobs.task import RefusedError

            raise RefusedError(Failure.UNKNOWN_ID)
        case Planted.SLEEP:
            own = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"])
            task.send(Told(f"pids {os.getpid()} {own.pid}"))
            time.sleep(1000)
    return Answered("{}", {})


if __name__ == "__mp_main__":
    from service.jobs import bodies

    bodies.BODIES[JobKind.FAIR] = _planted


def main() -> None:
    """Work until told to stop."""
    from service.jobs.jobs import Jobs  # the process of a job loads none of it
    from service.settings import JobLimits, ServiceSettings
    from service.store.database import Database

    url, data, limits = sys.argv[1:4]
    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    with Database(url) as database:
        jobs = Jobs(database, ServiceSettings(data=Path(data), jobs=JobLimits(**json.loads(limits))))
        jobs.start(work=True)
        print("ready", flush=True)  # noqa: T201  the test waits for it
        while not stopped:
            time.sleep(0.05)
        jobs.close()


if __name__ == "__main__":
    main()
