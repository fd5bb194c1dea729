"""No result file says where people live, why they cannot come, or why they wish something."""

from __future__ import annotations

from zipfile import ZipFile

import pytest

from model.results import school_rows, week_picture, write_results
from model.term import tables
from tests.results.region import SECRETS, outcome, term


@pytest.fixture
def everything(tmp_path):
    """Everything that is written or shown, as text by name, workbook parts unpacked."""
    found = {}
    for lang in ("nl", "en"):
        folder = tmp_path / lang
        region, made = term(), outcome()
        written = write_results(
            region, made, lang, xlsx=folder / "x" / "rooster.xlsx", ics=folder / "ics", picture=folder / "regio.svg"
        )
        assert len(written) == 3
        for path in folder.rglob("*.*"):
            if path.suffix == ".xlsx":
                with ZipFile(path) as book:
                    found |= {f"{lang}/{part}": book.read(part).decode() for part in book.namelist()}
            else:
                # Long lines of calendars are folded.
                found[f"{lang}/{path.name}"] = path.read_text("utf-8").replace("\r\n ", "")
        found[f"{lang}/rows"] = str(school_rows(region, made, lang))
        for professional in region.professionals:
            found[f"{lang}/{professional.id}"] = week_picture(region, made, lang, professional=professional.id)
        for school in region.schools:
            found[f"{lang}/{school.id}"] = week_picture(region, made, lang, school=school.id)
    return found


def test_the_region_has_secrets():
    """Home, reason and wish are in the term, so that they could leak; all are marked secret."""
    marked = {f"{table}.{name}" for table, record in tables() for name, col in record.cols() if col.secret}
    assert {
        "professionals.home_town",
        "professionals.home_postcode",
        "unavailability.reason",
        "wishes.reason",
    } <= marked
    assert all(secret in term().model_dump_json() for secret in SECRETS)


def test_nothing_secret_leaves(everything):
    """None of them is in any output, while names and employers are."""
    leaks = [(name, secret) for name, text in everything.items() for secret in SECRETS if secret in text]
    assert leaks == []
    assert any("Anna de Vries" in text for text in everything.values())
    assert any("Metaalwerk BV" in text for text in everything.values())
