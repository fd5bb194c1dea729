"""What must not change answers: names, the order of rows, another run; and what too little time or a crash may say."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.access import COORDINATOR
from model.term import Term, tables
from model.timetable import Timetable
from solver.explain import aside
from solver.explain.aside import in_child
from solver.explain.asker import Asker
from solver.explain.closure import closure
from solver.explain.conflict import conflict
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.repairs import repairs
from solver.explain.whole import Whole
from solver.explain.why_not import forced
from tests.regions import lesson, person, small_term, table
from tests.solver.explain.scarce import SECONDS, Everything, Scarce, filled, lifted, limits_of, quietly, scarce


def said(case: Scarce, people: Sequence[str], lessons: Sequence[str]) -> list[Any]:
    """All that a coordinator is told of some people and some lessons, and what the timetable is worth."""
    asker = Asker(Region(case.term, case.timetable), COORDINATOR, "nl")
    found: list[Any] = [asker.ledger()]
    for each in lessons:
        found += [asker.why_open(each, SECONDS, facts=True), asker.who_could(each), asker.repairs(each, SECONDS)]
        found += [asker.why_not(each, one, SECONDS) for one in people]
    found += [asker.what_could(one) for one in people]
    return [each.model_dump(mode="json") for each in found]


def asked(case: Scarce) -> tuple[list[str], list[str]]:
    """Two people and up to two open lessons."""
    return [row.id for row in case.term.professionals[:2]], case.open[:2]


IDS = ("anna", "bob", "cas", "dirk", "l1", "l2", "l3", "l4", "l5", "robots", "care", "works", "other", "north", "south")


def renamed(what: Any, names: dict[str, str]) -> Any:
    """The same with other ids and names, wherever they occur."""
    both = names | {old.capitalize(): new.capitalize() for old, new in names.items()}
    pattern = re.compile(rf"\b({'|'.join(both)})\b")
    return json.loads(pattern.sub(lambda found: both[found[0]], json.dumps(what)))


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Solve in this process: many questions with one fork each take longer than what is asked."""
    for module in ("asker", "competing"):
        monkeypatch.setattr(f"solver.explain.{module}.in_child", lambda work, _: work())
    monkeypatch.setattr("solver.explain.asker.in_children", lambda works, _: [work() for work in works])


@pytest.mark.usefixtures("at_once")
def test_names_change_nothing() -> None:
    """Every id and name replaced, in the same order: the same answers, word for word."""
    names = {each: f"n{each}" for each in IDS}

    @quietly(12)
    @given(scarce())
    def every(case: Scarce) -> None:
        term = Term.model_validate(renamed(case.term.model_dump(mode="json"), names))
        timetable = Timetable.model_validate(renamed(case.timetable.model_dump(mode="json"), names))
        people, lessons = asked(case)
        theirs = said(Scarce(term, timetable), [names[each] for each in people], [names[each] for each in lessons])
        assert theirs == renamed(said(case, people, lessons), names)

    every()


@pytest.mark.usefixtures("at_once")
def test_order_changes_no_answer() -> None:
    """Rows of all tables in another order: the same, but for the order in which it is told."""

    @quietly(12)
    @given(scarce(), st.integers(0, 99))
    def every(case: Scarce, seed: int) -> None:
        random = Random(seed)
        rows = {name: list(case.term.rows(name)) for name, _ in tables()}
        shuffled = {name: random.sample(each, len(each)) for name, each in rows.items()}
        given_rows = random.sample(case.timetable.assignments, len(case.timetable.assignments))
        other = Scarce(case.term.replace(**shuffled), Timetable(assignments=tuple(given_rows)))
        for mine, theirs in zip(said(case, *asked(case)), said(other, *asked(case)), strict=True):
            assert unordered(essence(mine)) == unordered(essence(theirs))

    every()


def unordered(what: Any) -> Any:
    """An answer whose lists are in no order."""
    if isinstance(what, dict):
        return {key: unordered(each) for key, each in what.items()}
    if isinstance(what, list):
        return sorted((unordered(each) for each in what), key=repr)
    return what


