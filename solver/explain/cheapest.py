"""What filling a lesson costs at least in agreements, and ways that cost so little: small models in which agreements have prices.

Like the closure, but whoever could give a lesson if something were agreed counts too, and a limit that could be agreed about
holds unless that is paid for. What is agreed about somebody's days (a release) may also change what other rules say of them:
those then hold no more. So the model says too much rather than too little is possible, and no way costs less than its best.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

from ortools.sat.python import cp_model

from model.change import applied
from model.fields import HalfDay, Weekday
from model.rule import Because, Candidate, Owner, Phase, Rule, RuleBook, Subject
from model.rules import BY_NAME, RULES
from model.rules.release import ReleaseRule
from model.term import Term
from model.timetable import Assignment, Timetable
from solver.assignment import candidates_in
from solver.board import Board
from solver.collector import at_rest
from solver.explain.funnel import candidates_on
from solver.explain.local import Local, solver_for
from solver.explain.region import LICENSING, Region
from solver.explain.whole import Whole
from solver.said import Clash, Limit

Rows = tuple[tuple[Assignment, ...], tuple[Assignment, ...]]
"""Rows of a timetable that go, and that come."""

MOVE_PRICE = 1
"""What it is taken to cost that somebody gives a lesson no more, against agreements."""

MOST_UNITS = 1000
"""More than any limit is passed by."""

WIDER = 3
"""After so many rounds of a proof another way is looked for among all who could give what competes by then."""

PEOPLE = 150
"""With more people who could give what competes, only what is cheap to know is said."""


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


@dataclass(frozen=True, slots=True)
class Cheapest:
    """What came of it.

    Attributes:
        lower: no way costs less; None where there is no way at all.
        rows: what goes and what comes in the best of the model, the agreements not yet named; None where nothing was found.
        dropped: what fell open there, of what somebody else might take.
    """

    lower: int | None
    rows: Rows | None
    dropped: tuple[str, ...]


class Priced(Local):
    """A small model in which agreements have prices.

    Args:
        allowed: who may be asked; None for everybody.
    """

    def __init__(self, whole: Whole, allowed: Collection[Owner] | None) -> None:
        assert isinstance(whole.board, Lenient)
        self.lenient = whole.board
        self.allowed = allowed
        self._agreed: dict[tuple[str, str], cp_model.IntVar] = {}
        self._asked: dict[tuple[str, str], dict[Hashable, cp_model.IntVar]] = {}
        self._passed: dict[tuple[str, str], cp_model.IntVar] = {}
        people = dict.fromkeys(each.professional for each in self.lenient.candidates)
        planning = {person: whole.board.candidates_of(person) for person in people}
        super().__init__(whole, planning, (), relaxed=True)
        for index, reasons in self.lenient.excused.items():
            for each in reasons:
                asked = self._ask(each, self.lenient.candidates[index].professional)
                self.cp.add_implication(self._gives(index), asked)

    def agreed(self, rule: type[Rule], whose: str) -> cp_model.IntVar:
        """Whether something is agreed about a rule, with a person or an employer; of other rules, at all."""
        key = (rule.name, whose if rule.subject in (Subject.PROFESSIONAL, Subject.EMPLOYER) else "")
        if key not in self._agreed:
            made = self._agreed[key] = self.cp.new_bool_var(f"agree {key}")
            if self.allowed is not None and rule.owner not in self.allowed:
                self.cp.add_bool_and([~made])
        return self._agreed[key]

    def _ask(self, because: Because, person: str) -> cp_model.IntVar:
        """Whether that is agreed which a fact asks of somebody."""
        rule = BY_NAME[because.rule]
        asked = self._asked.setdefault((rule.name, person), {})
        what = rule.asks(self.board.term, because)
        if what not in asked:
            asked[what] = self.cp.new_bool_var(f"ask {rule.name} {person} {what}")
            self.cp.add_implication(asked[what], self.agreed(rule, person))
        return asked[what]

    def _excess(self, rule: type[Rule], person: str) -> cp_model.IntVar:
        """By how many units limits of a rule may be passed, as agreed."""
        key = (rule.name, person)
        if key not in self._passed:
            made = self._passed[key] = self.cp.new_int_var(0, MOST_UNITS, f"pass {key}")
            agreed = self.agreed(rule, person)
            self.cp.add(made <= MOST_UNITS * agreed)
            self.cp.add(made >= agreed)
        return self._passed[key]

    def _add_limit(self, limit: Limit) -> None:
        if limit.price is not None:
            return
        always = sum(weight for literal, weight in limit.terms if self._fixed(literal))
        terms = [(literal, weight) for literal, weight in limit.terms if self._fixed(literal) is None]
        if sum(weight for _, weight in terms if weight > 0) <= limit.at_most - always:
            return
        variables, weights = [self.variable(literal) for literal, _ in terms], [weight for _, weight in terms]
        total = cp_model.LinearExpr.weighted_sum(variables, weights)
        self._hold(total, limit.at_most - always, limit.because, limit.of)

    def _hold(self, total: Any, most: int, because: Because, of: str | None) -> None:
        """A sum stays at or below a number, unless something is agreed; with the price of each unit where it has one."""
        rule, person = BY_NAME[because.rule], of or because.professional
        others = lifting_of(rule)
        if person is None and any(each.subject is Subject.PROFESSIONAL for each in others):
            return  # what several people may agree to, each by themselves, lifts it
        if rule.priced_by_unit and person is not None:
            total -= self._excess(rule, person)
            others = tuple(each for each in others if each is not rule)
        whose = self._employer(because) if rule.subject is Subject.EMPLOYER else person or ""
        made = self.cp.add(total <= most)
        if others:
            made.only_enforce_if([~self.agreed(each, whose) for each in others])

    def _employer(self, because: Because) -> str:
        """Whose rule says a fact."""
        table, _, row = (because.fact or "").partition("/")
        return self.board.term.find("presence", row).employer if table == "presence" else row

    def _add_clash(self, clash: Clash) -> None:
        variables = [self._gives(each.index) for each in clash.candidates if each.index in self.may_change]
        most = min(1, len(clash.candidates) - 1)
        if len(variables) > most:
            self._hold(cp_model.LinearExpr.sum(variables), most, clash.because, clash.candidates[0].professional)

    def least(self, seconds: float, required: Collection[str] | None) -> Cheapest:
        """The best of the model: fewest agreements, by price, and lessons that somebody gives no more.

        Args:
            required: what is not dropped for somebody else to take; None for all of it, and then nothing is proved.
        """
        dropped = []
        for lesson in self.affected():
            kept = self.keep(lesson)
            if required is None or lesson in required:
                self.cp.add_bool_and([kept])
            else:
                dropped.append((lesson, ~kept))
        new = [(self._gives(index), 1) for index in sorted(self.may_change - self.whole.held)]
        unit = len(dropped) + len(new) + 1
        terms: list[tuple[Any, int]] = []
        for key, agreed in sorted(self._agreed.items()):
            more = [*self._asked.get(key, {}).values(), *([self._passed[key]] if key in self._passed else [])]
            terms.append((agreed, unit * (BY_NAME[key[0]].change_price - bool(more))))
            terms += [(each, unit) for each in more]
        terms += [(moved, unit * MOVE_PRICE) for moved in self._moved()]
        terms += [*new, *((fell, 1) for _, fell in dropped)]
        self.cp.minimize(cp_model.LinearExpr.weighted_sum([each for each, _ in terms], [weight for _, weight in terms]))
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for index in sorted(self.may_change - self.board.forbidden.keys()):
            self.cp.add_hint(self._gives(index), index in self.whole.held)
        solver = solver_for(seconds)
        status = self._solve(solver)
        if status == cp_model.INFEASIBLE:
            return Cheapest(None, None, ())
        # a way costs its price times the unit, and less than a unit for what falls open and what is given anew
        lower = max(0, math.ceil(solver.best_objective_bound - 1e-6) // unit)
        if status == cp_model.UNKNOWN:
            return Cheapest(lower, None, ())
        fell = tuple(lesson for lesson, each in dropped if solver.boolean_value(each))
        self._best = self._chosen(solver)
        return Cheapest(lower, self.rows(self._best), fell)

    def _moved(self) -> list[cp_model.IntVar]:
        """Whether somebody gives up what they give, or a part of the weeks of it."""
        moved: dict[tuple[str, tuple[str, ...]], cp_model.IntVar] = {}
        for index in sorted(self.may_change & self.whole.held):
            candidate = self.board.candidates[index]
            key = (candidate.professional, candidate.lessons)
            if key not in moved:
                moved[key] = self.cp.new_bool_var("")
            self.cp.add_implication(~moved[key], self._gives(index))
        return list(moved.values())

    def refuse(self) -> None:
        """What was found last is not found again, nor more than it."""
        found = {each.index for each in self._best or ()}
        come = [~self._gives(index) for index in sorted(found - self.whole.held)]
        gone = [self._gives(index) for index in sorted(self.may_change & self.whole.held - found)]
        self.cp.add_bool_or([*come, *gone])


def people_of(region: Region, lessons: Iterable[str]) -> tuple[str, ...]:
    """Who could give any of some lessons if something were agreed, and who can anyway."""
    found = dict[str, None]()
    for lesson in lessons:
        wide = region.wide(region.term.lesson(lesson).course)
        for candidate in candidates_on(wide, lesson, region.calendar.all, region):
            if all(may_agree(each) for each in wide.forbidden.get(candidate.index, ())):
                found[candidate.professional] = None
    return tuple(found)


class Pricing:
    """What it costs to fill one lesson.

    Attributes:
        lower: no way costs less, as far as is proved; None where there is none at all.
    """

    def __init__(self, region: Region, lesson: str, competing: Iterable[str]) -> None:
        self.region = region
        self.lesson = lesson
        self.required = list(dict.fromkeys([lesson, *competing]))
        self.lower: int | None = 0
        self._last: Priced | None = None
        self._whole: tuple[int, Whole | None] | None = None

    def rows(self, seconds: float, allowed: Collection[Owner] | None = None) -> Rows | None:
        """Rows of a way that costs little, by those who could give what competes alone; None where none was found.

        Args:
            allowed: who may be asked; None for everybody.
        """
        self._last = None if seconds <= 0 else self._model(allowed)
        return None if self._last is None else self._last.least(seconds, None).rows

    def next_rows(self, seconds: float) -> Rows | None:
        """Rows of another way, of those who were asked last, what was found last being no good."""
        if self._last is None or seconds <= 0:
            return None
        self._last.refuse()
        return self._last.least(seconds, None).rows

    def prove(self, until: float, best: int | None, offer: Callable[[Rows], int | None]) -> None:
        """Raise `lower`, until the time is up, nothing can be cheaper, or the best of the model is a way.

        Args:
            best: what the best way so far costs.
            offer: takes rows of a way and tells what it costs; None where it cannot be agreed after all.
        """
        for round_ in count(1):
            model = self._model(None)
            left = until - time.monotonic()
            if model is None or left <= 0:
                return
            found = model.least(left, self.required)
            self.lower = None if found.lower is None else max(self.lower or 0, found.lower)
            if self.lower is None or (best is not None and self.lower >= best):
                return
            if found.rows is not None and not found.dropped:
                offer(found.rows)
                return
            if not round_ % WIDER and (rows := self.rows(until - time.monotonic())) is not None:
                cost = offer(rows)
                best = cost if best is None or (cost is not None and cost < best) else best
            self.required += found.dropped

    def _model(self, allowed: Collection[Owner] | None) -> Priced | None:
        """The model of what competes by now; None where that is too much."""
        key = len(self.required)
        if self._whole is None or self._whole[0] != key:
            people = people_of(self.region, self.required)
            with at_rest():
                among = None if len(people) > PEOPLE else Lenient.among(self.region, people, self.required)
                self._whole = key, None if among is None else Whole(self.region, among)
        whole = self._whole[1]
        if whole is None:
            return None
        model = Priced(whole, allowed)
        model.require(self.lesson)
        return model
