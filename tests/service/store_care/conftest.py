"""A database in which every table has rows, of either kind. Tables are made once and emptied, as making them takes long."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from service.store.database import Database
from service.store.tables import Base
from tests.service.conftest import new_postgres_database
from tests.service.store_care.full import Full, fill


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with empty tables, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "empty.sqlite"
    with Database(f"sqlite:///{path}") as made:
        made.migrate()
    return path


@pytest.fixture(scope="session")
def shared_postgres(postgres: str) -> str:
    """The address of a PostgreSQL database with tables."""
    url = new_postgres_database(postgres)
    with Database(url) as made:
        made.migrate()
    return url


@pytest.fixture
def emptied(shared_postgres: str) -> str:
    """The same, with nothing in them."""
    with Database(shared_postgres) as made, made.engine.begin() as connection:
        names = ", ".join(f'"{table}"' for table in Base.metadata.tables)
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
    return shared_postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with empty tables, of either kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(request.getfixturevalue('empty_file'), tmp_path / 'hybrooster.sqlite')}"
    else:
        url = request.getfixturevalue("emptied")
    with Database(url) as made:
        yield made


@pytest.fixture
def sqlite(tmp_path: Path, empty_file: Path) -> Iterator[Database]:
    """An empty database in a file, to restore into."""
    with Database(f"sqlite:///{shutil.copy(empty_file, tmp_path / 'other.sqlite')}") as made:
        yield made


@pytest.fixture
def full(database: Database) -> Full:
    """What is in the database."""
    return fill(database)