def essence(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without what is one of several as good: rows that move, lessons that compete, facts of a conflict, repairs."""
    answer = dict(answer)
    if answer.get("competition"):
        answer["competition"] = answer["competition"]["answered"]
        answer["conflict"] = bool(answer["conflict"])
    if answer.get("instead"):
        answer["instead"] = {name: each for name, each in answer["instead"].items() if name != "moves"}
    if "repairs" in answer:
        answer["repairs"] = min((each["price"] for each in answer["repairs"]), default=None)
    return answer


RUN = """
from pathlib import Path
from random import Random
from tests.solver.explain.scarce import drawn
from tests.solver.explain.test_same_answers import asked, said, twins
for case in (twins(), *(drawn(Random(seed).choice) for seed in range(3))):
    print(said(case, *asked(case)))
"""


def twins() -> Scarce:
    """Six people who do not differ but in name, and five lessons, three of them given."""
    people = [person(each) for each in ("anna", "bob", "cas", "dirk", "eva", "fatma")]
    lessons = [lesson("l1"), lesson("l2"), lesson("l3", "2"), lesson("l4"), lesson("l5", "2")]
    term = small_term(professionals=people, lessons=lessons)
    return Scarce(term, table(("l1", "cas"), ("l2", "anna"), ("l3", "fatma")))


def test_another_run_says_the_same() -> None:
    """Word for word, in processes that number their sets otherwise."""
    root = Path(__file__).parents[3]
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", RUN],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            cwd=root,
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    one, other = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert one.count("'competition'") >= 4
    assert one == other


# Too little time, and processes that end before their time


def test_no_time_proves_nothing() -> None:
    """A budget of nothing: neither that it is impossible, nor a conflict, nor a cost, nor that a repair is the cheapest."""

    @quietly(15)
    @given(scarce())
    def every(case: Scarce) -> None:
        whole = Whole(Region(case.term, case.timetable))
        for each in case.open[:2]:
            closed = closure(whole, each, 0.0)
            assert closed.answered is Answered.UNKNOWN
            assert closed.at_most is None
            assert conflict(whole, closed, SECONDS) is None
            assert conflict(whole, closure(whole, each, SECONDS), 0.0) is None
            assert all(repair.lower == 0 for repair in repairs(whole.region, each, closed, 0.0).repairs)
            for candidate in whole.eligible(each)[:2]:
                found = forced(whole, candidate, 0.0)
                assert (found.filling.answered, found.gain, found.at_most) == (Answered.UNKNOWN, None, None)

    every()


def test_little_time_proves_nothing_that_is_not_so() -> None:
    """Whatever the budget: what is impossible is so, what is found holds, and a conflict is long enough and says if too long."""
    seen: Counter[str] = Counter()

    @quietly(25)
    @given(scarce(), st.sampled_from((0.0005, 0.001, 0.002, 0.004)))
    def every(case: Scarce, seconds: float) -> None:
        whole = Whole(Region(case.term, case.timetable))
        for each in case.open[:2]:
            found = closure(whole, each, seconds)
            seen[found.answered.value] += 1
            if found.answered is not Answered.UNKNOWN:
                possible = Everything(case.term).give({each, *filled(case.timetable)}).possible
                assert (found.answered is Answered.FOUND) == possible
            closed = closure(whole, each, SECONDS)
            made = conflict(whole, closed, seconds)
            if made is not None:
                kept = {(fact.rule, fact.of) for fact in made.facts}
                free = lifted(case.term, limits_of(case.term) - kept)
                assert not Everything(free).give(closed.required).possible
                for fact in kept if made.minimal else ():
                    assert Everything(lifted(free, {fact})).give(closed.required).possible, fact

    every()
    assert min(seen["unknown"], seen["impossible"] + seen["found"]) >= 3, seen


def killed() -> None:
    """What the system does to a process that takes too much."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("end", [killed, lambda: os._exit(1), lambda: time.sleep(60)], ids=["killed", "gone", "late"])
def test_a_process_that_ends_before_its_time_has_no_answer(
    end: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed, gone by itself, or not done in time: failed, whatever was asked; what needs no proof is still told."""
    monkeypatch.setattr(aside, "GRACE_SECONDS", 0.05)
    assert in_child(end, 0.05) is None
    people = [person("anna"), person("bob", max_lessons_per_week=0)]
    term = small_term(professionals=people, lessons=[lesson("l1"), lesson("l2"), lesson("l3", "2", blocked=["anna"])])
    asker = Asker(Region(term, table(("l1", "anna"))), COORDINATOR, "en")
    for asked_of in ("competing.closure", "before.shortages", "asker.conflict", "asker.forced", "asker.unmoved"):
        monkeypatch.setattr(f"solver.explain.{asked_of}", lambda *_: end())
    opened = asker.why_open("l2", 0.1, facts=True)
    assert opened.competition is not None
    assert opened.competition.answered is Answered.FAILED
    assert "failed" in opened.competition.sentence
    assert opened.conflict is None
    ways = asker.repairs("l2", 0.1)
    assert (ways.answered, ways.repairs) == (Answered.FAILED, ())
    told = asker.why_not("l2", "anna", 0.1)
    assert told.answer is not None
    assert told.instead is not None
    assert told.instead.filling is Answered.FAILED
    assert (told.instead.gain, told.instead.at_most, told.instead.moves) == (None, None, ())
    assert "failed" in told.instead.sentence


def test_a_conflict_that_was_not_found_in_time_is_not_a_shorter_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The closure is proved; the process that looks for the facts is killed: no facts, and still impossible."""
    monkeypatch.setattr("solver.explain.asker.conflict", lambda *_: killed())
    asker = Asker(Region(small_term(lessons=[lesson("l1"), lesson("l2")]), table("l1")), COORDINATOR, "en")
    opened = asker.why_open("l2", SECONDS, facts=True)
    assert opened.competition is not None
    assert opened.competition.answered is Answered.IMPOSSIBLE
    assert opened.conflict is None
