"""Pictures: parsed as XML; what they say, where blocks stand, how texts fit."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given as each
from hypothesis import strategies as st

from model.results import region_picture, week_picture
from model.results.entries import Entries
from model.results.palette import INK, MUTED, OPEN, OPEN_STRIPE, PAPER, STAFFED, SUBJECT_HUES, subject_hues
from model.results.picture import lanes
from model.results.svg import clip, measure, wrap
from tests.results.region import TERM, given, outcome, term

SVG = "{http://www.w3.org/2000/svg}"


def parsed(picture):
    """The root of a picture."""
    return ET.fromstring(picture)


def words(node):
    """Every visible text."""
    return [text.text for text in node.iter(f"{SVG}text")]


def blocks(root):
    """Blocks of lessons by their full text (what a pointer shows)."""
    return {group.find(f"{SVG}title").text: group.find(f"{SVG}svg") for group in root.iter(f"{SVG}g")}


def block(root, start):
    """The block whose full text starts like this."""
    (found,) = [node for title, node in blocks(root).items() if title.startswith(start)]
    return found


def test_a_school_in_words():
    """Title, counts, status, weekdays and every lesson are in the picture."""
    said = words(parsed(week_picture(term(), outcome(), "nl", school="noord")))
    assert said[0] == "Lyceum Noord"
    assert "Eindhoven · Proefregio · 31 augustus 2026 t/m 8 november 2026" in said
    assert "4 van 5 lessen bezet, 1 open" in said
    assert "Uitkomst: gevonden, niet bewezen de beste" in said
    assert {"maandag", "vrijdag", "OPEN", "A-weken", "natuurkunde 4v2"} <= set(said)


def test_a_professional_in_words():
    """Their picture says where they teach, and counts only what they give."""
    said = words(parsed(week_picture(term(), outcome(), "en", professional="bram")))
    assert said[0] == "Bram Óśkar"
    assert {"2 lessons", "Lyceum Noord", "Techniek College: Zuid", "room 12 · wk 41-45"} <= set(said)
    assert "Anna de Vries" not in " ".join(said)


def test_one_of_the_two_is_asked():
    """A picture is of one school or one professional."""
    for wanted in ({}, {"school": "noord", "professional": "anna"}):
        with pytest.raises(ValueError, match="a school or a professional"):
            week_picture(term(), outcome(), "nl", **wanted)


def test_time_is_drawn_to_scale():
    """A lesson of 100 minutes is twice as high as one of 50, but for the gap of 3 below each; later lessons stand lower."""
    root = parsed(week_picture(term(), outcome(), "nl", school="noord"))
    one, two, later = (
        block(root, start)
        for start in ("Wiskunde B 3h1 · 08:30–09:20", "Wiskunde B 3h1 · 08:30–10:10", "natuurkunde 4v2 · 09:20")
    )
    assert float(two.get("height")) + 3 == pytest.approx(2 * (float(one.get("height")) + 3), abs=0.2)
    # It starts 50 minutes later, which is as far down as the first lesson is high.
    assert float(later.get("y")) - float(one.get("y")) == pytest.approx(float(one.get("height")) + 3, abs=0.2)


def test_lessons_at_one_time_stand_side_by_side():
    """The two lessons of Monday 08:30 do not touch."""
    root = parsed(week_picture(term(), outcome(), "nl", school="noord"))
    first, second = (block(root, start) for start in ("natuurkunde 4v2 · 08:30", "Wiskunde B 3h1 · 08:30–09:20"))
    assert float(first.get("x")) + float(first.get("width")) < float(second.get("x"))


def test_open_lessons_are_hatched_and_say_so():
    """Only the open block is filled with the hatch, and it has the word."""
    root = parsed(week_picture(term(), outcome(), "nl", school="noord"))
    hatched = [title for title, node in blocks(root).items() if node.find(f"{SVG}rect").get("fill").startswith("url(")]
    assert hatched == ["natuurkunde 4v2 · 08:30–09:20 · lesuur 1 · OPEN"]
    assert "OPEN" in words(block(root, "natuurkunde 4v2 · 08:30"))


def test_even_the_shortest_open_lesson_has_the_word():
    """In a block of five minutes there is one line, and it says that the lesson is open."""
    short = {"id": "en-ma", "course": "en", "weekday": "mon", "start": "13:00", "end": "13:05"}
    rows = [short if row["id"] == "en-ma" else row for row in TERM["lessons"]]
    assert words(block(parsed(week_picture(term(lessons=rows), outcome(), "nl", school="zuid")), "Engels")) == ["OPEN"]


def test_an_empty_week_is_a_picture_too():
    """Somebody without lessons has an empty week, and a school's first lesson may be anywhere."""
    root = parsed(week_picture(term(), outcome(), "nl", professional="cleo"))
    assert "0 lessen" in words(root)
    assert blocks(root) == {}


