"""DBOS, as far as jobs need it: the durable queue that every machine takes its turns from.

What a workflow is given is a job's id and how often it was begun, nothing else; all that is known of a job stands in its
row. Whoever only asks needs no DBOS that runs, only its tables (`DBOSClient`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, WorkflowSerializationFormat

from service.store.database import Database

PROTOCOL = "1"
"""What workflows mean. Raise it when a worker of before could not do what is enqueued now; a new version of the program
alone goes on with what an older one enqueued."""

APPLICATION = "hybrooster"
QUEUE = "jobs"
WORKFLOW = "job"
SCHEMA = "dbos"
FILE = "jobs.sqlite"

POLL_SECONDS = 0.1
POOL_SIZE = 5
CLEAN_AT_ONCE = 500

_ENDED = frozenset({"SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"})


@dataclass(frozen=True, slots=True)
class Turn:
    """One try at a job: its id, and how often it was begun before."""

    job: str
    before: int

    @property
    def workflow(self) -> str:
        """The id of its workflow: a try is enqueued once, however often somebody does so."""
        return f"{self.job}.{self.before}"


class Queue:
    """The queue. Open it before it is used.

    Args:
        database: PostgreSQL: DBOS has a schema of its own in it.
        data: folder of its own file, where the database is SQLite.
    """

    _working = Lock()
    """DBOS is one for a process."""

    def __init__(self, database: Database, data: Path) -> None:
        self._file = data / FILE if database.is_sqlite else None
        if self._file is None:
            self._url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        else:
            self._url = f"sqlite:///{self._file}"
        self._client: DBOSClient | None = None
        self._works = False

    def open(self) -> None:
        """Make its tables what this version of DBOS expects. Safe to call by several processes at once."""
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._file, timeout=30)
            try:
                connection.execute("PRAGMA journal_mode=WAL")  # stays so: readers wait for nobody
            finally:
                connection.close()
        DBOS.migrate(self._url, schema=SCHEMA)
        self._client = DBOSClient(
            system_database_url=self._url,
            dbos_system_schema=SCHEMA,
            system_database_pool_size=POOL_SIZE,
            application_name=APPLICATION,
        )

    def work(self, executor: str, at_once: int, do: Callable[[str, int], None]) -> None:
        """Take turns from now on, each in a thread of its own. Not to be called where an event loop runs.

        Args:
            executor: what this process is called; another name each time it starts.
            at_once: so many turns at the same time.
            do: does the job with this id, begun so often before.

        Raises:
            RuntimeError: another queue of this process is worked on.
        """
        if not self._working.acquire(blocking=False):
            raise RuntimeError("this process takes turns already")
        config = DBOSConfig(
            name=APPLICATION,
            system_database_url=self._url,
            dbos_system_schema=SCHEMA,
            sys_db_pool_size=POOL_SIZE,
            application_version=PROTOCOL,
            executor_id=executor,
            use_listen_notify=False,
            run_migrations=False,
            enable_otlp=False,
            log_level="WARNING",
        )
        self._works = True
        DBOS(config=config)

        @DBOS.workflow(name=WORKFLOW)
        def job(job_id: str, before: int) -> None:
            do(job_id, before)

        DBOS.launch()
        DBOS.register_queue(
            QUEUE, worker_concurrency=at_once, polling_interval_sec=POLL_SECONDS, on_conflict="always_update"
        )

    def close(self) -> None:
        """Take no more turns, and let go of everything. Those that are at work are not waited for."""
        if self._works:
            DBOS.destroy(destroy_registry=True)
            self._works = False
            self._working.release()
        if self._client is not None:
            self._client.destroy()
            self._client = None

    @property
    def client(self) -> DBOSClient:
        assert self._client is not None, "it is open"
        return self._client

    @property
    def works(self) -> bool:
        """Whether this process takes turns."""
        return self._works

    def put(self, turn: Turn) -> None:
        """Enqueue a try, unless it is."""
        options = EnqueueOptions(
            workflow_name=WORKFLOW,
            queue_name=QUEUE,
            workflow_id=turn.workflow,
            app_version=PROTOCOL,
            serialization_type=WorkflowSerializationFormat.PORTABLE,
        )
        self.client.enqueue(options, turn.job, turn.before)

    def mend(self, turns: Iterable[Turn], alive: frozenset[str]) -> None:
        """See to it that tries which nobody makes are made: never enqueued, taken by who died, or ended without a word.

        Args:
            alive: the executors that live.
        """
        wanted = {each.workflow: each for each in turns}
        if not wanted:
            return
        found = self._statuses(wanted)
        for workflow, turn in wanted.items():
            status, executor = found.get(workflow, ("", None))
            if status in _ENDED:
                self.client.delete_workflow(workflow)
            if not status or status in _ENDED:
                self.put(turn)
            elif status == "PENDING" and executor not in alive:
                self.client.resume_workflow(workflow, queue_name=QUEUE)

    def _statuses(self, workflows: Iterable[str]) -> dict[str, tuple[str, str | None]]:
        rows = self.client.list_workflows(workflow_ids=list(workflows), load_input=False, load_output=False)
        return {each.workflow_id: (each.status, each.executor_id) for each in rows}

    def clean(self, before: datetime) -> None:
        """Forget what was enqueued before a moment. A try that is still to be made is enqueued again by `mend`."""
        while True:
            rows = self.client.list_workflows(
                name=WORKFLOW, end_time=before.isoformat(), limit=CLEAN_AT_ONCE, load_input=False, load_output=False
            )
            if not rows:
                return
            self.client.delete_workflows([each.workflow_id for each in rows])

    def answers(self) -> bool:
        """Whether its tables can be reached."""
        try:
            self.client.check_connection()
        except Exception:  # noqa: BLE001  whatever it is, it does not answer
            return False
        return True
