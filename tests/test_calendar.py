"""Weeks, grids, holidays and working days become dates and minutes."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from model.calendar import Calendar, Dates, Span, days, partition
from model.fields import HalfDay, Weekday
from model.term import Term
from tests.regions import course, grid, lesson, release, school, small_term, work, worker

NEW_YEAR = {"start": "2026-12-21", "end": "2027-01-17"}
"""Four weeks: 52 and 53 of 2026, 1 and 2 of 2027."""


def dates_of(calendar: Calendar, dates: Dates) -> list[str]:
    return [str(calendar.date_of(day)) for day in days(dates)]


def spans_of(term: Term, lesson_id: str = "l1", option: str | None = None) -> list[tuple[str, str, list[str]]]:
    """Clock times of a lesson with their dates, `("08:30", "09:20", ["2026-09-07", …])`, in order of the dates."""
    calendar = Calendar(term)
    spans = [
        (f"{start // 60:02}:{start % 60:02}", f"{end // 60:02}:{end % 60:02}", dates_of(calendar, dates))
        for start, end, dates in calendar.spans(lesson_id, option)
    ]
    return sorted(spans, key=lambda span: span[2])


def dates_taught(term: Term, lesson_id: str = "l1") -> list[str]:
    return sorted(each for *_, dates in spans_of(term, lesson_id) for each in dates)


# Weeks


def test_weeks_run_over_new_year_with_a_week_53() -> None:
    """2026 has 53 ISO weeks: 1 January 2027 is a Friday of week 53."""
    calendar = Calendar(small_term(**NEW_YEAR))
    assert list(calendar.weeks) == [52, 53, 1, 2]
    assert dates_of(calendar, calendar.weeks[53])[0] == "2026-12-28"
    assert dates_of(calendar, calendar.weeks[53])[-1] == "2027-01-03"
    assert dates_of(calendar, calendar.in_weeks([53, 1]) & calendar.on(Weekday.MON)) == ["2026-12-28", "2027-01-04"]
    assert calendar.in_weeks(None) == calendar.all
    assert calendar.in_weeks([]) == calendar.in_weeks([40]) == 0


def test_a_term_may_begin_and_end_within_a_week() -> None:
    """From Wednesday 9 to Tuesday 15 September: five days of week 37, two of week 38."""
    calendar = Calendar(small_term(start="2026-09-09", end="2026-09-15"))
    assert [dates.bit_count() for dates in calendar.weeks.values()] == [5, 2]
    assert dates_of(calendar, calendar.on(Weekday.MON)) == ["2026-09-14"]
    assert calendar.on(None) == calendar.all


def test_legal_weeks_run_from_sunday_to_saturday() -> None:
    """Monday 7 to Saturday 12, Sunday 13 to Saturday 19, Sunday 20 September."""
    calendar = Calendar(small_term())
    weeks = [dates_of(calendar, dates) for dates in calendar.legal_weeks]
    assert [(week[0], week[-1]) for week in weeks] == [
        ("2026-09-07", "2026-09-12"),
        ("2026-09-13", "2026-09-19"),
        ("2026-09-20", "2026-09-20"),
    ]


def test_dates_between_are_cut_to_the_term() -> None:
    """Open ends, one day, wholly before and wholly after the term of 7 to 20 September."""
    calendar = Calendar(small_term())
    assert calendar.between(None, None) == calendar.all
    assert dates_of(calendar, calendar.between(date(2026, 9, 7), date(2026, 9, 7))) == ["2026-09-07"]
    assert dates_of(calendar, calendar.between(date(2026, 9, 19), date(2027, 1, 1))) == ["2026-09-19", "2026-09-20"]
    assert calendar.between(None, date(2026, 9, 6)) == 0
    assert calendar.between(date(2026, 9, 21), None) == 0


def test_the_clock_does_not_move_with_summer_time() -> None:
    """Summer time ends on 25 October 2026 and begins on 28 March 2027; lessons stay at their local time."""
    for start, end in (("2026-10-19", "2026-11-01"), ("2027-03-22", "2027-04-04")):
        (only,) = spans_of(small_term(start=start, end=end))
        assert only[:2] == ("08:30", "09:20")
        assert len(only[2]) == 2


def test_half_days_and_their_windows() -> None:
    """A half-day begins at its own first minute; times narrow it; the term says where noon and evening are."""
    calendar = Calendar(small_term(noon="12:00", evening="17:30"))
    assert [calendar.half_day(minute) for minute in (719, 720, 1049, 1050)] == [
        *[HalfDay.MORNING, HalfDay.AFTERNOON, HalfDay.AFTERNOON, HalfDay.EVENING]
    ]
    assert calendar.window(None, None, None) == (0, 1440)
    assert calendar.window(HalfDay.MORNING, None, None) == (0, 720)
    assert calendar.window(HalfDay.AFTERNOON, 800, None) == (800, 1050)
    assert calendar.window(HalfDay.EVENING, None, 1200) == (1050, 1200)
    assert calendar.window(None, 500, 600) == (500, 600)


# A and B weeks, options, closed days


def test_weeks_of_a_lesson_are_explicit() -> None:
    """A weeks over New Year are 52 and 1; the weeks hold for its other times too."""
    other = [{"id": "other", "lesson": "l1", "weekday": "tue", "start": "19:00", "end": "21:00"}]
    term = small_term(**NEW_YEAR, lessons=[lesson("l1", weeks="52,1")], lesson_times=other)
    assert spans_of(term) == [("08:30", "09:20", ["2026-12-21", "2027-01-04"])]
    assert spans_of(term, "l1", "other") == [("19:00", "21:00", ["2026-12-22", "2027-01-05"])]
    assert list(Calendar(term).options("l1")) == [None, "other"]


def test_days_off_are_for_one_school_one_employer_or_everybody() -> None:
    """A school's own day leaves the other school teaching; one for everybody closes both; an employer's closes neither."""
    for scope, taught in (
        ({"school": "north"}, {"l1": 1, "l2": 2}),
        ({"employer": "works"}, {"l1": 2, "l2": 2}),
        ({}, {"l1": 1, "l2": 1}),
    ):
        term = small_term(
            courses=[course("robots"), course("bikes", school="south")],
            lessons=[lesson("l1"), lesson("l2", course="bikes")],
            calendar_days=[{"start": "2026-09-05", "end": "2026-09-07", "kind": "study_day", **scope}],
        )
        assert {each: len(dates_taught(term, each)) for each in taught} == taught


def test_every_kind_of_day_but_a_shortened_one_has_no_lessons() -> None:
    """Week 37 off by each of the kinds."""
    for kind in ("holiday", "public_holiday", "study_day", "test_week", "closure"):
        off = [{"start": "2026-09-07", "end": "2026-09-13", "kind": kind}]
        assert dates_taught(small_term(calendar_days=off)) == ["2026-09-14"]


def test_a_lesson_without_dates_does_not_take_place() -> None:
    """In no week of the term, on days off only; another time saves it."""
    assert not Calendar(small_term(lessons=[lesson("l1", weeks="45")])).takes_place("l1")
    mondays = [{"start": day, "end": day, "kind": "closure"} for day in ("2026-09-07", "2026-09-14")]
    assert not Calendar(small_term(calendar_days=mondays)).takes_place("l1")
    tuesday = [{"lesson": "l1", "weekday": "tue", "first_period": "1"}]
    assert Calendar(small_term(calendar_days=mondays, lesson_times=tuesday)).takes_place("l1")


# Time grids

FORTY = {"1": ("08:30", "09:10"), "2": ("09:10", "09:50"), "3": ("10:00", "10:40")}


def gridded(*rows: dict[str, Any], **tables: Any) -> Term:
    """North with its ordinary grid and these rows."""
    return small_term(time_grids=[*grid("north"), *rows, *grid("south")], **tables)


def test_a_run_of_periods_spans_the_breaks_between() -> None:
    """Periods 2 to 3 run from 09:20 to 11:20."""
    (only,) = spans_of(small_term(lessons=[lesson("l1", "2", last_period="3")]))
    assert only[:2] == ("09:20", "11:20")


def test_clock_times_go_before_periods() -> None:
    """A lesson with clock times is held then, whatever its period is called."""
    (only,) = spans_of(small_term(lessons=[lesson("l1", "1", start="18:00", end="21:30")]))
    assert only[:2] == ("18:00", "21:30")


def test_a_weekday_may_have_its_own_grid() -> None:
    """Tuesdays have lessons of 40 minutes; they know no period 5, which other days do."""
    lessons = [lesson("l1", "2"), lesson("l2", "2", weekday="tue"), lesson("l3", "5", weekday="tue")]
    term = gridded(*grid("north", FORTY, weekday="tue"), lessons=lessons)
    assert spans_of(term)[0][:2] == ("09:20", "10:10")
    assert spans_of(term, "l2")[0][:2] == ("09:10", "09:50")
    assert spans_of(term, "l3") == []


def test_a_grid_may_hold_for_part_of_the_year() -> None:
    """50 minutes up to 13 September, 40 from the 14th: the lesson has two clock times."""
    rows = [*grid("north", valid_to="2026-09-13"), *grid("north", FORTY, valid_from="2026-09-14")]
    term = small_term(time_grids=[*rows, *grid("south")], lessons=[lesson("l1", "2")])
    assert spans_of(term) == [("09:20", "10:10", ["2026-09-07"]), ("09:10", "09:50", ["2026-09-14"])]


def test_class_groups_of_another_pause_group_have_another_grid() -> None:
    """The first class group decides; a course without class groups follows the standard."""
    late = grid("north", {"1": ("08:50", "09:40")}, variant="late")
    groups = [{"id": "a", "school": "north", "variant": "late"}, {"id": "b", "school": "north"}]
    for classes, start in ((["a", "b"], "08:50"), (["b", "a"], "08:30"), ([], "08:30")):
        term = gridded(*late, class_groups=groups, courses=[course("robots", classes=classes)])
        assert spans_of(term)[0][0] == start


def test_a_school_with_one_variant_needs_no_standard() -> None:
    """Its only grid, beside that of shortened days, holds for courses without class groups too."""
    rows = [*grid("north", {"1": ("08:50", "09:40")}, variant="all"), *grid("south")]
    busy = [{"professional": "anna", "school": "north", "weekday": "mon", "first_period": "1"}]
    only = small_term(time_grids=rows, busy=busy)
    assert spans_of(only) == [("08:50", "09:40", ["2026-09-07", "2026-09-14"])]
    assert [span.start for span in Calendar(only).busy(only.busy[0])] == [8 * 60 + 50]
    short = [{"start": "2026-09-07", "end": "2026-09-07", "kind": "shortened", "variant": "short", "school": "north"}]
    shortened = small_term(time_grids=[*rows, *grid("north", FORTY, variant="short")], calendar_days=short)
    assert spans_of(shortened) == [("08:30", "09:10", ["2026-09-07"]), ("08:50", "09:40", ["2026-09-14"])]


def test_shortened_days_use_their_variant() -> None:
    """7 September is short at north; a period that the short grid lacks is not held then."""
    short = {"start": "2026-09-07", "end": "2026-09-07", "kind": "shortened", "variant": "short"}
    rows = [*grid("north", FORTY, variant="short"), *grid("south", FORTY, variant="short")]
    term = gridded(*rows, calendar_days=[{**short, "school": "north"}], lessons=[lesson("l1", "2"), lesson("l2", "4")])
    assert spans_of(term) == [("09:10", "09:50", ["2026-09-07"]), ("09:20", "10:10", ["2026-09-14"])]
    assert dates_taught(term, "l2") == ["2026-09-14"]
    elsewhere = gridded(*rows, calendar_days=[{**short, "school": "south"}], lessons=[lesson("l1", "2")])
    assert [span[0] for span in spans_of(elsewhere)] == ["09:20"]


def test_a_date_is_shortened_in_one_way_only() -> None:
    """Everybody's short day is at north shorter still: the school's own row holds, in any order of the rows."""
    short = {"start": "2026-09-07", "end": "2026-09-08", "kind": "shortened", "variant": "short"}
    own = {"school": "north", "start": "2026-09-07", "end": "2026-09-07", "kind": "shortened", "variant": "tiny"}
    rows = [*grid("north", FORTY, variant="short"), *grid("north", {"1": ("08:30", "09:00")}, variant="tiny")]
    for shortened in ([short, own], [own, short]):
        term = gridded(*rows, calendar_days=shortened, lessons=[lesson("l1"), lesson("l2", weekday="tue")])
        assert spans_of(term) == [("08:30", "09:00", ["2026-09-07"]), ("08:30", "09:20", ["2026-09-14"])]
        assert spans_of(term, "l2")[0] == ("08:30", "09:10", ["2026-09-08"])


def test_for_how_many_periods_a_lesson_counts() -> None:
    """As told; by its run of periods; else minutes / 50 rounded, at least 1: 74 is 1, 75 is 2, 10 is 1."""
    for fields, periods in (
        ({"first_period": "2"}, 1),
        ({"first_period": "2", "last_period": "4"}, 3),
        ({"first_period": "2", "last_period": "4", "lesson_periods": 2}, 2),
        ({"start": "08:30", "end": "08:40"}, 1),
        ({"start": "08:30", "end": "09:44"}, 1),
        ({"start": "08:30", "end": "09:45"}, 2),
        ({"start": "18:00", "end": "21:30"}, 4),
    ):
        term = small_term(lessons=[lesson("l1", **{"first_period": None, **fields}) | fields])
        assert Calendar(term).lesson_periods("l1") == periods


def test_busy_times_follow_the_grid_of_their_class_and_the_days_of_the_school() -> None:
    """A class of the late pause group is busy in its own period 1, and not on the school's days off."""
    late = grid("north", {"1": ("08:50", "09:40")}, variant="late")
    groups = [{"id": "a", "school": "north", "variant": "late"}, {"id": "b", "school": "north"}]
    busy = [
        {"class_group": "a", "weekday": "mon", "first_period": "1"},
        {"professional": "anna", "school": "north", "weekday": "mon", "first_period": "1"},
        {"professional": "anna", "weekday": "mon", "start": "08:00", "end": "09:00", "weeks": "37"},
    ]
    off = [{"school": "north", "start": "2026-09-07", "end": "2026-09-07", "kind": "study_day"}]
    term = gridded(*late, class_groups=groups, busy=busy, calendar_days=off)
    calendar = Calendar(term)
    first, second = 1, 1 << 7
    assert calendar.busy(term.busy[0]) == (Span(8 * 60 + 50, 9 * 60 + 40, second),)
    assert calendar.busy(term.busy[1]) == (Span(8 * 60 + 30, 9 * 60 + 20, second),)
    assert calendar.busy(term.busy[2]) == (Span(8 * 60, 9 * 60, first),)


