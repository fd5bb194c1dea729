"""Where a responsible teacher must be there too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from model import names
from model.calendar import Calendar, Span, partition
from model.lessons import Course
from model.levels import LevelDates, LevelsOn
from model.matching import all_served, unions
from model.rights import responsible
from model.rule import Board, Literal, Owner, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading, Taught

Staff = frozenset[str]


class _Given(NamedTuple):
    """A lesson that somebody may give under responsibility: who can be there too, when, and the literal of its choice."""

    lesson: str
    here: Staff
    span: Span
    literal: Literal


class _Lead(NamedTuple):
    """A lesson that a teacher of the school leads, at one of its times, and the literal of its being given then."""

    who: str
    lesson: str
    span: Span
    literal: Literal


class _Taken(NamedTuple):
    """A time of a day that a teacher of the school has no other time for."""

    start: int
    end: int
    who: str
    leads: str | None
    """The lesson to lead then; None for who is busy otherwise."""


class Copresence(Rule):
    """Where a school wants it, a responsible teacher of that site is free to be at each lesson under responsibility.

    At no moment is one teacher needed at two lessons; during a lesson they may relieve each other. Whoever leads a
    course is at its lessons, and at no other then: at a lesson without other times in any case, else at the time at
    which somebody gives it beside the lead.
    """

    name = "copresence"
    in_dutch = "Waar een school dat wil, is bij elke les onder verantwoordelijkheid een verantwoordelijke docent van die vestiging vrij."
    subject = Subject.SCHOOL
    source = "School's decision per course; the law asks for responsibility, not for presence (secondary sources)"
    owner = Owner.SCHOOL
    change_price = 3
    stays_broken = True
    reads = (
        "courses.copresent", "courses.supervised_by", "courses.led_by", "staff.subjects", "staff.school", "busy.staff",
        "stages.stage", "licences.level",
    )  # fmt: skip
    says = {
        "title": {"nl": "Verantwoordelijke docent is erbij", "en": "Responsible teacher is there too"},
        "limit": {
            "nl": "Lessen tegelijk onder verantwoordelijkheid van {staff}: zoveel kunnen erbij zijn: {most}.",
            "en": "Lessons at once under the responsibility of {staff}: so many can be there too: {most}.",
        },
        "nobody": {
            "nl": "Bij {lesson} kan geen verantwoordelijke docent aanwezig zijn.",
            "en": "No responsible teacher can be there at {lesson}.",
        },
        "broken": {
            "nl": "Voor {lessons} zijn er tegelijk te weinig verantwoordelijke docenten vrij ({n} data).",
            "en": "For {lessons} too few responsible teachers are free at once ({n} dates).",
        },
        "broken.one": {
            "nl": "Voor {lessons} zijn er tegelijk te weinig verantwoordelijke docenten vrij (één datum).",
            "en": "For {lessons} too few responsible teachers are free at once (one date).",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        term, calendar, levels = reading.term, reading.calendar, LevelsOn(reading.term)
        lessons: dict[int, list[tuple[Taught, Staff]]] = {}
        for course in term.courses_of(subject):
            for lesson in term.lessons_of(course.id) if course.copresent else ():
                for each in reading.of_lesson.get(lesson.id, ()):
                    if levels.under_responsibility(each.professional, course, each.when):
                        lessons.setdefault(each.day, []).append((each, _who(term, course)))
        wrong: dict[tuple[str, ...], set[date]] = {}
        for day, given in lessons.items():
            wanted = {who for _, here in given for who in here}
            taken = [each for who in wanted for each in _taken_on(reading, who, day)]
            for moment in {each.stop.start for each, _ in given} | {each.start for each in taken}:
                now = {each.lesson: here for each, here in given if each.stop.start <= moment < each.stop.end}
                away = [each for each in taken if each.start <= moment < each.end]
                busy = {each.who for each in away if each.leads is None}
                leading = {each.who for each in away}
                with_lead = {
                    each.leads for each in away if each.who in now.get(each.leads or "", ()) and each.who not in busy
                }
                now = {lesson: here - leading for lesson, here in now.items() if lesson not in with_lead}
                if not all_served(list(now.values())):
                    wrong.setdefault(tuple(sorted(now)), set()).add(calendar.date_of(day))
        for group, dates in sorted(wrong.items()):
            params = {"lessons": ", ".join(names.lesson(term, each) for each in group), "n": len(dates)}
            where = {"lesson": group[0], "school": subject, "when": min(dates)}
            yield self.breach("broken", len(dates), "dates", params, **where)

    def enforce(self, board: Board, subject: str) -> None:
        given = _given(board, subject)
        if not given:
            return
        staff = {who for each in given for who in each.here}
        busy, leads = _busy(board.calendar, staff), _leads(board, staff)
        dates = [*(each.span.dates for each in given), *(span.dates for span, _ in busy)]
        for cell in partition([*dates, *(each.span.dates for each in leads)]):
            on = [each for each in given if each.span.dates & cell]
            taken = [(span, who) for span, who in busy if span.dates & cell]
            beside = [each for each in leads if each.span.dates & cell]
            moments = {each.span.start for each in on} | {each.span.start for each in beside}
            moments |= {span.start for span, _ in taken}
            for moment in moments if on else ():
                away = {who for span, who in taken if span.start <= moment < span.end}
                now = [each for each in on if each.span.start <= moment < each.span.end]
                leading = [each for each in beside if each.span.start <= moment < each.span.end]
                self._at_once(board, now, away, leading)

    def _at_once(self, board: Board, given: list[_Given], busy: set[str], leads: list[_Lead]) -> None:
        """What goes together at one moment: a lead is wanted at the lesson that is led, as at one more lesson."""
        always = board.all_of(())
        away = busy | {each.who for each in leads if each.literal == always}
        with_lead = {(each.lesson, each.who) for each in leads if each.who not in busy}
        by_lesson: dict[tuple[str, Staff], list[Literal]] = {}
        for each in given:
            if not any((each.lesson, who) in with_lead for who in each.here):
                by_lesson.setdefault((each.lesson, each.here - away), []).append(each.literal)
        wanted = {who for _, here in by_lesson for who in here}
        for lead in leads:
            if lead.who in wanted:
                by_lesson.setdefault(("", frozenset({lead.who})), []).append(lead.literal)
        self._limit(board, by_lesson)

    def _limit(self, board: Board, by_lesson: dict[tuple[str, Staff], list[Literal]]) -> None:
        """Of lessons that only certain teachers can be at, no more at a moment than there are of these (Hall)."""
        someone = [(lesson, here, board.any_of(literals)) for (lesson, here), literals in by_lesson.items()]
        for lesson, here, literal in someone:
            if not here:
                because = self.because("nobody", lesson=names.lesson(board.term, lesson))
                board.limit([(literal, 1)], 0, because)
        for group in sorted(unions({here for _, here, _ in someone if here}), key=sorted):
            terms = [(literal, 1) for _, here, literal in someone if here and here <= group]
            if len(terms) > len(group):
                staff = ", ".join(sorted(board.term.find("staff", each).name or each for each in group))
                board.limit(terms, len(group), self.because("limit", staff=staff, most=len(group)))


def _given(board: Board, school: str) -> list[_Given]:
    """Lessons that may be given under responsibility where somebody must be there too."""
    found = []
    for course in board.term.courses_of(school):
        if not course.copresent:
            continue
        here, levels = _who(board.term, course), board.once(LevelDates)
        for lesson in board.term.lessons_of(course.id):
            for candidate in board.candidates_for(lesson.id):
                under = levels.under_responsibility(candidate.professional, course.id)
                for part in candidate.parts:
                    if part.lesson == lesson.id and part.dates & under:
                        span = Span(part.stop.start, part.stop.end, part.dates & under)
                        found.append(_Given(lesson.id, here, span, board.teaches(candidate)))
    return found


def _leads(board: Board, staff: set[str]) -> list[_Lead]:
    """When each of these leads a lesson: at its only time in any case, else where a candidate has it."""
    found = []
    for course in board.term.courses:
        for who in staff.intersection(course.led_by):
            for lesson in board.term.lessons_of(course.id):
                if not board.term.times_of(lesson.id):
                    always = board.all_of(())
                    found += [_Lead(who, lesson.id, span, always) for span in board.calendar.spans(lesson.id)]
                    continue
                for candidate in board.candidates_for(lesson.id):
                    for part in candidate.parts:
                        if part.lesson == lesson.id:
                            span = Span(part.stop.start, part.stop.end, part.dates)
                            found.append(_Lead(who, lesson.id, span, board.teaches(candidate)))
    return found


def _taken_on(reading: Reading, who: str, day: int) -> Iterator[_Taken]:
    """What keeps a school's teacher on a day: busy times, and lessons to lead."""
    term, calendar = reading.term, reading.calendar
    for row in term.busy_of("staff", who):
        for start, end, dates in calendar.busy(row):
            if dates >> day & 1:
                yield _Taken(start, end, who, None)
    for lesson in term.lessons:
        if who not in term.course(lesson.course).led_by:
            continue
        if term.times_of(lesson.id):
            for taught in reading.of_lesson.get(lesson.id, ()):
                if taught.day == day:
                    yield _Taken(taught.stop.start, taught.stop.end, who, lesson.id)
        else:
            for start, end, dates in calendar.spans(lesson.id):
                if dates >> day & 1:
                    yield _Taken(start, end, who, lesson.id)


def _who(term: Term, course: Course) -> Staff:
    """Responsible teachers who belong to the site of a course."""
    return frozenset(each for each in responsible(term, course) if term.find("staff", each).school == course.school)


def _busy(calendar: Calendar, staff: set[str]) -> list[tuple[Span, str]]:
    """When staff are busy."""
    rows = [(row, who) for who in sorted(staff) for row in calendar.term.busy_of("staff", who)]
    return [(span, who) for row, who in rows for span in calendar.busy(row)]
