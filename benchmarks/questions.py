"""How fast questions about a timetable are answered: `python -m benchmarks.questions`.

Regions of 300 are solved for a minute first; then random open lessons (where none is open, given ones) are asked about, in a
process that stays warm, with solving processes forked from it. What was not determined in time counts as over the limit.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from itertools import chain
from random import Random
from typing import NamedTuple

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from model.access import Reader, ReaderRole
from model.locale import DEFAULT_LANGUAGE
from model.term import Term
from model.timetable import Timetable
from solver.explain.asker import Asker
from solver.explain.base import Base
from solver.explain.facts import Fact, facts
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.whole import Whole
from solver.explain.worth import worth
from solver.solve import solve

SIZE = 300
SOLVE_SECONDS = 60
QUESTIONS = 100
SECONDS = 2.0
"""Most time of a question that solves."""

OPEN_COURSES = 8
"""So many open courses are left in the region in which facts are worth something: with hundreds open nothing is scarce alone."""


class Row(NamedTuple):
    """Answers to one kind of question: seconds, and how many were not determined."""

    kind: str
    seconds: list[float]
    open: int

    def line(self) -> str:
        """As a row of a table, in milliseconds."""
        ordered = sorted(self.seconds)
        median, late = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        return f"| {self.kind} | {len(ordered)} | {1000 * median:,.0f} | {1000 * late:,.0f} | {self.open} |"


def questions(term: Term, timetable: Timetable, seed: int = 1) -> Iterator[Row]:
    """Ask everything of random lessons."""
    region = Region(term, timetable)
    region.once(Whole)
    asker = Asker(region, Reader(ReaderRole.COORDINATOR), DEFAULT_LANGUAGE)
    random = Random(seed)  # noqa: S311  a choice, no secret
    pool = list(region.open_lessons) or [row.id for row in term.lessons]
    lessons = [random.choice(pool) for _ in range(QUESTIONS)]
    people = [random.choice(term.professionals).id for _ in lessons]
    gc.collect()
    gc.freeze()
    yield _asked("shortages before solving", lessons[:1], lambda _: asker.shortages(SECONDS).known)
    yield _asked("funnel", lessons, lambda lesson: bool(asker.why_open(lesson)))
    yield _asked("candidates and direct repairs", lessons, lambda lesson: bool(asker.who_could(lesson)))
    if region.open_lessons:
        yield _asked("counting sentence", lessons, lambda lesson: _counted(asker, lesson))
        yield _asked("repairs", lessons, lambda lesson: bool(asker.repairs(lesson, SECONDS).repairs))
    pairs = dict(zip(lessons, people, strict=True))
    yield _asked("why not", lessons, lambda lesson: bool(asker.why_not(lesson, pairs[lesson], SECONDS)))


def worths(term: Term, timetable: Timetable, seed: int = 1) -> Iterator[Row]:
    """Ask what random facts are worth where only some courses are left open."""
    random = Random(seed)  # noqa: S311  a choice, no secret
    region = Region(*_with_few_open(term, timetable, random))
    began = time.monotonic()
    base = region.once(Base)
    yield Row("worth: prices, once", [time.monotonic() - began], base.free != base.most)
    known = list(facts(region))
    chosen = {each.key: each for each in random.sample(known, min(QUESTIONS, len(known)))}
    yield _asked("worth of a fact", list(chosen), lambda key: _settled(base, chosen[key]))


def _settled(base: Base, fact: Fact) -> bool:
    found = worth(base, fact, SECONDS)
    return found.lower == found.upper


def _with_few_open(term: Term, timetable: Timetable, random: Random) -> tuple[Term, Timetable]:
    """The courses that are given, and a few of those that nobody gives."""
    given = {row.lesson for row in timetable.assignments}
    lessons = {course.id: [row.id in given for row in term.lessons_of(course.id)] for course in term.courses}
    empty = [course for course, held in lessons.items() if not any(held)]
    kept = {course for course, held in lessons.items() if all(held)}
    kept |= set(random.sample(empty, min(OPEN_COURSES, len(empty))))
    fewer = term.replace(
        courses=[row for row in term.courses if row.id in kept],
        lessons=[row for row in term.lessons if row.course in kept],
    )
    ids = {row.id for row in fewer.lessons}
    return fewer, Timetable(assignments=tuple(row for row in timetable.assignments if row.lesson in ids))


def _counted(asker: Asker, lesson: str) -> bool:
    competition = asker.why_open(lesson, SECONDS).competition
    return competition is not None and competition.answered is not Answered.UNKNOWN


def _asked(kind: str, lessons: list[str], ask: Callable[[str], bool]) -> Row:
    seconds, unknown = [], 0
    for lesson in lessons:
        began = time.monotonic()
        unknown += not ask(lesson)
        seconds.append(time.monotonic() - began)
    return Row(kind, seconds, unknown)


def main() -> None:
    """Print a table for each profile."""
    for profile in (Profile.SCARCE, Profile.BALANCED, Profile.AMPLE):
        term = generate(SIZE, 1, profile)
        timetable = solve(term, seconds=SOLVE_SECONDS).timetable
        assert timetable is not None
        sys.stdout.write(
            f"{profile} {SIZE}\n| question | asked | median, ms | p95, ms | not determined |\n|---|---|---|---|---|\n"
        )
        asked = questions(term, timetable)
        for row in chain(asked, worths(term, timetable)) if profile is Profile.BALANCED else asked:
            sys.stdout.write(row.line() + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
