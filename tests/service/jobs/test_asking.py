"""What may be asked, and in what order it is done."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError

from service.jobs import bodies
from service.jobs.kinds import KINDS, CompareAsked, JobKind, PricesAsked, SolveAsked
from service.jobs.states import Phase, State
from service.problems import Code, Problem
from service.store.documents import MissingError
from tests.service.jobs.place import Place
from tests.service.jobs.work import Planted


def test_every_kind_has_a_question_and_a_body() -> None:
    """None is known by half."""
    assert set(KINDS) == set(bodies.BODIES) == set(JobKind)


@pytest.mark.parametrize("kind", list(JobKind))
def test_unknown_fields_are_refused(kind: JobKind) -> None:
    """None is dropped in silence."""
    with pytest.raises(ValidationError) as refused:
        KINDS[kind].model_validate({"secunds": 3})
    assert "extra_forbidden" in {each["type"] for each in refused.value.errors()}


def test_more_than_a_job_may_use_is_refused(idle: Place) -> None:
    """With the field and the limit."""
    at = idle.region()
    with pytest.raises(Problem) as refused:
        idle.ask(at, SolveAsked(seconds=3601, megabytes=8001))
    assert refused.value.code is Code.INVALID
    assert [(each.column, each.details["bound"]) for each in refused.value.issues] == [
        ("$.seconds", "3600"),
        ("$.megabytes", "8000"),
    ]


def test_documents_of_others_are_not_found(idle: Place) -> None:
    """An outcome of another term, of another region or of nobody; a term of another region."""
    at, other = idle.region(), idle.region()
    theirs = idle.outcome(other)
    for outcome in (theirs, at[1], "outcome-nobody"):
        with pytest.raises(Problem) as refused:
            idle.ask(at, PricesAsked(outcome=outcome), JobKind.PRICES)
        assert [each.column for each in refused.value.issues] == ["$.outcome"]
    with pytest.raises(Problem) as refused:
        idle.ask(at, CompareAsked(documents=(theirs,)), JobKind.COMPARE)
    assert [each.column for each in refused.value.issues] == ["$.documents[0]"]
    with pytest.raises(MissingError):
        idle.ask((at[0], other[1]))


def test_the_same_key_is_the_same_job(place: Place) -> None:
    """Of one account: another's is another job, and another question under it is refused."""
    at = place.region()
    job = place.ask(at, key="abcdefgh")
    assert place.ask(at, key="abcdefgh") == job
    assert place.ask((replace(at[0], account="another"), at[1]), key="abcdefgh") != job
    with pytest.raises(Problem) as refused:
        place.ask(at, SolveAsked(seconds=21), key="abcdefgh")
    assert refused.value.code is Code.KEY_REUSED


def test_a_region_with_many_does_not_hold_up_another(place: Place) -> None:
    """Six of one and then one of another: it is second, or third where the first was begun before it came."""
    many, few = place.region(), place.region()
    waiting = [place.ask_planted(many, Planted.NOTHING) for _ in range(6)]
    assert [place.job(each).phase for each in waiting] == [Phase.READY, *[Phase.BEHIND] * 5]
    one = place.ask_planted(few, Planted.NOTHING)
    place.worker()
    rows = sorted((place.ended(each) for each in (*waiting, one)), key=lambda row: row.started_at)
    assert [row.id for row in rows].index(one) == 1
    assert [row.id for row in rows if row.id != one] == waiting
    assert all(row.state == State.DONE for row in rows)


def test_a_region_may_have_several_at_once(idle: Place) -> None:
    """As many as it says; when one is erased another moves up."""
    at = idle.region(jobs_at_once=2)
    jobs = [idle.ask_planted(at, Planted.NOTHING) for _ in range(3)]
    assert [idle.job(each).phase for each in jobs] == [Phase.READY, Phase.READY, Phase.BEHIND]
    idle.jobs.erase(jobs[0])
    assert idle.job(jobs[2]).phase == Phase.READY


def test_two_workers_share_the_queue(on_postgres: Place) -> None:
    """Two regions, two workers: both work at once."""
    on_postgres.worker()
    on_postgres.worker()
    sleepers = [on_postgres.sleeper(on_postgres.region())[0] for _ in range(2)]
    assert len({on_postgres.job(each).executor for each in sleepers}) == 2
    assert on_postgres.jobs.counts() == {**dict.fromkeys(map(str, State), 0), "running": 2}
    assert on_postgres.jobs.ready()
    for each in sleepers:
        on_postgres.jobs.cancel(each)
        assert on_postgres.ended(each).state == State.CANCELLED
