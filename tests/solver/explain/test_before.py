"""What a term lacks before it is solved: named where it is planted, silent where nothing lacks, true of the best timetable."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from ortools.sat.python import cp_model
from typer.testing import CliRunner

from benchmarks.generator import generate
from benchmarks.greedy import greedy
from benchmarks.neutral import instance_of
from benchmarks.recipes import Profile
from model.access import COORDINATOR, Reader, ReaderRole
from model.files import write_term
from model.heads import counted, to_be_given
from model.judge import judge
from model.promised import over
from model.rule import Because, Owner
from model.term import Term
from model.timetable import Assignment, Timetable
from service.shell.cli import app
from solver.assignment import AssignmentModel
from solver.board import Board
from solver.explain.able import Able
from solver.explain.asker import Asker
from solver.explain.before import COUNTING, Shortages, shortages
from solver.explain.closure import Closure
from solver.explain.lacking import Lacking
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.rows import Rows
from tests.random_regions import calm_cases, drawn_cases, terms
from tests.regions import Row, course, lesson, licence, person, small_term, worker

SECONDS = 20.0


def found_in(term: Term) -> Shortages:
    """What is short."""
    return shortages(Board.of(term), SECONDS)


def several(*people: str, lessons: list[Row], **tables: Any) -> Term:
    """A term with these people, all licensed."""
    return small_term(professionals=[person(each) for each in people], lessons=lessons, **tables)


def told(term: Term, reader: Reader = COORDINATOR, lang: str = "nl") -> Lacking:
    """What is told of it."""
    return Asker(Region(term, Timetable()), reader, lang).shortages(SECONDS)


# Where nothing lacks nothing is said


@pytest.mark.parametrize(
    "term",
    [
        several("anna", lessons=[lesson("l1"), lesson("l2", "2")]),
        several("anna", "bob", lessons=[lesson("l1"), lesson("l2")]),
        several("anna", lessons=[lesson("l1"), lesson("l2", weekday="tue")]),
        several("anna", "bob", lessons=[lesson("l1")], courses=[course("robots", heads=2)]),
        several("anna", lessons=[]),
    ],
)
def test_where_everything_can_be_given_nothing_is_short(term: Term) -> None:
    """Other times, other days, enough people for a lesson of two, no lessons at all."""
    found = found_in(term)
    assert found.whole.open == 0
    assert not found.joint
    assert not any(list(found.of(each.id)) for each in term.lessons)
    said = told(term)
    assert said.known
    assert said.open == 0
    assert not said.joint
    assert not said.subjects
    assert said.sentence.startswith("Er is geen tekort gevonden")


def test_a_lesson_that_is_over_lacks_nobody() -> None:
    """Of a term half gone only what is to come counts."""
    gone = several(
        "anna", "bob", lessons=[lesson("l1", weeks="37"), lesson("l2", weeks="37"), lesson("l3", weeks="37")]
    )
    assert found_in(gone).whole.open == 1
    now = gone.replace(as_of="2026-09-14", published=[{"lesson": "l1", "professional": "anna"}])
    assert found_in(now).whole.open == 0


# What lacks is named


def test_four_lessons_for_three_people() -> None:
    """A planted shortage is named exactly, without the lesson at another time that the same people give."""
    lessons = [*(lesson(f"l{number}") for number in range(1, 5)), lesson("later", "3")]
    found = found_in(several("anna", "bob", "cas", lessons=lessons))
    (short,) = found.joint
    assert set(short.lessons) == {"l1", "l2", "l3", "l4"}
    assert set(short.people) == {"anna", "bob", "cas"}
    assert (short.at_most, short.open, found.whole.at_most, found.whole.open) == (3, 1, 4, 1)
    assert next(found.of("l1")) == short
    assert short not in found.of("later")


def test_two_shortages_are_told_apart() -> None:
    """One of techniek, one of engels; each with its own people."""
    people = [person(each) for each in ("anna", "bob")]
    licences = [licence("anna"), licence("bob", "engels")]
    courses = [course("robots"), course("english", subject="engels")]
    lessons = [lesson("t1"), lesson("t2"), lesson("e1", course="english"), lesson("e2", course="english")]
    found = found_in(small_term(professionals=people, licences=licences, courses=courses, lessons=lessons))
    assert {(frozenset(each.lessons), each.people, each.open) for each in found.joint} == {
        (frozenset({"t1", "t2"}), ("anna",), 1),
        (frozenset({"e1", "e2"}), ("bob",), 1),
    }
    assert found.whole.open == 2


@pytest.mark.parametrize(
    ("fields", "most"),
    [({"max_lessons_per_week": 2}, 2), ({"max_lessons_per_day": 1}, 2), ({"max_days_per_week": 1}, 2), ({}, 4)],
)
def test_limits_of_a_week_count(fields: Row, most: int) -> None:
    """Four lessons on two days, for one person who gives so many a week, a day, or on one day only."""
    lessons = [lesson("a"), lesson("b", "3"), lesson("c", weekday="tue"), lesson("d", "3", weekday="tue")]
    found = found_in(small_term(professionals=[person("anna", **fields)], lessons=lessons))
    assert (found.whole.at_most, found.whole.open) == (most, 4 - most)


def test_what_nobody_can_give_stands_alone() -> None:
    """Nobody is licensed; or two are needed and there is one; or the only one may give nothing at all."""
    assert [each.lessons for each in found_in(several("anna", lessons=[lesson("l1")], licences=[])).joint] == [("l1",)]
    pair = several("anna", lessons=[lesson("l1")], courses=[course("robots", heads=2)])
    assert [(each.people, each.at_most) for each in found_in(pair).joint] == [(("anna",), 0)]
    none = small_term(professionals=[person("anna", max_lessons_per_week=0)])
    assert [(each.people, each.at_most) for each in found_in(none).joint] == [((), 0)]


def test_what_a_linear_programme_does_not_see() -> None:
    """Three people who may give three lesson periods, lessons of two periods: halves of a fourth lesson are no lesson."""
    lessons = [lesson(f"l{number}", str(number), last_period=str(number + 1)) for number in (1, 3, 5)]
    lessons = [
        {**row, "lesson_periods": 2, "weekday": day, "id": f"{row['id']}{day}"}
        for row in lessons
        for day in ("mon", "tue")
    ]
    people = [person(each, max_lessons_per_week=3) for each in ("anna", "bob", "cas")]
    term = small_term(professionals=people, lessons=lessons[:4])
    board = Board.of(term)
    priced = Rows(board, [row.id for row in term.lessons], COUNTING).priced(SECONDS)
    assert priced is not None
    assert priced.most == 4
    assert found_in(term).whole.at_most == 3


def test_what_must_be_filled_and_cannot_stays_a_shortage_of_its_own() -> None:
    """No timetable keeps all rules; what is short is said all the same, and of nothing else."""
    lessons = [lesson("l1", must_fill=True), lesson("l2", must_fill=True), lesson("l3", "3")]
    found = found_in(several("anna", lessons=lessons))
    assert [set(each.lessons) for each in found.joint] == [{"l1", "l2"}]
    assert found.whole.open == 1


def test_who_is_needed() -> None:
    """Anna is the only one for two lessons; for the third there is Bob too."""
    lessons = [lesson("l1", blocked=["bob"]), lesson("l2", "2", blocked=["bob"]), lesson("l3", "3")]
    term = several("anna", "bob", lessons=lessons)
    assert found_in(term).able.needed == {"anna": ("l1", "l2")}
    assert told(term, lang="en").needed[0].sentence == "Without Anna there is nobody (or too few) for 2 lessons."


# What is proved is true


def best_fill(term: Term) -> Timetable | None:
    """A timetable that fills as many lessons as any, by one model of everything; nothing where none keeps the rules."""
    board = Board.of(term)
    model = AssignmentModel(board)
    filled = []
    for row in board.term.lessons:
        filled.append(model.cp.new_bool_var(""))
        for weighted, least in needs(board, row.id):
            total = sum(weight * model.variable(literal) for literal, weight in weighted)
            model.cp.add(total >= least).only_enforce_if(filled[-1])
    model.cp.maximize(sum(filled))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model.cp)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return None if status == cp_model.INFEASIBLE else model.read(solver)


def needs(board: Board, lesson_id: str) -> Iterator[tuple[list[tuple[int, int]], int]]:
    """What a filled lesson needs, as the rule says of lessons that must be filled."""
    past = over(board.calendar)
    heads = board.term.course(board.term.lesson(lesson_id).course).heads
    if to_be_given(board, lesson_id):
        yield [(board.teaches(each), 1) for each in board.candidates_for(lesson_id)], 1 if past else heads
    for at, counting, dates in counted(board, lesson_id):
        if dates & ~past:
            yield [*((board.teaches(each), 1) for each in counting), (at, -heads)], 0


def check(term: Term) -> int | None:
    """What is said of a term holds in its best timetable; how many lessons stay open in that."""
    best = best_fill(term)
    if best is None:
        return None
    assert not judge(term, best).breaches
    found = found_in(term)
    still = set(Region(term, best).open_lessons)
    assert found.whole.open <= len(still)
    claimed: set[str] = set()
    for short in found.joint:
        assert claimed.isdisjoint(short.lessons)
        claimed.update(short.lessons)
        assert 1 <= short.open <= len(still & set(short.lessons))
        could = {each for lesson_id in short.lessons for each in found.able.of[lesson_id]}
        assert could == set(short.people)
        assert {row.professional for row in best.assignments if row.lesson in short.lessons} <= could
    assert sum(each.open for each in found.joint) <= found.whole.open
    given_together = [each for each in found.able.of if each not in still]
    board = Board.of(term)
    for some in (given_together, given_together[::2], *([each] for each in given_together[:3])):
        assert Rows(board, some).most(SECONDS) == len(some)  # what others give is whatever helps
    return len(still) - found.whole.open


def test_no_timetable_does_better_than_is_said() -> None:
    """Random terms with any rule; and mostly no more is open than was said."""
    loose = [each for case in (*calm_cases()[:120], *drawn_cases()[:80]) if (each := check(case.term)) is not None]
    assert len(loose) >= 100
    assert sum(each == 0 for each in loose) >= 0.8 * len(loose), loose


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(terms())
def test_no_timetable_does_better_in_any_term(term: Term) -> None:
    """The same in terms that hypothesis draws and makes smaller."""
    check(term)


REASON = Because("presence", "", {}, Owner.EMPLOYER, negotiable=True, price=1)


def three_lessons(make: Callable[[Board, dict[str, int]], tuple[list[tuple[int, int]], int]]) -> Board:
    """A board of three lessons at three times and one person, with a further limit on their literals."""
    board = Board.of(several("anna", lessons=[lesson("l1"), lesson("l2", "2"), lesson("l3", "3")]))
    terms, at_most = make(board, {each.lessons[0]: board.teaches(each) for each in board.candidates})
    board.limit(terms, at_most, REASON)
    return board


def test_what_others_give_is_whatever_helps() -> None:
    """Not all three together: of two nothing is said. The first only with another: with neither looked at it is fine."""
    together = three_lessons(lambda board, of: ([(board.all_of(of.values()), 1)], 0))
    assert [Rows(together, ["l1", "l2", "l3"][:n]).most(SECONDS) for n in (1, 2, 3)] == [1, 2, 2]
    needs_one = three_lessons(lambda board, of: ([(of["l1"], 1), (board.any_of([of["l2"], of["l3"]]), -1)], 0))
    assert [Rows(needs_one, some).most(SECONDS) for some in (["l1"], ["l1", "l2"], ["l1", "l2", "l3"])] == [1, 2, 3]
    needs_both = three_lessons(lambda board, of: ([(of["l1"], 1), (board.all_of([of["l2"], of["l3"]]), -1)], 0))
    assert [Rows(needs_both, some).most(SECONDS) for some in (["l1"], ["l1", "l2"], ["l1", "l2", "l3"])] == [1, 2, 3]
    either = three_lessons(lambda board, of: ([(of["l1"], 1), (board.any_of([of["l2"], of["l3"]]), 1)], 1))
    assert [Rows(either, some).most(SECONDS) for some in (["l1"], ["l1", "l2"], ["l1", "l2", "l3"])] == [1, 1, 2]


def test_prices_that_are_off_still_bound() -> None:
    """Whatever the prices of rows are, what they add up to is no less than what can be filled."""
    random = Random(1)
    for case in calm_cases()[:30]:
        board = Board.of(case.term)
        rows = Rows(board, tuple(board.once(Able).of))
        exact = rows.most(SECONDS)
        for most in (0, 1 << 18, 1 << 20):
            assert rows.at_prices([random.randint(0, most) for _ in rows.rows]) >= exact


@pytest.mark.parametrize("profile", [Profile.SCARCE, Profile.AMPLE])
def test_a_region_that_was_solved(profile: Profile) -> None:
    """Twenty people: what was proved before holds of a timetable made by hand, and small shortages are in it."""
    term = generate(20, 1, profile)
    instance = instance_of(term)
    region = Region(term, instance.timetable(greedy(instance)))
    assert not judge(region.term, region.timetable).breaches
    found = found_in(term)
    still = set(region.open_lessons)
    assert found.whole.open <= len(still)
    assert all(each.open <= len(still & set(each.lessons)) for each in found.joint)
    assert bool(found.joint) == (profile is Profile.SCARCE)


# Of an open lesson, where small models find no end


def without_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small models find out nothing."""
    unknown = Closure(Answered.UNKNOWN, ("l1",), ())
    monkeypatch.setattr("solver.explain.competing.closed", lambda *_: unknown)


