"""The first weeks beside a mentor. Lesson l1 is on Monday 7 and 14 September, from 08:30 to 09:20."""

from typing import Any

from model.rule import Owner
from model.rules.mentor_first import MentorFirst
from model.term import Term
from model.timetable import Assignment, Timetable
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

L1 = table("l1")


def guided(weeks: int, *busy: dict[str, Any], **tables: Any) -> Term:
    """Carla is a mentor at north, Dirk at south; Carla teaches at some times herself."""
    values = {
        "staff": [
            {"id": "carla", "school": "north", "mentor": True},
            {"id": "dirk", "school": "south", "mentor": True},
            {"id": "eva", "school": "north"},
        ],
        "busy": [{"weekday": "mon", "staff": "carla", "id": f"b{number}"} | row for number, row in enumerate(busy)],
        "rules": [{"rule": "mentor_first", "parameter": "weeks", "value": str(weeks)}],
    }
    return small_term(**{**values, **tables})


FIRST = {"start": "09:00", "end": "10:00"}


def test_a_free_mentor_is_enough() -> None:
    """Nobody busy, busy at another time, on another day, or not in those weeks; one of two mentors is free."""
    others = ({"start": "09:20", "end": "10:00"}, {"start": "08:00", "end": "08:30"}, {**FIRST, "weekday": "tue"})
    for busy in ([], *([row] for row in others)):
        assert sizes(guided(2, *busy), L1, MentorFirst) == []
    assert sizes(guided(1, {**FIRST, "weeks": "38"}), L1, MentorFirst) == []
    both = [{"id": each, "school": "north", "mentor": True} for each in ("carla", "eva")]
    assert sizes(guided(2, FIRST, staff=both), L1, MentorFirst) == []


def test_without_weeks_nothing_is_asked() -> None:
    """As it stands when nothing is set."""
    assert sizes(guided(0, FIRST), L1, MentorFirst) == []
    assert sizes(guided(2, FIRST, rules=[]), L1, MentorFirst) == []
    assert sizes(guided(0, staff=[{"id": "mentor", "school": "north"}]), L1, MentorFirst) == []


def test_no_mentor_or_none_that_is_free() -> None:
    """In one week one date, in two both; two busy hours that each touch the lesson are as bad as one."""
    for weeks in (1, 2):
        assert sizes(guided(weeks, FIRST), L1, MentorFirst) == [weeks]
        assert sizes(guided(weeks, staff=[{"id": "mentor", "school": "north"}]), L1, MentorFirst) == [weeks]
    halves = ({"start": "08:30", "end": "08:40", "weeks": "37"}, {"start": "09:10", "end": "10:00", "weeks": "38"})
    assert sizes(guided(2, *halves), L1, MentorFirst) == [2]


def test_a_mentor_who_leads_another_lesson_is_not_free() -> None:
    """Carla leads a course at that moment, or at another, or this lesson itself; one with another time is left out."""
    led = [course("robots"), course("duo", led_by=["carla"])]

    def beside(*more: dict[str, Any], **tables: Any) -> Term:
        return guided(2, **{"courses": led, "lessons": [lesson("l1"), *more], **tables})

    assert sizes(beside(lesson("l2", course="duo", weeks="38")), L1, MentorFirst) == [1]
    assert sizes(beside(lesson("l2", "2", course="duo")), L1, MentorFirst) == []
    assert sizes(beside(courses=[course("robots", led_by=["carla"])]), L1, MentorFirst) == []
    times = [{"id": "late", "lesson": "l2", "weekday": "mon", "first_period": "2"}]
    assert sizes(beside(lesson("l2", course="duo"), lesson_times=times), L1, MentorFirst) == []


def test_a_mentor_named_by_the_course_goes_before_others() -> None:
    """Carla is busy; Eva, a mentor too, is free but not named. Without a named mentor any will do."""
    both = [{"id": each, "school": "north", "mentor": True} for each in ("carla", "eva")]
    for named, expected in ((["carla"], [2]), (["carla", "eva"], []), ([], [])):
        courses = [course("robots", supervised_by=named)]
        assert sizes(guided(2, FIRST, staff=both, courses=courses), L1, MentorFirst) == expected


def test_the_weeks_begin_with_the_first_lesson_of_the_course() -> None:
    """The course begins on Thursday in week 37, so its first week ends on Sunday; the lesson in week 38 is free of it."""
    lessons = [lesson("l0", weekday="thu"), lesson("l1", weeks="38")]
    assert sizes(guided(1, FIRST, lessons=lessons), L1, MentorFirst) == []
    assert sizes(guided(2, FIRST, lessons=lessons), L1, MentorFirst) == [1]
    only = [lesson("l1", weeks="38")]
    assert sizes(guided(1, FIRST, lessons=only), L1, MentorFirst) == [1]


def test_who_takes_over_begins_then() -> None:
    """Bob takes over in week 38 and begins beside a mentor; Anna, who gave week 37, is past her first week then."""
    tables = {"professionals": [person("anna"), person("bob")], "courses": [course("robots", handover_weeks="38")]}
    late = guided(1, {**FIRST, "weeks": "38"}, **tables)

    def given(first: str, second: str) -> Timetable:
        rows = [("l1", first, {37}), ("l1", second, {38})]
        if first == second:
            return table(("l1", first))
        return Timetable(assignments=tuple(Assignment(lesson=each, professional=who, weeks=w) for each, who, w in rows))

    assert sizes(late, given("anna", "anna"), MentorFirst) == []
    assert sizes(late, given("anna", "bob"), MentorFirst) == [1]
    assert sizes(guided(1, {**FIRST, "weeks": "37"}, **tables), given("anna", "bob"), MentorFirst) == [1]
    assert sizes(guided(1, **tables), given("anna", "bob"), MentorFirst) == []
    # In two weeks Anna's first ones are all there are.
    assert sizes(guided(2, {**FIRST, "weeks": "38"}, **tables), given("anna", "anna"), MentorFirst) == [1]


def test_a_person_may_be_set_otherwise() -> None:
    """Anna needs no mentor any more."""
    rules = [
        {"rule": "mentor_first", "parameter": "weeks", "value": "2"},
        {"rule": "mentor_first", "parameter": "weeks", "value": "0", "professional": "anna"},
    ]
    assert sizes(guided(2, FIRST, rules=rules), L1, MentorFirst) == []


def test_the_sentences_and_the_fact() -> None:
    """The school's, about the course."""
    (broken,) = breaches(guided(1, FIRST), L1, MentorFirst)
    assert broken.sentence(NL) == "Anna geeft Robots (l1) in de eerste weken zonder mentor die vrij is (één datum)."
    assert broken.sentence(EN) == "Anna gives Robots (l1) in the first weeks without a mentor who is free (one date)."
    because = fact(guided(2, FIRST), MentorFirst)
    assert is_about(because, Owner.SCHOOL, "courses/robots")
    assert because.params["n"] == 2
    assert facts(guided(2), MentorFirst) == []


def matters() -> tuple[Term, Timetable]:
    """Carla teaches at that time herself."""
    return guided(2, FIRST), L1
