"""Small random terms whose rules are often at stake: few days, close times, shared class groups, scarce people.

Everything is chosen by `pick`, which takes one of a sequence. With a seeded `random.Random` behind it there are many
terms in little time, the same on every run (`drawn_cases`); with hypothesis behind it a failing one is made smaller
(`cases`, `smallest_case`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st

from model.calendar import Calendar
from model.demands import expanded
from model.rule import Subject
from model.rules import BY_NAME
from model.term import Term
from model.timetable import Assignment, Timetable
from solver.assignment import candidates_in
from solver.board import Board
from tests.agreement import Case, is_whole, timetable_of
from tests.random_agreements import agreed, chosen
from tests.random_hours import worked
from tests.random_rights import entitled
from tests.random_school import add_school_life
from tests.regions import Row, grid

Pick = Callable[[Sequence[Any]], Any]

DRAWN = 350
"""How many cases the agreement is checked on; the mutation tests must find their faults in the same ones."""

MONDAYS = (date(2026, 9, 7), date(2026, 12, 21))
"""First days of terms: an ordinary week 37, and week 52 of a year with a week 53."""

DAYS = ("mon", "mon", "tue")
SCHOOLS = ("north", "south", "north")
SUBJECTS = ("x", "X", "x", "x", "y")  # case does not matter
CLOCKS = (("08:30", "09:20"), ("09:00", "10:15"), ("10:20", "11:00"), ("12:10", "13:00"), ("17:40", "18:30"))
LONG = {"1": ("08:30", "09:20"), "2": ("09:20", "10:10"), "3": ("10:30", "11:20"), "4": ("12:40", "13:30")}
LATE = {"1": ("08:50", "09:40"), "2": ("09:40", "10:30"), "3": ("10:45", "11:35"), "4": ("13:00", "13:50")}
SHORT = {"1": ("08:30", "09:10"), "2": ("09:10", "09:50"), "3": ("10:00", "10:40"), "4": ("11:00", "11:40")}
PERIODS = tuple(LONG)
POINTS = ((51.44, 5.47), (51.45, 5.52), (51.40, 5.40), (51.47, 5.66))
HOURS = (("08:00", "12:30"), ("08:30", "17:00"), ("13:00", "18:30"), ("12:00", "15:00"))
"""Of work at the employer."""
RELEASES = (
    *[(None, None, None), ("morning", None, None), ("morning", None, None), ("afternoon", None, None)],
    *[(None, "08:00", "12:00"), (None, "10:00", "15:00"), ("morning", "10:00", None)],
)
"""Half-day and hours that are given away."""
SETTINGS: tuple[Row, ...] = (
    *(
        {"rule": rule, "enabled": False}
        for rule in ("presence", "wishes", "continuity", "lessons_per_day", "travel_limit")
    ),
    {"rule": "filled", "parameter": "normal", "value": "70"},
    {"rule": "filled", "parameter": "high", "value": "90"},
    {"rule": "gaps", "parameter": "weight", "value": "7"},
    {"rule": "gaps", "parameter": "break_minutes", "value": "0"},
    {"rule": "travel", "parameter": "weight", "value": "3"},
    {"rule": "wishes", "parameter": "weight", "value": "11"},
    {"rule": "continuity_wish", "parameter": "weight", "value": "40"},
    *({"rule": "people_used", "parameter": "weight", "value": value} for value in ("6", "25", "800")),
    {"rule": "lessons_per_week", "parameter": "default", "value": "2"},
    {"rule": "lessons_per_day", "parameter": "default", "value": "1"},
    {"rule": "days_per_week", "parameter": "default", "value": "1"},
    {"rule": "travel_limit", "parameter": "default_minutes", "value": "15"},
)
"""Rules switched off, other limits and other weights."""


# Many at once, and one made small


@cache
def drawn_cases() -> tuple[Case, ...]:
    """The same cases on every run."""
    return tuple(_case(Random(seed).choice, timetables=4) for seed in range(DRAWN))


@cache
def calm_cases() -> tuple[Case, ...]:
    """As many without meetings, hours, agreements and rights: where all rules hold at once, timetables can keep them."""
    return tuple(_case(Random(seed).choice, timetables=4, lively=False) for seed in range(DRAWN))


@st.composite
def cases(draw: st.DrawFn, timetables: int = 1) -> Case:
    """The same as a strategy of hypothesis."""
    return _case(lambda values: draw(st.sampled_from(values)), timetables)


@st.composite
def terms(draw: st.DrawFn) -> Term:
    """Only the term."""
    return _term(lambda values: draw(st.sampled_from(values)))


def smallest_case(condition: Callable[[Case], bool]) -> Case:
    """A case that meets a condition, with as little in it as hypothesis can leave."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]  # this only reports
    phases = (Phase.generate, Phase.shrink)
    how = settings(max_examples=1000, deadline=None, database=None, suppress_health_check=quiet, phases=phases)
    return find(cases(), condition, settings=how)


