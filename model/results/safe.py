"""Names made safe for where they go: files, and sheets of a workbook."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256

SHEET_NAME_LENGTH = 31
_FILE_NAME_LENGTH = 80

_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\U00010000-\U0010ffff]+")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)")
"""Names that Windows keeps for itself."""


def file_names(names: Mapping[str, str], ending: str) -> dict[str, str]:
    """File names by id, from people's names: plain lower-case letters, and unique on any file system.

    Whoever shares a name gets a part of the id's hash after it, so that a name stays with its id.
    """
    plain = {each: _plain(name) for each, name in names.items()}
    shared = Counter(plain.values())
    return {
        each: f"{name}{ending}"
        if name and shared[name] == 1 and not _DEVICE.fullmatch(name)
        else f"{name or 'x'}-{sha256(each.encode()).hexdigest()[:10]}{ending}"
        for each, name in plain.items()
    }


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_FILE_NAME_LENGTH].strip("-")


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Legal sheet names in the same order: at most 31 characters, no two alike, case aside."""
    found: list[str] = []
    taken = {"history"}
    for name in wanted:
        legal = " ".join(_NOT_IN_SHEET_NAME.sub("-", name).split()).strip("'") or "-"
        made, number = legal[:SHEET_NAME_LENGTH].strip("' "), 1
        while made.casefold() in taken:
            number += 1
            after = f" ({number})"
            made = legal[: SHEET_NAME_LENGTH - len(after)].strip("' ") + after
        taken.add(made.casefold())
        found.append(made)
    return found
