"""Somewhere jobs are asked, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.store.database import Database
from tests.service.conftest import new_postgres_database
from tests.service.jobs.place import Place


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Iterator[Place]:
    """On SQLite, and on PostgreSQL."""
    made = Place(database, tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def working(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """On either database with one worker, for all tests of a file."""
    data = tmp_path_factory.mktemp("data")
    url = f"sqlite:///{data / 'hybrooster.sqlite'}"
    if request.param == "postgresql":
        url = new_postgres_database(request.getfixturevalue("postgres"))
    with Database(url) as database:
        database.migrate()
        made = Place(database, data)
        made.worker(megabytes=500)
        yield made
        made.close()


@pytest.fixture
def idle(tmp_path: Path) -> Iterator[Place]:
    """On SQLite without a worker: what is asked waits."""
    with Database(f"sqlite:///{tmp_path / 'hybrooster.sqlite'}") as database:
        database.migrate()
        made = Place(database, tmp_path)
        yield made
        made.close()


@pytest.fixture
def on_postgres(postgres: str, tmp_path: Path) -> Iterator[Place]:
    """On PostgreSQL, for what only several machines do."""
    with Database(new_postgres_database(postgres)) as database:
        database.migrate()
        made = Place(database, tmp_path)
        yield made
        made.close()
