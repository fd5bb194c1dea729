"""What makes no sense, or is odd, about who may teach what and what was agreed with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from model import names
from model.issues import Issue, Severity
from model.lessons import Course
from model.levels import ALONE, LEADING, licence_rule
from model.people import DevelopmentStage, Licence, LicenceLevel, Stage
from model.rights import TEMPORARY, is_qualified, levels_named, responsible
from model.rulebook import RuleBook
from model.rules.blocked_wishes import BlockedWishes
from model.rules.guest_hours import GuestHours
from model.rules.licence_years import LicenceYears
from model.rules.mentor_first import MentorFirst, mentors
from model.sites import Sector
from model.term import Term


def rights_issues(term: Term) -> Iterator[Issue]:
    """Shared rides that are not of two people."""
    for index, row in enumerate(term.carpools):
        if not len(row.people) == len(set(row.people)) == 2:
            yield Issue(
                code="carpool_not_two", table="carpools", index=index, field="people", value=", ".join(row.people)
            )


def rights_warnings(term: Term) -> Iterator[Issue]:
    """Stages and licences that contradict each other, teachers named who cannot be responsible, numbers that clash."""
    yield from _licences(term)
    yield from _stages(term)
    yield from _courses(term)
    yield from _engagements(term)
    yield from _mentors(term)
    yield from _wishes(term)


def _licences(term: Term) -> Iterator[Issue]:
    book = RuleBook(term)
    for index, row in enumerate(term.licences):
        if row.level not in TEMPORARY:
            continue
        who = {"person": names.person(term, row.professional), "subject": row.subject}
        rights, mbo = licence_rule(term, row.professional), row.sector is Sector.MBO
        if row.level in levels_named(rights.not_in_mbo if mbo else rights.only_in_mbo):
            yield _warning("level_of_other_sector", "licences", index, "level", row.level.value, **who)
        if row.valid_from is None:
            yield _warning("temporary_without_start", "licences", index, "valid_from", row.level.value, **who)
            continue
        years = book.of(LicenceYears, row.professional)
        last = years.last_day(row) if isinstance(years, LicenceYears) else date.max
        if last < min(row.valid_to or date.max, term.end):
            yield _warning("licence_too_long", "licences", index, "valid_to", str(last), **who)


def _stages(term: Term) -> Iterator[Issue]:
    for index, row in enumerate(term.stages):
        who = {"person": names.person(term, row.professional), "subject": row.subject or "–"}
        about = [each for each in term.licences_of(row.professional) if _same_subject(row, each)]
        now = [each for each in about if _overlap(_from_to(row), (each.valid_from, each.valid_to))]
        needed = {DevelopmentStage.QUALIFIED: ALONE, DevelopmentStage.SUPERVISED: frozenset(LicenceLevel)}
        if row.stage in needed and not any(each.level in needed[row.stage] for each in now):
            yield _warning("stage_without_licence", "stages", index, "stage", row.stage.value, **who)
        full = [each for each in now if each.level in LEADING and _within(row, each)]
        if row.stage is not DevelopmentStage.QUALIFIED and full:
            yield _warning("stage_below_licence", "stages", index, "stage", row.stage.value, **who)
    for (_, one), (index, other) in combinations(enumerate(term.stages), 2):
        same = one.professional == other.professional and _folded(one) == _folded(other)
        if same and one.stage is not other.stage and _overlap(_from_to(one), _from_to(other)):
            who = {"person": names.person(term, other.professional), "other": one.stage.value}
            yield _warning("stages_overlap", "stages", index, "start", other.stage.value, **who)


def _folded(row: Stage) -> str:
    return (row.subject or "").casefold()


def _same_subject(row: Stage, licence: Licence) -> bool:
    return row.subject is None or licence.subject.casefold() == row.subject.casefold()


def _from_to(row: Stage) -> tuple[date | None, date | None]:
    return row.start, row.end


def _overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    first = max(one[0] or date.min, other[0] or date.min)
    return first <= min(one[1] or date.max, other[1] or date.max)


def _within(row: Stage, licence: Licence) -> bool:
    """Whether a licence holds all the time that a stage lasts."""
    begun = (licence.valid_from or date.min) <= (row.start or date.min)
    return begun and (row.end or date.max) <= (licence.valid_to or date.max)


def _courses(term: Term) -> Iterator[Issue]:
    for index, course in enumerate(term.courses):
        called = names.course(term, course.id)
        for field, named in (("supervised_by", course.supervised_by), ("led_by", course.led_by)):
            for staff in named:
                if not is_qualified(term, course, staff):
                    about = {"course": called, "subject": course.subject}
                    name: str = term.find("staff", staff).name
                    yield _warning("responsible_not_qualified", "courses", index, field, name or staff, **about)
        if course.copresent and not _at_site(term, course):
            yield _warning("copresent_without_responsible", "courses", index, "copresent", called)


def _at_site(term: Term, course: Course) -> bool:
    return any(term.find("staff", each).school == course.school for each in responsible(term, course))


def _engagements(term: Term) -> Iterator[Issue]:
    book = RuleBook(term)
    for index, row in enumerate(term.engagements):
        who = {"person": names.person(term, row.professional)}
        if row.max_lessons is not None and row.min_lessons > row.max_lessons:
            most = str(row.max_lessons)
            yield _warning(
                "minimum_above_maximum", "engagements", index, "min_lessons", str(row.min_lessons), most=most, **who
            )
        guest = any(each.level is LicenceLevel.GUEST for each in term.licences_of(row.professional))
        hours = book.of(GuestHours, row.professional)
        left = hours.left(term, row.professional, row.board) if isinstance(hours, GuestHours) else 1
        if guest and row.guest_minutes_used and not left:
            used = str(row.guest_minutes_used)
            yield _warning("guest_minutes_spent", "engagements", index, "guest_minutes_used", used, **who)


def _mentors(term: Term) -> Iterator[Issue]:
    """Weeks beside a mentor asked where a school has none."""
    without = {course.school for course in term.courses if not mentors(term, course)}
    schools = ", ".join(sorted(names.school(term, school) for school in without))
    for index, row in enumerate(term.rules):
        asked = row.rule == MentorFirst.name and row.parameter == "weeks" and row.value != "0"
        if asked and without:
            yield _warning("no_mentor", "rules", index, "value", schools)


def _wishes(term: Term) -> Iterator[Issue]:
    """Wishes of -3 without a reason, where those with a reason are blocks."""
    book = RuleBook(term)
    for index, row in enumerate(term.wishes):
        rule = book.of(BlockedWishes, row.professional)
        if isinstance(rule, BlockedWishes) and rule.blocks and row.value == -3 and not row.reason:
            person = names.person(term, row.professional)
            yield _warning("wish_without_reason", "wishes", index, "reason", str(row.value), person=person)


def _warning(code: str, table: str, index: int, field: str, value: str, **details: str) -> Issue:
    return Issue(
        code=code, severity=Severity.WARNING, table=table, index=index, field=field, value=value, details=details
    )
