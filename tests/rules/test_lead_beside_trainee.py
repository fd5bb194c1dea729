"""Never alone while learning: course robots needs two teachers; Bob is licensed."""

from typing import Any

from model.rule import Owner
from model.rules.lead_beside_trainee import LeadBesideTrainee
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, licence, person, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes


def learning(stage: str = "duo", *more: dict[str, Any], level: str = "1e", **tables: Any) -> Term:
    """Anna is in a stage; Bob has a licence of a level."""
    rows = [{"professional": "anna", "subject": "Techniek", "stage": stage}, *more]
    values = {
        "professionals": [person("anna"), person("bob")],
        "licences": [licence("bob", level=level)],
        "stages": [row | {"id": f"stage{number}"} for number, row in enumerate(rows)],
        "courses": [course("robots", heads=2)],
    }
    return small_term(**{**values, **tables})


ALONE = table("l1")
TOGETHER = table("l1", ("l1", "bob"))


def test_beside_a_qualified_lead() -> None:
    """Somebody with any full right."""
    for stage in ("meelopen", "duo"):
        for level in ("1e", "2e", "pdg", "geschikt"):
            assert sizes(learning(stage, level=level), TOGETHER, LeadBesideTrainee) == []


def test_who_is_further_may_be_alone() -> None:
    """Under responsibility, qualified, or learning another subject."""
    for stage in ("onder_verantwoordelijkheid", "bevoegd"):
        assert sizes(learning(stage), ALONE, LeadBesideTrainee) == []
    cooking = [{"professional": "anna", "subject": "koken", "stage": "duo"}]
    assert sizes(learning(stages=cooking), ALONE, LeadBesideTrainee) == []


def test_alone_or_beside_somebody_who_cannot_lead() -> None:
    """Nobody, a guest teacher, somebody on a temporary right or learning too: on both dates."""
    for stage in ("meelopen", "duo"):
        assert sizes(learning(stage), ALONE, LeadBesideTrainee) == [2]
    for level in ("gast", "instructeur", "onderbevoegd", "zij-instroom"):
        assert sizes(learning(level=level), TOGETHER, LeadBesideTrainee) == [2]
    for stage in ("duo", "onder_verantwoordelijkheid"):
        too = {"professional": "bob", "stage": stage}
        expected = [2, 2] if stage == "duo" else [2]
        assert sizes(learning("duo", too), TOGETHER, LeadBesideTrainee) == expected
    done = {"professional": "bob", "stage": "bevoegd"}
    assert sizes(learning("duo", done), TOGETHER, LeadBesideTrainee) == []


def test_stages_hold_from_date_to_date() -> None:
    """Duo until the 13th, or qualified from the 10th: only the first lesson needs somebody beside."""
    for stages in (
        [{"professional": "anna", "stage": "duo", "end": "2026-09-13"}],
        [{"professional": "anna", "stage": "duo"}, {"professional": "anna", "stage": "bevoegd", "start": "2026-09-10"}],
        [
            {"professional": "anna", "stage": "bevoegd"},
            {"professional": "anna", "stage": "duo", "end": "2026-09-10", "subject": "techniek"},
        ],
    ):
        assert sizes(learning(stages=stages), ALONE, LeadBesideTrainee) == [1]


def test_the_lead_must_be_there_on_the_date_and_at_the_time() -> None:
    """Bob's licence ends on the 13th; Bob is put at another time of the lesson."""
    until = [licence("bob", valid_to="2026-09-13")]
    assert sizes(learning(licences=until), TOGETHER, LeadBesideTrainee) == [1]
    times = [{"id": "other", "lesson": "l1", "weekday": "mon", "first_period": "2"}]
    assert sizes(learning(lesson_times=times), table("l1", ("l1", "bob", "other")), LeadBesideTrainee) == [2]


def test_the_school_s_own_teacher_may_lead() -> None:
    """Somebody of the site who is licensed for the subject, as far as is known."""
    staff = [{"id": "carla", "school": "north"}, {"id": "dirk", "school": "north", "subjects": ["koken"]}]
    for lead, expected in (("carla", []), ("dirk", [2])):
        courses = [course("robots", led_by=[lead])]
        assert sizes(learning(staff=staff, courses=courses), ALONE, LeadBesideTrainee) == expected


def test_at_another_time_the_school_s_teacher_must_be_free() -> None:
    """Carla, licensed at the school, teaches another class in the second period in week 38; Dora is always free."""
    staff = [{"id": "carla", "school": "north"}, {"id": "dora", "school": "north"}]
    times = [{"id": "other", "lesson": "l1", "weekday": "mon", "first_period": "2"}]
    class_of_hers = [
        {"school": "north", "staff": "carla", "weekday": "mon", "first_period": period, "weeks": "38"}
        for period in ("1", "2")
    ]
    moved = table(("l1", "anna", "other"))
    for led_by, at_work, expected in (
        (["carla"], [], []),
        (["carla"], class_of_hers, [1]),
        (["carla", "dora"], class_of_hers, []),
    ):
        term = learning(staff=staff, courses=[course("robots", led_by=led_by)], lesson_times=times, busy=at_work)
        assert sizes(term, moved, LeadBesideTrainee) == expected
        # At its own time she is there: that is the class.
        assert sizes(term, ALONE, LeadBesideTrainee) == []


def test_the_sentences_and_the_fact() -> None:
    """The law's, about Anna; nothing is said where nobody is learning."""
    (broken,) = breaches(learning(), ALONE, LeadBesideTrainee)
    assert (broken.professional, str(broken.when)) == ("anna", "2026-09-07")
    assert broken.sentence(NL) == "Anna staat bij Robots (l1) zonder bevoegde docent ernaast (2 data)."
    assert broken.sentence(EN) == "Anna is at Robots (l1) without a qualified lead beside (2 dates)."
    because = fact(learning(), LeadBesideTrainee)
    assert is_about(because, Owner.LAW, None)
    assert because.professional == "anna"
    assert facts(learning("bevoegd"), LeadBesideTrainee) == []


def matters() -> tuple[Term, Timetable]:
    """Anna alone."""
    return learning(professionals=[person("anna")], licences=[]), ALONE
