"""A half-day for meetings without a time: mornings end at 12:30, afternoons at 18:00."""

from typing import Any

from model.rule import Owner
from model.rules.activity_half_day import ActivityHalfDay
from model.term import Term
from model.timetable import Timetable
from solver.board import Board
from tests.regions import lesson, person, release, small_term, table, work, worker
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

ANNA, BOB = person("anna"), person("bob")


def agenda(*people: dict[str, Any], meeting: dict[str, Any] | None = None, **tables: Any) -> Term:
    """A meeting of Anna and Bob on some Monday half-day; lessons on Monday in periods 1, 2, 5 and 6."""
    row = {"id": "m", "name": "Kenniskring", "weekday": "mon", "required": ["anna", "bob"]} | (meeting or {})
    lessons = [lesson(f"l{each}", each) for each in "1256"]
    values = {"professionals": list(people) or [ANNA, BOB], "lessons": lessons, "activities": [row]}
    return small_term(**{**values, **tables})


def test_one_half_day_that_all_have_free_is_enough() -> None:
    """Both in the morning; one in the morning twice; nobody at all; one at night."""
    assert sizes(agenda(), table("l1", ("l2", "bob")), ActivityHalfDay) == []
    assert sizes(agenda(), table("l1", "l2"), ActivityHalfDay) == []
    assert sizes(agenda(), table(), ActivityHalfDay) == []
    late = [lesson("l1"), lesson("l7", "7")]
    assert sizes(agenda(lessons=late), table("l1", ("l7", "bob")), ActivityHalfDay) == []


def test_no_half_day_is_left() -> None:
    """Anna in the morning and Bob in the afternoon."""
    (broken,) = breaches(agenda(), table("l1", ("l5", "bob")), ActivityHalfDay)
    assert (broken.size, broken.unit, broken.professional) == (1, "meetings", None)
    said = "Voor Kenniskring is er geen dagdeel meer waarop niemand lesgeeft die erbij moet zijn."
    assert broken.sentence(NL) == said
    said = "For Kenniskring no half-day is left on which nobody who must come teaches."
    assert broken.sentence(EN) == said


def test_any_day_of_the_week_will_do_where_none_is_named() -> None:
    """Monday is taken, Tuesday is free; where the other days are absence, it is not."""
    anywhere = {"weekday": None}
    taken = table("l1", ("l5", "bob"))
    assert sizes(agenda(meeting=anywhere), taken, ActivityHalfDay) == []
    away = [{"professional": "bob", "weekday": day} for day in ("tue", "wed", "thu", "fri")]
    assert sizes(agenda(meeting=anywhere, unavailability=away), taken, ActivityHalfDay) == [1]


def test_a_known_start_asks_for_its_own_minutes() -> None:
    """At 10:30 for 60 minutes, on a day to be found: Monday at 10:30 is free although both mornings are not."""
    away = [{"professional": "bob", "weekday": day} for day in ("tue", "wed", "thu", "fri")]
    term = agenda(meeting={"weekday": None, "start": "10:30"}, unavailability=away)
    assert sizes(term, table("l1", ("l2", "bob"), "l5"), ActivityHalfDay) == []
    early = agenda(meeting={"weekday": None, "start": "10:00"}, unavailability=away)
    assert sizes(early, table("l1", ("l2", "bob")), ActivityHalfDay) == [1]


def test_the_half_day_is_the_same_in_all_its_weeks() -> None:
    """The morning is taken in week 37 and the afternoon in week 38; in week 38 alone the morning would do."""
    lessons = [lesson("l1", weeks="37"), lesson("l5", "5", weeks="38")]
    assert sizes(agenda(lessons=lessons), table("l1", "l5"), ActivityHalfDay) == [1]
    assert sizes(agenda(lessons=lessons, meeting={"weeks": "38"}), table("l1", "l5"), ActivityHalfDay) == []


def test_work_and_absence_take_half_days_too() -> None:
    """Anna works on Monday afternoons, so the morning must stay free; released, the afternoon will do."""
    people = (worker("anna"), BOB)
    afternoons = [work("anna", "13:00", "17:00")]
    assert sizes(agenda(*people, work=afternoons), table(("l1", "bob")), ActivityHalfDay) == [1]
    assert sizes(agenda(*people, work=afternoons), table(), ActivityHalfDay) == []
    free = {"work": afternoons, "releases": [release("anna", "afternoon")]}
    assert sizes(agenda(*people, **free), table(("l1", "bob")), ActivityHalfDay) == []
    away = [{"professional": "anna", "start": "12:30", "end": "13:00", "last_date": "2026-09-07"}]
    assert sizes(agenda(unavailability=away), table(("l1", "bob")), ActivityHalfDay) == [1]


def test_what_no_timetable_can_give_is_not_asked() -> None:
    """Anna works all Monday: the check of the term says that there is no half-day, the rule says nothing."""
    people = (worker("anna"), BOB)
    assert sizes(agenda(*people, work=[work("anna")]), table(("l1", "bob")), ActivityHalfDay) == []
    assert facts(agenda(*people, work=[work("anna")]), ActivityHalfDay) == []


def test_what_ties_people_is_shared_and_what_one_person_must_leave_free_is_personal() -> None:
    """Of a meeting of two the limit names nobody; of a meeting of one with nobody else, that person."""
    for people, of in ((["anna", "bob"], None), (["anna"], "anna")):
        board = Board.of(agenda(meeting={"required": people}), rules=[ActivityHalfDay])
        assert [limit.of for limit in board.limits] == [of]


def test_the_fact_is_the_school_s() -> None:
    """The board names the meeting."""
    assert is_about(fact(agenda(), ActivityHalfDay), Owner.SCHOOL, "activities/m")


def matters() -> tuple[Term, Timetable]:
    """Morning and afternoon both taken."""
    return agenda(lessons=[lesson("l1"), lesson("l5", "5")]), table("l1", ("l5", "bob"))
