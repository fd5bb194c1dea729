"""Scenarios beside their base: intervals, what differs, and that a real difference is one of two independent proved solves."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.access import COORDINATOR, Reader, ReaderRole
from model.checks import content_issues
from model.checks_pins import pin_issues
from model.locale import LANGUAGES
from model.scenarios.scenario import Scenario, apply
from model.term import Term
from model.timetable import Status, gap_of
from solver.messages import Start
from solver.solve import Session, solve
from solver.whatif import variants
from solver.whatif.compare import alone, difference, only
from solver.whatif.comparison import Comparison, comparison
from solver.whatif.variants import How, Interval, Sure, Turn, Variant, solve_all
from tests.random_regions import calm_cases
from tests.regions import licence
from tests.solver.whatif.small import proved, region, scenario

HOW = How(base_seconds=30, seconds=30)
AFTERNOON = {"kind": "release", "professional": "anna", "weekday": "mon", "half_day": "afternoon"}
DEE_GOES = {"kind": "remove_professional", "professional": "dee"}


def both() -> list[Variant]:
    """The region, with Anna's afternoon too, and without Dee."""
    return solve_all(region(), [scenario("middag", AFTERNOON), scenario("zonder Dee", DEE_GOES)], HOW)


# Intervals


def test_what_intervals_say() -> None:
    """Apart they differ; where they meet nothing is known, unless both are one number."""
    assert Interval(5, 6).against(Interval(3, 4)) is Sure.MORE
    assert Interval(3, 4).against(Interval(5, 6)) is Sure.LESS
    assert Interval(3, 5).against(Interval(5, 6)) is Sure.UNCLEAR
    assert Interval(5, 5).against(Interval(5, 5)) is Sure.SAME
    assert Interval(5, None).against(Interval(3, 4)) is Sure.MORE
    assert Interval(3, None).against(Interval(4, 4)) is Sure.UNCLEAR
    assert Interval(None, None).against(Interval(None, None)) is Sure.UNCLEAR
    assert Interval(5, 6).difference(Interval(3, 4)) == Interval(1, 3)


ENDS = st.tuples(st.integers(-5, 5), st.integers(0, 3)).map(lambda ends: (ends[0], sum(ends)))


@given(ENDS, ENDS)
def test_a_real_difference_is_never_contradicted(one: tuple[int, int], other: tuple[int, int]) -> None:
    """However the two are narrowed down, to whatever ends."""
    sure, between = Interval(*one).against(Interval(*other)), Interval(*one).difference(Interval(*other))
    assert between.low is not None
    assert between.high is not None
    for mine in range(one[0], one[1] + 1):
        for theirs in range(other[0], other[1] + 1):
            assert sure is not Sure.MORE or mine > theirs
            assert sure is not Sure.LESS or mine < theirs
            assert sure is not Sure.SAME or mine == theirs
            assert between.low <= mine - theirs <= between.high


def test_a_bound_that_was_reckoned_proves_no_hair_s_breadth() -> None:
    """Two found a millionth apart are not told apart; proved best, they are."""
    base = both()[0]
    for status, expected in ((Status.FOUND, Sure.UNCLEAR), (Status.PROVED_BEST, Sure.MORE)):
        changed = {"status": status, "value": 10_000_000, "bound": 10_000_000}
        one = replace(base, outcome=base.outcome.model_copy(update=changed))
        more = {**changed, "value": 10_000_005, "bound": 10_000_005}
        other = replace(base, outcome=base.outcome.model_copy(update=more))
        assert other.value.against(one.value) is expected


# Solved


def test_a_difference_is_that_of_two_independent_proved_solves() -> None:
    """In value and in lessons, and all that differs is named."""
    base, more, less = both()
    assert base.outcome.status is more.outcome.status is less.outcome.status is Status.PROVED_BEST
    for variant in (more, less):
        found = difference(base, variant)
        again, was = proved(variant.term), proved(region())
        assert again.value is not None
        assert was.value is not None
        assert found.value == Interval(again.value - was.value, again.value - was.value)
        sure = {True: Sure.MORE, False: Sure.LESS}[again.value > was.value]
        assert found.value_sure is sure
    gained = difference(base, more)
    assert [(each.lesson, each.before, each.after) for each in gained.of_lessons] == [("l3", (), ("anna",))]
    assert [(each.professional, each.gained, each.lost) for each in gained.of_people] == [("anna", ("l3",), ())]
    assert {each.row: each.after - each.before for each in gained.of_schools} == {"north": 1, "south": 0}
    assert {each.row: each.after - each.before for each in gained.of_employers} == {"works": 2}
    lost = difference(base, less)
    assert [(each.lesson, each.before, each.after) for each in lost.of_lessons] == [("l4", ("dee",), ())]