def test_people_who_do_not_see_it_get_title_and_description():
    """The picture is named, described and announced as an image; two pictures on a page share no ids."""
    pictures = [week_picture(term(), outcome(), "nl", school=school) for school in ("noord", "zuid")]
    root = parsed(pictures[0])
    assert root.get("role") == "img"
    assert root[0].text == "Weekrooster van Lyceum Noord"
    assert "4 van 5 lessen bezet" in root[1].text
    assert root.get("aria-labelledby") == f"{root[0].get('id')} {root[1].get('id')}"
    ids = [set(re.findall(r' id="([^"]+)"', picture)) for picture in pictures]
    assert not ids[0] & ids[1]


@pytest.mark.parametrize("name", ["<b>&\"'", "a\nb\tc", "]]>", "😀" * 40])
def test_texts_are_escaped(name):
    """Names with markup or line breaks leave the picture well-formed."""
    schools = [{**row, "name": name} for row in TERM["schools"]]
    region = term(schools=schools, courses=[{**row, "name": name} for row in TERM["courses"]])
    for picture in (week_picture(region, outcome(), "nl", school="noord"), region_picture(region, outcome(), "nl")):
        assert parsed(picture).tag == f"{SVG}svg"


def test_no_outside_resources():
    """Nothing is fetched: no addresses but the name of SVG itself, no images, no scripts."""
    for picture in (week_picture(term(), outcome(), "nl", school="noord"), region_picture(term(), outcome(), "nl")):
        assert re.findall(r"https?://[^\"]+", picture) == ["http://www.w3.org/2000/svg"]
        assert not re.search(r"<(image|script|style|use|foreignObject)\b|href", picture)


def test_same_outcome_same_picture():
    """Drawing twice gives the same text."""
    for draw in (
        lambda: week_picture(term(), outcome(), "nl", school="noord"),
        lambda: region_picture(term(), outcome(), "nl"),
    ):
        assert draw() == draw()


# The region


def test_region_in_words():
    """Schools with most open lessons first, each with its counts; open lessons by half-day below."""
    said = words(parsed(region_picture(term(), outcome(), "nl")))
    assert {"4 van 7 lessen bezet", "3 open", "0 van 2 bezet", "2 open", "4 van 5 bezet", "1 open"} <= set(said)
    assert said.index("Techniek College: Zuid") < said.index("Lyceum Noord")
    # Ten half-days of the working week and Thursday evening: Monday morning, Monday afternoon, Thursday evening.
    counts = said[said.index("Open lessen per dagdeel") + 1 :][:11]
    assert counts == ["1", "1", "–", "–", "–", "–", "–", "–", "1", "–", "–"]


def test_region_has_a_square_per_lesson():
    """Seven lessons are seven squares, three of them hatched."""
    root = parsed(region_picture(term(), outcome(), "nl"))
    squares = [group.find(f"{SVG}rect").get("fill") for group in root.iter(f"{SVG}g")]
    assert (len(squares), sum(fill.startswith("url(") for fill in squares)) == (7, 3)


# Placing and fitting


