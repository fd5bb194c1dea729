"""Whom to recruit: people who are not there yet, each with one licence, one town and one free half-day, by the lessons they would fill.

All of them stand on one board, so that what each may give by all rules about one person is worked out at once. What somebody brings
can take as everything stands is judged; that no more comes of them is proved by the ceiling of `solver.explain`, or with few people
by planning everybody anew.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from model.change import Edit, edited
from model.fields import HalfDay, Weekday
from model.lessons import Course
from model.people import LicenceLevel, TravelMode
from model.rule import Candidate
from model.sites import Sector
from model.term import Term
from model.timetable import Assignment
from solver.assignment import timetable_of
from solver.board import Board
from solver.explain.base import PREPARING_SECONDS, SMALL, Base, own_board
from solver.explain.ceiling import PERSON_SECONDS, OnePerson
from solver.explain.filling import Filled, fill
from solver.explain.local import solver_for
from solver.explain.region import Region
from solver.explain.whole import Whole
from solver.parallel import share_out

TRAVEL_MINUTES = 45
"""How far somebody new is taken to be willing to travel, one way."""

TRIED = 40
"""So many of those who could take most are planned and judged."""

SCHOOL_WEEK = tuple(Weekday)[:5]


@dataclass(frozen=True, slots=True)
class Profile:
    """Somebody to look for."""

    subject: str
    sector: Sector
    level: LicenceLevel
    town: str
    weekday: Weekday
    half_day: HalfDay


@dataclass(frozen=True, slots=True)
class Recruit:
    """What somebody would bring.

    Attributes:
        gain: open lessons they can take as everything stands, judged.
        lower, upper: proved: no fewer and no more places can be filled with them than can be without.
        lessons: those they would take.
    """

    profile: Profile
    gain: int
    lower: int
    upper: int
    lessons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recruiting:
    """All that was looked at: those that bring anything, most first, and how many profiles there were."""

    best: tuple[Recruit, ...]
    looked_at: int


def whom_to_recruit(region: Region, seconds: float, most: int = 20) -> Recruiting:
    """The profiles that would fill most, as far as the time tells."""
    until = time.monotonic() + seconds
    base = region.once(Base, min(PREPARING_SECONDS, seconds / 2))
    profiles = list(_profiles(region))
    new = {f"new:{number}": profile for number, profile in enumerate(profiles)}
    grown = Region(with_people(region.term, new), region.timetable)
    board = own_board(grown, grown.term, list(new))
    opened = set(region.open_lessons)
    able = {who: tuple(each for each in board.candidates_of(who) if opened.intersection(each.lessons)) for who in new}
    order = sorted((who for who in new if able[who]), key=lambda who: -len({x for c in able[who] for x in c.lessons}))
    asked = _distinct(order, able)[:TRIED]

    def one(who: str) -> Recruit | None:
        if time.monotonic() > until:
            return None
        lessons = _takes(grown, board, who, able[who])
        with_them, most = len(lessons), len(opened)
        if base.clean:
            most = base.ceiling.with_more(base.ceiling.best_plan(board, who)[0])
        if len(region.term.professionals) <= SMALL:
            filled = _everybody(region, new[who], until)
            with_them = max(with_them, filled.places)
            most = most if filled.at_most is None or not base.clean else min(most, filled.at_most)
        upper = max(0, most - base.free)
        return Recruit(new[who], len(lessons), min(upper, max(0, with_them - base.most)), upper, lessons)

    found = [each for each in share_out(one, asked, 2) if each is not None and each.upper]
    found.sort(key=lambda each: (-each.gain, -each.lower, -each.upper, each.profile.subject, each.profile.town))
    return Recruiting(tuple(found[:most]), len(profiles))


def _profiles(region: Region) -> Iterator[Profile]:
    """Every subject that is open somewhere, in every town with a school or employer, on every half-day of the school week."""
    term = region.term
    wanted: dict[tuple[str, Sector, LicenceLevel], None] = {}
    for lesson in region.open_lessons:
        course = term.course(term.lesson(lesson).course)
        wanted[course.subject, course.sector or term.school(course.school).sector, _level(term, course)] = None
    halves: dict[tuple[Weekday, HalfDay], None] = {}
    for lesson in region.open_lessons:
        for option in region.calendar.options(lesson):
            when = term.lesson(lesson) if option is None else term.lesson_time(option)
            for span in region.calendar.spans(lesson, option):
                halves[when.weekday, region.calendar.half_day(span.start)] = None
    for subject, sector, level in wanted:
        for town in places(term):
            for weekday, half_day in sorted(halves, key=lambda each: (each[0].iso, list(HalfDay).index(each[1]))):
                yield Profile(subject, sector, level, town, weekday, half_day)


def _level(term: Term, course: Course) -> LicenceLevel:
    """The licence to ask for: what the course accepts, or what is usual in its sector."""
    if course.required_licence:
        return course.required_licence[0]
    sector = course.sector or term.school(course.school).sector
    return LicenceLevel.PDG if sector is Sector.MBO else LicenceLevel.SECOND


def places(term: Term) -> dict[str, tuple[float, float]]:
    """Towns of schools and employers, each with one place in it."""
    found: dict[str, tuple[float, float]] = {}
    known = [(row.town, row.latitude, row.longitude) for row in term.schools]
    known += [(row.town, row.latitude, row.longitude) for row in term.employer_sites]
    for town, latitude, longitude in known:
        if town and latitude is not None and longitude is not None:
            found.setdefault(town, (latitude, longitude))
    return found


def with_people(term: Term, new: dict[str, Profile]) -> Term:
    """The term with people of these profiles: without employer, open to any school, free on their half-day alone."""
    where, edits = places(term), list[Edit]()
    for who, profile in new.items():
        latitude, longitude = where[profile.town]
        edits.append(
            Edit(
                "professionals",
                None,
                {
                    "id": who,
                    "name": who,
                    "home_town": profile.town,
                    "home_latitude": latitude,
                    "home_longitude": longitude,
                    "travel_mode": TravelMode.CAR,
                    "max_travel_minutes": TRAVEL_MINUTES,
                    "open_for_matching": True,
                },
            )
        )
        licence = {"professional": who, "subject": profile.subject, "sector": profile.sector, "level": profile.level}
        edits.append(Edit("licences", None, licence))
        for weekday in Weekday:
            busy: list[tuple[int | None, int | None]] = [(None, None)]
            if weekday is profile.weekday:
                ends = {HalfDay.MORNING: (0, term.noon), HalfDay.AFTERNOON: (term.noon, term.evening)}
                first, last = ends.get(profile.half_day, (term.evening, 24 * 60))
                busy = [(start, end) for start, end in ((0, first), (last, 24 * 60)) if start < end]
            for start, end in busy:
                values = {"professional": who, "weekday": weekday, "start": start, "end": end}
                edits.append(Edit("unavailability", None, values))
    return edited(term, edits)


def _distinct(order: Sequence[str], able: dict[str, tuple[Candidate, ...]]) -> list[str]:
    """Those who could take something that nobody before them in the same way could: one town of several, mostly the nearest."""
    seen: dict[tuple[tuple[str, ...], ...], None] = {}
    found = []
    for who in order:
        key = tuple(sorted(each.lessons for each in able[who]))
        if key not in seen:
            seen[key] = None
            found.append(who)
    return found


def _everybody(region: Region, profile: Profile, until: float) -> Filled:
    """What can be filled with somebody new when everybody is planned anew."""
    term = with_people(region.term, {"new": profile})
    whole = Whole.by_hard_rules(Region(term, region.timetable))
    return fill(whole, [each.id for each in term.professionals], max(0.1, until - time.monotonic()))


def _takes(grown: Region, board: Board, who: str, able: Sequence[Candidate]) -> tuple[str, ...]:
    """Open lessons somebody new could take, as many as fit, judged with everything as it stands."""
    term = grown.term
    opened = set(grown.open_lessons)
    model = OnePerson(board, who)
    terms = [(model.variable(board.teaches(each)), len(opened.intersection(each.lessons))) for each in able]
    others = [each for each in board.candidates_of(who) if each not in able]
    for each in others:
        model.cp.add_bool_and([~model.variable(board.teaches(each))])
    model.cp.maximize(cp_model.LinearExpr.weighted_sum([each for each, _ in terms], [worth for _, worth in terms]))
    solver = solver_for(PERSON_SECONDS)
    if solver.solve(model.cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return ()
    chosen = [each for each in able if solver.boolean_value(model.variable(board.teaches(each)))]
    rows: tuple[Assignment, ...] = timetable_of(chosen).assignments
    while rows:
        wrong = next((each for each in grown.judging.broken(added=rows) if each.rule != "must_fill"), None)
        if wrong is None:
            return tuple(dict.fromkeys(row.lesson for row in rows if row.lesson in opened))
        dropped = wrong.lesson if any(row.lesson == wrong.lesson for row in rows) else rows[-1].lesson
        course = term.lesson(dropped or "").course
        rows = tuple(row for row in rows if term.lesson(row.lesson).course != course)
    return ()
