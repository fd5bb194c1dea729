"""How fast questions about a timetable are answered: `python -m benchmarks.questions`.

Regions of 300 are solved for a minute first; then random open lessons (where none is open, given ones) are asked about, in a
process that stays warm, with solving processes forked from it. What was not determined in time counts as over the limit.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from benchmarks.runner import this_machine, this_revision
from model.access import Reader, ReaderRole
from model.locale import DEFAULT_LANGUAGE
from model.term import Term
from model.timetable import Timetable
from solver.explain.asker import Asker
from solver.explain.base import Base
from solver.explain.facts import Fact, facts
from solver.explain.local import Answered, warm
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


LIMITS = {
    "funnel": 20,
    "candidates and direct repairs": 100,
    "counting sentence": 500,
    "best repair": 1_000,
    "best repair and what none costs less than": 2_000,
    "why not": 500,
    "worth of a fact": 700,
}
"""What 95 of a hundred answers are to stay below, in milliseconds."""

TABLE = Path(__file__).with_name("questions.md")


class Row(NamedTuple):
    """Answers to one kind of question: seconds, and how many were not determined."""

    kind: str
    seconds: list[float]
    open: int

    def line(self) -> str:
        """As a row of a table, in milliseconds."""
        ordered = sorted(self.seconds)
        median, late = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        limit = f"{LIMITS[self.kind]:,}" if self.kind in LIMITS else ""
        figures = f"{1000 * median:,.0f} | {1000 * late:,.0f} | {limit} | {self.open}"
        return f"| {self.kind} | {len(ordered)} | {figures} |"


def questions(term: Term, timetable: Timetable, seed: int = 1) -> Iterator[Row]:
    """Ask everything of random lessons."""
    region = Region(term, timetable)
    warm(region.once(Whole))
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
        yield _asked("best repair", lessons, lambda lesson: bool(asker.repairs(lesson, SECONDS, prove=False).repairs))
        yield _asked("best repair and what none costs less than", lessons, lambda lesson: _bounded(asker, lesson))
    pairs = dict(zip(lessons, people, strict=True))
    yield _asked("why not", lessons, lambda lesson: bool(asker.why_not(lesson, pairs[lesson], SECONDS)))


def worths(term: Term, timetable: Timetable, seed: int = 1) -> Iterator[Row]:
    """Ask what random facts are worth where only some courses are left open."""
    random = Random(seed)  # noqa: S311  a choice, no secret
    region = Region(*_with_few_open(term, timetable, random))
    began = time.monotonic()
    base = region.once(Base)
    yield Row("worth: prices, once", [time.monotonic() - began], int(base.free != base.most))
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


def _bounded(asker: Asker, lesson: str) -> bool:
    repairs = asker.repairs(lesson, SECONDS).repairs
    return any(each.lower == each.upper for each in repairs)


def _asked(kind: str, lessons: list[str], ask: Callable[[str], bool]) -> Row:
    seconds, unknown = [], 0
    for lesson in lessons:
        began = time.monotonic()
        unknown += not ask(lesson)
        seconds.append(time.monotonic() - began)
    return Row(kind, seconds, unknown)


def main() -> None:
    """Print a table for each profile, and keep them all."""
    origin = f"hybrooster {version('hybrooster')}, revision {this_revision()}, {this_machine().cpu}, {this_machine().cores} cores"
    lines = ["# How fast questions are answered", "", f"Written by `python -m benchmarks.questions`: {origin}."]

    def tell(line: str) -> None:
        lines.append(line)
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    for profile in (Profile.BALANCED, Profile.AMPLE):
        term = generate(SIZE, 1, profile)
        timetable = solve(term, seconds=SOLVE_SECONDS).timetable
        assert timetable is not None
        open_lessons = len(Region(term, timetable).open_lessons)
        tell(f"\n## {profile}, {SIZE} professionals, {open_lessons} of {len(term.lessons)} lessons open\n")
        tell("| question | asked | median, ms | p95, ms | limit of p95 | not determined (proved) |")
        tell("|---|---|---|---|---|---|")
        asked = questions(term, timetable)
        for row in chain(asked, worths(term, timetable)) if profile is Profile.BALANCED else asked:
            tell(row.line())
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
