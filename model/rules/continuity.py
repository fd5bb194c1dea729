"""How many people may share a course."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from model import names
from model.lessons import Continuity
from model.rule import Board, Literal, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class ContinuityRule(Rule):
    """Where one person must give a course, each of its teachers gives all of its lessons; elsewhere at most k share it."""

    name = "continuity"
    subject = Subject.SCHOOL
    source = "School's decision per course"
    owner = Owner.SCHOOL
    change_price = 2
    reads = ("courses.continuity", "courses.max_people")
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
        for course in reading.term.courses_of(subject):
            every = (lesson.id for lesson in reading.term.lessons_of(course.id))
            lessons = {lesson for lesson in every if reading.calendar.takes_place(lesson)}
            given: dict[str, set[str]] = {}
            for lesson in lessons:
                for row in reading.assigned.get(lesson, ()):
                    given.setdefault(row.professional, set()).add(lesson)
            called, most = names.course(reading.term, course.id), course.max_people
            if course.continuity is Continuity.SAME:
                for professional, mine in sorted(given.items()):
                    if missing := len(lessons - mine):
                        params = {"person": names.person(reading.term, professional), "course": called, "n": missing}
                        where = {"professional": professional, "school": subject}
                        yield self.breach("broken_whole", missing, "lessons", params, **where)
            elif course.continuity is Continuity.AT_MOST and most is not None and len(given) > most:
                params = {"course": called, "given": len(given), "most": most}
                yield self.breach("broken_most", len(given) - most, "people", params, school=subject)

    def enforce(self, board: Board, subject: str) -> None:
        for course in board.term.courses_of(subject):
            if course.continuity is Continuity.SAME:
                self._tie(board, course.id)
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

    def _tie(self, board: Board, course: str) -> None:
        """Who gives one lesson of a course gives the next, round to the first; candidates for a whole course do so anyway."""
        lessons = [row.id for row in board.term.lessons_of(course) if board.calendar.takes_place(row.id)]
        gives: dict[str, dict[str, list[Literal]]] = {}
        for lesson in lessons:
            for candidate in board.candidates_for(lesson):
                if set(candidate.lessons) >= set(lessons):
                    return
                gives.setdefault(candidate.professional, {}).setdefault(lesson, []).append(board.teaches(candidate))
        for professional, mine in gives.items():
            person, called = names.person(board.term, professional), names.course(board.term, course)
            because = self.because(
                "whole", professional=professional, fact=f"courses/{course}", person=person, course=called
            )
            taught = [board.any_of(mine.get(lesson, ())) for lesson in lessons]
            for one, next_one in zip(taught, [*taught[1:], taught[0]], strict=True):
                board.limit([(one, 1), (next_one, -1)], 0, because, of=professional)
