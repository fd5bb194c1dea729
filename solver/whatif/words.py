"""Words for answers about scenarios, for one reader in one language: only what this reader may read."""

from __future__ import annotations

from collections.abc import Iterable

from model import names
from model.access import Reader, may_ask_about, may_read_change
from model.locale import text
from model.scenarios.scenario import Applied
from model.term import Term
from model.timetable import Status
from solver.whatif.variants import Interval, Sure


class Words:
    """Says what it is given.

    Attributes:
        term: the base, with all demands written out.
    """

    def __init__(self, term: Term, reader: Reader, lang: str) -> None:
        self.term = term
        self.reader = reader
        self.lang = lang

    def say(self, message: str, **params: object) -> str:
        """A sentence of this part of the catalogue."""
        return text(f"whatif.{message}", self.lang, **params)

    def may_read_of(self, person: str, *terms: Term) -> bool:
        """Whether a reader may read of somebody, who may be in one of these terms only."""
        for term in (self.term, *terms):
            if any(each.id == person for each in term.professionals):
                return may_ask_about(term, self.reader, person)
        return False

    def person(self, person: str, *terms: Term) -> str:
        """How somebody is called; "somebody else" where this reader may not know."""
        if not self.may_read_of(person, *terms):
            return self.say("somebody")
        for term in (self.term, *terms):
            if any(each.id == person for each in term.professionals):
                return names.person(term, person)
        return person

    def people(self, people: Iterable[str], *terms: Term) -> list[str]:
        """How several are called, each name once."""
        return list(dict.fromkeys(self.person(each, *terms) for each in people))

    def lesson(self, lesson: str, *terms: Term) -> str:
        """How a lesson is called."""
        for term in (self.term, *terms):
            if any(each.id == lesson for each in term.lessons):
                return names.lesson(term, lesson)
        return lesson

    def changes(self, applied: Applied) -> list[str]:
        """The changes of a scenario, as far as this reader may read them."""
        said = []
        for step in applied.steps:
            after = applied.term or step.before
            people = step.change.people(step.before)
            term = step.before if _all_in(step.before, people) else after
            may = may_read_change(term, self.reader, people)
            said.append(step.sentence(self.lang) if may else self.say("withheld"))
        return said

    def between(self, interval: Interval, key: str) -> str:
        """An interval of whole numbers in words; `key` names what is counted."""
        low, high = interval.low, interval.high
        if low is None:
            return self.say("unknown")
        if high is None:
            return self.say(f"{key}.least", n=low)
        if low == high:
            return self.say(f"{key}.exact", n=low)
        return self.say(f"{key}.between", low=low, high=high)

    def status(self, status: Status) -> str:
        """How sure an outcome is."""
        return text(f"status.{status.value}", self.lang)

    def sure(self, sure: Sure) -> str:
        """Whether a difference is real."""
        return self.say(f"sure.{sure.value}")


def _all_in(term: Term, people: Iterable[str] | None) -> bool:
    known = {each.id for each in term.professionals}
    return people is None or all(each in known for each in people)