# Work at the employer


def pieces(term: Term) -> list[tuple[str, str, list[str], bool]]:
    """Working time in pieces: from, to, dates, released."""
    calendar = Calendar(term)
    return [
        (
            f"{each.start // 60:02}:{each.start % 60:02}",
            f"{each.end // 60:02}:{each.end % 60:02}",
            dates_of(calendar, each.dates),
            each.released,
        )
        for each in calendar.pieces("anna")
    ]


def at_work(*blocks: dict[str, Any], **tables: Any) -> Term:
    return small_term(professionals=[worker("anna")], work=blocks, **tables)


BOTH = ["2026-09-07", "2026-09-14"]


def test_working_days_are_cut_at_noon_and_evening() -> None:
    """08:00-21:00 becomes morning, afternoon and evening; each knows its half-day, site and row."""
    term = at_work(work("anna", "08:00", "21:00", id="long"))
    assert pieces(term) == [
        ("08:00", "12:30", BOTH, False),
        ("12:30", "18:00", BOTH, False),
        ("18:00", "21:00", BOTH, False),
    ]
    found = Calendar(term).pieces("anna")
    assert [each.half_day for each in found] == [HalfDay.MORNING, HalfDay.AFTERNOON, HalfDay.EVENING]
    assert {(each.site, each.work) for each in found} == {("plant", "long")}


