"""One term as candidates, clashes, limits and prices, with the facts behind them. Knows no solver.

Every rule writes itself here in the verbs of `model.rule.Board`; the assignment model (and any other formulation) is
made from what stands here, so that a rule is never written twice. What rules say of one person alone is written when it
is asked for: whoever plans person by person has it written in the process that needs it, and of nobody else.
"""

from __future__ import annotations

import weakref
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any, TypeVar, cast

from model.calendar import Calendar, Dates
from model.day import Stop
from model.demands import expanded
from model.difference import touched
from model.rule import Away, Because, Candidate, DayCheck, DayClass, DayStop, LegCost, Literal, Phase, Rule, Subject
from model.rulebook import RuleBook
from model.rules import RULES
from model.segments import Segments
from model.term import Term
from model.timetable import Tier
from model.travel import Travel
from model.waivers import Waivers
from solver.blocks import Blocks
from solver.collector import at_rest
from solver.days import Days
from solver.eligible import Eligible, OnePerson, WritesError
from solver.literals import Literals
from solver.parallel import share_out
from solver.said import Clash, Legs, Level, Limit, Price, Said
from solver.too_much import too_much
from solver.waived import WithoutLessons

T = TypeVar("T")


LEAST_SHARED_OUT = 150
"""With fewer people than this, deciding who may give what is not worth another process."""


