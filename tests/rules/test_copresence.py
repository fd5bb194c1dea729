"""A responsible teacher who is there too. Lessons are on Monday 7 and 14 September, l1 from 08:30, l2 from 09:20."""

from typing import Any

from model.rule import Owner
from model.rules.copresence import Copresence
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, licence, person, small_term, table
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes


def wanted(*named: tuple[str, ...], busy: list[dict[str, Any]] | None = None, **tables: Any) -> Term:
    """A course with one lesson for each tuple of named staff, all at 08:30; Anna, Bob and Cas are guest teachers."""
    people = ("anna", "bob", "cas")
    values = {
        "professionals": [person(each) for each in people],
        "licences": [licence(each, level="gast") for each in people],
        "staff": [{"id": each, "name": each.upper(), "school": "north"} for each in ("x", "y", "z")],
        "courses": [course(f"c{number}", supervised_by=each, copresent=True) for number, each in enumerate(named)],
        "lessons": [lesson(f"l{number}", course=f"c{number}") for number in range(len(named))],
        "busy": [{"weekday": "mon", "id": f"b{number}"} | row for number, row in enumerate(busy or ())],
    }
    return small_term(**{**values, **tables})


ALL = table(("l0", "anna"), ("l1", "bob"), ("l2", "cas"))
TWO = table(("l0", "anna"), ("l1", "bob"))


def test_everybody_finds_somebody_of_their_own() -> None:
    """Three lessons at once, of which the first can do with any of three, the second with two, the third with one."""
    assert sizes(wanted(("x", "y", "z"), ("y", "z"), ("z",)), ALL, Copresence) == []
    assert sizes(wanted(("x",), ("x", "y")), TWO, Copresence) == []
    assert sizes(wanted(("x",)), table(("l0", "anna")), Copresence) == []


def test_lessons_after_each_other_can_have_the_same_teacher() -> None:
    """From 09:20 the teacher is free again."""
    lessons = [lesson("l0", course="c0"), lesson("l1", "2", course="c1")]
    assert sizes(wanted(("x",), ("x",), lessons=lessons), TWO, Copresence) == []


def test_nobody_is_wanted_at_lessons_given_by_who_may_teach_alone() -> None:
    """A full right, or a course for which nobody needs to be there."""
    full = [licence("anna"), licence("bob", level="gast")]
    assert sizes(wanted(("x",), ("x",), licences=full), TWO, Copresence) == []
    courses = [course("c0", supervised_by=["x"], copresent=True), course("c1", supervised_by=["x"])]
    assert sizes(wanted(("x",), ("x",), courses=courses), TWO, Copresence) == []


def test_one_teacher_cannot_be_at_two_lessons_at_once() -> None:
    """Two lessons of one teacher; three lessons of two: on both dates, said once."""
    assert sizes(wanted(("x",), ("x",)), TWO, Copresence) == [2]
    assert sizes(wanted(("x", "y"), ("x", "y"), ("y", "x")), ALL, Copresence) == [2]
    assert sizes(wanted(("x", "y"), ("y", "z"), ("x", "z"), ("x", "y", "z")), ALL, Copresence) == []


def test_a_teacher_who_is_busy_cannot_be_there() -> None:
    """For a while during the lesson, in one of its weeks; where two are named the other can."""
    busy = [{"staff": "x", "start": "09:00", "end": "09:10", "weeks": "37"}]
    assert sizes(wanted(("x",), busy=busy), table(("l0", "anna")), Copresence) == [1]
    assert sizes(wanted(("x", "y"), busy=busy), table(("l0", "anna")), Copresence) == []
    assert sizes(wanted(("x", "y"), ("y",), busy=busy), TWO, Copresence) == [1]
    after = [{"staff": "x", "start": "09:20", "end": "10:00"}, {"staff": "x", "start": "08:00", "end": "08:30"}]
    assert sizes(wanted(("x",), busy=after), table(("l0", "anna")), Copresence) == []


