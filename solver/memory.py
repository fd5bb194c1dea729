"""What one solve leaves to the next, of the same term or of one that changed a little, and the file it is kept in.

Nothing in it is taken on trust: plans are tried against the new term, and any prices of rows give a bound that holds.
Rows and plans go by names made of the term's own codes, so that what did not change is found again.
"""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from model.files.source import unreadable

ENDING = ".warm.json.gz"

MOST_BYTES = 256 * 1024 * 1024
"""Unpacked."""


class Memory(BaseModel):
    """Prices of rows and plans of people.

    Attributes:
        prices: by the name of a row, in parts of a point (`solver.plan.tables.SCALE`); those that are 0 are left out.
        blocks: names of what plans are made of.
        plans: by professional, plans as places in `blocks`.
        cuts: rows that make up a cut with a price: names, or a professional's code after `person `.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Literal[1] = 1
    prices: dict[str, int] = Field(default_factory=dict)
    blocks: tuple[str, ...] = ()
    cuts: tuple[tuple[str, ...], ...] = ()
    plans: dict[str, tuple[tuple[int, ...], ...]] = Field(default_factory=dict)


def beside(outcome: Path) -> Path:
    """Where the memory of the solve that wrote an outcome is kept."""
    return outcome.with_name(outcome.stem + ENDING)


def write_memory(memory: Memory, path: Path) -> None:
    """Write it, packed."""
    path.write_bytes(gzip.compress(memory.model_dump_json().encode(), mtime=0))


def read_memory(path: Path) -> Memory:
    """Read what `write_memory` wrote.

    Raises:
        Unreadable: the file cannot be read, or is something else.
    """
    try:
        with gzip.open(path) as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ValueError("too large")  # noqa: TRY301  the same answer as for anything else that is no memory
        return Memory.model_validate_json(data)
    except (OSError, EOFError, ValueError, zlib.error):
        raise unreadable("no_memory", path) from None
