"""Planted causes are named exactly: one person, one lesson, one thing in the way, and nothing else is said."""

from __future__ import annotations

import pytest

from model.access import Reader, ReaderRole
from model.rule import Owner, Phase
from model.rules import BY_NAME
from model.term import Term
from model.timetable import Timetable
from solver.explain.answers import WhyOpen
from solver.explain.asker import Asker
from solver.explain.local import Answered
from solver.explain.region import Region
from tests.regions import course, lesson, licence, person, release, small_term, table, work, worker
from tests.solver.explain.planted import PLANTED, Planted

SECONDS = 10.0


def asked(term: Term, gives: list[str | tuple[str, str]]) -> Asker:
    """Of Anna, who gives some lessons, and of others who do."""
    return Asker(Region(term, table(*gives)), Reader(ReaderRole.ADMIN), "nl")


def named(planted: Planted) -> str:
    return "+".join(planted[2])


@pytest.mark.parametrize("planted", PLANTED, ids=named)
def test_a_planted_cause_is_named_exactly(planted: Planted) -> None:
    """All that stands in the way of Anna giving l1, each thing once; who must agree that she does, and nobody else."""
    changes, gives, rules, owners = planted
    answer = asked(small_term(**changes), gives).why_not("l1", "anna").answer
    assert answer is not None
    assert sorted(each.rule for each in answer.blockers) == sorted(rules)
    assert [each.owner for each in answer.blockers] == [BY_NAME[each.rule].owner for each in answer.blockers]
    assert {owner for each in answer.agreements for owner in each.owners} == (owners or set())
    assert len(answer.agreements) == (len(rules) if owners else 0)
    assert not any("  " in each.sentence for each in (*answer.blockers, *answer.agreements)), "a name is missing"
    assert answer.possible is (True if owners else None)


@pytest.mark.parametrize("planted", PLANTED, ids=named)
def test_a_planted_cause_is_what_keeps_it_open(planted: Planted) -> None:
    """The funnel loses her to it; where she could be had at all, the conflict is what could be agreed of it, and no more."""
    changes, gives, rules, _ = planted
    answer = asked(small_term(**changes), gives).why_open("l1", SECONDS, facts=True)
    if not answer.open:
        assert rules == ["pinned"]
        return
    fell = {each.rule: each.people for step in answer.hurdles for each in step.fell}
    others = {"blocked": answer.people - 1} if answer.people > 1 else {}
    (mine,) = fell.keys() - others.keys()
    assert fell == {mine: 1, **others}
    assert mine in rules
    assert answer.competition is not None
    assert answer.competition.answered is Answered.IMPOSSIBLE
    assert answer.conflict is not None
    assert answer.conflict.minimal
    eligible = not any(BY_NAME[each].phase is Phase.ELIGIBILITY for each in rules)
    assert answer.competition.people == int(eligible)
    limits = [each for each in rules if each != "clash" and BY_NAME[each].negotiable]
    assert [each.rule for each in answer.conflict.facts] == (limits if eligible else [])


def opened(term: Term, *rows: tuple[str, str], lesson_id: str) -> WhyOpen:
    """Why a lesson is open, with facts."""
    return Asker(Region(term, table(*rows)), Reader(ReaderRole.ADMIN), "nl").why_open(lesson_id, SECONDS, facts=True)


def test_a_shortage_of_three_over_four_lessons() -> None:
    """Anna, Bob and Cas, four lessons at one time, and Dirk, whom nobody would let: counted, and nothing to agree among them."""
    people = [person(each) for each in ("anna", "bob", "cas", "dirk")]
    licences = [licence(each["id"]) for each in people[:3]]
    term = small_term(professionals=people, licences=licences, lessons=[lesson(f"l{n}") for n in range(1, 5)])
    answer = opened(term, ("l1", "anna"), ("l2", "bob"), ("l3", "cas"), lesson_id="l4")
    found = answer.competition
    assert found is not None
    assert (found.answered, set(found.lessons)) == (Answered.IMPOSSIBLE, {"l1", "l2", "l3", "l4"})
    assert (found.people, found.at_most) == (3, 3)
    assert answer.conflict is not None
    assert answer.conflict.facts == ()


def test_a_room_that_is_too_small() -> None:
    """Anna could come at the other time only, and the room that is named for it has ten places for thirty pupils."""
    term = small_term(
        rooms=[{"id": "small", "school": "north", "capacity": 10}],
        class_groups=[{"id": "a", "school": "north", "pupils": 30}],
        courses=[course("robots", classes=["a"])],
        lessons=[lesson("l1", weekday="tue")],
        lesson_times=[{"id": "o", "lesson": "l1", "weekday": "mon", "first_period": "1", "room": "small"}],
        unavailability=[{"professional": "anna", "weekday": "tue"}],
    )
    answer = opened(term, lesson_id="l1")
    assert answer.conflict is not None
    assert [each.rule for each in answer.conflict.facts] == ["room"]
    larger = term.replace(rooms=[row.replace(capacity=30) for row in term.rooms])
    found = opened(larger, lesson_id="l1").competition
    assert found is not None
    assert found.answered is Answered.FOUND


def test_a_team_that_may_miss_one() -> None:
    """Anna and Bob are released, one of them may go, and she gives l1: their employer's rule is all that keeps l2 open."""
    term = small_term(
        professionals=[worker("anna"), worker("bob")],
        work=[work("anna"), work("bob")],
        releases=[release("anna"), release("bob")],
        presence=[{"employer": "works", "at_most_away": 1}],
        lessons=[lesson("l1"), lesson("l2")],
    )
    answer = opened(term, ("l1", "anna"), lesson_id="l2")
    assert answer.conflict is not None
    assert [(each.rule, each.owner) for each in answer.conflict.facts] == [("presence", Owner.EMPLOYER)]
    assert "Works" in answer.conflict.facts[0].sentence


def test_names_of_boards_without_a_name() -> None:
    """What is agreed with a board of which only the id is known, is agreed with somebody."""
    term = small_term(professionals=[person("anna", open_for_matching=False)])
    answer = Asker(Region(term, Timetable(assignments=())), Reader(ReaderRole.ADMIN), "nl").why_not("l1", "anna").answer
    assert answer is not None
    assert [each.sentence for each in answer.agreements] == ["Anna en board maken een afspraak over lessen."]
