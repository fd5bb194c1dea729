"""A served house with two regions, on SQLite; for what depends on the database there is `any_house`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.store.database import Database
from tests.service.house import House, Tenant, small_region


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """On SQLite."""
    data = tmp_path_factory.mktemp("house")
    with Database(f"sqlite:///{data / 'hybrooster.sqlite'}") as database:
        database.migrate()
        made = House(database, data)
        yield made
        made.close()


@pytest.fixture(scope="module")
def here(house: House) -> Tenant:
    """A region with people of every role."""
    return house.tenant("Hier")


@pytest.fixture(scope="module")
def elsewhere(house: House) -> Tenant:
    """Another region, with the same schools and people."""
    return house.tenant("Elders", small_region("elders"))


@pytest.fixture
def any_house(database: Database, tmp_path: Path) -> Iterator[House]:
    """On either database, empty."""
    made = House(database, tmp_path)
    yield made
    made.close()
