"""Fragility and recruiting, against terms in which somebody really is gone, or really there."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import combinations

from ortools.sat.python import cp_model

from model.access import COORDINATOR, Reader, ReaderRole
from model.change import with_values
from model.judge import judge
from model.locale import LANGUAGES
from model.people import LicenceLevel
from model.term import Term
from model.timetable import Timetable
from solver.assignment import AssignmentModel
from solver.board import Board
from solver.explain.region import Region
from solver.whatif.fragile import Fragility, expected, fragility
from solver.whatif.recruit import whom_to_recruit, with_people
from solver.whatif.risk_told import fragility_told, recruit_told
from tests.random_regions import calm_cases, drawn_cases
from tests.regions import course, lesson, person, school, table
from tests.solver.whatif.small import proved, region, solved

RATE = 0.05


@cache
def small() -> tuple[Region, Fragility]:
    """The region with its best timetable."""
    asked = Region(*solved())
    return asked, fragility(asked, 60)


def test_what_hangs_on_one_person() -> None:
    """Only Dee is there on Wednesday; l1 could be given by Dee or Cas if they were free, but they are not."""
    found = {risk.lesson: risk for risk in small()[1].lessons}
    assert set(found) == {"l1", "l2", "l4", "s1"}
    assert found["l4"].teachers == 1
    assert found["l4"].given_by == ("dee",)
    backup = found["l1"].backup
    assert backup is not None
    assert backup.price > 0
    assert backup.professional in ("ben", "cas")


def test_who_leaves_takes_what_nobody_can_take_over() -> None:
    """All of it here, proved."""
    found = {each.professional: each for each in small()[1].leaving}
    assert set(found) == {"anna", "ben", "dee"}
    assert found["anna"].lost == ("l1", "l2")
    assert found["anna"].least == 2
    assert found["dee"].lost == ("l4",)


def test_who_is_ill_for_a_day() -> None:
    """On Monday Anna's two lessons; by rates of each person."""
    found = {(each.professional, each.weekday.value): each for each in small()[1].ill}
    assert found["anna", "mon"].uncovered == ("l1", "l2")
    assert found["anna", "mon"].dates == 2
    ill = small()[1].ill
    assert expected(ill, lambda _: RATE) == RATE * (2 * 2 + 1 * 2 + 1 * 2)
    assert expected(ill, lambda who: 1.0 if who == "dee" else 0.0) == 2


def test_lessons_of_other_weeks_are_lost_in_their_own_weeks_only() -> None:
    """Dee gives one lesson in week 37 and another in week 38: two are lost in all, not two on each date."""
    weeks = [lesson("a", weekday="wed", weeks="37"), lesson("b", "2", weekday="wed", weeks="38")]
    term = region(lessons=weeks, courses=[course("robots")])
    (found,) = fragility(Region(term, table(("a", "dee"), ("b", "dee"))), 30).ill
    assert (found.uncovered, found.dates, found.lost) == (("a", "b"), 2, 2)


def test_somebody_else_can_stand_in() -> None:
    """Evi is free on Mondays: for one day she takes l1 and l2, for good too."""
    term = region(
        professionals=[
            *({"id": row.id, **row.model_dump(mode="json", exclude_defaults=True)} for row in region().professionals),
            person("evi"),
        ]
    )
    asked = Region(term, solved()[1])
    found = fragility(asked, 60)
    assert {each.professional: each.lost for each in found.leaving}["anna"] == ()
    assert {(each.professional, each.weekday.value): each.uncovered for each in found.ill}["anna", "mon"] == ()
    risk = next(each for each in found.lessons if each.lesson == "l1")
    assert risk.backup is not None
    assert (risk.backup.professional, risk.backup.price) == ("evi", 0)


def lost_without(term: Term, person: str, lessons: tuple[str, ...], others: set[str]) -> int:
    """How many lessons of somebody fall open at least once they give nothing, others staying filled: one model of it all each."""
    for count in range(len(lessons), 0, -1):
        if any(can_fill(term, person, others.union(kept)) for kept in combinations(lessons, count)):
            return len(lessons) - count
    return len(lessons)


def can_fill(term: Term, without: str, must: set[str]) -> bool:
    """Whether any timetable in which somebody gives nothing fills these lessons."""
    rows = tuple(
        row.model_copy(update={"must_fill": row.id in must, "blocked": (*row.blocked, without)}) for row in term.lessons
    )
    rules = tuple(row for row in term.rules if row.rule != "must_fill")
    waivers = tuple(row for row in term.waivers if row.rule != "must_fill")
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    found = with_values(term, {"lessons": rows, "rules": rules, "waivers": waivers})
    return solver.solve(AssignmentModel(Board.of(found)).cp) != cp_model.INFEASIBLE


