"""Quick questions about an outcome, answered in words for who asks."""

from __future__ import annotations

import json
from typing import Any

import structlog

from model.access import ReaderRole
from model.access_actions import Action, Owned, OwnerKind
from model.access_term import Reading, for_outsiders, told_as
from model.demands import expanded
from model.issues import Hints, Issue
from model.locale import text
from model.term import Term
from model.timetable import Timetable
from service.access import audit
from service.access.visit import Visit
from service.asking.messages import Answer, Asks, Load, Question, Refused
from service.desk.allowed import need
from service.desk.conflict import conflict
from service.desk.outcomes import Answered, answered, read_by
from service.desk.terms import stored_term, view_of
from service.problems import Code, Problem
from service.state import Service

MOST_SECONDS = 20.0
"""What takes longer is a job."""

log = structlog.get_logger()


def ask(service: Service, visit: Visit, outcome: str, asks: Asks, **given: Any) -> str:
    """The answer to a question about an outcome, as JSON.

    Args:
        given: a `lesson`, a `professional`, and what else the question takes; `seconds` is how long it may take.

    Raises:
        Problem: the visitor may not ask about these people, there is no such lesson or person, or no timetable.
    """
    need(visit, Action.ASK)
    found = read_by(service, visit, outcome)
    timetable = found.timetable
    with service.database.reading() as session:
        view = view_of(service, session, visit, found.stored.parent, found.term)
    if "professional" in given:
        given["professional"] = view.real(found.term, given["professional"])
    for table, value in (("lessons", given.get("lesson")), ("professionals", given.get("professional"))):
        if value is not None:
            _known(found.term, table, value, visit)
    if visit.role is ReaderRole.TIMETABLER and "lesson" in given:
        school = Reading(found.term, visit.reader, view).school_of(given["lesson"])
        need(visit, Action.ASK, Owned(OwnerKind.SCHOOL, school))
    _write(service, visit, outcome, asks, given.get("professional"))
    about = (found.stored.id, found.stored.revision, told_as(visit.reader))
    question = Question(asks, visit.reader, visit.language, given)

    def load() -> Load:
        return Load(for_outsiders(found.term, visit.reader), timetable)

    said = _said(service.askers.ask(about, load, question, given.get("seconds", 0.0)), visit)
    return said if view.pseudonyms is None else json.dumps(view.said(visit.reader, found.term, json.loads(said)))


def ask_before(service: Service, visit: Visit, term: str, seconds: float) -> str:
    """What a term lacks, whatever timetable, as JSON: asked before solving."""
    need(visit, Action.ASK)
    stored, found = stored_term(service, visit, term)
    question = Question(Asks.SHORTAGES, visit.reader, visit.language, {"seconds": seconds})
    about = (stored.id, stored.revision, told_as(visit.reader))
    with service.database.reading() as session:
        view = view_of(service, session, visit, term, found)

    def load() -> Load:
        return Load(for_outsiders(found, visit.reader), Timetable())

    said = _said(service.askers.ask(about, load, question, seconds), visit)
    return said if view.pseudonyms is None else json.dumps(view.said(visit.reader, found, json.loads(said)))


def compared(service: Service, visit: Visit, outcome: str, other: str | None) -> str:
    """What an outcome is worth by account, or how much more than another, as JSON."""
    less: Answered | None = None if other is None else answered(service, visit, other)
    given = {} if less is None else {"other": less.timetable}
    if less is not None and less.term.input_hash != answered(service, visit, outcome).term.input_hash:
        raise conflict("other_term", visit.language)
    return ask(service, visit, outcome, Asks.LEDGER, **given)


def _known(term: Term, table: str, row: str, visit: Visit) -> None:
    """Refuse an id that no row has; guesses only for those who see all there are."""
    ids = [str(getattr(each, "id")) for each in expanded(term).rows(table)]  # noqa: B009  rows differ in type
    if row not in ids:
        if table == "professionals" and visit.role in (ReaderRole.EMPLOYER, ReaderRole.PROFESSIONAL):
            raise Problem(Code.FORBIDDEN)  # as for somebody else's people: nobody finds out who there is
        maybe = Hints().nearest(row, table, ids) if visit.role is ReaderRole.ADMIN else None
        issue = Issue(code="no_such", value=row[:100], header=text(f"table.{table}", visit.language), maybe=maybe)
        raise Problem(Code.NOT_FOUND, issues=[issue])


def _write(service: Service, visit: Visit, outcome: str, asks: Asks, professional: str | None) -> None:
    with service.database.session() as session:
        audit.write(session, visit, f"asked_{asks.value}", subject=outcome, person=professional)


def _said(answer: Answer, visit: Visit) -> str:
    match answer.refused:
        case None:
            return answer.json
        case Refused.NOT_THEIRS:
            raise Problem(Code.FORBIDDEN)
        case Refused.UNKNOWN:
            log.warning("unknown", request=visit.request, traceback=answer.traceback)
            raise Problem(Code.NOT_FOUND)
        case Refused.DEFECT:
            log.error("defect", request=visit.request, traceback=answer.traceback)
            raise Problem(Code.DEFECT)
