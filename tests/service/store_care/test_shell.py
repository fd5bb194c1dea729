"""The commands `backup`, `restore` and `upkeep`, as somebody types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner

from service.shell.upkeep import upkeeping
from service.store.database import Database
from tests.service.store_care.everything import rows_of
from tests.service.store_care.full import fill


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a filled database."""
    folder = tmp_path / "data"
    folder.mkdir()
    with Database(f"sqlite:///{folder / 'hybrooster.sqlite'}") as database:
        database.migrate()
        fill(database)
    return folder


def ask(*arguments: str | Path, code: int = 0) -> tuple[str, str]:
    """What a command prints, and what it complains of."""
    app = Typer()
    app.add_typer(upkeeping)
    result = CliRunner().invoke(app, [str(each) for each in arguments])
    assert result.exit_code == code, result.output
    return result.stdout, result.stderr


def test_what_was_backed_up_is_restored(data: Path, tmp_path: Path) -> None:
    """Into a folder that is not there yet."""
    said, _ = ask("backup", tmp_path / "a.zip", "--data", data)
    assert said.startswith(f"Back-up gemaakt: {tmp_path / 'a.zip'} (")
    said, _ = ask("restore", tmp_path / "a.zip", "--data", tmp_path / "new" / "data", "--json")
    facts = json.loads(said)
    assert facts["rows"]["document"] == 10
    with Database(f"sqlite:///{tmp_path / 'new' / 'data' / 'hybrooster.sqlite'}") as database:
        assert len(rows_of(database)["document"]) == 10


def test_a_database_is_restored_by_its_address(data: Path, tmp_path: Path) -> None:
    """`--database` goes before the folder."""
    ask("backup", tmp_path / "a.zip", "--data", data, "--lang", "en")
    url = f"sqlite:///{tmp_path / 'b.sqlite'}"
    said, _ = ask("restore", tmp_path / "a.zip", "--data", tmp_path / "d", "--database", url, "--lang", "en")
    assert said.splitlines()[1].startswith("Everybody logs in anew")


def test_refusals_are_told_with_a_guess(data: Path, tmp_path: Path) -> None:
    """Exit code 2, on standard error; or as JSON."""
    ask("backup", tmp_path / "a.zip", "--data", data)
    _, said = ask("restore", tmp_path / "a.zip", "--data", data, code=2)
    assert said.startswith("De database is niet leeg")
    assert "\nMisschien " in said
    out, _ = ask("restore", tmp_path / "a.zip", "--data", data, "--json", "--lang", "en", code=2)
    (issue,) = json.loads(out)["issues"]
    assert (issue["code"], issue["maybe"][:6]) == ("not_empty", "Maybe ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("backup", "a.zip", "--data", "nowhere"), "In de map nowhere staat geen database."),
        (("upkeep", "--data", "nowhere"), "In de map nowhere staat geen database."),
        (("restore", "gone.zip", "--data", "d"), "Het bestand gone.zip kan niet worden gelezen"),
        (("upkeep", "--database", "no address"), "De database kan niet worden geopend."),
        (("backup", "a.zip", "--database", "postgresql://x:1@127.0.0.1:1/x"), "De database kan niet worden geopend."),
    ],
)
def test_what_is_not_there(
    arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback, no password, nothing made in passing."""
    monkeypatch.chdir(tmp_path)
    _, complaint = ask(*arguments, code=2)
    assert complaint.startswith(said)
    assert not (tmp_path / "nowhere").exists()


def test_a_backup_that_cannot_be_written(data: Path, tmp_path: Path) -> None:
    """The folder is not there."""
    _, said = ask("backup", tmp_path / "none" / "a.zip", "--data", data, code=2)
    assert said.startswith("Het bestand ")


def test_upkeep_says_what_it_did(data: Path) -> None:
    """In words and as numbers; `--dry-run` deletes nothing, so that the next one finds the same."""
    would = json.loads(ask("upkeep", "--data", data, "--dry-run", "--json")[0])
    said, _ = ask("upkeep", "--data", data, "--dry-run", "--lang", "en")
    assert said.startswith("To be deleted (nothing has been yet):")
    did = json.loads(ask("upkeep", "--data", data, "--json")[0])
    assert {**would, "dry_run": False} == did
    again, _ = ask("upkeep", "--data", data)
    assert again.splitlines() == ["Opgeruimd:", "  niets"]
