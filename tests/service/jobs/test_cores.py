"""Jobs that may not use all cores are spread over them."""

from __future__ import annotations

import os

import pytest

from service.jobs.worker import Cores


def test_two_jobs_have_cores_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of four, two each; a third job shares those that were given back."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3})
    cores = Cores(2)
    with cores.some() as first:
        with cores.some() as second:
            assert first | second == {0, 1, 2, 3}
        with cores.some() as third:
            assert third == second


def test_none_is_named_where_all_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit, or one that is none."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    for most in (None, 2, 3):
        with Cores(most).some() as chosen:
            assert chosen == frozenset()
