"""Decision records: who chose which outcome, why, and among what. Kept as it was decided; judged again whenever somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy.orm import Session

from model.access import COORDINATOR
from model.access_actions import Action
from model.decision import Decision, decision, timetable_hash
from model.judge import judge
from model.locale import text
from model.results.decision_page import decision_page
from model.scenarios.scenario import Applied, Scenario, Step, apply
from model.term import Term
from service.access import audit
from service.access.visit import Visit
from service.desk.allowed import need
from service.desk.changes import Called, called
from service.desk.conflict import conflict
from service.desk.outcomes import Answered, answered
from service.desk.paging import page
from service.desk.terms import stored_term
from service.problems import Code, Problem
from service.shapes import Page
from service.state import Service
from service.store import documents
from service.store.columns import Json, now
from service.store.documents import Kind, MissingError, Stored
from service.store.tables import Account, Document

Row = TypeVar("Row")


def add(
    service: Service, visit: Visit, outcome: str, reason: str, looked_at: Sequence[str]
) -> tuple[Document, Decision]:
    """Record that the visitor chose an outcome, in their language and by their name.

    Args:
        looked_at: ids of scenarios that were looked at beside it.

    Raises:
        Problem: the outcome has no timetable.
        MissingError: there is no such outcome, or scenario of its term.
    """
    need(visit, Action.RECORD)
    found = answered(service, visit, outcome)
    _ = found.timetable
    if found.outcome.input_hash != found.term.input_hash:
        raise conflict("other_term", visit.language)
    # A record is read by whoever plans: people who are not matched yet go by their pseudonyms in it, whoever decides.
    people = replace(called(service, visit, found.stored.parent, found.term), reader=COORDINATOR)
    chosen = _chosen(service, visit, found, people)
    others = [_as_made(service, visit, each, found.stored.parent, people) for each in dict.fromkeys(looked_at)]
    with service.database.session() as session:
        made = decision(
            people.term(found.term),
            found.outcome,
            by=name_of(session, visit),
            at=now().replace(microsecond=0),
            reason=reason,
            applied=chosen,
            others=[each for each in others if chosen is None or each.scenario.id != chosen.scenario.id],
            lang=visit.language,
        )
        kept = documents.create(
            session,
            visit.region,
            Kind.RECORD,
            made.model_dump_json(),
            name=made.term_name or made.term,
            by=visit.account,
            parent=found.stored.parent,
            parent_revision=found.stored.parent_revision,
            facts=_facts(made, outcome),
        )
        audit.write(session, visit, "decision_recorded", subject=kept.id, details={"outcome": outcome})
    return kept, made


def name_of(session: Session, visit: Visit) -> str:
    """What the visitor is called."""
    account = session.get_one(Account, visit.account)
    return account.name or account.email or account.id


def _facts(made: Decision, outcome: str) -> Json:
    return {
        "outcome": outcome,
        "decided_by": made.decided_by,
        "decided_at": made.decided_at.isoformat(),
        "reason": made.reason[:200],
        "status": made.status.value,
        "value": made.value,
        "lessons": made.lessons,
        "filled": made.filled,
    }


def _chosen(service: Service, visit: Visit, found: Answered, people: Called) -> Applied | None:
    """The scenario that an outcome is of, on the term it was solved with."""
    changes = found.stored.facts.get("scenario")
    if changes is None:
        return None
    return _told(apply(Scenario.model_validate(changes), _base(service, visit, found.stored)), people)


def _as_made(service: Service, visit: Visit, scenario: str, term: str | None, people: Called) -> Applied:
    """A scenario of a term, on the revision it was made for: there it makes sense."""
    with service.database.reading() as session:
        stored = documents.read(session, visit.region, scenario, Kind.SCENARIO)
    if stored.parent != term:
        raise MissingError(scenario)
    return _told(apply(Scenario.model_validate_json(stored.content), _base(service, visit, stored)), people)


def _told(applied: Applied, people: Called) -> Applied:
    """What a scenario makes of its base, in the names that people go by."""
    changes = tuple(people.told(each) for each in applied.scenario.changes)
    steps = tuple(Step(step.change, people.term(step.before)) for step in applied.steps)
    return replace(applied, scenario=applied.scenario.model_copy(update={"changes": changes}), steps=steps)


def _base(service: Service, visit: Visit, stored: Stored) -> Term:
    assert stored.parent is not None, "it is of a term"
    return stored_term(service, visit, stored.parent, stored.parent_revision)[1]


def listed(
    service: Service, visit: Visit, row: Callable[[Document], Row], after: str | None, limit: int, *, term: str | None
) -> Page[Row]:
    """The region's records, or those of one term, the newest first."""
    need(visit, Action.READ_RECORD)
    query = documents.listed(visit.region, Kind.RECORD, parent=term)
    with service.database.reading() as session:
        return page(session, query, Document, row, after=after, limit=limit)


def shown(service: Service, visit: Visit, record: str) -> Decision:
    """A record; that it was read is written down."""
    need(visit, Action.READ_RECORD)
    _, made = _read(service, visit, record)
    with service.database.session() as session:
        audit.write(session, visit, "record_read", subject=record)
    return made


def _read(service: Service, visit: Visit, record: str) -> tuple[Stored, Decision]:
    with service.database.reading() as session:
        stored = documents.read(session, visit.region, record, Kind.RECORD)
    return stored, Decision.model_validate_json(stored.content)


def as_page(service: Service, visit: Visit, record: str) -> tuple[str, bytes]:
    """A record as a page to print: its name, and what it holds."""
    return f"{record}.html", decision_page(shown(service, visit, record), visit.language).encode()


@dataclass(frozen=True, slots=True)
class Rechecked:
    """Whether a record still holds, in words."""

    right: bool
    said: tuple[str, ...]


def recheck(service: Service, visit: Visit, record: str) -> Rechecked:
    """Judge the timetable of a record anew, by the term it was decided for.

    Solving anew takes as long as it took, and is for the shell.

    Raises:
        Problem: its outcome was deleted.
    """
    need(visit, Action.READ_RECORD)
    stored, made = _read(service, visit, record)
    try:
        found = answered(service, visit, stored.facts["outcome"])
    except MissingError:
        raise Problem(Code.CONFLICT, why=text("publishing.outcome_gone", visit.language)) from None
    with service.database.session() as session:
        audit.write(session, visit, "record_rechecked", subject=record)
    right, said = judged_anew(made, found, visit.language)
    return Rechecked(right, said)


def judged_anew(made: Decision, found: Answered, lang: str) -> tuple[bool, tuple[str, ...]]:
    """Whether an outcome is the one that was decided about, breaks no rule and is worth as much."""
    if found.term.input_hash != made.input_hash:
        return False, (text("decision.other_term", lang),)
    if timetable_hash(found.timetable) != made.timetable_hash:
        return False, (text("decision.other_outcome", lang),)
    verdict = judge(found.term, found.timetable)
    if verdict.breaches or verdict.value != made.value:
        facts = {"n": len(verdict.breaches), "value": verdict.value, "was": made.value}
        return False, (text("decision.holds_not", lang, **facts),)
    more = "publishing.only_judged" if made.deterministic else "decision.not_deterministic"
    return True, (text("decision.holds", lang, n=made.value), text(more, lang))
