"""Words for answers about scenarios, for one reader in one language: only what this reader may read."""

from __future__ import annotations

from collections.abc import Iterable

from model import names
from model.access import Reader, may_ask_about, may_read_change
from model.locale import text
from model.scenarios.kind import has
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
        term = _first_with("professionals", person, self.term, *terms)
        return term is not None and may_ask_about(term, self.reader, person)

    def person(self, person: str, *terms: Term) -> str:
        """How somebody is called; "somebody else" where this reader may not know."""
        if not self.may_read_of(person, *terms):
            return self.say("somebody")
        term = _first_with("professionals", person, self.term, *terms)
        return person if term is None else names.person(term, person)

    def people(self, people: Iterable[str], *terms: Term) -> list[str]:
        """How several are called, each name once."""
        return list(dict.fromkeys(self.person(each, *terms) for each in people))

    def lesson(self, lesson: str, *terms: Term) -> str:
        """How a lesson is called."""
        term = _first_with("lessons", lesson, self.term, *terms)
        return lesson if term is None else names.lesson(term, lesson)

    def changes(self, applied: Applied) -> list[str]:
        """The changes of a scenario, as far as this reader may read them."""
        said = []
        for step in applied.steps:
            after = applied.term or step.before
            people = step.change.people(step.before)
            there = people is None or all(has(step.before, "professionals", each) for each in people)
            term = step.before if there else after
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


def _first_with(table: str, row: str, *terms: Term) -> Term | None:
    """The first of several terms that has a row."""
    return next((term for term in terms if has(term, table, row)), None)
