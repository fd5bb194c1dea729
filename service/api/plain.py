"""What is refused at the door of every handler: parameters that it does not have, and text that no database keeps.

Such text is NUL, and halves of characters (lone surrogates).
"""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import Request
from fastapi.dependencies.models import Dependant

from model.issues import Issue
from service.desk.texts import is_strange, is_strange_json, without_strange
from service.problems import Code, Problem

_MOST = 20
"""So many of what is unknown are named."""

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
        named = [without_strange(each)[:100] for each in strange[:_MOST]]
        issues = [Issue(code="unknown_field", column=f"$.{each}", field=each, value=each) for each in named]
        raise Problem(Code.UNKNOWN_FIELD, issues=issues, n=len(strange))


def _parameters(dependant: Dependant) -> Iterator[str]:
    yield from (each.alias for each in dependant.query_params)
    for each in dependant.dependencies:
        yield from _parameters(each)


async def plain(request: Request) -> None:
    """Refuse a request with text that cannot be kept.

    Raises:
        Problem: NOT_FOUND when it stands in the path, as nothing is called so; INVALID when elsewhere.
    """
    if any(map(is_strange, (request.url.path, *map(str, request.path_params.values())))):
        raise Problem(Code.NOT_FOUND)
    for name, value in request.query_params.multi_items():
        if is_strange(name) or is_strange(value):
            raise _refused(name)
    if "json" in request.headers.get("content-type", "").lower() and is_strange_json(await request.body()):
        raise _refused("body")


def _refused(field: str) -> Problem:
    shown = without_strange(field)[:50]
    return Problem(Code.INVALID, issues=[Issue(code="bad_text", field=shown, value=shown)], n=1)
