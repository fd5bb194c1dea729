"""What the model refuses in a row, said in our own codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from model.files.cells import shown
from model.files.columns import Column
from model.files.raw import RawRow
from model.issues import Issue, nearest

_BOUNDS = {
    "greater_than_equal": ("below_least", "ge"),
    "less_than_equal": ("above_most", "le"),
    "string_too_short": ("too_short", "min_length"),
    "string_too_long": ("too_long", "max_length"),
    "too_long": ("too_many_values", "max_length"),
    "string_pattern_mismatch": ("wrong_form", "pattern"),
    "character": ("forbidden_character", "character"),
}
"""Code and bound of the checks that a field can have, by the name pydantic gives them."""


CODES = frozenset({"missing", "unknown_field", "refused", *(code for code, _ in _BOUNDS.values())})
"""Every code that a refusal may get."""


def refused(error: ValidationError, by_field: Mapping[str, Column], row: RawRow) -> Iterator[Issue]:
    """One issue per field of a row that the model refused."""
    told: set[str] = set()
    for each in error.errors(include_url=False):
        name = str(each["loc"][0]) if each["loc"] else ""
        if name not in told:
            told.add(name)
            yield _issue(name, each["type"], each.get("ctx", {}), by_field, row)


def _issue(name: str, kind: str, context: Mapping[str, Any], by_field: Mapping[str, Column], row: RawRow) -> Issue:
    value = shown(row.cells[name]) if name in row.cells else None
    if kind == "missing":
        return Issue(code="missing", field=name)
    if kind == "extra_forbidden":
        return Issue(code="unknown_field", field=name, value=name, maybe=nearest(name, by_field))
    if kind in _BOUNDS:
        code, bound = _BOUNDS[kind]
        return Issue(code=code, field=name, value=value, details={"bound": str(context.get(bound, ""))})
    return Issue(code="refused", field=name, value=value)
