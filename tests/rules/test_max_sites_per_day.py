"""School sites on a day. Lesson l1 is at north, s1 at south, both on two Mondays; l2 is on Tuesday."""

from model.rule import Owner
from model.rules.max_sites_per_day import MaxSitesPerDay
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes


def sited(own: int | None = None, default: int | None = None) -> Term:
    """Anna has a limit of her own, or the region has one."""
    return small_term(
        professionals=[person("anna", max_sites_per_day=own)],
        courses=[course("robots"), course("draw", school="south")],
        lessons=[lesson("l1"), lesson("l2", weekday="tue"), lesson("s1", "5", course="draw")],
        rules=[] if default is None else [{"rule": "max_sites_per_day", "parameter": "default", "value": str(default)}],
    )


def test_within_the_limit() -> None:
    """No limit, two sites where two are allowed, one site on each day; a wish of two goes before the region's one."""
    both = table("l1", "s1")
    assert sizes(sited(), both, MaxSitesPerDay) == []
    assert sizes(sited(2), both, MaxSitesPerDay) == []
    assert sizes(sited(1), table("l2", "s1"), MaxSitesPerDay) == []
    assert sizes(sited(2, default=1), both, MaxSitesPerDay) == []


def test_more_sites_than_the_limit() -> None:
    """On two Mondays, by her own limit or the region's."""
    for term in (sited(1), sited(None, 1), sited(1, default=2)):
        assert sizes(term, table("l1", "s1", "l2"), MaxSitesPerDay) == [2]


def test_the_sentences_and_the_fact() -> None:
    """The professional's own."""
    (broken,) = breaches(sited(1), table("l1", "s1"), MaxSitesPerDay)
    assert str(broken.when) == "2026-09-07"
    assert broken.sentence(NL) == "Anna geeft op 2 data les op meer vestigingen dan 1 op een dag."
    assert broken.sentence(EN) == "Anna teaches at more school sites than 1 a day on 2 dates."
    assert is_about(fact(sited(1), MaxSitesPerDay), Owner.PROFESSIONAL, "professionals/anna")
    assert facts(sited(2), MaxSitesPerDay) == []


def matters() -> tuple[Term, Timetable]:
    """Two sites on a day, one is allowed."""
    return sited(1), table("l1", "s1")
