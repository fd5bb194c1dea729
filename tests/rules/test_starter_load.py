"""Starting teachers. Lessons l1 to l6 are one lesson period each, on two Mondays."""

from typing import Any

import pytest

from model.rule import Owner
from model.rules.starter_load import StarterLoad
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes


def starting(
    most: int | None = 5, first: str | None = "2026-09-01", settings: dict[str, str] | None = None, **fields: Any
) -> Term:
    """Anna began on a day and has a most number of lesson periods a week."""
    return small_term(
        professionals=[person("anna", max_lessons_per_week=most, first_teaching_date=first, **fields)],
        lessons=[lesson(f"l{number}", str(number)) for number in range(1, 7)],
        rules=[{"rule": "starter_load", "parameter": name, "value": each} for name, each in (settings or {}).items()],
    )


@pytest.mark.parametrize(("full", "most"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 5)])
def test_a_fifth_less_in_whole_lesson_periods(full: int, most: int) -> None:
    """80 percent of 1 to 6 is 0.8, 1.6, 2.4, 3.2, 4 and 4.8; one too many is one too many in both weeks."""
    given = [f"l{number}" for number in range(1, 7)]
    assert sizes(starting(full), table(*given[:most]), StarterLoad) == []
    over = [1, 1] if most < 6 else []
    assert sizes(starting(full), table(*given[: most + 1]), StarterLoad) == over


def test_who_is_no_starting_teacher() -> None:
    """No first day, a first day more than a year ago, or no limit to take a fifth of."""
    five = table("l1", "l2", "l3", "l4", "l5")
    for term in (starting(first=None), starting(first="2025-09-07"), starting(most=None)):
        assert sizes(term, five, StarterLoad) == []


def test_the_year_ends_in_the_middle_of_the_term() -> None:
    """365 days from 8 September 2025 end on 7 September 2026: only the first Monday counts; other days are a setting."""
    five = table("l1", "l2", "l3", "l4", "l5")
    assert sizes(starting(first="2025-09-08"), five, StarterLoad) == [1]
    assert sizes(starting(first="2025-09-15"), five, StarterLoad) == [1, 1]
    assert sizes(starting(first="2026-09-01", settings={"days": "7"}), five, StarterLoad) == [1]
    assert sizes(starting(first="9999-12-31"), five, StarterLoad) == [1, 1]


def test_the_settings() -> None:
    """Half of 4 is 2; of a full number for people who give none too; at least one is left."""
    three = table("l1", "l2", "l3")
    assert sizes(starting(4, settings={"percent": "50"}), three, StarterLoad) == [1, 1]
    assert sizes(starting(None, settings={"default": "3"}), three, StarterLoad) == [1, 1]
    assert sizes(starting(4, settings={"percent": "100"}), table("l1"), StarterLoad) == []


def test_the_sentences_and_the_fact() -> None:
    """The school's, about Anna."""
    broken, _ = breaches(starting(3), table("l1", "l2", "l3"), StarterLoad)
    assert broken.sentence(NL) == "Lesuren van Anna, startende docent, in week 37: 3; hoogstens 2 mag."
    assert broken.sentence(EN) == "Lesson periods of Anna, a starting teacher, in week 37: 3; at most 2 is allowed."
    assert is_about(fact(starting(3), StarterLoad), Owner.SCHOOL, "professionals/anna")
    assert facts(starting(first=None), StarterLoad) == []


def matters() -> tuple[Term, Timetable]:
    """Three may be given, two in the first year."""
    return starting(3), table("l1", "l2", "l3")
