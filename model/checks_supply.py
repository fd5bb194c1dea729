"""What nobody can do whatever the timetable, and facts about people that contradict each other: warnings."""

from __future__ import annotations

from collections.abc import Iterator

from model import names
from model.calendar import Calendar, Dates
from model.issues import Issue, Severity
from model.levels import licence_rule
from model.people import EngagementStatus, Wish
from model.rights import BESIDE_A_LEAD, stage_dates
from model.rulebook import RuleBook
from model.rules.blackout import Blackout
from model.rules.travel_limit import TravelLimit
from model.term import Term
from model.travel import UNKNOWN_MINUTES, Travel


def supply_warnings(term: Term, calendar: Calendar) -> Iterator[Issue]:
    """Courses nobody is licensed for, schools nobody reaches, releases and wishes at times that cannot be."""
    if not term.professionals:
        return
    licensed = _licensed(term, calendar)
    yield from _courses(term, calendar, licensed)
    yield from _schools(term, licensed)
    yield from _releases(term, calendar)
    yield from _wishes(term, calendar)


def _licensed(term: Term, calendar: Calendar) -> dict[str, list[str]]:
    """By course who may teach it on some date of the term; who stands beside a teacher needs no licence yet."""
    found: dict[str, dict[str, None]] = {course.id: {} for course in term.courses}
    for person in term.professionals:
        rule = licence_rule(term, person.id)
        for row in term.licences_of(person.id):
            if calendar.between(row.valid_from, row.valid_to):
                for course in term.courses_in(row.subject):
                    if person.id not in found[course.id] and rule.accepts(term, course, row):
                        found[course.id][person.id] = None
        for named in {row.subject for row in term.stages_of(person.id) if row.subject is not None}:
            if not BESIDE_A_LEAD.isdisjoint(stage_dates(calendar, person.id, named, named=True)):
                for course in term.courses_in(named):
                    found[course.id][person.id] = None
    return {course: list(people) for course, people in found.items()}


def _courses(term: Term, calendar: Calendar, licensed: dict[str, list[str]]) -> Iterator[Issue]:
    """One warning for all courses that ask the same."""
    alike: dict[tuple[object, ...], list[int]] = {}
    for index, course in enumerate(term.courses):
        if not licensed[course.id] and any(calendar.takes_place(row.id) for row in term.lessons_of(course.id)):
            sector = course.sector or term.school(course.school).sector
            alike.setdefault((course.subject.casefold(), sector, course.required_licence), []).append(index)
    for found in alike.values():
        course = term.courses[found[0]]
        called, n = names.course(term, course.id), str(len(found))
        yield _warning("nobody_licensed", "courses", found[0], "subject", course.subject, course=called, n=n)


def _schools(term: Term, licensed: dict[str, list[str]]) -> Iterator[Issue]:
    """Schools too far for everybody with a licence for a course there; not where nobody knows how far they are."""
    book, travel = RuleBook(term), Travel(term)
    waived = [row for row in term.waivers if row.rule == TravelLimit.name]
    for index, school in enumerate(term.schools):
        courses = {course.id for course in term.courses_of(school.id)}
        people = dict.fromkeys(person for each in courses for person in licensed[each])
        if any(row.lesson is None or term.lesson(row.lesson).course in courses for row in waived):
            continue
        nearest = UNKNOWN_MINUTES
        for person in people:
            rule = book.of(TravelLimit, person)
            minutes = TravelLimit.shortest(travel, person, school.id)
            if not isinstance(rule, TravelLimit) or minutes <= rule.most(term, person):
                break
            nearest = min(nearest, minutes)
        else:
            if nearest < UNKNOWN_MINUTES:
                n, minutes_said = str(len(people)), str(nearest)
                yield _warning("school_unreachable", "schools", index, "name", school.name, n=n, minutes=minutes_said)


def _releases(term: Term, calendar: Calendar) -> Iterator[Issue]:
    book = RuleBook(term)
    for index, row in enumerate(term.releases):
        person = term.professional(row.professional)
        dates = calendar.on(row.weekday) & calendar.in_weeks(row.weeks)
        closed = calendar.blackout(person.employer) if person.employer else 0
        if dates and not dates & ~closed and book.of(Blackout, person.id) is not None:
            yield _warning("release_in_blackout", "releases", index, "weekday", person.name)
        elif _never(calendar, person.id, calendar.window(row.half_day, row.start, row.end), dates):
            yield _warning("release_while_away", "releases", index, "weekday", person.name)


def _wishes(term: Term, calendar: Calendar) -> Iterator[Issue]:
    """Somebody would gladly what somebody cannot."""
    for index, row in enumerate(term.wishes):
        if row.value <= 0:
            continue
        person = names.person(term, row.professional)
        window = calendar.window(row.half_day, row.start, row.end)
        if _never(calendar, row.professional, window, calendar.on(row.weekday)):
            yield _warning("wish_while_away", "wishes", index, "value", str(row.value), person=person)
        elif row.school is not None and _stopped(term, row):
            school = names.school(term, row.school)
            yield _warning("wish_for_stopped", "wishes", index, "school", school, person=person)


def _never(calendar: Calendar, person: str, window: tuple[int, int], dates: Dates) -> bool:
    """Whether somebody is never available in a window on some dates."""
    for row in calendar.term.unavailability_of(person) if dates else ():
        start, end = calendar.window(None, row.start, row.end)
        if start <= window[0] and window[1] <= end:
            dates &= ~(
                calendar.on(row.weekday)
                & calendar.in_weeks(row.weeks)
                & calendar.between(row.first_date, row.last_date)
            )
            if not dates:
                return True
    return False


def _stopped(term: Term, wish: Wish) -> bool:
    """Whether the engagement with the board of a school was stopped, and there is no other."""
    board = term.school(wish.school or "").board
    mine = {row.status for row in term.engagements_of(wish.professional) if row.board == board}
    return mine == {EngagementStatus.STOPPED}


def _warning(code: str, table: str, index: int, field: str, value: str, **details: str) -> Issue:
    return Issue(
        code=code, severity=Severity.WARNING, table=table, index=index, field=field, value=value, details=details
    )
