"""Strategies that draw small terms whose rules are often at stake: few days, close times, shared class groups.

`terms()` draws everything a rule reads; `cases()` adds timetables made of whole candidates: empty, sparse, overfull.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from model.term import Term
from model.timetable import Timetable
from solver.board import Board
from tests.agreement import Case, timetable_of
from tests.regions import Row, grid

Draw = st.DrawFn

REPEATABLE = settings(
    derandomize=True,  # the same examples on every run, so that the counts of verdicts hold on every run
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],  # a term has a hundred draws
    phases=(Phase.generate, Phase.shrink),
)

MONDAYS = (date(2026, 9, 7), date(2026, 12, 21))
"""First days of terms: an ordinary week 37, and week 52 of a year with a week 53."""

DAYS = st.sampled_from(["mon", "mon", "tue"])
SCHOOLS = st.sampled_from(["north", "north", "south"])
SUBJECTS = st.sampled_from(["x", "X", "x", "x", "y"])  # case does not matter
CLOCKS = st.sampled_from([("08:30", "09:20"), ("09:00", "10:15"), ("10:20", "11:00"), ("12:10", "13:00"), ("17:40", "18:30")])
PERIODS = ("1", "2", "3", "4")
LONG = {"1": ("08:30", "09:20"), "2": ("09:20", "10:10"), "3": ("10:30", "11:20"), "4": ("12:40", "13:30")}
LATE = {"1": ("08:50", "09:40"), "2": ("09:40", "10:30"), "3": ("10:45", "11:35"), "4": ("13:00", "13:50")}
SHORT = {"1": ("08:30", "09:10"), "2": ("09:10", "09:50"), "3": ("10:00", "10:40"), "4": ("11:00", "11:40")}
RELEASES = (
    (None, None, None),
    ("morning", None, None),
    ("morning", None, None),
    ("afternoon", None, None),
    (None, "08:00", "12:00"),
    (None, "10:00", "15:00"),
    ("morning", "10:00", None),
)
"""Half-day and hours of releases."""
PLACES = st.sampled_from([(51.44, 5.47), (51.45, 5.52), (51.40, 5.40), (51.47, 5.66), (51.44, 5.47), (None, None)])


def often(value: Any, other: Any) -> st.SearchStrategy[Any]:
    """One value three times out of four."""
    return st.sampled_from([value, value, value, other])


def seldom(*values: Any, otherwise: Any = None) -> st.SearchStrategy[Any]:
    """One of the values one time out of eight."""
    return st.sampled_from([*[otherwise] * 7 * len(values), *values])


def maybe(*values: Any) -> st.SearchStrategy[Any]:
    """None half of the time, else one of the values."""
    return st.sampled_from([*[None] * len(values), *values])


def rows(draw: Draw, prefix: str, most: int, least: int = 0, **fields: st.SearchStrategy[Any]) -> list[Row]:
    """So many rows with ids of their own."""
    count = draw(st.integers(least, most))
    return [
        {"id": f"{prefix}{number}", **{name: draw(strategy) for name, strategy in fields.items()}}
        for number in range(count)
    ]


@st.composite
def terms(draw: Draw) -> Term:
    """A term of two to four weeks with up to four people, two schools and six lessons."""
    start = draw(st.sampled_from(MONDAYS))
    count = draw(st.integers(2, 4))
    days = [start + timedelta(days=day) for day in range(7 * count)]
    weeks = list(dict.fromkeys(day.isocalendar().week for day in days))
    week_sets = maybe(weeks[::2], weeks[1::2], weeks[:1], weeks[1:])
    dates = st.sampled_from([day for day in days if day.weekday() < 2])
    tables = {"id": "term", "start": start, "end": days[-1], "count_proposed_releases": draw(st.booleans())}
    tables |= _schools(draw, dates, days[len(days) // 2])
    tables |= _people(draw, week_sets)
    people = [row["id"] for row in tables["professionals"]]
    tables |= _employers(draw, people, week_sets)
    tables |= _rights(draw, people, dates)
    tables |= _demand(draw, people, week_sets)
    tables |= _habits(draw, people)
    return Term.model_validate(tables)


@st.composite
def cases(draw: Draw, timetables: int = 3) -> Case:
    """A term with timetables of whole candidates."""
    term = draw(terms())
    board = Board.of(term, rules=(), screen=False)
    return Case(term, tuple(draw(timetables_of(board)) for _ in range(timetables)))


@st.composite
def timetables_of(draw: Draw, board: Board) -> Timetable:
    """Some of the candidates, each with a chance of a half, a quarter (mostly) or an eighth."""
    everything = (1 << len(board.candidates)) - 1
    mask = everything
    for _ in range(draw(st.sampled_from([1, 2, 2, 3]))):
        mask &= draw(st.integers(0, everything))
    return timetable_of(each for each in board.candidates if mask >> each.index & 1)


def _schools(draw: Draw, dates: st.SearchStrategy[date], middle: date) -> dict[str, Any]:
    buffers = st.sampled_from([0, 5, 10, 30])
    schools = []
    for school_id in ("north", "south"):
        latitude, longitude = draw(PLACES)
        row = {"id": school_id, "name": school_id, "sector": "vo", "latitude": latitude, "longitude": longitude}
        row |= {"board": draw(often("b1", "b2")), "arrival_buffer_minutes": draw(buffers)}
        schools.append(row | {"leave_buffer_minutes": draw(buffers), "practical_buffer_minutes": draw(maybe(0, 20))})
    grids = [*grid("north", LONG), *grid("north", LATE, variant="late"), *grid("north", SHORT, variant="short")]
    if draw(st.booleans()):
        grids += grid("north", SHORT, weekday="tue")
    grids += [*grid("south", LATE, valid_to=middle), *grid("south", SHORT, variant="short")]
    grids += grid("south", SHORT, valid_from=middle + timedelta(days=1))
    kinds = st.sampled_from(["holiday", "public_holiday", "study_day", "test_week", "closure", "shortened"])
    special = rows(
        draw, "day", 2,
        scope=st.sampled_from(["north", "south", "works", None]), start=dates, length=st.sampled_from([0, 0, 7]), kind=kinds,
    )  # fmt: skip
    for row in special:
        scope, row["end"] = row.pop("scope"), row["start"] + timedelta(days=row.pop("length"))
        row |= {"employer": scope} if scope == "works" else {"school": scope}
        row |= {"variant": "short"} if row["kind"] == "shortened" else {}
    groups = [{"id": "g1", "school": "north", "variant": draw(often("standard", "late"))}]
    return {
        "boards": [{"id": "b1"}, {"id": "b2"}],
        "schools": schools,
        "time_grids": grids,
        "calendar_days": special,
        "class_groups": [*groups, {"id": "g2", "school": "north"}, {"id": "h1", "school": "south"}],
        "rooms": [{"id": "r1", "school": "north"}],
        "staff": [{"id": "mentor", "school": "north"}],
    }


def _people(draw: Draw, week_sets: st.SearchStrategy[Any]) -> dict[str, Any]:
    people: list[Row] = []
    work: list[Row] = []
    for number in range(draw(st.sampled_from([2, 3, 3, 4]))):
        latitude, longitude = draw(PLACES)
        row = {"id": f"p{number}", "name": f"p{number}", "home_latitude": latitude, "home_longitude": longitude}
        row |= {"employer": draw(often("works", None)), "site": draw(often("plant", None))}
        row |= {"team": draw(maybe("team")), "skills": draw(st.sampled_from([[], ["bhv"]]))}
        row |= {"travel_mode": draw(st.sampled_from(["car", "bike", "ebike", "public_transport"]))}
        row |= {"open_for_matching": draw(seldom(False, otherwise=True)), "max_travel_minutes": draw(often(None, 25) | maybe(12, 40, 2000))}
        row |= {"max_lessons_per_week": draw(maybe(1, 2, 3)), "max_lessons_per_day": draw(maybe(1, 2))}
        people.append(row | {"max_days_per_week": draw(maybe(0, 1))})
        for weekday in ("mon", "tue") if row["employer"] else ():
            work += _work_of(draw, row["id"], weekday)
    releases = [
        {"id": f"release:{number}", **draw(_releases(row, week_sets))}
        for number, row in enumerate(work)
        if draw(often(True, False))
    ]
    return {"professionals": people, "work": work, "releases": releases}


@st.composite
def _releases(draw: Draw, work: Row, week_sets: st.SearchStrategy[Any]) -> Row:
    """What is given away of one day's work: all, a half-day, or some hours."""
    row = {"professional": work["professional"], "weekday": work["weekday"], "weeks": draw(often(None, "drawn"))}
    row["weeks"] = draw(week_sets) if row["weeks"] else None
    row["status"] = draw(st.sampled_from(["approved", "fixed", "approved", "proposed"]))
    half_day, start, end = draw(st.sampled_from(RELEASES))
    return row | {"half_day": half_day, "start": start, "end": end}


