"""Demand without times becomes lessons that may be given at any time it allows."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from model.calendar import MAX_OPTIONS_PER_BLOCK, Calendar
from model.checks import content_issues
from model.checks_warnings import warnings
from model.demands import expanded, positions
from model.files import read_term, read_timetable, write_term
from model.judge import judge
from model.lessons import Demand
from model.locale import text
from model.results import feed, school_rows
from model.rules import RULES
from model.rules.continuity import ContinuityRule
from model.term import Term
from model.timetable import Status
from solver.board import Board
from solver.solve import solve
from tests.agreement import Case, best, disagreement, judged, timetable_of, written
from tests.random_regions import drawn_cases
from tests.regions import course, grid, lesson, person, small_term, table
from tests.rules.cases import facts

MONDAY = ["mon-morning"]


def asked(*demands: dict[str, Any], **tables: Any) -> Term:
    """Course robots of class a, whose demand is `d` unless said otherwise, and no lessons."""
    rows = [{"id": "d", "course": "robots", "lessons_per_week": 2, **row} for row in demands]
    values = {"courses": [course("robots", classes=["a"])], "lessons": [], "demands": rows}
    return small_term(**{**values, **tables})


def times(term: Term, lesson_id: str) -> list[tuple[str, str | None, str | None]]:
    return [(row.weekday.value, row.first_period, row.last_period) for row in expanded(term).times_of(lesson_id)]


# What is written out


def test_a_block_may_lie_anywhere_in_its_half_days() -> None:
    """Mornings hold periods 1 to 4, so a block of two has three places there; afternoons hold 5 and 6, one place."""
    term = asked({"half_days": ["mon-morning", "tue-afternoon"]})
    assert times(term, "d#1") == [("mon", "1", "2"), ("mon", "2", "3"), ("mon", "3", "4"), ("tue", "5", "6")]
    assert [row.id for row in expanded(term).lesson_times][:2] == ["d#1:mon:1", "d#1:mon:2"]
    assert times(asked({"half_days": ["mon-evening"], "block_length": 1}), "d#1") == [("mon", "7", None)]


def test_without_half_days_mornings_and_afternoons_are_meant() -> None:
    """Four places in a day, on five days; never over lunch, never in the evening."""
    found = times(asked({}), "d#1")
    assert len(found) == 20
    assert ("mon", "4", "5") not in found
    assert {day for day, _, _ in found} == {"mon", "tue", "wed", "thu", "fri"}


def test_lessons_are_cut_into_blocks_and_the_last_may_be_shorter() -> None:
    """Five lesson periods in blocks of two are 2 + 2 + 1; fewer than a block are one short block."""
    of_five = Demand(id="d", course="robots", lessons_per_week=5, block_length=2)
    assert of_five.blocks() == [("d#1", 2), ("d#2", 2), ("d#3", 1)]
    assert of_five.replace(lessons_per_week=1).blocks() == [("d#1", 1)]
    assert all(len(name) <= 200 for name, _ in of_five.replace(id="x" * 390).blocks())
    term = expanded(asked({"lessons_per_week": 5, "weeks": "37", "half_days": MONDAY}))
    calendar = Calendar(term)
    assert [(row.id, calendar.lesson_periods(row.id), row.weeks) for row in term.lessons] == [
        ("d#1", 2, frozenset([37])),
        ("d#2", 2, frozenset([37])),
        ("d#3", 1, frozenset([37])),
    ]


def test_the_pause_group_of_the_class_decides() -> None:
    """Class a has its own variant with three periods, of which the last is after noon."""
    late = {"1": ("08:30", "09:20"), "2": ("11:00", "11:50"), "3": ("12:30", "13:20")}
    groups = [{"id": "a", "school": "north", "variant": "late"}]
    term = asked(
        {"half_days": MONDAY}, class_groups=groups, time_grids=[*grid("north"), *grid("north", late, variant="late")]
    )
    assert times(term, "d#1") == [("mon", "1", "2")]


def test_writing_out_changes_nothing_else() -> None:
    """Other lessons stay, nothing is written out twice, and the input is known by the same hash."""
    term = asked({"half_days": MONDAY}, lessons=[lesson("l1")])
    once = expanded(term)
    assert [row.id for row in once.lessons] == ["l1", "d#1"]
    assert expanded(once) is once
    assert once.input_hash == term.input_hash
    without = small_term()
    assert expanded(without) is without


# What comes of it


def test_the_best_time_is_found_and_judged() -> None:
    """Anna is away on Monday until 10:00, so the block of two starts in period 3: 2 periods x 2 dates x 100 points."""
    away = [{"professional": "anna", "weekday": "mon", "end": "10:00"}]
    term = asked({"half_days": MONDAY}, unavailability=away)
    value, timetable = best(term)
    assert [(row.lesson, row.option) for row in timetable.assignments] == [("d#1", "d#1:mon:3")]
    assert judge(term, timetable).value == value
    at_one = table(("d#1", "anna", "d#1:mon:1"))
    assert [breach.rule for breach in judge(term, at_one).breaches] == ["availability"]
    assert judged(expanded(term), at_one, RULES) is None is written(Board.of(term, screen=False), at_one)


def test_a_class_is_never_asked_twice_at_once() -> None:
    """Two blocks on one morning: 1-2 and 3-4, whoever gives them; with period 2 busy only one block fits."""
    people = [person("anna"), person("bob")]
    term = asked({"lessons_per_week": 4, "half_days": MONDAY}, professionals=people)
    _, timetable = best(term)
    assert sorted((row.option or "").rpartition(":")[2] for row in timetable.assignments) == ["1", "3"]
    busy = [{"class_group": "a", "weekday": "mon", "first_period": "2"}]
    _, timetable = best(asked({"lessons_per_week": 4, "half_days": MONDAY}, professionals=people, busy=busy))
    assert [(row.option or "")[3:] for row in timetable.assignments] == [":mon:3"]


def test_solving_naming_and_reading_back(tmp_path: Path) -> None:
    """The outcome says weekday and clock times; checked from its file it is worth the same; calendars show the time."""
    term = asked({"half_days": ["tue-afternoon"]})
    outcome = solve(term, seconds=10)
    assert outcome.status is Status.PROVED_BEST
    (given,) = outcome.assignments
    assert (given.lesson, given.weekday, given.start, given.end) == ("d#1", "tue", "13:00", "14:40")
    assert outcome.input_hash == term.input_hash
    path = tmp_path / "outcome.json"
    path.write_text(outcome.model_dump_json(), "utf-8")
    read = read_timetable(path, term)
    assert read.timetable is not None
    assert not read.issues
    assert judge(term, read.timetable).value == outcome.value
    assert b"DTSTART;TZID=Europe/Amsterdam:20260908T130000" in feed(term, outcome, "anna", "nl")


def test_a_timetable_must_say_which_time(tmp_path: Path) -> None:
    """A row without one is refused, and told which times there are."""
    path = tmp_path / "hand.json"
    path.write_text(json.dumps([{"lesson": "d#1", "professional": "anna"}]), "utf-8")
    read = read_timetable(path, asked({"half_days": MONDAY}))
    assert read.timetable is None
    assert [(issue.code, issue.value) for issue in read.issues] == [("time_not_chosen", "d#1")]
    assert "d#1:mon:1" in read.issues[0].sentence("nl")


def test_an_open_block_says_that_its_time_is_not_chosen() -> None:
    """Nobody is licensed: the row names the first time and the others, by half-day where they are many."""
    outcome = solve(asked({"half_days": MONDAY}, licences=[]), seconds=10)
    (rows,) = school_rows(asked({"half_days": MONDAY}, licences=[]), outcome, "nl")
    assert rows.lessons[0].weeks == "tijd ligt nog niet vast"
    assert rows.open[0].time == "08:30–10:10"
    assert rows.open[0].other_times == ("ma 09:20–11:20", "ma 10:30–12:10")
    many = asked({}, licences=[])
    (rows,) = school_rows(many, solve(many, seconds=10), "nl")
    assert rows.open[0].other_times[:3] == ("ma ochtend", "ma middag", "di ochtend")


def test_files_keep_the_demand_as_it_is(tmp_path: Path) -> None:
    """A term read back has the demand and none of the lessons written out."""
    term = asked({"half_days": MONDAY, "weeks": "37"})
    write_term(term, tmp_path / "term.json")
    loaded = read_term(tmp_path / "term.json")
    assert loaded.term == term


# What is wrong with it


def problems(term: Term) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(issue.code, issue.table, issue.index, issue.field) for issue in content_issues(term)]


def test_one_person_gives_all_blocks_however_many_times_there_are() -> None:
    """Six blocks with 3 places each have 729 ways: the lessons are tied instead, and Anna gives all or none."""
    same = [course("robots", continuity="same")]
    assert 3**5 <= MAX_OPTIONS_PER_BLOCK < 3**6
    six = {"lessons_per_week": 6, "block_length": 1, "half_days": MONDAY}
    people = [person("anna"), person("bob", max_lessons_per_day=5)]
    for demand, whole in (({**six, "lessons_per_week": 3}, True), (six, False)):
        board = Board.of(asked(demand, courses=same, professionals=people))
        assert {len(each.lessons) == 3 for each in board.candidates} == {whole}
    # Mornings have four periods, so six blocks of one do not fit in one; in two mornings they do.
    assert best(asked(six, courses=same, professionals=people))[0] == 0
    two = asked({**six, "half_days": [*MONDAY, "tue-morning"]}, courses=same, professionals=people)
    _, timetable = best(two)
    assert {row.professional for row in timetable.assignments} <= {"anna", "bob"}
    assert {len([row for row in timetable.assignments if row.professional == who]) for who in ("anna", "bob")} <= {0, 6}
    assert len(timetable.assignments) == 6


def test_tied_lessons_are_judged_as_whole_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """With every course of several times tied, judge and board agree on the same random terms, both ways."""
    monkeypatch.setattr("solver.blocks.MAX_OPTIONS_PER_BLOCK", 1)
    seen: Counter[bool] = Counter()
    for case in islice(drawn_cases(), 120):
        board = Board.of(case.term, rules=(), screen=False)
        parts = tuple(timetable_of(board.candidates[start::5]) for start in range(3))
        assert disagreement(Case(case.term, parts), [ContinuityRule]) is None
        seen.update(judged(case.term, each, [ContinuityRule]) is None for each in parts if each.assignments)
        for because in facts(case.term, ContinuityRule):
            assert "{" not in text(because.message, "nl", **because.params)
    assert min(seen[True], seen[False]) >= 10, seen


def test_the_names_of_blocks_are_taken() -> None:
    """A lesson that is called as a block would be."""
    assert problems(asked({"half_days": MONDAY}, lessons=[lesson("d#1")])) == [("id_twice", "demands", 0, "id")]


def test_blocks_may_have_been_published() -> None:
    """With a time they have; without one, with a time of another or with a block there is not, it is told."""
    row = {"lesson": "d#1", "professional": "anna", "option": "d#1:mon:1"}
    asked_for = {"half_days": MONDAY}
    term = asked(asked_for, published=[row], as_of="2026-09-01")
    assert problems(term) == []
    assert judge(term, table(("d#1", "anna", "d#1:mon:1"))).breaches == ()
    place = ("published", 0, "option")
    assert problems(asked(asked_for, published=[{**row, "option": None}])) == [("time_not_chosen", *place)]
    assert problems(asked(asked_for, published=[{**row, "option": "d#1:mon:9"}])) == [("unknown_reference", *place)]
    for wrong in ({"lesson": "d#2"}, {"option": "d#2:mon:1"}, {"lesson": "mon"}):
        with pytest.raises(ValidationError, match="unknown_reference"):
            asked(asked_for, published=[{**row, **wrong}])


@pytest.mark.parametrize("wrong", [{"course": "x"}, {"school": "x"}, {"classes": ["x"]}], ids=str)
def test_what_refers_to_nothing_is_told_elsewhere(wrong: dict[str, Any]) -> None:
    """The checks of demand pass over rows whose references are told as unknown."""
    term = asked({"half_days": MONDAY})
    courses = (term.courses[0].replace(**{name: each for name, each in wrong.items() if name != "course"}),)
    demands = (term.demands[0].replace(course=wrong.get("course", "robots")),)
    values = {name: getattr(term, name) for name in Term.model_fields}
    assert problems(Term.model_construct(**{**values, "courses": courses, "demands": demands})) == []


def test_demand_that_fits_nowhere_is_named_and_left_out() -> None:
    """No three periods in an afternoon; no grid at all."""
    for term in (
        asked({"block_length": 3, "lessons_per_week": 3, "half_days": ["mon-afternoon"]}),
        asked({}, time_grids=[]),
    ):
        found = [issue for issue in warnings(term) if issue.code == "demand_without_time"]
        assert [(issue.table, issue.index, issue.field) for issue in found] == [("demands", 0, "half_days")]
        assert found[0].sentence("en").startswith("A block of")
        assert expanded(term).lessons == ()
        assert problems(term) == []


def test_positions_follow_the_labels_of_the_grid() -> None:
    """Where periods change in the course of the term a label counts once."""
    both = [*grid("north", valid_to="2026-09-13"), *grid("north", valid_from="2026-09-14")]
    term = asked({"half_days": MONDAY}, time_grids=both)
    assert [each.first for each in positions(Calendar(term), term.demands[0], 2)] == ["1", "2", "3"]
