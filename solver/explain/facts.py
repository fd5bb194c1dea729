"""Facts that somebody could change, one by one, whatever it would help: what `worth` is asked of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pydantic import ValidationError

from model import names
from model.change import Change, Edit
from model.day import gives_whole_days
from model.demands import SCHOOL_DAYS
from model.fields import HalfDay, Weekday
from model.lessons import Course, Lesson, LessonTime
from model.people import Privacy
from model.routes import Standing, routes_for
from model.rule import Candidate, Owner
from model.rulebook import RuleBook
from model.rules import RULES
from model.rules.release import ReleaseRule
from model.rules.travel_limit import TravelLimit
from model.term import Term
from solver.explain.funnel import candidates_on
from solver.explain.region import Region

LICENCE_PRICE = 8
"""What a way into another subject is taken to cost: months rather than a word."""

TIME_PRICE = 3
"""What another time of a lesson is taken to cost a school: its classes and rooms move."""

_LIMITS = tuple(each for each in RULES if each.raises)


class FactKind(StrEnum):
    """What a fact is about."""

    RELEASE = "release"
    LOAD = "load"
    """One lesson, day, evening or hour in between more than somebody agreed to."""
    TRAVEL = "travel"
    LICENCE = "licence"
    TIME = "time"


SOON = (FactKind.RELEASE, FactKind.LOAD, FactKind.TRAVEL)
"""What is looked at where nobody says what or whom to look at: what people can say yes to at once."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that could be otherwise, by one change.

    Attributes:
        professional: whose fact it is, unless it is a school's.
        lesson: of which lesson, where it is a school's.
    """

    kind: FactKind
    change: Change
    professional: str | None = None
    lesson: str | None = None

    @property
    def key(self) -> str:
        """The same for the same fact."""
        return self.change.key


def facts(
    region: Region,
    *,
    people: Collection[str] | None = None,
    lesson: str | None = None,
    kinds: Collection[FactKind] = tuple(FactKind),
) -> Iterator[Fact]:
    """All facts of these people, or those that could concern one lesson; of everybody where neither is said.

    Licences and other times are many: without people, or a lesson, they are left out.
    """
    if lesson is not None:
        could = dict.fromkeys(each.professional for each in _could_but_for(region, lesson))
        mine: Iterable[str] = could if people is None else [each for each in could if each in people]
    else:
        mine = [each.id for each in region.term.professionals if people is None or each.id in people]
    for person in mine:
        yield from (each for each in _of_person(region, person) if each.kind in kinds)
    if FactKind.LICENCE in kinds and (people is not None or lesson is not None):
        everybody = [each.id for each in region.term.professionals] if people is None else people
        yield from _licences(region, everybody, region.open_lessons if lesson is None else (lesson,))
    if FactKind.TIME in kinds and lesson is not None and people is None and region.open_dates(lesson):
        yield from _times(region, lesson)


def _could_but_for(region: Region, lesson: str) -> Iterator[Candidate]:
    """Who could give a lesson but for what somebody may change."""
    board = region.wide(region.term.lesson(lesson).course)
    for candidate in candidates_on(board, lesson, region.calendar.all, region):
        if all(each.negotiable for each in board.forbidden.get(candidate.index, ())):
            yield candidate


def _of_person(region: Region, person: str) -> Iterator[Fact]:
    term, book = region.term, RuleBook(region.term)
    for change in _releases(region, person, book):
        yield Fact(FactKind.RELEASE, change, person)
    periods = [
        region.calendar.lesson_periods(each.id) for each in term.lessons if _licensed(region, each.course, person)
    ]
    for rule in _LIMITS:
        made = book.of(rule, person)
        lessons = rule.raises in ("max_lessons_per_week", "max_lessons_per_day", "max_lessons_in_row")
        amount = min(periods, default=1) if lessons else 1  # one lesson more, which may be of two periods
        more = None if made is None else made.more(term, person, amount)
        if more is not None and _allowed(term, more):
            yield Fact(FactKind.LOAD, more, person)
    limit = book.of(TravelLimit, person)
    if isinstance(limit, TravelLimit):
        schools = dict.fromkeys(each.school for each in term.courses if _licensed(region, each.id, person))
        further = limit.further(term, region.travel, person, schools)
        if further is not None:
            yield Fact(FactKind.TRAVEL, further, person)


def _licensed(region: Region, course: str, person: str) -> bool:
    return person not in region.unlicensed[course]


def _allowed(term: Term, change: Change) -> bool:
    """Whether rows may have these values: there are no more than seven days in a week."""
    try:
        for edit in change.edits:
            term.find(edit.table, edit.row or "").replace(**(edit.values or {}))
    except ValidationError:
        return False
    return True


def _releases(region: Region, person: str, book: RuleBook) -> Iterator[Change]:
    """Each half-day (or day, where whole days are given away) on which somebody works and is not released."""
    rule, term, calendar = book.of(ReleaseRule, person), region.term, region.calendar
    if not isinstance(rule, ReleaseRule) or term.professional(person).employer is None:
        return
    worked: dict[tuple[Weekday, HalfDay | None], None] = {}
    for piece in calendar.pieces(person):
        for day in Weekday:
            if not piece.released and piece.dates & calendar.on(day):
                worked[day, None if gives_whole_days(term, person) else piece.half_day] = None
    order = list(HalfDay)
    for time in sorted(worked, key=lambda each: (each[0].iso, -1 if each[1] is None else order.index(each[1]))):
        yield rule.released(term, person, [time])


def _licences(region: Region, people: Iterable[str], lessons: Iterable[str]) -> Iterator[Fact]:
    """The quickest way to a licence that would do, for each subject of these lessons; not one that asks a school's own teacher."""
    term = region.term
    subjects: dict[tuple[str, str, str], Course] = {}
    for lesson in lessons:
        course = term.course(term.lesson(lesson).course)
        sector = course.sector or term.school(course.school).sector
        subjects.setdefault((course.subject.casefold(), sector, str(sorted(course.required_licence))), course)
    for person in people:
        seen = set()
        for course in subjects.values():
            if region.unlicensed[course.id].get(person) != "licence":
                continue
            way = next((each for each in routes_for(term, person, course.id) if each.standing is Standing.OPEN), None)
            if way is None:
                continue
            sector = course.sector or term.school(course.school).sector
            row = {"professional": person, "subject": course.subject, "sector": sector, "level": way.route.level}
            if repr(row) in seen:
                continue
            seen.add(repr(row))
            change = Change(
                message="explain.worth.licence",
                params={"person": names.person(term, person), "subject": course.subject, "level": way.route.level},
                owners=(Owner.PROFESSIONAL, Owner.SCHOOL),
                price=LICENCE_PRICE,
                edits=(Edit("licences", None, row),),
                professional=person,
                privacy=Privacy.OPEN,
            )
            yield Fact(FactKind.LICENCE, change, person)


