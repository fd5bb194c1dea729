"""The README of the service does as it says: its tutorial runs as it stands there, and its table has every setting."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr
from pydantic_core import PydanticUndefined

from service.settings import Issuer, Mail, ServiceSettings
from tests.service.shelled import environment

README = Path(__file__).parents[2] / "service" / "README.md"
TUTORIAL_SECONDS = 300


def test_the_tutorial_runs_as_it_stands(tmp_path: Path) -> None:
    """Each block answers what the text beside it says."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    script = "".join(f"echo '=== {number}'\n{block}" for number, block in enumerate(blocks))
    ended = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env={**environment(), "PATH": path, "PORT": port, "DATA": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=TUTORIAL_SECONDS,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    start, login, handed, solved, week, repairs, scenario, calendar, stop = (
        each.partition("\n")[2].splitlines() for each in ended.stdout.split("=== ")[1:]
    )
    assert start[0] == f"Hybrooster runs at http://127.0.0.1:{port}."
    assert login == ["admin"]
    assert handed[0].startswith("The licence of Liwei Shan for mechatronica ends on 2026-11-13")
    *events, last = solved
    assert all('"bound":' in each for each in events)
    state, proof, value, bound = last.split()
    assert (state, proof in ("proved_best", "found")) == ("done", True)
    assert 0 < int(value) <= int(bound)
    *lessons, why = week
    assert len(lessons) == 5
    assert all(re.match(r"(mon|tue|wed|thu|fri) \d\d:\d\d .+ - .+", each) for each in lessons)
    assert " is open: " in why
    assert repairs[0] in ("found", "unknown", "impossible")
    assert len(scenario) == 1
    assert "lesson" in scenario[0]
    revision, count = calendar
    assert revision == "2"
    assert int(count) > 10
    assert stop == ["stopped"]


def test_every_setting_is_in_the_table() -> None:
    """By name and with its default, and none that there is not."""
    table = README.read_text("utf-8").partition("<!-- settings -->")[2].partition("<!-- /settings -->")[0]
    told = dict(re.findall(r"^\| `HYBROOSTER_(\w+)` \| (.*?) ?\| \S.*\|$", table, re.MULTILINE))
    assert told == dict(_settings(ServiceSettings))
    issuers = next(line for line in table.splitlines() if "HYBROOSTER_ISSUERS" in line)
    assert [each for each in Issuer.model_fields if f"`{each}`" not in issuers] == []


def _settings(of: type[BaseModel], before: str = "") -> list[tuple[str, str]]:
    """Names and defaults of all, those of a part below it."""
    found = []
    for name, field in of.model_fields.items():
        part = Mail if name == "mail" and not before else type(field.default)
        if issubclass(part, BaseModel):
            found += _settings(part, f"{before}{name.upper()}__")
        else:
            found.append((f"{before}{name.upper()}", _shown(field.default)))
    return found


def _shown(default: Any) -> str:
    match default:
        case None:
            return "–"
        case bool():
            return f"`{str(default).lower()}`"
        case SecretStr():
            return default.get_secret_value()
        case ():
            return "`[]`"
        case _ if default is PydanticUndefined:
            return "–"
        case "":
            return ""
    return f"`{default}`"
