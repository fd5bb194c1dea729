"""Entries: clock times, weeks in words, who gives what, what is open."""

from __future__ import annotations

import pytest

from model.results.entries import Entries
from tests.results.region import TERM, given, outcome, term


def entry(lesson, lang="nl", made=None, **changes):
    """The one entry of a lesson."""
    (found,) = Entries(term(**changes), made or outcome(), lang).of_lesson(lesson)
    return found


def lessons(*rows):
    """The region's lessons, with those of the same id replaced."""
    replaced = {row["id"] for row in rows}
    return [*(row for row in TERM["lessons"] if row["id"] not in replaced), *rows]


def test_all_the_schools_weeks_need_no_words():
    """A lesson of every week has no weeks, though the autumn holiday takes one away."""
    assert entry("wi-wo").weeks == ""


@pytest.mark.parametrize(("lang", "words"), [("nl", "A-weken"), ("en", "A weeks")])
def test_a_pattern_of_the_school_is_named(lang, words):
    """A week set that is the school's A weeks is called so."""
    assert entry("wi-a", lang).weeks == words


def test_a_pattern_is_the_schools_own():
    """The A weeks of noord mean nothing at zuid."""
    rows = lessons(
        {"id": "en-ma", "course": "en", "weekday": "mon", "start": "13:00", "end": "14:30", "weeks": "36,38"}
    )
    patterns = [{"name": "A", "school": "noord", "weeks": "36,38"}]
    assert entry("en-ma", lessons=rows, week_patterns=patterns).weeks == "wk 36, 38"


def test_a_pattern_counts_without_the_holidays():
    """B weeks 37, 39, 41, 45 are the B weeks although week 43 of the pattern is a holiday."""
    rows = lessons({"id": "wi-a", "course": "wi", "weekday": "fri", "first_period": "3", "weeks": "37,39,41,45"})
    assert entry("wi-a", lessons=rows).weeks == "B-weken"


def test_a_pattern_whose_name_says_week_stays_as_it_is():
    """`even weken` does not become `even weken-weken`."""
    patterns = [{"name": "even weken", "weeks": "36,38,40,42,44"}]
    assert entry("wi-a", week_patterns=patterns).weeks == "even weken"


def test_a_period_is_named():
    """A lesson in just the weeks of a period (tijdvak) is said to be in it."""
    periods = [{"id": "t1", "name": "tijdvak 1", "start": "2026-08-31", "end": "2026-10-02"}]
    rows = lessons({"id": "wi-a", "course": "wi", "weekday": "fri", "first_period": "3", "weeks": "36-40"})
    assert entry("wi-a", lessons=rows, periods=periods).weeks == "tijdvak 1"


def test_a_run_goes_on_over_a_holiday_but_not_over_a_lesson_week():
    """Weeks 36-38 and 41-44 of which 43 is a holiday; 39 and 40 are lesson weeks without this lesson."""
    assert entry("na-do").weeks == "wk 36-38, 41-44"


def test_weeks_follow_the_term_over_new_year():
    """A term that runs over New Year lists week 51 before week 2."""
    rows = lessons({"id": "wi-a", "course": "wi", "weekday": "fri", "first_period": "3", "weeks": "50-2"})
    assert entry("wi-a", end="2027-02-26", lessons=rows, week_patterns=[]).weeks == "wk 50-2"


def test_a_shortened_day_is_an_exception():
    """On the shortened Wednesday of week 42 periods 1-2 last from 08:30 to 09:30 instead of 10:10."""
    found = entry("wi-wo")
    assert (found.clock, found.weeks, found.exceptions) == ("08:30–10:10", "", ("let op wk 42: 08:30–09:30",))


def test_a_lesson_with_a_new_grid_halfway_has_two_entries():
    """From 5 October period 1 starts at 08:15: five weeks with each time (36-40, and 41, 42, 44, 45 less the holiday)."""
    grids = [
        *TERM["time_grids"][1:],
        {"school": "noord", "period": "1", "start": "08:30", "end": "09:20", "valid_to": "2026-10-04"},
        {"school": "noord", "period": "1", "start": "08:15", "end": "09:20", "valid_from": "2026-10-05"},
    ]
    entries = Entries(term(time_grids=grids), outcome(), "nl")
    found = [(each.clock, each.weeks) for each in entries.of_lesson("wi-ma")]
    assert found == [("08:30–09:20", "wk 36-40"), ("08:15–09:20", "wk 41-45")]


def test_who_gives_it_in_which_weeks():
    """Two people share the lesson: each has weeks, and nobody lacks."""
    found = entry("wi-ma")
    assert [(giver.name, giver.weeks) for giver in found.givers] == [
        ("Anna de Vries", "wk 36-40"),
        ("Bram Óśkar", "wk 41-45"),
    ]
    assert not found.is_open


def test_the_only_one_needs_no_weeks():
    """Who gives all of a lesson has no weeks of their own, whatever the lesson's are."""
    found = entry("wi-a")
    assert [(giver.name, giver.employer, giver.weeks) for giver in found.givers] == [
        ("Anna de Vries", "Metaalwerk BV", "")
    ]


def test_a_lesson_open_in_some_weeks_says_in_which():
    """Anna stops after week 40: one teacher lacks in the four lesson weeks that follow."""
    found = entry("wi-ma", made=outcome(given("wi-ma", "anna", "36-40")))
    assert (found.missing, found.open_weeks) == (1, "wk 41-45")


def test_a_lesson_for_two_is_open_with_one():
    """Two teachers are needed and one is there, in all weeks."""
    found = entry("te-do")
    assert (len(found.givers), found.missing, found.open_weeks) == (1, 1, "")


def test_nobody_at_all():
    """Two teachers are needed and nobody is there."""
    assert entry("te-do", made=outcome(given("wi-a", "anna"))).missing == 2


def test_another_time_brings_its_weekday_and_clock_time():
    """A lesson given at its other time stands there, and not at its own."""
    found = entry("na-ma", made=outcome(given("na-ma", "anna", option="na-ma-wo")))
    # Period 3 on Wednesday is 10:30-11:20, and 09:50-10:20 on the shortened one.
    assert (found.weekday, found.clock, found.is_open) == ("wed", "10:30–11:20", False)
    assert found.exceptions == ("let op wk 42: 09:50–10:20",)


def test_a_professionals_entry_has_only_their_weeks():
    """Bram gives the shared lesson from week 41 on."""
    found = {each.lesson: each for each in Entries(term(), outcome(), "nl").of_professional("bram")}
    assert {lesson: each.weeks for lesson, each in found.items()} == {"wi-ma": "wk 41-45", "te-do": ""}
    # Four Mondays: weeks 41, 42, 44, 45.
    assert len(found["wi-ma"].times) == 4


def test_a_lesson_that_never_takes_place_has_no_entry():
    """A lesson only in the holiday week is nowhere, open or not."""
    rows = lessons({"id": "wi-a", "course": "wi", "weekday": "fri", "first_period": "3", "weeks": "43"})
    entries = Entries(term(lessons=rows), outcome(given("wi-ma", "anna")), "nl")
    assert entries.of_lesson("wi-a") == ()
    assert "wi-a" not in {each.lesson for each in entries.all()}


def test_what_says_class_groups_once():
    """`Techniek TE1` of class TE1 is not `Techniek TE1 TE1`; other titles get their class."""
    assert (entry("te-do").what, entry("na-do").what) == ("Techniek TE1", "natuurkunde 4v2")
