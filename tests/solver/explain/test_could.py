"""Who could give a lesson and what stands in the way: planted causes are named exactly, agreements are judged anew."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from model.access import Reader, ReaderRole
from model.change import applied
from model.judge import judge
from model.rule import Hurdle, Owner
from model.term import Term
from model.timetable import Assignment, Timetable
from solver.explain.asker import Asker
from solver.explain.could import could_they, who_could
from solver.explain.funnel import funnel
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.words import ReaderError
from tests.random_regions import calm_cases
from tests.regions import lesson, licence, person, release, small_term, work, worker

ADMIN = Reader(ReaderRole.ADMIN)
WORKING = {"professionals": [worker("anna")], "work": [work("anna")]}


def asked(term: Term, gives: list[str], reader: Reader = ADMIN) -> Asker:
    """Anna gives some lessons."""
    rows = tuple(Assignment(lesson=each, professional="anna") for each in gives)
    return Asker(Region(term, Timetable(assignments=rows)), reader, "nl")


def test_a_day_given_away_may_be_one_too_many_for_a_team() -> None:
    """What an agreement asks for itself is added: the release, and that the team may miss somebody."""
    term = small_term(**WORKING, presence=[{"employer": "works", "at_most_away": 0}])
    answer = asked(term, []).why_not("l1", "anna").answer
    assert answer is not None
    assert {each.rule for each in answer.blockers} == {"release"}
    assert [each.owners for each in answer.agreements] == [(Owner.EMPLOYER,)] * 2


def test_what_is_agreed_holds_and_what_is_free_is_free() -> None:
    """On random terms: every agreement, applied and judged as a whole, breaks nothing new; who is free breaks nothing."""
    seen: Counter[str] = Counter()
    for case in calm_cases()[:120]:
        timetable = next((each for each in case.timetables if not judge(case.term, each).breaches), Timetable())
        region = Region(case.term, timetable)
        known = set(map(str, judge(region.term, timetable).breaches))  # pins, where nobody teaches yet
        for open_lesson in region.open_lessons[:3]:
            for could in who_could(region, open_lesson).first[:3]:
                changes = could.settled
                seen["stuck" if changes is None else "agree" if changes else "free"] += 1
                if changes is not None:
                    assert set(map(str, judge(applied(region.term, changes), could.tried.timetable).breaches)) <= known
                assert (changes == ()) == (set(map(str, judge(region.term, could.tried.timetable).breaches)) <= known)
            for person_id in funnel(region, open_lesson).free:
                could_be = could_they(region, open_lesson, person_id)
                assert could_be is not None
                assert not could_be.tried.breaches
                seen["at once"] += 1
    assert min(seen[each] for each in ("stuck", "agree", "free", "at once")) >= 10, seen


def test_the_funnel_counts_everybody_once() -> None:
    """Five people: no licence, blocked, at work, too far, and busy."""
    people = [
        person("none"),
        person("blocked"),
        worker("working"),
        person("far", max_travel_minutes=5),
        person("busy"),
    ]
    term = small_term(
        professionals=people,
        licences=[licence(each["id"]) for each in people[1:]],
        lessons=[lesson("l1", blocked=["blocked"]), lesson("l2")],
        work=[work("working")],
    )
    region = Region(term, Timetable(assignments=(Assignment(lesson="l2", professional="busy"),)))
    found = funnel(region, "l1")
    assert [(step.hurdle, step.left) for step in found.steps] == [
        (Hurdle.LICENSED, 4),
        (Hurdle.AGREED, 3),
        (Hurdle.FREE, 2),
        (Hurdle.NEAR, 1),
        (Hurdle.ROOM, 0),
    ]
    assert [set(step.fell) for step in found.steps] == [
        {"licence"},
        {"blocked"},
        {"release"},
        {"travel_limit"},
        {"clash"},
    ]
    assert found.sentence("nl") == (
        "5 mensen → 4 bevoegd → 3 met een afspraak → 2 op dat moment vrij → 1 dichtbij genoeg → 0 met ruimte in de week"
    )


def test_readers_see_what_is_theirs() -> None:
    """A timetabler is not told of teams, an employer not of others' people, and nobody else why somebody is not free."""
    term = small_term(
        professionals=[worker("anna"), person("bob")],
        work=[work("anna")],
        releases=[release("anna")],
        presence=[{"employer": "works", "at_most_away": 0}],
        unavailability=[{"professional": "bob", "weekday": "mon"}],
    )
    own = asked(term, [], Reader(ReaderRole.EMPLOYER, frozenset({"works"}))).who_could("l1")
    assert [each.professional for each in own.candidates] == ["anna"]
    assert "Works" in own.candidates[0].blockers[0].sentence
    school = asked(term, [], Reader(ReaderRole.TIMETABLER, frozenset({"north"}))).who_could("l1")
    said = " ".join(each.sentence for one in school.candidates for each in (*one.blockers, *one.agreements))
    assert {each.professional for each in school.candidates} == {"anna", "bob"}
    assert "Works" not in said
    assert "Niet vrijgeroosterd op die tijd." in said
    assert "Niet beschikbaar op die tijd." in said
    bob = Reader(ReaderRole.PROFESSIONAL, frozenset({"bob"}))
    assert [each.professional for each in asked(term, [], bob).who_could("l1").candidates] == ["bob"]
    with pytest.raises(ReaderError):
        asked(term, [], bob).why_not("l1", "anna")
    with pytest.raises(ReaderError):
        asked(term, [], bob).what_could("anna")


