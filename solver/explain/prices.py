"""Prices of lessons and of what people share, found once for a timetable by column generation on a board of lessons alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from model.calendar import Dates
from model.levels import LevelDates
from model.promised import over
from model.rule import Because, Candidate, Literal, Owner
from model.rules import RULES
from model.timetable import Tier, Timetable
from solver.assignment import timetable_of
from solver.board import Board
from solver.explain.region import Region
from solver.messages import Start
from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.engine import Engine
from solver.plan.generation import Generation
from solver.plan.literals import WORD, Bits
from solver.plan.master import Master
from solver.plan.sums import Values
from solver.plan.tables import SCALE, Tables
from solver.plan.writing import write_tables
from solver.said import Limit, Price

POINTS = 1000
"""What an open place counts for: much, so that rounding in the relaxation hardly matters."""

KEPT = 1500
"""What a place that is filled counts for: more than an open one, as nobody may give it up; not much more, or taking over a
lesson seems worth more than the place it sets free."""

FIRMLY_KEPT = 4000
"""The same where a timetable is looked for: so much that giving one up for others never seems to pay."""

UNIT = POINTS * SCALE
"""Parts of a place."""

DECIDING = tuple(each for each in RULES if each.hard() and each.name not in ("heads", "must_fill"))
"""Rules that say what is possible; how many people a lesson needs is said here."""

Key = tuple[str, tuple[str, ...], tuple[str | None, ...], frozenset[int] | None]
"""What somebody gives, on whatever board it stands: course, lessons, times and weeks."""


def key_of(candidate: Candidate) -> Key:
    """The same for candidates that give the same, on whatever board."""
    return candidate.course, candidate.lessons, candidate.options, candidate.weeks


@dataclass(frozen=True, slots=True)
class Places:
    """A lesson that is still to be given; one that has several times, at which others may count, is left out and taken as won.

    Attributes:
        dates: who gives it then counts: on all dates, or the one on which it lacks most.
        short: how many people it lacks.
        alike: whether everybody who gives it counts.
    """

    lesson: str
    dates: Dates
    heads: int
    short: int
    alike: bool

    def worth(self, kept: int) -> int:
        """What one person for it counts for, in points, where one of a filled lesson counts for `kept`."""
        return POINTS if self.short else kept

    def anyway(self, kept: int) -> int:
        """What counts for as long as nobody is lost, in points."""
        return self.worth(kept) * (self.heads - self.short)


@dataclass(slots=True)
class Prices:
    """What things are worth, in parts of a place.

    Attributes:
        lesson: what one person more for a lesson is worth.
        fees: by person what some candidates cost because of shared limits, once however many of them are chosen.
        best: by person what their best plan is worth, at most.
        bound: how many open places can be filled, at most.
    """

    lesson: dict[str, int] = field(default_factory=dict)
    fees: dict[str, list[tuple[int, frozenset[Key]]]] = field(default_factory=lambda: defaultdict(list))
    best: dict[str, int] = field(default_factory=dict)
    bound: int = 0


class Demand:
    """Which places there are in a region, and who counts for them.

    Attributes:
        places: by lesson.
        open_places: how many there are in all.
        others: how many of these are not among the lessons that have a price.
    """

    def __init__(self, region: Region) -> None:
        self.region = region
        self.places = {each.lesson: each for each in _places(region)}
        self.open_places = sum(max(0, region.judging.reading.short_of(each)) for each in region.open_lessons)
        self.others = self.open_places - sum(each.short for each in self.places.values())

    def anyway(self, kept: int) -> int:
        """What counts for as long as nobody is lost, in points."""
        return sum(each.anyway(kept) for each in self.places.values())

    def counts(self, candidate: Candidate, lesson: str) -> bool:
        """Whether somebody staffs a lesson where it lacks most."""
        calendar, places = self.region.calendar, self.places[lesson]
        if places.alike:
            return True
        there = candidate.weeks is None or calendar.in_weeks(candidate.weeks) & places.dates
        watching = self._levels.watching(candidate.professional, candidate.course) if self.region.term.stages else 0
        return bool(there) and not watching & places.dates

    @cached_property
    def _levels(self) -> LevelDates:
        return Board.of(self.region.term, rules=(), only_people=(), calendar=self.region.calendar).once(LevelDates)

    def board(self, kept: int) -> Board:
        """A board on which nothing counts but lessons; of what people share only that to which each adds by themselves."""
        region = self.region
        board = Board.of(region.term, rules=DECIDING, calendar=region.calendar, travel=region.travel)
        for person in region.term.professionals:
            said = board.said_of(person.id)
            said.prices.clear()
            said.legs.clear()
        board.shared.limits[:] = [each for each in board.shared.limits if _adds(board, each)]
        board.shared.prices.clear()
        board.levels.clear()
        worth: dict[int, int] = {}
        for places in self.places.values():
            counting = [each.index for each in board.candidates_for(places.lesson) if self.counts(each, places.lesson)]
            because = Because("heads", "", {}, Owner.SCHOOL, negotiable=False, price=0, fact=places.lesson)
            terms = tuple((board.teaches(board.candidates[each]), 1) for each in counting)
            if len(terms) > places.heads:
                board.shared.limits.append(Limit(terms, places.heads, because, None, None, None))
            for each in counting:
                worth[each] = worth.get(each, 0) + places.worth(kept)
        because = Because("filled", "", {}, Owner.SCHOOL, negotiable=False, price=0)
        gains = tuple((board.teaches(board.candidates[each]), -gain) for each, gain in worth.items())
        board.shared.prices.append(Price(gains, because, Tier.FILLED, None))
        return board


def priced(demand: Demand, clock: Clock) -> Prices | None:
    """Prices of lessons and shared limits; None where none were found in time."""
    board = demand.board(KEPT)
    master = Master(board)
    anyway = demand.anyway(KEPT)
    lessons = {each.lesson: each.worth(KEPT) * SCALE for each in demand.places.values()}
    if master.impossible:
        return None
    if not master.people:  # nobody can give anything, so that nothing takes a price
        return Prices(lessons, bound=-anyway * SCALE)
    tables = write_tables(master, clock)
    if tables is None:
        return None
    generation = Generation(master, tables)
    while clock.left() > 0:
        more = generation.round(clock.wall())
        reached = not generation.lacking and generation.priced is not None
        if not more or (reached and _near(generation, anyway)):
            break
    best = generation.priced
    if best is None:
        return None
    found = Prices(lessons, bound=best.exact - anyway * SCALE)
    found.best = {who.professional: int(most) for who, most in zip(master.people, best.best, strict=True)}
    for row, price in zip(master.rows, map(int, best.duals), strict=True):
        because = row.why
        if not price or not isinstance(because, Because):
            continue
        if because.rule == "heads":
            found.lesson[str(because.fact)] -= price
            continue
        for feature, weight in row.features:
            who = master.people[feature.person]
            indices = _any_of(board, who.features[feature.place]) or ()
            keys = frozenset(key_of(board.candidates[index]) for index in indices)
            found.fees[who.professional].append((weight * price, keys))
    _raise(found, demand.places, tables, best.duals)
    return found


def fullest(demand: Demand, clock: Clock) -> tuple[Timetable | None, int | None]:
    """A timetable that fills most, and how many more places none exceeds: cuts may have brought that further down."""
    engine = Engine(Master(demand.board(FIRMLY_KEPT)), clock, _Nobody())
    engine.run(Start(demand.region.timetable))
    found = None if engine.best is None else timetable_of(engine.best.candidates())
    exact = engine.bounds.exact
    return found, None if exact is None else (exact - demand.anyway(FIRMLY_KEPT)) // POINTS


def _near(generation: Generation, anyway: int) -> bool:
    """Whether more rounds would not lower the bound by a place."""
    assert generation.priced is not None
    return (generation.priced.exact // SCALE - anyway) // POINTS <= (generation.value - anyway) // POINTS


class _Nobody:
    """Is told what comes of a solve, and does nothing with it."""

    def offer(self, choice: Choice) -> None:
        """A better choice."""

    def bounded(self, bound: int, *, exact: bool) -> None:
        """A better bound."""

    def counted(self, most: int) -> None:
        """No timetable staffs more lessons."""

    def settled(self, generation: Generation) -> None:
        """Prices and plans."""


def _raise(prices: Prices, places: Mapping[str, Places], tables: Tables, duals: Values) -> None:
    """Let a filled lesson cost as much as somebody's best plan would lose by it: to take it over is worth no more to another.

    Column generation leaves the price of a lesson that nobody competes for at nothing, which bounds as well but says that
    whoever could take it over besides would win all of it. Where one person is enough the bound stays as it is.
    """
    reduced = {number: worth for number, worth in tables.reduced(duals) if number not in tables.searches}
    eligible: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, person in enumerate(tables.master.people):
        for bit, candidate in enumerate(person.candidates):
            for lesson in candidate.lessons:
                eligible[lesson][number].append(bit)
    for lesson, those in eligible.items():
        about = places.get(lesson)
        if about is None or about.short or about.heads > 1 or not about.alike or prices.lesson[lesson] <= UNIT // 2:
            continue
        having = {number: _having(tables[number].plans, bits) for number, bits in those.items() if number in reduced}
        margin = 0
        for number, those_with in having.items():
            if those_with.any() and not those_with.all():
                margin = max(margin, int(reduced[number][those_with].max()) - int(reduced[number][~those_with].max()))
        if len(having) < len(those):
            continue
        raised = min(margin, prices.lesson[lesson])
        prices.lesson[lesson] -= raised
        prices.bound += raised
        for number, those_with in having.items():
            reduced[number][those_with] -= raised
    for number, worth in reduced.items():
        who, best = tables.master.people[number].professional, int(worth.max())
        prices.bound += best - prices.best[who]
        prices.best[who] = best


def _having(plans: Bits, bits: Iterable[int]) -> npt.NDArray[np.bool_]:
    """Which plans have any of some candidates."""
    found: npt.NDArray[np.bool_] = np.zeros(plans.shape[1], np.bool_)
    for bit in bits:
        word, place = divmod(bit, WORD)
        found |= (plans[word] & np.uint64(1 << place)) != 0
    return found


def _places(region: Region) -> Iterator[Places]:
    """Lessons that are still to be given, each where it lacks most."""
    reading, past, segments = region.judging.reading, over(region.calendar), region.judging.reading.segments
    for row in region.term.lessons:
        lacking = reading.lacking(row.id)
        if not lacking:
            continue
        heads, short = region.term.course(row.course).heads, max(0, *lacking.values())
        if len(segments.of_lesson(row.id)) == 1 and not region.term.stages and not past:
            yield Places(row.id, region.calendar.all, heads, short, alike=True)
        elif len(region.calendar.options(row.id)) == 1:
            yield Places(row.id, 1 << max(lacking, key=lambda day: (lacking[day], -day)), heads, short, alike=False)


def _adds(board: Board, limit: Limit) -> bool:
    """Whether a limit is one to which everybody only adds, each by what they give themselves."""
    if limit.price is not None:
        return False
    for literal, weight in limit.terms:
        indices = _any_of(board, literal)
        if weight < 0 or indices is None or len({board.candidates[each].professional for each in indices}) > 1:
            return False
    return True


def _any_of(board: Board, literal: Literal) -> list[int] | None:
    """Candidates of which a literal says that one is chosen; None where it says something else."""
    kind, about = board.definitions[literal]
    if kind == "teaches":
        return [int(about[0] or 0)]
    if kind != "any":
        return None
    found: list[int] = []
    for each in about:
        part = _any_of(board, int(each or 0))
        if part is None:
            return None
        found += part
    return found
