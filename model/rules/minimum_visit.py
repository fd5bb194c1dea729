"""Whether a day at a school is worth the trip."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.change import Change, Edit
from model.rule import Board, Literal, Owner, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class MinimumVisit(Rule):
    """Nobody goes to a school for fewer than so many lesson periods on a day, unless they wish for that school.

    A wish for a school is a positive one that names it. A person's own number goes before the one set for everybody.
    """

    name = "minimum_visit"
    in_dutch = "Niemand gaat op een dag voor minder dan zoveel lesuren naar een school, tenzij die school gewenst is."
    subject = Subject.PROFESSIONAL
    source = "Habit: a trip for one lesson is not worth the time"
    owner = Owner.PROFESSIONAL
    change_price = 2
    reads = ("professionals.min_lessons_per_visit", "lessons.lesson_periods", "wishes.school", "wishes.value")
    says = {
        "title": {"nl": "Minimum per bezoek", "en": "Minimum per visit"},
        "limit": {
            "nl": "{person} komt alleen naar {school} voor minstens {least} lesuren op een dag.",
            "en": "{person} only comes to {school} for at least {least} lesson periods on a day.",
        },
        "broken": {
            "nl": "{person} gaat op {when} naar {school} voor te weinig lesuren: {given}; minstens {least} moet.",
            "en": "{person} goes to {school} on {when} for too few lesson periods: {given}; at least {least} are needed.",
        },
        "way": {
            "nl": "{person} komt ook voor {given} lesuren naar een school (nu minstens {least}).",
            "en": "{person} also comes to a school for {given} lesson periods (now at least {least}).",
        },
    }

    default: int | None = Field(
        None,
        ge=0,
        description="Minimum for people who give none themselves",
        json_schema_extra={"unit": "lesson periods"},
    )

    def _least(self, term: Term, professional: str) -> int:
        own = term.professional(professional).min_lessons_per_visit
        return (self.default or 0) if own is None else own

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        least = self._least(reading.term, subject)
        visits: dict[tuple[int, str], int] = {}
        for taught in reading.of_person.get(subject, ()) if least > 1 else ():
            visit = (taught.day, taught.school)
            visits[visit] = visits.get(visit, 0) + reading.calendar.lesson_periods(taught.lesson)
        for (day, school), given in visits.items():
            if given < least and not _wishes_for(reading.term, subject, school):
                when = reading.calendar.date_of(day)
                params = {"person": names.person(reading.term, subject), "when": when, "given": given, "least": least}
                params["school"] = names.school(reading.term, school)
                where = {"professional": subject, "school": school, "when": when}
                yield self.breach("broken", least - given, "lesson periods", params, **where)

    def ways(self, reading: Reading, breach: Breach) -> Iterator[Change]:  # noqa: ARG002  all stands in the breach
        person = breach.professional or ""
        least = {"min_lessons_per_visit": breach.params["given"]}
        params = {each: breach.params[each] for each in ("person", "given", "least")}
        yield self.way(params, Edit("professionals", person, least), professional=person)

    def enforce(self, board: Board, subject: str) -> None:
        least = self._least(board.term, subject)
        for day in board.days_of(subject) if least > 1 else ():
            visits: dict[str, list[tuple[Literal, int]]] = {}
            for each in day.stops:
                if each.candidate is not None:
                    periods = board.calendar.lesson_periods(each.stop.key)
                    visits.setdefault(each.stop.place, []).append((board.teaches(each.candidate), -periods))
            for school, terms in visits.items():
                if _wishes_for(board.term, subject, school):
                    continue
                because = self.because(
                    "limit",
                    professional=subject,
                    fact=f"professionals/{subject}",
                    person=names.person(board.term, subject),
                    school=names.school(board.term, school),
                    least=least,
                )
                there = board.any_of(literal for literal, _ in terms)
                board.limit([(there, least), *terms], 0, because, of=subject)


def _wishes_for(term: Term, professional: str, school: str) -> bool:
    return any(wish.school == school and wish.value > 0 for wish in term.wishes_of(professional))