def test_working_days_are_cut_at_releases() -> None:
    """A release of 10:00-15:00 leaves the hours around it, and both sides of noon are released."""
    term = at_work(work("anna", "08:00", "17:00"), releases=[release("anna", start="10:00", end="15:00")])
    assert pieces(term) == [
        ("08:00", "10:00", BOTH, False),
        ("10:00", "12:30", BOTH, True),
        ("12:30", "15:00", BOTH, True),
        ("15:00", "17:00", BOTH, False),
    ]


def test_a_release_holds_in_its_own_weeks_and_half_day() -> None:
    """The morning of week 37 is given away, that of week 38 is not."""
    term = at_work(work("anna", "08:00", "17:00"), releases=[release("anna", "morning", weeks="37")])
    assert sorted(pieces(term)) == [
        ("08:00", "12:30", BOTH[:1], True),
        ("08:00", "12:30", BOTH[1:], False),
        ("12:30", "17:00", BOTH, False),
    ]


def test_releases_of_other_days_and_statuses_cut_nothing() -> None:
    """A Tuesday, a week outside the term, and one that is only proposed, unless the term counts those."""
    other = [
        release("anna", weekday="tue"),
        release("anna", weeks="45", start="09:00"),
        {**release("anna"), "status": "proposed"},
    ]
    whole = [("08:00", "12:30", BOTH, False), ("12:30", "17:00", BOTH, False)]
    assert pieces(at_work(work("anna", "08:00", "17:00"), releases=other)) == whole
    counted = at_work(work("anna", "08:00", "17:00"), releases=other, count_proposed_releases=True)
    assert [released for *_, released in pieces(counted)] == [True, True]


