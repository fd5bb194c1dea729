"""How many people may share a course."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from model import names
from model.calendar import days
from model.lessons import Continuity
from model.rule import Board, Literal, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading
    from model.segments import Segment


class ContinuityRule(Rule):
    """Where one person must give a course, its teachers give all its lessons until others may take over; elsewhere at most k share it.

    Others may take over in a hand-over week of the course; where a timetable was published, also when its notice is over.
    """

    name = "continuity"
    in_dutch = "Waar één persoon een cursus moet geven, geven haar docenten alle lessen totdat anderen het mogen overnemen; elders delen hoogstens zoveel mensen haar."
    subject = Subject.SCHOOL
    by_course = True
    source = "School's decision per course"
    owner = Owner.SCHOOL
    change_price = 2
    reads = ("courses.continuity", "courses.max_people", "courses.handover_weeks")
    says = {
        "title": {"nl": "Continuïteit voor de klas", "en": "Continuity for the class"},
        "most": {
            "nl": "Mensen die samen {course} geven: hoogstens {most}.",
            "en": "People who share {course}: at most {most}.",
        },
        "whole": {
            "nl": "{person} geeft alle lessen van {course} of geen.",
            "en": "{person} gives all lessons of {course} or none.",
        },
        "broken_whole": {
            "nl": "{person} geeft niet alle lessen van {course}, terwijl één persoon die geeft ({n} ontbreken).",
            "en": "{person} does not give all lessons of {course}, which one person must give ({n} are missing).",
        },
        "broken_whole.one": {
            "nl": "{person} geeft niet alle lessen van {course}, terwijl één persoon die geeft (één ontbreekt).",
            "en": "{person} does not give all lessons of {course}, which one person must give (one is missing).",
        },
        "broken_most": {
            "nl": "Mensen die samen {course} geven: {given}; hoogstens {most} mag.",
            "en": "People who share {course}: {given}; at most {most} is allowed.",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        for course in reading.courses_of(subject):
            called, most = names.course(reading.term, course.id), course.max_people
            if course.continuity is Continuity.SAME:
                for professional, missing in sorted(_missing(reading, course.id).items()):
                    params = {"person": names.person(reading.term, professional), "course": called, "n": len(missing)}
                    where = {"professional": professional, "school": subject}
                    yield self.breach("broken_whole", len(missing), "lessons", params, **where)
                continue
            every = (lesson.id for lesson in reading.term.lessons_of(course.id))
            lessons = (lesson for lesson in every if reading.calendar.takes_place(lesson))
            given = {row.professional for lesson in lessons for row in reading.assigned.get(lesson, ())}
            if course.continuity is Continuity.AT_MOST and most is not None and len(given) > most:
                params = {"course": called, "given": len(given), "most": most}
                yield self.breach("broken_most", len(given) - most, "people", params, school=subject)

    def enforce(self, board: Board, subject: str) -> None:
        for course in board.term.courses_of(subject):
            if course.continuity is Continuity.SAME:
                for segment in board.segments.of_course(course.id):
                    self._tie(board, course.id, segment)
            if course.continuity is not Continuity.AT_MOST or course.max_people is None:
                continue
            of_person: dict[str, list[int]] = {}
            for lesson in board.term.lessons_of(course.id):
                for candidate in board.candidates_for(lesson.id):
                    of_person.setdefault(candidate.professional, []).append(board.teaches(candidate))
            because = self.because(
                "most", fact=f"courses/{course.id}", course=names.course(board.term, course.id), most=course.max_people
            )
            terms = [(board.any_of(literals), 1) for literals in of_person.values()]
            board.limit(terms, course.max_people, because)

    def _tie(self, board: Board, course: str, segment: Segment) -> None:
        """Who gives one lesson of a course gives the others; candidates for a whole course do so anyway."""
        lessons = [row.id for row in board.term.lessons_of(course) if _dates_at(board, row.id, segment)]
        gives: dict[str, dict[str, list[Literal]]] = {}
        for lesson in lessons:
            for candidate in board.candidates_for(lesson):
                if not candidate.dates & segment.dates:
                    continue
                if set(candidate.lessons) >= set(lessons):
                    return
                gives.setdefault(candidate.professional, {}).setdefault(lesson, []).append(board.teaches(candidate))
        elsewhere = {lesson: _elsewhere(board, lesson, segment) for lesson in lessons}
        for professional, mine in gives.items():
            person, called = names.person(board.term, professional), names.course(board.term, course)
            because = self.because(
                "whole", professional=professional, fact=f"courses/{course}", person=person, course=called
            )
            taught = [board.any_of([*mine.get(lesson, ()), *elsewhere[lesson]]) for lesson in lessons]
            if any(elsewhere.values()):
                some = board.any_of(literal for literals in mine.values() for literal in literals)
                pairs = [(some, each) for each in taught]
            else:
                pairs = list(zip(taught, [*taught[1:], taught[0]], strict=True))  # each the next, the last the first
            for one, other in pairs:
                board.limit([(one, 1), (other, -1)], 0, because, of=professional)


def _missing(reading: Reading, course: str) -> dict[str, set[str]]:
    """Lessons that people do not give in a segment in which they give others of the course."""
    found: dict[str, set[str]] = {}
    lessons = [row.id for row in reading.term.lessons_of(course)]
    for segment in reading.segments.of_course(course):
        now = set(days(segment.dates))
        held = {
            lesson: {
                option: {day for span in reading.calendar.spans(lesson, option) for day in days(span.dates)} & now
                for option in reading.calendar.options(lesson)
            }
            for lesson in lessons
        }
        given: dict[str, dict[str, set[int]]] = {}
        for lesson in lessons:
            for taught in reading.of_lesson.get(lesson, ()):
                if taught.day in now:
                    given.setdefault(taught.professional, {}).setdefault(lesson, set()).add(taught.day)
        for lesson, at in held.items():
            rows = reading.assigned.get(lesson, ())
            # Moved to a time that has no date in this segment, there is nothing of it to give.
            if not any(at.values()) or any(not at[row.option] for row in rows):
                continue
            whole = {row.professional: at[row.option] for row in rows}
            for professional, mine in given.items():
                if professional not in whole or mine.get(lesson, set()) != whole[professional]:
                    found.setdefault(professional, set()).add(lesson)
    return found


def _dates_at(board: Board, lesson: str, segment: Segment) -> bool:
    """Whether a lesson may have a date in a segment."""
    options = board.calendar.options(lesson)
    return any(span.dates & segment.dates for option in options for span in board.calendar.spans(lesson, option))


def _elsewhere(board: Board, lesson: str, segment: Segment) -> list[Literal]:
    """When a lesson is given at a time that has its dates in other segments only."""
    spans = {option: board.calendar.spans(lesson, option) for option in board.calendar.options(lesson)}
    return [
        board.at(lesson, option)
        for option, when in spans.items()
        if when and not any(span.dates & segment.dates for span in when)
    ]
