"""Who teaches under responsibility needs somebody responsible."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from typing import TYPE_CHECKING

from model import names
from model.lessons import Course
from model.levels import Accepted, LevelDates, LevelsOn, licence_rule, with_responsible
from model.rights import UNDER_RESPONSIBILITY, responsible
from model.rule import Board, Hurdle, Owner, Phase, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class ResponsibleTeacher(Rule):
    """Instructors and guest teachers teach only where the course names a qualified teacher who is responsible.

    Qualified is a teacher of the same board, for the subject of the course if any subjects are listed.
    """

    name = "responsible_teacher"
    in_dutch = "Instructeurs en gastdocenten geven alleen les waar de cursus een bevoegde docent noemt die verantwoordelijk is."
    subject = Subject.PROFESSIONAL
    source = "WVO 2020 art. 7.19; WEB art. 4.2.1 lid 6 and 4.2.2 (current texts not seen: unverified)"
    owner = Owner.LAW
    negotiable = False
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.LICENSED
    may_switch_off = False
    stays_broken = True
    reads = (
        "licences.level", "courses.supervised_by", "courses.subject", "staff.subjects", "staff.school", "schools.board",
    )  # fmt: skip
    says = {
        "title": {"nl": "Verantwoordelijke docent", "en": "Responsible teacher"},
        "nobody": {
            "nl": "{person} mag {course} alleen geven onder verantwoordelijkheid; er staat geen docent bij de cursus.",
            "en": "{person} may give {course} only under responsibility; the course names no teacher.",
        },
        "unqualified": {
            "nl": "{person} mag {course} alleen geven onder verantwoordelijkheid; wie erbij staat is niet bevoegd.",
            "en": "{person} may give {course} only under responsibility; nobody it names is qualified.",
        },
        "many": {
            "nl": "Voor {n} mensen ontbreekt een bevoegde docent die verantwoordelijk is.",
            "en": "For {n} people there is no qualified teacher who is responsible.",
        },
        "many.one": {
            "nl": "Voor 1 persoon ontbreekt een bevoegde docent die verantwoordelijk is.",
            "en": "For 1 person there is no qualified teacher who is responsible.",
        },
        "broken": {
            "nl": "{person} geeft {lesson} zonder bevoegde docent die verantwoordelijk is ({n} data).",
            "en": "{person} gives {lesson} without a qualified teacher who is responsible ({n} dates).",
        },
        "broken.one": {
            "nl": "{person} geeft {lesson} zonder bevoegde docent die verantwoordelijk is (één datum).",
            "en": "{person} gives {lesson} without a qualified teacher who is responsible (one date).",
        },
    }

    def screen(self, board: Board, professional: str, courses: AbstractSet[str]) -> AbstractSet[str]:
        term, accepted = board.term, board.once(Accepted)
        if not _is_under(term, professional):
            return courses
        rights, alone, under = licence_rule(term, professional), set[str](), set[str]()
        for row in term.licences_of(professional):
            (under if row.level in UNDER_RESPONSIBILITY else alone).update(accepted.by(rights, row))
        for stage in term.stages_of(professional):
            if stage.subject is not None:  # who watches or works in a duo may have no right at all yet
                alone.update(course.id for course in term.courses_in(stage.subject))
        return courses - (under - alone - board.once(with_responsible))

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        term = reading.term
        if not _is_under(term, subject):
            return
        levels, wrong = LevelsOn(term), dict[str, list[date]]()
        for taught in reading.of_person.get(subject, ()):
            course = term.course(taught.course)
            if levels.level(subject, course, taught.when) in UNDER_RESPONSIBILITY and not responsible(term, course):
                wrong.setdefault(taught.lesson, []).append(taught.when)
        for lesson, dates in wrong.items():
            params = {"person": names.person(term, subject), "lesson": names.lesson(term, lesson), "n": len(dates)}
            yield self.breach("broken", len(dates), "dates", params, professional=subject, lesson=lesson, when=dates[0])

    def enforce(self, board: Board, subject: str) -> None:
        if not _is_under(board.term, subject):
            return
        levels, covered = board.once(LevelDates), board.once(with_responsible)
        for candidate in board.candidates_of(subject):
            if candidate.course in covered:
                continue
            by_level = levels.levels(subject, candidate.course)
            if any(candidate.dates & by_level.get(level, 0) for level in UNDER_RESPONSIBILITY):
                course: Course = board.term.course(candidate.course)
                because = self.because(
                    "unqualified" if course.supervised_by else "nobody",
                    professional=subject,
                    fact=f"courses/{course.id}",
                    person=names.person(board.term, subject),
                    course=names.course(board.term, course.id),
                )
                board.forbid(candidate, because)


def _is_under(term: Term, professional: str) -> bool:
    return any(row.level in UNDER_RESPONSIBILITY for row in term.licences_of(professional))
