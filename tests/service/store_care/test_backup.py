"""Backups: what one database had, another has, byte by byte; and a broken file writes nothing."""

from __future__ import annotations

import base64
import json
import random
import shutil
import stat
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import delete, func, insert, select, update

from model.locale import messages
from service.store import documents, regions
from service.store.care import backup as making
from service.store.care import lines
from service.store.care.backup import MANIFEST, backup, member
from service.store.care.refused import CareError
from service.store.care.restore import restore
from service.store.database import Database
from service.store.documents import Kind
from service.store.tables import Audit, Base, Job, JobEvent
from tests.service.store_care.everything import rows_of
from tests.service.store_care.full import NOW, Full, fill


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> bytes:
    """A backup in which every table has rows."""
    folder = tmp_path_factory.mktemp("whole")
    with Database(f"sqlite:///{shutil.copy(empty_file, folder / 'db.sqlite')}") as database:
        fill(database)
        backup(database, folder / "a.zip")
    return (folder / "a.zip").read_bytes()


def test_the_tests_have_rows_in_every_table(database: Database, full: Full) -> None:  # noqa: ARG001  it fills it
    """Whoever adds a table adds rows of it to `full.py`, so that nothing is forgotten in a backup."""
    assert {name for name, rows in rows_of(database).items() if not rows} == set()
    left_out = {"login_session", "login_link", "executor", "answered"}
    assert {table.name for table in lines.kept()} | left_out == set(Base.metadata.tables)
    for table in lines.kept():
        columns = {column.name for column in table.columns if not column.primary_key}
        seen = {name for row in rows_of(database)[table.name] for name, value in row.items() if value is not None}
        assert columns - seen <= _NEVER_FILLED.get(table.name, set()), table.name


_NEVER_FILLED = {
    "account": {"disabled_at"},
    "api_token": {"revoked_at", "used_at"},
    "audit": {"token"},
    "delivery": {"next_at", "status", "delivered_at"},
    "feed": {"created_by", "revoked_at"},
    "grant": {"created_by"},
    "job": {"answer", "bound", "created_by", "ended_at", "error", "executor", "proof", "started_at", "stop", "value"},
    "job_event": {"bound"},
    "part": {"accepted_at", "accepted_by", "accepted_revision", "built_on", "deadline"},
    "webhook": {"created_by"},
}
"""Columns of the same types as others that are filled."""


def test_from_sqlite_to_postgresql_and_back_nothing_changes(
    emptied: str, sqlite: Database, empty_file: Path, tmp_path: Path
) -> None:
    """Values are the same in all three databases, and so are the files of two backups, byte by byte."""
    last = shutil.copy(empty_file, tmp_path / "last.sqlite")
    with Database(emptied) as other, Database(f"sqlite:///{last}") as third:
        fill(sqlite)
        made = backup(sqlite, tmp_path / "a.zip")
        restore(other, tmp_path / "a.zip")
        backup(other, tmp_path / "b.zip")
        restore(third, tmp_path / "b.zip")
        before, between, after = (_kept(each) for each in (sqlite, other, third))
    assert before == between == after
    assert made.rows == {table.name: len(before[table.name]) for table in lines.kept()}
    with ZipFile(tmp_path / "a.zip") as one, ZipFile(tmp_path / "b.zip") as two:
        names = [name for name in one.namelist() if name != MANIFEST]
        assert all(one.read(name) == two.read(name) for name in names)
        assert sorted(two.namelist()) == sorted([*names, MANIFEST])


def _kept(database: Database) -> dict[str, list[dict[str, Any]]]:
    found = rows_of(database)
    return {table.name: found[table.name] for table in lines.kept()}


def test_what_lets_somebody_in_is_left_out(database: Database, full: Full, tmp_path: Path) -> None:  # noqa: ARG001
    """Neither sessions nor links are in a backup; tokens are, as digests."""
    backup(database, tmp_path / "a.zip")
    with ZipFile(tmp_path / "a.zip") as archive:
        assert not {member(each) for each in ("login_session", "login_link", "executor", "answered")} & set(
            archive.namelist()
        )
        assert b'"digest":"d3"' in archive.read("api_token.jsonl")
        assert not any(b'"d1"' in archive.read(each) or b'"d2"' in archive.read(each) for each in archive.namelist())