def random_change(random: Random, term: Any) -> dict[str, Any]:
    """One change, mostly one that lets somebody do more."""
    who = random.choice(term.professionals)
    return random.choice(
        [
            {"kind": "load", "professional": who.id, "limit": "max_lessons_per_day", "value": None},
            {"kind": "load", "professional": who.id, "limit": "max_days_per_week", "value": None},
            {"kind": "grant_licence", **licence(who.id, "y"), "level": "1e"},
            {"kind": "release", "professional": who.id, "weekday": "mon"},
            {"kind": "load", "professional": who.id, "limit": "max_lessons_per_week", "value": 0},
            {"kind": "load", "professional": who.id, "limit": "max_lessons_per_week", "value": 0},
            {"kind": "remove_professional", "professional": who.id},
        ]
    )


def test_values_are_differences_and_loosening_never_loses() -> None:
    """On random terms: a batch says what two solves by themselves say, and who may do more loses nothing."""
    random, seen = Random(11), Counter[str]()
    for case in calm_cases():
        if any(content_issues(case.term)) or any(pin_issues(case.term)):
            continue
        change = random_change(random, case.term)
        applied = apply(Scenario.model_validate({"id": "s", "changes": [change]}), case.term)
        if applied.term is None or sum(seen.values()) >= 60:
            continue
        base, other = solve_all(case.term, [applied], HOW)
        if Status.PROVED_BEST not in (base.outcome.status, other.outcome.status):
            seen["none"] += 1
            continue
        for variant in (base, other):
            again = solve(variant.term, seconds=30)
            assert again.status is variant.outcome.status
            assert again.value == variant.outcome.value
        found = difference(base, other).value_sure
        seen[found.value] += 1
        if _only_allows(case.term, change):
            assert found is not Sure.LESS, change
        if change.get("value") == 0:
            assert found is not Sure.MORE, change
    assert seen["more"] + seen["less"] >= 5, seen
    assert seen["same"] >= 5, seen


def _only_allows(term: Any, change: dict[str, Any]) -> bool:
    """Whether somebody may do more and nothing less: a release, or a limit of their own that goes where no rule has one."""
    if change["kind"] == "load":
        return change["value"] is None and not any(
            row.rule in ("lessons_per_day", "days_per_week") for row in term.rules
        )
    return change["kind"] == "release"


def test_undone_it_is_worth_what_the_base_is() -> None:
    """Applied and undone."""
    for change in (AFTERNOON, DEE_GOES):
        found = scenario("s", change)
        assert found.term is not None
        back = apply(found.undone(), found.term).term
        assert back == region()
        assert proved(back).value == proved(region()).value


def test_a_scenario_goes_on_from_the_base_and_the_batch_tells_how_far_it_is() -> None:
    """The base first, then each, by name."""
    told: list[Turn] = []
    solve_all(region(), [scenario("middag", AFTERNOON)], How(base_seconds=30, seconds=30, tell=told.append))
    assert list(dict.fromkeys((turn.place, turn.of, turn.name) for turn in told)) == [(0, 2, ""), (1, 2, "middag")]
    assert any(turn.value is not None and turn.bound is not None for turn in told)


def test_a_batch_that_is_stopped_leaves_out_what_is_not_solved() -> None:
    """Stopped from the start, only the base is there."""
    stop = Event()
    how = How(base_seconds=30, seconds=30, stop=stop, tell=lambda turn: stop.set() if turn.place else None)
    found = solve_all(region(), [scenario("een", AFTERNOON), scenario("twee", DEE_GOES)], how)
    assert len(found) <= 2


def test_impossible_is_said_as_such() -> None:
    """Nobody may give a lesson that must be given."""
    must = {"kind": "patch", "patch": {"lessons": {"l3": {"must_fill": True}}}}
    _, none = solve_all(region(), [scenario("moet", must)], HOW)
    assert none.outcome.status is Status.IMPOSSIBLE
    answer = comparison(solve_all(region(), [scenario("moet", must)], HOW), COORDINATOR, "nl")
    assert answer.columns[1].sentence == "Bewezen: zo is er geen rooster."
    assert answer.columns[1].figures is None
    assert answer.against[0].value_sure is Sure.UNCLEAR


def test_what_cannot_be_told_apart_has_another_turn() -> None:
    """With a gap that is good enough for anything nothing is proved; with more time everything is."""
    applied = [scenario("middag", AFTERNOON)]
    rough = solve_all(region(), applied, How(base_seconds=30, seconds=30, enough=10.0))
    longer = solve_all(region(), applied, How(base_seconds=30, seconds=30, enough=10.0, until=60))
    assert longer[1].value.against(longer[0].value) is Sure.MORE
    for before, after in zip(rough, longer, strict=True):
        assert (before.value.low or 0) <= (after.value.low or 0)
        assert (before.value.high or 0) >= (after.value.high or 0)


# Schools by themselves


