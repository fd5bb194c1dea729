"""Weeks in which a lesson may change hands, and what is done with them: a term of six weeks, 37 to 42."""

from datetime import date
from typing import Any

import pytest

from model.calendar import Calendar
from model.checks_pins import pin_issues
from model.judge import lesson_count
from model.lessons import PublishedLesson
from model.reading import Reading
from model.rules.continuity import ContinuityRule
from model.rules.must_fill import MustFill
from model.rules.past import Past
from model.rules.pinned import Pinned
from model.rules.stability import Stability
from model.segments import Segments
from model.term import Term
from model.timetable import Assignment, Timetable
from model.travel import Travel
from solver.board import Board
from tests.agreement import best, judged
from tests.regions import course, lesson, person, release, small_term, work, worker
from tests.rules.cases import cost

PROMISED = {"lesson": "l1", "professional": "anna"}


def region(**changes: Any) -> Term:
    """Anna works at Works, which gives a week's notice; Ben has no employer. Lessons on Monday, another on Tuesday."""
    return small_term(
        **{
            "end": "2026-10-18",
            "employers": [{"id": "works", "name": "Works", "notice_days": 7}],
            "professionals": [worker("anna"), person("ben")],
            "courses": [course("robots", **changes.pop("about", {}))],
            "lessons": [lesson("l1"), lesson("l2", weekday="tue", weeks=changes.pop("weeks", None))],
            **changes,
        }
    )


def parts(term: Term, lesson_id: str = "l1") -> list[str]:
    """Segments of a lesson as ranges of weeks; `all` for one without a cut."""
    segments = Segments(Calendar(term)).of_lesson(lesson_id)
    return ["all" if each.weeks is None else f"{min(each.weeks)}-{max(each.weeks)}" for each in segments]


# Where a lesson is cut


def test_without_a_reason_nothing_is_cut() -> None:
    """No hand-over week, no day that the term describes, or nothing published."""
    assert parts(region()) == ["all"]
    assert parts(region(as_of="2026-09-21")) == ["all"]
    assert parts(region(published=[PROMISED])) == ["all"]


def test_a_course_is_cut_before_its_hand_over_weeks() -> None:
    """Not before its first week nor outside the term."""
    assert parts(region(about={"handover_weeks": "39, 41"})) == ["37-38", "39-40", "41-42"]
    assert parts(region(about={"handover_weeks": "36, 37, 43"})) == ["all"]


def test_a_lesson_is_cut_where_it_has_dates_on_both_sides() -> None:
    """l2 in weeks 38 and 40: week 39 comes between them (weeks without dates go with those before), 41 after both."""
    assert parts(region(about={"handover_weeks": "39, 41"}, weeks="38, 40"), "l2") == ["37-39", "40-42"]
    assert parts(region(about={"handover_weeks": "41"}, weeks="38, 40"), "l2") == ["all"]


@pytest.mark.parametrize(
    ("as_of", "notice", "expected"),
    [
        ("2026-09-21", 7, ["37-38", "39-39", "40-42"]),  # Monday of week 39: Ben is free at once, Anna a week later
        ("2026-09-22", 7, ["37-39", "40-40", "41-42"]),  # a day later: the first whole weeks come a week later
        ("2026-09-21", 8, ["37-38", "39-40", "41-42"]),  # the Monday of week 40 is still fixed
        ("2026-09-21", 0, ["37-38", "39-42"]),
        ("2026-09-21", 400, ["37-38", "39-42"]),
        ("2026-12-01", 7, ["all"]),
        ("2026-08-24", 7, ["all"]),  # all free before the term begins
    ],
)
def test_a_published_timetable_is_cut_where_it_binds_people_no_longer(
    as_of: str, notice: int, expected: list[str]
) -> None:
    """At the first Monday for each person: after what is over, after the notice of their employer."""
    employers = [{"id": "works", "name": "Works", "notice_days": notice}]
    assert parts(region(as_of=as_of, published=[PROMISED], employers=employers)) == expected