def _case(pick: Pick, timetables: int, *, lively: bool = True) -> Case:
    term = _term(pick, lively=lively)
    board = Board.of(term, rules=(), screen=False)
    drawn = tuple(_timetable(pick, board) for _ in range(timetables))
    if lively:
        term = entitled(pick, worked(pick, agreed(pick, term, drawn)))
    term, drawn = _handed_over(pick, term, drawn)
    return Case(chosen(pick, term) if lively else term, drawn)


def _handed_over(pick: Pick, term: Term, drawn: tuple[Timetable, ...]) -> tuple[Term, tuple[Timetable, ...]]:
    """Weeks in which courses may be handed over, and timetables in which that happens, also as published ones change."""
    weeks = [*Calendar(term).weeks]
    choices = [None, None, weeks[1:2], weeks[1:], weeks[-1:]]
    term = term.replace(courses=[row.replace(handover_weeks=pick(choices)) for row in term.courses])
    board = Board.of(term, rules=(), screen=False)
    # Where other times of lessons have moved the segments of their course, some are no longer whole.
    drawn = tuple(each for each in drawn if is_whole(board, each))
    if any(each.weeks for each in board.candidates):
        known = [Assignment(**{name: getattr(row, name) for name in _ROW}) for row in term.published]
        before = Timetable(assignments=tuple(known)) if known else pick((Timetable(), *drawn))
        drawn = (*drawn, _changed(pick, board, before), _changed(pick, board, before), _timetable(pick, board))
    return term, drawn


def split_timetables(term: Term, seed: int) -> tuple[Timetable, ...]:
    """More timetables of a term: two at random, and courses whole for one person but for some of it."""
    pick = Random(seed).choice
    board = Board.of(term, rules=(), screen=False)
    drawn = [_timetable(pick, board) for _ in range(2)]
    for course in term.courses:
        person, option = pick(term.professionals).id, pick((0, 0, 1))
        theirs = [each for each in board.candidates if (each.professional, each.course) == (person, course.id)]
        times: dict[str, list[str | None]] = {}
        for each in theirs:
            times.setdefault(each.lessons[0], []).append(each.options[0])
        chosen = [
            each for each in theirs if each.options[0] == times[each.lessons[0]][option % len(times[each.lessons[0]])]
        ]
        other = [each for each in board.candidates if each.course == course.id and pick((True, *[False] * 8))]
        drawn += [timetable_of(chosen), timetable_of(chosen[1:]), timetable_of([*chosen[:-1], *other])]
        drawn.append(timetable_of(each for each in chosen if each.weeks == chosen[-1].weeks))
    return tuple(drawn)


_ROW = ("lesson", "professional", "option", "weeks")


def _changed(pick: Pick, board: Board, before: Timetable) -> Timetable:
    """A timetable, as far as it is whole, with changes from a week on."""
    chosen = [board.candidates[each] for each in sorted(candidates_in(board, before))]
    since = board.calendar.in_weeks([pick([*board.calendar.weeks][::-1])])
    later = board.calendar.all & ~((since & -since) - 1)
    kept = [each for each in chosen if not each.dates & later or pick((True, False, False))]
    others = [each for each in board.candidates if not each.dates & ~later]
    return timetable_of([*kept, *(pick(others) for _ in range(pick((0, 1, 1, 2, 4))) if others)])


