"""Text that no database keeps and no answer can hold: NUL, and halves of characters (lone surrogates)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_STRANGE = re.compile("[\0\ud800-\udfff]")
_ESCAPED = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
"""How JSON writes them. The halves of a whole character are written so as well, and stand for one once they are read."""


def is_strange(text: str) -> bool:
    """Whether there is any in a text."""
    return _STRANGE.search(text) is not None


def without_strange(text: str) -> str:
    """The text with a mark instead."""
    return _STRANGE.sub("�", text)


def is_strange_json(data: bytes) -> bool:
    """Whether there is any in a text of a JSON document; False for what is no JSON, as who reads it says so."""
    if not _ESCAPED.search(data):
        return False
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return any(map(is_strange, _texts(found)))


def _texts(value: Any) -> Iterator[str]:
    stack = [value]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, list):
            stack += each
        elif isinstance(each, dict):
            stack += [*each, *each.values()]
