"""What filling a lesson costs at least in agreements, and ways that cost so little: small models in which agreements have prices.

Like the closure, but whoever could give a lesson if something were agreed counts too, and a limit that could be agreed about
holds unless that is paid for. What is agreed about somebody's days (a release) may also change what other rules say of them:
those then hold no more. So the model says too much rather than too little is possible, and no way costs less than its best.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from ortools.sat.python import cp_model

from model.rule import Because, Owner, Rule, Subject
from model.rules import BY_NAME
from model.timetable import Assignment
from solver.collector import at_rest
from solver.explain.funnel import candidates_on
from solver.explain.lenient import Lenient, lifting_of, may_agree
from solver.explain.local import Local, solver_for
from solver.explain.region import Region
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

    by_parts = False

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
