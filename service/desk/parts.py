"""The parts of a term: read and edited by their owners, delivered, and accepted by schools."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from model.acceptance import pinned_by_acceptance
from model.access import ReaderRole
from model.access_actions import Action, Owned, OwnerKind
from model.access_part import part_for, part_given
from model.access_term import View
from model.change import with_values
from model.checks import content_issues
from model.checks_pins import pin_issues
from model.delivery import DeliveryState, delivery_state, ground
from model.fields import Record
from model.issues import Issue, Severity, TermError
from model.parts import REGION, Part, PartKey, id_of, part_of, split
from model.parts_joined import replace_part
from model.term import Term
from service.access import audit
from service.access.visit import Visit
from service.desk.allowed import need
from service.desk.conflict import conflict
from service.desk.outcomes import answered
from service.desk.terms import save, stored_term, view_of
from service.problems import Code, Problem
from service.state import Service
from service.store import documents
from service.store.columns import Json, now
from service.store.documents import ChangedError, Kind, MissingError
from service.store.events import Event, emit
from service.store.tables import Part as PartRow

TRIES = 5
"""So often a part is put into the term there is by then, when others change theirs at the same time."""


@dataclass(frozen=True, slots=True)
class Owner:
    """An owner of a part, and how far they are with it."""

    key: PartKey
    name: str
    state: DeliveryState
    row: PartRow | None


def listed(service: Service, visit: Visit, term: str) -> list[Owner]:
    """Owners of the parts of a term that the visitor may see: their own, or all for who runs the region."""
    need(visit, Action.READ_PART)
    _, found = stored_term(service, visit, term)
    with service.database.reading() as session:
        rows = {
            (each.owner_kind, each.owner): each for each in session.scalars(select(PartRow).where(PartRow.term == term))
        }
    standing = ground(found)
    return [
        Owner(key, name, _state(rows.get((key.kind.value, key.id)), standing), rows.get((key.kind.value, key.id)))
        for key, name in _owners(found)
        if _sees(visit, key)
    ]


def _owners(term: Term) -> Iterator[tuple[PartKey, str]]:
    for key in split(term):
        if key.kind is OwnerKind.SCHOOL:
            yield key, term.school(key.id).name
        elif key.kind is OwnerKind.EMPLOYER:
            yield key, term.employer(key.id).name
        else:
            yield key, term.name or term.id


def _sees(visit: Visit, key: PartKey) -> bool:
    runs = visit.role in (ReaderRole.ADMIN, ReaderRole.COORDINATOR)
    kind = {ReaderRole.TIMETABLER: OwnerKind.SCHOOL, ReaderRole.EMPLOYER: OwnerKind.EMPLOYER}.get(visit.role)
    return runs or (key.kind is kind and key.id in visit.of)


def _state(row: PartRow | None, standing: str) -> DeliveryState:
    return delivery_state(
        delivered_at=None if row is None else row.delivered_at,
        built_on=None if row is None else row.built_on,
        ground=standing,
        now=now(),
        deadline=None if row is None else row.deadline,
    )


def read(service: Service, visit: Visit, term: str, key: PartKey) -> tuple[str, Json]:
    """A part as the visitor may see it, and the mark of its content."""
    need(visit, Action.READ_PART, key)
    stored, found = stored_term(service, visit, term)
    _exists(found, key)
    with service.database.session() as session:
        view = view_of(service, session, visit, stored.id, found)
        audit.write(session, visit, "part_read", subject=term, details={"kind": key.kind.value})
    return mark_of(part_of(found, key)), part_for(found, key, visit.reader, view)


def mark_of(part: Part) -> str:
    """What tells whether a part is still as somebody saw it."""
    return sha256(part.model_dump_json().encode()).hexdigest()[:32]


def replace(service: Service, visit: Visit, term: str, key: PartKey, given: Part, seen: str) -> tuple[str, int]:
    """Put an owner's part in place, beside what others change meanwhile; its new mark, and the term's revision.

    Raises:
        ChangedError: somebody else changed this part since.
        TermError: rows that are not this owner's, or that make no sense.
    """
    need(visit, Action.EDIT_PART, key)
    for attempt in range(TRIES):
        stored, before = stored_term(service, visit, term)
        _exists(before, key)
        if mark_of(part_of(before, key)) != seen:
            raise Problem(Code.CHANGED, revision=stored.revision, more={"revision": stored.revision})
        with service.database.reading() as session:
            view = view_of(service, session, visit, term, before)
        after = _put(before, key, visit, given, view)
        try:
            with service.database.session() as session:
                saved = save(session, visit, term, after, seen=stored.revision, note=f"{key.kind.value}/{key.id}"[:200])
        except ChangedError:
            if attempt == TRIES - 1:
                raise
        else:
            return mark_of(part_of(after, key)), saved.version
    raise AssertionError("the last try returns or raises")


def _put(before: Term, key: PartKey, visit: Visit, given: Part, view: View) -> Term:
    """The term with a part as it was given; what is wrong is located in what was given."""
    with _located(given, given.rows):
        part = part_given(before, key, visit.reader, given, view)
    with _located(given, part.rows):
        after = replace_part(before, key, part)
    with _located(given, after.rows):
        _sound(after)
    return after


@contextmanager
def _located(given: Part, rows: Callable[[str], Sequence[Record]]) -> Iterator[None]:
    """Say of what is wrong in some rows where they stand in what somebody gave; those of others stand nowhere."""
    try:
        yield
    except TermError as error:
        raise TermError(_in(given, rows, each) for each in error.issues) from None


def _in(given: Part, rows: Callable[[str], Sequence[Record]], issue: Issue) -> Issue:
    if issue.table is None or issue.index is None or issue.table == "term":
        return issue
    wrong = id_of(rows(issue.table)[issue.index])
    place = next((number for number, row in enumerate(given.rows(issue.table)) if id_of(row) == wrong), None)
    field = "" if issue.field is None else f".{issue.field}"
    path = None if place is None else f"$.{issue.table}[{place}]{field}"
    return issue.model_copy(update={"file": None, "column": path})


def _sound(term: Term) -> None:
    """Refuse a term that makes no sense.

    Raises:
        TermError: with all errors.
    """
    wrong = [each for each in content_issues(term) if each.severity is Severity.ERROR] or list(pin_issues(term))
    if wrong:
        raise TermError(wrong)


def deliver(service: Service, visit: Visit, term: str, key: PartKey) -> Owner:
    """The owner says that their part holds as it is."""
    need(visit, Action.EDIT_PART, key)
    _, found = stored_term(service, visit, term)
    _exists(found, key)
    with service.database.session() as session:
        row = _row(session, visit, term, key)
        row.delivered_at, row.delivered_by, row.built_on = now(), visit.account, ground(found)
        emit(session, visit.region, Event.PART_DELIVERED, {"term": term, "part": key.kind.value})
        audit.write(session, visit, "part_delivered", subject=term, details={"kind": key.kind.value})
    return _owner(found, key, row)


def set_deadline(service: Service, visit: Visit, term: str, key: PartKey, deadline: datetime | None) -> Owner:
    """Until when a part is expected."""
    need(visit, Action.SET_DEADLINE)
    _, found = stored_term(service, visit, term)
    _exists(found, key)
    with service.database.session() as session:
        row = _row(session, visit, term, key)
        row.deadline = deadline
        audit.write(session, visit, "deadline_set", subject=term, details={"kind": key.kind.value})
    return _owner(found, key, row)


def accept(service: Service, visit: Visit, term: str, key: PartKey, outcome: str) -> Owner:
    """A school accepts its part of an outcome: who gives its lessons is pinned, and later solves keep it.

    Raises:
        Problem: it is no school, or the outcome is of an older revision of the term.
    """
    if key.kind is not OwnerKind.SCHOOL:
        raise Problem(Code.NOT_FOUND)
    need(visit, Action.ACCEPT_PART, key)
    stored, before = stored_term(service, visit, term)
    _exists(before, key)
    found = answered(service, visit, outcome)
    if found.stored.parent != term or found.timetable.issues(before):
        raise conflict("other_term", visit.language)
    after = pinned_by_acceptance(before, found.timetable, {key.id})
    _sound(after)
    with service.database.session() as session:
        saved = save(session, visit, term, after, seen=stored.revision, note=f"accepted {key.id}"[:200])
        row = _row(session, visit, term, key)
        row.accepted_at, row.accepted_by = now(), visit.account
        row.accepted_outcome, row.accepted_revision = outcome, saved.version
        audit.write(session, visit, "part_accepted", subject=outcome, details={"term": term})
    return _owner(after, key, row)


def withdraw(service: Service, visit: Visit, term: str, key: PartKey) -> Owner:
    """Take an acceptance back: lessons that nobody changed since are as free as they were before it."""
    need(visit, Action.ACCEPT_PART, key)
    stored, found = stored_term(service, visit, term)
    with service.database.reading() as session:
        row = session.get(PartRow, (term, key.kind.value, key.id))
    if row is None or row.accepted_revision is None:
        raise conflict("not_accepted", visit.language)
    _, pinned = stored_term(service, visit, term, row.accepted_revision)
    _, before = stored_term(service, visit, term, row.accepted_revision - 1)
    after = _undone(found, pinned, before)
    _sound(after)
    with service.database.session() as session:
        save(session, visit, term, after, seen=stored.revision, note=f"withdrawn {key.id}"[:200])
        row = _row(session, visit, term, key)
        row.accepted_at = row.accepted_by = row.accepted_outcome = row.accepted_revision = None
        audit.write(session, visit, "acceptance_withdrawn", subject=term)
    return _owner(after, key, row)


def _undone(term: Term, pinned: Term, before: Term) -> Term:
    """The term in which rows that an acceptance changed, and nobody since, are as they were before it."""
    changed: dict[str, tuple[Any, ...]] = {}
    for table in ("lessons", "lesson_times", "demands"):
        was: dict[str, Any] = {each.id: each for each in getattr(before, table)}
        made: dict[str, Any] = {each.id: each for each in getattr(pinned, table)}
        rows: list[Any] = [
            was.get(row.id) if made.get(row.id) == row and was.get(row.id) != row else row
            for row in getattr(term, table)
        ]
        there = {each.id for each in getattr(term, table)}
        gone = [row for row in getattr(before, table) if row.id not in made and row.id not in there]
        changed[table] = tuple(each for each in (*rows, *gone) if each is not None)
    return with_values(term, {name: rows for name, rows in changed.items() if rows != getattr(term, name)})


def _exists(term: Term, key: PartKey) -> None:
    """Refuse an owner that the term does not have.

    Raises:
        MissingError: it has no such school or employer.
    """
    ids = {
        OwnerKind.SCHOOL: {each.id for each in term.schools},
        OwnerKind.EMPLOYER: {each.id for each in term.employers},
    }
    if key != REGION and key.id not in ids.get(key.kind, ()):
        raise MissingError(key.id)


def _row(session: Session, visit: Visit, term: str, key: PartKey) -> PartRow:
    """The row of a part, made when there is none yet."""
    documents.find(session, visit.region, term, Kind.TERM)
    row = session.get(PartRow, (term, key.kind.value, key.id))
    if row is None:
        row = PartRow(term=term, owner_kind=key.kind.value, owner=key.id, region=visit.region)
        session.add(row)
    return row


def _owner(term: Term, key: PartKey, row: PartRow) -> Owner:
    name = next(name for each, name in _owners(term) if each == key)
    return Owner(key, name, _state(row, ground(term)), row)


def key_of(kind: OwnerKind, owner: str) -> Owned:
    """The key of a part, as an address names it; the region's has the id `-`.

    Raises:
        Problem: professionals have no part of their own.
    """
    if kind is OwnerKind.PROFESSIONAL:
        raise Problem(Code.NOT_FOUND)
    return REGION if kind is OwnerKind.REGION else Owned(kind, owner)
