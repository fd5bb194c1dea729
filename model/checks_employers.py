"""What makes no sense, or is odd, about what employers and the region agreed."""

from __future__ import annotations

from collections.abc import Iterator

from model.issues import Issue, Severity
from model.sites import DayKind
from model.term import Term


def employer_issues(term: Term) -> Iterator[Issue]:
    """Blackouts of schools, choices of days for people of others, published times of another lesson."""
    for index, day in enumerate(term.calendar_days):
        if day.kind is DayKind.BLACKOUT and day.school is not None:
            yield Issue(code="blackout_of_school", table="calendar_days", index=index, field="school", value=day.school)
    of = {row.id: row.employer for row in term.professionals}
    for index, choice in enumerate(term.release_choices):
        for person in choice.people:
            if of.get(person, choice.employer) != choice.employer:
                details = {"employer": choice.employer}
                yield Issue(
                    code="choice_of_others", table="release_choices", index=index, field="people", value=person,
                    details=details,
                )  # fmt: skip
    lesson_of = {row.id: row.lesson for row in term.lesson_times}
    for index, row in enumerate(term.published):
        if row.option is not None and lesson_of.get(row.option, row.lesson) != row.lesson:
            details = {"lesson": row.lesson}
            yield Issue(
                code="time_of_other_lesson", table="published", index=index, field="option", value=row.option,
                details=details,
            )  # fmt: skip


def employer_warnings(term: Term) -> Iterator[Issue]:
    """Choices that leave everything open, roles nobody has, budgets used up, a promise without a day."""
    for index, choice in enumerate(term.release_choices):
        if choice.at_most >= (len(set(choice.weekdays)) or 7):
            yield _warning("choice_of_all", "release_choices", index, "at_most", str(choice.at_most))
    for index, employer in enumerate(term.employers):
        known = {skill for person in term.people_of(employer.id) for skill in person.skills}
        for role in employer.critical_roles:
            if role not in known:
                yield _warning("role_of_nobody", "employers", index, "critical_roles", role, employer=employer.name)
        quota = employer.release_quota_hours
        if quota is not None and employer.release_hours_used > quota:
            used = f"{employer.release_hours_used:g}"
            yield _warning("budget_used_up", "employers", index, "release_hours_used", used, quota=f"{quota:g}")
    if term.published and term.as_of is None:
        yield _warning("published_without_day", "term", None, "as_of", str(len(term.published)))


def _warning(code: str, table: str, index: int | None, field: str, value: str, **details: str) -> Issue:
    return Issue(
        code=code, severity=Severity.WARNING, table=table, index=index, field=field, value=value, details=details
    )