def _times(region: Region, lesson: str) -> Iterator[Fact]:
    """Every other run of as many lesson periods of the school at which its classes have no lessons."""
    term, calendar = region.term, region.calendar
    row = term.lesson(lesson)
    course = term.course(row.course)
    if row.first_period is None:
        return  # a lesson in clock times is at no lesson period, and where else it could be only the school knows
    variant = calendar.variant_of(course)
    known = {(row.weekday, row.first_period), *((each.weekday, each.first_period) for each in term.times_of(lesson))}
    taken = list(_taken(region, course))
    for weekday in SCHOOL_DAYS:
        labels = list(
            dict.fromkeys(each.period for each in calendar.periods(course.school, variant, weekday, calendar.all))
        )
        length = _length(row, labels)
        for first in range(len(labels) - length + 1 if length else 0):
            run = labels[first : first + length]
            if (weekday, run[0]) in known:
                continue
            last = run[-1] if length > 1 else None
            time = LessonTime(lesson=lesson, weekday=weekday, first_period=run[0], last_period=last)
            spans = calendar.clock_times(time, course.school, variant)
            if not spans or any(
                span.start < end and start < span.end and span.dates & dates
                for span in spans
                for start, end, dates in taken
            ):
                continue
            values = {"lesson": lesson, "weekday": weekday, "first_period": run[0], "last_period": last}
            change = Change(
                message="explain.worth.time",
                params={
                    "lesson": names.lesson(term, lesson),
                    "day": weekday,
                    "periods": run[0] if last is None else f"{run[0]}–{last}",
                },
                owners=(Owner.SCHOOL,),
                price=TIME_PRICE,
                edits=(Edit("lesson_times", None, values),),
            )
            yield Fact(FactKind.TIME, change, lesson=lesson)


def _length(row: Lesson, labels: list[str]) -> int:
    """For how many lesson periods in a row a lesson is given, where its school has them."""
    first, last = row.first_period, row.last_period
    if first not in labels or (last or first) not in labels:
        return 0
    return labels.index(last or first or "") - labels.index(first) + 1


def _taken(region: Region, course: Course) -> Iterator[tuple[int, int, int]]:
    """When the classes of a course have lessons, at one of their times."""
    term, calendar = region.term, region.calendar
    for other in term.courses:
        if set(other.classes) & set(course.classes):
            for each in term.lessons_of(other.id):
                for option in {row.option for row in region.judging.reading.assigned.get(each.id, ())} or {None}:
                    yield from calendar.spans(each.id, option)
    for group in course.classes:
        for row in term.busy_of("class_group", group):
            yield from calendar.busy(row)
