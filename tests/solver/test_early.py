"""The server that solving processes come from: an interrupt while it loads the solver leaves no trace."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

SCRIPT = """
import signal
from solver import early
early.context()
signal.signal(signal.SIGINT, signal.SIG_IGN)
print("begun", flush=True)
input()
process = early.context().Process(target=print, args=("alive",), kwargs={"flush": True})
process.start()
process.join()
"""


def test_an_interrupt_while_the_solver_is_loaded_leaves_no_trace() -> None:
    """From the keyboard it reaches the server as well, which goes on."""
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    os.killpg(process.pid, signal.SIGINT)
    said, errors = process.communicate("\n", timeout=60)
    assert (said, errors) == ("alive\n", "")
