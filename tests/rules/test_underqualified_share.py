"""Few lessons by under-qualified people: l1 to l4 are one lesson period each on two Mondays, 8 in all."""

from typing import Any

from model.checks import content_issues
from model.rule import Owner
from model.rules.underqualified_share import UnderqualifiedShare
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, licence, person, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes


def shared(percent: int | None, *more: dict[str, Any], settings: dict[str, str] | None = None, **tables: Any) -> Term:
    """Anna is under-qualified, Bob is not."""
    rows = [licence("anna", level="onderbevoegd"), licence("bob"), *more]
    given = (settings or {}) | ({} if percent is None else {"percent": str(percent)})
    values = {
        "professionals": [person("anna"), person("bob")],
        "licences": [row | {"id": f"licence{number}"} for number, row in enumerate(rows)],
        "lessons": [lesson(f"l{number}", str(number)) for number in range(1, 5)],
        "rules": [{"rule": "underqualified_share", "parameter": name, "value": each} for name, each in given.items()],
    }
    return small_term(**{**values, **tables})


def test_as_much_as_the_share_allows() -> None:
    """2 of 8 where 25 percent may be; what Bob gives does not count; without under-qualified people nothing does."""
    given = table("l1", ("l2", "bob"), ("l3", "bob"))
    assert sizes(shared(25), given, UnderqualifiedShare) == []
    full = [licence("anna") | {"id": "full"}]
    assert sizes(shared(0).replace(licences=full), table("l1", "l2"), UnderqualifiedShare) == []


def test_more_than_the_share() -> None:
    """2 of 8 where 24 percent is one whole lesson period; at 5 percent, as it stands when nothing is set, none."""
    assert sizes(shared(24), table("l1"), UnderqualifiedShare) == [1]
    assert sizes(shared(None), table("l1"), UnderqualifiedShare) == [2]
    assert sizes(shared(25), table("l1", "l2"), UnderqualifiedShare) == [2]


def test_what_the_share_is_taken_of() -> None:
    """Lessons as often as they need teachers, on the dates they take place; other lessons of the school as said."""
    two = [course("robots", heads=2)]
    assert sizes(shared(13, courses=two), table("l1"), UnderqualifiedShare) == []  # 13 % of 16 is 2
    assert sizes(shared(12, courses=two), table("l1"), UnderqualifiedShare) == [1]
    closed = [{"school": "north", "start": "2026-09-14", "end": "2026-09-14", "kind": "study_day"}]
    assert sizes(shared(25, calendar_days=closed), table("l1"), UnderqualifiedShare) == []  # 25 % of 4 is 1
    # 10 % of 8 + 2 weeks x 6 is 2; with 5 a week it is 10 % of 18, which is 1.
    for other, expected in (("6", []), ("5", [1])):
        assert sizes(shared(10, settings={"other_lessons": other}), table("l1"), UnderqualifiedShare) == expected


def test_lessons_at_another_time_count_once() -> None:
    """A lesson that may move still has two dates; one without a time of its own has those of the other."""
    moves = [{"id": "other", "lesson": "l1", "weekday": "tue", "first_period": "1"}]
    assert sizes(shared(25, lesson_times=moves), table(("l1", "anna", "other")), UnderqualifiedShare) == []
    lessons = [lesson("l1", None), *(lesson(f"l{number}", str(number)) for number in (2, 3, 4))]
    term = shared(25, lesson_times=moves, lessons=lessons)
    assert sizes(term, table(("l1", "anna", "other")), UnderqualifiedShare) == []


def test_a_fuller_right_on_a_date_counts_first() -> None:
    """Anna is licensed from the 10th: only the first date is under-qualified."""
    later = licence("anna", level="2e", valid_from="2026-09-10")
    assert sizes(shared(0, later), table("l1"), UnderqualifiedShare) == [1]


def test_which_levels_is_a_setting() -> None:
    """Also guest teachers, where the school says so; a word that is no level is refused."""
    term = shared(0, settings={"levels": "onderbevoegd, gast"})
    guests = [licence("anna", level="gast") | {"id": "guest"}]
    assert sizes(term.replace(licences=guests), table("l1"), UnderqualifiedShare) == [2]
    assert [issue.code for issue in content_issues(shared(0, settings={"levels": "slecht"}))] == ["parameter_refused"]


def test_the_sentences_and_the_fact() -> None:
    """The law's, per school."""
    (broken,) = breaches(shared(None), table("l1"), UnderqualifiedShare)
    assert broken.sentence(NL) == "North laat 2 lesuren onderbevoegd geven; hoogstens 0 (5 procent) mag."
    assert broken.sentence(EN) == "North has 2 lesson periods given under-qualified; at most 0 (5 percent) may be."
    assert is_about(fact(shared(None), UnderqualifiedShare), Owner.LAW, "schools/north")
    assert facts(shared(100), UnderqualifiedShare) == []


def matters() -> tuple[Term, Timetable]:
    """Only Anna can give the one lesson, and her share would be all of it."""
    return shared(
        None, lessons=[lesson("l1")], professionals=[person("anna")], licences=[licence("anna", level="onderbevoegd")]
    ), table("l1")