def test_notice_that_was_waived_or_switched_off_binds_nobody() -> None:
    """Both cuts where somebody may be bound and may not be; with the rule off only the first."""
    alone = {"professionals": [worker("anna")], "as_of": "2026-09-21", "published": [PROMISED]}
    assert parts(region(**alone)) == ["37-39", "40-42"]
    waiver = {"rule": "frozen", "professional": "anna", "by": "works", "reason": "agreed", "decided": "2026-09-21"}
    assert parts(region(**alone, waivers=[waiver])) == ["37-38", "39-39", "40-42"]
    assert parts(region(**alone, rules=[{"rule": "frozen", "enabled": False}])) == ["37-38", "39-42"]


def test_a_published_timetable_is_cut_where_it_changes_hands() -> None:
    """Anna until week 38, Ben from week 40 on (39 is no lesson): one cut, of this lesson only; of all that stay together."""
    rows = [PROMISED | {"weeks": "37, 38"}, PROMISED | {"professional": "ben", "weeks": "40-42"}]
    holiday = [{"school": "north", "start": "2026-09-21", "end": "2026-09-25", "kind": "holiday"}]
    term = region(published=rows, calendar_days=holiday)
    assert (parts(term), parts(term, "l2")) == (["37-39", "40-42"], ["all"])
    same = region(published=rows, calendar_days=holiday, about={"continuity": "same"})
    assert parts(same, "l2") == ["37-39", "40-42"]


# What somebody gives


def test_without_cuts_candidates_are_as_ever() -> None:
    """One for each person and lesson, in all weeks."""
    board = Board.of(region(), rules=())
    assert [(each.professional, each.lessons, each.weeks) for each in board.candidates] == [
        (who, (name,), None) for who in ("anna", "ben") for name in ("l1", "l2")
    ]


def test_a_candidate_gives_a_segment() -> None:
    """Its dates are those of its weeks: 2 Mondays and 2 Tuesdays, then 4 of each."""
    board = Board.of(region(about={"handover_weeks": "39", "continuity": "same"}), rules=())
    assert [(each.lessons, sorted(each.weeks or ()), each.dates.bit_count()) for each in board.candidates] == [
        (("l1", "l2"), [37, 38], 4),
        (("l1", "l2"), [39, 40, 41, 42], 8),
    ] * 2


def handed_over(*, week: int, lessons: str = "l1 l2") -> Timetable:
    """Ben takes over from Anna in a week."""
    rows = [("anna", frozenset(range(37, week))), ("ben", frozenset(range(week, 43)))]
    return Timetable(
        assignments=tuple(
            Assignment(lesson=name, professional=who, weeks=weeks) for name in lessons.split() for who, weeks in rows
        )
    )


def test_one_person_gives_a_course_until_it_is_handed_over() -> None:
    """In its week all lessons of it change hands, in another week none does."""
    term = region(about={"handover_weeks": "39", "continuity": "same"})
    assert judged(term, handed_over(week=39), [ContinuityRule]) == 0
    assert judged(term, handed_over(week=40), [ContinuityRule]) is None
    half = Timetable(
        assignments=(*handed_over(week=39, lessons="l1").assignments, Assignment(lesson="l2", professional="anna"))
    )
    assert judged(term, half, [ContinuityRule]) is None
    assert judged(region(about={"continuity": "same"}), handed_over(week=39), [ContinuityRule]) is None


def test_the_one_who_takes_over_fills_what_the_other_cannot() -> None:
    """Anna may teach to 20 September (weeks 37 and 38), Ben afterwards: 12 dates x 1000 less 12 x 40 travel, or only Ben's none."""
    about = {"continuity": "same"}
    licences = [
        {"professional": who, "subject": "techniek", "sector": "vo", "level": "1e", **days}
        for who, days in (("anna", {"valid_to": "2026-09-20"}), ("ben", {"valid_from": "2026-09-21"}))
    ]
    value, timetable = best(region(about=about | {"handover_weeks": "39"}, licences=licences))
    assert value == 12 * (1000 - 40)
    assert set(timetable.assignments) == set(handed_over(week=39).assignments)
    assert best(region(about=about, licences=licences))[0] == 0