def test_a_school_by_itself_has_no_fewer_than_together() -> None:
    """With everybody to itself; what is asked elsewhere is gone."""
    base = both()[0]
    found = {each.school: each for each in alone(base, HOW)}
    assert {school: each.together for school, each in found.items()} == {"north": 3, "south": 1}
    assert all((each.alone.low or 0) >= each.together for each in found.values())
    assert {row.school for row in only(region(), "south").courses} == {"south"}
    assert {row.id for row in only(region(), "south").lessons} == {"s1"}


# In words


def told(reader: Reader = COORDINATOR, lang: str = "nl") -> Comparison:
    variants = both()
    return comparison(variants, reader, lang, alone(variants[0], HOW))


def test_what_is_said() -> None:
    """In lessons first, then as a whole, each with how sure it is."""
    answer = told()
    assert [column.name for column in answer.columns] == ["Zoals het is", "middag", "zonder Dee"]
    assert answer.columns[0].sentence == "4 van 5 lessen bezet. Bewezen: beter kan niet."
    assert answer.columns[1].changes == ("Anna wordt vrijgeroosterd: ma middag.",)
    assert answer.against[0].sentence.endswith("Alles bij elkaar bewezen beter.")
    assert answer.against[1].sentence.endswith("Alles bij elkaar bewezen minder goed.")
    assert answer.alone[0].sentence.startswith("North: 3 van 4 lessen; met iedereen voor zich alleen")
    english = told(lang="en")
    assert english.columns[0].name == "As it is"
    assert english.against[1].of_lessons[0].before == ("Dee",)


WORKS = Reader(ReaderRole.EMPLOYER, frozenset({"works"}))
OTHER = Reader(ReaderRole.EMPLOYER, frozenset({"mill"}))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_readers_see_what_is_theirs(lang: str) -> None:
    """Euros only who entered the price; another employer no names, no changes and no figures; nobody a reason."""
    for reader in (COORDINATOR, WORKS, OTHER, Reader(ReaderRole.TIMETABLER, frozenset({"north"}))):
        answer = told(reader, lang)
        text = answer.model_dump_json()
        assert "mantelzorg" not in text
        figures = answer.columns[1].figures
        assert figures is not None
        euros = [row.euros for row in figures.employers]
        match reader:
            case _ if reader == WORKS:
                assert euros[0]
                assert "Dee" not in text.replace("zonder Dee", "")
                assert "Anna" in text
            case _ if reader == OTHER:
                assert euros == []
                assert not any(name in text.replace("zonder Dee", "") for name in ("Anna", "Ben", "Dee"))
                assert answer.columns[1].changes == (
                    {
                        "nl": "Een verandering die deze lezer niet mag lezen.",
                        "en": "A change that this reader may not read.",
                    }[lang],
                )
            case _:
                assert not any(euros)
        if reader.role is not ReaderRole.EMPLOYER:
            assert all(row.margin is None for row in figures.law)


class Scripted(Session):
    """Answers at once what each term is told to come to, one turn after another: value and bound."""

    def __init__(self, script: dict[str, list[tuple[int, int]]]) -> None:
        super().__init__()
        self.script, self.turns, self.real = script, list[tuple[str, float]](), proved(region())

    def asked(self, term: Term, *, enough: float = 0.0, **_: Any) -> Any:
        """The next answer for it; whose turn it was, and with which gap, is kept."""
        self.turns.append((term.name, enough))
        value, bound = self.script[term.name].pop(0)
        status = Status.PROVED_BEST if value == bound else Status.FOUND
        told = {"value": value, "bound": bound, "gap": gap_of(value, bound), "status": status, "seconds": 1.0}
        outcome = self.real.model_copy(update=told)
        return SimpleNamespace(outcome=lambda: outcome, start=Start(outcome.timetable))


def test_what_is_not_good_enough_goes_on_then_what_cannot_be_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Far from its bound but clearly less; far and unclear; near and unclear: in this order, the last one without a gap."""
    base = region()
    script = {
        base.name: [(10_000, 10_000)],
        "far": [(5_000, 6_000), (5_900, 5_950)],
        "both": [(9_000, 11_000), (10_900, 10_950)],
        "near": [(9_960, 10_050), (9_990, 9_990)],
        "good": [(9_000, 9_050)],
    }
    session = Scripted(script)
    monkeypatch.setattr(variants, "Session", lambda: session)
    applied = [scenario(each, {"kind": "patch", "patch": {"name": each}}) for each in ("far", "both", "near", "good")]
    found = solve_all(base, applied, How(enough=0.01, until=1_000))
    first = [(name, 0.01) for name in script]
    assert session.turns == [*first, ("far", 0.01), ("both", 0.01), ("near", 0.0)]
    assert [each.value.low for each in found] == [10_000, 5_900, 10_900, 9_990, 9_000]
    assert [each.seconds for each in found] == [1.0, 2.0, 2.0, 2.0, 1.0]
