"""How long a temporary right lasts. Lesson l1 is on 7 and 14 September 2026."""

from typing import Any

import pytest

from model.people import Licence
from model.rule import Owner
from model.rules.licence_years import LicenceYears
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, licence, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

L1 = table("l1")


def since(day: str | None, level: str = "onderbevoegd", *more: dict[str, Any], **fields: Any) -> Term:
    """Anna has a temporary right since a day, and perhaps other rights."""
    rows = [licence("anna", level=level, valid_from=day, **fields), *more]
    sector = fields.get("sector", "vo")
    named = [row | {"id": f"licence{number}"} for number, row in enumerate(rows)]
    return small_term(licences=named, courses=[course("robots", sector=sector)])


@pytest.mark.parametrize(
    ("level", "sector", "day", "extended"),
    [
        ("onderbevoegd", "vo", "2025-09-15", False),
        ("andersbevoegd", "vo", "2024-09-15", False),
        ("andersbevoegd", "vo", "2022-09-15", True),
        ("zij-instroom", "mbo", "2024-09-15", False),
        ("zij-instroom", "vo", "2022-09-15", True),
        ("vrijgesteld", "mbo", "2022-09-15", True),
    ],
)
def test_the_last_day_of_the_last_year_is_the_day_before_its_first(
    level: str, sector: str, day: str, *, extended: bool
) -> None:
    """Since 15 September lasts to the 14th; since the 14th the second lesson is too late, since the 7th both."""
    fields = {"sector": sector, "extended": extended}
    assert sizes(since(day, level, **fields), L1, LicenceYears) == []
    assert sizes(since(day.replace("15", "14"), level, **fields), L1, LicenceYears) == [1]
    assert sizes(since(day.replace("15", "07"), level, **fields), L1, LicenceYears) == [2]


def test_what_is_not_counted() -> None:
    """Full rights, rights without a first day or not valid at all, and a temporary one beside another right."""
    assert sizes(since("2010-01-01", "2e"), L1, LicenceYears) == []
    assert sizes(since("2010-01-01", "gast"), L1, LicenceYears) == []
    assert sizes(since(None), L1, LicenceYears) == []
    assert sizes(since("2010-01-01", valid_to="2011-01-01"), L1, LicenceYears) == []
    assert sizes(since("2010-01-01", "onderbevoegd", licence("anna", level="2e")), L1, LicenceYears) == []
    second = licence("anna", level="2e", valid_from="2026-09-10")
    assert sizes(since("2010-01-01", "onderbevoegd", second), L1, LicenceYears) == [1]


def test_an_extension_that_the_law_does_not_know_adds_nothing() -> None:
    """A year under-qualified is a year."""
    assert sizes(since("2025-09-07", extended=True), L1, LicenceYears) == [2]


def test_years_are_a_setting() -> None:
    """Two years under-qualified: since 2024 both lessons are too late, since 2025 neither."""
    rules = [{"rule": "licence_years", "parameter": "under_qualified", "value": "2"}]
    assert sizes(since("2025-09-07").replace(rules=rules), L1, LicenceYears) == []
    assert sizes(since("2024-09-07").replace(rules=rules), L1, LicenceYears) == [2]


def test_leap_days_and_the_end_of_time() -> None:
    """A year from 29 February 2024 ends on 28 February 2025; a year beyond the calendar never does."""
    rule = LicenceYears()
    row = {"professional": "anna", "subject": "x", "sector": "vo", "level": "onderbevoegd"}
    assert str(rule.last_day(Licence.model_validate({**row, "valid_from": "2024-02-29"}))) == "2025-02-28"
    assert str(rule.last_day(Licence.model_validate({**row, "valid_from": "9999-06-01"}))) == "9999-12-30"


def test_the_sentences_and_the_fact() -> None:
    """The law's, about the licence."""
    (broken,) = breaches(since("2025-09-14"), L1, LicenceYears)
    assert str(broken.when) == "2026-09-14"
    assert broken.sentence(NL) == "Anna geeft Robots (l1) na de laatste dag van een tijdelijke bevoegdheid (één datum)."
    assert broken.sentence(EN) == "Anna gives Robots (l1) after the last day of a temporary right (one date)."
    because = fact(since("2025-09-14"), LicenceYears)
    assert is_about(because, Owner.LAW, "licences/licence0")
    assert because.params["n"] == 1
    assert facts(since("2025-09-15"), LicenceYears) == []


def matters() -> tuple[Term, Timetable]:
    """Anna's two years are over."""
    return since("2024-09-07", "andersbevoegd"), L1