def _work_of(draw: Draw, person: str, weekday: str) -> list[Row]:
    """A day's work: none, the same every week, or another in each of two weeks."""
    hours = st.sampled_from([("08:00", "12:30"), ("08:30", "17:00"), ("13:00", "18:30"), ("12:00", "15:00")])
    cycle = draw(st.sampled_from([0, 0, 1, 1, 1, 2]))
    found = []
    for week in range(1, cycle + 1):
        start, end = draw(hours)
        row = {"id": f"{person}:{weekday}:{week}", "professional": person, "weekday": weekday, "cycle_weeks": cycle}
        found.append(row | {"cycle_week": week, "start": start, "end": end, "site": draw(maybe("yard"))})
    return found


def _employers(draw: Draw, people: list[str], week_sets: st.SearchStrategy[Any]) -> dict[str, Any]:
    sites = []
    for site in ("plant", "yard"):
        latitude, longitude = draw(PLACES)
        sites.append({"id": site, "employer": "works", "latitude": latitude, "longitude": longitude})
    presence = rows(
        draw, "presence", 3,
        employer=st.just("works"), team=often(None, "team"), skill=often(None, "bhv"), weeks=week_sets,
        people=st.sampled_from([[], [], people[:1], people[:2], [people[0], people[0]]]),
        weekday=maybe("mon"), half_day=maybe("morning"), minimum=maybe(0, 1, 2, 3), at_most_away=maybe(0, 1),
        others_present=st.sampled_from([0, 0, 1]),
    )  # fmt: skip
    policy = draw(st.sampled_from(["day", "half_day"]))
    return {
        "employers": [{"id": "works", "name": "Works", "release_policy": policy}],
        "employer_sites": sites,
        "teams": [{"id": "team", "employer": "works"}],
        "presence": presence,
    }


