"""What a term lacks before anybody makes a timetable: which lessons must stay open, whose people are few, and who is needed.

All of it is true of every timetable that breaks no rule. A shortage is a set of lessons with the people who could give any
of them, and how many of them these can give together at most. Small ones are found from people: for every few who are alone
for something, the lessons that only they could give, in an exact model. Wide ones are found from prices: lessons whose people
a linear programme over the whole region calls scarce.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from solver.board import Board
from solver.explain.able import Able
from solver.explain.aside import in_child
from solver.explain.rows import Rows

COUNTING = (
    "lessons_per_week", "lessons_per_day", "days_per_week", "evenings_per_week", "engagement_lessons", "heads",
    "continuity", "one_time",
)  # fmt: skip
"""Rules that the programme over the whole region holds, besides who can give what and where: those that count lessons."""

FEW = 5
"""So many people at most are looked at together."""

MANY = 60
"""Lessons that compete, of which so many are counted exactly; more by a linear programme."""

EACH_SECONDS = 0.5
SMALLEST = 16
"""How long one exact model may take, and of how many lessons it is tried to name fewer."""

REGION_SECONDS = 10.0
"""Most time of the programme over the whole region."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """Lessons, all who could give any of them, and how many of them no timetable fills more than."""

    lessons: tuple[str, ...]
    people: tuple[str, ...]
    at_most: int

    @property
    def open(self) -> int:
        """How many of the lessons stay open at least."""
        return len(self.lessons) - self.at_most


@dataclass(frozen=True, slots=True)
class Shortages:
    """What is proved to be short.

    Attributes:
        whole: all lessons and all who could give any, with how many can be filled at most.
        joint: shortages that have no lesson in common, the smallest first; one of a single lesson is of one that nobody, or
            too few, can give.
        wide: lessons that the shortage of the whole region is about.
        able: by lesson who could give it if they gave nothing else.
    """

    whole: Shortage
    joint: tuple[Shortage, ...]
    wide: tuple[str, ...]
    able: Able

    def of(self, lesson: str) -> Iterator[Shortage]:
        """The shortages that a lesson is part of: a joint one, then that of the whole region where it is part of that."""
        yield from (each for each in self.joint if lesson in each.lessons)
        if self.whole.open and lesson in self.wide:
            yield self.whole


def shortages(board: Board, seconds: float) -> Shortages:
    """What is short, as far as it is found in some time; the programme over the whole region comes before, and takes what it takes."""
    return _Search(board, seconds).found()


def shortages_aside(board: Board, seconds: float) -> Shortages | None:
    """The same, found out in a process of its own; None where that crashed or was late."""
    return in_child(lambda: shortages(board, seconds), seconds + REGION_SECONDS)


class _Search:
    def __init__(self, board: Board, seconds: float) -> None:
        self.board = board
        self.able = board.once(Able)
        self.lessons = tuple(self.able.of)
        self.seconds = seconds
        self.left = dict.fromkeys(self.lessons)
        self.joint: list[Shortage] = []

    def found(self) -> Shortages:
        for lesson in self.lessons:
            course = self.board.term.course(self.board.term.lesson(lesson).course)
            if len(self.able.of[lesson]) < course.heads:
                self._take(Shortage((lesson,), self.able.of[lesson], 0))
        priced = Rows(self.board, self.lessons, COUNTING).priced(REGION_SECONDS) if self.lessons else None
        most, scarce = (len(self.lessons), ()) if priced is None else (priced.most, priced.scarce)
        began = time.monotonic()
        until = began + self.seconds
        self._small(began + self.seconds / 2)
        if most < len(self.lessons):
            self._wide(scarce, until)
        most = min(most, len(self.lessons) - sum(each.open for each in self.joint))
        people = tuple(person for person, mine in self.able.lessons.items() if mine)
        joint = sorted(self.joint, key=lambda each: (len(each.lessons), -each.open, each.lessons))
        return Shortages(Shortage(self.lessons, people, most), tuple(joint), scarce, self.able)

    def _take(self, shortage: Shortage) -> None:
        self.joint.append(shortage)
        for lesson in shortage.lessons:
            del self.left[lesson]

    # From people

    def _small(self, until: float) -> None:
        """For every few people the lessons that only they could give."""
        for people in self._few():
            if time.monotonic() > until:
                return
            mine = dict.fromkeys(lesson for each in people for lesson in self.able.lessons[each] if lesson in self.left)
            lessons = [lesson for lesson in mine if people.issuperset(self.able.of[lesson])]
            if lessons:
                self._count(lessons, until)

    def _few(self) -> list[frozenset[str]]:
        """Sets of few people: all who could give some lesson, and two such sets that overlap; the fewest first."""
        sets = dict.fromkeys(frozenset(self.able.of[lesson]) for lesson in self.left)
        single = [each for each in sets if len(each) <= FEW]
        of_person: dict[str, list[frozenset[str]]] = defaultdict(list)
        for each in single:
            for person in sorted(each):
                of_person[person].append(each)
        both = (one | other for some in of_person.values() for one, other in combinations(some, 2))
        found = dict.fromkeys([*single, *(each for each in both if len(each) <= FEW)])
        return sorted(found, key=lambda each: (len(each), sorted(each)))

    def _count(self, lessons: Sequence[str], until: float) -> None:
        """Whether some lessons are too many for those who could give them; then as few of them as are."""
        lessons, most = list(lessons), self._most(lessons)
        short = len(lessons) - most
        if short <= 0:
            return
        for lesson in tuple(lessons) if len(lessons) <= SMALLEST else ():
            fewer = [each for each in lessons if each != lesson]
            if time.monotonic() < until and fewer and self._most(fewer) == len(fewer) - short:
                lessons = fewer
        parts = [(part, self._most(part)) for part in self._apart(lessons)]
        if sum(len(part) - each for part, each in parts) < short:
            parts = [(lessons, len(lessons) - short)]
        for part, each in parts:
            if each < len(part):
                self._take(Shortage(tuple(part), self._people(part), each))

    def _most(self, lessons: Collection[str]) -> int:
        return Rows(self.board, lessons).most(EACH_SECONDS)

    def _people(self, lessons: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(person for lesson in lessons for person in self.able.of[lesson]))

    def _apart(self, lessons: Sequence[str]) -> Iterator[list[str]]:
        """Lessons in parts that have nobody in common."""
        of_person: dict[str, list[str]] = defaultdict(list)
        for lesson in lessons:
            for person in self.able.of[lesson]:
                of_person[person].append(lesson)
        left = dict.fromkeys(lessons)
        while left:
            part = [next(iter(left))]
            del left[part[0]]
            for lesson in part:
                for person in self.able.of[lesson]:
                    for other in of_person[person]:
                        if other in left:
                            del left[other]
                            part.append(other)
            yield part

    # From prices

    def _wide(self, scarce: Iterable[str], until: float) -> None:
        """Of the lessons whose people are scarce: in parts that have nobody in common, else subject by subject."""
        parts = list(self._apart([each for each in scarce if each in self.left]))
        for part in sorted(parts, key=len):
            if len(part) <= MANY:
                if time.monotonic() < until:
                    self._count(part, until)
                continue
            by_subject: dict[str, list[str]] = defaultdict(list)
            for lesson in part:
                course = self.board.term.course(self.board.term.lesson(lesson).course)
                by_subject[course.subject.casefold()].append(lesson)
            for lessons in by_subject.values():
                if time.monotonic() > until:
                    return
                priced = Rows(self.board, lessons, COUNTING).priced(until - time.monotonic())
                if priced is not None and priced.most < len(lessons):
                    self._take(Shortage(tuple(lessons), self._people(lessons), priced.most))
