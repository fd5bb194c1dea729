"""The JSON Schema of a term: every field with its meaning, and its unit where it has one."""

from __future__ import annotations

from typing import Any

from model.term import Term, tables

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a term file; `x-unit` and `x-refers-to` hold units and references."""
    schema = Term.model_json_schema()
    schema["description"] = (
        "A region's term: everything that is known before solving, as tables that refer to each other."
    )
    for table, record in tables():
        schema["properties"][table]["description"] = " ".join((record.__doc__ or "").split())
    return {"$schema": DIALECT, **schema}