def test_a_backup_is_for_its_owner_only(database: Database, tmp_path: Path) -> None:
    """It holds personal data; and what it is written to first is gone."""
    backup(database, tmp_path / "a.zip")
    assert stat.S_IMODE((tmp_path / "a.zip").stat().st_mode) == 0o600
    assert not list(tmp_path.glob(".*"))


def test_a_backup_that_fails_leaves_the_one_before(
    database: Database, full: Full, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of a backup is never that of half of one."""
    path = tmp_path / "a.zip"
    path.write_bytes(b"before")

    def fails(*_: object) -> bytes:
        raise OSError("the disk is full")

    monkeypatch.setattr(making.lines, "written", fails)
    with pytest.raises(OSError, match="the disk is full"):
        backup(database, path)
    assert path.read_bytes() == b"before"
    assert not list(tmp_path.glob(".*"))
    assert full.region


def test_one_moment_is_kept_while_others_write(
    database: Database, full: Full, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A term that somebody adds while tables are read is in no table of the backup, and they do not wait."""
    written, plain = list[str](), making._write_table

    def meanwhile(connection: Any, table: Any, out: Any) -> Any:
        facts = plain(connection, table, out)
        if table.name == "document":  # its revision would be read later
            with database.session() as session:
                written.append(documents.create(session, full.region, Kind.TERM, "{}").id)
        return facts

    monkeypatch.setattr(making, "_write_table", meanwhile)
    made = backup(database, tmp_path / "a.zip")
    with ZipFile(tmp_path / "a.zip") as archive:
        assert written[0].encode() not in archive.read("revision.jsonl")
    assert made.rows["document"] == len(rows_of(database)["document"]) - 1


def test_jobs_that_had_not_ended_are_in_line_again(
    database: Database, full: Full, sqlite: Database, tmp_path: Path
) -> None:
    """One that ran is queued behind others of its region, with its best; one that was done stays so."""
    with database.session() as session:
        values = {"state": "running", "phase": "improving", "executor": "worker-1", "attempts": 2}
        session.execute(update(Job).where(Job.id == "job-2").values(**values))
    backup(database, tmp_path / "a.zip")
    restore(sqlite, tmp_path / "a.zip")
    with sqlite.reading() as session:
        found = session.get_one(Job, "job-2")
        assert (found.state, found.phase, found.executor, found.attempts) == ("queued", "behind", None, 0)
        assert session.get_one(Job, "job-1").state == "done"
        events = session.execute(select(JobEvent.number, JobEvent.state, JobEvent.at).order_by(JobEvent.number)).all()
    assert [tuple(each) for each in events] == [(1, "queued", NOW), (2, "queued", NOW)]
    assert len(rows_of(sqlite)["incumbent"]) == 1
    assert full.region


def test_numbers_go_on_after_those_restored(database: Database, whole: bytes, tmp_path: Path) -> None:
    """The next row of the audit log gets a number that none has."""
    (tmp_path / "a.zip").write_bytes(whole)
    restore(database, tmp_path / "a.zip")
    with database.session() as session:
        most = session.scalar(select(func.max(Audit.id))) or 0
        row = Audit(region=None, role="service", request="r", action="started")
        session.add(row)
        session.flush()
        assert row.id == most + 1 > 1


def test_a_document_may_stand_before_what_it_is_of(database: Database, sqlite: Database, tmp_path: Path) -> None:
    """Rows are in order of id, and `a` is of `b`, which is of `c`."""
    with database.session() as session:
        region = regions.found_region(session, "Midden").id
        for name, parent in (("c", None), ("b", "c"), ("a", "b")):
            documents.create(session, region, Kind.TERM, "{}", parent=parent, document_id=name)
    backup(database, tmp_path / "a.zip")
    restore(sqlite, tmp_path / "a.zip")
    found = {row["id"]: row["parent"] for row in rows_of(sqlite)["document"]}
    assert found == {"a": "b", "b": "c", "c": None}


def test_only_an_empty_database_is_filled(database: Database, full: Full, whole: bytes, tmp_path: Path) -> None:
    """What is there is never mixed with what was."""
    (tmp_path / "a.zip").write_bytes(whole)
    before = rows_of(database)
    assert _refused(database, tmp_path / "a.zip") == "not_empty"
    assert rows_of(database) == before
    assert full.region


def test_tables_of_another_version_are_refused(empty_url: str, whole: bytes, tmp_path: Path) -> None:
    """A database without tables is neither written to nor from."""
    (tmp_path / "a.zip").write_bytes(whole)
    with Database(empty_url) as bare:
        assert _refused(bare, tmp_path / "a.zip") == "not_current"
        with pytest.raises(CareError, match="not_current"):
            backup(bare, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


# Broken files

Files = dict[str, bytes]


def _line(files: Files, table: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Change the first row of a table."""
    first, rest = files[member(table)].split(b"\n", 1)
    files[member(table)] = json.dumps(change(json.loads(first))).encode() + b"\n" + rest


def _manifest(files: Files, **changes: Any) -> None:
    files[MANIFEST] = json.dumps({**json.loads(files[MANIFEST]), **changes}).encode()


def _without(row: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}


def _no_table(files: Files) -> None:
    del files["feed.jsonl"]


def _unnamed_table(files: Files) -> None:
    tables = json.loads(files[MANIFEST])["tables"]
    _manifest(files, tables=_without(tables, "feed"))


def _not_json(files: Files) -> None:
    files["feed.jsonl"] += b"{\n"


BROKEN: dict[str, tuple[str, Callable[[Files], object]]] = {
    "later form": ("backup_newer", lambda files: _manifest(files, form=2, more="x")),
    "no form": ("backup_broken", lambda files: _manifest(files, form="1")),
    "other manifest": ("backup_broken", lambda files: _manifest(files, tables=[])),
    "other migration": ("backup_other_migration", lambda files: _manifest(files, migration="0002")),
    "no manifest": ("backup_no_manifest", lambda files: files.pop(MANIFEST)),
    "table missing": ("backup_missing_table", _no_table),
    "table unnamed": ("backup_missing_table", _unnamed_table),
    "table unknown": ("backup_unknown_table", lambda files: files.update({"wishes.jsonl": b""})),
    "path out": ("backup_unknown_table", lambda files: files.update({"../../x": b""})),
    "column unknown": ("backup_unknown_column", lambda files: _line(files, "grant", lambda row: {**row, "x": 1})),
    "column missing": ("backup_missing_column", lambda files: _line(files, "grant", lambda row: _without(row, "of"))),
    "no row": ("backup_no_json", _not_json),
    "a list": ("backup_no_json", lambda files: files.update({"feed.jsonl": b"[]\n"})),
    "null": ("backup_bad_value", lambda files: _line(files, "grant", lambda row: {**row, "id": None})),
    "no moment": ("backup_bad_value", lambda files: _line(files, "grant", lambda row: {**row, "created_at": "x"})),
    "no zone": (
        "backup_bad_value",
        lambda files: _line(files, "grant", lambda row: {**row, "created_at": "2026-09-01T12:00:00"}),
    ),
    "no base64": ("backup_bad_value", lambda files: _line(files, "region", lambda row: {**row, "key": "%"})),
    "too long": ("backup_bad_value", lambda files: _line(files, "grant", lambda row: {**row, "role": "x" * 41})),
    "no number": ("backup_bad_value", lambda files: _line(files, "region", lambda row: {**row, "version": True})),
    "too large": ("backup_bad_value", lambda files: _line(files, "region", lambda row: {**row, "version": 2**31})),
    "other row": ("backup_changed", lambda files: _line(files, "region", lambda row: {**row, "name": "x"})),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_file_that_was_changed_is_refused(how: str, whole: bytes, sqlite: Database, tmp_path: Path) -> None:
    """Each says what is wrong, in both languages with a guess, and nothing is written."""
    code, change = BROKEN[how]
    _packed(tmp_path / "a.zip", _changed(whole, change))
    assert _refused(sqlite, tmp_path / "a.zip") == code
    assert not any(rows_of(sqlite).values())


def test_rows_that_do_not_fit_each_other_are_refused(database: Database, whole: bytes, tmp_path: Path) -> None:
    """Who made a manifest that is right for them still writes nothing: all is one transaction."""

    def change(files: Files) -> None:
        _line(files, "feed", lambda row: {**row, "term": "nowhere"})
        _sign(files)

    _packed(tmp_path / "a.zip", _changed(whole, change))
    assert _refused(database, tmp_path / "a.zip") == "backup_not_consistent"
    assert not any(rows_of(database).values())


def test_a_trap_is_not_unpacked(sqlite: Database, whole: bytes, tmp_path: Path) -> None:
    """A gigabyte of nothing in a small file."""
    _packed(tmp_path / "a.zip", _changed(whole, lambda files: files.update({"feed.jsonl": b" " * 100_000_000})))
    assert (tmp_path / "a.zip").stat().st_size < 200_000
    assert _refused(sqlite, tmp_path / "a.zip") == "backup_too_large"


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_another_file_is_refused(content: bytes, sqlite: Database, tmp_path: Path) -> None:
    """Nothing, a text, an empty zip."""
    (tmp_path / "a.zip").write_bytes(content)
    assert _refused(sqlite, tmp_path / "a.zip") in ("backup_no_zip", "backup_no_manifest")


def test_a_damaged_byte_is_refused_or_does_not_matter(whole: bytes, sqlite: Database, tmp_path: Path) -> None:
    """Whichever bit is another, or where the file ends: what is not refused is restored as it was."""
    draw, path = random.Random(7), tmp_path / "a.zip"
    whole_files, codes, fine = _unpacked(whole), Counter[str](), 0
    for number in range(150):
        content = bytearray(whole)
        if number % 3:
            content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        else:
            del content[draw.randrange(len(content)) :]
        path.write_bytes(content)
        try:
            restore(sqlite, path)
        except CareError as error:
            codes[error.code] += 1
        else:
            fine += 1
            backup(sqlite, path)
            assert _unpacked(path.read_bytes()) == whole_files
            _empty(sqlite)
        assert not any(rows_of(sqlite).values())
    assert codes["backup_no_zip"] > 45
    assert codes["backup_broken"] > 45
    assert all(code.startswith("backup_") for code in codes)
    assert fine > 0  # as the times of files in a zip do not matter


def _empty(database: Database) -> None:
    with database.session() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(delete(table))


def test_every_refusal_has_its_words() -> None:
    """Sentences and guesses come in pairs, and the guesses begin as such."""
    for lang, begin in (("nl", "Misschien "), ("en", "Maybe ")):
        said = {name: each for name, each in messages(lang).items() if name.startswith("upkeep.")}
        guesses = {name for name in said if name.endswith("_maybe")}
        assert {f"upkeep.{code}_maybe" for code, _ in BROKEN.values()} <= guesses
        assert {name.removesuffix("_maybe") for name in guesses} <= said.keys()
        assert all(said[name].startswith(begin) for name in guesses)


def _refused(database: Database, path: Path) -> str:
    with pytest.raises(CareError) as refused:
        restore(database, path)
    for lang, begin in (("nl", "Misschien "), ("en", "Maybe ")):
        assert refused.value.sentence(lang)
        assert refused.value.hint(lang).startswith(begin)
    return refused.value.code


def _unpacked(content: bytes) -> Files:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != MANIFEST}


def _changed(whole: bytes, change: Callable[[Files], object]) -> Files:
    with ZipFile(BytesIO(whole)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    return files


def _sign(files: Files) -> None:
    """Make the manifest fit."""
    tables = {
        name.removesuffix(".jsonl"): {
            "rows": content.count(b"\n"),
            "bytes": len(content),
            "sha256": sha256(content).hexdigest(),
        }
        for name, content in files.items()
        if name != MANIFEST
    }
    _manifest(files, tables=tables)


def _packed(path: Path, files: Files) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def test_rows_of_any_size_and_kind_come_through(database: Database, sqlite: Database, tmp_path: Path) -> None:
    """More rows than are read or written at once; every byte, and letters of all kinds."""
    key = bytes(range(256))
    said = 'é 😀 \u2028 \\ " \n \t'
    with database.session() as session:
        region = regions.found_region(session, said)
        region.key = key
        rows = [{"role": "r", "request": f"{n}", "action": "a", "details": {"n": n, said: said}} for n in range(2345)]
        session.execute(insert(Audit), rows)
    backup(database, tmp_path / "a.zip")
    restore(sqlite, tmp_path / "a.zip")
    assert _kept(sqlite) == _kept(database)
    assert len(rows_of(sqlite)["audit"]) == 2345
    with ZipFile(tmp_path / "a.zip") as archive:
        assert base64.b64encode(key) in archive.read("region.jsonl")
