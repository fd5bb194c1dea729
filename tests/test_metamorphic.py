"""What must not change the optimum, and what may only raise it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from itertools import islice
from random import Random
from typing import Any

import pytest

from model.activities import is_open
from model.calendar import Calendar
from model.fields import Record
from model.judge import judge
from model.lessons import Continuity
from model.people import ReleasePolicy
from model.rule import Waiving
from model.rules import RULES
from model.segments import Segments
from model.sites import DayKind
from model.term import Term, tables
from model.timetable import Timetable
from solver.board import Board
from tests.agreement import best, written
from tests.random_regions import calm_cases, drawn_cases
from tests.regions import course, lesson, person, release, small_term, work, worker
from tests.rules import test_presence

TERMS = 180
"""How many random terms each property is tried on, beside those in which one rule decides."""


@cache
def some_terms() -> Sequence[Term]:
    decided = [import_module(f"tests.rules.test_{rule.name}").matters()[0] for rule in RULES]
    presence = [test_presence.region(minimum=2), test_presence.region(minimum_share=67), test_presence.critical("bhv")]
    drawn = [*islice(drawn_cases(), TERMS // 2), *islice(calm_cases(), TERMS // 2)]
    return [*decided, *presence, *(case.term for case in drawn)]


# What changes nothing


def test_the_empty_timetable_is_worth_nothing() -> None:
    """No rule charges for it or rewards it, on any term, by the judge and on the board; but a promise is not kept by it."""
    priced = [rule for rule in RULES if not rule.hard()]
    for term in some_terms():
        unpromised = term.replace(published=())
        assert judge(unpromised, Timetable()).costs == ()
        assert written(Board.of(unpromised, rules=priced), Timetable()) == 0


def test_order_and_names_leave_the_optimum_as_it_is() -> None:
    """Rows shuffled and every id replaced: the same value, or the same impossibility, both proved."""
    seen: Counter[str] = Counter()
    for seed, term in enumerate(some_terms()):
        value = best(term)[0]
        assert best(_shuffled_and_renamed(term, Random(seed)))[0] == value
        seen["impossible" if value is None else "best" if value else "empty"] += 1
    assert min(seen["impossible"], seen["best"]) >= 10, seen


def _shuffled_and_renamed(term: Term, random: Random) -> Term:
    """The same term in another order under other ids.

    Rule settings keep their order: of two that contradict each other the later one holds.
    """
    names: dict[tuple[str, str], str] = {}
    for table, _ in tables():
        rows = list(term.rows(table))
        for number, row in enumerate(random.sample(rows, len(rows))):
            names[table, _id(row)] = f"{table} {number}"
    places = {old: new for (table, old), new in names.items() if table in ("schools", "employer_sites")}
    places |= {f"home:{old}": f"home:{new}" for (table, old), new in names.items() if table == "professionals"}
    changed: dict[str, Any] = {name: getattr(term, name) for name in type(term).model_fields}
    for table, record in tables():
        rows = [_renamed(table, row, record, names, places) for row in term.rows(table)]
        changed[table] = rows if table == "rules" else random.sample(rows, len(rows))
    return Term.model_validate(changed)


def _renamed(
    table: str, row: Record, record: type[Record], names: dict[tuple[str, str], str], places: dict[str, str]
) -> Record:
    values: dict[str, Any] = {name: getattr(row, name) for name in record.model_fields}
    values["id"] = names[table, _id(row)]
    for field, column in record.cols():
        given = values[field]
        if column.ref and isinstance(given, tuple):
            values[field] = tuple(names[column.ref, each] for each in given)
        elif column.ref and given is not None:
            values[field] = names[column.ref, given]
    if table == "travel_times":
        values |= {end: places[values[end]] for end in ("origin", "destination")}
    return record.model_validate(values)


def _id(row: Record) -> str:
    return getattr(row, "id")  # noqa: B009  every table has ids, the base class does not


# What may only raise it: each takes a term and a random choice, and gives a relaxed term, or None where it does not apply

Relax = Callable[[Term, Random], Term | None]


def _one(term: Term, table: str, random: Random, change: Callable[[Any], dict[str, Any] | None]) -> Term | None:
    """One row that can be changed is changed."""
    rows = list(term.rows(table))
    able = [(index, changes) for index, row in enumerate(rows) if (changes := change(row)) is not None]
    if not able:
        return None
    index, changes = random.choice(able)
    rows[index] = rows[index].replace(**changes)
    return term.replace(**{table: rows})


def _without_one(table: str) -> Relax:
    def relax(term: Term, random: Random) -> Term | None:
        rows = list(term.rows(table))
        if not rows:
            return None
        rows.remove(random.choice(rows))
        return term.replace(**{table: rows})

    return relax


def _more(term: Term, table: str, row: dict[str, Any]) -> Term:
    made = dict(tables())[table].model_validate({"id": "more", **row})
    return term.replace(**{table: [*term.rows(table), made]})


def _raised(table: str, field: str, *, by: int = 1, least: int | None = None) -> Relax:
    def raised(row: Any) -> dict[str, Any] | None:
        value = getattr(row, field)
        return None if value is None else {field: value + by if least is None else max(least, value + by)}

    return lambda term, random: _one(term, table, random, raised)


def _emptied(table: str, field: str, *, empty: Any) -> Relax:
    def emptied(row: Any) -> dict[str, Any] | None:
        return {field: empty} if getattr(row, field) else None

    return lambda term, random: _one(term, table, random, emptied)


def _licence(term: Term, random: Random) -> Term:
    return _licensed(term, random.choice(term.professionals).id, random)


def _licensed(term: Term, professional: str, random: Random) -> Term:
    about = random.choice(term.courses)
    row = {"professional": professional, "subject": about.subject, "level": "1e"}
    return _more(term, "licences", {**row, "sector": about.sector or term.school(about.school).sector})


def _engagement(term: Term, random: Random) -> Term:
    # Without a number of lessons: one with a number would limit what is given at that board.
    row = {"professional": random.choice(term.professionals).id, "board": random.choice(term.boards).id}
    return _more(term, "engagements", row)


def _open_for_matching(term: Term, random: Random) -> Term | None:
    return _one(
        term, "professionals", random, lambda row: None if row.open_for_matching else {"open_for_matching": True}
    )


def _newcomer(term: Term, random: Random) -> Term:
    row = {"name": "more", "open_for_matching": True, "home_latitude": 51.44, "home_longitude": 5.47}
    return _licensed(_more(term, "professionals", row), "more", random)


def _lesson_time(term: Term, random: Random) -> Term | None:
    # Not for a lesson that takes place at none of its times: with one it would have to be filled where it is must-fill.
    calendar = Calendar(term)
    able = [row.id for row in term.lessons if calendar.takes_place(row.id)]
    if not able:
        return None
    when = {"weekday": random.choice(("mon", "tue")), "first_period": random.choice("1234")}
    return _more(term, "lesson_times", {"lesson": random.choice(able), **when})


def _release(term: Term, random: Random) -> Term | None:
    # Half-days given one by one: what is released is given away only where a lesson asks for it, and until now no lesson
    # could, so every timetable stays as it was. Where whole days are given away this is no relaxation (see below). Hours
    # within a half-day would cut the work in two, of which the first part ends in the rush while the whole did not.
    if term.employers[0].release_policy is not ReleasePolicy.HALF_DAY:
        return None
    able = sorted({(row.professional, row.weekday) for row in term.work})
    if not able:
        return None
    professional, weekday = random.choice(able)
    half_day = random.choice((None, "morning", "afternoon"))
    return _more(term, "releases", {"professional": professional, "weekday": weekday, "half_day": half_day})


def _free_course(term: Term, random: Random) -> Term | None:
    return _one(
        term, "courses", random,
        lambda row: None if row.continuity is Continuity.FREE else {"continuity": Continuity.FREE, "max_people": None},
    )  # fmt: skip


def _extended(term: Term, random: Random) -> Term | None:
    return _one(term, "licences", random, lambda row: None if row.extended else {"extended": True})


def _one_more_head(term: Term, random: Random) -> Term | None:
    # Not where a lesson must be filled: that would need one more teacher.
    strict = {row.course for row in term.lessons if row.must_fill}
    # Nor where shares of schools count: it would be less of what its school needs.
    if any(row.rule == "fair_schools" for row in term.rules):
        return None
    return _one(term, "courses", random, lambda row: None if row.id in strict else {"heads": row.heads + 1})


def _without_blackout(term: Term, random: Random) -> Term | None:  # noqa: ARG001  as the others
    rows = [row for row in term.calendar_days if row.kind is not DayKind.BLACKOUT]
    return None if len(rows) == len(term.calendar_days) else term.replace(calendar_days=rows)


def _without_open_meetings(relax: Relax) -> Relax:
    """Only of terms whose meetings all have a time: an open one moves to where people are freer, and lessons are in its way there."""
    return lambda term, random: None if any(map(is_open, term.activities)) else relax(term, random)


def _handover_week(term: Term, random: Random) -> Term | None:
    weeks = [*Calendar(term).weeks]

    def more(row: Any) -> dict[str, Any] | None:
        known = row.handover_weeks or frozenset()
        left = [week for week in weeks[1:] if week not in known]
        return {"handover_weeks": known | {random.choice(left)}} if left else None

    return _one(term, "courses", random, more)


def _shorter_notice(term: Term, random: Random) -> Term | None:
    """Where lessons may still change hands wherever they could: with another notice they may do so in other weeks."""
    relaxed = _raised("employers", "notice_days", by=-10, least=0)(term, random)
    if relaxed is None:
        return None
    before, after = Segments(Calendar(term)), Segments(Calendar(relaxed))
    kept = all(before.of_lesson(row.id) == after.of_lesson(row.id) for row in term.lessons)
    return relaxed if kept else None


def _waivers(term: Term, random: Random) -> Term:
    """Of one person all that may be waived."""
    row = {"professional": random.choice(term.professionals).id, "by": "somebody", "reason": "agreed"}
    for rule in RULES:
        if rule.waiving() in (Waiving.PERSON, Waiving.PERSON_OR_LESSON):
            term = _more(term, "waivers", {**row, "id": rule.name, "rule": rule.name, "decided": term.start})
    return term


RELAXED: dict[str, Relax] = {
    "a licence more": _licence,
    "an engagement more": _engagement,
    "open for matching": _open_for_matching,
    "a professional more": _newcomer,
    "another time for a lesson": _lesson_time,
    "a release more": _without_open_meetings(_release),
    "an unavailability less": _without_open_meetings(_without_one("unavailability")),
    "a busy time less": _without_open_meetings(_without_one("busy")),
    "a presence row less": _without_one("presence"),
    "one away more": _raised("presence", "at_most_away"),
    "a colleague more": _raised("presence", "others_present"),
    "a lesson a week more": _raised("professionals", "max_lessons_per_week"),
    "a lesson a day more": _raised("professionals", "max_lessons_per_day"),
    "a day a week more": _raised("professionals", "max_days_per_week"),
    "an agreed lesson more": _raised("engagements", "max_lessons"),
    "further travel": _raised("professionals", "max_travel_minutes", by=20),
    "a person more for a course": _raised("courses", "max_people"),
    "a course that anybody may share": _free_course,
    "a head more": _one_more_head,
    "may stay open": _emptied("lessons", "must_fill", empty=False),
    "a pin less": _emptied("lessons", "pinned", empty=()),
    "a block less": _emptied("lessons", "blocked", empty=()),
    "a smaller share": _raised("presence", "minimum_share", by=-60, least=0),
    "a choice of days less": _without_one("release_choices"),
    "one day more of a choice": _raised("release_choices", "at_most"),
    "more hours to give away": _raised("employers", "release_quota_hours", by=10),
    "no hours used": _emptied("employers", "release_hours_used", empty=0),
    "nobody critical": _emptied("employers", "critical_roles", empty=()),
    "a shorter notice": _shorter_notice,
    "a week more in which a course may be handed over": _handover_week,
    "more employees": _raised("employers", "employees", by=2000),
    "no blackout": _without_blackout,
    "waivers for a person": _waivers,
    "a temporary right extended": _extended,
    "no guest minutes given yet": _emptied("engagements", "guest_minutes_used", empty=0),
    "nobody who must be there too": _emptied("courses", "copresent", empty=False),
    "no starting teacher": _emptied("professionals", "first_teaching_date", empty=None),
    "a site a day more": _raised("professionals", "max_sites_per_day"),
    "a ride that may be shared": _emptied("carpools", "required", empty=False),
}


@cache
def _optimum(term_number: int) -> int | None:
    return best(some_terms()[term_number])[0]


@pytest.mark.parametrize("name", RELAXED)
def test_relaxing_a_fact_never_lowers_the_optimum(name: str) -> None:
    """The relaxed term is worth at least as much, at times more, and never becomes impossible."""
    seen: Counter[str] = Counter()
    for number, term in enumerate(some_terms()):
        relaxed = RELAXED[name](term, Random(number))
        if relaxed is not None:
            before, after = _optimum(number), best(relaxed)[0]
            assert before is None or (after is not None and after >= before)
            seen["raised" if after != before else "same"] += 1
    assert seen["raised"], seen


# What is no relaxation, though it looks like one


def test_more_release_may_cost_lessons_where_whole_days_are_given() -> None:
    """Anna may leave in the morning; when her afternoon is released too it goes with it, and nobody may miss that."""
    for half_days, value in ((["morning"], 1950), (["morning", "afternoon"], 0)):
        term = small_term(
            employers=[{"id": "works", "name": "Works", "release_policy": "day"}],
            professionals=[worker("anna")],
            work=[work("anna")],
            releases=[release("anna", half_day) for half_day in half_days],
            presence=[{"employer": "works", "half_day": "afternoon", "at_most_away": 0}],
        )
        # 2 dates x 1000, less 2 x (20 to north + 15 to the plant + 10 home - 20 as usual).
        assert best(term)[0] == value


def test_a_day_less_at_work_may_cost() -> None:
    """A lesson on a working day saves the way to work: 2 x 20 minutes that a free day does not have."""
    tables = {
        "employers": [{"id": "works", "name": "Works", "release_policy": "day"}],
        "professionals": [worker("anna")],
    }
    free = small_term(**tables)
    released = small_term(**tables, work=[work("anna")], releases=[release("anna")])
    assert best(free)[0] == 2 * (1000 - 40)
    assert best(released)[0] == 2 * (1000 - 40 + 20)


def test_an_agreement_on_a_number_of_lessons_may_cost() -> None:
    """Anna is open for matching and could give two lessons; an engagement for one is one lesson less."""
    lessons = [lesson("l1"), lesson("l2", "2")]
    agreed = [{"professional": "anna", "board": "board", "max_lessons": 1}]
    assert best(small_term(lessons=lessons))[0] == 2 * (2000 - 40)
    assert best(small_term(lessons=lessons, engagements=agreed))[0] == 2 * (1000 - 40)


def test_a_head_more_may_make_a_term_impossible() -> None:
    """A lesson that must be filled by one is filled; by two it cannot be."""
    for heads, value in ((1, 2 * (1000 - 40)), (2, None)):
        courses = [course("robots", heads=heads)]
        term = small_term(courses=courses, lessons=[lesson("l1", must_fill=True)], professionals=[person("anna")])
        assert best(term)[0] == value