def test_who_leads_a_course_is_at_its_lessons_and_at_no_other() -> None:
    """Beside her own duo she is there already; elsewhere she is missed, and another may be there instead.

    Without Bob she gives that lesson alone.
    """

    def led(*named: tuple[str, ...], by: tuple[str, ...] = ("x",), **tables: Any) -> Term:
        mine = [course(f"c{number}", supervised_by=each, copresent=True) for number, each in enumerate(named)]
        courses = [*mine, course("duo", led_by=by, supervised_by=["x"], copresent=True)]
        lessons = [lesson(f"l{number}", course=f"c{number}") for number in range(len(named))]
        duo = lesson("duo", course="duo", weeks="37")
        return wanted(*named, **{"courses": courses, "lessons": [*lessons, duo], **tables})

    both = table(("l0", "anna"), ("duo", "bob"))
    assert sizes(led(), table(("duo", "bob")), Copresence) == []
    assert sizes(led(("y",)), both, Copresence) == []
    assert sizes(led(("x", "y")), both, Copresence) == []
    for given in (both, table(("l0", "anna"))):
        assert sizes(led(("x",)), given, Copresence) == [1]
    assert sizes(led(("x",), by=("y",)), table(("l0", "anna")), Copresence) == []
    assert sizes(led(("x",), by=("y",)), both, Copresence) == [1]
    busy = [{"staff": "x", "start": "09:00", "end": "09:10"}]
    assert sizes(led(busy=busy), table(("duo", "bob")), Copresence) == [1]


def test_a_lead_moves_with_the_lesson() -> None:
    """A lesson with another time keeps its lead at the one at which somebody gives it, and nowhere if nobody does."""
    courses = [course("c0", supervised_by=["x"], copresent=True), course("duo", led_by=["x"])]
    lessons = [lesson("l0", course="c0"), lesson("duo", "2", course="duo")]
    times = [{"id": "early", "lesson": "duo", "weekday": "mon", "first_period": "1"}]
    term = wanted(("x",), courses=courses, lessons=lessons, lesson_times=times)
    assert sizes(term, table(("l0", "anna")), Copresence) == []
    assert sizes(term, table(("l0", "anna"), ("duo", "bob")), Copresence) == []
    assert sizes(term, table(("l0", "anna"), ("duo", "bob", "early")), Copresence) == [2]


def test_teachers_may_relieve_each_other_in_the_middle_of_a_lesson() -> None:
    """One is busy in the first half, the other in the second."""
    busy = [{"staff": "x", "start": "08:30", "end": "09:00"}, {"staff": "y", "start": "09:00", "end": "09:30"}]
    assert sizes(wanted(("x", "y"), busy=busy), table(("l0", "anna")), Copresence) == []


def test_only_qualified_teachers_of_the_site_count() -> None:
    """Of another site of the board, or of another subject: nobody can be there."""
    for staff in ({"school": "south"}, {"school": "north", "subjects": ["koken"]}):
        assert sizes(wanted(("x",), staff=[{"id": "x", **staff}]), table(("l0", "anna")), Copresence) == [2]


def test_a_stage_under_responsibility_counts_like_a_guest() -> None:
    """Anna has a full licence but teaches under responsibility until the 13th."""
    stages = [{"professional": "anna", "stage": "onder_verantwoordelijkheid", "end": "2026-09-13"}]
    term = wanted((), licences=[licence("anna")], stages=stages)
    assert sizes(term, table(("l0", "anna")), Copresence) == [1]


def test_two_guests_at_one_lesson_need_one_teacher() -> None:
    """Heads do not matter."""
    courses = [course("c0", supervised_by=["x"], copresent=True, heads=2)]
    assert sizes(wanted(("x",), courses=courses), table(("l0", "anna"), ("l0", "bob")), Copresence) == []


def test_the_sentences_and_the_facts() -> None:
    """The school's: a lesson where nobody can be, or lessons that share too few."""
    (broken,) = breaches(wanted(("x",), ("x",)), TWO, Copresence)
    assert (broken.lesson, str(broken.when)) == ("l0", "2026-09-07")
    said = "Voor C0 (l0), C1 (l1) zijn er tegelijk te weinig verantwoordelijke docenten vrij (2 data)."
    assert broken.sentence(NL) == said
    assert broken.sentence(EN) == "For C0 (l0), C1 (l1) too few responsible teachers are free at once (2 dates)."
    (because,) = facts(wanted(("x", "y"), ("y", "x"), ("y", "x")), Copresence)
    assert is_about(because, Owner.SCHOOL, None)
    assert because.params == {"staff": "X, Y", "most": 2}
    assert {each.message for each in facts(wanted(()), Copresence)} == {"rule.copresence.nobody"}


def matters() -> tuple[Term, Timetable]:
    """Two lessons at once and one teacher to be there."""
    return wanted(("x",), ("x",)), TWO
