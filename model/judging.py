"""A timetable judged piece by piece: what a change of some of its rows breaks, mends and gains, in milliseconds.

The judge of `model.judge` asks every rule of everybody. Here only those are asked again whom the change may concern, with
the same rules, so that both say the same; a test compares them. No solver.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from model.calendar import Calendar
from model.demands import expanded
from model.reading import Reading
from model.rule import Rule, Subject
from model.rulebook import RuleBook
from model.rules import RULES
from model.term import Term
from model.timetable import Assignment, Breach, Cost, Timetable
from model.travel import Travel
from model.waivers import Waivers

_ONE_BY_ONE = sorted(RULES, key=lambda rule: rule.subject is not Subject.PROFESSIONAL)
"""Rules about one person first, which are asked in no time."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a change does to a timetable.

    Attributes:
        timetable: as it would be.
        breaches: what would be broken that was not, or was by less; waived ones aside.
        mended: what would no longer be broken.
        gains: by rule how much the timetable would be worth more, in points; only where it makes a difference.
    """

    timetable: Timetable
    breaches: tuple[Breach, ...]
    mended: tuple[Breach, ...]
    gains: dict[str, int]

    @property
    def gain(self) -> int:
        """How much the timetable would be worth more in all, in points."""
        return sum(self.gains.values())


@dataclass(frozen=True, slots=True)
class _Said:
    """What one rule says of one subject."""

    breaches: tuple[Breach, ...]
    costs: tuple[Cost, ...]


_NOTHING = _Said((), ())


class _Asked(NamedTuple):
    """A rule as it is set for a subject; of rules that look at a school course by course perhaps one course."""

    rule: Rule
    subject: str
    course: str | None = None


def _set_alike(one: Term, other: Term) -> bool:
    """Whether rules are set for the same people of the same employers."""
    people, others = one.professionals, other.professionals
    if one.rules is not other.rules or len(people) != len(others):
        return False
    return all(a is b or (a.id, a.employer) == (b.id, b.employer) for a, b in zip(people, others, strict=True))


class Judging:
    """A timetable and what rules say of it, asked subject by subject.

    Attributes:
        term: with all demands written out.
        reading: the timetable in dates and minutes.
        book: the rules as they are set.
    """

    def __init__(self, term: Term, timetable: Timetable) -> None:
        self.term = expanded(term)
        calendar = Calendar(self.term)
        self.reading = Reading(self.term, timetable, calendar, Travel(self.term))
        self._breaks_nothing: bool | None = None
        self._before: Judging | None = None
        self._begin()

    def under(self, term: Term, people: AbstractSet[str] | None = None) -> Judging:
        """The same timetable under another term, with the same lessons, times and places: people agree to more than before.

        What a change of rows breaks there is what was not broken before either changed.

        Args:
            people: whose days may be others there; None for everybody's.
        """
        other = copy(self)
        other._before = self._before or self  # noqa: SLF001  the same class
        other.term = expanded(term)
        other.reading = self.reading.under(other.term, people)
        other._begin(self.book if _set_alike(self.term, other.term) else None)  # noqa: SLF001  the same class
        return other

    def with_times(self, term: Term) -> Judging:
        """The same timetable under another term, in which lessons may be given at more times."""
        other = Judging(term, self.timetable)
        other._before = self._before or self
        return other

    @property
    def breaks_nothing(self) -> bool:
        """Whether nothing is broken as it stood before anything changed; asked of everybody once."""
        if self._before is not None:
            return self._before.breaks_nothing
        if self._breaks_nothing is None:
            self._breaks_nothing = not any(self.breaches())
        return self._breaks_nothing

    def _begin(self, book: RuleBook | None = None) -> None:
        self.calendar, self.travel = self.reading.calendar, self.reading.travel
        self.book = book or RuleBook(self.term)
        self._waivers = Waivers(self.term)
        self._now: dict[tuple[str, str, str | None], _Said] = {}

    @property
    def timetable(self) -> Timetable:
        """The timetable as it stands."""
        return self.reading.timetable

    def breaches(self) -> Iterator[Breach]:
        """Everything that is broken as it stands."""
        for rule, subject in self.book.each(rule for rule in RULES if rule.hard()):
            yield from self._as_it_stands(_Asked(rule, subject)).breaches

    def costs(self) -> Iterator[Cost]:
        """Everything that is charged or gained as it stands."""
        for rule, subject in self.book.each(rule for rule in RULES if not rule.hard()):
            yield from self._as_it_stands(_Asked(rule, subject)).costs

    @property
    def value(self) -> int:
        """What the timetable is worth as it stands."""
        return -sum(cost.amount for cost in self.costs())

    def trial(self, *, removed: Iterable[Assignment] = (), added: Iterable[Assignment] = ()) -> Trial:
        """The timetable without some of its rows and with others, to be asked about."""
        return Trial(self, tuple(removed), tuple(added))

    def tried(self, *, removed: Iterable[Assignment] = (), added: Iterable[Assignment] = ()) -> Tried:
        """What becomes of the timetable without some of its rows and with others."""
        return self.trial(removed=removed, added=added).tried()

    def changed_to(self, timetable: Timetable) -> tuple[int, tuple[Breach, ...]]:
        """What another timetable of the same term is worth, and all that it breaks: asked of what is not in both."""
        mine, others = set(self.timetable.assignments), set(timetable.assignments)
        tried = self.tried(
            removed=[row for row in self.timetable.assignments if row not in others],
            added=[row for row in timetable.assignments if row not in mine],
        )
        still = () if self.breaks_nothing else (each for each in self.breaches() if each not in tried.mended)
        return self.value + tried.gain, (*still, *tried.breaches)

    def broken(self, *, removed: Iterable[Assignment] = (), added: Iterable[Assignment] = ()) -> Iterator[Breach]:
        """What a change would break, rule by rule as it is asked for: first what concerns one person alone."""
        return self.trial(removed=removed, added=added).broken()

    def _as_it_stood(self, asked: _Asked) -> _Said:
        """What was said before anything changed."""
        if asked.rule.hard() and self.breaks_nothing:
            return _NOTHING
        before = self._before or self
        made = before.book.of(type(asked.rule), asked.subject)
        return _NOTHING if made is None else before._as_it_stands(asked._replace(rule=made))  # noqa: SLF001  the same class

    def _as_it_stands(self, asked: _Asked) -> _Said:
        key = (asked.rule.name, asked.subject, asked.course)
        if key not in self._now:
            self._now[key] = self.said(asked, self.reading)
        return self._now[key]

    def said(self, asked: _Asked, reading: Reading) -> _Said:
        """What a rule says of a reading of this term, waived breaches aside."""
        rule, subject, course = asked
        if course is not None:
            reading = reading.of_course(course)
        if not rule.hard():
            return _Said((), tuple(rule.costs(reading, subject)))
        broken = rule.broken(reading, subject)
        return _Said(tuple(each for each in broken if self._waivers.of(type(rule), each) is None), ())


class Trial:
    """A timetable without some of its rows and with others; each rule is asked once.

    Attributes:
        reading: the timetable so changed.
    """

    def __init__(self, judging: Judging, removed: tuple[Assignment, ...], added: tuple[Assignment, ...]) -> None:
        self.judging = judging
        self.removed, self.added = removed, added
        self.reading = judging.reading.changed(removed, added)
        self._now: dict[tuple[str, str, str | None], _Said] = {}

    def tried(self) -> Tried:
        """What becomes of it all."""
        before, after = list[Breach](), list[Breach]()
        gains: Counter[str] = Counter()
        for asked in self._concerned:
            was, now = self.judging._as_it_stood(asked), self._said(asked)  # noqa: SLF001  the class's own
            before += was.breaches
            after += now.breaches
            gains[asked.rule.name] += sum(each.amount for each in was.costs) - sum(each.amount for each in now.costs)
        return Tried(
            timetable=self.reading.timetable,
            breaches=tuple(each for each in after if each not in before),
            mended=tuple(each for each in before if each not in after),
            gains={rule: gain for rule, gain in gains.items() if gain},
        )

    def broken(self, *, personal: bool = False) -> Iterator[Breach]:
        """What it breaks, rule by rule as it is asked for: first (or only) what concerns one person alone."""
        for asked in self._concerned:
            if personal and asked.rule.subject is not Subject.PROFESSIONAL:
                return
            if asked.rule.hard():
                known = self.judging._as_it_stood(asked).breaches  # noqa: SLF001  the class's own
                yield from (each for each in self._said(asked).breaches if each not in known)

    def _said(self, asked: _Asked) -> _Said:
        key = (asked.rule.name, asked.subject, asked.course)
        if key not in self._now:
            self._now[key] = self.judging.said(asked, self.reading)
        return self._now[key]

    @cached_property
    def _concerned(self) -> list[_Asked]:
        """Rules with those of whom they may now say something else."""
        term, rows = self.judging.term, (*self.removed, *self.added)
        people, schools, courses = dict[str, None](), dict[str, None](), dict[str, None]()
        for row in rows:
            people[row.professional] = None
            courses[term.lesson(row.lesson).course] = None
        for course in courses:
            schools[term.course(course).school] = None
        employers = dict.fromkeys(each for person in people if (each := term.professional(person).employer))
        for course in courses:  # who gives the course as well
            for lesson in term.lessons_of(course):
                for reading in (self.judging.reading, self.reading):
                    people.update(dict.fromkeys(row.professional for row in reading.assigned.get(lesson.id, ())))
        subjects = {
            Subject.PROFESSIONAL: people,
            Subject.SCHOOL: schools,
            Subject.EMPLOYER: employers,
            Subject.REGION: {term.id: None},
        }
        book, found = self.judging.book, list[_Asked]()
        for rule in _ONE_BY_ONE:
            everybody = rule.ties_people and bool(term.activities)
            for subject in book.subjects(rule) if everybody else subjects[rule.subject]:
                made = book.of(rule, subject)
                if made is None:
                    continue
                if rule.by_course:
                    own = (each for each in courses if term.course(each).school == subject)
                    found += [_Asked(made, subject, course) for course in own]
                else:
                    found.append(_Asked(made, subject))
        return found