class Board(Literals):
    """The board of one term. Build it with `Board.of(term)`."""

    def __init__(self, term: Term, calendar: Calendar | None, travel: Travel | None) -> None:
        super().__init__(term)
        self.calendar = calendar or Calendar(term)
        self.travel = travel or Travel(term)
        self.segments = Segments(self.calendar)
        self.waivers = Waivers(term)
        self._book = RuleBook(term)
        self._writing: dict[str, type[Rule]] = {}
        self.candidates: list[Candidate] = []
        self.forbidden: dict[int, list[Because]] = {}
        self.levels: list[Level] = []
        self.shared = Said()
        self._blocks = Blocks(term, self.calendar, self.segments)
        self._eligible: dict[str, Eligible] = {}
        self._before: weakref.ref[Board] | None = None
        self._as_before: frozenset[str] = frozenset()
        self._of_person: dict[str, list[Candidate]] = defaultdict(list)
        self._of_lesson: dict[str, list[Candidate]] = defaultdict(list)
        self._said: dict[str, Said] = {each.id: Said() for each in term.professionals}
        self._waiting: dict[str, deque[Rule]] = {each.id: deque() for each in term.professionals}
        self._alone: str | None = None
        self._screens: list[tuple[RuleBook, type[Rule]]] = []
        self._once: dict[Callable[[Board], Any], Any] = {}
        self._limits_said: set[tuple[object, ...]] = set()
        self._days = Days(self)
        self._excluded = cache(self._find_excluded)

    @classmethod
    def of(
        cls,
        term: Term,
        *,
        rules: Iterable[type[Rule]] = RULES,
        only_courses: Iterable[str] | None = None,
        only_people: Iterable[str] | None = None,
        screen: bool | Collection[type[Rule]] = True,
        every_reason: bool = False,
        calendar: Calendar | None = None,
        travel: Travel | None = None,
        with_forks: bool = False,
        before: Board | None = None,
    ) -> Board:
        """The board of a term, written by its rules.

        Args:
            rules: rule classes that write.
            only_courses: leave out the candidates of all other courses.
            only_people: leave out the candidates of everybody else.
            screen: leave out at once who fails a rule for certain (or one of these rules), and let each candidate go
                with the first reason against it; without it every candidate keeps every reason.
            every_reason: with screening too, whoever is left keeps every reason.
            with_forks: whether processes that are forked from this one may help, one for each core; not where it has
                threads.
            before: the board of a similar term, made in the same way; it need not be decided anew who of those may give
                what of whom nothing changed: see `as_before`.
        """
        with at_rest():
            board = cls(expanded(term), calendar, travel)
            board._write_all(
                tuple(rules),
                only_courses,
                only_people,
                screen=screen,
                every_reason=every_reason,
                with_forks=with_forks,
                before=before,
            )
            return board

    def _write_all(
        self,
        chosen: tuple[type[Rule], ...],
        only_courses: Iterable[str] | None,
        only_people: Iterable[str] | None,
        *,
        screen: bool | Collection[type[Rule]],
        every_reason: bool,
        with_forks: bool,
        before: Board | None = None,
    ) -> None:
        self._writing = {rule.name: rule for rule in chosen}
        screening = screen if isinstance(screen, Collection) else chosen if screen else ()
        self._screens = [(self._book, rule) for rule in screening if "screen" in vars(rule)]
        self._blocks.lay_out(
            self.term.courses if only_courses is None else map(self.term.course, only_courses), self._book
        )
        deciding = [rule for rule in chosen if rule.phase is Phase.ELIGIBILITY]
        people = [each.id for each in self.term.professionals] if only_people is None else list(only_people)
        if before is not None:
            self._eligible = self._still_eligible(before, people)
            self._before, self._as_before = weakref.ref(before), frozenset(self._eligible)
        self._add_candidates(people, deciding, screen=bool(screen) and not every_reason, with_forks=with_forks)
        self._drop_forbidden()
        for rule, subject in self._book.each(rule for rule in chosen if rule.phase is not Phase.ELIGIBILITY):
            if rule.subject is Subject.PROFESSIONAL and not rule.ties_people:
                self._waiting[subject].append(rule)
            else:
                self._say(rule, subject)

    def said_of(self, professional: str) -> Said:
        """Everything that is said of one person, written when first asked for."""
        if self._waiting[professional]:
            with at_rest():
                self._write(professional, Phase.REST)
        return self._said[professional]

    def _write(self, professional: str, until: Phase) -> None:
        """Let a person's rules write themselves that have not yet, in order of phase."""
        waiting = self._waiting[professional]
        outer, self._alone = self._alone, professional
        while waiting and waiting[0].phase <= until:
            self._say(waiting.popleft(), professional)
        self._alone = outer

    def _all_said(self) -> Iterator[Said]:
        return (self.said_of(each.id) for each in self.term.professionals)

    @property
    def clashes(self) -> list[Clash]:
        """All clashes, of everybody."""
        return [each for said in self._all_said() for each in said.clashes]

    @property
    def limits(self) -> list[Limit]:
        """All limits: shared ones, then those of each person."""
        return [*self.shared.limits, *(each for said in self._all_said() for each in said.limits)]

    @property
    def prices(self) -> list[Price]:
        """All prices, likewise."""
        return [*self.shared.prices, *(each for said in self._all_said() for each in said.prices)]

    @property
    def leg_costs(self) -> dict[str, list[Legs]]:
        """What steps cost, by person."""
        return {each.id: legs for each in self.term.professionals if (legs := self.said_of(each.id).legs)}

    def _say(self, rule: Rule, subject: str, on: Board | None = None) -> None:
        """Let a rule write itself for a subject, here or on a board that stands for this one, except for what is waived."""
        board = on or self
        waived: AbstractSet[str] = frozenset()
        if self.term.waivers and rule.subject is Subject.PROFESSIONAL:
            if self.waivers.cover(type(rule), professional=subject):
                return
            waived = self.waivers.lessons(type(rule), subject)
        rule.enforce(cast("Board", WithoutLessons(board, waived)) if waived else board, subject)

    def holds(self, rule: str, subject: str) -> bool:
        """Whether a rule writes here for a subject, nothing waived, so that another need not say what it says."""
        writing = self._writing.get(rule)
        if writing is None or self._book.of(writing, subject) is None:
            return False
        return not self.waivers.cover(writing, professional=subject) and not self.waivers.lessons(writing, subject)

    # Candidates

    def _add_candidates(
        self, people: Sequence[str], deciding: Iterable[type[Rule]], *, screen: bool, with_forks: bool
    ) -> None:
        """Candidates of people, with what rules of eligibility have against them."""
        in_order = sorted(deciding, key=lambda each: (each.phase, each.name))
        by_person = {
            person: [made for rule in in_order if (made := self._book.of(rule, person)) is not None]
            for person in people
        }
        order = {course: place for place, course in enumerate(self._blocks.of)}

        def courses_of(person: str) -> Sequence[str]:
            return sorted(self._screened(person, frozenset(self._blocks.of)), key=order.__getitem__)

        def decided(person: str) -> Eligible | None:
            return self._decided(person, courses_of(person), by_person[person], screen=screen)

        if with_forks:
            rest = [person for person in people if person not in self._eligible]
            found = zip(rest, share_out(decided, rest, LEAST_SHARED_OUT), strict=True)
            self._eligible |= {person: each for person, each in found if each is not None}
        for person in people:
            eligible, first = self._eligible.get(person), len(self.candidates)
            mine = self._made(person, courses_of(person) if eligible is None else eligible.courses, first)
            self.candidates += mine
            self._of_person[person] = mine
            for candidate in mine:
                for lesson in candidate.lessons:
                    self._of_lesson[lesson].append(candidate)
            if eligible is not None:
                self.forbidden.update({first + place: reasons for place, reasons in eligible.against.items()})
                continue
            for rule in by_person[person]:
                known = len(self.forbidden)
                self._say(rule, person)
                if screen and len(self.forbidden) > known:
                    self._of_person[person] = [each for each in mine if each.index not in self.forbidden]

    def _still_eligible(self, before: Board, people: Iterable[str]) -> dict[str, Eligible]:
        """What was decided before, of those of whom nothing changed."""
        change = touched(before.term, self.term)
        if change is None:
            return {}
        courses, known = change.courses & self._blocks.of.keys(), before._eligible
        return {
            person: known[person]
            for person in people
            if person in known
            and person not in change.people
            and change.courses.isdisjoint(known[person].courses)
            and not (courses and self._screened(person, courses))
        }

    def as_before(self, before: Board) -> AbstractSet[str]:
        """People of whom rules about one person say what they say on another board, but for the numbers of literals."""
        return self._as_before if self._before is not None and self._before() is before else frozenset()

    def _screened(self, person: str, courses: AbstractSet[str]) -> AbstractSet[str]:
        """Courses of these for which a person passes all rules that screen."""
        *_, (_, passing) = (("", courses), *self._passing(person, courses))
        return passing

    def _decided(self, person: str, courses: Sequence[str], rules: Iterable[Rule], *, screen: bool) -> Eligible | None:
        """What rules of eligibility have against a person's candidates; None where they have more to say."""
        one = OnePerson(self, self._made(person, courses, 0), screen=screen)
        try:
            for rule in rules:
                self._say(rule, person, one.as_board())
                one.next_rule()
        except WritesError:
            return None
        return Eligible(courses, one.against)

    def _made(self, person: str, courses: Iterable[str], first: int) -> list[Candidate]:
        """A person's candidates for courses, numbered from `first`."""
        school_of = {course: self.term.course(course).school for course in courses}
        blocks = ((course, school, block) for course, school in school_of.items() for block in self._blocks.of[course])
        return [
            Candidate(index, person, course, school, *block)
            for index, (course, school, block) in enumerate(blocks, first)
        ]

    def _passing(self, professional: str, courses: AbstractSet[str]) -> Iterator[tuple[str, AbstractSet[str]]]:
        """Names of rules that screen, each with the courses that are left after it."""
        for book, rule in self._screens:
            made = book.of(rule, professional)
            if made is not None and not self.waivers.cover(rule, professional=professional):
                waived = {self.term.lesson(each).course for each in self.waivers.lessons(rule, professional)}
                courses = made.screen(self, professional, courses) | (courses & waived)
                yield rule.name, courses

    def _drop_forbidden(self) -> None:
        for groups in (self._of_person, self._of_lesson):
            for key, candidates in groups.items():
                groups[key] = [each for each in candidates if each.index not in self.forbidden]

    def screened_out(self, professional: str) -> Iterator[tuple[str, AbstractSet[str]]]:
        """Rules that left a person's candidates for courses out at once, each with those courses."""
        left: AbstractSet[str] = frozenset(self._blocks.of)
        for rule, passing in self._passing(professional, left):
            yield rule, left - passing
            left = passing

    def courses_at(self, start: int, end: int, dates: Dates) -> AbstractSet[str]:
        """Courses that nobody can give without teaching at one of these moments."""
        return self._blocks.at(start, end, dates)

    def once(self, make: Callable[[Board], T]) -> T:
        """What a rule works out for everybody together, made on first use."""
        if make not in self._once:
            self._once[make] = make(self)
        made: T = self._once[make]
        return made

    def candidates_of(self, professional: str) -> Sequence[Candidate]:
        """Candidates of a person that nothing forbids; without screening all of them while eligibility is decided."""
        return self._of_person.get(professional, ())

    def candidates_for(self, lesson: str) -> Sequence[Candidate]:
        """Candidates that give a lesson, likewise."""
        return self._of_lesson.get(lesson, ())

    def waived(self, rule: Rule, *, professional: str | None = None, lesson: str | None = None) -> bool:
        """Whether somebody took responsibility for what a rule would say of this person and lesson."""
        return self.waivers.cover(type(rule), professional=professional, lesson=lesson)

    # A person's days

    def away_of(self, professional: str) -> Sequence[Away]:
        """What takes a person away from work, by half-day and dates."""
        return self._days.away_of(professional)

    def days_of(self, professional: str) -> Sequence[DayClass]:
        """Dates with the same possible stops, with those stops in order of time."""
        return self._days.days_of(professional)

    def stops_on(self, professional: str, day: int) -> tuple[tuple[Stop, Literal], ...]:
        """What a person may do on a day by its number, in order of time, each with when it is so."""
        return self._days.stops_on(professional, day)

    def arcs(self, day: DayClass) -> Iterable[tuple[int, int]]:
        """Pairs of stops of which the second can come right after the first."""
        return self._days.arcs(day)

    def there(self, stop: DayStop) -> Literal:
        """True when a stop is part of its day: its lesson is given, or its work is not pushed out."""
        if stop.candidate is not None:
            return self.teaches(stop.candidate)
        return self.none_of(self.teaches(each) for each in stop.unless)

    def clashes_of(self, professional: str) -> Sequence[Clash]:
        """Clashes among the candidates of a person."""
        self._write(professional, Phase.CLASHES)
        return self._said[professional].clashes

    def excluded_by(self, index: int) -> set[int]:
        """Candidates that clash with this one, once all clashes are written."""
        return self._excluded(self.candidates[index].professional).get(index, set())

    def _find_excluded(self, professional: str) -> dict[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        for clash in self.clashes_of(professional):
            for each in clash.candidates:
                found[each.index].update(other.index for other in clash.candidates if other is not each)
        return found

    # Verbs

    def forbid(self, candidate: Candidate, because: Because) -> None:
        """This candidate cannot be chosen. The reasons are kept."""
        self.forbidden.setdefault(candidate.index, []).append(because)

    def clash(self, candidates: Iterable[Candidate], because: Because) -> None:
        """Of these candidates of one professional at most one can be chosen; where there is only one, not even that."""
        clash = Clash(tuple(candidates), because)
        if clash.candidates:
            self._said[clash.candidates[0].professional].clashes.append(clash)

    def limit(
        self,
        terms: Iterable[tuple[Literal, int]],
        at_most: int,
        because: Because,
        *,
        of: str | None = None,
        price: int | None = None,
        tier: Tier | None = None,
    ) -> None:
        """A weighted sum stays at or below a number. Said again (as for each week alike) it stands once."""
        merged, always = self._merged(terms)
        at_most -= always
        if sum([weight for _, weight in merged if weight > 0]) <= at_most:
            return
        count = len(self._limits_said)
        self._limits_said.add((merged, at_most, because.rule, price, of))
        if len(self._limits_said) > count or price is not None:
            self._about(of).limits.append(Limit(merged, at_most, because, of, price, tier))

    def price(
        self, terms: Iterable[tuple[Literal, int]], because: Because, *, tier: Tier, of: str | None = None
    ) -> None:
        """Each true literal costs its weight; a negative weight is a gain."""
        merged, always = self._merged(terms)
        merged += ((self.true, always),) * bool(always)
        if merged:
            self._about(of).prices.append(Price(merged, because, tier, of))

    def level(
        self, groups: Iterable[Iterable[tuple[Literal, int]]], weight: int, because: Because, *, tier: Tier
    ) -> None:
        """The smallest of several sums gains its size times a weight."""
        merged = [self._merged(terms) for terms in groups]
        if merged and weight:
            levels = tuple((*terms, *((self.true, always),) * bool(always)) for terms, always in merged)
            self.levels.append(Level(levels, weight, because, tier))

    def day(self, professional: str, check: DayCheck, because: Because) -> None:
        """No day with lessons has stops that are too much together: not all of any smallest such set."""
        for day in self.days_of(professional):
            for literals in too_much(self, day, check):
                self.limit([(each, 1) for each in literals], len(literals) - 1, because, of=professional)

    def legs(self, professional: str, cost: LegCost, because: Because, *, tier: Tier) -> None:
        """On every date with lessons, each step of the day from one stop to the next costs.

        The cost is kept as a function: whoever needs arcs asks for those it has, a plan adds up its own steps.
        """
        self._said[professional].legs.append(Legs(professional, cost, because, tier))

    def _about(self, professional: str | None) -> Said:
        """Where what is said of somebody is kept; limits and prices of rules for schools, employers and regions are shared."""
        if self._alone is None:
            return self.shared
        if professional != self._alone:
            raise ValueError(f"a rule that looks at {self._alone} alone says something of {professional or 'several'}")
        return self._said[professional]
