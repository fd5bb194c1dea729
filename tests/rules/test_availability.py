"""Times at which somebody cannot teach. Lesson l1 is on Monday 08:30-09:20, on two dates."""

from model.people import Privacy
from model.rule import Owner
from model.rules.availability import Availability
from model.term import Term
from model.timetable import Timetable
from tests.regions import small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes


def away(**fields: object) -> Term:
    return small_term(unavailability=[{"professional": "anna", **fields}])


def test_other_times_days_weeks_and_dates_are_free() -> None:
    """A lesson that starts when the unavailable time ends, or lies outside its days, weeks or dates, is fine."""
    for fields in (
        {"weekday": "mon", "start": "09:20", "end": "12:00"},
        {"weekday": "mon", "start": "07:00", "end": "08:30"},
        {"weekday": "tue"},
        {"weeks": "39"},
        {"last_date": "2026-09-06"},
        {"first_date": "2026-09-15"},
        {"first_date": "2026-09-08", "last_date": "2026-09-13"},
    ):
        assert sizes(away(**fields), table("l1"), Availability) == []


def test_each_unavailable_date_counts() -> None:
    """A minute of overlap on both Mondays breaks the rule on two dates, in one week on one."""
    both = breaches(away(weekday="mon", start="09:19", end="10:00"), table("l1"), Availability)
    assert [(each.size, each.unit, each.professional, each.lesson) for each in both] == [(2, "dates", "anna", "l1")]
    assert both[0].sentence(NL) == "Anna geeft Robots (l1) op een niet-beschikbare tijd (2 data)."
    assert both[0].sentence(EN) == "Anna gives Robots (l1) at a time that is not available (2 dates)."
    one = breaches(away(weeks="37", end="08:31"), table("l1"), Availability)
    assert one[0].sentence(NL) == "Anna geeft Robots (l1) op een niet-beschikbare tijd (één datum)."
    assert one[0].sentence(EN) == "Anna gives Robots (l1) at a time that is not available (one date)."
    assert sizes(away(last_date="2026-09-07"), table("l1"), Availability) == [1]
    assert sizes(away(first_date="2026-09-08"), table("l1"), Availability) == [1]


def test_own_other_lessons_count_too() -> None:
    """A professional's busy time keeps them from lessons; a date blocked twice counts once."""
    row = {"id": "gym", "professional": "anna", "weekday": "mon", "school": "north", "first_period": "1"}
    busy = small_term(busy=[row, {**row, "id": "again", "start": "08:00", "end": "09:00", "weeks": "37"}])
    assert sizes(busy, table("l1"), Availability) == [2]
    assert {each.fact for each in facts(busy, Availability)} == {"busy/gym", "busy/again"}


def test_the_fact_is_private_unless_the_person_says_otherwise() -> None:
    """The board names the row, its owner and who may read it."""
    private = fact(away(id="swim", weekday="mon"), Availability)
    assert is_about(private, Owner.PROFESSIONAL, "unavailability/swim", Privacy.PRIVATE)
    assert private.negotiable
    assert private.params == {"person": "Anna", "n": 2}
    shared = fact(away(id="swim", weekday="mon", privacy="employer"), Availability)
    assert is_about(shared, Owner.PROFESSIONAL, "unavailability/swim", Privacy.EMPLOYER)


def matters() -> tuple[Term, Timetable]:
    """Anna is away on Mondays."""
    return away(weekday="mon"), table("l1")