def _rights(draw: Draw, people: list[str], dates: st.SearchStrategy[date]) -> dict[str, Any]:
    from_date = st.one_of(st.none(), st.none(), dates)
    licences: list[Row] = []
    for person in people:
        row = {"id": f"licence:{person}", "professional": person, "subject": "x", "level": draw(often("1e", "2e"))}
        licences.append(row | {"sector": "vo", "valid_to": draw(seldom("drawn")) and draw(dates)})
    licences += rows(
        draw, "licence", 3,
        professional=st.sampled_from(people), subject=SUBJECTS, sector=often("vo", "mbo"),
        level=st.sampled_from(["1e", "2e", "pdg", "gast", "instructeur"]), board=often(None, "b1"),
        valid_from=from_date,
    )  # fmt: skip
    engagements = rows(
        draw, "engagement", 3,
        professional=st.sampled_from(people), board=often("b1", "b2"), school=often(None, "north"), start=from_date,
        end=from_date, max_lessons=maybe(1, 2), status=seldom("gestopt", otherwise="contract"),
    )  # fmt: skip
    return {"licences": licences, "engagements": engagements}


def _demand(draw: Draw, people: list[str], week_sets: st.SearchStrategy[Any]) -> dict[str, Any]:
    courses = rows(
        draw, "course", 3, 1,
        school=SCHOOLS, subject=SUBJECTS, classes=st.sampled_from([["g1"], ["g1"], [], ["g2"], ["g1", "g2"]]),
        priority=st.sampled_from(["low", "normal", "high"]), practical=st.booleans(), level=st.sampled_from(["", "havo"]),
        required_licence=st.sampled_from([[], [], ["2e"], ["1e", "pdg"]]), supervised_by=st.sampled_from([[], ["mentor"]]),
        continuity=st.sampled_from(["at_most", "same", "at_most", "wished", "free"]), max_people=st.sampled_from([1, 2]),
        heads=often(1, 2), sector=seldom("mbo"),
    )  # fmt: skip
    for row in courses:
        row["classes"] = ["h1"] if row["school"] == "south" and row["classes"] else row["classes"]
        row["max_people"] = row.get("max_people") if row["continuity"] == "at_most" else None
    course = st.sampled_from([row["id"] for row in courses])
    room = maybe("r1")
    lessons = rows(
        draw, "lesson", 6, 2,
        course=course, when=_times(), weeks=week_sets, lesson_periods=maybe(1, 2), room=room,
        must_fill=seldom(True, otherwise=False), pinned=seldom(*([each] for each in people), otherwise=[]),
        blocked=seldom(*([each] for each in people), otherwise=[]),
    )  # fmt: skip
    others = rows(draw, "time", 4, lesson=st.sampled_from([row["id"] for row in lessons]), when=_times(), room=room)
    busy = rows(
        draw, "busy", 3,
        whose=st.sampled_from([*[("professional", each) for each in people], ("class_group", "g1"), ("room", "r1")]),
        when=_times(), school=st.just("north"), weeks=week_sets,
    )  # fmt: skip
    for row in (*lessons, *others, *busy):
        row |= row.pop("when")
    for row in busy:
        whose, row_id = row.pop("whose")
        row[whose] = row_id
    return {"courses": courses, "lessons": lessons, "lesson_times": others, "busy": busy}


