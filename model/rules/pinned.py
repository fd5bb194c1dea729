"""People fixed to a lesson."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from model import names
from model.change import Change, Edit
from model.heads import staffing, to_be_given
from model.promised import over
from model.rule import Board, Candidate, Literal, Owner, Rule, Subject, Waiving
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class Pinned(Rule):
    """Who is pinned to a lesson (fixatie) gives it on every date that is not over."""

    name = "pinned"
    in_dutch = "Wie op een les vaststaat (fixatie), geeft die op elke datum die nog komt."
    subject = Subject.SCHOOL
    by_course = True
    source = "Timetabler's fixation (fixatie)"
    owner = Owner.SCHOOL
    change_price = 2
    may_waive = Waiving.PERSON_OR_LESSON
    reads = ("lessons.pinned",)
    says = {
        "title": {"nl": "Fixaties", "en": "Pins"},
        "limit": {"nl": "{person} staat vast op {lesson}.", "en": "{person} is pinned to {lesson}."},
        "broken": {
            "nl": "{person} staat vast op {lesson}, maar geeft die les op {n} data niet.",
            "en": "{person} is pinned to {lesson} but does not give it on {n} dates.",
        },
        "broken.one": {
            "nl": "{person} staat vast op {lesson}, maar geeft die les op één datum niet.",
            "en": "{person} is pinned to {lesson} but does not give it on one date.",
        },
        "way": {
            "nl": "{person} hoeft {lesson} niet te geven (de fixatie vervalt).",
            "en": "{person} need not give {lesson} (it is no longer pinned).",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        for course in reading.courses_of(subject):
            for lesson in reading.term.lessons_of(course.id):
                for professional in lesson.pinned:
                    there = reading.people_on(lesson.id)
                    absent = sum(
                        professional not in there[day] for day in there if not over(reading.calendar) >> day & 1
                    )
                    if absent:
                        params = {
                            "person": names.person(reading.term, professional),
                            "lesson": names.lesson(reading.term, lesson.id),
                            "n": absent,
                        }
                        yield self.breach(
                            "broken",
                            absent,
                            "dates",
                            params,
                            professional=professional,
                            lesson=lesson.id,
                            school=subject,
                        )

    def ways(self, reading: Reading, breach: Breach) -> Iterator[Change]:
        person, lesson = breach.professional or "", reading.term.lesson(breach.lesson or "")
        pinned = tuple(each for each in lesson.pinned if each != person)
        params = {each: breach.params[each] for each in ("person", "lesson")}
        yield self.way(params, Edit("lessons", lesson.id, {"pinned": pinned}), professional=person)

    def enforce(self, board: Board, subject: str) -> None:
        for course in board.term.courses_of(subject):
            for lesson in board.term.lessons_of(course.id):
                for professional in lesson.pinned if board.calendar.takes_place(lesson.id) else ():
                    if board.waived(self, professional=professional, lesson=lesson.id):
                        continue
                    person = names.person(board.term, professional)
                    because = self.because(
                        "limit",
                        professional=professional,
                        fact=f"lessons/{lesson.id}",
                        person=person,
                        lesson=names.lesson(board.term, lesson.id),
                    )
                    if to_be_given(board, lesson.id):
                        mine = _of(board, professional, board.candidates_for(lesson.id))
                        board.limit(mine, -1, because, of=professional)
                    for at, candidates, dates in staffing(board, lesson.id, {}):
                        if dates & ~over(board.calendar):
                            mine = _of(board, professional, candidates)
                            board.limit([*mine, (at, 1)], 0, because, of=professional)


def _of(board: Board, professional: str, candidates: Iterable[Candidate]) -> list[tuple[Literal, int]]:
    return [(board.teaches(each), -1) for each in candidates if each.professional == professional]