def test_nobody_is_told_of_others_people() -> None:
    """Bob's employer asks about a lesson that Anna gives, and about one that her limit keeps open: her name does not occur."""
    term = small_term(
        employers=[{"id": "works", "name": "Works"}, {"id": "other", "name": "Other"}],
        professionals=[worker("anna", max_lessons_per_week=1), person("bob", employer="other")],
        licences=[licence("anna")],
        lessons=[lesson("l1"), lesson("l2", "2")],
    )
    employer = asked(term, ["l1"], Reader(ReaderRole.EMPLOYER, frozenset({"other"})))
    coordinator = asked(term, ["l1"], Reader(ReaderRole.COORDINATOR))
    for asker, told in ((coordinator, True), (employer, False)):
        answers = [
            asker.why_open("l1"),
            asker.why_open("l2", 10.0, facts=True),
            asker.who_could("l2"),
            asker.repairs("l2", 10.0),
            asker.ledger(),
        ]
        assert answers[1].conflict is not None
        assert [each.rule for each in answers[1].conflict.facts] == ["lessons_per_week"]
        for answer in answers:
            assert ("Anna" in answer.model_dump_json()) == told, answer


def test_a_lesson_without_dates_is_given_by_nobody() -> None:
    """Neither open nor given: that is what is said."""
    term = small_term(lessons=[lesson("l1", weeks="40")])
    answer = asked(term, []).why_open("l1")
    assert not answer.open
    assert answer.sentence.endswith("heeft geen data meer.")


def test_a_process_that_crashes_says_nothing_of_the_lesson(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not that it cannot be filled, nor that the time was too short."""
    monkeypatch.setattr("solver.explain.competing.closure", lambda *_: os._exit(1))
    competition = asked(small_term(), []).why_open("l1", 5.0).competition
    assert competition is not None
    assert competition.answered is Answered.FAILED
    assert "mislukt" in competition.sentence


def test_what_somebody_could_take() -> None:
    """Anna gives l2; l1 is at the same time, l3 is another day."""
    term = small_term(lessons=[lesson("l1"), lesson("l2"), lesson("l3", weekday="tue")])
    found = asked(term, ["l2"]).what_could("anna")
    assert [(each.gives, each.at_once) for each in found.lessons] == [(("l3",), True)]


def test_who_could_give_a_lesson_that_is_given() -> None:
    """Instead of who gives it: nothing of theirs is in the way."""
    term = small_term(professionals=[person("anna"), person("bob")])
    found = asked(term, ["l1"]).who_could("l1")
    assert not found.open
    assert {each.professional: each.at_once for each in found.candidates} == {"bob": True}
    answer = asked(term, ["l1"]).why_open("l1")
    assert "Anna" in answer.sentence
    assert (answer.hurdles, answer.free) == ((), ())
    assert asked(term, ["l1"]).why_not("l1", "anna").answer is None
