"""Waivers that cannot be, and waivers that nobody needs."""

from __future__ import annotations

from collections.abc import Iterator

from model.calendar import Calendar
from model.issues import Issue, Severity
from model.lessons import Waiver
from model.reading import Reading
from model.rule import Rule, Subject, Waiving
from model.rulebook import RuleBook
from model.rules import BY_NAME
from model.term import Term
from model.timetable import Assignment, Timetable
from model.travel import Travel
from model.waivers import Waivers


def waiver_issues(row: Waiver, rule: type[Rule]) -> Iterator[Issue]:
    """A rule that cannot be waived, or not for what is named; without table and index."""
    given = {name for name in ("professional", "lesson") if getattr(row, name) is not None}
    match rule.waiving():
        case Waiving.NEVER:
            yield Issue(code="rule_not_waivable", field="rule", value=rule.name)
            return
        case Waiving.PERSON:
            right = given == {"professional"}
        case Waiving.LESSON:
            right = given == {"lesson"}
        case Waiving.PERSON_OR_LESSON:
            right = bool(given)
    if not right:
        words = {"names": f"waiving.{rule.waiving().value}"}
        yield Issue(code="waiver_names", field="professional", value=rule.name, words=words)


def waiver_warnings(term: Term, calendar: Calendar) -> Iterator[Issue]:
    """Waivers of one lesson, of one person where the rule is personal, that break nothing by itself."""
    if not term.waivers:
        return
    check = _Needed(term, calendar)
    for index, row in enumerate(term.waivers):
        rule = BY_NAME[row.rule]
        if row.lesson is not None and (row.professional is not None or rule.subject is Subject.SCHOOL):
            options = calendar.options(row.lesson) if row.professional is not None else ()
            tables = [Timetable()]
            tables += [
                Timetable(
                    assignments=(Assignment(lesson=row.lesson, professional=row.professional or "", option=each),)
                )
                for each in options
            ]
            if not any(check.by(row, each) for each in tables):
                warning = Severity.WARNING
                yield Issue(
                    code="waiver_unneeded", severity=warning, table="waivers", index=index, field="rule", value=row.rule
                )


class _Needed:
    """What it takes to see whether a timetable needs a waiver."""

    def __init__(self, term: Term, calendar: Calendar) -> None:
        self.term = term
        self.calendar = calendar
        self.travel = Travel(term)
        self.book = RuleBook(term)

    def by(self, row: Waiver, timetable: Timetable) -> bool:
        """Whether a timetable breaks what a waiver covers."""
        rule, waivers = BY_NAME[row.rule], Waivers(self.term)
        subject = self.term.course(self.term.lesson(row.lesson or "").course).school
        if rule.subject is Subject.PROFESSIONAL:
            subject = row.professional or ""
        made = self.book.of(rule, subject)
        if made is None:
            return False
        reading = Reading(self.term, timetable, self.calendar, self.travel)
        return any(waivers.of(rule, breach) == row for breach in made.broken(reading, subject))
