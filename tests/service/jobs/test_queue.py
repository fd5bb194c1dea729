"""DBOS, as jobs use it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from service.jobs.jobs import Jobs
from service.jobs.queue import QUEUE, SCHEMA, Queue, Turn
from service.settings import ServiceSettings
from service.store.columns import now
from service.store.database import Database

NOBODY: frozenset[str] = frozenset()


@pytest.fixture
def queue(database: Database, tmp_path: Path) -> Iterator[Queue]:
    """An open queue that nobody works on."""
    made = Queue(database, tmp_path)
    made.open()
    yield made
    made.close()


def _rows(queue: Queue) -> dict[str, tuple[str, str | None]]:
    return {each.workflow_id: (each.status, each.queue_name) for each in queue.client.list_workflows()}


def _set(queue: Queue, workflow: str, status: str, executor: str) -> None:
    """As if somebody had taken it."""
    engine = queue.client._sys_db.engine
    table = "workflow_status" if engine.dialect.name == "sqlite" else f"{SCHEMA}.workflow_status"
    with engine.begin() as connection:
        values = {"workflow": workflow, "status": status, "executor": executor}
        connection.execute(
            text(f"UPDATE {table} SET status = :status, executor_id = :executor WHERE workflow_uuid = :workflow"),
            values,
        )


def test_a_try_is_enqueued_once(queue: Queue) -> None:
    """However often somebody does so; another try of the same job is another."""
    for _ in range(2):
        queue.put(Turn("job-a", 0))
    queue.put(Turn("job-a", 1))
    assert _rows(queue) == {"job-a.0": ("ENQUEUED", QUEUE), "job-a.1": ("ENQUEUED", QUEUE)}


@pytest.mark.parametrize("status", ["PENDING", "SUCCESS", "ERROR", "CANCELLED", "never enqueued"])
def test_a_try_that_nobody_makes_is_mended(queue: Queue, status: str) -> None:
    """Whatever became of it, it is in the queue again."""
    turn = Turn("job-a", 0)
    if status != "never enqueued":
        queue.put(turn)
        _set(queue, turn.workflow, status, "gone")
    queue.mend([turn], NOBODY)
    assert _rows(queue) == {"job-a.0": ("ENQUEUED", QUEUE)}


def test_a_try_that_somebody_makes_is_left_alone(queue: Queue) -> None:
    """It was taken a moment ago, by one who lives."""
    turn = Turn("job-a", 0)
    queue.put(turn)
    _set(queue, turn.workflow, "PENDING", "here")
    queue.mend([turn], frozenset({"here"}))
    assert _rows(queue) == {"job-a.0": ("PENDING", QUEUE)}


def test_what_is_old_is_forgotten(queue: Queue) -> None:
    """And nothing else."""
    queue.put(Turn("job-a", 0))
    queue.clean(now() - timedelta(days=1))
    assert _rows(queue)
    queue.clean(now() + timedelta(days=1))
    assert not _rows(queue)


def test_a_process_works_again_after_it_stopped(database: Database, tmp_path: Path) -> None:
    """It leaves no threads behind, and never does two queues at once."""
    before = set(threading.enumerate())
    settings = ServiceSettings(data=tmp_path)
    for _ in range(2):
        jobs, other = Jobs(database, settings), Jobs(database, settings)
        jobs.start(work=True)
        assert jobs.ready()
        with pytest.raises(RuntimeError):
            other.start(work=True)
        other.close()
        jobs.close()
        assert not jobs.ready()
    for thread in set(threading.enumerate()) - before:
        thread.join(5)
    assert set(threading.enumerate()) <= before
