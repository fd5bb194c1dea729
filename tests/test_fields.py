"""The cell types of a term and the base of its rows: what they take, what they refuse, and how rows get their ids."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from model.fields import MAX_MADE_ID, WEEK_NUMBERS, clock_text, folded, parse_weeks, weeks_text
from model.lessons import Demand
from model.people import Presence, Professional, WorkBlock
from model.sites import GridPeriod, Room, WeekPattern


def refusal(record: Any, **fields: Any) -> tuple[str, str]:
    """Field and kind of the one thing that is refused."""
    with pytest.raises(ValidationError) as caught:
        record(**fields)
    (error,) = caught.value.errors()
    return str(error["loc"][0]), error["type"]


@given(st.integers(0, 24 * 60))
def test_clock_times_are_read_as_they_are_written(minutes: int) -> None:
    """Every minute of a day, midnight at its end included."""
    assert GridPeriod(school="s", period="1", start=clock_text(minutes), end=minutes).start == minutes


@pytest.mark.parametrize("clock", ["24:01", "8:60", "8:5", "half negen", "", 1441, -1, True, 8.5, None])
def test_what_is_no_clock_time(clock: Any) -> None:
    """Times after midnight, half minutes and words are refused; an empty text counts as left out."""
    field, kind = refusal(GridPeriod, school="s", period="1", start=clock, end="9:00")
    assert (field, kind) == ("start", "missing" if clock == "" else "clock")


@given(st.frozensets(st.integers(1, WEEK_NUMBERS), min_size=1))
def test_weeks_are_read_as_they_are_written(weeks: frozenset[int]) -> None:
    """Any set of week numbers."""
    assert parse_weeks(weeks_text(weeks)) == weeks


@pytest.mark.parametrize("weeks", ["0", "54", "36-", "a", "3.5", [], [54], [36.5], True, "٣٦"])
def test_what_are_no_weeks(weeks: Any) -> None:
    """Numbers that no week has, half ranges and words are refused."""
    assert refusal(WeekPattern, name="A", weeks=weeks) == ("weeks", "weeks")


@pytest.mark.parametrize("part", ["tue", "tue-noon", "tuesday-morning", "morning-tue"])
def test_what_is_no_half_day(part: str) -> None:
    """A weekday and a half-day, as the model names them."""
    assert refusal(Demand, course="c", lessons_per_week=1, half_days=[part]) == ("half_days", "day_part")


def test_empty_texts_are_nothing() -> None:
    """An empty text is what a file has for nothing: the default, or missing; in a list it does not count."""
    room = Room(id="r", school="s", name="  ", capacity=" ")  # type: ignore[arg-type]  as a file has it
    assert (room.name, room.capacity) == ("", None)
    assert GridPeriod(school="s", variant="", period="1", start=0, end=1).variant == "standard"
    assert Professional(id="p", name="P", employer="", skills=("a", " ", "")) == Professional(
        id="p", name="P", skills=("a",)
    )
    assert refusal(Professional, id="p", name=" ") == ("name", "missing")
    assert refusal(Room, id="r", school="s", colour="") == ("colour", "extra_forbidden")


@pytest.mark.parametrize("character", ["\0", "\x1b", "\r", "\ufffe", "\uffff"])
def test_characters_that_no_workbook_holds(character: str) -> None:
    """They are refused in texts and in lists; tabs and line breaks are not."""
    assert refusal(Room, id=f"r{character}1", school="s") == ("id", "character")
    assert refusal(Professional, id="p", name="P", skills=[f"a{character}b"]) == ("skills", "character")
    assert Room(id="r", school="s", name="a\tb\nc").name == "a\tb\nc"


def test_made_ids() -> None:
    """An id made from the row's key is the same whatever else changes, and short enough to be given."""
    block = WorkBlock(professional="anna", weekday="mon", start="8:00", end="12:00")  # type: ignore[arg-type]  as written
    assert block.id == "anna:1:1:mon:480"
    assert block.replace(end=13 * 60).id == block.id
    assert block.replace(id="own").id == "own"
    names = [f"person-{number:03d}" for number in range(100)]
    long, other = (Presence(employer="works", people=tuple(people)) for people in (names, names[:-1]))
    assert len(long.id) <= MAX_MADE_ID
    assert long.id != other.id
    assert Presence.model_validate_json(long.model_dump_json()) == long


def test_folded_names() -> None:
    """Case, accents, spaces and punctuation do not count in names of sheets and columns."""
    assert folded(" Max. lesuren/week ") == folded("max_lesuren-WEEK") == "maxlesurenweek"
    assert folded("Continuïteit") == "continuiteit"