# A change from a week on


def test_after_the_notice_another_takes_over_and_before_it_all_stays() -> None:
    """On 14 September, a week before Works may change anything, Anna's release turns out to end with week 40.

    Lessons may change hands in week 38 (Ben's) and in week 39 (hers). She keeps week 38 and cannot give all from week
    39 on; so Ben does.
    """
    term = region(
        as_of="2026-09-14",
        lessons=[lesson("l1")],
        work=[work("anna")],
        releases=[release("anna", weeks="37-40")],
        published=[PROMISED],
        rules=[{"rule": "travel", "parameter": "weight", "value": "0"}],
    )
    value, timetable = best(term)
    assert set(timetable.assignments) == set(handed_over(week=39, lessons="l1").assignments)
    # 6 dates are given; Anna is missed on 4 of those promised, and both have another timetable than was published.
    assert value == 6 * 1000 - 4 * 300 - 2 * 2000


# What is over, and what rules ask of the rest


def test_pins_and_must_fill_ask_nothing_of_what_is_over() -> None:
    """Nobody gave l1 in weeks 37 and 38; from week 39 on Ben gives it, as he is pinned to, in all four weeks."""
    term = region(
        as_of="2026-09-21",
        lessons=[lesson("l1", must_fill=True, pinned=["ben"]), lesson("l2", weekday="tue")],
        published=[PROMISED | {"lesson": "l2"}],
    )
    later = Assignment(lesson="l1", professional="ben", weeks=frozenset(range(39, 43)))
    for rule in (MustFill, Pinned):
        assert judged(term, Timetable(assignments=(later,)), [rule]) == 0
        assert judged(term, Timetable(), [rule]) is None
        too_late = later.model_copy(update={"weeks": frozenset({41, 42})})
        assert judged(term, Timetable(assignments=(too_late,)), [rule]) is None
    value, timetable = best(term, [MustFill, Pinned, Past])
    assert value is not None
    assert later in timetable.assignments
    assert best(term.replace(published=()), [MustFill, Pinned])[0] is not None


def test_a_pin_that_could_not_be_kept_in_the_past_is_no_mistake() -> None:
    """Ben may teach from week 39 on, and is pinned: an error in a new term, none once weeks 37 and 38 are over."""
    licences = [
        {"professional": who, "subject": "techniek", "sector": "vo", "level": "1e", "valid_from": day}
        for who, day in (("anna", None), ("ben", "2026-09-21"))
    ]
    term = region(lessons=[lesson("l1", pinned=["ben"])], licences=licences)
    assert [each.code for each in pin_issues(term)] == ["pin_breaks_rule"]
    assert (
        list(pin_issues(term.replace(as_of=date(2026, 9, 21), published=[PublishedLesson.model_validate(PROMISED)])))
        == []
    )


def test_only_dates_that_change_cost_stability() -> None:
    """Of six dates promised to Anna, four go to Ben."""
    term = region(lessons=[lesson("l1")], about={"handover_weeks": "39"}, published=[PROMISED])
    assert cost(term, handed_over(week=39, lessons="l1"), Stability) == 4 * 300


def test_a_lesson_that_is_open_only_in_the_past_is_not_open() -> None:
    """It was open in weeks 37 and 38, and Ben gives it from week 39 on; before that day it is open for him too."""
    term = region(as_of="2026-09-21", published=[PROMISED | {"lesson": "l2"}])
    later = Timetable(assignments=(Assignment(lesson="l1", professional="ben", weeks=frozenset(range(39, 43))),))
    now, before = term, term.replace(as_of=None)
    open_now, open_before = (
        lesson_count(Reading(each, later, Calendar(each), Travel(each)))[1] for each in (now, before)
    )
    assert (open_now, open_before) == ({"l2": 1}, {"l1": 1, "l2": 1})
