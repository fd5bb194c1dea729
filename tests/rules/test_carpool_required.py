"""Only together. Lesson l1 and l2 are at north on two Mondays, s1 at south, t1 on Tuesday."""

from typing import Any

from model.rule import Owner
from model.rules.carpool_required import CarpoolRequired
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes


def riding(*people: str, **tables: Any) -> Term:
    """Anna and Bob, who can only come together."""
    values = {
        "professionals": [person("anna"), person("bob")],
        "courses": [course("robots"), course("draw", school="south")],
        "lessons": [
            lesson("l1"),
            lesson("l2", "5"),
            lesson("s1", "2", course="draw"),
            lesson("t1", "3", weekday="tue"),
        ],
        "carpools": [{"id": "ride", "people": people or ("anna", "bob"), "required": True}],
    }
    return small_term(**{**values, **tables})


def test_together_or_not_at_all() -> None:
    """On the same dates at the same school; nobody; or a shared ride that is only gladly shared."""
    assert sizes(riding(), table("l1", ("l2", "bob")), CarpoolRequired) == []
    assert sizes(riding(), Timetable(), CarpoolRequired) == []
    gladly = [{"id": "ride", "people": ["anna", "bob"]}]
    assert sizes(riding(carpools=gladly), table("l1"), CarpoolRequired) == []
    assert sizes(riding("anna", "anna"), table("l1"), CarpoolRequired) == []


def test_one_without_the_other() -> None:
    """Alone, on another day or at another school; each who is alone is told, and in one week where the other has one."""
    assert sizes(riding(), table("l1"), CarpoolRequired) == [2]
    assert sizes(riding(), table(("l1", "bob")), CarpoolRequired) == [2]
    assert sizes(riding(), table("l1", ("t1", "bob")), CarpoolRequired) == [2, 2]
    assert sizes(riding(), table("l1", ("s1", "bob")), CarpoolRequired) == [2, 2]
    lessons = [lesson("l1"), lesson("l2", "5", weeks="37")]
    assert sizes(riding(lessons=lessons), table("l1", ("l2", "bob")), CarpoolRequired) == [1]


def test_the_sentences_and_the_facts() -> None:
    """One fact for each of the two."""
    (broken,) = breaches(riding(), table(("l1", "bob")), CarpoolRequired)
    assert (broken.professional, str(broken.when)) == ("bob", "2026-09-07")
    assert broken.sentence(NL) == "Bob geeft les op North zonder Anna (2 data)."
    assert broken.sentence(EN) == "Bob teaches at North without Anna (2 dates)."
    found = facts(riding(lessons=[lesson("l1")]), CarpoolRequired)
    assert {each.professional for each in found} == {"anna", "bob"}
    assert all(is_about(each, Owner.PROFESSIONAL, "carpools/ride") for each in found)


def matters() -> tuple[Term, Timetable]:
    """There is one lesson, and only one of them can give it."""
    return riding(lessons=[lesson("l1")]), table("l1")
