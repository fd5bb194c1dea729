"""The command `hybrooster`: who is going to solve begins to load the solver, aside, before anything else is loaded."""

from __future__ import annotations

import sys

from solver import early

INTERRUPTED = 130
"""The exit code of a command that was stopped from the keyboard."""


def main() -> None:
    """Run the shell."""
    try:
        if sys.argv[1:2] == ["solve"]:
            early.context()
        from service.shell.cli import app  # noqa: PLC0415  it takes as long to load as the solver, and solving processes need none of it

        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