def test_work_repeats_every_so_many_weeks() -> None:
    """Of a three-week cycle from week 52, the second week is 53 and comes back in week 3, over New Year."""
    blocks = [work("anna", "08:00", "12:00", cycle_weeks=3, cycle_week=2)]
    term = at_work(*blocks, start="2026-12-21", end="2027-01-24")
    assert pieces(term) == [("08:00", "12:00", ["2026-12-28", "2027-01-18"], False)]


def test_employers_work_on_school_holidays() -> None:
    """School days off do not count for work; public holidays and general closures do, and so do the employer's own."""
    seventh = {"start": "2026-09-07", "end": "2026-09-07"}
    for row, worked in (
        ({"kind": "holiday"}, BOTH),
        ({"kind": "study_day"}, BOTH),
        ({"kind": "test_week"}, BOTH),
        ({"kind": "closure", "school": "north"}, BOTH),
        ({"kind": "public_holiday"}, BOTH[1:]),
        ({"kind": "closure"}, BOTH[1:]),
        ({"kind": "closure", "employer": "works"}, BOTH[1:]),
        ({"kind": "holiday", "employer": "works"}, BOTH[1:]),
        ({"kind": "shortened", "employer": "works"}, BOTH),
        ({"kind": "closure", "employer": "others"}, BOTH),
    ):
        employers = [{"id": each, "name": each} for each in ("works", "others")]
        term = at_work(work("anna", "08:00", "12:00"), employers=employers, calendar_days=[{**seventh, **row}])
        assert pieces(term) == [("08:00", "12:00", worked, False)]


