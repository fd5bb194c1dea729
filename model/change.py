"""What could be agreed: edits of rows of a term, in words, with who must agree and what it is taken to cost them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from model.fields import Record
from model.locale import text
from model.people import Privacy
from model.term import Term, tables

if TYPE_CHECKING:
    from model.rule import Owner


class Edit(NamedTuple):
    """A row that gets other values; one that comes, where there is none of that id; or, without values, one that goes."""

    table: str
    row: str | None
    """Its id; None for a row that comes, which may be one that is there already and gets these values."""
    values: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Change:
    """Something that somebody could agree to.

    Attributes:
        owners: who must agree; never the law.
        price: what it is taken to cost them, against other changes.
        edits: what it means in the term.
        professional: whom it concerns, where it is one person.
        privacy: who may read why it would help.
    """

    message: str
    params: Mapping[str, object]
    owners: tuple[Owner, ...]
    price: int
    edits: tuple[Edit, ...]
    professional: str | None = None
    privacy: Privacy = Privacy.OPEN

    def sentence(self, lang: str) -> str:
        """What would be agreed."""
        return text(self.message, lang, **self.params)

    @property
    def key(self) -> str:
        """The same for changes that mean the same in the term."""
        return repr([(each.table, each.row, sorted((each.values or {}).items())) for each in self.edits])


_OF_ONE = frozenset({"professionals", "releases", "unavailability", "activities", "engagements", "lessons", "waivers"})
_OF_NO_DAY = frozenset({"presence", "employers", "release_choices"})
"""Tables of which a change concerns the days of the person of the change alone, or nobody's."""


def days_of(changes: Iterable[Change]) -> frozenset[str] | None:
    """Whose days may be others with changes agreed; None where it may be anybody's."""
    people = set()
    for change in changes:
        tables_ = {each.table for each in change.edits}
        if not tables_ <= _OF_NO_DAY:
            if not tables_ <= _OF_ONE or change.professional is None:
                return None
            people.add(change.professional)
    return frozenset(people)


def applied(term: Term, changes: Iterable[Change]) -> Term:
    """The term with changes agreed.

    Rows are checked one by one; that they refer to rows that are there is for whoever made the changes.

    Raises:
        KeyError: a row that gets other values is not there.
        ValidationError: values that no row may have.
    """
    return edited(term, (edit for change in changes for edit in change.edits))


def edited(term: Term, edits: Iterable[Edit]) -> Term:
    """The term with rows edited, in order; likewise. Rows keep their places, those that come are the last."""
    by_table: dict[str, list[Edit]] = {}
    for edit in edits:
        by_table.setdefault(edit.table, []).append(edit)
    records = dict(tables())
    changed: dict[str, tuple[Record, ...]] = {}
    for table, of_table in by_table.items():
        rows = {row.id: row for row in getattr(term, table)}
        for edit in of_table:
            if edit.values is None:
                rows.pop(str(edit.row), None)
            elif edit.row is None:
                made: Any = records[table].model_validate(dict(edit.values))
                rows[made.id] = made
            else:
                rows[edit.row] = rows[edit.row].replace(**edit.values)
        changed[table] = tuple(rows.values())
    return with_values(term, changed) if changed else term


def with_values(term: Term, values: Mapping[str, Any]) -> Term:
    """The term with other tables or settings, taken as they are; what stays is not checked anew, nor indexed."""
    new = Term.model_construct(**{name: values.get(name, getattr(term, name)) for name in Term.model_fields})
    new.share_lookups(term)
    return new
