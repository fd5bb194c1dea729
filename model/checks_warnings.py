"""What is odd in a term, and probably not meant: warnings. Nothing here stops anything."""

from __future__ import annotations

from collections.abc import Iterator

from model import names
from model.calendar import Calendar
from model.checks_employers import employer_warnings
from model.checks_law import law_warnings
from model.checks_rights import rights_warnings
from model.checks_school import school_warnings
from model.checks_supply import supply_warnings
from model.checks_unread import unread_fields
from model.checks_waivers import waiver_warnings
from model.fields import weeks_text
from model.issues import Issue, Severity
from model.lessons import Lesson
from model.people import EmployerSite
from model.sites import School
from model.term import Term, tables
from model.travel import home


def warnings(term: Term) -> Iterator[Issue]:
    """Everything odd, most about single rows; a field that nothing reads is named once."""
    calendar = Calendar(term)
    yield from _weeks_outside(term, calendar)
    yield from _handovers(term, calendar)
    yield from _lessons(term, calendar)
    yield from _variants(term)
    yield from _work(term, calendar)
    yield from _licences(term)
    yield from _places(term)
    yield from school_warnings(term, calendar)
    yield from employer_warnings(term)
    yield from rights_warnings(term)
    yield from supply_warnings(term, calendar)
    yield from waiver_warnings(term, calendar)
    yield from law_warnings(term, calendar)
    yield from unread_fields(term)


def _warning(code: str, table: str, index: int, field: str | None, value: str, **details: str) -> Issue:
    return Issue(
        code=code, severity=Severity.WARNING, table=table, index=index, field=field, value=value, details=details
    )


def _weeks_outside(term: Term, calendar: Calendar) -> Iterator[Issue]:
    known = set(calendar.weeks)
    for table, record in tables():
        for field in ("weeks", "handover_weeks"):
            for index, row in enumerate(term.rows(table) if field in record.model_fields else ()):
                weeks: frozenset[int] = getattr(row, field) or frozenset()
                # A range over New Year, 51-2, holds week 53 whether the year has one or not.
                outside = weeks - known - ({53} if {52, 1} <= weeks else set())
                if outside:
                    yield _warning(
                        "weeks_outside", table, index, field, weeks_text(outside), term=_in_order(calendar.weeks)
                    )


def _handovers(term: Term, calendar: Calendar) -> Iterator[Issue]:
    """Hand-over weeks before which, or from which on, a course has no lessons."""
    for index, course in enumerate(term.courses):
        taught = 0
        for lesson in term.lessons_of(course.id):
            for option in calendar.options(lesson.id):
                for span in calendar.spans(lesson.id, option):
                    taught |= span.dates
        idle = set()
        for week in (course.handover_weeks or frozenset()) & set(calendar.weeks) if taught else ():
            before = (calendar.weeks[week] & -calendar.weeks[week]) - 1
            if not taught & before or not taught & ~before:
                idle.add(week)
        if idle:
            called = names.course(term, course.id)
            yield _warning("handover_idle", "courses", index, "handover_weeks", weeks_text(idle), course=called)


def _in_order(weeks: dict[int, int]) -> str:
    """First and last week of the term, which may run over New Year."""
    numbers = list(weeks)
    return f"{numbers[0]}-{numbers[-1]}"


def _lessons(term: Term, calendar: Calendar) -> Iterator[Issue]:
    for index, lesson in enumerate(term.lessons):
        if lesson.first_period is not None and lesson.start is not None:
            yield _warning("time_twice", "lessons", index, "start", lesson.id)
        if not calendar.takes_place(lesson.id):
            code = "lesson_never" if _in_term(term, calendar, lesson) else "lesson_outside_term"
            yield _warning(code, "lessons", index, "weekday", lesson.id)


def _in_term(term: Term, calendar: Calendar, lesson: Lesson) -> bool:
    """Whether the term has dates for a lesson at all, holidays and time grids aside."""
    days = calendar.on(lesson.weekday)
    for other in term.times_of(lesson.id):
        days |= calendar.on(other.weekday)
    return bool(days & calendar.in_weeks(lesson.weeks))


def _variants(term: Term) -> Iterator[Issue]:
    known: dict[str, set[str]] = {}
    for row in term.time_grids:
        known.setdefault(row.school, set()).add(row.variant)
    for index, group in enumerate(term.class_groups):
        variants = known.get(group.school)
        if variants and group.variant not in variants:
            yield _warning(
                "variant_of_class", "class_groups", index, "variant", group.variant, known=", ".join(sorted(variants))
            )


def _work(term: Term, calendar: Calendar) -> Iterator[Issue]:
    for index, person in enumerate(term.professionals):
        if person.employer is not None and not term.work_of(person.id):
            yield _warning("no_work", "professionals", index, "employer", person.name)
    for index, release in enumerate(term.releases):
        work = term.work_of(release.professional)
        first, last = calendar.window(release.half_day, release.start, release.end)
        at_work = any(block.weekday is release.weekday and block.start < last and first < block.end for block in work)
        if work and not at_work:
            name = term.professional(release.professional).name
            yield _warning("release_outside_work", "releases", index, "weekday", name)


def _licences(term: Term) -> Iterator[Issue]:
    for index, row in enumerate(term.licences):
        if row.valid_to is not None and row.valid_to < term.end:
            person = term.professional(row.professional)
            yield _warning(
                "licence_expires",
                "licences",
                index,
                "valid_to",
                str(row.valid_to),
                person=person.name,
                subject=row.subject,
            )


def _places(term: Term) -> Iterator[Issue]:
    timed = {place for row in term.travel_times for place in (row.origin, row.destination)}
    sites = {site.id: site for site in term.employer_sites}

    def known(place: School | EmployerSite) -> bool:
        return place.id in timed or (place.latitude is not None and place.longitude is not None)

    for index, school in enumerate(term.schools):
        if not known(school):
            yield _warning("place_unknown", "schools", index, "latitude", school.name)
    for index, place in enumerate(term.employer_sites):
        if not known(place):
            yield _warning("place_unknown", "employer_sites", index, "latitude", place.name or place.id)
    for index, person in enumerate(term.professionals):
        if home(person.id) in timed or (person.home_latitude is not None and person.home_longitude is not None):
            continue
        site = sites.get(person.site or "")
        from_work = site is not None and site.latitude is not None and site.longitude is not None
        code = "home_from_work" if from_work else "home_unknown"
        yield _warning(code, "professionals", index, "home_latitude", person.name)
