"""The release-day planner of one employer: what each half-day more of each person brings, and what there is to give.

Every half-day on which somebody works and is not released is a fact whose worth is asked (`solver.explain.worth`): screened,
then planned anew, between what was found and what is proved. Worths do not add up, so the best few together, and whole weekdays of
the team, are asked as sets.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from model.calendar import days
from model.day import gives_whole_days
from model.fields import HalfDay, Weekday
from model.law_report import PersonReport, law_report
from model.people import Presence as PresenceAsked
from model.people import Professional
from model.rules.presence import demands_of, group_of, most_away
from solver.explain.aside import in_child
from solver.explain.base import PREPARING_SECONDS, Base
from solver.explain.best import Best, best_together
from solver.explain.facts import Fact, FactKind, facts
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.worth import Worth, together, worth
from solver.parallel import share_out

EACH_SECONDS = 2.0
"""How long one half-day may be looked at."""

LEAST_SECONDS = 0.3
"""With less time nothing is looked at any more: too little would only say that nothing is known."""

TEAM_SECONDS = 3.0
"""How long a weekday of the whole team may be looked at."""


class State(StrEnum):
    """What somebody does on a half-day."""

    FREE = "free"
    """Does not work for the employer then."""
    WORKS = "works"
    """Works, and is not released."""
    RELEASED = "released"
    """Is released, and works as long as no lesson asks for it."""
    AWAY = "away"
    """Is released and teaches."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A half-day of the week of one person; a whole day (no half-day) where the employer gives whole days away.

    Attributes:
        hours: of work then, in an average week of the term.
        worth: of releasing it; None where that is not a question, or was not looked at in time.
    """

    professional: str
    weekday: Weekday
    half_day: HalfDay | None
    state: State
    hours: float
    worth: Worth | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """How many people of the employer are at work on a half-day of the week, on the date that is tightest.

    Attributes:
        at_work: who work then, if nobody taught.
        away: who teach then.
        most: how many may be away together at most; None where nothing says so.
    """

    weekday: Weekday
    half_day: HalfDay
    at_work: int
    away: int
    most: int | None


@dataclass(frozen=True, slots=True)
class TeamDay:
    """Everybody who works on a weekday released on it."""

    weekday: Weekday
    people: int
    worth: Worth | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an employer could give, and what it brings.

    Attributes:
        open_places: places that are open in the timetable asked about.
        free: places that can be filled without any release more.
        best: the best few half-days together, where that was asked.
        law: margins of those who teach.
        not_looked_at: half-days for which time was up.
    """

    employer: str
    open_places: int
    free: int
    cells: tuple[Cell, ...]
    presence: tuple[Presence, ...]
    team: tuple[TeamDay, ...]
    best: Best | None
    law: tuple[PersonReport, ...]
    not_looked_at: int


def release_plan(
    region: Region,
    employer: str,
    *,
    seconds: float,
    best: int = 0,
    tell: Callable[[str, int, int], None] = lambda *_: None,
) -> Plan:
    """The plan of one employer.

    Args:
        region: the term with the timetable asked about.
        seconds: for all of it; what time is left for is looked at.
        best: also the best so many half-days together.
        tell: told what is done now (`base`, `cells`, `team`, `best`), how far, and of how much.
    """
    until = time.monotonic() + seconds
    tell("base", 0, 1)
    base = region.once(Base, min(PREPARING_SECONDS, seconds / 2))
    people = [each.id for each in region.term.people_of(employer)]
    asked = list(facts(region, people=people, kinds=(FactKind.RELEASE,)))
    share = 0.5 if best else 0.8
    tell("cells", 0, len(asked))
    found = worths(base, asked, time.monotonic() + share * max(0.0, until - time.monotonic()))
    known = {_key(fact): each for fact, each in zip(asked, found, strict=True)}
    cells = tuple(cell for person in people for cell in _cells(region, person, known))
    tell("team", 0, len(Weekday))
    team = tuple(_team(base, asked, until))
    together_ = None
    if best:
        tell("best", 0, 1)
        looked = [each for each in found if each is not None]
        left = max(0.0, until - time.monotonic())
        together_ = best_together(base, [each.facts[0] for each in looked], best, left, known=looked)
    reading = region.judging.reading
    reports = law_report(region.term, region.timetable, calendar=reading.calendar, travel=reading.travel)
    return Plan(
        employer,
        base.ceiling.open_places,
        base.free,
        cells,
        tuple(_presence(region, employer)),
        team,
        together_,
        tuple(each for each in reports if each.professional in people),
        sum(each is None for each in found),
    )


def worths(base: Base, asked: Sequence[Fact], until: float) -> list[Worth | None]:
    """What each fact is worth, shared out over the cores; None of those for which time was up."""
    if not base.ceiling.open_places:
        return [Worth((each,), Answered.IMPOSSIBLE, 0, 0) for each in asked]
    for person in dict.fromkeys(each.professional for each in asked if each.professional is not None):
        base.own_board(person)  # here, so that every process has it

    def one(fact: Fact) -> Worth | None:
        left = until - time.monotonic()
        return None if left < LEAST_SECONDS else worth(base, fact, min(EACH_SECONDS, left))

    try:
        return share_out(one, list(asked), 4)
    except EOFError:  # a process ended: then each by itself, so that only what went wrong is lost
        return [_apart(base, each, until) for each in asked]


