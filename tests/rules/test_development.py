"""Steps on the way to teaching alone. Lesson l1 is on 7 and 14 September."""

from typing import Any

from model.rule import Owner
from model.rules.development import Development
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

L1 = table("l1")


def on_the_way(*rows: dict[str, Any], supervised_by: tuple[str, ...] = (), **tables: Any) -> Term:
    """Anna's stages; she has a full licence."""
    stages = [{"professional": "anna", "id": f"stage{number}"} | row for number, row in enumerate(rows)]
    return small_term(stages=stages, courses=[course("robots", supervised_by=supervised_by)], **tables)


def test_nothing_is_asked_of_who_is_on_no_way_or_has_begun() -> None:
    """No stage, none about this subject, or one that began in time, in whatever step."""
    assert sizes(on_the_way(), L1, Development) == []
    assert sizes(on_the_way({"stage": "duo", "subject": "koken", "start": "2026-10-01"}), L1, Development) == []
    for stage in ("meelopen", "duo", "bevoegd"):
        assert sizes(on_the_way({"stage": stage, "start": "2026-09-07"}), L1, Development) == []


def test_before_the_first_step_nothing_is_given() -> None:
    """A first step on the 8th or the 14th misses one date, on the 15th both; after the last step anything may be."""
    for start, expected in (("2026-09-08", [1]), ("2026-09-14", [1]), ("2026-09-15", [2]), ("2027-01-01", [2])):
        later = {"stage": "bevoegd", "start": "2027-02-01"}
        assert (
            sizes(on_the_way({"stage": "duo", "subject": "techniek", "start": start}, later), L1, Development)
            == expected
        )
    assert sizes(on_the_way({"stage": "duo", "end": "2026-09-08"}), L1, Development) == []


def test_under_responsibility_the_course_names_somebody() -> None:
    """A qualified teacher, on the dates of that stage."""
    row = {"stage": "onder_verantwoordelijkheid"}
    assert sizes(on_the_way(row, supervised_by=("mentor",)), L1, Development) == []
    assert sizes(on_the_way(row), L1, Development) == [2]
    assert sizes(on_the_way({**row, "end": "2026-09-08"}), L1, Development) == [1]
    staff = [{"id": "mentor", "school": "north", "subjects": ["koken"]}]
    assert sizes(on_the_way(row, supervised_by=("mentor",), staff=staff), L1, Development) == [2]


def test_both_may_be_wrong_and_are_said_apart() -> None:
    """Begins on the 10th, under responsibility of nobody."""
    found = breaches(on_the_way({"stage": "onder_verantwoordelijkheid", "start": "2026-09-10"}), L1, Development)
    assert [(each.size, str(each.when)) for each in found] == [(1, "2026-09-07"), (1, "2026-09-14")]
    assert [each.sentence(NL) for each in found] == [
        "Anna geeft Robots (l1) voor de eerste stap van het ontwikkelpad (één datum).",
        "Anna geeft Robots (l1) zonder docent die verantwoordelijk is (één datum).",
    ]
    assert [each.sentence(EN) for each in found] == [
        "Anna gives Robots (l1) before the first step of the way to it (one date).",
        "Anna gives Robots (l1) without a teacher who is responsible (one date).",
    ]


def test_the_facts_are_the_school_s() -> None:
    """One says when it begins, one that the course names nobody."""
    early, nobody = (
        fact(on_the_way({"stage": "duo", "start": "2026-09-08"}), Development),
        fact(on_the_way({"stage": "onder_verantwoordelijkheid"}), Development),
    )
    assert is_about(early, Owner.SCHOOL, None)
    assert is_about(nobody, Owner.SCHOOL, "courses/robots")
    assert early.params["n"] == 1
    assert facts(on_the_way({"stage": "bevoegd"}), Development) == []


def test_a_waiver_takes_one_lesson_out() -> None:
    """Anna may give l1 earlier than agreed, because the board said so."""
    term = on_the_way({"stage": "duo", "start": "2026-10-01"})
    waiver = {"rule": "development", "professional": "anna", "lesson": "l1", "by": "bestuur", "reason": "haast"}
    assert facts(term, Development) != []
    assert facts(term.replace(waivers=[{**waiver, "decided": "2026-09-01"}]), Development) == []


def matters() -> tuple[Term, Timetable]:
    """Anna begins in October."""
    return on_the_way({"stage": "bevoegd", "start": "2026-10-01"}), L1
