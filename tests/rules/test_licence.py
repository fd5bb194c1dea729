"""Who may teach what. Lesson l1 is techniek at a vo school, on 7 and 14 September."""

from typing import Any

from model.checks import content_issues
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


def test_instructors_and_guests_have_a_right_whatever_level_is_asked() -> None:
    """Under whose responsibility is for another rule to say."""
    for level in ("instructeur", "gast"):
        assert sizes(licensed({"level": level}, required_licence=["1e"]), L1, LicenceRule) == []


def test_temporary_rights_count_in_their_sector_and_for_what_the_ladder_says() -> None:
    """Under-qualified people in vo for first grade, exempt ones in mbo, people in training in both."""
    for level, asked in (("onderbevoegd", "1e"), ("andersbevoegd", "2e"), ("zij-instroom", "2e")):
        assert sizes(licensed({"level": level}, required_licence=[asked]), L1, LicenceRule) == []
        assert sizes(licensed({"level": level}), L1, LicenceRule) == []
    for level in ("zij-instroom", "vrijgesteld"):
        assert sizes(licensed({"level": level, "sector": "mbo"}, sector="mbo"), L1, LicenceRule) == []
    assert sizes(licensed({"level": "zij-instroom"}, required_licence=["1e"]), L1, LicenceRule) == [2]
    assert sizes(licensed({"level": "vrijgesteld"}), L1, LicenceRule) == [2]
    for level in ("onderbevoegd", "andersbevoegd"):
        assert sizes(licensed({"level": level, "sector": "mbo"}, sector="mbo"), L1, LicenceRule) == [2]


def test_in_mbo_a_teacher_diploma_and_a_certificate_are_worth_the_same() -> None:
    """1e, 2e and pdg where pdg or 2e is asked; a declaration of suitability only where that is asked; in vo none of it."""
    for asked, fit in (("pdg", "1e 2e pdg"), ("2e", "1e 2e pdg"), ("geschikt", "1e 2e pdg geschikt")):
        for level in ("1e", "2e", "pdg", "geschikt"):
            row, expected = {"level": level, "sector": "mbo"}, [] if level in fit.split() else [2]
            assert sizes(licensed(row, sector="mbo", required_licence=[asked]), L1, LicenceRule) == expected
    assert sizes(licensed({"level": "pdg"}, required_licence=["2e"]), L1, LicenceRule) == [2]


def test_the_ladder_is_a_setting_and_steps_add_up() -> None:
    """With 2e>1e pdg>2e a certificate counts for first grade; a word that is no level is refused."""
    term = licensed({"level": "pdg"}, required_licence=["1e"])
    setting = {"rule": "licence", "parameter": "ladder", "value": "2e>1e, pdg>2e"}
    assert sizes(term, L1, LicenceRule) == [2]
    assert sizes(term.replace(rules=[setting]), L1, LicenceRule) == []
    assert [issue.code for issue in content_issues(term.replace(rules=[{**setting, "value": "3e>1e"}]))] == [
        "parameter_refused"
    ]


def test_who_is_never_alone_needs_no_licence_yet() -> None:
    """A stage of watching or of a duo that names the subject; not one without a subject, nor a later stage."""
    term = licensed()
    for stage, subject, expected in (
        ("meelopen", "Techniek", []),
        ("duo", "techniek", []),
        ("duo", None, [2]),
        ("duo", "koken", [2]),
        ("bevoegd", "techniek", [2]),
        ("onder_verantwoordelijkheid", "techniek", [2]),
    ):
        stages = [{"professional": "anna", "stage": stage, "subject": subject}]
        assert sizes(term.replace(stages=stages), L1, LicenceRule) == expected
    until_sunday = [{"professional": "anna", "stage": "duo", "subject": "techniek", "end": "2026-09-13"}]
    assert sizes(term.replace(stages=until_sunday), L1, LicenceRule) == [1]


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
