"""What a school accepts is kept by later solves: the judge refuses a timetable without it, and nothing else is pinned."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings

from model.acceptance import pinned_by_acceptance
from model.checks import content_issues
from model.checks_pins import pin_issues
from model.demands import expanded
from model.judge import judge
from model.term import Term
from model.timetable import Assignment, Timetable
from solver.solve import solve
from tests.agreement import Case, best
from tests.random_regions import cases
from tests.regions import course, lesson, person, small_term

PEOPLE = [person("anna"), person("ben")]
TIMES = [
    {"id": "tue", "lesson": "l1", "weekday": "tue", "first_period": "1"},
    {"id": "wed", "lesson": "l1", "weekday": "wed", "first_period": "1", "last_period": "2"},
]


def two_schools(**changes: object) -> Term:
    """A lesson at north and one at south, for Anna or Ben."""
    return small_term(
        **{
            "professionals": PEOPLE,
            "courses": [course("robots"), course("lasers", school="south")],
            "lessons": [lesson("l1"), lesson("l2", "3", course="lasers")],
            **changes,
        }
    )


def broken(term: Term, *given: Assignment) -> list[str]:
    """Rules that a timetable of these rows breaks."""
    timetable = Timetable(assignments=given)
    assert not timetable.issues(expanded(term))
    return [each.rule for each in judge(term, timetable).breaches]


def give(lesson_id: str, who: str, option: str | None = None, weeks: str | None = None) -> Assignment:
    return Assignment.model_validate({"lesson": lesson_id, "professional": who, "option": option, "weeks": weeks})


def test_what_a_school_accepts_is_pinned_and_the_rest_is_free() -> None:
    """North accepts that Anna gives its lesson; who gives that of south is still open."""
    term = two_schools()
    first = (give("l1", "anna"), give("l2", "ben"))
    after = pinned_by_acceptance(term, Timetable(assignments=first), {"north"})
    assert [each.pinned for each in after.lessons] == [("anna",), ()]
    assert broken(after, *first) == []
    assert broken(after, give("l1", "anna"), give("l2", "anna")) == []
    assert broken(after, give("l1", "ben"), give("l2", "ben")) == ["pinned"]
    assert pinned_by_acceptance(term, Timetable(assignments=first), ()).input_hash == term.input_hash
    both = pinned_by_acceptance(after, Timetable(assignments=first), {"south"})
    assert [each.pinned for each in both.lessons] == [("anna",), ("ben",)]


def test_a_later_solve_keeps_what_was_accepted() -> None:
    """Anna wants no Mondays, Ben does not mind: without the pin he would give the lesson."""
    wish = [{"professional": "anna", "weekday": "mon", "value": -3}]
    term = two_schools(wishes=wish, lessons=[lesson("l1")])
    assert [each.professional for each in solve(term).assignments] == ["ben"]
    after = pinned_by_acceptance(term, Timetable(assignments=(give("l1", "anna"),)), {"north"})
    assert [each.professional for each in solve(after).assignments] == ["anna"]


def test_the_accepted_time_is_the_only_one_left() -> None:
    """The lesson's own time, or another one; it counts for as many lesson periods as before."""
    term = two_schools(lesson_times=TIMES)
    own = pinned_by_acceptance(term, Timetable(assignments=(give("l1", "anna"),)), {"north"})
    assert own.lesson_times == ()
    other = pinned_by_acceptance(term, Timetable(assignments=(give("l1", "anna", "wed"),)), {"north"})
    assert [each.id for each in other.lesson_times] == ["wed"]
    (row, _) = other.lessons
    assert (row.first_period, row.weekday.value, row.lesson_periods) == (None, "wed", 1)
    assert broken(other, give("l1", "anna", "wed")) == []
    assert judge(other, Timetable(assignments=(give("l1", "anna", "wed"),))).value == (
        judge(term, Timetable(assignments=(give("l1", "anna", "wed"),))).value
    )
    free = pinned_by_acceptance(term, Timetable(assignments=(give("l2", "anna"),)), {"north", "south"})
    assert free.lesson_times == term.lesson_times


def test_a_time_that_people_were_promised_stays_possible() -> None:
    """The published timetable refers to it."""
    published = [{"lesson": "l1", "professional": "anna", "option": "tue"}]
    term = two_schools(lesson_times=TIMES, published=published, as_of="2026-09-09")
    after = pinned_by_acceptance(term, Timetable(assignments=(give("l1", "anna", "wed"),)), {"north"})
    assert [each.id for each in after.lesson_times] == ["tue", "wed"]
    assert after.replace() == after
    own = two_schools(lesson_times=TIMES, published=[{"lesson": "l1", "professional": "anna"}], as_of="2026-09-09")
    kept = pinned_by_acceptance(own, Timetable(assignments=(give("l1", "anna", "wed"),)), {"north"})
    assert (kept.lessons[0].first_period, kept.lessons[0].pinned) == ("1", ("anna",))