def _timetable(pick: Pick, board: Board) -> Timetable:
    """Some whole candidates: any share of them, or one to three, perhaps of one person."""
    if not board.candidates:
        return Timetable()
    if pick((True, False)):
        one_of = pick((1, 2, 4, 4, 8, 100))
        return timetable_of(each for each in board.candidates if pick(range(one_of)) == 0)
    person = pick([None, None, *board.term.professionals])
    some = board.candidates_of(person.id) if person else board.candidates
    return timetable_of(pick(some) for _ in range(pick((1, 2, 2, 3))))


# Chances


def often(value: Any, other: Any) -> list[Any]:
    """One value three times out of four."""
    return [value, value, value, other]


def seldom(*values: Any, otherwise: Any = None) -> list[Any]:
    """One of the values one time out of eight."""
    return [*[otherwise] * 7 * len(values), *values]


def maybe(*values: Any) -> list[Any]:
    """None half of the time, else one of the values."""
    return [*[None] * len(values), *values]


def rows(pick: Pick, prefix: str, least: int, most: int, **fields: Sequence[Any]) -> list[Row]:
    """So many rows with ids of their own and a choice for each field."""
    return [
        {"id": f"{prefix}{number}", **{name: pick(values) for name, values in fields.items()}}
        for number in range(pick(range(least, most + 1)))
    ]


# A term


