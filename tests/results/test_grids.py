"""Week grids: which rows and columns, and what stands in a cell."""

from __future__ import annotations

from model.fields import Weekday
from model.results.entries import Entries
from model.results.grids import open_text, professional_grid, room_text, school_grid, who_text
from tests.results.region import TERM, given, outcome, term


def school(name, made=None, **changes):
    """The grid of a school."""
    return school_grid(Entries(term(**changes), made or outcome(), "nl"), name)


def test_rows_follow_the_clock():
    """Rows start at the lessons' clock times, in order, with the label of the lesson period."""
    assert [(row.clock, row.label) for row in school("noord").rows] == [("08:30", "1"), ("09:20", "2"), ("10:30", "3")]


def test_lessons_in_clock_times_have_no_label():
    """A row of lessons without lesson period shows the time alone."""
    assert [(row.clock, row.label) for row in school("zuid").rows] == [("13:00", ""), ("18:30", "")]


def test_a_cell_holds_what_starts_then():
    """On Monday at 08:30 two lessons start, one of them open; on Wednesday one that lasts two periods."""
    row = school("noord").rows[0]
    cells = dict(zip(school("noord").weekdays, row.cells, strict=True))
    assert [(each.lesson, each.is_open) for each in cells[Weekday.MON]] == [("wi-ma", False), ("na-ma", True)]
    assert [each.clock for each in cells[Weekday.WED]] == ["08:30–10:10"]
    assert (cells[Weekday.TUE], row.depth) == ((), 2)


def test_the_weekend_appears_when_it_is_used():
    """Monday to Friday always; Saturday only with a lesson on it."""
    saturday = {"id": "en-za", "course": "en", "weekday": "sat", "start": "10:00", "end": "11:00"}
    assert len(school("zuid").weekdays) == 5
    assert school("zuid", lessons=[*TERM["lessons"], saturday]).weekdays[5:] == (Weekday.SAT,)


def test_counts():
    """Noord has five lessons of which one is open, zuid two of which both are."""
    assert [(grid.lessons, grid.open) for grid in (school("noord"), school("zuid"))] == [(5, 1), (2, 2)]


def test_a_professional_sees_every_school():
    """Bram teaches at both schools; his grid has both and nobody else's lessons."""
    grid = professional_grid(Entries(term(), outcome(), "nl"), "bram")
    assert [(each.lesson, each.school_name) for each in grid.entries] == [
        ("wi-ma", "Lyceum Noord"),
        ("te-do", "Techniek College: Zuid"),
    ]


def test_who_is_said_with_weeks_and_without_oneself():
    """Sharers have their weeks behind their names; a person's own grid leaves them out."""
    (shared,) = Entries(term(), outcome(), "nl").of_lesson("wi-ma")
    assert who_text(shared, "nl") == "Anna de Vries (wk 36-40), Bram Óśkar (wk 41-45)"
    assert who_text(shared, "nl", besides="anna") == "Bram Óśkar (wk 41-45)"


def test_how_a_lesson_is_open():
    """Open altogether, open in some weeks, and short of one or two teachers are told apart."""
    entries = Entries(term(), outcome(given("wi-ma", "anna", "36-40"), given("te-do", "bram")), "nl")
    said = {lesson: open_text(entries.of_lesson(lesson)[0], "nl") for lesson in ("na-ma", "wi-ma", "te-do")}
    assert said == {"na-ma": "OPEN", "wi-ma": "OPEN (wk 41-45)", "te-do": "OPEN: nog 1 docent nodig"}
    nobody = Entries(term(), outcome(given("wi-ma", "anna")), "nl").of_lesson("te-do")[0]
    assert open_text(nobody, "nl") == "OPEN: nog 2 docenten nodig"


def test_rooms_are_called_rooms():
    """A number needs the word before it, a name does not, and no room is nothing."""
    entries = Entries(term(), outcome(), "nl")
    rooms = [room_text(entries.of_lesson(lesson)[0], "nl") for lesson in ("wi-ma", "te-do", "en-ma")]
    assert rooms == ["lokaal 12", "Praktijkhal", ""]
