"""A small region that the questions of what-if are asked of, solved once."""

from __future__ import annotations

from functools import cache
from typing import Any

from model.scenarios.scenario import Applied, Scenario, apply
from model.term import Term
from model.timetable import Outcome, Status, Timetable
from solver.solve import solve
from tests.regions import course, lesson, person, release, small_term, work, worker

WORKS = {"id": "works", "name": "Works", "hour_cost": 80.0}


def region(**changes: Any) -> Term:
    """Anna, Ben and Cas work for Works on Mondays and Tuesdays; Anna is released on Monday morning, Ben on Tuesday morning.

    Lessons: l1 and l2 at north on Monday morning, l3 there in the afternoon, s1 at south on Tuesday morning; l4 on Wednesday,
    when nobody but Dee can. One of the team of Works may be away at a time.
    """
    return small_term(
        **{
            "employers": [WORKS],
            "professionals": [worker("anna"), worker("ben"), worker("cas"), person("dee")],
            "work": [work(who, weekday=day) for who in ("anna", "ben", "cas") for day in ("mon", "tue")],
            "releases": [release("anna", "morning"), release("ben", "morning", weekday="tue")],
            "unavailability": [
                {"professional": "dee", "weekday": day, "reason": "mantelzorg"} for day in ("mon", "tue", "thu", "fri")
            ]
            + [{"professional": who, "weekday": "wed"} for who in ("anna", "ben", "cas")],
            "presence": [{"employer": "works", "at_most_away": 1}],
            "courses": [course("robots"), course("chips", school="south")],
            "lessons": [
                lesson("l1"),
                lesson("l2", "3"),
                lesson("l3", "5"),
                lesson("l4", weekday="wed"),
                lesson("s1", weekday="tue", course="chips"),
            ],
            **changes,
        }
    )


@cache
def solved() -> tuple[Term, Timetable]:
    """It with its best timetable: Anna gives l1 and l2, Ben s1, Dee l4; l3 is open."""
    term = region()
    outcome = proved(term)
    assert outcome.timetable is not None
    return term, outcome.timetable


def proved(term: Term, **how: Any) -> Outcome:
    """The best timetable of a small term."""
    outcome = solve(term, seconds=60, **how)
    assert outcome.status is Status.PROVED_BEST
    return outcome


def scenario(name: str, *changes: dict[str, Any], term: Term | None = None) -> Applied:
    """A scenario of the region that makes sense."""
    found = apply(Scenario.model_validate({"id": name, "name": name, "changes": changes}), term or region())
    assert found.term is not None, found.issues
    return found
