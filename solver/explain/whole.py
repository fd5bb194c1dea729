"""The board of a region with its timetable, and what all small models of it need, made once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache

from model.heads import counted
from model.promised import over
from model.rule import Candidate, Literal
from model.rules import RULES
from solver.assignment import candidates_in
from solver.board import Board
from solver.explain.part import Part
from solver.explain.region import Region
from solver.plan.literals import Owners, giving
from solver.said import Limit, Price

HARD = tuple(rule for rule in RULES if rule.hard() and rule.name != "must_fill")
"""Rules that a timetable must not break; that a lesson must be filled forbids nobody to fill another."""


class Whole:
    """The board of a region with what all small models of it need, made once.

    Args:
        board: another one, such as of some people only.

    Attributes:
        held: candidates that the timetable chooses, by index.
        holding: by lesson who gives it, as candidates.
        counting, holds: see `_counting` and `_holds`, kept.
        literals: how many literals there are on the board.
        speaking: by person those of them that depend on that person's choices.
        parts: what people may do by their own rules, where it was worked out.
    """

    def __init__(self, region: Region, board: Board | None = None) -> None:
        self.region = region
        self.board = board or Board.of(region.term, calendar=region.calendar, travel=region.travel)
        self.held = candidates_in(self.board, region.timetable)
        self.owners = self.board.once(Owners)
        self.holding: dict[str, list[Candidate]] = defaultdict(list)
        for index in sorted(self.held):
            for lesson in self.board.candidates[index].lessons:
                self.holding[lesson].append(self.board.candidates[index])
        self.held_by: dict[str, list[Candidate]] = defaultdict(list)
        for index in sorted(self.held):
            self.held_by[self.board.candidates[index].professional].append(self.board.candidates[index])
        for person in dict.fromkeys(each.professional for each in self.board.candidates):
            self.board.said_of(person)  # here, so that processes begun from here have it
        self.counting = cache(self._counting)
        self.holds = cache(self._holds)
        self.speaking: dict[str, set[Literal]] = defaultdict(set)
        self.literals = len(self.board.definitions)
        for literal in range(self.literals):
            for person in self.owners.of(literal):
                self.speaking[person].add(literal)
        self.parts: dict[str, Part] = {}
        self._limits = self._by_person(self.board.shared.limits)
        self._prices = self._by_person(self.board.shared.prices)

    @classmethod
    def by_hard_rules(cls, region: Region, only_people: Collection[str] | None = None) -> Whole:
        """With nothing on the board that only costs, of everybody or of some people."""
        board = Board.of(
            region.term, rules=HARD, only_people=only_people, calendar=region.calendar, travel=region.travel
        )
        return cls(region, board)

    def _holds(self, literal: Literal) -> bool:
        """Whether a literal is true as it stands."""
        kind, about = self.board.definitions[literal]
        match kind:
            case "teaches":
                return about[0] in self.held
            case "true" | "false":
                return kind == "true"
            case "all":
                return all(self.holds(each) for each in self.parts_of(literal))
        return any(self.holds(each) for each in self.parts_of(literal))

    def parts_of(self, literal: Literal) -> list[Literal]:
        """What a literal is made of."""
        kind, about = self.board.definitions[literal]
        if kind == "at":
            return [self.board.teaches(self.board.candidates[each]) for each in giving(self.board, literal)]
        return [int(each or 0) for each in about] if kind in ("any", "all") else []

    def is_all(self, person: str, candidates: Collection[Candidate]) -> bool:
        """Whether these are all that somebody could give."""
        return set(candidates) >= set(self.board.candidates_of(person))

    def _counting(self, lesson: str) -> list[list[int]]:
        """For each part of the term that is not over: candidates that count as teachers of a lesson, by index."""
        past = over(self.board.calendar)
        return [
            [each.index for each in counting] for _, counting, dates in counted(self.board, lesson) if dates & ~past
        ]

    def _by_person(self, said: Iterable[Limit | Price]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(said):
            for person in self.people_in(each):
                found[person].append(number)
        return found

    def people_in(self, said: Limit | Price) -> frozenset[str]:
        """Everybody a limit or a price speaks of."""
        return frozenset().union(*(self.owners.of(literal) for literal, _ in said.terms))

    def shared_of(self, people: Iterable[str], *, priced: bool = False) -> list[Limit]:
        """Shared limits that speak of any of these people: hard ones, or those that may be passed at a price."""
        limits = self.board.shared.limits
        numbers = sorted({number for person in people for number in self._limits.get(person, ())})
        return [limits[number] for number in numbers if (limits[number].price is not None) == priced]

    def near(self, people: Collection[str]) -> list[str]:
        """Others who give something, and of whom shared limits speak together with these people."""
        found = dict.fromkeys(other for limit in self.shared_of(people) for other in sorted(self.people_in(limit)))
        return [other for other in found if other not in people and self.held_by.get(other)]

    def prices_of(self, people: Iterable[str]) -> list[Price]:
        """Shared prices that speak of any of these people."""
        prices = self.board.shared.prices
        return [
            prices[number] for number in sorted({each for person in people for each in self._prices.get(person, ())})
        ]

    def eligible(self, lesson: str) -> list[Candidate]:
        """Candidates that give a lesson."""
        return [each for each in self.board.candidates_for(lesson) if each.index not in self.board.forbidden]
