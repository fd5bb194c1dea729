"""What is known of a region, in words that one reader may read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from model import names
from model.access import Reader, ReaderRole, may_ask_about, may_read_of, sentence
from model.change import Change
from model.fields import clock_text
from model.ledger import Account
from model.lessons import Course
from model.locale import text
from model.people import Privacy
from model.rule import Because, Owner
from model.rules import BY_NAME
from model.timetable import Assignment, Breach, Cost
from solver.explain.answers import Agreement, Blocker, Move
from solver.explain.region import Region


class ReaderError(PermissionError):
    """Asked by somebody who may not ask this."""


class Words:
    """Says what it is given for one reader, in one language."""

    def __init__(self, region: Region, reader: Reader, lang: str) -> None:
        self.region = region
        self.reader = reader
        self.lang = lang

    def may_read_all(self, rows: Iterable[Assignment]) -> bool:
        """Whether a reader may read of everybody in some rows."""
        return all(may_ask_about(self.region.term, self.reader, row.professional) for row in rows)

    def fact(self, because: Because) -> Blocker:
        """A fact as this reader may read it."""
        term, rule = self.region.term, BY_NAME[because.rule]
        table, _, row = (because.fact or "").partition("/")
        employer = row if table == "employers" else term.find("presence", row).employer if table == "presence" else None
        if self.may(rule.privacy, because.professional, employer) and not self._names_others(because.params):
            said = sentence(term, because, self.reader, self.lang)
        else:
            said = text(f"withheld.{rule.privacy.value}", self.lang)
        return Blocker(rule=because.rule, title=self.title(because.rule), sentence=said, owner=because.owner)

    def moves(self, removed: Iterable[Assignment], added: Iterable[Assignment]) -> tuple[Move, ...]:
        return tuple(
            Move(
                lesson=row.lesson,
                called=self.called(row.lesson, row.option),
                professional=row.professional,
                name=names.person(self.region.term, row.professional),
                gives=gives,
            )
            for gives, rows in ((False, removed), (True, added))
            for row in rows
        )

    def account(self, account: Account, name: str) -> str:
        term = self.region.term
        match account:
            case _ if not name:
                return text("explain.nobody_in_particular", self.lang)
            case Account.TIER:
                return text(f"tier.{name}", self.lang)
            case Account.RULE:
                return self.title(name)
            case Account.SCHOOL:
                return names.school(term, name)
            case Account.EMPLOYER:
                return term.employer(name).name
            case Account.PERSON:
                return names.person(term, name)

    def may_see_account(self, account: Account, name: str) -> bool:
        term, reader = self.region.term, self.reader
        if account is Account.PERSON and name:
            return may_ask_about(term, reader, name)
        if account is Account.EMPLOYER and name:
            return reader.role in (ReaderRole.ADMIN, ReaderRole.COORDINATOR) or name in reader.of
        return True

    def shown(self, cost: Cost) -> Cost:
        if cost.professional is None or self.may(BY_NAME[cost.rule].privacy, cost.professional, None):
            return cost
        return cost.model_copy(update={"professional": None})

    def called(self, lesson: str, option: str | None = None) -> str:
        """A lesson as people call it: what, for whom, and when (not of a time that is only thought of)."""
        term, calendar = self.region.term, self.region.calendar
        row = term.lesson(lesson)
        options = calendar.options(lesson)
        if option is not None and option not in options:
            return names.lesson(term, lesson)
        known = (option, *options) if option else options
        spans = next((found for each in known if (found := calendar.spans(lesson, each))), ())
        weekday = row.weekday if option is None else term.find("lesson_times", option).weekday
        when = f", {text(f'weekday.{weekday.value}', self.lang)}" if weekday else ""
        when += f" {clock_text(spans[0].start)}–{clock_text(spans[0].end)}" if spans else ""
        return f"{names.lesson(term, lesson)}{when}"

    def given(self, lesson: str) -> str:
        """Who gives a lesson that is not open, as far as this reader may know of them."""
        term, given = self.region.term, self.region.judging.reading.assigned.get(lesson, ())
        called, people = self.called(lesson), dict.fromkeys(row.professional for row in given)
        if not people:
            return text("explain.no_dates", self.lang, lesson=called)
        if not all(may_ask_about(term, self.reader, each) for each in people):
            return text("explain.is_filled", self.lang, lesson=called)
        said = ", ".join(names.person(term, each) for each in people)
        return text("explain.given", self.lang, lesson=called, people=said)

    def blocker(self, breach: Breach) -> Blocker:
        rule = BY_NAME[breach.rule]
        if self.may(rule.privacy, breach.professional, breach.employer) and not self._names_others(breach.params):
            said = breach.sentence(self.lang)
        elif rule.owner is Owner.LAW:
            said = f"{self.title(breach.rule)}: {text('withheld.law', self.lang)}"
        else:
            said = text(f"withheld.{rule.privacy.value}", self.lang)
        return Blocker(rule=breach.rule, title=self.title(breach.rule), sentence=said, owner=rule.owner)

    def agreement(self, change: Change) -> Agreement:
        employer = next((edit.row for edit in change.edits if edit.table == "employers"), None)
        if employer is None and (row := next((edit.row for edit in change.edits if edit.table == "presence"), None)):
            employer = self.region.term.find("presence", row).employer
        if self.may(change.privacy, change.professional, employer) and not self._names_others(change.params):
            said = change.sentence(self.lang)
        else:
            said = text("explain.ask", self.lang, who=list(change.owners))
        return Agreement(sentence=said, owners=change.owners, price=change.price)

    def may(self, privacy: Privacy, professional: str | None, employer: str | None) -> bool:
        if professional is not None and not may_ask_about(self.region.term, self.reader, professional):
            return False
        schools = {row.school for row in self._courses_of(professional)} if professional else set[str]()
        return may_read_of(
            self.region.term, self.reader, privacy, professional=professional, employer=employer, schools=schools
        )

    def _names_others(self, params: Mapping[str, object]) -> bool:
        """Whether a sentence about its own people tells an employer of somebody else: with whom they share a ride."""
        return self.reader.role is ReaderRole.EMPLOYER and not self._others.isdisjoint(map(str, params.values()))

    @cached_property
    def _others(self) -> frozenset[str]:
        """How people are called whom this reader may not ask about, as far as no one else is called so."""
        called: dict[bool, set[str]] = {True: set(), False: set()}
        for each in self.region.term.professionals:
            called[may_ask_about(self.region.term, self.reader, each.id)].add(each.name)
        return frozenset(called[False] - called[True])

    def _courses_of(self, professional: str) -> Iterable[Course]:
        reading = self.region.judging.reading
        given = dict.fromkeys(each.course for each in reading.of_person.get(professional, ()))
        return [self.region.term.course(each) for each in given]

    def title(self, rule: str) -> str:
        return text(f"rule.{rule}.title", self.lang)

    def allow(self, professional: str) -> None:
        if not may_ask_about(self.region.term, self.reader, professional):
            raise ReaderError(professional)