def test_losses_are_those_of_one_model_of_everything() -> None:
    """On random terms: no fewer than is proved, no more than was found."""
    seen: Counter[str] = Counter()
    for case in (*calm_cases(), *drawn_cases()):
        for timetable in case.timetables:
            asked = Region(case.term, timetable)
            term = asked.term
            if any(asked.judging.breaches()) or any(row.pinned for row in term.lessons) or sum(seen.values()) >= 60:
                continue
            held = {row.id for row in term.lessons if asked.judging.reading.held(row.id)}
            full = {lesson for lesson in held if asked.judging.reading.short_of(lesson) <= 0}
            for each in fragility(asked, 30).leaving:
                if 0 < len(each.lessons) <= 3 and full.issuperset(each.lessons):
                    exact = lost_without(term, each.professional, each.lessons, full - set(each.lessons))
                    assert each.least <= exact <= len(each.lost), (each, exact)
                    seen["proved" if each.least == len(each.lost) else "open"] += 1
    assert seen["proved"] >= 10, seen


def test_readers_see_their_own_people() -> None:
    """An employer nobody of another, and no reason."""
    asked, found = small()
    for lang in LANGUAGES:
        for reader in (COORDINATOR, Reader(ReaderRole.EMPLOYER, frozenset({"works"}))):
            answer = fragility_told(found, asked, reader, lang, rate=RATE, rates=lambda _: RATE)
            text = answer.model_dump_json()
            assert "mantelzorg" not in text
            assert ("Dee" in text) == (reader is COORDINATOR)
            assert answer.expected == round(RATE * (8 if reader is COORDINATOR else 6), 1)
            assert all(row.sentence for row in (*answer.lessons, *answer.leaving))


def placed() -> Term:
    """The region with its schools on the map, so that somebody new can live somewhere."""
    where = {"town": "Geldrop", "latitude": 51.42, "longitude": 5.56}
    home = {"home_latitude": 51.42, "home_longitude": 5.56}
    rows = [{**row.model_dump(mode="json", exclude_defaults=True), **home} for row in region().professionals]
    return region(
        schools=[school("north", **where), school("south", **where)],
        employer_sites=[{"id": "plant", "employer": "works", **where}],
        professionals=rows,
        travel_times=[],
    )


def test_whom_to_recruit() -> None:
    """Somebody for technology who is free on Monday afternoon; really there, as many lessons more are filled."""
    term = placed()
    outcome = proved(term)
    assert outcome.timetable is not None
    asked = Region(term, outcome.timetable)
    found = whom_to_recruit(asked, 60)
    assert found.best
    best = found.best[0]
    assert (best.profile.subject, best.profile.weekday.value, best.profile.half_day.value) == (
        "techniek",
        "mon",
        "afternoon",
    )
    assert (best.gain, best.lower, best.upper, best.lessons) == (1, 1, 1, ("l3",))
    assert best.profile.level is LicenceLevel.SECOND
    real = with_people(term, {"new": best.profile})
    assert proved(real).lessons.filled == outcome.lessons.filled + best.lower
    for lang in LANGUAGES:
        answer = recruit_told(found, asked, COORDINATOR, lang)
        assert answer.people[0].sentence
        assert "Robots" in answer.people[0].vacancy


def test_nobody_is_wanted_where_nothing_is_open() -> None:
    """Or where nobody could come in time."""
    term = with_values(placed(), {"lessons": tuple(row for row in placed().lessons if row.id != "l3")})
    outcome = proved(term)
    assert outcome.timetable is not None
    assert not judge(term, outcome.timetable).breaches
    found = whom_to_recruit(Region(term, outcome.timetable), 30)
    assert found.looked_at == 0
    assert found.best == ()


def test_what_can_be_filled_anyway_is_not_their_doing() -> None:
    """l1 and l2 are open although Anna could give them: whoever is new can take them, but nothing more is filled by that."""
    term = placed()
    outcome = proved(term)
    assert outcome.timetable is not None
    rows = tuple(row for row in outcome.timetable.assignments if row.professional != "anna")
    found = whom_to_recruit(Region(term, Timetable(assignments=rows)), 60)
    assert [(each.profile.half_day.value, each.lower, each.upper) for each in found.best] == [("afternoon", 1, 1)]
    for each in found.best:
        real = proved(with_people(term, {"new": each.profile})).lessons.filled - outcome.lessons.filled
        assert each.lower <= real <= each.upper, each
