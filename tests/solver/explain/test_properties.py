"""What explanations claim, against one model of everything: verdicts, conflicts, repairs, what relaxing does, costs."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import event, given

from model.change import Change, applied
from model.judge import judge
from model.term import Term
from model.timetable import Timetable
from solver.explain import why_not
from solver.explain.closure import Closure, closure
from solver.explain.conflict import Conflict, conflict
from solver.explain.could import who_could
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.repairs import Repair, repairs
from solver.explain.whole import Whole
from solver.explain.why_not import forced
from tests.regions import release
from tests.solver.explain.scarce import (
    SECONDS,
    Everything,
    Scarce,
    any_timetable,
    filled,
    lifted,
    limits_of,
    quietly,
    scarce,
)


def changed(timetable: Timetable, found: Closure | Repair) -> Timetable:
    """The timetable without the rows that go and with those that come."""
    kept = [row for row in timetable.assignments if row not in found.removed]
    assert len(kept) == len(timetable.assignments) - len(found.removed)
    return Timetable(assignments=(*kept, *found.added))


def test_verdicts_are_those_of_one_model_of_everything() -> None:
    """A lesson can be filled, all that is filled staying so, exactly where some timetable of the whole does that."""
    seen: Counter[Answered] = Counter()

    @quietly(80)
    @given(scarce())
    def every(case: Scarce) -> None:
        whole = Whole(Region(case.term, case.timetable))
        for each in case.open:
            found = closure(whole, each, SECONDS)
            event(found.answered.value)
            seen[found.answered] += 1
            possible = Everything(case.term).give({each, *filled(case.timetable)}).possible
            assert found.answered is (Answered.FOUND if possible else Answered.IMPOSSIBLE), each
            if possible:
                after = changed(case.timetable, found)
                assert not judge(case.term, after).breaches
                assert filled(after) >= {each, *filled(case.timetable)}
            else:
                assert not Everything(case.term).give(found.required).possible

    every()
    assert min(seen[Answered.FOUND], seen[Answered.IMPOSSIBLE]) >= 15, seen


def test_what_others_would_help_with_is_not_called_impossible() -> None:
    """Two people come only together: the other may have to come for something else. Then it may be left open, never refuted."""
    seen: Counter[Answered] = Counter()

    @quietly(25)
    @given(scarce(riding=True))
    def every(case: Scarce) -> None:
        whole = Whole(Region(case.term, case.timetable))
        for each in case.open:
            found = closure(whole, each, SECONDS).answered
            seen[found] += 1
            possible = Everything(case.term).give({each, *filled(case.timetable)}).possible
            assert found is Answered.UNKNOWN or (found is Answered.FOUND) == possible, each

    every()
    assert min(seen[Answered.FOUND], seen[Answered.IMPOSSIBLE]) >= 5, seen
    assert seen[Answered.UNKNOWN] <= 0.2 * seen.total(), seen


def test_verdicts_are_those_of_trying_every_timetable() -> None:
    """In tiny regions without any solver: all timetables are tried, and judged; and the count of a shortage is right."""
    seen: Counter[Answered] = Counter()

    @quietly(24)
    @given(scarce(tiny=True))
    def every(case: Scarce) -> None:
        whole = Whole(Region(case.term, case.timetable))
        for each in case.open[:1]:
            found = closure(whole, each, SECONDS)
            seen[found.answered] += 1
            must = {each, *filled(case.timetable)}
            possible = any_timetable(case.term, lambda one: filled(one) >= must)  # noqa: B023  asked at once
            assert found.answered is (Answered.FOUND if possible else Answered.IMPOSSIBLE), each
            most = found.at_most
            if most is not None:
                assert not any_timetable(case.term, lambda one: len(filled(one).intersection(found.required)) > most)  # noqa: B023

    every()
    assert min(seen[Answered.FOUND], seen[Answered.IMPOSSIBLE]) >= 3, seen


# Conflicts


def test_conflicts_are_enough_and_minimal_in_the_term_itself() -> None:
    """With all other limits taken out of the term the lessons cannot all be given; without any one more they can."""
    seen: Counter[int] = Counter()

    @quietly(70)
    @given(scarce())
    def every(case: Scarce) -> None:
        whole = Whole(Region(case.term, case.timetable))
        for each in case.open:
            closed = closure(whole, each, SECONDS)
            made = conflict(whole, closed, SECONDS)
            assert (made is not None) == (closed.answered is Answered.IMPOSSIBLE)
            if made is None:
                continue
            assert made.minimal
            kept = {(fact.rule, fact.of) for fact in made.facts}
            assert len(kept) == len(made.facts)
            free = lifted(case.term, limits_of(case.term) - kept)
            assert not Everything(free).give(closed.required).possible
            for fact in kept:
                assert Everything(lifted(free, {fact})).give(closed.required).possible, fact
            event(f"{len(kept)} facts")
            seen[len(kept)] += 1

    every()
    assert seen[0] >= 5, seen
    assert seen.total() - seen[0] >= 10, seen
    assert sum(times for facts, times in seen.items() if facts > 1) >= 1, seen


# Repairs


def changes_a_fact(change: Change, made: Conflict) -> bool:
    """Whether a change is about one of the facts of a conflict."""
    rule = change.message.split(".")[1]
    rows = {change.professional, *(f"{edit.table}/{edit.row}" for edit in change.edits)}
    return any(fact.rule == rule and fact.of in rows for fact in made.facts)


def brings_somebody_new(whole: Whole, repair: Repair) -> bool:
    """Whether somebody gives a lesson, at its time, that they could not give as things stand."""
    could = {
        (each.professional, lesson, option)
        for each in whole.board.candidates
        if each.index not in whole.board.forbidden
        for lesson, option in zip(each.lessons, each.options, strict=True)
    }
    return any((row.professional, row.lesson, row.option) not in could for row in repair.added)


def test_repairs_hold_in_the_changed_term() -> None:
    """Applied: the judge finds nothing, the lesson is given, nothing falls open, and one model of everything has it too.

    Where a conflict is shown, each repair changes one of its facts or brings somebody new in; and nothing is free.
    """
    seen: Counter[str] = Counter()

    @quietly(40)
    @given(scarce())
    def every(case: Scarce) -> None:
        whole = Whole(Region(case.term, case.timetable))
        for each in case.open:
            closed = closure(whole, each, SECONDS)
            made = conflict(whole, closed, SECONDS)
            for repair in repairs(whole.region, each, closed, SECONDS).repairs:
                term, after = applied(case.term, repair.changes), changed(case.timetable, repair)
                assert not judge(term, after).breaches
                assert filled(after) >= {each, *filled(case.timetable)}
                fixed = Everything(Term.model_validate({name: getattr(term, name) for name in Term.model_fields}))
                assert fixed.keep(after, {row.id for row in term.professionals}).possible
                assert repair.lower <= repair.price
                if closed.answered is Answered.IMPOSSIBLE:
                    assert repair.changes
                    assert made is not None
                    hits = any(changes_a_fact(change, made) for change in repair.changes)
                    new = brings_somebody_new(whole, repair)
                    assert hits or new, (each, repair, made)
                    seen["changes a fact" if hits else "somebody new"] += 1
                seen["moves" if repair.removed else "gives"] += 1

    every()
    assert min(seen[each] for each in ("changes a fact", "somebody new", "moves", "gives")) >= 1, seen


def test_what_is_agreed_never_lowers_what_can_be_filled() -> None:
    """An agreement, a day that is released, a load that is raised: at least as many lessons can be given as before."""
    seen: Counter[str] = Counter()

    @quietly(25)
    @given(scarce())
    def every(case: Scarce) -> None:
        term, before = case.term, Everything(case.term).most()
        region = Region(term, case.timetable)
        relaxed: list[tuple[str, Term]] = []
        for each in case.open[:2]:
            settled = [could.settled for could in who_could(region, each).first]
            relaxed += [("agreed", applied(term, changes)) for changes in settled if changes]
        for number, row in enumerate(term.professionals):
            raised = [*term.professionals]
            raised[number] = row.replace(max_lessons_per_week=(row.max_lessons_per_week or 0) + 1)
            if row.max_lessons_per_week is not None:
                relaxed.append(("load", term.replace(professionals=raised)))
            if row.employer:
                rows = [*(one.model_dump() for one in term.releases), release(row.id, weekday="mon", id="new")]
                whole_day = Term.model_validate({**term.model_dump(), "releases": rows})
                relaxed.append(("release", whole_day))
        for kind, other in relaxed:
            now = Everything(other).most()
            assert now >= before, kind
            seen[f"{kind}: more" if now > before else kind] += 1

    every()
    assert min(seen[each] for each in ("agreed: more", "load", "release")) >= 10, seen
    assert seen["load: more"] + seen["release: more"] >= 1, seen


# Why not


def test_the_cost_of_forcing_is_that_of_solving_the_same_people_anew() -> None:
    """By one model of everything in which all others keep what they have; never more with more people planned anew."""
    seen: Counter[str] = Counter()

    @quietly(30)
    @given(scarce())
    def every(case: Scarce) -> None:
        whole = Whole(Region(case.term, case.timetable))
        everybody = [row.id for row in case.term.professionals]
        value = judge(case.term, case.timetable).value
        best = Everything(case.term).best()
        assert best is not None
        others = [
            each
            for each in whole.board.candidates
            if each.index not in whole.held and each.index not in whole.board.forbidden
        ]
        for candidate in others[:2]:
            narrower: int | None = None
            for most in (1, 2, len(everybody)):
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr(why_not, "PEOPLE", most)
                    people = why_not._near(whole, candidate)
                    found = forced(whole, candidate, SECONDS)
                assert found.people == len(people) <= most
                stay = set(everybody) - set(people)
                anew = Everything(case.term).keep(case.timetable, stay).choose(candidate).best()
                assert found.gain == (None if anew is None else anew - value), candidate
                assert found.at_most == found.gain
                assert narrower is None or (found.gain is not None and found.gain >= narrower)
                narrower = found.gain
                kind = "impossible" if found.gain is None else "gain" if found.gain > 0 else "cost"
                seen[kind] += 1
                assert found.gain is None or value + found.gain <= best
                seen["everybody"] += len(people) == len(everybody)
                possible = Everything(case.term).give(filled(case.timetable)).choose(candidate).possible
                assert (found.filling.answered is Answered.FOUND) == possible
                if not set(found.filling.required) - set(candidate.lessons):
                    assert possible == (Everything(case.term).choose(candidate).best() is not None)

    every()
    assert min(seen[each] for each in ("impossible", "gain", "cost", "everybody")) >= 5, seen
