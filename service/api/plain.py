"""What is refused at the door of every handler: parameters that it does not have, and text that no database keeps.

Such text is NUL, and halves of characters (lone surrogates).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant

from model.issues import Issue
from service.problems import Code, Problem

_STRANGE = re.compile("[\0\ud800-\udfff]")
_MOST = 20
"""So many of what is unknown are named."""

_ESCAPED = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
"""How JSON writes them. The halves of a whole character are written so as well, and stand for one once they are read."""


_FOR_ALL = frozenset({"lang"})
"""Parameters that every address has."""


async def known(request: Request) -> None:
    """Refuse a request to the API with a parameter that its address does not have: misspelled, it would do nothing.

    Raises:
        Problem: UNKNOWN_FIELD, with all of them.
    """
    dependant = getattr(request.scope.get("route"), "dependant", None)
    if dependant is None or not request.url.path.startswith("/v1/"):
        return  # pages are called by issuers too, who may add what they like
    strange = sorted(request.query_params.keys() - _FOR_ALL - set(_parameters(dependant)))
    if strange:
        named = [_STRANGE.sub("�", each)[:100] for each in strange[:_MOST]]
        issues = [Issue(code="unknown_field", column=f"$.{each}", field=each, value=each) for each in named]
        raise Problem(Code.UNKNOWN_FIELD, issues=issues, n=len(strange))


def _parameters(dependant: Dependant) -> Iterator[str]:
    yield from (each.alias for each in dependant.query_params)
    for each in dependant.dependencies:
        yield from _parameters(each)


async def plain(request: Request) -> None:
    """Refuse a request with such text.

    Raises:
        Problem: NOT_FOUND when it stands in the path, as nothing is called so; INVALID when elsewhere.
    """
    if _STRANGE.search(request.url.path) or any(map(_STRANGE.search, map(str, request.path_params.values()))):
        raise Problem(Code.NOT_FOUND)
    for name, value in request.query_params.multi_items():
        if _STRANGE.search(name) or _STRANGE.search(value):
            raise _refused(name)
    if "json" in request.headers.get("content-type", "").lower() and _ESCAPED.search(body := await request.body()):
        try:
            found = json.loads(body)
        except ValueError:
            return  # who reads it says what is wrong
        for text in _texts(found):
            if _STRANGE.search(text):
                raise _refused("body")


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


def _refused(field: str) -> Problem:
    shown = _STRANGE.sub("�", field)[:50]
    return Problem(Code.INVALID, issues=[Issue(code="bad_text", field=shown)], n=1)
