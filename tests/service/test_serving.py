"""`hybrooster serve` from a shell: what it refuses to start with, what it never prints, and how it ends and goes on."""

from __future__ import annotations

import signal
import socket
from pathlib import Path

import httpx
import pytest

from service.client import Client, ProblemError
from tests.service.conftest import new_postgres_database
from tests.service.jobs.place import SLOW
from tests.service.shelled import served, shell, until

SECRET = "zeergeheim-en-lang-genoeg-voor-een-sleutel"

WRONG = {
    "unknown": ({"prt": SECRET}, "There is no setting HYBROOSTER_PRT."),
    "no number": ({"port": SECRET}, "The setting port is wrong:"),
    "too little": ({"jobs__seconds": "-1"}, "The setting jobs.seconds is wrong:"),
    "unknown inside": ({"jobs__hours": SECRET}, "The setting jobs.hours is wrong:"),
    "no json": ({"issuers": '[{"client_secret": "' + SECRET}, "The setting issuers is wrong:"),
    "no file": ({"settings": f"/{SECRET}.toml"}, "The file that HYBROOSTER_SETTINGS names cannot be read"),
    "open to all": ({"host": "0.0.0.0"}, "set public_url to the https address"),
    "open without https": (
        {"host": "0.0.0.0", "public_url": "http://rooster.example.nl"},
        "set public_url to the https",
    ),
    "no database": ({"database": f"postgresql://iemand:{SECRET}@127.0.0.1:1/er"}, "The database cannot be opened:"),
    "no address": ({"database": f"postgresql:iemand:{SECRET}"}, "The database cannot be opened:"),
    "another database": ({"database": f"mysql://iemand:{SECRET}@127.0.0.1/er"}, "The database cannot be opened:"),
    "a strange password": (
        {"database": f"postgresql://iemand:a@{SECRET}/x@127.0.0.1:1/er"},
        "The database cannot be opened:",
    ),
}


@pytest.mark.parametrize("why", WRONG)
def test_it_does_not_start_with_a_wrong_setting(why: str, tmp_path: Path) -> None:
    """One sentence that names the setting, never its value, and exit code 2."""
    settings, said = WRONG[why]
    port = () if "port" in settings else ("--port", "0")
    ended = shell("serve", *port, "--data", str(tmp_path / "data"), "--lang", "en", **settings)
    assert said in ended.stderr
    assert ended.returncode == 2
    assert SECRET not in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_worker_does_not_start_without_its_database(tmp_path: Path) -> None:
    """Likewise, whether its address comes from the shell or not."""
    address = f"postgresql://iemand:{SECRET}@127.0.0.1:1/er"
    ended = shell("worker", "--database", address, "--data", str(tmp_path / "data"), "--lang", "en")
    assert "The database cannot be opened:" in ended.stderr
    assert ended.returncode == 2
    assert SECRET not in ended.stdout + ended.stderr


def test_a_broken_file_of_settings_is_said(tmp_path: Path) -> None:
    """With the line in it, as nobody finds it otherwise; a file that is right is read."""
    file = tmp_path / "settings.toml"
    file.write_text(f'port = 1\nkey = "{SECRET}\n')
    ended = shell("serve", "--data", str(tmp_path / "data"), "--lang", "en", settings=str(file))
    assert "The file that HYBROOSTER_SETTINGS names cannot be read" in ended.stderr
    assert "line 2" in ended.stderr
    assert (ended.returncode, SECRET in ended.stderr) == (2, False)
    file.write_text("[jobs]\nhours = 3\n")
    ended = shell("serve", "--data", str(tmp_path / "data"), "--lang", "en", settings=str(file))
    assert "The setting jobs.hours is wrong:" in ended.stderr


def test_a_port_in_use_is_said_in_words(tmp_path: Path) -> None:
    """With what to do about it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = shell("serve", "--port", port, "--data", str(tmp_path / "data"), "--lang", "en")
    assert f"Port {port} cannot be used: Address already in use." in ended.stderr
    assert "choose another with --port" in ended.stderr
    assert ended.returncode == 2


def test_secrets_are_never_printed(tmp_path: Path, postgres: str) -> None:
    """The key, the passwords of mail and of the database: not at the start, not in a request that goes wrong, not at the end."""
    planted = [f"{SECRET}-{number}" for number in range(3)]
    # This PostgreSQL lets everybody in on this machine, whatever their password.
    address = new_postgres_database(postgres).replace("postgres:@", f"postgres:{planted[0]}@", 1)
    assert planted[0] in address
    settings = {
        "database": address,
        "key": planted[1],
        "mail__host": "127.0.0.1",
        "mail__sender": "rooster@example.nl",
        "mail__port": "1",
        "mail__password": planted[2],
    }
    with served(tmp_path / "data", **settings) as service:
        client = service.client()
        httpx.post(f"{service.address}/v1/login/links", json={"email": "iemand@example.nl"})
        with pytest.raises(ProblemError):
            client.get("/v1/terms/niets")
        assert client.get("/v1/terms")["items"] == []
        assert service.end() == 0
        assert [each for each in (*planted, SECRET) if each in service.all_said()] == []


def test_a_link_lets_in_once(tmp_path: Path) -> None:
    """Opening it uses nothing up; whoever uses it second is not let in, and a new start prints a new one for the same account."""
    with served(tmp_path / "data") as service:
        token = service.link.partition("token=")[2]
        assert httpx.get(service.link).status_code == httpx.codes.OK
        first, second = (httpx.post(f"{service.address}/v1/login/links/use", json={"token": token}) for _ in range(2))
        assert (first.status_code, first.json()["role"]) == (httpx.codes.OK, "admin")
        assert (second.status_code, second.headers.get("set-cookie")) == (httpx.codes.UNAUTHORIZED, None)
        assert service.end(signal.SIGINT) == 0
    with served(tmp_path / "data") as again:
        assert again.link != service.link
        assert again.client().get("/v1/me")["account"] == first.json()["account"]


def test_a_job_goes_on_where_it_was(tmp_path: Path) -> None:
    """Ended kindly it is put back at once; killed it is taken up again; in both cases it ends no worse than it was."""
    with served(tmp_path / "data") as first:
        client = first.client()
        term = client.add_term(SLOW.model_dump(mode="json", exclude_defaults=True))["id"]
        job = client.ask(term, "solves", {"seconds": 8})["id"]
        until(lambda: client.get(f"/v1/jobs/{job}")["value"] is not None)
        kept = client.get(f"/v1/jobs/{job}")["value"]
        assert first.end(signal.SIGTERM) == 0
    with served(tmp_path / "data") as second:
        client = second.client()
        until(lambda: _is_better(client, job, kept))
        kept = client.get(f"/v1/jobs/{job}")["value"]
        assert second.end(signal.SIGKILL) == -signal.SIGKILL
    with served(tmp_path / "data") as third:
        client = third.client()
        ended = client.follow({"id": job})
        assert (ended["state"], ended["error"]) == ("done", None)
        assert ended["value"] >= kept
        outcome = client.get(f"/v1/outcomes/{ended['answer']}")
        assert outcome["value"] == ended["value"]
        assert client.get(f"/v1/terms/{term}")["id"] == SLOW.id
        assert third.end() == 0


def _is_better(client: Client, job: str, than: int) -> bool:
    """It runs again, and knows a value as good."""
    found = client.get(f"/v1/jobs/{job}")
    return found["state"] == "running" and found["value"] is not None and found["value"] >= than
