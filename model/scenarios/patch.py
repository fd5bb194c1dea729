"""A term as one JSON object in which rows stand by their ids, changed by a merge patch (RFC 7396): what differs, as data.

    {"noon": "12:30", "releases": {"r1": {"half_day": "morning"}, "r2": null, "r3": {"professional": "p1", …}}}

gives one row other values, takes one away and adds one; null for a field gives it its default. Rows that come are the last of
their table, so a patch cannot put a row back in its place: `Restore` can, which is what undoing a scenario is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError

from model.change import with_values
from model.fields import Record
from model.issues import nearest
from model.scenarios.kind import MisfitError, ScenarioChange
from model.term import Settings, Term, tables

Json = dict[str, Any]


def merged(target: Any, patch: Any) -> Any:
    """A JSON value with a merge patch applied, as RFC 7396 (section 2) says."""
    if not isinstance(patch, Mapping):
        return patch
    result: Json = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def keyed(term: Term) -> Json:
    """A term as the object that patches are about; what has its default is left out."""
    return {**_settings(term), **{table: _rows(term.rows(table)) for table, _ in tables() if term.rows(table)}}


def patch_between(before: Term, after: Term) -> Json:
    """What turns one term into another, but for the order of rows."""
    return _difference(keyed(before), keyed(after))


def _difference(before: Json, after: Json) -> Json:
    found: Json = {name: None for name in before if name not in after}
    for name, value in after.items():
        old = before.get(name)
        if value == old:
            continue
        both = isinstance(value, dict) and isinstance(old, dict)
        found[name] = _difference(old or {}, value) if both else value
    return found


def _settings(term: Term) -> Json:
    found: Json = term.model_dump(mode="json", exclude_defaults=True, include=set(Settings.model_fields))
    return found


def _rows(rows: tuple[Record, ...]) -> Json:
    return {getattr(row, "id"): _row(row) for row in rows}  # noqa: B009  rows differ in type


def _row(row: Record) -> Json:
    found: Json = row.model_dump(mode="json", exclude_defaults=True, exclude={"id"})
    return found


class Patch(ScenarioChange):
    """Any rows of a term otherwise, as a merge patch of the object in which rows stand by their ids."""

    kind: Literal["patch"] = "patch"
    patch: dict[str, Any] = Field(min_length=1)

    def applied(self, term: Term) -> Term:
        records = dict(tables())
        settings = {name: value for name, value in self.patch.items() if name in Settings.model_fields}
        values: Json = {}
        for table, wanted in self.patch.items():
            if table in settings:
                continue
            if table not in records:
                maybe = nearest(table, [*records, *Settings.model_fields])
                raise MisfitError("unknown_field", f"patch.{table}", table, maybe=maybe)
            values[table] = tuple(_patched(term, table, records[table], wanted))
        if settings:
            values |= _with_settings(term, settings)
        return with_values(term, values)

    def params(self, term: Term) -> Mapping[str, object]:  # noqa: ARG002  it says what it is about itself
        return {"n": sum(len(each) if isinstance(each, Mapping) else 1 for each in self.patch.values())}

    def people(self, term: Term) -> frozenset[str] | None:  # noqa: ARG002  it may be about anybody
        return None


def _with_settings(term: Term, settings: Mapping[str, Any]) -> Json:
    values = merged(_settings(term), settings)
    try:
        made = Settings.model_validate(values)
    except ValidationError as error:
        raise _refused(error, "patch") from None
    return {name: getattr(made, name) for name in Settings.model_fields}


def _patched(term: Term, table: str, record: type[Record], wanted: Any) -> Iterator[Record]:
    """The rows of a table with a patch of them."""
    if wanted is None:
        return
    if not isinstance(wanted, Mapping):
        raise MisfitError("scenario_not_by_id", f"patch.{table}", str(wanted))
    there: set[str] = set()
    for row in term.rows(table):
        row_id: str = getattr(row, "id")  # noqa: B009  rows differ in type
        there.add(row_id)
        if row_id not in wanted:
            yield row
        elif wanted[row_id] is not None:
            yield _made(record, table, row_id, merged(_row(row), wanted[row_id]))
    for row_id, values in wanted.items():
        if row_id not in there:
            if values is None:
                maybe = nearest(row_id, there)
                words = {"refers_to": f"table.{table}"}
                raise MisfitError("unknown_reference", f"patch.{table}.{row_id}", row_id, maybe=maybe, words=words)
            yield _made(record, table, row_id, merged(None, values))


def _made(record: type[Record], table: str, row_id: str, values: Any) -> Record:
    where = f"patch.{table}.{row_id}"
    if not isinstance(values, Mapping):
        raise MisfitError("scenario_not_by_id", where, str(values))
    try:
        return record.model_validate({**values, "id": row_id})
    except ValidationError as error:
        raise _refused(error, where, record) from None


def _refused(error: ValidationError, where: str, record: type[Record] = Settings) -> MisfitError:
    """The first thing that is wrong with a row."""
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    place = f"{where}.{field}" if field else where
    if first["type"] == "missing":
        return MisfitError("missing", place)
    if first["type"] == "extra_forbidden":
        return MisfitError("unknown_field", place, field, maybe=nearest(field, record.model_fields))
    return MisfitError("refused", place, str(first.get("input", "")))


class Restored(Record):
    """A table as it was: rows that are otherwise since, or gone; ids of those that came since; and the order of all."""

    rows: tuple[dict[str, Any], ...] = ()
    gone: tuple[str, ...] = ()
    order: tuple[str, ...] = ()


class Restore(ScenarioChange):
    """Undoes other changes: rows are put back as they were, in their places, and rows that came since go."""

    kind: Literal["restore"] = "restore"
    tables: dict[str, Restored] = {}
    settings: dict[str, Any] = {}

    def applied(self, term: Term) -> Term:
        records = dict(tables())
        values: Json = {}
        for table, was in self.tables.items():
            if table not in records:
                raise MisfitError("unknown_field", f"tables.{table}", table, maybe=nearest(table, records))
            rows = {getattr(row, "id"): row for row in term.rows(table)}  # noqa: B009  rows differ in type
            for row_id in was.gone:
                rows.pop(row_id, None)
            for values_ in was.rows:
                row_id = str(values_.get("id", ""))
                rows[row_id] = _made(records[table], table, row_id, {k: v for k, v in values_.items() if k != "id"})
            place = {row_id: number for number, row_id in enumerate(was.order)}
            values[table] = tuple(rows[each] for each in sorted(rows, key=lambda each: place.get(each, len(place))))
        if self.settings:
            values |= _with_settings(term, self.settings)
        return with_values(term, values)

    def params(self, term: Term) -> Mapping[str, object]:  # noqa: ARG002  it says what it is about itself
        return {"n": sum(len(each.rows) + len(each.gone) for each in self.tables.values())}

    def people(self, term: Term) -> frozenset[str] | None:  # noqa: ARG002  it may be about anybody
        return None


def restoring(before: Term, after: Term) -> Restore:
    """What turns a term back into what it was, to the byte."""
    found = {}
    for table, _ in tables():
        old, new = before.rows(table), after.rows(table)
        if old == new:
            continue
        now, then = ({getattr(row, "id"): row for row in rows} for rows in (new, old))  # noqa: B009  rows differ in type
        found[table] = Restored(
            rows=tuple({"id": row_id, **_row(row)} for row_id, row in then.items() if now.get(row_id) != row),
            gone=tuple(row_id for row_id in now if row_id not in then),
            order=tuple(then),
        )
    settings = _difference(_settings(after), _settings(before))
    return Restore(tables=found, settings=settings)