def four_of_which_are_given(*given_lessons: str) -> Asker:
    """Four lessons at one time, three people."""
    term = several("anna", "bob", "cas", lessons=[lesson(f"l{number}") for number in range(1, 5)])
    people = ("anna", "bob", "cas")
    rows = tuple(Assignment(lesson=each, professional=who) for each, who in zip(given_lessons, people, strict=False))
    return Asker(Region(term, Timetable(assignments=rows)), COORDINATOR, "nl")


def test_the_shortage_answers_where_small_models_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """As few are open as can be: it is impossible. With more open it is not known of this one, and the shortage is named."""
    without_models(monkeypatch)
    counted_out = four_of_which_are_given("l1", "l2", "l3").why_open("l4", SECONDS).competition
    assert counted_out is not None
    assert (counted_out.answered, counted_out.at_most, counted_out.people) == (Answered.IMPOSSIBLE, 3, 3)
    assert set(counted_out.lessons) == {"l1", "l2", "l3", "l4"}
    assert "er staan er nu 1 open en minder kan niet" in counted_out.sentence
    more_open = four_of_which_are_given("l1", "l2").why_open("l4", SECONDS).competition
    assert more_open is not None
    assert more_open.answered is Answered.UNKNOWN
    assert "minstens 1 blijven open (nu 2)" in more_open.sentence


