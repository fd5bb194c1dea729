"""Pins (fixaties) that break a rule by themselves: no timetable can keep them, and the rule is named.

Only rules whose breaches stay however many lessons are added are asked. A pin on a course that one person must give pins
that person to the whole course, unless others may take over. Asked of a term in which everything else makes sense.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from model.calendar import Calendar
from model.demands import expanded
from model.issues import Issue
from model.lessons import Continuity
from model.promised import over
from model.reading import Reading
from model.rule import Rule, Subject
from model.rulebook import RuleBook
from model.rules import BY_NAME, RULES
from model.segments import Segment, Segments
from model.term import Term
from model.timetable import Assignment, Breach, Timetable
from model.travel import Travel
from model.waivers import Waivers

_STRICT = tuple(rule for rule in RULES if rule.stays_broken)


def pin_issues(term: Term) -> Iterator[Issue]:
    """Pins that break a rule alone, with the others of the same person, or with everybody's."""
    if any(row.pinned for row in term.lessons):
        yield from _Pins(expanded(term)).issues()


class _Pins:
    """The pins of a term, and what judging them takes."""

    def __init__(self, term: Term) -> None:
        self.term = term
        self.calendar = Calendar(term)
        self.travel = Travel(term)
        self.book = RuleBook(term)
        self.waivers = Waivers(term)
        self.segments = Segments(self.calendar)
        self.place = {row.id: index for index, row in enumerate(term.lessons)}
        self.of_person: dict[str, list[str]] = {}
        for row in term.lessons:
            for person in dict.fromkeys(row.pinned) if self._segments(row.id) else ():
                self.of_person.setdefault(person, []).append(row.id)

    def issues(self) -> Iterator[Issue]:
        for person, lessons in self.of_person.items():
            # All together first: what they break together they may break one by one, and most break nothing.
            blocks = [self._block(lesson) for lesson in lessons]
            if next(self._broken(person, [(each, None) for block in blocks for each in block]), None) is not None:
                yield from self._of(person, lessons, blocks)
        yield from self._together()

    def _of(self, person: str, lessons: Sequence[str], blocks: Sequence[Sequence[str]]) -> Iterator[Issue]:
        said = set()
        for lesson, block in zip(lessons, blocks, strict=True):
            for rule in self._always(person, block):
                said.add(rule)
                yield self._issue("pin_breaks_rule", lesson, person, rule)
        fixed = [block for block in blocks if not any(self.term.times_of(lesson) for lesson in block)]
        for breach in self._broken(person, [(lesson, None) for block in fixed for lesson in block]):
            if breach.rule not in said:
                said.add(breach.rule)
                named = [lesson for lesson in lessons if lesson == breach.lesson]
                yield self._issue("pins_break_rule", (named or lessons)[-1], person, breach.rule)

    def _together(self) -> Iterator[Issue]:
        """What the pins of different people break, for schools and employers."""
        pins = [(lesson, person) for person, lessons in self.of_person.items() for lesson in lessons]
        pins = [(lesson, person) for lesson, person in pins if not self.term.times_of(lesson)]
        rows = tuple(self._row(lesson, person, None) for lesson, person in pins)
        reading = Reading(self.term, Timetable(assignments=rows), self.calendar, self.travel)
        said = set()
        for rule, subject in self.book.each(each for each in _STRICT if each.subject is not Subject.PROFESSIONAL):
            for breach in self._left(rule, rule.broken(reading, subject)):
                mine = [lesson for lesson, person in pins if self._concerns(breach, lesson, person)]
                if mine and (breach.rule, mine[0]) not in said:
                    said.add((breach.rule, mine[0]))
                    pinned = self.term.lesson(mine[0]).pinned[0]
                    yield self._issue("pins_together_break_rule", mine[0], pinned, breach.rule)

    def _concerns(self, breach: Breach, lesson: str, person: str) -> bool:
        """Whether a pin may have to do with a breach."""
        if breach.lesson is not None:
            return lesson == breach.lesson
        if breach.employer is not None:
            return self.term.professional(person).employer == breach.employer
        return breach.school in (None, self.term.course(self.term.lesson(lesson).course).school)

    def _block(self, lesson: str) -> list[str]:
        """The lessons that whoever gives this one must give."""
        course = self.term.course(self.term.lesson(lesson).course)
        stays = self.book.of(BY_NAME["continuity"], course.school) is not None
        if not stays or course.continuity is not Continuity.SAME or len(self.segments.of_course(course.id)) > 1:
            return [lesson]
        return [row.id for row in self.term.lessons_of(course.id) if self.calendar.takes_place(row.id)]

    def _always(self, person: str, block: Sequence[str]) -> list[str]:
        """Rules that a person breaks with these lessons at their own times, if at any others one is broken too."""
        found: list[str] = []
        for options in product(*(self._options(lesson) for lesson in block)):
            broken = dict.fromkeys(each.rule for each in self._broken(person, zip(block, options, strict=True)))
            if not broken:
                return []
            found = found or list(broken)
        return found

    def _options(self, lesson: str) -> list[str | None]:
        return [each for each in self.calendar.options(lesson) if self.calendar.spans(lesson, each)]

    def _broken(self, person: str, given: Iterable[tuple[str, str | None]]) -> Iterator[Breach]:
        """What one person breaks by giving these lessons and no others."""
        rows = dict.fromkeys(self._row(each, person, option) for each, option in given)
        reading = Reading(self.term, Timetable(assignments=tuple(rows)), self.calendar, self.travel)
        for rule in _STRICT:
            made = self.book.of(rule, person) if rule.subject is Subject.PROFESSIONAL else None
            if made is not None:
                yield from self._left(made, made.broken(reading, person))

    def _row(self, lesson: str, person: str, option: str | None) -> Assignment:
        """What a pin asks: the lesson in all weeks that count."""
        segments = self._segments(lesson)
        weeks = frozenset[int]().union(*(each.weeks or () for each in segments))
        return Assignment(lesson=lesson, professional=person, option=option, weeks=weeks or None)

    def _segments(self, lesson: str) -> list[Segment]:
        """The segments in which a lesson has a date that is not over."""
        dates = 0
        for option in self.calendar.options(lesson):
            for span in self.calendar.spans(lesson, option):
                dates |= span.dates & ~over(self.calendar)
        return [each for each in self.segments.of_lesson(lesson) if each.dates & dates]

    def _left(self, rule: Rule, breaches: Iterable[Breach]) -> Iterator[Breach]:
        """Breaches that nobody took responsibility for."""
        return (breach for breach in breaches if self.waivers.of(type(rule), breach) is None)

    def _issue(self, code: str, lesson: str, person: str, rule: str) -> Issue:
        return Issue(
            code=code,
            table="lessons",
            index=self.place[lesson],
            field="pinned",
            value=person,
            details={"lesson": lesson},
            words={"rule": f"rule.{rule}.title"},
        )
