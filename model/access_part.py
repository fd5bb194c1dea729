"""The part of a term that an owner edits, as a reader may see it, and given back: what they may not see stays as it is."""

from __future__ import annotations

from typing import Any

from model.access import Reader
from model.access_term import PLAIN, Reading, View
from model.issues import Issue, TermError
from model.parts import Part, PartKey, id_of, part_of
from model.term import Settings, Term, tables


def part_for(term: Term, key: PartKey, reader: Reader, view: View = PLAIN) -> dict[str, Any]:
    """A part as a reader may see it, as JSON values; giving it back unchanged changes nothing."""
    part, reading = part_of(term, key), Reading(term, reader, view)
    shown: dict[str, Any] = {}
    if part.settings is not None:
        shown["settings"] = part.settings.model_dump(mode="json", exclude_defaults=True)
    for table, _ in tables():
        if rows := [reading.shown(table, row) for row in part.rows(table) if reading.sees(table, row)]:
            shown[table] = rows
    return shown


def part_given(term: Term, key: PartKey, reader: Reader, given: Part, view: View = PLAIN) -> Part:
    """What a reader gives back, with all that they do not see as it was before.

    Raises:
        TermError: rows in tables, or about people, that are not for this reader.
    """
    before, reading = part_of(term, key), Reading(term, reader, view)
    rows: dict[str, list[Any]] = {}
    issues: list[Issue] = []
    for table, _ in tables():
        known = {id_of(row): row for row in before.rows(table)}
        unseen = [row for row in before.rows(table) if not reading.sees(table, row)]
        hidden = {id_of(row) for row in unseen}
        made = [reading.given(table, row, known) for row in given.rows(table)]
        for index, row in enumerate(made):
            if id_of(row) in hidden or not _may_add(reading, table, row, known):
                issues.append(_not_theirs(table, index, id_of(row)))
        rows[table] = _in_place([id_of(row) for row in before.rows(table)], made, unseen)
    if issues:
        raise TermError(issues)
    settings: Settings | None = given.settings if given.settings is not None else before.settings
    return Part(settings=settings, **{table: tuple(each) for table, each in rows.items()})


def _may_add(reading: Reading, table: str, row: Any, known: dict[str, Any]) -> bool:
    """Whether a row that is new is one that this reader would see: nobody writes what they could not read again."""
    return id_of(row) in known or reading.sees_new(table, row)


def _in_place(order: list[str], made: list[Any], unseen: list[Any]) -> list[Any]:
    """Rows in the order there was, new ones last: what is not shown keeps its place."""
    found = {id_of(row): row for row in (*made, *unseen)}
    places = {each: place for place, each in enumerate(order)}
    return sorted(found.values(), key=lambda row: places.get(id_of(row), len(places))) if found else list[Any]()


def _not_theirs(table: str, index: int, value: str) -> Issue:
    return Issue(code="part_not_shown", table=table, index=index, value=value, words={"table": f"table.{table}"})
