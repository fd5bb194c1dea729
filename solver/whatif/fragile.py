"""The fragility map: lessons that hang on one person, the best backup of each, and what falls over if somebody leaves or is ill.

Leaving is a question to small models (`solver.explain.local`): of the lessons of who leaves, how many can others give, all other
lessons staying filled? What is found is judged. Beside it stands what is proved: lessons that fall open whatever everybody does. Illness on a weekday asks each lesson of that day for somebody who could give it on one such date, by their own
rules and their employer's, with all they do already; nobody else's lessons move then.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ortools.sat.python import cp_model

from model.calendar import days
from model.change import Change
from model.fields import Weekday
from model.rule import Subject
from model.rules import BY_NAME
from model.timetable import Assignment
from solver.explain.closure import people_for
from solver.explain.could import who_could
from solver.explain.local import Answered, Local, warm
from solver.explain.region import Region
from solver.explain.whole import Whole
from solver.parallel import cores, share_out

T = TypeVar("T")
R = TypeVar("R")

EACH_SECONDS = 2.0
"""How long one person may be looked at."""

PROOF_SHARE = 0.6
LEAST_PROOF = 0.1
"""What part of a person's time goes to proving that lessons are lost, and seconds of it at least."""

MANY = 60
"""With more people than this a small model is no longer small."""