def _apart(base: Base, fact: Fact, until: float) -> Worth | None:
    left = until - time.monotonic()
    if left <= 0:
        return None
    seconds = min(EACH_SECONDS, left)
    found = in_child(lambda: worth(base, fact, seconds), seconds)
    return found or Worth((fact,), Answered.FAILED, 0, base.ceiling.open_places)


def _key(fact: Fact) -> tuple[str, Weekday, HalfDay | None]:
    """Whose release it is, and when."""
    values = fact.change.edits[0].values or {}
    return str(values["professional"]), Weekday(values["weekday"]), values["half_day"]


# What there is


def _cells(
    region: Region, person: str, known: dict[tuple[str, Weekday, HalfDay | None], Worth | None]
) -> Iterator[Cell]:
    """The week of one person."""
    row = region.term.professional(person)
    halves: tuple[HalfDay | None, ...] = (None,) if gives_whole_days(region.term, person) else tuple(HalfDay)
    weeks = max(1, len(region.calendar.weeks))
    for weekday in Weekday:
        for half_day in halves:
            state, minutes = _state(region, row, weekday, half_day)
            worth_ = known.get((person, weekday, half_day)) if state is State.WORKS else None
            if state is not State.FREE or (weekday.iso <= 5 and half_day is not HalfDay.EVENING):
                yield Cell(person, weekday, half_day, state, round(minutes / 60 / weeks, 2), worth_)


def _state(region: Region, person: Professional, weekday: Weekday, half_day: HalfDay | None) -> tuple[State, int]:
    """What somebody does then, and for how many minutes over the term: what they work unreleased decides."""
    calendar, reading, minutes, states = region.calendar, region.judging.reading, 0, set[State]()
    for piece in calendar.pieces(person.id):
        dates = piece.dates & calendar.on(weekday)
        if not dates or half_day not in (None, piece.half_day):
            continue
        minutes += dates.bit_count() * (piece.end - piece.start)
        if not piece.released:
            states.add(State.WORKS)
        elif any(piece in reading.work_day(person.id, day).away for day in days(dates)):
            states.add(State.AWAY)
        else:
            states.add(State.RELEASED)
    order = (State.WORKS, State.AWAY, State.RELEASED)
    return next((each for each in order if each in states), State.FREE), minutes


def _presence(region: Region, employer: str) -> Iterator[Presence]:
    """Each half-day of the week on which anybody works."""
    term, calendar, reading = region.term, region.calendar, region.judging.reading
    people = [each.id for each in term.people_of(employer)]
    demands = [(row, {each.id for each in group_of(term, row)}) for _, row in demands_of(term, employer)]
    for weekday in Weekday:
        for half_day in HalfDay:
            worst: tuple[int, Presence] | None = None
            for day in days(calendar.on(weekday)):
                today = {person: reading.work_day(person, day) for person in people}
                gone = {who for who, each in today.items() if any(piece.half_day is half_day for piece in each.away)}
                there = gone | {
                    who for who, each in today.items() if any(piece.half_day is half_day for piece in each.worked)
                }
                if not there:
                    continue
                spare, most = len(there), None
                for row, group in demands:
                    if _holds(row, calendar.date_of(day).isocalendar().week, weekday, half_day):
                        allowed = most_away(row, len(there & group))
                        left = allowed - len(gone & group)
                        if most is None or left < spare:
                            spare, most = left, len(gone) + left
                now = (spare if most is not None else len(there) - len(gone), len(there))
                if worst is None or now < (worst[0], worst[1].at_work):
                    worst = now[0], Presence(weekday, half_day, len(there), len(gone), most)
            if worst is not None:
                yield worst[1]


def _holds(row: PresenceAsked, week: int, weekday: Weekday, half_day: HalfDay) -> bool:
    """Whether a row asks anything of a half-day in a week."""
    in_week = row.weeks is None or week in row.weeks
    return in_week and row.weekday in (None, weekday) and row.half_day in (None, half_day)


def _team(base: Base, asked: Sequence[Fact], until: float) -> Iterator[TeamDay]:
    """Every weekday on which more than one of the team could be released."""
    for weekday in Weekday:
        mine = [each for each in asked if _key(each)[1] is weekday]
        people = len({each.professional for each in mine})
        if people < 2:
            continue
        left = until - time.monotonic()
        if left <= 0:
            yield TeamDay(weekday, people, None)
            continue
        yield TeamDay(weekday, people, _together_apart(base, mine, min(TEAM_SECONDS, left)))


def _together_apart(base: Base, mine: Sequence[Fact], seconds: float) -> Worth | None:
    """Several facts at once, in a process of its own; None where that went wrong or took too long."""
    return in_child(lambda: together(base, mine, seconds), seconds)
