"""Documents, revisions and migrations on both databases."""

from __future__ import annotations

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from service.store import documents, regions
from service.store.database import Database, newest
from service.store.documents import ChangedError, Kind, MissingError
from service.store.tables import Base


def test_migrations_make_the_tables_that_the_program_knows(database: Database) -> None:
    """Whoever changes a table without a migration is told."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert context.get_current_revision() == newest()
        assert compare_metadata(context, Base.metadata) == []
    assert database.is_current()


def test_migrating_again_changes_nothing(database: Database) -> None:
    """Each server that starts migrates."""
    database.migrate()
    assert database.is_current()


def test_two_may_migrate_at_once(empty_url: str) -> None:
    """Two machines that start together do not stand in each other's way."""
    faults: list[Exception] = []

    def migrate() -> None:
        try:
            with Database(empty_url) as mine:
                mine.migrate()
        except Exception as error:  # noqa: BLE001  it is shown by the assertion below
            faults.append(error)

    threads = [threading.Thread(target=migrate) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []
    with Database(empty_url) as there:
        assert there.is_current()


def _region(database: Database, name: str = "Regio") -> str:
    with database.session() as session:
        return regions.found_region(session, name).id


def test_every_revision_stays(database: Database) -> None:
    """What was saved over can still be read."""
    region = _region(database)
    with database.session() as session:
        made = documents.create(session, region, Kind.TERM, '{"n": 1}', name="Term", by="account-1")
    with database.session() as session:
        documents.save(session, region, made.id, '{"n": 2}', seen=1, note="two", by="account-2")
    with database.reading() as session:
        assert documents.read(session, region, made.id).content == '{"n": 2}'
        first = documents.read(session, region, made.id, revision=1)
        assert (first.content, first.revision, first.by, first.name) == ('{"n": 1}', 1, "account-1", "Term")
        rows = documents.history(session, documents.find(session, region, made.id))
        assert [(number, note) for number, _, _, note in rows] == [(2, "two"), (1, "")]
        assert rows[0][1].tzinfo is not None


def test_who_saw_an_older_revision_is_refused(database: Database) -> None:
    """The second of two who edit the same revision learns which one there is now, and nothing of it is kept."""
    region = _region(database)
    with database.session() as session:
        made = documents.create(session, region, Kind.TERM, "{}")
    with database.session() as session:
        documents.save(session, region, made.id, '{"by": "first"}', seen=1)
    with pytest.raises(ChangedError) as refused, database.session() as session:
        documents.save(session, region, made.id, '{"by": "second"}', seen=1)
    assert refused.value.current == 2
    with database.reading() as session:
        assert documents.read(session, region, made.id).content == '{"by": "first"}'


def test_of_many_who_save_at_once_one_wins(database: Database) -> None:
    """Eight threads save over the same revision: exactly one is kept, the others are told."""
    region = _region(database)
    with database.session() as session:
        made = documents.create(session, region, Kind.TERM, "{}")
    start, told = threading.Barrier(8), []

    def save(number: int) -> None:
        start.wait()
        try:
            with database.session() as session:
                documents.save(session, region, made.id, f'{{"by": {number}}}', seen=1)
            told.append("kept")
        except ChangedError:
            told.append("refused")

    threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(told) == ["kept", *["refused"] * 7]
    with database.reading() as session:
        assert documents.find(session, region, made.id).version == 2


def test_another_region_has_none_of_it(database: Database) -> None:
    """A document is found in its own region only, whatever is asked."""
    mine, theirs = _region(database), _region(database, "Elders")
    with database.session() as session:
        made = documents.create(session, mine, Kind.TERM, "{}")
        documents.create(session, mine, Kind.OUTCOME, "{}", parent=made.id)
    for action in (documents.find, documents.read, documents.erase):
        with pytest.raises(MissingError), database.session() as session:
            action(session, theirs, made.id)
    with pytest.raises(MissingError), database.session() as session:
        documents.find(session, mine, made.id, Kind.OUTCOME)
    with database.reading() as session:
        assert list(session.scalars(documents.listed(theirs, Kind.TERM))) == []
        assert [each.id for each in session.scalars(documents.listed(mine, Kind.TERM))] == [made.id]


def test_erasing_takes_along_what_hangs_on_it(database: Database) -> None:
    """Revisions and outcomes of a term that is deleted are gone too."""
    region = _region(database)
    with database.session() as session:
        made = documents.create(session, region, Kind.TERM, "{}")
        outcome = documents.create(session, region, Kind.OUTCOME, "{}", parent=made.id, beside=b"prices")
    with database.reading() as session:
        assert documents.read(session, region, outcome.id, beside=True).beside == b"prices"
    with database.session() as session:
        documents.erase(session, region, made.id)
    with pytest.raises(MissingError), database.reading() as session:
        documents.read(session, region, outcome.id)


def test_what_fails_half_way_is_not_kept(database: Database) -> None:
    """A session is one transaction."""
    region = _region(database)

    def half() -> None:
        with database.session() as session:
            documents.create(session, region, Kind.TERM, "{}")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        half()
    with database.reading() as session:
        assert list(session.scalars(documents.listed(region, Kind.TERM))) == []
