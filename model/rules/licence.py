"""Who may teach what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from model import names
from model.calendar import Dates
from model.lessons import Course
from model.people import Licence, LicenceLevel
from model.rule import Board, Owner, Phase, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading

UNDER_RESPONSIBILITY = frozenset({LicenceLevel.INSTRUCTOR, LicenceLevel.GUEST})


class LicenceRule(Rule):
    """Who gives a lesson is licensed for its subject, sector and level on every date of it.

    Instructors and guest teachers count only where the course names staff who carry the responsibility.
    """

    name = "licence"
    subject = Subject.PROFESSIONAL
    source = "WVO 2020 ch. 7 and art. 7.19; WEB art. 4.2.1 (numbers of articles unverified)"
    owner = Owner.LAW
    negotiable = False
    phase = Phase.ELIGIBILITY
    may_switch_off = False
    reads = (
        "licences.subject", "licences.sector", "licences.level", "licences.valid_from", "licences.valid_to",
        "licences.board", "courses.subject", "courses.sector", "courses.required_licence", "courses.supervised_by",
        "schools.sector", "schools.board",
    )  # fmt: skip
    says = {
        "title": {"nl": "Bevoegdheid", "en": "Teaching licence"},
        "none": {
            "nl": "{person} heeft geen passende bevoegdheid voor {subject}.",
            "en": "{person} has no fitting licence for {subject}.",
        },
        "dates": {
            "nl": "De bevoegdheid van {person} voor {subject} geldt niet op alle lesdata.",
            "en": "The licence of {person} for {subject} does not hold on all dates of the lesson.",
        },
        "many": {"nl": "{n} mensen hebben geen passende bevoegdheid.", "en": "{n} people have no fitting licence."},
        "many.one": {"nl": "1 persoon heeft geen passende bevoegdheid.", "en": "1 person has no fitting licence."},
        "broken": {
            "nl": "{person} geeft {lesson} zonder geldige bevoegdheid ({n} data).",
            "en": "{person} gives {lesson} without a valid licence ({n} dates).",
        },
        "broken.one": {
            "nl": "{person} geeft {lesson} zonder geldige bevoegdheid (één datum).",
            "en": "{person} gives {lesson} without a valid licence (one date).",
        },
    }

    def screen(self, term: Term, professional: str) -> frozenset[str]:
        subjects = {row.subject.casefold() for row in term.licences_of(professional)}
        return frozenset(course.id for subject in subjects for course in term.courses_in(subject))

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        wrong: dict[str, list[date]] = {}
        for taught in reading.of_person.get(subject, ()):
            course = reading.term.course(taught.course)
            rows = reading.term.licences_of(subject)
            if not any(accepts(reading.term, course, row) and holds(row, taught.when) for row in rows):
                wrong.setdefault(taught.lesson, []).append(taught.when)
        for lesson, dates in wrong.items():
            params = {
                "person": names.person(reading.term, subject),
                "lesson": names.lesson(reading.term, lesson),
                "n": len(dates),
            }
            yield self.breach("broken", len(dates), "dates", params, professional=subject, lesson=lesson, when=dates[0])

    def enforce(self, board: Board, subject: str) -> None:
        covered: dict[str, Dates] = {}
        of_subject: dict[str, list[Licence]] = {}
        for row in board.term.licences_of(subject):
            of_subject.setdefault(row.subject.casefold(), []).append(row)
        for candidate in board.candidates_of(subject):
            course = board.term.course(candidate.course)
            if course.id not in covered:
                covered[course.id] = 0
                for row in of_subject.get(course.subject.casefold(), ()):
                    if accepts(board.term, course, row):
                        covered[course.id] |= board.calendar.between(row.valid_from, row.valid_to)
            if candidate.dates & ~covered[course.id]:
                key = "dates" if covered[course.id] else "none"
                person = names.person(board.term, subject)
                board.forbid(candidate, self.because(key, professional=subject, person=person, subject=course.subject))


def accepts(term: Term, course: Course, licence: Licence) -> bool:
    """Whether a licence is of the right subject, sector, level and board for a course, dates aside."""
    school = term.school(course.school)
    if licence.subject.casefold() != course.subject.casefold() or licence.sector != (course.sector or school.sector):
        return False
    if licence.board not in (None, school.board):
        return False
    if licence.level in UNDER_RESPONSIBILITY:
        return bool(course.supervised_by)
    wanted = set(course.required_licence)
    return (
        not wanted or licence.level in wanted or (licence.level is LicenceLevel.FIRST and LicenceLevel.SECOND in wanted)
    )


def holds(licence: Licence, when: date) -> bool:
    """Whether a licence is valid on a date."""
    return (licence.valid_from or date.min) <= when <= (licence.valid_to or date.max)
