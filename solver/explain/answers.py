"""Answers as people may read them, ready to be written as JSON."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from model.ledger import Account
from model.rule import Hurdle, Owner
from solver.explain.facts import FactKind
from solver.explain.local import Answered


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Fell(_Answer):
    """How many people one rule stops."""

    rule: str
    title: str
    people: int


class Passed(_Answer):
    """A hurdle, how many people are left after it, and which rules stopped the others, each counted once."""

    hurdle: Hurdle
    left: int
    fell: tuple[Fell, ...]


class Blocker(_Answer):
    """Something in the way, and who could change it."""

    rule: str
    title: str
    sentence: str
    owner: Owner


class Agreement(_Answer):
    """Something to agree on, and with whom."""

    sentence: str
    owners: tuple[Owner, ...]
    price: Annotated[int, Field(description="what it is taken to cost them, against other agreements")]


class Points(_Answer):
    """What one rule counts."""

    rule: str
    title: str
    points: int


class CouldGive(_Answer):
    """One person who could give something."""

    professional: str
    name: str
    gives: Annotated[tuple[str, ...], Field(description="the lesson, or all of the course where it stays together")]
    at_once: bool
    blockers: tuple[Blocker, ...]
    agreements: tuple[Agreement, ...]
    possible: Annotated[
        bool | None,
        Field(description="with these agreements, judged anew; null where something cannot be agreed, as with the law"),
    ]
    points: tuple[Points, ...]
    gain: int


class Move(_Answer):
    """Somebody who gives a lesson no more, or from now on."""

    lesson: str
    called: str
    professional: str
    name: str
    gives: bool


class Competition(_Answer):
    """Whether a lesson can be filled while all that is filled stays so, and the lessons it competes with."""

    answered: Answered
    sentence: str
    lessons: tuple[str, ...]
    people: int
    at_most: int | None
    moves: tuple[Move, ...]


class ConflictAnswer(_Answer):
    """Limits that together keep a lesson open, by who could change them."""

    sentence: str
    minimal: Annotated[bool, Field(description="whether without any one of them the lesson could be filled")]
    facts: tuple[Blocker, ...]


class RepairAnswer(_Answer):
    """One way to fill a lesson, applied and judged."""

    owners: tuple[Owner, ...]
    changes: tuple[Agreement, ...]
    price: int
    lower: Annotated[
        int, Field(description="with all lessons at times they have no way costs less, as far as is proved")
    ]
    upper: Annotated[int, Field(description="what this way costs")]
    moves: tuple[Move, ...]
    verified: Annotated[
        Literal[True], Field(description="what does not hold when it is applied and judged is not offered")
    ] = True


class Repairs(_Answer):
    """Ways to fill a lesson, cheapest first."""

    lesson: str
    called: str
    answered: Annotated[Answered, Field(description="impossible: not with any agreement that can be proposed")]
    repairs: Annotated[tuple[RepairAnswer, ...], Field(description="those that this reader may read")]


class WhyOpen(_Answer):
    """Why a lesson is open, and who could give it most easily."""

    lesson: str
    called: str
    open: bool
    sentence: str
    people: int
    hurdles: tuple[Passed, ...]
    free: tuple[str, ...]
    competition: Annotated[Competition | None, Field(description="null where the lesson is not open, or nobody asked")]
    conflict: Annotated[ConflictAnswer | None, Field(description="null where nobody asked, or it was not proved")] = (
        None
    )


class WhoCould(_Answer):
    """Who could give a lesson, most easily first."""

    lesson: str
    called: str
    open: bool
    candidates: tuple[CouldGive, ...]
    others: int


class Instead(_Answer):
    """What it would mean for others if somebody gave a lesson all the same, the people near it planned anew."""

    filling: Annotated[Answered, Field(description="whether all lessons that are filled can stay so: found is yes")]
    sentence: str
    gain: Annotated[int | None, Field(description="points; less than nothing for a loss; null where nothing was found")]
    at_most: Annotated[int | None, Field(description="points at most, with the same people planned anew")]
    people: Annotated[int, Field(description="how many people were planned anew")]
    moves: tuple[Move, ...]


class WhyNot(_Answer):
    """Why somebody does not give a lesson: all that stands in the way at once."""

    lesson: str
    called: str
    sentence: str
    answer: CouldGive | None
    instead: Annotated[Instead | None, Field(description="null where facts stand in the way, or nobody asked")] = None


class WhatCould(_Answer):
    """What somebody could take of what is open."""

    professional: str
    name: str
    lessons: tuple[CouldGive, ...]


class WorthAnswer(_Answer):
    """What one fact is worth, were it otherwise: places filled more, all that is filled staying so."""

    kind: FactKind
    change: Agreement
    professional: str | None
    lesson: Annotated[str | None, Field(description="of which lesson it is, where it is a school's")]
    answered: Annotated[
        Answered,
        Field(description="found: proved; impossible: proved to be worth nothing; unknown: between the bounds; failed"),
    ]
    sentence: str
    lower: Annotated[int, Field(description="worth no less, proved")]
    upper: Annotated[int, Field(description="worth no more, proved")]
    gain: Annotated[int, Field(description="places found to be filled with it, above what was found without")]
    fills: Annotated[tuple[str, ...], Field(description="lessons that are then filled more")]
    moves: tuple[Move, ...]


class BestAnswer(_Answer):
    """Facts that are worth most together."""

    sentence: str
    proved: Annotated[bool, Field(description="whether no as many facts are worth more")]
    changes: tuple[Agreement, ...]
    lower: int
    upper: Annotated[int, Field(description="no as many facts are worth more, proved")]
    gain: int
    fills: tuple[str, ...]
    moves: tuple[Move, ...]


class Worths(_Answer):
    """What facts are worth that this reader may ask about, most first."""

    open_places: int
    free: Annotated[int, Field(description="places that lessons changing hands fill without any change")]
    free_at_most: int
    sentence: str
    facts: tuple[WorthAnswer, ...]
    not_looked_at: Annotated[int, Field(description="facts for which time was up")]
    best: Annotated[BestAnswer | None, Field(description="null where nobody asked")] = None


class AccountRow(_Answer):
    """Points of one name in an account."""

    name: Annotated[str, Field(description="id, or name of a rule or tier; empty for what is nobody's in particular")]
    called: str
    points: int


class LedgerAnswer(_Answer):
    """What a timetable is worth, or how much more than another, by account."""

    value: int
    accounts: dict[Account, tuple[AccountRow, ...]]