def test_a_lesson_at_two_times_at_once_is_not_pinned() -> None:
    """Which of them was accepted cannot be told."""
    term = two_schools(lesson_times=TIMES)
    given = (give("l1", "anna", "tue"), give("l1", "ben", "wed"))
    assert pinned_by_acceptance(term, Timetable(assignments=given), {"north"}).input_hash == term.input_hash


def test_a_lesson_that_changes_hands_is_not_pinned() -> None:
    """A pin is for every date to come; one person in the first week and another in the second cannot both have it."""
    term = two_schools(courses=[course("robots", continuity="same", handover_weeks="38")], lessons=[lesson("l1")])
    split = (give("l1", "anna", weeks="37"), give("l1", "ben", weeks="38"))
    assert broken(term, *split) == []
    after = pinned_by_acceptance(term, Timetable(assignments=split), {"north"})
    assert after.lessons[0].pinned == ()


def test_what_is_over_does_not_count() -> None:
    """Ben gave the first week, which is over; Anna gives all that is still to come, so she is pinned."""
    term = two_schools(
        courses=[course("robots", continuity="same", handover_weeks="38")],
        lessons=[lesson("l1")],
        published=[{"lesson": "l1", "professional": "ben"}],
        as_of="2026-09-14",
    )
    given = (give("l1", "ben", weeks="37"), give("l1", "anna", weeks="38"))
    after = pinned_by_acceptance(term, Timetable(assignments=given), {"north"})
    assert after.lessons[0].pinned == ("anna",)
    assert [each.rule for each in judge(after, Timetable(assignments=given)).breaches] == []


def test_demand_that_was_accepted_is_written_out() -> None:
    """Its lessons keep their ids; one that is still open stays as free as it was, and so does demand of other schools."""
    demands = [
        {"id": "d", "course": "robots", "lessons_per_week": 4, "half_days": ["mon-morning", "tue-morning"]},
        {"id": "e", "course": "lasers", "lessons_per_week": 2},
    ]
    term = two_schools(lessons=[], demands=demands)
    times = [each.id for each in expanded(term).times_of("d#1")]
    accepted = give("d#1", "anna", times[-1])
    after = pinned_by_acceptance(
        term, Timetable(assignments=(accepted, give("e#1", "ben", expanded(term).times_of("e#1")[0].id))), {"north"}
    )
    assert [each.id for each in after.demands] == ["e"]
    assert {each.id: each.pinned for each in after.lessons} == {"d#1": ("anna",), "d#2": ()}
    assert [each.id for each in after.times_of("d#1")] == [times[-1]]
    assert len(after.times_of("d#2")) == len(times)
    assert broken(after, accepted) == []
    assert broken(after) == ["pinned"]
    assert after.replace() == after


def test_accepted_timetables_are_timetables_of_what_is_left() -> None:
    """Whatever is in a term: what a school accepts breaks nothing that it did not break, and without it pins are broken."""
    seen: Counter[str] = Counter()

    @given(cases())
    @settings(max_examples=40, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    def every(case: Case) -> None:
        for timetable in (case.timetables[0], best(case.term)[1]):
            for school in case.term.schools:
                seen[accepted(case.term, timetable, school.id)] += 1

    every()
    assert min(seen["kept"], seen["broken before"], seen["nothing"]) >= 5, seen


def accepted(term: Term, timetable: Timetable, school: str) -> str:
    """Checks what follows when one school accepts, and says what there was to check."""
    before = [each.rule for each in judge(term, timetable).breaches]
    after = pinned_by_acceptance(term, timetable, {school})
    assert not timetable.issues(expanded(after))
    assert len(list(content_issues(after))) == len(list(content_issues(term)))
    assert [each.rule for each in judge(after, timetable).breaches] == before
    mine = {row.id for row in expanded(after).lessons if after.course(row.course).school == school}
    pins = {row.id: row.pinned for row in after.lessons if row not in term.lessons}
    assert pins.keys() <= mine
    if before or not any(pins.values()):
        return "broken before" if before else "nothing"
    assert not list(pin_issues(after))
    rest = Timetable(assignments=tuple(row for row in timetable.assignments if row.lesson not in mine))
    assert "pinned" in {each.rule for each in judge(after, rest).breaches}
    return "kept"
