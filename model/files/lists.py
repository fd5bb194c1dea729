"""Several values in one cell: `4A, 4B`, `4A+4B`, and `"R+D", "5"" pijp"` where a value holds such a character itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ITEM = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)"\s*(?P<after>[,;+\n]|$)|(?P<plain>[^,;\n]*)(?P<end>[,;\n]|$))')
_PLUS = re.compile(r"(?<=[^+\s])\s*\+\s*(?=[^+\s])")
_NUMBERS = re.compile(r"[\s;+]+")
_SPECIAL = re.compile(r'[,;+"\n]')


def join(items: Iterable[str]) -> str:
    """The one way lists are written; `split` reads it back."""
    return ", ".join('"{}"'.format(item.replace('"', '""')) if _SPECIAL.search(item) else item for item in items)


def split(text: str) -> list[str]:
    """Items of a cell. A plus sign separates only where no comma does, so that `C++, R+D` holds two items."""
    items: list[str] = []
    quoted = commas = False
    at = 0
    while at < len(text):
        found = _ITEM.match(text, at)
        assert found is not None  # the plain part matches anything
        if found["quoted"] is not None:
            quoted = True
            items.append(found["quoted"].replace('""', '"'))
        else:
            items.append(found["plain"].strip())
        commas = commas or bool((found["after"] or found["end"] or "").strip("+"))
        at = found.end()
    if len(items) == 1 and not quoted and not commas:
        items = _PLUS.split(items[0])
    return [item for item in items if item]


def split_numbers(text: str) -> list[str]:
    """Numbers of a cell, separated by plus signs, semicolons or spaces; a comma is the decimal one."""
    return [item for item in _NUMBERS.split(text) if item]
