"""Timetables as people look at them: the week of a school, class, professional or employer, as the reader may see it."""

from __future__ import annotations

from pydantic import TypeAdapter

from model.access_actions import Action
from model.access_timetable import Of, Week, Weeks
from service.access import audit
from service.access.visit import Visit
from service.desk.allowed import need
from service.desk.outcomes import read_by
from service.desk.terms import view_of
from service.state import Service, Told

_WEEKS = TypeAdapter(list[Week])


def weeks(service: Service, visit: Visit, outcome: str, of: Of, only: str | None) -> bytes:
    """The weeks of an outcome that the visitor may see, as JSON; whose they were is written down."""
    need(visit, Action.READ_OUTCOME)
    found = read_by(service, visit, outcome)
    _ = found.timetable
    with service.database.session() as session:
        view = view_of(service, session, visit, found.stored.parent, found.term)
        key = (found.stored.id, found.stored.revision, visit.reader, visit.language, view)

        def told() -> Told:
            made = service.weeks(key, lambda: Weeks(found.term, found.outcome, visit.reader, visit.language, view)).of(
                of, only
            )
            called = {who.professional for week in made for row in week.rows for who in row.who}
            return Told(_WEEKS.dump_json(made), frozenset(view.real(found.term, each) for each in called))

        answer = service.told(("weeks", *key, of, only), told)
        audit.write_people(session, visit, "timetable_read", answer.people, subject=outcome)
    return answer.json