@each(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=12))
def test_lanes_never_overlap(times):
    """Entries in one lane follow each other, and those that overlap divide their column alike."""
    (pattern,) = Entries(term(), outcome(), "nl").of_lesson("en-ma")
    entries = [_moved(pattern, number, start, start + length) for number, (start, length) in enumerate(times)]
    placed = lanes(entries)
    assert sorted(one.entry.lesson for one in placed) == sorted(entry.lesson for entry in entries)
    assert all(0 <= one.lane < one.lanes for one in placed)
    for one, other in combinations(placed, 2):
        if one.entry.start < other.entry.end and other.entry.start < one.entry.end:
            assert (one.lane != other.lane, one.lanes == other.lanes) == (True, True)


def _moved(entry, number, start, end):
    return replace(entry, lesson=str(number), start=start, end=end)


def test_lanes_start_anew_after_a_free_moment():
    """Two parallel lessons halve the column; a later one has all of it."""
    (pattern,) = Entries(term(), outcome(), "nl").of_lesson("en-ma")
    placed = lanes([_moved(pattern, 1, 0, 10), _moved(pattern, 2, 5, 15), _moved(pattern, 3, 15, 20)])
    assert [(one.entry.lesson, one.lane, one.lanes) for one in placed] == [("1", 0, 2), ("2", 1, 2), ("3", 0, 1)]


@each(st.text(max_size=80), st.integers(20, 300), st.integers(1, 4))
def test_wrapped_texts_fit(said, width, lines):
    """Every line fits in the width, and there are no more lines than asked for."""
    wrapped = wrap(said, width, 12, lines)
    assert len(wrapped) <= lines
    assert all(measure(line, 12) <= width for line in wrapped)


def test_wrapping_keeps_the_words_that_fit():
    """Words go on the next line; what is too much ends in an ellipsis."""
    # At size 10 each of these letters and digits is 5.56 × 1.02 wide, a space 2.78 × 1.02: two words take 37 pixels.
    assert wrap("aaa bbb ccc", 40, 10, 2) == ["aaa bbb", "ccc"]
    assert wrap("aaa bbb ccc", 40, 10, 1) == ["aaa b…"]
    assert clip("abc", 100, 10) == "abc"


# Colours


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Contrast ratio as WCAG 2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_text_can_be_read():
    """All texts have at least 4.5 : 1 against what they stand on (WCAG 2.2 AA)."""
    pairs = [(hue.pale, ink) for hue in (*SUBJECT_HUES, OPEN) for ink in (hue.strong, INK, MUTED)]
    pairs += [(OPEN_STRIPE, ink) for ink in (OPEN.strong, INK, MUTED)]
    pairs += [(PAPER, ink) for ink in (INK, MUTED, STAFFED, OPEN.strong)]
    assert min(contrast(*pair) for pair in pairs) >= 4.5


def test_subjects_of_one_school_differ_in_colour():
    """Twelve subjects over two schools: each school's have hues of their own, and case does not matter."""
    courses = [
        {"id": f"{school}{number}", "school": school, "subject": f"Vak {number}"}
        for school, numbers in (("noord", range(8)), ("zuid", range(4, 12)))
        for number in numbers
    ]
    region = term(courses=courses, lessons=[], lesson_times=[])
    hues = subject_hues(region)
    assert len(hues) == 12
    for numbers in (range(8), range(4, 12)):
        assert len({hues[f"vak {number}"] for number in numbers}) == 8


def test_colours_stay_with_a_subject():
    """A subject has one hue in every picture of a term."""
    fills = [
        block(parsed(week_picture(term(), outcome(), "nl", **of)), "Wiskunde").find(f"{SVG}rect").get("fill")
        for of in ({"professional": "bram"},)
    ]
    school = parsed(week_picture(term(), outcome(), "nl", school="noord"))
    fills.append(block(school, "Wiskunde B 3h1 · 08:30–09:20").find(f"{SVG}rect").get("fill"))
    assert fills[0] == fills[1] == subject_hues(term())["wiskunde"].pale


def test_a_lesson_given_at_another_time_stands_there():
    """The moved lesson is on Wednesday at 10:30, and the Monday has one block left."""
    root = parsed(week_picture(term(), outcome(given("na-ma", "anna", option="na-ma-wo")), "nl", school="noord"))
    assert [title for title in blocks(root) if title.startswith("natuurkunde 4v2 · 10:30–11:20 · lesuur 3 · Anna")]
