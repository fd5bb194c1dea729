"""What a fact is worth: how many more open places can be filled, all that is filled staying so, if it were otherwise.

The difference of two optima, each between what was found and judged and what is proved that nobody can beat. Screened first:
where nobody could give anything new, or not enough to raise the ceiling by a place, it is worth nothing, proved. Else rows
are looked for that fill more: the person alone, then with those who give what the person could take over.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from model.change import applied
from model.day import gives_whole_days
from model.rule import Candidate
from model.timetable import Assignment
from solver.board import Board
from solver.explain.base import SMALL, Base, own_board
from solver.explain.facts import Fact, FactKind
from solver.explain.filling import Filled, fill
from solver.explain.local import Answered
from solver.explain.prices import UNIT, key_of
from solver.explain.region import Region
from solver.explain.whole import Whole

PEOPLE = 10
BREADTH = 5
"""So many people are planned anew with who gets free, found by so many lessons of each."""


class Reason(Enum):
    """Why a fact is worth nothing."""

    NOBODY = "nobody"
    """Nobody could give anything that they could not give before."""
    ENOUGH = "enough"
    """All that would be possible then is given already, or keeps something else from being given."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a fact, or several together, are worth, in places.

    Attributes:
        answered: found: the number is proved; unknown: it lies between; impossible: it is proved to be nothing.
        lower, upper: proved bounds: no fewer, no more.
        gain: places that were found to be filled with it, above what was found without it.
        lessons: which lessons those are.
        removed, added: rows that change against the timetable asked about, judged under the changed term.
    """

    facts: tuple[Fact, ...]
    answered: Answered
    lower: int
    upper: int
    gain: int = 0
    lessons: tuple[str, ...] = ()
    removed: tuple[Assignment, ...] = ()
    added: tuple[Assignment, ...] = ()
    reason: Reason | None = None


def worth(base: Base, fact: Fact, seconds: float) -> Worth:
    """What a fact is worth, as far as the time tells."""
    return together(base, (fact,), seconds)


def together(base: Base, chosen: Sequence[Fact], seconds: float) -> Worth:
    """What several facts are worth that change together."""
    return _Asked(base, chosen, time.monotonic() + seconds).answer()


def rise(base: Base, chosen: Sequence[Fact]) -> int:
    """By how much the ceiling is higher when several facts change together, in parts of a place."""
    asked = _Asked(base, chosen, time.monotonic())
    return 0 if asked.screened() is None else asked.raised


class _Asked:
    """One question."""

    def __init__(self, base: Base, chosen: Sequence[Fact], until: float) -> None:
        self.base, self.facts, self.until = base, tuple(chosen), until
        self.other_times = any(each.kind is FactKind.TIME for each in chosen)
        self.term = applied(base.region.term, [each.change for each in chosen])
        self.people = tuple(dict.fromkeys(self._concerned()))
        self.plans: tuple[Candidate, ...] = ()
        self.new: dict[str, list[Candidate]] = {}
        self.found = Filled(0)
        self.raised = 1
        self._whole_rows = False

    def _concerned(self) -> Iterable[str]:
        """Whose candidates or limits change."""
        region = self.base.region
        for each in self.facts:
            if each.professional is not None:
                yield each.professional
            elif each.lesson is not None:
                unlicensed = region.unlicensed[region.term.lesson(each.lesson).course]
                yield from (person.id for person in region.term.professionals if person.id not in unlicensed)

    def answer(self) -> Worth:
        base = self.base
        most = self.screened()
        if most is None:
            return self._nothing(Reason.NOBODY)
        upper = max(0, most - base.free)
        if not upper:
            return self._nothing(Reason.ENOUGH)
        small = len(base.region.term.professionals) <= SMALL
        if small:
            upper = min(upper, self._everybody(upper))
        if not small or (self.found.places < upper and time.monotonic() < self.until):
            self._look(upper)
        gain = self.found.places
        lower = max(0, base.free + gain - base.most)
        removed, added = self._rows()
        if not upper:
            return self._nothing(Reason.ENOUGH)
        proved = lower == upper
        return Worth(
            self.facts,
            Answered.FOUND if proved else Answered.UNKNOWN,
            lower,
            upper,
            gain,
            self.found.lessons,
            removed,
            added,
        )

    def _nothing(self, reason: Reason) -> Worth:
        return Worth(self.facts, Answered.IMPOSSIBLE, 0, 0, reason=reason)

    def screened(self) -> int | None:
        """How many places can be filled with it at most; None where nobody can do anything they could not do before."""
        base = self.base
        board = own_board(base.region, self.term, self.people, other_times=self.other_times)
        best: dict[str, int] = {}
        for person in self.people:
            before = {key_of(each) for each in base.own_board(person).candidates_of(person)}
            self.new[person] = [each for each in board.candidates_of(person) if key_of(each) not in before]
        changed = [person for person in self.people if self.new[person] or person in self._at_more()]
        if not changed:
            return None
        if not base.clean or self._cut_otherwise(board):
            self.raised = base.ceiling.open_places * UNIT
            return base.ceiling.open_places
        for person in changed:
            best[person], plan = base.ceiling.best_plan(board, person)
            self.plans += plan
        if self.other_times and len(self.facts) == 1:
            best = self._only_who_gives_it(best)
        self.raised = base.ceiling.raised(best)
        return base.ceiling.with_best(best)

    def _cut_otherwise(self, board: Board) -> bool:
        """Whether with another time a lesson may change hands where it could not before: the prices know nothing of that."""
        before = self.base.region.judging.reading.segments
        courses = {board.term.lesson(each.lesson).course for each in self.facts if each.lesson is not None}
        lessons = (row.id for course in courses for row in board.term.lessons_of(course))
        return any(board.segments.of_lesson(each) != before.of_lesson(each) for each in lessons)

    def _at_more(self) -> Iterator[str]:
        """Who may combine more than before, although nothing of it is new."""
        for each in self.facts:
            if each.professional is not None and (
                each.kind is FactKind.LOAD
                or (each.kind is FactKind.RELEASE and gives_whole_days(self.term, each.professional))
            ):
                yield each.professional

    def _only_who_gives_it(self, best: dict[str, int]) -> dict[str, int]:
        """At another time a lesson is given by as many as it needs: of nobody else are the plans better."""
        region, (fact,) = self.base.region, self.facts
        heads = region.term.course(region.term.lesson(fact.lesson or "").course).heads
        gains = sorted(best, key=lambda person: self.base.ceiling.best_of(person) - best[person])
        return {person: best[person] for person in gains[:heads]}

    # Rows that fill more

    def _under(self) -> Region:
        if self.other_times:
            return Region(self.term, self.base.best.timetable)
        return self.base.best.under(self.term)

    def _look(self, enough: int) -> None:
        """Who is concerned alone; then with those who give what they could take over."""
        region = self._under()
        movers = [person for person in self.people if self.new[person] or len(self.people) == 1][:PEOPLE]
        hoped = min(enough, max(1, -(-self.raised // UNIT)))  # more may be had only as far as the prices are wrong
        chain = self._chain(region, movers) if self.raised else movers
        if time.monotonic() > self.until:
            return
        whole = Whole.by_hard_rules(region, self._with_colleagues(region, movers, chain))
        for people in dict.fromkeys((tuple(movers), tuple(chain))):
            left = self.until - time.monotonic()
            if left <= 0 or self.found.places >= hoped:
                return
            self._keep(fill(whole, people, left, enough=hoped))

    def _keep(self, filled: Filled) -> None:
        if filled.places > self.found.places:
            self.found = filled

    @staticmethod
    def _with_colleagues(region: Region, movers: Iterable[str], people: Iterable[str]) -> list[str]:
        """People, and those of whom an employer may ask that not all are away together with them."""
        employers = {region.term.professional(person).employer for person in movers} - {None}
        colleagues = (each.id for each in region.term.professionals if each.employer in employers)
        return list(dict.fromkeys([*people, *colleagues]))

    def _chain(self, region: Region, movers: Sequence[str]) -> list[str]:
        """Those who give what people could take over, and so on, where that is worth most at the prices."""
        ceiling, found = self.base.ceiling, dict.fromkeys(movers)
        wanted = [*self.plans, *(each for mine in self.new.values() for each in mine)]
        assigned = region.judging.reading.assigned
        queue = list(dict.fromkeys(lesson for each in wanted for lesson in each.lessons))
        seen = set(queue)
        while queue and len(found) < PEOPLE:
            holders = dict.fromkeys(row.professional for row in assigned.get(queue.pop(0), ()))
            for person in holders:
                if person in found:
                    continue
                found[person] = None
                mine = sorted(self.base.own_board(person).candidates_of(person), key=ceiling.value_of, reverse=True)
                more = [lesson for each in mine[:BREADTH] for lesson in each.lessons if lesson not in seen]
                seen.update(more)
                queue += more
        return list(found)

    def _everybody(self, upper: int) -> int:
        """All people planned anew: how much it is worth at most."""
        left = self.until - time.monotonic()
        if left <= 0:
            return upper
        region = (
            Region(self.term, self.base.region.timetable) if self.other_times else self.base.region.under(self.term)
        )
        filled = fill(Whole.by_hard_rules(region), [each.id for each in region.term.professionals], left)
        gain = filled.places - self.base.free
        if gain > self.found.places:
            self.found = replace(filled, places=gain)
            self._whole_rows = True
        if filled.at_most is None or not self.base.clean:
            return upper
        return max(0, filled.at_most - self.base.free)

    def _rows(self) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
        """Rows that change against the timetable that was asked about."""
        if self._whole_rows or not self.base.free or not self.found.places:
            return self.found.removed, self.found.added
        return self.base.rows_to(self.base.best.judging.reading.changed(self.found.removed, self.found.added).timetable)
