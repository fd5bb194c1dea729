"""A class group and a room are in one place at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from model import names
from model.calendar import Span
from model.lessons import Busy
from model.rule import Board, Owner, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class OnePlace(Rule):
    """A lesson moved to another of its times finds its class groups and room free.

    Lessons at their own time are the school's timetable and are taken as they are.
    """

    name = "one_place"
    in_dutch = "Een les die naar een van haar andere tijden gaat, vindt haar klassen en lokaal vrij."
    subject = Subject.SCHOOL
    source = "School timetable"
    owner = Owner.SCHOOL
    may_switch_off = False
    stays_broken = True
    reads = (
        "courses.classes", "lessons.room", "lesson_times.room", "busy.class_group", "busy.room", "busy.weekday",
        "busy.weeks", "busy.first_period", "busy.last_period", "busy.start", "busy.end", "busy.school",
    )  # fmt: skip
    says = {
        "title": {"nl": "Klas en lokaal op één plek tegelijk", "en": "Class and room in one place at a time"},
        "taken": {
            "nl": "{lesson} kan niet naar die tijd: {what} is dan bezet.",
            "en": "{lesson} cannot move to that time: {what} is taken then.",
        },
        "broken": {
            "nl": "{lesson} is verplaatst naar een tijd waarop {what} bezet is.",
            "en": "{lesson} was moved to a time at which {what} is taken.",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        term = reading.term
        if not any(row.option for row in reading.timetable.assignments):
            return
        taken: dict[str, list[tuple[str | None, bool, Span]]] = {}
        for row in term.busy:
            for key in _takes(row):
                taken.setdefault(key, []).extend((None, False, span) for span in reading.calendar.busy(row))
        for lesson in term.lessons:
            fixed = len(reading.calendar.options(lesson.id)) == 1
            chosen = {row.option for row in reading.assigned.get(lesson.id, ())} or ({None} if fixed else set())
            for option in chosen:
                for key in _needs(term, lesson.id, option):
                    spans = reading.calendar.spans(lesson.id, option)
                    taken.setdefault(key, []).extend((lesson.id, option is not None, span) for span in spans)
        said = set()
        for key, entries in taken.items():
            for (a, a_moved, a_span), (b, b_moved, b_span) in combinations(entries, 2):
                mover = a if a_moved else b if b_moved else None
                if mover is None or a == b or not _overlap(a_span, b_span):
                    continue
                if term.course(term.lesson(mover).course).school == subject and (mover, key) not in said:
                    said.add((mover, key))
                    params = {"lesson": names.lesson(term, mover), "what": _called(term, key)}
                    yield self.breach("broken", 1, "lessons", params, lesson=mover, school=subject)

    def enforce(self, board: Board, subject: str) -> None:
        fixed, movable = board.once(_entries)
        for key, entries in movable.items():
            for index, mine in enumerate(entries):
                if mine.option is None or mine.school != subject:
                    continue
                because = self.because(
                    "taken",
                    fact=f"lesson_times/{mine.option}",
                    lesson=names.lesson(board.term, mine.lesson),
                    what=_called(board.term, key),
                )
                here = board.at(mine.lesson, mine.option)
                if any(_overlap(span, other) for span in mine.spans for other in fixed.get(key, ())):
                    board.limit([(here, 1)], 0, because)
                for other_index, other in enumerate(entries):
                    if other.lesson == mine.lesson:
                        continue
                    if other.option is not None and other.school == subject and other_index < index:
                        continue
                    if any(_overlap(a, b) for a in mine.spans for b in other.spans):
                        board.limit([(here, 1), (board.at(other.lesson, other.option), 1)], 1, because)


class _Entry(NamedTuple):
    lesson: str
    option: str | None
    school: str
    spans: tuple[Span, ...]


def _entries(board: Board) -> tuple[dict[str, list[Span]], dict[str, list[_Entry]]]:
    """What takes class groups and rooms that some lesson may move to: for certain, and perhaps."""
    term, calendar = board.term, board.calendar
    fixed: dict[str, list[Span]] = {}
    movable: dict[str, list[_Entry]] = {}
    keys_that_move: set[str] = set()
    for row in term.lesson_times:
        keys_that_move |= set(_needs(term, row.lesson, row.id)) | set(_needs(term, row.lesson, None))
    for lesson in term.lessons if keys_that_move else ():
        options = calendar.options(lesson.id)
        school = term.course(lesson.course).school
        for option in options:
            for key in _needs(term, lesson.id, option):
                if key not in keys_that_move:
                    continue
                spans = calendar.spans(lesson.id, option)
                if len(options) == 1:
                    fixed.setdefault(key, []).extend(spans)
                else:
                    movable.setdefault(key, []).append(_Entry(lesson.id, option, school, spans))
    for busy in term.busy:
        for taken in _takes(busy):
            if taken in keys_that_move:
                fixed.setdefault(taken, []).extend(calendar.busy(busy))
    return fixed, movable


def _needs(term: Term, lesson: str, option: str | None) -> tuple[str, ...]:
    """Keys of the class groups and the room a lesson takes."""
    row = term.lesson(lesson)
    room = (term.lesson_time(option).room if option else None) or row.room
    groups = [f"class_groups/{group}" for group in term.course(row.course).classes]
    return (*groups, *([f"rooms/{room}"] if room else ()))


def _takes(row: Busy) -> list[str]:
    """Keys of the class group and the room a busy row takes."""
    taken = []
    if row.class_group:
        taken.append(f"class_groups/{row.class_group}")
    if row.room:
        taken.append(f"rooms/{row.room}")
    return taken


def _overlap(a: Span, b: Span) -> bool:
    return bool(a.dates & b.dates) and a.start < b.end and b.start < a.end


def _called(term: Term, key: str) -> str:
    table, _, row_id = key.partition("/")
    return term.find(table, row_id).name or row_id