ABSENCE = 0.05
"""Part of the dates on which somebody is ill, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Backup:
    """Who could best take over a lesson for good: at once, or with what has to be agreed."""

    professional: str
    changes: tuple[Change, ...]

    @property
    def price(self) -> int:
        """What the changes are taken to cost; 0 at once."""
        return sum(each.price for each in self.changes)


@dataclass(frozen=True, slots=True)
class LessonRisk:
    """A lesson that is given.

    Attributes:
        teachers: how many people could give it at all, by their own rules, who gives it included.
        backup: None where nobody could take it over, also with what can be agreed, or it was not looked at.
    """

    lesson: str
    given_by: tuple[str, ...]
    teachers: int
    backup: Backup | None
    looked_at: bool


@dataclass(frozen=True, slots=True)
class Leaving:
    """What falls over if somebody leaves for good.

    Attributes:
        lessons: all they give.
        lost: lessons that fall open in what was found.
        least: at least so many fall open, whatever everybody else does.
    """

    professional: str
    answered: Answered
    lessons: tuple[str, ...]
    lost: tuple[str, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Ill:
    """What falls over on a date if somebody is ill on a weekday.

    Attributes:
        lessons: that they give on it.
        uncovered: those that nobody could take on that date as they are.
        dates: on how many dates they give any of them.
        lost: the uncovered ones, counted on each date.
    """

    professional: str
    weekday: Weekday
    lessons: tuple[str, ...]
    uncovered: tuple[str, ...]
    dates: int
    lost: int


@dataclass(frozen=True, slots=True)
class Fragility:
    """The map.

    Attributes:
        not_looked_at: people for whom time was up.
    """

    lessons: tuple[LessonRisk, ...]
    leaving: tuple[Leaving, ...]
    ill: tuple[Ill, ...]
    not_looked_at: int


def expected(ill: Iterable[Ill], rates: Callable[[str], float]) -> float:
    """Lessons, counted on each date, that are lost in a term at the rate at which each person is ill."""
    return sum(rates(each.professional) * each.lost for each in ill)


def fragility(region: Region, seconds: float, tell: Callable[[str], None] = lambda _: None) -> Fragility:
    """The map of a region with its timetable, as far as the time tells."""
    began = time.monotonic()
    people = [each.id for each in region.term.professionals if region.judging.reading.of_person.get(each.id)]
    tell("board")
    whole = region.once(Whole)
    warm(whole)
    region.unlicensed  # noqa: B018  here, so that every process has it
    region.judging.breaks_nothing  # noqa: B018  likewise
    tell("leaving")
    share = 0.4 * seconds * cores() / max(1, len(people))
    leaving = _each(
        lambda who: _leaves(whole, who, max(LEAST_PROOF, PROOF_SHARE * share)), people, began + 0.4 * seconds
    )
    tell("ill")
    ill = _each(lambda who: tuple(_ill(region, who)), people, began + 0.7 * seconds)
    tell("backups")
    backups = _backups(region, whole, began + seconds)
    return Fragility(
        tuple(_lessons(region, whole, backups)),
        tuple(each for each in leaving if each is not None),
        tuple(one for each in ill if each is not None for one in each),
        sum(each is None for each in leaving),
    )


def _each(work: Callable[[T], R], items: Sequence[T], until: float) -> list[R | None]:
    """What comes of each, shared out over the cores; None of those for which time was up."""

    def one(item: T) -> R | None:
        return None if time.monotonic() > until else work(item)

    return share_out(one, items, 2)


# Leaving


class _Without(Local):
    """Who leaves gives nothing; these people plan anew; of the lessons that are left only those that are looked at must be given.

    Args:
        looked_at: lessons of who leaves.
        relaxed: whether everybody else may do what would help.
    """

    def __init__(
        self, whole: Whole, leaving: str, people: Iterable[str], looked_at: Collection[str], *, relaxed: bool
    ) -> None:
        planning = {each: whole.board.candidates_of(each) for each in people if each != leaving}
        near = whole.near([*planning, leaving]) if relaxed else ()
        super().__init__(whole, {**planning, leaving: ()}, near, relaxed=relaxed)
        for candidate in whole.held_by[leaving]:
            self.cp.add_bool_and([~self.variable(self.board.teaches(candidate))])
        self._left = set(lessons_of(whole, leaving)) - set(looked_at)

    def affected(self) -> Iterable[str]:
        """Lessons that somebody who may change gives, without those that may fall open."""
        return [lesson for lesson in super().affected() if lesson not in self._left]


def lessons_of(whole: Whole, person: str) -> list[str]:
    """All that somebody gives."""
    return list(dict.fromkeys(lesson for each in whole.held_by[person] for lesson in each.lessons))


def _leaves(whole: Whole, person: str, proof_seconds: float) -> Leaving:
    """What falls over if this person leaves: what others can take, then what of the rest is surely lost."""
    until = time.monotonic() + EACH_SECONDS
    left = lessons_of(whole, person)
    people = [each for each in people_for(whole, left) if each != person]
    lost = _found(whole, person, people, until)
    if lost:
        given = {lesson for each in people for lesson in lessons_of(whole, each)}
        wider = [each for each in people_for(whole, [*left, *sorted(given)]) if each != person]
        if len(wider) <= MANY:
            lost = min(lost, _found(whole, person, wider, until), key=len)
    # Whoever gives one lesson of a block gives all of it, so that one stands for all.
    blocks = [each.lessons for each in whole.held_by[person] if not set(lost).isdisjoint(each.lessons)]
    enough = time.monotonic() + proof_seconds
    proved = {
        lesson for block in dict.fromkeys(blocks) if _surely_lost(whole, person, block[0], enough) for lesson in block
    }
    least = sum(lesson in proved for lesson in lost)
    answered = Answered.FOUND if least == len(lost) else Answered.UNKNOWN
    return Leaving(person, answered, tuple(left), tuple(lost), least)


def _found(whole: Whole, person: str, people: Sequence[str], until: float) -> list[str]:
    """Lessons that fall open in the best that was found and that breaks nothing; all where nothing was."""
    seconds = until - time.monotonic()
    left = lessons_of(whole, person)
    if not people or seconds <= 0:
        return left
    model = _Without(whole, person, people, (), relaxed=False)
    for lesson in model.affected():
        model.cp.add_bool_and([model.keep(lesson)])
    model.cp.maximize(cp_model.LinearExpr.sum([model.keep(lesson) for lesson in left]))
    solved = model.solve(seconds)
    if solved.answered is not Answered.FOUND:
        return left
    removed, added = model.rows(solved.chosen)
    wrong = (each.rule for each in whole.region.judging.broken(removed=removed, added=added))
    if any(rule not in ("must_fill", "pinned") for rule in wrong):
        return left
    before = whole.region.judging.reading
    after = before.changed(removed, added)
    return [lesson for lesson in left if after.short_of(lesson) > max(0, before.short_of(lesson))]


def _surely_lost(whole: Whole, person: str, lesson: str, until: float) -> bool:
    """Whether a lesson of who leaves falls open whatever everybody does, all others staying filled but those that are left too.

    As in `solver.explain.closure`: who could give it plans anew; where that is impossible because of lessons they give, those
    must stay filled as well, and who could give those plans anew, and so on.
    """
    required = [lesson]
    people = [each for each in people_for(whole, required) if each != person]
    while people:
        seconds = until - time.monotonic()
        if seconds <= 0:
            return False
        answered, core = _Without(whole, person, people, [lesson], relaxed=True).keeps_all(seconds, required)
        if answered is not Answered.IMPOSSIBLE:
            return False
        required += core
        planned, people = people, [each for each in people_for(whole, required) if each != person]
        if set(people) <= set(planned):
            return True
    return True


# Illness


_OWN = (Subject.PROFESSIONAL, Subject.EMPLOYER)


def _ill(region: Region, person: str) -> Iterator[Ill]:
    """Weekday by weekday."""
    reading, calendar = region.judging.reading, region.calendar
    of_day: dict[Weekday, dict[str, set[int]]] = {}
    for taught in reading.of_person.get(person, ()):
        of_day.setdefault(Weekday.of(taught.when), {}).setdefault(taught.lesson, set()).add(taught.day)
    rows = {row.lesson: row for row in region.timetable.assignments if row.professional == person}
    for weekday, lessons in of_day.items():
        taken: list[Assignment] = []
        uncovered = []
        for lesson, on in lessons.items():
            week = calendar.date_of(min(on)).isocalendar().week
            stands_in = _stand_in(region, rows[lesson], week, taken)
            if stands_in is None:
                uncovered.append(lesson)
            else:
                taken.append(stands_in)
        dates = set().union(*lessons.values())
        lost = sum(len(lessons[each]) for each in uncovered)
        yield Ill(person, weekday, tuple(lessons), tuple(uncovered), len(dates), lost)


def _stand_in(region: Region, row: Assignment, week: int, taken: Sequence[Assignment]) -> Assignment | None:
    """Somebody who could give a lesson in one week, beside what others have taken of that day."""
    term, reading = region.term, region.judging.reading
    course = term.lesson(row.lesson).course
    spans = [
        (span.start, span.end, day)
        for span in region.calendar.spans(row.lesson, row.option)
        for day in days(span.dates & region.calendar.in_weeks(frozenset({week})))
    ]
    for person in term.professionals:
        if person.id == row.professional or person.id in region.unlicensed[course]:
            continue
        if any(_busy(region, person.id, *span) for span in spans):
            continue
        mine = next((each for each in reading.assigned.get(row.lesson, ()) if each.professional == person.id), None)
        if mine is not None:
            continue
        new = row.model_copy(update={"professional": person.id, "weeks": frozenset({week})})
        trial = region.judging.trial(removed=(row,), added=(*taken, new))
        wrong = (
            each
            for each in trial.broken()
            if BY_NAME[each.rule].subject in _OWN and each.professional in (None, person.id)
        )
        if next(wrong, None) is None:
            return new
    return None


def _busy(region: Region, person: str, start: int, end: int, day: int) -> bool:
    """Whether somebody works unreleased, or teaches, at a time of a date."""
    if any(
        piece.start < end and start < piece.end and piece.dates >> day & 1 and not piece.released
        for piece in region.calendar.pieces(person)
    ):
        return True
    taught = region.judging.reading.by_day(person).get(day, ())
    return any(each.stop.start < end and start < each.stop.end for each in taught)


# Lessons


def _backups(region: Region, whole: Whole, until: float) -> dict[str, Backup | None]:
    """By lesson the best backup of the block it is in; lessons for which time was up are not there."""
    blocks: dict[tuple[str, ...], None] = {}
    for index in sorted(whole.held):
        blocks[whole.board.candidates[index].lessons] = None
    found = _each(lambda block: _backup(region, block[0]), list(blocks), until)
    return {
        lesson: backup[0] for block, backup in zip(blocks, found, strict=True) if backup is not None for lesson in block
    }


def _backup(region: Region, lesson: str) -> tuple[Backup | None]:
    ranking = who_could(region, lesson, most=2, shared=False)
    first = next((each for each in ranking.first if each.settled is not None), None)
    return (None if first is None else Backup(first.professional, first.settled or ()),)


def _lessons(region: Region, whole: Whole, backups: dict[str, Backup | None]) -> Iterator[LessonRisk]:
    assigned = region.judging.reading.assigned
    for row in region.term.lessons:
        given = tuple(dict.fromkeys(each.professional for each in assigned.get(row.id, ())))
        if given:
            able = {each.professional for each in whole.eligible(row.id)} | set(given)
            yield LessonRisk(row.id, given, len(able), backups.get(row.id), row.id in backups)
