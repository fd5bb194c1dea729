"""Who may teach what. Lesson l1 is techniek at a vo school, on 7 and 14 September."""

from typing import Any

from model.rule import Owner
from model.rules.licence import LicenceRule
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, licence, school, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, is_about, sizes


def licensed(*rows: dict[str, Any], **fields: Any) -> Term:
    return small_term(
        boards=[{"id": "board"}, {"id": "other"}],
        schools=[school("north"), school("south")],
        courses=[course("robots", **fields)],
        licences=[licence("anna", id=f"licence{number}") | row for number, row in enumerate(rows)],
    )


L1 = table("l1")


def test_a_fitting_licence_is_enough() -> None:
    """The subject in any case, any full level where none is asked, a first-grade one where second grade is asked."""
    for row in ({"subject": "Techniek"}, {"level": "2e"}, {"level": "pdg"}, {"level": "geschikt"}, {"board": "board"}):
        assert sizes(licensed(row), L1, LicenceRule) == []
    assert sizes(licensed({"level": "1e"}, required_licence=["2e"]), L1, LicenceRule) == []
    assert sizes(licensed({"level": "2e"}, required_licence=["1e", "2e"]), L1, LicenceRule) == []
    assert sizes(licensed({"sector": "mbo"}, sector="mbo"), L1, LicenceRule) == []
    assert sizes(licensed({"valid_from": "2026-09-07", "valid_to": "2026-09-14"}), L1, LicenceRule) == []
    assert sizes(licensed({"valid_to": "2026-09-10"}, {"valid_from": "2026-09-11"}), L1, LicenceRule) == []


def test_instructors_and_guests_need_somebody_responsible() -> None:
    """They count where the course names staff, whatever level it asks, and not elsewhere."""
    for level in ("instructeur", "gast"):
        assert sizes(licensed({"level": level}, supervised_by=["mentor"]), L1, LicenceRule) == []
        assert sizes(licensed({"level": level}), L1, LicenceRule) == [2]


def test_without_one_every_date_is_wrong() -> None:
    """None, or one of another subject, sector, board or level: both dates."""
    broken = breaches(licensed(), L1, LicenceRule)
    assert [(each.size, each.unit, str(each.when)) for each in broken] == [(2, "dates", "2026-09-07")]
    assert broken[0].sentence(NL) == "Anna geeft Robots (l1) zonder geldige bevoegdheid (2 data)."
    assert broken[0].sentence(EN) == "Anna gives Robots (l1) without a valid licence (2 dates)."
    for row in ({"subject": "koken"}, {"sector": "mbo"}, {"board": "other"}):
        assert sizes(licensed(row), L1, LicenceRule) == [2]
    assert sizes(licensed({"level": "2e"}, required_licence=["1e"]), L1, LicenceRule) == [2]
    assert sizes(licensed({}, sector="mbo"), L1, LicenceRule) == [2]


def test_it_must_hold_on_every_date() -> None:
    """Valid to the 13th misses the 14th, valid from the 8th misses the 7th."""
    broken = breaches(licensed({"valid_to": "2026-09-13"}), L1, LicenceRule)
    assert [(each.size, str(each.when)) for each in broken] == [(1, "2026-09-14")]
    assert broken[0].sentence(NL) == "Anna geeft Robots (l1) zonder geldige bevoegdheid (één datum)."
    assert broken[0].sentence(EN) == "Anna gives Robots (l1) without a valid licence (one date)."
    assert sizes(licensed({"valid_from": "2026-09-08"}), L1, LicenceRule) == [1]


def test_the_fact_is_law_and_not_negotiable() -> None:
    """The board tells a licence that is missing from one that runs out."""
    none, dates = fact(licensed(), LicenceRule), fact(licensed({"valid_to": "2026-09-13"}), LicenceRule)
    assert (none.message, dates.message) == ("rule.licence.none", "rule.licence.dates")
    assert is_about(none, Owner.LAW, None)
    assert (none.negotiable, none.price) == (False, 0)


def matters() -> tuple[Term, Timetable]:
    """Anna has no licence."""
    return licensed(), L1