def test_without_a_shortage_unknown_stays_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """And says of no shortage."""
    without_models(monkeypatch)
    term = several("anna", "bob", lessons=[lesson("l1"), lesson("l2")])
    answer = Asker(Region(term, Timetable()), COORDINATOR, "nl").why_open("l1", SECONDS).competition
    assert answer is not None
    assert answer.answered is Answered.UNKNOWN
    assert "niet bewezen onmogelijk" in answer.sentence


def test_what_crashed_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither of an open lesson, nor of the whole."""
    without_models(monkeypatch)
    monkeypatch.setattr("solver.explain.competing.shortages_aside", lambda *_: None)
    monkeypatch.setattr("solver.explain.lacking.shortages_aside", lambda *_: None)
    asker = four_of_which_are_given("l1", "l2", "l3")
    answer = asker.why_open("l4", SECONDS).competition
    assert answer is not None
    assert answer.answered is Answered.UNKNOWN
    said = asker.shortages(SECONDS)
    assert (said.known, said.sentence) == (False, "Niet vastgesteld wat er tekort is: de berekening is mislukt.")


# Who reads it


def secretive() -> Term:
    """Anna works at Works and Bob at Others; each is the only one for a lesson, and together they have too many."""
    return small_term(
        employers=[{"id": "works", "name": "Works"}, {"id": "others", "name": "Others"}],
        professionals=[worker("anna"), person("bob", employer="others")],
        lessons=[
            *(lesson(f"l{number}") for number in range(1, 4)),
            lesson("a", "2", blocked=["bob"]),
            lesson("b", "3", blocked=["anna"]),
        ],
    )


def test_an_employer_reads_names_of_its_own_people_only() -> None:
    """How many others there are may be known; who they are not, nowhere in the answer."""
    full = told(secretive())
    assert {each.name for each in full.needed} == {"Anna", "Bob"}
    assert any(set(each.who) == {"Anna", "Bob"} for each in full.joint)
    mine = told(secretive(), Reader(ReaderRole.EMPLOYER, frozenset({"works"})))
    assert [each.people for each in mine.joint] == [each.people for each in full.joint]
    assert {each.name for each in mine.needed} == {"Anna"}
    said = mine.model_dump_json()
    assert "Anna" in said
    assert "Bob" not in said
    assert "bob" not in said
    themselves = told(secretive(), Reader(ReaderRole.PROFESSIONAL, frozenset({"bob"}))).model_dump_json()
    assert "Bob" in themselves
    assert "nna" not in themselves


def test_from_the_shell(tmp_path: Path) -> None:
    """Texts in both languages, JSON, and a reader nobody knows."""
    lessons = [*(lesson(f"l{number}") for number in range(1, 4)), lesson("n", "2", blocked=["anna", "bob"])]
    write_term(
        several("anna", "bob", "cas", lessons=lessons, licences=[licence("anna"), licence("bob")]), tmp_path / "t.json"
    )

    def ask(*arguments: str) -> Any:
        return CliRunner().invoke(app, ["shortages", str(tmp_path / "t.json"), *arguments], catch_exceptions=False)

    dutch, english = ask().stdout, ask("--lang", "en").stdout
    assert "minstens 2 blijven open, welk rooster er ook komt." in dutch
    assert "3 lessen strijden om 2 mensen, die er samen hoogstens 2 kunnen geven: minstens 1 open." in dutch
    assert "Robots (n), ma 09:20–10:10: 3 mensen → 2 bevoegd → 0 met een afspraak." in dutch
    assert "3 lessons compete for 2 people who can cover at most 2 of them: at least 1 open." in english
    assert "techniek: at least 2 open" in english
    assert "{" not in dutch + english
    answer = json.loads(ask("--json").stdout)
    assert (answer["lessons"], answer["at_most"], answer["open"]) == (4, 2, 2)
    assert answer["scarce"][0]["lesson"] == "n"
    assert ask("--as", "employer:nobody").exit_code == 2
