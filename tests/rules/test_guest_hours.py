"""Guest teachers: at most so many clock hours a week on average over the year, per board. A lesson period is 50 minutes."""

from typing import Any

from model.rule import Owner
from model.rules.guest_hours import GuestHours
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, licence, school, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, is_about, sizes


def guest(hours: int, weeks: int, *more: dict[str, Any], **tables: Any) -> Term:
    """Anna is a guest teacher with an average over some weeks; l1 to l4 are four lessons on two Mondays."""
    settings = {"hours_per_week": hours, "weeks": weeks}
    rows = [licence("anna", level="gast"), *more]
    values = {
        "licences": [row | {"id": f"licence{number}"} for number, row in enumerate(rows)],
        "lessons": [lesson(f"l{number}", str(number)) for number in range(1, 5)],
        "rules": [{"rule": "guest_hours", "parameter": name, "value": str(value)} for name, value in settings.items()],
    }
    return small_term(**{**values, **tables})


ALL = table("l1", "l2", "l3", "l4")
"""4 x 50 minutes in each of two weeks: 400 minutes."""


def test_the_average_counts_not_the_week() -> None:
    """400 minutes in two weeks are fine where 1 hour a week over 7 weeks is 420; the week of 200 minutes does not matter."""
    assert sizes(guest(1, 7), ALL, GuestHours) == []
    assert sizes(guest(6, 2), ALL, GuestHours) == []


def test_six_hours_over_38_weeks_when_nothing_is_set() -> None:
    """13 680 minutes: 400 more fit when 13 280 are given already, and 1 minute less does not."""
    for used, expected in ((13280, []), (13281, [1])):
        engagements = [{"professional": "anna", "board": "board", "guest_minutes_used": used}]
        assert sizes(guest(6, 38, engagements=engagements, rules=[]), ALL, GuestHours) == expected


def test_too_many_minutes() -> None:
    """1 hour over 6 weeks is 360 minutes: 40 too many; clock minutes, whatever number of lesson periods it counts for."""
    assert sizes(guest(1, 6), ALL, GuestHours) == [40]
    long = [lesson("l1", None, start="09:00", end="12:10", lesson_periods=1)]
    assert sizes(guest(1, 6, lessons=long), table("l1"), GuestHours) == [20]  # 2 x 190 - 360


def test_minutes_given_before_count_at_their_board() -> None:
    """60 minutes left of 360 when 300 are used, none when 400 are; those of another board do not count."""
    for used, over in ((300, 340), (400, 400)):
        engagements = [
            {"professional": "anna", "board": "board", "guest_minutes_used": used - 100},
            {"professional": "anna", "board": "board", "school": "north", "guest_minutes_used": 100},
        ]
        assert sizes(guest(1, 6, engagements=engagements), ALL, GuestHours) == [over]
    boards = [{"id": "board"}, {"id": "other"}]
    engagements = [{"professional": "anna", "board": "other", "guest_minutes_used": 400}]
    assert sizes(guest(1, 7, boards=boards, engagements=engagements), ALL, GuestHours) == []


def test_each_board_has_its_own_hours() -> None:
    """300 minutes at each of two boards where 300 are allowed; with one board 600, 300 too many; so with no board known."""
    at_south = course("draw", school="south")
    lessons = [lesson(f"l{number}", str(number)) for number in (1, 2, 3)]
    lessons += [lesson(f"s{number}", str(number), course="draw", weekday="tue") for number in (1, 2, 3)]
    given = table("l1", "l2", "l3", "s1", "s2", "s3")
    for boards, expected in ((("board", "other"), []), (("board", "board"), [300]), ((None, None), [])):
        schools = [school("north", board=boards[0]), school("south", board=boards[1])]
        tables = {"boards": [{"id": "board"}, {"id": "other"}], "courses": [course("robots"), at_south]}
        assert sizes(guest(1, 5, schools=schools, lessons=lessons, **tables), given, GuestHours) == expected


def test_only_lessons_given_as_a_guest_count() -> None:
    """A full licence, or an instructor's, from the 10th: only 200 minutes on the 7th are given as a guest."""
    for level in ("2e", "instructeur"):
        other = licence("anna", level=level, valid_from="2026-09-10")
        assert sizes(guest(1, 3, other), ALL, GuestHours) == [20]
    assert sizes(guest(0, 1, licence("anna", level="2e")), ALL, GuestHours) == []
    higher = [course("robots", required_licence=["1e"])]
    assert sizes(guest(0, 1, licence("anna", level="2e"), courses=higher), ALL, GuestHours) == [400]


def test_the_sentences_and_the_fact() -> None:
    """The law's; where the board has no name its school's or its id is said."""
    (broken,) = breaches(guest(1, 6), ALL, GuestHours)
    said = "Anna geeft als gastdocent bij board 400 minuten les; dit jaar mogen er nog 360."
    assert (broken.unit, broken.sentence(NL)) == ("minutes", said)
    assert broken.sentence(EN) == "As guest teacher at board, Anna teaches 400 minutes; 360 are left this year."
    because = fact(guest(1, 6), GuestHours)
    assert is_about(because, Owner.LAW, None)
    assert (because.params["most"], because.price) == (360, 0)


def matters() -> tuple[Term, Timetable]:
    """Two lessons on two Mondays are 200 minutes; of 240 allowed 60 are given already."""
    lessons, courses = [lesson("l1"), lesson("l2", "2")], [course("robots", supervised_by=["mentor"])]
    before = [{"professional": "anna", "board": "board", "guest_minutes_used": 60}]
    return guest(4, 1, lessons=lessons, courses=courses, engagements=before), table("l1", "l2")