# Cells of dates


@given(st.lists(st.integers(0, 2**9 - 1), max_size=6))
def test_partition_cuts_dates_into_the_coarsest_cells(sets: list[Dates]) -> None:
    """Cells are disjoint, cover what is in any set, lie within or outside each set, and no two could be joined."""
    cells = partition(sets)
    union = 0
    for cell in cells:
        assert cell
        assert not cell & union
        union |= cell
    everything = 0
    for each in sets:
        everything |= each
        assert all(cell & each in (0, cell) for cell in cells)
    assert union == everything
    assert len({tuple(bool(cell & each) for each in sets) for cell in cells}) == len(cells)


@given(st.sets(st.integers(0, 400)))
def test_days_lists_the_days_of_a_set_in_order(numbers: set[int]) -> None:
    """Writing numbers into bits and reading them gives them back."""
    assert list(days(sum(1 << number for number in numbers))) == sorted(numbers)


def test_a_school_may_be_closed_all_term() -> None:
    """Nothing is taught and nothing breaks."""
    off = [{"school": "north", "start": "2026-01-01", "end": "2027-12-31", "kind": "closure"}]
    calendar = Calendar(small_term(schools=[school("north"), school("south")], calendar_days=off))
    assert calendar.lesson_days("north") == 0
    assert calendar.lesson_days("south") == calendar.all
    assert calendar.spans("l1", None) == ()


# Lesson periods of a day, by their clock times


