"""Scenarios: changes to a term, checked against it and kept, for solving with them and comparing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from model.access import Reader, may_read_change
from model.access_actions import Action, may
from model.access_term import RUNS
from model.issues import Issue
from model.scenarios.scenario import Scenario, apply
from model.term import Term
from service.access import audit
from service.access.visit import Visit
from service.desk.allowed import need
from service.desk.changes import called, may_think_of
from service.desk.paging import page
from service.desk.records import name_of
from service.desk.terms import stored_term
from service.problems import Code, Problem, senseless
from service.shapes import Page
from service.state import Service
from service.store import documents
from service.store.columns import Json, new_id
from service.store.documents import Kind, MissingError, Stored
from service.store.tables import Document

Row = TypeVar("Row")

_REGION = "region"
"""What those make who run it: all may know of that."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to keep. Without an id it gets that of its document."""

    name: str
    reason: str
    changes: tuple[Any, ...]
    id: str | None = None


def add(service: Service, visit: Visit, term: str, draft: Draft) -> tuple[Document, Sequence[Issue]]:
    """Keep a scenario that makes sense of the term as it is now, and what is odd about it.

    Raises:
        Problem: it is about what is not the visitor's own, or it makes no sense: all that is wrong, located.
    """
    need(visit, Action.EDIT_SCENARIO)
    stored, base = stored_term(service, visit, term)
    document = new_id(Kind.SCENARIO.value)
    with service.database.reading() as session:
        author, own = name_of(session, visit), draft.id or document
        same = documents.listed(visit.region, Kind.SCENARIO, parent=term)
        if session.scalars(same.where(Document.facts["scenario"].as_string() == own)).first() is not None:
            raise Problem(Code.ISSUES, issues=[Issue(code="id_twice", field="id", column="$.id", value=own)], n=1)
    scenario, issues = _sound(service, visit, term, base, _scenario(draft, own, author, base))
    with service.database.session() as session:
        made = documents.create(
            session,
            visit.region,
            Kind.SCENARIO,
            scenario.model_dump_json(),
            name=scenario.called,
            by=visit.account,
            parent=term,
            parent_revision=stored.revision,
            facts=_facts(scenario, visit.reader),
            document_id=document,
        )
        audit.write(session, visit, "scenario_added", subject=made.id, details={"term": term})
    return made, issues


def replace(service: Service, visit: Visit, document: str, draft: Draft, seen: int) -> tuple[Document, Sequence[Issue]]:
    """Keep a new revision of a scenario, checked against the term as it is now; likewise."""
    need(visit, Action.EDIT_SCENARIO)
    before, was = _own(service, visit, document)
    assert before.parent is not None, "each scenario is of a term"
    stored, base = stored_term(service, visit, before.parent)
    scenario, issues = _sound(service, visit, before.parent, base, _scenario(draft, was.id, was.author, base))
    with service.database.session() as session:
        kept = documents.find(session, visit.region, document, Kind.SCENARIO)
        kept.parent_revision = stored.revision
        facts = {**_facts(scenario, visit.reader), "made_as": kept.facts["made_as"]}
        saved = documents.save(
            session,
            visit.region,
            document,
            scenario.model_dump_json(),
            seen=seen,
            by=visit.account,
            name=scenario.called,
            facts=facts,
        )
        audit.write(session, visit, "scenario_changed", subject=document, details={"revision": saved.version})
    return saved, issues


def _scenario(draft: Draft, own_id: str, author: str, base: Term) -> Scenario:
    about = {"name": draft.name, "reason": draft.reason, "author": author[:200], "base": base.input_hash}
    return Scenario(id=own_id, changes=draft.changes, **about)


def _sound(service: Service, visit: Visit, term: str, base: Term, said: Scenario) -> tuple[Scenario, tuple[Issue, ...]]:
    """A scenario about the people who are meant, and what is odd about it.

    Whose it is comes first: what is wrong with it may tell of what is not the visitor's.
    """
    people = called(service, visit, term, base)
    scenario = said.model_copy(update={"changes": tuple(people.meant(each) for each in said.changes)})
    if not may_think_of(base, visit.reader, scenario.changes):
        raise Problem(Code.FORBIDDEN)
    applied = apply(scenario, base)
    issues = tuple(people.issue(each) for each in applied.issues)
    if applied.term is None:
        raise senseless(issues)
    return scenario, issues


def _facts(scenario: Scenario, reader: Reader) -> Json:
    kinds = list(dict.fromkeys(each.kind for each in scenario.changes))
    return {
        "scenario": scenario.id,
        "changes": len(scenario.changes),
        "kinds": kinds,
        "author": scenario.author,
        "made_as": _made_as(reader),
    }


