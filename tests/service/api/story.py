"""What stories of people are told with: a house with a worker beside it, files as people have them, and two regions."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlsxwriter

from model.files import write_term
from model.term import Term
from service.client import Client, ProblemError
from tests.service.house import House, small_region

ROOT = Path(__file__).parents[3]
SHELL = [sys.executable, "-W", "error", "-c", "from service.start import main; main()"]
"""The command `hybrooster`, warnings being errors."""

PATIENCE_SECONDS = 60.0

Json = dict[str, Any]
Sheets = dict[str, list[list[str]]]


@contextmanager
def worker_beside(house: House) -> Iterator[None]:
    """`hybrooster worker`, as on a machine of its own."""
    settings = {"HYBROOSTER_WEBHOOKS_TO_PRIVATE_NETWORKS": "true"}
    if house.database.url.get_backend_name() != "sqlite":
        settings["HYBROOSTER_DATABASE"] = house.database.url.render_as_string(hide_password=False)
    worker = subprocess.Popen(
        [*SHELL, "worker", "--data", str(house.settings.data), "--lang", "en"],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline().startswith("This machine does jobs")
    try:
        yield
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_SECONDS) == 0
        worker.stdout.close()


@dataclass
class Told:
    """A job that ended, its events, and its answer as who asked reads it."""

    job: Json
    answer: Json
    events: list[Json] = field(default_factory=list)


def asked(who: Client, term: str, what: str, question: Mapping[str, Any]) -> Told:
    """Ask something that takes long, and wait for the answer."""
    events: list[Json] = []
    job = who.follow(who.ask(term, what, question), events.append)
    assert (job["state"], job["error"]) == ("done", None)
    return Told(job, who.get(f"/v1/jobs/{job['id']}/answer"), events)


def refused(call: Callable[[], object], status: int, code: str) -> ProblemError:
    """That something is refused; what is said of it."""
    with pytest.raises(ProblemError) as problem:
        call()
    assert (problem.value.status, problem.value.code) == (status, code)
    return problem.value


class Part:
    """A part of a term as its owner edits it: read, changed, and given back."""

    def __init__(self, who: Client, term: str, key: str) -> None:
        self._who, self._path = who, f"/v1/terms/{term}/parts/{key}"
        answer = who.call("GET", self._path)
        self.seen: str = answer.headers["ETag"]
        self.rows: Json = answer.json()

    def row(self, table: str, row: str) -> Json:
        """One row, to be changed."""
        found: Json = next(each for each in self.rows[table] if each["id"] == row)
        return found

    def put(self) -> int:
        """Give it back; the term's revision with it."""
        answer = self._who.call("PUT", self._path, json=self.rows, headers={"If-Match": self.seen})
        self.seen = answer.headers["ETag"]
        revision: int = answer.json()["revision"]
        return revision


# Files


def sheets_of(term: Term, folder: Path) -> Sheets:
    """A term as rows of text, by sheet, as a school keeps them in Dutch."""
    write_term(term, folder, "nl")
    return {
        each.stem: list(csv.reader(io.StringIO(each.read_text("utf-8-sig")), delimiter=";"))
        for each in sorted(folder.iterdir())
    }


def workbook(sheets: Sheets, path: Path) -> Path:
    """The same as a workbook."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name.capitalize())
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def zipped(sheets: Sheets, path: Path) -> Path:
    """The same as a zip of CSV files."""
    with ZipFile(path, "w") as archive:
        for name, rows in sheets.items():
            written = io.StringIO()
            csv.writer(written, delimiter=";").writerows(rows)
            archive.writestr(f"{name}.csv", written.getvalue())
    return path


# Regions


def friday_region() -> Term:
    """Three lessons at the same hour of Friday, and two people who are free then; physics that nobody may teach.

    The least important of the three is Bouw, so that it is the one that stays open.
    """
    friday = (("ro", "noord", "Robotica", "n4"), ("rb", "noord", "Bouw", "n5"), ("zr", "zuid", "Robotica", "z4"))
    plain = small_region().model_dump(mode="json", exclude_defaults=True)
    for course, school, name, group in friday:
        plain["class_groups"].append({"id": group, "school": school, "name": group, "pupils": 25})
        plain["courses"].append(
            {"id": course, "school": school, "subject": "techniek", "name": name, "classes": [group]}
            | ({"priority": "low"} if course == "rb" else {})
        )
        plain["lessons"].append({"id": f"{course}-vr", "course": course, "weekday": "fri", "first_period": "1"})
    return Term.model_validate(plain)


def thursday_region() -> Term:
    """Physics on Thursday morning, which only Cleo may teach; she works at Acme on that day, and is not released."""
    plain = small_region().model_dump(mode="json", exclude_defaults=True)
    physics = {"professional": "cleo", "subject": "natuurkunde", "sector": "vo", "level": "1e"}
    works = {"professional": "cleo", "weekday": "thu", "start": "08:00", "end": "17:00"}
    return Term.model_validate(plain | {"licences": [*plain["licences"], physics], "work": [*plain["work"], works]})
