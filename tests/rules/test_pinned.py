"""People fixed to a lesson."""

from typing import Any

from model.rule import Owner
from model.rules.pinned import Pinned
from model.term import Term
from model.timetable import Assignment, Timetable
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes


def region(*pinned: str, **tables: Any) -> Term:
    return small_term(
        professionals=[person("anna"), person("ben")],
        courses=[course("robots", heads=2)],
        lessons=[lesson("l1", pinned=pinned), lesson("l2", "2")],
        **tables,
    )


def test_the_pinned_person_gives_it() -> None:
    """Alone or with another; both when both are pinned; nobody when it never takes place."""
    assert sizes(region("anna"), table("l1"), Pinned) == []
    assert sizes(region("anna"), table("l1", ("l1", "ben")), Pinned) == []
    assert sizes(region("anna", "ben"), table("l1", ("l1", "ben")), Pinned) == []
    holiday = [{"start": "2026-09-07", "end": "2026-09-20", "kind": "holiday"}]
    assert sizes(region("anna", calendar_days=holiday), table(), Pinned) == []


def test_anybody_else_alone_breaks_it() -> None:
    """Ben instead of Anna, on two dates; nobody; only one of two."""
    broken = breaches(region("anna"), table(("l1", "ben")), Pinned)
    assert [(each.size, each.unit, each.professional, each.lesson) for each in broken] == [(2, "dates", "anna", "l1")]
    assert broken[0].sentence(NL) == "Anna staat vast op Robots (l1), maar geeft die les op 2 data niet."
    assert broken[0].sentence(EN) == "Anna is pinned to Robots (l1) but does not give it on 2 dates."
    assert sizes(region("anna"), table(), Pinned) == [2]
    assert sizes(region("anna", "ben"), table("l1"), Pinned) == [2]


def test_every_date_counts() -> None:
    """Anna in week 37 only misses one date."""
    part = Timetable(assignments=(Assignment(lesson="l1", professional="anna", weeks="37"),))
    broken = breaches(region("anna"), part, Pinned)
    assert broken[0].sentence(NL) == "Anna staat vast op Robots (l1), maar geeft die les op één datum niet."
    assert broken[0].sentence(EN) == "Anna is pinned to Robots (l1) but does not give it on one date."


def test_the_fact_is_the_school_s() -> None:
    """The board names the lesson and the person."""
    said = facts(region("anna"), Pinned)
    assert len(said) == 1
    assert is_about(said[0], Owner.SCHOOL, "lessons/l1")
    assert said[0].professional == "anna"


def matters() -> tuple[Term, Timetable]:
    """Ben is pinned and has no licence: with the rule there is no timetable."""
    licences = [{"professional": "anna", "subject": "techniek", "sector": "vo", "level": "1e"}]
    return region("ben", licences=licences), table("l1")
