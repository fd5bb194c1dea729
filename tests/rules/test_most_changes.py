"""At most so many changes: Anna was promised l1 and l2, Ben l3; l4 was open."""

from typing import Any

import pytest

from model.rule import Owner
from model.rules.most_changes import MostChanges
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

AS_PUBLISHED = table("l1", "l2", ("l3", "ben"))


def region(most: str | None, **changes: Any) -> Term:
    """Three people, four lessons, the first of which may be on Tuesday."""
    promised = [("l1", "anna"), ("l2", "anna"), ("l3", "ben")]
    rules = [{"rule": "most_changes", "parameter": "most", "value": most}] if most is not None else []
    return small_term(
        professionals=[person("anna"), person("ben"), person("carl")],
        lessons=[lesson("l1"), lesson("l2", "2"), lesson("l3"), lesson("l4", "3")],
        lesson_times=[{"id": "tue", "lesson": "l1", "weekday": "tue", "first_period": "1"}],
        **{
            "published": [{"lesson": each, "professional": who} for each, who in promised],
            "rules": rules,
            **changes,
        },
    )


def test_as_published_nothing_changes() -> None:
    """Nor does it when an open lesson gets a teacher, nor without a published timetable, nor without a number."""
    assert sizes(region("0"), AS_PUBLISHED, MostChanges) == []
    assert sizes(region("0"), table("l1", "l2", ("l3", "ben"), ("l4", "carl")), MostChanges) == []
    assert sizes(region("0", published=[]), table("l4"), MostChanges) == []
    assert sizes(region(None), table(), MostChanges) == []


@pytest.mark.parametrize(
    ("given", "changed"),
    [
        (table(("l1", "carl"), "l2", ("l3", "ben")), 1),
        (table(("l1", "anna", "tue"), "l2", ("l3", "ben")), 1),
        (table(("l1", "carl"), ("l2", "carl"), ("l3", "ben")), 2),
        (table(), 3),
    ],
    ids=["given away", "moved", "two", "all open"],
)
def test_each_lesson_that_loses_its_teacher_counts_once(given: Timetable, changed: int) -> None:
    """However many dates it has."""
    assert sizes(region("0"), given, MostChanges) == [changed]
    assert sizes(region(str(changed - 1)), given, MostChanges) == [1]
    assert sizes(region(str(changed)), given, MostChanges) == []


def test_a_lesson_promised_to_two_counts_for_each() -> None:
    """Both Anna and Ben were to give it, in other weeks; both are gone."""
    promised = [{"lesson": "l1", "professional": "anna", "weeks": "37"}]
    promised += [{"lesson": "l1", "professional": "ben", "weeks": "38"}]
    assert sizes(region("0", published=promised), table(("l1", "carl")), MostChanges) == [2]


def test_only_dates_to_come_count() -> None:
    """After the last Monday nothing of a Monday can change any more; on the first Tuesday half of it can."""
    assert sizes(region("0", as_of="2026-09-15"), table(), MostChanges) == []
    assert sizes(region("0", as_of="2026-09-08"), table(), MostChanges) == [3]


def test_what_is_said() -> None:
    """In both languages, and as one fact of the school's."""
    (broken,) = breaches(region("1"), table(("l3", "ben")), MostChanges)
    assert broken.sentence(NL) == "Van het gepubliceerde rooster veranderen 2 lessen van docent; hoogstens 1 mag."
    assert broken.sentence(EN) == "Of the published timetable 2 lessons change teacher; at most 1 may."
    (one,) = breaches(region("0"), table("l1", "l2"), MostChanges)
    assert one.sentence(NL) == "Van het gepubliceerde rooster verandert 1 les van docent; hoogstens 0 mag."
    assert is_about(fact(region("1"), MostChanges), Owner.SCHOOL, None)
    assert facts(region(None), MostChanges) == []


def matters() -> tuple[Term, Timetable]:
    """Anna would rather not, and Carl would give l1 gladly; but what was promised stays."""
    light = [{"rule": rule, "parameter": "weight", "value": "0"} for rule in ("stability", "moved_people")]
    wishes = {"rule": "wishes", "parameter": "weight", "value": "900"}
    strict = {"rule": "most_changes", "parameter": "most", "value": "0"}
    wish = [{"id": "w", "professional": "anna", "weekday": "mon", "value": -3}]
    return region(None, rules=[*light, wishes, strict], wishes=wish), table(("l1", "carl"), "l2", ("l3", "ben"))
