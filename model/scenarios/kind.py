"""What every kind of change is: fields as a file may name them, what it means in the rows of a term, and its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from model.change import Edit, edited
from model.fields import Record
from model.issues import Issue, nearest
from model.locale import text
from model.term import Term


class MisfitError(ValueError):
    """A change that means nothing in a term: the issue says which field, and what was perhaps meant."""

    def __init__(self, code: str, field: str | None = None, value: object = None, **more: Any) -> None:
        self.issue = Issue(code=code, field=field, value=None if value is None else str(value), **more)
        super().__init__(code)


class ScenarioChange(Record):
    """The contract. `kind` names it in files; the catalogue has its sentence under `scenario.kind.<kind>`."""

    kind: str
    nested: ClassVar[tuple[str, ...]] = ()
    """Tables of the term of which it holds rows."""

    def edits(self, term: Term) -> Iterator[Edit]:
        """What it means in the rows of a term.

        Raises:
            MisfitError: it means nothing there.
        """
        raise NotImplementedError

    def applied(self, term: Term) -> Term:
        """The term with it; likewise."""
        return edited(term, list(self.edits(term)))

    def params(self, term: Term) -> Mapping[str, object]:
        """What its sentence names, of the term it is applied to."""
        raise NotImplementedError

    def sentence(self, term: Term, lang: str) -> str:
        """What would be otherwise, in words."""
        return text(f"scenario.kind.{self.kind}", lang, **self.params(term))

    def people(self, term: Term) -> frozenset[str] | None:  # noqa: ARG002  for those that say it of others
        """Whose own facts it says something about; None where it is more than a few people's."""
        person = getattr(self, "professional", None)
        return frozenset() if person is None else frozenset({person})

    @classmethod
    def references(cls) -> Iterator[tuple[str, str]]:
        """Fields that name rows of the term, each with its table."""
        return ((name, col.ref) for name, col in cls.cols() if col.ref)


def missing(term: Term, change: ScenarioChange) -> Iterator[Issue]:
    """Rows that a change names and that the term does not have."""
    for field, table in change.references():
        given = getattr(change, field)
        for value in given if isinstance(given, tuple) else (given,):
            if value is not None and not has(term, table, value):
                yield Issue(
                    code="unknown_reference",
                    field=field,
                    value=value,
                    maybe=nearest(value, ids(term, table)),
                    words={"refers_to": f"table.{table}"},
                )


def has(term: Term, table: str, row: str) -> bool:
    """Whether a table has a row of this id."""
    try:
        term.find(table, row)
    except KeyError:
        return False
    return True


def ids(term: Term, table: str) -> Iterable[str]:
    """Ids of the rows of a table."""
    return [getattr(row, "id") for row in term.rows(table)]  # noqa: B009  rows differ in type