@st.composite
def _times(draw: Draw) -> Row:
    """A weekday with one or two lesson periods, or with clock times."""
    if draw(st.sampled_from([True, False, False])):
        start, end = draw(CLOCKS)
        return {"weekday": draw(DAYS), "start": start, "end": end}
    first = draw(st.integers(0, 3))
    last = draw(st.sampled_from([None, None, min(first + 1, 3)]))
    return {"weekday": draw(DAYS), "first_period": PERIODS[first], "last_period": None if last is None else PERIODS[last]}


def _habits(draw: Draw, people: list[str]) -> dict[str, Any]:
    someone = st.sampled_from(people)
    unavailability = rows(
        draw, "away", 2,
        professional=someone, weekday=maybe("mon"), when=maybe(("09:00", "10:00"), ("12:00", None), (None, "09:20")),
    )  # fmt: skip
    for row in unavailability:
        row["start"], row["end"] = row.pop("when") or (None, None)
    wishes = rows(
        draw, "wish", 4,
        professional=someone, weekday=maybe("mon"), half_day=maybe("morning", "afternoon"), school=maybe("north"),
        subject=maybe("x"), level=often(None, "havo"), value=st.integers(-3, 3),
    )  # fmt: skip
    places = st.sampled_from([*[f"home:{each}" for each in people], "north", "south", "plant"])
    travel = rows(
        draw, "travel", 3,
        origin=places, destination=places, mode=maybe("bike"), departure=maybe("09:00"),
        minutes=st.sampled_from([5, 20, 45, 120]),
    )  # fmt: skip
    settings_of = st.sampled_from(SETTINGS)
    scopes = st.sampled_from([{}, {}, {"school": "north"}, {"employer": "works"}, {"professional": people[0]}])
    chosen = rows(draw, "rule", 4, setting=settings_of, scope=scopes)
    for row in chosen:
        row |= row.pop("setting") | row.pop("scope")
    return {"unavailability": unavailability, "wishes": wishes, "travel_times": travel, "rules": chosen}


SETTINGS: tuple[Row, ...] = (
    *({"rule": rule, "enabled": False} for rule in ("presence", "wishes", "continuity", "lessons_per_day", "travel_limit")),
    {"rule": "filled", "parameter": "normal", "value": "70"},
    {"rule": "filled", "parameter": "high", "value": "90"},
    {"rule": "gaps", "parameter": "weight", "value": "7"},
    {"rule": "gaps", "parameter": "break_minutes", "value": "0"},
    {"rule": "travel", "parameter": "weight", "value": "3"},
    {"rule": "wishes", "parameter": "weight", "value": "11"},
    {"rule": "continuity_wish", "parameter": "weight", "value": "40"},
    {"rule": "lessons_per_week", "parameter": "default", "value": "2"},
    {"rule": "lessons_per_day", "parameter": "default", "value": "1"},
    {"rule": "days_per_week", "parameter": "default", "value": "1"},
    {"rule": "travel_limit", "parameter": "default_minutes", "value": "15"},
)
"""Rules switched off, other limits and other weights."""


DRAWN = 400
"""How many cases the agreement is checked on; the mutation tests must find their fault in the same ones."""


@cache
def drawn_cases() -> tuple[Case, ...]:
    """The same cases on every run, drawn once, since drawing takes longer than checking one rule."""
    found: list[Case] = []

    @settings(REPEATABLE, max_examples=DRAWN, phases=(Phase.generate,))
    @given(cases())
    def collect(case: Case) -> None:
        found.append(case)

    collect()
    return tuple(found)


def smallest_case(condition: Callable[[Case], bool]) -> Case:
    """The simplest case that hypothesis finds for a condition."""
    return find(cases(1), condition, settings=settings(REPEATABLE, max_examples=DRAWN))
