"""Somebody taken out of JSON: their id becomes one that tells nothing, their name and what was written about them go.

Rows stay where others depend on them: who was at work, who gave a lesson, who was allowed to. What a row means is known from
the table it stands in (`model.fields.Col`), so that the same word elsewhere stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from model.fields import Col, Record
from model.term import tables
from model.travel import home
from service.store.care.mention import Who
from service.store.columns import Json

GONE = "(gewist)"

_PERSON = frozenset({"professional", "professionals", "person", "people"})
"""Members that name people, in objects that are no rows of a term."""

_PEOPLE_TABLES = frozenset({"professionals", "staff"})
"""Whose names are of whoever has their id: others may be called the same."""


@cache
def _records() -> Mapping[str, type[Record]]:
    return dict(tables())


@cache
def _columns(table: str) -> Mapping[str, Col]:
    return dict(_records()[table].cols())


@dataclass
class Anonymous:
    """Takes somebody out.

    Attributes:
        id: what their id becomes.
        ids: what other ids became that were made of theirs, by table; filled while rows are read.
        words: whole texts that become others: digests of what was changed.
    """

    who: Who
    id: str
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def value(self, value: Any) -> Any:
        """Any JSON value without them."""
        match value:
            case Mapping():
                return self._object(value)
            case list():
                return [self.value(each) for each in value]
            case str():
                return self.text(value)
        return value

    def text(self, said: str) -> str:
        """A text without them: all of it goes when it is about them."""
        return GONE if self.who.in_text(said) else self.words.get(said, said)

    def label(self, said: str) -> str:
        """A name of a document or a note; likewise, be it a single word."""
        return GONE if self.who.in_id(said) else said

    def person(self, value: Any) -> Any:
        """A field that names people."""
        if isinstance(value, list):
            return [self.person(each) for each in value]
        return self.id if value == self.who.id or value in self.who.pseudonyms else value

    def _object(self, found: Mapping[str, Any]) -> Json:
        mine = any(found.get(name) == self.who.id for name in ("professional", "person"))
        return dict(self._members(found, mine=mine))

    def _members(self, found: Mapping[str, Any], *, mine: bool) -> Iterator[tuple[str, Any]]:
        for name, value in found.items():
            if name in _records() and isinstance(value, Mapping):
                yield name, self._keyed(name, value)
            elif name in _records() and isinstance(value, list) and all(isinstance(each, Mapping) for each in value):
                yield name, [self.row(name, each) for each in value]
            elif name in _PERSON and not isinstance(value, Mapping):
                yield name, self.person(value)
            elif name == "idle_waivers":
                yield name, [self.ids.get(("waivers", each), each) for each in value]
            elif mine and name in ("reason", "sentence") and value:
                yield name, GONE
            else:
                yield name if name != self.who.id else self.id, self.value(value)

    # Rows of a term

    def row(self, table: str, row: Mapping[str, Any]) -> Json:
        """A row of a table."""
        made = self._fields(table, row, mine=self._is_mine(table, row, str(row.get("id", ""))))
        if "id" in made:
            made["id"] = self._id(table, row, made)
        return made

    def _is_mine(self, table: str, row: Mapping[str, Any], row_id: str) -> bool:
        if table == "professionals":
            return row_id == self.who.id
        return row.get("professional") == self.who.id

    def _fields(self, table: str, row: Mapping[str, Any], *, mine: bool) -> Json:
        made: Json = {}
        for name, value in row.items():
            col = _columns(table).get(name)
            if mine and col is not None and col.secret:
                continue
            made[name] = self._cell(table, name, value, mine=mine)
        return made

    def _cell(self, table: str, name: str, value: Any, *, mine: bool) -> Any:
        col = _columns(table).get(name)
        if name == "id" or col is None:
            return value
        if col.ref:
            return self.person(value) if col.ref == "professionals" else self._referred(col.ref, value)
        if mine and (table, name) in (("professionals", "name"), ("waivers", "reason")):
            return GONE
        if table in _PEOPLE_TABLES and name == "name":
            return value
        if value == home(self.who.id):
            return home(self.id)
        return self.value(value)

    def _referred(self, table: str, value: Any) -> Any:
        if isinstance(value, list):
            return [self._referred(table, each) for each in value]
        return self.ids.get((table, value), value)

    def _id(self, table: str, row: Mapping[str, Any], made: Json) -> str:
        """The id of a row: made anew where it was made of fields that changed, and no longer theirs where it named them."""
        old = str(row["id"])
        if table == "professionals":
            return self.id if old == self.who.id else old
        if (table, old) in self.ids:
            return self.ids[table, old]
        if row == made or not _records()[table].key():
            return old
        new = (_made(table, made) or old) if _made(table, row) == old else old
        if new == old and self.who.within(old):
            new = self._other(table, old)
        if new != old:
            self.ids[table, old] = new
        return new

    def _other(self, table: str, row_id: str) -> str:
        return f"gewist-{sha256(f'{self.id} {table} {row_id}'.encode()).hexdigest()[:16]}"

    def _keyed(self, table: str, rows: Mapping[str, Any]) -> Json:
        """Rows that stand by their ids, as in a patch; or a table to be restored."""
        if set(rows) <= {"rows", "gone", "order"} and all(isinstance(each, list) for each in rows.values()):
            found: Json = {"rows": [self.row(table, each) for each in rows.get("rows", ())]}
            return found | {name: [self._known(table, each) for each in rows[name]] for name in rows if name != "rows"}
        made: Json = {}
        for key, values in rows.items():
            if not isinstance(values, Mapping):
                made[self._known(table, key)] = values
                continue
            row = {"id": key, **values}
            mine = self._is_mine(table, row, key) or (table != "professionals" and self.who.in_id(key))
            changed = self._fields(table, row, mine=mine)
            made[self._id(table, row, changed)] = {name: value for name, value in changed.items() if name != "id"}
        return made

    def _known(self, table: str, row_id: str) -> str:
        """The id of a row that is only named: as it was called elsewhere, or by a made id that no row has any more."""
        if table == "professionals":
            return self.id if row_id == self.who.id else row_id
        if (table, row_id) not in self.ids and row_id != self.who.id and self.who.in_id(row_id):
            return self._other(table, row_id)
        return self.ids.get((table, row_id), row_id)


def _made(table: str, row: Mapping[str, Any]) -> str | None:
    """The id a row would be given; None where there is not enough of it to say."""
    record = _records()[table]
    try:
        return record.model_validate({name: value for name, value in row.items() if name != "id"}).made_id()
    except ValidationError:
        return None