def _made_as(reader: Reader) -> str:
    """Who thinks of it, as a whole: colleagues of one site or employer share what they make."""
    return _REGION if reader.role in RUNS else f"{reader.role.value}:{','.join(sorted(reader.of))}"


def _is_seen(reader: Reader, made_as: str) -> bool:
    return reader.role in RUNS or made_as in (_REGION, _made_as(reader))


def _is_own(reader: Reader, made_as: str) -> bool:
    return reader.role in RUNS or made_as == _made_as(reader)


def listed(
    service: Service, visit: Visit, row: Callable[[Document], Row], after: str | None, limit: int, *, term: str | None
) -> Page[Row]:
    """Scenarios of the region, or of one term: one's own and those of who runs the region; the newest first."""
    need(visit, Action.READ_SCENARIO)
    query = documents.listed(visit.region, Kind.SCENARIO, parent=term)
    if visit.role not in RUNS:
        query = query.where(Document.facts["made_as"].as_string().in_([_REGION, _made_as(visit.reader)]))
    with service.database.reading() as session:
        return page(session, query, Document, row, after=after, limit=limit)


def found(service: Service, visit: Visit, document: str, revision: int | None = None) -> tuple[Stored, Scenario]:
    """A scenario that the visitor may know of.

    Raises:
        MissingError: there is none such for them.
    """
    with service.database.reading() as session:
        stored = documents.read(session, visit.region, document, Kind.SCENARIO, revision=revision)
    if not _is_seen(visit.reader, stored.facts["made_as"]):
        raise MissingError(document)
    return stored, Scenario.model_validate_json(stored.content)


def _own(service: Service, visit: Visit, document: str) -> tuple[Stored, Scenario]:
    """One that the visitor may change."""
    stored, scenario = found(service, visit, document)
    if not _is_own(visit.reader, stored.facts["made_as"]):
        raise Problem(Code.FORBIDDEN)
    return stored, scenario


@dataclass(frozen=True, slots=True)
class Shown:
    """A scenario as somebody may read it.

    Attributes:
        whole: whether it is their own or they see all of the term; if not, only sentences are theirs to read.
        sentences: of the changes that they may read; of the others only how many there are (`withheld`).
        fits: whether it still makes sense of the term as it is now; `issues` say why not, and what is odd.
        patch: the same as a merge patch, for who may see all of the term.
    """

    stored: Stored
    scenario: Scenario
    whole: bool
    sentences: tuple[str, ...]
    withheld: int
    fits: bool
    issues: tuple[Issue, ...]
    patch: Json | None


def shown(service: Service, visit: Visit, document: str, revision: int | None = None) -> Shown:
    """A scenario as the visitor may read it."""
    need(visit, Action.READ_SCENARIO)
    stored, scenario = found(service, visit, document, revision)
    assert stored.parent is not None, "each scenario is of a term"
    base = stored_term(service, visit, stored.parent)[1]
    fits = then = apply(scenario, base)
    if fits.term is None:  # it made sense when it was kept
        then = apply(scenario, stored_term(service, visit, stored.parent, stored.parent_revision)[1])
    people = called(service, visit, stored.parent, base)
    readable = [
        step.change.sentence(people.term(step.before), visit.language)
        for step in then.steps
        if may_read_change(step.before, visit.reader, step.change.people(step.before))
    ]
    sees_all = may(visit.reader, Action.READ_WHOLE_TERM)
    whole = sees_all or stored.facts["made_as"] == _made_as(visit.reader)
    with service.database.session() as session:
        audit.write(session, visit, "scenario_read", subject=document)
    return Shown(
        stored,
        scenario.model_copy(update={"changes": tuple(people.told(each) for each in scenario.changes)}),
        whole,
        tuple(readable),
        len(scenario.changes) - len(readable),
        fits.term is not None,
        tuple(people.issue(each) for each in fits.issues) if whole else (),
        fits.patch() if sees_all and fits.term is not None else None,
    )


def revisions(service: Service, visit: Visit, document: str) -> Sequence[tuple[int, datetime, str | None, str]]:
    """Number, moment, author and note of a scenario's revisions, the latest first."""
    need(visit, Action.READ_SCENARIO)
    found(service, visit, document)
    with service.database.reading() as session:
        return documents.history(session, documents.find(session, visit.region, document, Kind.SCENARIO))


def remove(service: Service, visit: Visit, document: str) -> None:
    """Delete a scenario; outcomes of it stay."""
    need(visit, Action.EDIT_SCENARIO)
    _own(service, visit, document)
    with service.database.session() as session:
        documents.erase(session, visit.region, document)
        audit.write(session, visit, "scenario_removed", subject=document)
