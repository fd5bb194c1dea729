"""The JSON Schema describes every field, and agrees with what is written and read."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from model.files import json_schema
from model.files.columns import columns, records
from model.term import Term
from tests.files.places import JSON
from tests.strategies_term import whole_terms


def fields(table: str) -> dict[str, Any]:
    """Properties of the rows of a table, or of the settings."""
    schema = json_schema()
    if table == "term":
        found: dict[str, Any] = schema["properties"]
        return found
    name = schema["properties"][table]["items"]["$ref"].rsplit("/", 1)[1]
    rows: dict[str, Any] = schema["$defs"][name]["properties"]
    return rows


def test_every_field_is_described() -> None:
    """Each field of each table has a description, and its unit and reference where it has such."""
    Draft202012Validator.check_schema(json_schema())
    for table in records():
        described = fields(table)
        for name, column in columns(table).items():
            assert described[name]["description"] == column.col.meaning
            assert described[name].get("x-unit", "") == column.col.unit
            assert described[name].get("x-refers-to", "") == column.col.ref
    for name, record in records().items():
        if name != "term":
            assert json_schema()["properties"][name]["description"]
            assert set(fields(name)) == set(record.model_fields)


def test_unknown_fields_are_refused() -> None:
    """The schema allows no more than the reader does."""
    validator = Draft202012Validator(json_schema())
    assert validator.is_valid(JSON)
    assert not validator.is_valid({**JSON, "colour": "blue"})
    assert not validator.is_valid({**JSON, "schools": [{**JSON["schools"][0], "colour": "blue"}]})
    assert not validator.is_valid({**JSON, "lessons": [{"id": "l1"}]})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(whole_terms())
def test_every_written_term_fits_the_schema(term: Term) -> None:
    """What is written as JSON is valid by the schema."""
    written = json.loads(term.model_dump_json(exclude_defaults=True))
    assert list(Draft202012Validator(json_schema()).iter_errors(written)) == []
