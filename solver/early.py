"""The server that solving processes are forked from: begun early, it loads the solver while somebody reads a file.

Nothing else is imported here, so that it can come first.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, SpawnContext


def context() -> ForkServerContext | SpawnContext:
    """Processes from a server that has the solver loaded, where the system can; fresh ones elsewhere."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        made = multiprocessing.get_context("forkserver")
        made.set_forkserver_preload(["solver.child"])
        return made
    return multiprocessing.get_context("spawn")


def load() -> None:
    """Begin to load the solver, without waiting for it."""
    if isinstance(context(), ForkServerContext):
        forkserver.ensure_running()
