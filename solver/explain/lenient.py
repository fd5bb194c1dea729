"""A board on which what could be agreed does not forbid: who could give a lesson if something were, and what still holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from model.change import applied
from model.fields import HalfDay, Weekday
from model.rule import Because, Candidate, Phase, Rule
from model.rulebook import RuleBook
from model.rules import BY_NAME, RULES
from model.rules.release import ReleaseRule
from model.term import Term
from model.timetable import Timetable
from solver.assignment import candidates_in
from solver.board import Board
from solver.collector import at_rest
from solver.explain.region import LICENSING, Region

_STAYING = [rule for rule in RULES if rule.hard() and (rule.phase is Phase.ELIGIBILITY or rule.stays_broken)]
"""Rules that say no less of somebody who gives more, so that they may be asked of a part of what they give."""


class Lenient(Board):
    """A board of some people and what they could give of some lessons beside what they give, if something were agreed.

    Only rules write on it that more lessons never satisfy, so that it says too little rather than too much. Who would have
    to be released for one of the lessons is, so that what that asks of the others of a team is said as well.

    Attributes:
        excused: what would have to be agreed about a candidate, by its index.
    """

    excused: dict[int, list[Because]]
    _courses: Mapping[str, frozenset[str]]
    _reasons: Mapping[_Given, list[Because]]
    _timetable: Timetable

    @classmethod
    def among(cls, region: Region, people: Collection[str], lessons: Collection[str]) -> Lenient:
        """Of these people and lessons; of their colleagues only what those give."""
        term, given = region.term, region.judging.reading.of_person
        employers = dict.fromkeys(each for person in people if (each := term.professional(person).employer))
        colleagues = [each.id for employer in employers for each in term.people_of(employer) if given.get(each.id)]
        asked = frozenset(term.lesson(each).course for each in lessons)
        reasons = _reasons_against(region, people, lessons)
        under = _released(region, (each for some in reasons.values() for each in some))
        made = cls(under, region.calendar.under(under), region.travel)
        made._reasons, made._timetable = reasons, region.timetable
        made._courses = {
            person: frozenset(row.course for row in given.get(person, ()))
            | (asked if person in people else frozenset())
            for person in dict.fromkeys([*people, *colleagues])
        }
        with at_rest():
            made._write_all(
                tuple(_STAYING),
                sorted(frozenset().union(*made._courses.values())),
                list(made._courses),
                screen=LICENSING,
                every_reason=True,
                with_forks=False,
            )
        return made

    def _made(self, person: str, courses: Iterable[str], first: int) -> list[Candidate]:
        return super()._made(person, [each for each in courses if each in self._courses[person]], first)

    def _drop_forbidden(self) -> None:
        held = candidates_in(self, self._timetable)
        self.excused = {}
        for candidate in self.candidates:
            index = candidate.index
            reasons = self._reasons.get(_given(candidate))
            if reasons is None:
                if index not in held:
                    self.forbidden.setdefault(index, [])
            elif reasons:
                self.forbidden.pop(index, None)
                self.excused[index] = reasons
        super()._drop_forbidden()


_Given = tuple[str, tuple[str, ...], tuple[str | None, ...], frozenset[int] | None]
"""Who would give which lessons at which of their times, in which weeks."""


def _given(candidate: Candidate) -> _Given:
    return candidate.professional, candidate.lessons, candidate.options, candidate.weeks


def _reasons_against(region: Region, people: Collection[str], lessons: Collection[str]) -> dict[_Given, list[Because]]:
    """What stands against whoever could give some lessons if something were agreed."""
    found = {}
    for course in dict.fromkeys(region.term.lesson(each).course for each in lessons):
        wide = region.wide(course)
        for candidate in wide.candidates:
            reasons = wide.forbidden.get(candidate.index, [])
            mine = candidate.professional in people and not set(lessons).isdisjoint(candidate.lessons)
            if mine and all(may_agree(each) for each in reasons):
                found[_given(candidate)] = reasons
    return found


def _released(region: Region, reasons: Iterable[Because]) -> Term:
    """The term, with everybody released who would have to be."""
    book = RuleBook(region.term)
    wanted: dict[str, dict[tuple[Weekday, HalfDay | None], None]] = {}
    for each in reasons:
        if each.rule == ReleaseRule.name and each.professional is not None:
            wanted.setdefault(each.professional, {})[ReleaseRule.asks(region.term, each)] = None
    changes = []
    for person, times in wanted.items():
        rule = book.of(ReleaseRule, person)
        if isinstance(rule, ReleaseRule):
            changes.append(rule.released(region.term, person, list(times)))
    return applied(region.term, changes)


def may_agree(because: Because) -> bool:
    """Whether something can be agreed about a fact."""
    return because.negotiable and BY_NAME[because.rule].agreeable()


@cache
def lifting_of(rule: type[Rule]) -> tuple[type[Rule], ...]:
    """Rules of which an agreement may change what a rule says of the same person: itself, and those that change what it reads."""
    reads = {field.partition(".")[0] for field in rule.reads}
    return tuple(other for other in RULES if other.agreeable() and (other is rule or not reads.isdisjoint(other.lifts)))
