"""Two solved terms beside each other: what differs for lessons, people, schools and employers; and each school by itself.

What differs is said of the two timetables that were found. Whether one is really better is said of what is proved: only where
the intervals of the two do not meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from model.change import with_values
from model.demands import expanded
from model.figures import Figures
from model.term import Term
from model.timetable import Timetable
from solver.messages import Start
from solver.solve import Session
from solver.whatif.variants import NOTHING, How, Interval, Sure, Turn, Variant


@dataclass(frozen=True, slots=True)
class LessonDifference:
    """A lesson that others give, or that fills or falls open."""

    lesson: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonDifference:
    """Somebody who gives other lessons than before."""

    professional: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gain:
    """What a school, or an employer, has before and after: lessons filled, or half-days given away."""

    row: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What a variant is against the base.

    Attributes:
        value, lessons: what is known of the difference of the two bests, and how sure that one is more.
    """

    value: Interval
    value_sure: Sure
    lessons: Interval
    lessons_sure: Sure
    of_lessons: tuple[LessonDifference, ...]
    of_people: tuple[PersonDifference, ...]
    of_schools: tuple[Gain, ...]
    of_employers: tuple[Gain, ...]


def difference(base: Variant, other: Variant) -> Difference:
    """What another variant is against the base."""
    before, after = _given(base.timetable), _given(other.timetable)
    lessons = [
        LessonDifference(lesson, old, new)
        for lesson in dict.fromkeys((*before, *after))
        if (old := before.get(lesson, ())) != (new := after.get(lesson, ()))
    ]
    return Difference(
        other.value.difference(base.value),
        other.value.against(base.value),
        other.lessons.difference(base.lessons),
        other.lessons.against(base.lessons),
        tuple(lessons),
        tuple(_people(lessons)),
        tuple(_gains(_by_school(base.figures), _by_school(other.figures))),
        tuple(_gains(_by_employer(base.figures), _by_employer(other.figures))),
    )


def _given(timetable: Timetable | None) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for row in timetable.assignments if timetable else ():
        found.setdefault(row.lesson, set()).add(row.professional)
    return {lesson: tuple(sorted(people)) for lesson, people in found.items()}


def _people(lessons: Sequence[LessonDifference]) -> Iterator[PersonDifference]:
    gained: dict[str, list[str]] = {}
    lost: dict[str, list[str]] = {}
    for each in lessons:
        for person in each.after:
            if person not in each.before:
                gained.setdefault(person, []).append(each.lesson)
        for person in each.before:
            if person not in each.after:
                lost.setdefault(person, []).append(each.lesson)
    for person in sorted({*gained, *lost}):
        yield PersonDifference(person, tuple(gained.get(person, ())), tuple(lost.get(person, ())))


def _by_school(found: Figures | None) -> dict[str, int]:
    return {each.school: each.filled for each in found.schools} if found else {}


def _by_employer(found: Figures | None) -> dict[str, int]:
    return {each.employer: each.half_days for each in found.employers} if found else {}


def _gains(before: dict[str, int], after: dict[str, int]) -> Iterator[Gain]:
    for row in dict.fromkeys((*before, *after)):
        yield Gain(row, before.get(row, 0), after.get(row, 0))


# Each school by itself


@dataclass(frozen=True, slots=True)
class Alone:
    """What a school could fill if nobody else asked for anybody, beside what it has in the region's timetable."""

    school: str
    lessons: int
    together: int
    alone: Interval


def alone(base: Variant, how: How) -> list[Alone]:
    """Each school by itself, in order of the term."""
    found: list[Alone] = []
    own = {} if base.figures is None else {each.school: each for each in base.figures.schools}
    with Session() as session:
        for place, school in enumerate(own, start=1):
            if how.stop is not None and how.stop.is_set():
                break
            how.tell(Turn(place, len(own), base.term.school(school).name, None, None))
            term = only(base.term, school)
            kept = {row.id for row in term.lessons}
            rows = tuple(row for row in (base.timetable or Timetable()).assignments if row.lesson in kept)
            outcome = session.solve(
                term,
                seconds=how.seconds,
                seed=how.seed,
                deterministic=how.deterministic,
                start=Start(Timetable(assignments=rows)),
                stop=how.stop,
            )
            counted = outcome.lessons
            most = Interval(counted.filled, counted.at_most) if outcome.timetable is not None else NOTHING
            found.append(Alone(school, own[school].lessons, own[school].filled, most))
    return found


def only(term: Term, school: str) -> Term:
    """The same region in which no other school asks for anybody."""
    term = expanded(term)
    courses = {row.id for row in term.courses if row.school == school}
    lessons = {row.id for row in term.lessons if row.course in courses}
    return with_values(
        term,
        {
            "courses": tuple(row for row in term.courses if row.id in courses),
            "lessons": tuple(row for row in term.lessons if row.id in lessons),
            "lesson_times": tuple(row for row in term.lesson_times if row.lesson in lessons),
            "published": tuple(row for row in term.published if row.lesson in lessons),
            "waivers": tuple(row for row in term.waivers if row.lesson is None or row.lesson in lessons),
        },
    )
