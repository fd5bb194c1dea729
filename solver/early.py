"""The server that solving processes are forked from: begun early, it loads the solver while somebody reads a file.

Nothing else is imported here, so that it can come first.
"""

from __future__ import annotations

import multiprocessing
import signal
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import ForkContext, ForkServerContext, SpawnContext


class _Here:
    """Whether this process has everything loaded, so that its own are forked from it."""

    forks = False


def fork_from_here() -> None:
    """Say that this process is one of the server's, so that it has the solver loaded, and has no threads: solving processes
    are forked from it, as a server of its own would load everything again."""
    _Here.forks = "fork" in multiprocessing.get_all_start_methods()


def context(*preload: str) -> ForkContext | ForkServerContext | SpawnContext:
    """Processes from a server that loads the solver from now on, where the system can; fresh ones elsewhere.

    Args:
        preload: modules that the server loads too, when this begins it.
    """
    if _Here.forks:
        return multiprocessing.get_context("fork")
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["solver.child", *preload])
    # An interrupt from the keyboard reaches the server too, which deals with it only once everything is loaded.
    resource_tracker.ensure_running()  # which the server wants, and which would let interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return made