def _term(pick: Pick, *, lively: bool = True) -> Term:
    """Two to four weeks, two to four people, two schools, one employer, two to six lessons."""
    start = pick(MONDAYS)
    days = [start + timedelta(days=day) for day in range(7 * pick((2, 3, 4)))]
    weeks = list(dict.fromkeys(day.isocalendar().week for day in days))
    week_sets = maybe(weeks[::2], weeks[1::2], weeks[:1], weeks[1:])
    dates = [day for day in days if day.weekday() < 2]
    tables = {"id": "term", "start": start, "end": days[-1], "count_proposed_releases": pick((True, False))}
    tables |= _schools(pick, dates, middle=days[len(days) // 2])
    tables |= _people(pick, week_sets)
    people = [row["id"] for row in tables["professionals"]]
    tables |= _employer(pick, people, week_sets)
    tables |= _rights(pick, people, dates)
    tables |= _demand(pick, people, week_sets)
    tables |= _habits(pick, people, dates)
    if lively:
        add_school_life(pick, tables, week_sets)
    return expanded(Term.model_validate(tables))


def _schools(pick: Pick, dates: list[date], middle: date) -> dict[str, Any]:
    buffers = (0, 5, 10, 30)
    schools = []
    for school_id in ("north", "south"):
        row = {"id": school_id, "name": school_id, "sector": "vo", "board": pick(often("b1", "b2"))} | _place(pick)
        row |= {"arrival_buffer_minutes": pick(buffers), "leave_buffer_minutes": pick(buffers)}
        schools.append(row | {"practical_buffer_minutes": pick(maybe(0, 20))})
    grids = [*grid("north", LONG), *grid("north", LATE, variant="late"), *grid("north", SHORT, variant="short")]
    grids += grid("north", SHORT, weekday="tue") if pick((True, False)) else []
    grids += [*grid("south", LATE, valid_to=middle), *grid("south", SHORT, valid_from=middle + timedelta(days=1))]
    grids += [*grid("south", SHORT, variant="short"), *grid("south", LONG, variant="late")]
    kinds = ("holiday", "public_holiday", "study_day", "test_week", "closure", "shortened", "shortened")
    special = rows(
        pick, "day", 0, 3, scope=("north", "south", "works", None), start=dates, length=(0, 0, 7), kind=kinds
    )
    for row in special:
        scope, row["end"] = row.pop("scope"), row["start"] + timedelta(days=row.pop("length"))
        row["employer" if scope == "works" else "school"] = scope
        row["variant"] = pick(("short", "late")) if row["kind"] == "shortened" else None
    groups = [{"id": "g1", "school": "north", "variant": pick(often("standard", "late"))}]
    return {
        "boards": [{"id": "b1"}, {"id": "b2"}],
        "schools": schools,
        "time_grids": grids,
        "calendar_days": special,
        "class_groups": [*groups, {"id": "g2", "school": "north"}, {"id": "h1", "school": "south"}],
        "rooms": [{"id": "r1", "school": "north"}],
        "staff": [{"id": "mentor", "school": "north"}],
    }


def _place(pick: Pick, prefix: str = "") -> Row:
    latitude, longitude = pick([*POINTS, *POINTS, *POINTS, (None, None)])
    return {f"{prefix}latitude": latitude, f"{prefix}longitude": longitude}


def _people(pick: Pick, week_sets: list[Any]) -> dict[str, Any]:
    people = rows(
        pick, "p", 2, 4,
        employer=often("works", None), site=often("plant", None), team=maybe("team"), skills=([], ["bhv"]),
        travel_mode=("car", "bike", "ebike", "public_transport"), open_for_matching=(*[True] * 7, False),
        max_travel_minutes=maybe(12, 25, 40, 2000), max_lessons_per_week=maybe(1, 2, 3, 4),
        max_lessons_per_day=maybe(1, 2, 3), max_days_per_week=[*maybe(1), *seldom(0)],
    )  # fmt: skip
    work: list[Row] = []
    for row in people:
        row |= {"name": row["id"], **_place(pick, "home_")}
        for weekday in ("mon", "tue") if row["employer"] else ():
            work += _work(pick, row["id"], weekday)
    releases = [
        {"id": f"release:{number}", **_release(pick, row, week_sets)}
        for number, row in enumerate(work)
        if pick((True, True, True, False))
    ]
    return {"professionals": people, "work": work, "releases": releases}


def _work(pick: Pick, person: str, weekday: str) -> list[Row]:
    """A day's work: none, the same every week, or another in each of two weeks."""
    cycle = pick((0, 0, 1, 1, 1, 2))
    found = []
    for week in range(1, cycle + 1):
        start, end = pick(HOURS)
        row = {"id": f"{person}:{weekday}:{week}", "professional": person, "weekday": weekday, "cycle_weeks": cycle}
        row |= {"cycle_week": pick(often(week, 1))}  # twice the same week: work that overlaps other work
        found.append(row | {"start": start, "end": end, "site": pick(maybe("yard"))})
    return found


def _release(pick: Pick, work: Row, week_sets: list[Any]) -> Row:
    """What is given away of one day's work: all, a half-day, or some hours."""
    half_day, start, end = pick(RELEASES)
    row = {"professional": work["professional"], "weekday": work["weekday"], "weeks": pick([None, None, *week_sets])}
    status = pick(("approved", "fixed", "approved", "proposed"))
    return row | {"half_day": half_day, "start": start, "end": end, "status": status}


def _employer(pick: Pick, people: list[str], week_sets: list[Any]) -> dict[str, Any]:
    presence = rows(
        pick, "presence", 0, 3,
        employer=["works"], team=often(None, "team"), skill=often(None, "bhv"), weeks=week_sets,
        people=((), (), people[:1], people[:2], [people[0], people[0]]), weekday=maybe("mon"), half_day=maybe("morning"),
        numbers=((0, None), (1, None), (2, None), (3, None), (None, 0), (None, 1), (2, 1)), others_present=(0, 0, 1),
    )  # fmt: skip
    for row in presence:
        row["minimum"], row["at_most_away"] = row.pop("numbers")
    return {
        "employers": [{"id": "works", "name": "Works", "release_policy": pick(("day", "half_day"))}],
        "employer_sites": [{"id": site, "employer": "works", **_place(pick)} for site in ("plant", "yard")],
        "teams": [{"id": "team", "employer": "works"}],
        "presence": presence,
    }


def _rights(pick: Pick, people: list[str], dates: list[date]) -> dict[str, Any]:
    licences = [
        {"id": f"of:{each}", "professional": each, "subject": "x", "sector": "vo", "valid_to": pick(seldom(*dates))}
        | {"level": pick(often("1e", "2e"))}
        for each in people
    ]
    licences += rows(
        pick, "licence", 0, 3,
        professional=people, subject=SUBJECTS, sector=often("vo", "mbo"), board=often(None, "b1"),
        level=("1e", "2e", "pdg", "gast", "instructeur"), valid_from=maybe(*dates),
    )  # fmt: skip
    engagements = rows(
        pick, "engagement", 0, 3,
        professional=people, board=often("b1", "b2"), school=often(None, "north"), start=maybe(*dates[:2]),
        end=seldom(*dates[2:]), max_lessons=maybe(1, 2), status=seldom("gestopt", otherwise="contract"),
    )  # fmt: skip
    return {"licences": licences, "engagements": engagements}


def _demand(pick: Pick, people: list[str], week_sets: list[Any]) -> dict[str, Any]:
    courses = rows(
        pick, "course", 1, 3,
        school=SCHOOLS, subject=SUBJECTS, classes=(["g1"], ["g1"], [], ["g2"], ["g1", "g2"]),
        priority=("low", "normal", "high"), practical=(True, False), level=("", "havo"), heads=often(1, 2),
        required_licence=([], [], ["2e"], ["1e", "pdg"]), supervised_by=([], ["mentor"]), sector=seldom("mbo"),
        continuity=("same", "at_most", "at_most", "wished", "free"), max_people=(1, 2),
    )  # fmt: skip
    for row in courses:
        row["classes"] = ["h1"] if row["school"] == "south" and row["classes"] else row["classes"]
        row["max_people"] = row["max_people"] if row["continuity"] == "at_most" else None
    named = [[each] for each in people]
    lessons = rows(
        pick, "lesson", 2, 6,
        course=[row["id"] for row in courses], weeks=week_sets, lesson_periods=maybe(1, 2), room=maybe("r1"),
        must_fill=[False], pinned=[()], blocked=seldom(*named, otherwise=()),
    )  # fmt: skip
    for row in lessons if pick((True, False)) else ():  # what makes terms impossible, in half of them
        row.update(must_fill=pick((True, False, False, False)), pinned=pick(seldom(*named, otherwise=())))
    others = rows(pick, "time", 0, 4, lesson=[row["id"] for row in lessons], room=maybe("r1"))
    whose = [*[("professional", each) for each in people], ("class_group", "g1"), ("room", "r1")]
    busy = rows(pick, "busy", 0, 3, whose=whose, school=["north"], weeks=week_sets)
    for row in busy:
        column, row_id = row.pop("whose")
        row[column] = row_id
    for row in (*lessons, *others, *busy):
        row.update(_time(pick))
    return {"courses": courses, "lessons": lessons, "lesson_times": others, "busy": busy}


def _time(pick: Pick) -> Row:
    """A weekday with one or two lesson periods, or with clock times."""
    if pick((True, False, False)):
        start, end = pick(CLOCKS)
        return {"weekday": pick(DAYS), "start": start, "end": end}
    first = pick(range(4))
    last = pick((None, None, min(first + 1, 3)))
    return {
        "weekday": pick(DAYS),
        "first_period": PERIODS[first],
        "last_period": None if last is None else PERIODS[last],
    }


def _habits(pick: Pick, people: list[str], dates: list[date]) -> dict[str, Any]:
    unavailability = rows(
        pick, "away", 0, 2,
        professional=people, weekday=maybe("mon", "tue"), last_date=maybe(*dates[:3]),
        when=(("09:00", "10:00"), ("12:00", None), (None, "09:20"), (None, None)),
    )  # fmt: skip
    for row in unavailability:
        row["start"], row["end"] = row.pop("when")
    wishes = rows(
        pick, "wish", 0, 4,
        professional=people, weekday=maybe("mon"), half_day=maybe("morning", "afternoon"), school=maybe("north"),
        subject=maybe("x"), level=often(None, "havo"), value=range(-3, 4),
    )  # fmt: skip
    places = [*[f"home:{each}" for each in people], "north", "south", "plant"]
    travel = rows(
        pick, "travel", 0, 4,
        origin=places, destination=places, mode=maybe("bike"), departure=maybe("09:00"), minutes=(5, 20, 45, 120),
    )  # fmt: skip
    chosen = rows(pick, "rule", 0, 4, setting=SETTINGS, scope=range(4))
    scopes = {
        Subject.PROFESSIONAL: ({"employer": "works"}, {"professional": people[0]}),
        Subject.SCHOOL: ({"school": "north"}, {"school": "south"}),
        Subject.EMPLOYER: ({"employer": "works"}, {}),
    }
    for row in chosen:
        row.update(row.pop("setting"))
        row.update([*scopes[BY_NAME[row["rule"]].subject], {}, {}][row.pop("scope")])
    return {"unavailability": unavailability, "wishes": wishes, "travel_times": travel, "rules": chosen}
