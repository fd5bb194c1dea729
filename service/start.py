"""The command `hybrooster`: who is going to solve begins to load the solver, aside, before anything else is loaded."""

from __future__ import annotations

import sys

from solver import early


def main() -> None:
    """Run the shell."""
    if sys.argv[1:2] == ["solve"]:
        early.load()
    from service.cli import app  # noqa: PLC0415  it takes as long to load as the solver, and processes of a solve need none of it

    app()