def grids_of(term: Term, variant: str = "standard") -> dict[tuple[str, ...], list[str]]:
    """Starts of the lesson periods of north with the dates of that day."""
    calendar = Calendar(term)
    return {
        tuple(f"{start // 60:02}:{start % 60:02}" for start, _ in grid.times): dates_of(calendar, grid.dates)
        for grid in calendar.day_grids("north", variant)
    }


def test_lesson_periods_of_a_day_follow_weekday_validity_and_shortened_days() -> None:
    """Tuesdays and the 14th have shorter periods; from the 16th on there are only two; each date is in one grid."""
    two = {"1": ("09:00", "10:00"), "2": ("10:00", "11:00")}
    rows = [*grid("north", FORTY, valid_to="2026-09-15"), *grid("north", two, valid_from="2026-09-16")]
    rows += [
        *grid("north", {"1": ("08:00", "08:30")}, weekday="tue"),
        *grid("north", {"1": ("12:00", "12:30")}, variant="short"),
    ]
    short = [{"school": "north", "start": "2026-09-14", "end": "2026-09-14", "kind": "shortened", "variant": "short"}]
    found = grids_of(small_term(time_grids=rows, calendar_days=short))
    assert found["12:00",] == ["2026-09-14"]
    assert found["08:00",] == ["2026-09-08", "2026-09-15"]
    assert found["09:00", "10:00"] == [f"2026-09-{day}" for day in range(16, 21)]
    assert found["08:30", "09:10", "10:00"] == ["2026-09-07", *(f"2026-09-{day:02}" for day in range(9, 14))]
    assert sum(map(len, found.values())) == 14


def test_lesson_periods_of_one_day() -> None:
    """By the number of the day; none where a school or variant has no grid."""
    calendar = Calendar(small_term())
    assert calendar.grid_on("north", "standard", 0)[:2] == ((510, 560), (560, 610))
    assert calendar.grid_on("north", "late", 0) == ()
    assert Calendar(small_term(time_grids=[])).grid_on("north", "standard", 13) == ()


def test_every_site_has_its_own_year() -> None:
    """Test week, study day, shortened day, A weeks and tijdvak of north leave south as it is, lesson by lesson."""
    own = [
        {"school": "north", "start": "2026-09-14", "end": "2026-09-18", "kind": "test_week"},
        {"school": "north", "start": "2026-09-22", "end": "2026-09-22", "kind": "study_day"},
        {"school": "north", "start": "2026-09-21", "end": "2026-09-21", "kind": "shortened", "variant": "short"},
        {"school": "south", "start": "2026-09-08", "end": "2026-09-08", "kind": "study_day"},
    ]
    term = small_term(
        end="2026-09-27",
        calendar_days=own,
        time_grids=[*grid("north"), *grid("north", FORTY, variant="short"), *grid("south")],
        courses=[course("robots"), course("bikes", school="south")],
        lessons=[
            *[lesson("n-mon", "2"), lesson("n-tue", "2", weekday="tue"), lesson("n-a", "3", weeks="37,39")],
            *[lesson("s-mon", "2", course="bikes"), lesson("s-tue", "2", weekday="tue", course="bikes")],
        ],
    )
    assert spans_of(term, "n-mon") == [("09:20", "10:10", ["2026-09-07"]), ("09:10", "09:50", ["2026-09-21"])]
    assert dates_taught(term, "n-tue") == ["2026-09-08"]
    assert dates_taught(term, "n-a") == ["2026-09-07", "2026-09-21"]
    assert spans_of(term, "s-mon") == [("09:20", "10:10", ["2026-09-07", "2026-09-14", "2026-09-21"])]
    assert dates_taught(term, "s-tue") == ["2026-09-15", "2026-09-22"]


def test_a_lesson_without_a_time_of_its_own_counts_as_its_first_other_time() -> None:
    """Periods 2 to 4 are three; clock times of 100 minutes two."""
    for when, periods in (({"first_period": "2", "last_period": "4"}, 3), ({"start": "09:00", "end": "10:40"}, 2)):
        other = [{"id": "other", "lesson": "l1", "weekday": "tue", **when}]
        calendar = Calendar(small_term(lessons=[lesson("l1", None)], lesson_times=other))
        assert calendar.lesson_periods("l1") == periods
        assert calendar.spans("l1", None) == ()
        assert calendar.takes_place("l1")
