"""The real-school adapter on a made-up school of six lessons (folder `school`).

Bram is not there on Tuesday and Anna is busy on Wednesday, so maths is shared by both: one split. Anna's busy rows sum
to 2.000001 of her 4, so she has two lessons left, thanks to the tolerance. On Monday maths and biology are at the same
time. Hence Anna gives maths on Monday and Tuesday, Bram the rest but art, and biology stays whole: one split in all.
Art takes a workload of 2; Anna has no room beside Tuesday and Monday, nor Bram beside three lessons, so Chris gives it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.real_school import Report, answer, published, read, report, run
from benchmarks.rows import UnreadableError
from model.lessons import Continuity
from model.locale import LANGUAGES
from model.timetable import Assignment, Status, Timetable
from solver.solve import solve

SCHOOL = Path(__file__).parent / "school"
BEST = {"M-mon": "Anna", "M-tue": "Anna", "M-wed": "Bram", "B-mon": "Bram", "B-thu": "Bram", "A-fri": "Chris"}
SECONDS = 60

Change = Callable[[str, str, str], Path]


@pytest.fixture(scope="module")
def solved() -> Report:
    return run(SCHOOL, SECONDS)


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    """Make a copy of the school in which one piece of one file, found there once, reads otherwise."""

    def change(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "school"
        shutil.copytree(SCHOOL, folder)
        before = (folder / file).read_text()
        assert before.count(old) == 1
        (folder / file).write_text(before.replace(old, new))
        return folder

    return change


def timetable(given: dict[str, str]) -> Timetable:
    return Timetable(assignments=tuple(Assignment(lesson=lesson, professional=who) for lesson, who in given.items()))


def test_the_optimum_of_the_sample_is_found_and_proved(solved: Report) -> None:
    """Six lessons staffed, one split, proved least."""
    assert solved.status is Status.PROVED_BEST
    assert solved.ours is not None
    assert (solved.lessons, solved.courses) == (6, 2)
    assert (solved.ours.staffed, solved.ours.splits, solved.proved_splits) == (6, 1, 1)
    assert solved.ours.breaches == ()
    assert solved.passed


def test_the_optimum_is_the_one_found_by_hand() -> None:
    """The only timetable with one split is the one the head of this file derives."""
    outcome = solve(read(SCHOOL), seconds=SECONDS)
    assert {row.lesson: row.professional for row in outcome.assignments} == BEST
    # A lesson period is worth 6 points, one for each lesson; art takes two; a split takes one off: 7 * 6 - 1.
    assert outcome.value == 41


def test_the_published_answer_is_legal_with_more_splits(solved: Report) -> None:
    """The published answer staffs all six, and splits maths and biology."""
    assert solved.published.model_dump() == {"staffed": 6, "splits": 2, "breaches": ()}


# One lesson of the best timetable given otherwise, and the rules that are broken by it.
ILLEGAL = [
    # Both lessons of Monday's first period.
    ("B-mon", "Anna", {"clash", "lessons_per_week"}),
    ("M-mon", "Bram", {"clash"}),
    # Not there, or busy.
    ("M-tue", "Bram", {"availability"}),
    ("M-wed", "Anna", {"availability", "lessons_per_week"}),
    # Two left for Anna: a third lesson is too much. Four left for Bram: three lessons and art's two are too much.
    ("B-thu", "Anna", {"lessons_per_week"}),
    ("A-fri", "Bram", {"lessons_per_week"}),
    # Not among the qualified.
    ("B-thu", "Chris", {"licence"}),
]


@pytest.mark.parametrize(("lesson", "teacher", "rules"), ILLEGAL)
def test_an_illegal_published_answer_is_reported(lesson: str, teacher: str, rules: set[str], tmp_path: Path) -> None:
    """Each way to break the school's rules is found in a published answer."""
    folder = tmp_path / "school"
    shutil.copytree(SCHOOL, folder)
    rows = [f"{each};{who}" for each, who in {**BEST, lesson: teacher}.items()]
    (folder / "published.csv").write_text("\n".join(["lesson;teacher", *rows, ""]))
    judged = answer(read(folder), published(folder))
    assert {breach.rule for breach in judged.breaches} == rules


def test_a_planted_clash_is_named_in_both_languages(changed: Change, solved: Report) -> None:
    """The report says who clashes, and that the published answer breaks a rule."""
    # Bram then gives maths and biology on Monday, and four lessons, which is just not too much.
    folder = changed("published.csv", "B-mon;Anna", "B-mon;Bram")
    found = report(folder, solve(read(folder), seconds=SECONDS))
    assert [breach.rule for breach in found.published.breaches] == ["clash"]
    for lang in LANGUAGES:
        said = "\n".join(found.lines(lang))
        assert "Bram" in said
        assert "Bram" not in "\n".join(solved.lines(lang))


def test_an_open_lesson_is_not_counted_as_staffed() -> None:
    """Leaving art out breaks must-fill and leaves five lessons staffed."""
    judged = answer(read(SCHOOL), timetable({lesson: who for lesson, who in BEST.items() if lesson != "A-fri"}))
    assert (judged.staffed, {breach.rule for breach in judged.breaches}) == (5, {"must_fill"})


def test_a_school_that_cannot_be_staffed_is_impossible(changed: Change) -> None:
    """Where nobody has room for art the report has no answer of ours and does not pass."""
    folder = changed("lessons.csv", ";*", ";Anna")
    found = report(folder, solve(read(folder), seconds=SECONDS))
    assert (found.status, found.ours, found.proved_splits, found.passed) == (Status.IMPOSSIBLE, None, None, False)
    assert all(list(found.lines(lang)) for lang in LANGUAGES)


def test_more_splits_than_proved_do_not_pass(solved: Report) -> None:
    """A report passes only when its splits are the proved number and every lesson is staffed."""
    assert solved.ours is not None
    for change in ({"splits": 2}, {"staffed": 5}):
        assert not solved.model_copy(update={"ours": solved.ours.model_copy(update=change)}).passed


@pytest.mark.parametrize(
    ("busy", "anna"),
    [
        # 4 - 0.666667 - 2 * 0.666667 = 1.999999, within the tolerance of 2.
        ("0.666667", 2),
        # 4 - 0.667 - 1.333334 = 1.999666 likewise; 4 - 0.668 - 1.333334 = 1.998666 is not.
        ("0.667", 2),
        ("0.668", 1),
        # More than the limit already: nothing left, and not less than nothing.
        ("9.5", 0),
    ],
)
def test_workload_left_is_counted_with_the_tolerance(busy: str, anna: int, changed: Change) -> None:
    """What is left of a limit is rounded down to whole lessons, with a thousandth to spare."""
    term = read(changed("busy.csv", "Anna;3;1;2;0.666667", f"Anna;3;1;2;{busy}"))
    left = {person.id: person.max_lessons_per_week for person in term.professionals}
    assert left == {"Anna": anna, "Bram": 4, "Chris": None}


def test_fractional_lessons_are_counted_in_smaller_units(changed: Change) -> None:
    """One lesson of a third makes a third of a workload the unit, for lessons and limits alike."""
    term = read(changed("lessons.csv", "B-thu;biology;0;4;1;1;1.0", "B-thu;biology;0;4;1;1;0.333333"))
    assert {lesson.id: lesson.lesson_periods for lesson in term.lessons} == {
        "M-mon": 3, "M-tue": 3, "M-wed": 3, "B-mon": 3, "B-thu": 1, "A-fri": 6,
    }  # fmt: skip
    # Anna has 1.999999 left, or 6 thirds; Bram 12.
    assert [person.max_lessons_per_week for person in term.professionals] == [6, 12, None]
    found = solve(term, seconds=SECONDS).timetable
    assert found is not None
    assert answer(term, found).splits == 1


def test_events_without_a_wish_are_courses_of_their_own() -> None:
    """Maths joins two events; art, which nobody wishes to keep together, is free to share."""
    courses = {course.name: course.continuity for course in read(SCHOOL).courses}
    assert list(courses.values()) == [Continuity.WISHED, Continuity.WISHED, Continuity.FREE]
    assert {lesson.id for lesson in read(SCHOOL).lessons_of("maths/0")} == {"M-mon", "M-tue", "M-wed"}


def test_a_required_wish_keeps_the_course_together(changed: Change) -> None:
    """Where one teacher must give maths, the school cannot be staffed: maths needs both."""
    folder = changed("same_teacher.csv", "maths;0;false", "maths;0;true")
    assert solve(read(folder), seconds=SECONDS).status is Status.IMPOSSIBLE


# File, text in it, what stands there instead, line of the error, and its kind.
MALFORMED = [
    ("lessons.csv", "lesson;event;role", "lesson;event;rol", 1, "columns"),
    ("lessons.csv", "M-wed;maths-b;0;3", "M-wed;maths-b;0", 4, "columns"),
    ("lessons.csv", "M-tue;", "M-mon;", 3, "twice"),
    ("lessons.csv", "M-tue;", ";", 3, "empty"),
    ("lessons.csv", "M-wed;maths-b;0;3", "M-wed;maths-b;0;6", 4, "number"),
    ("lessons.csv", "M-wed;maths-b;0;3;1;", "M-wed;maths-b;0;3;7;", 4, "number"),
    ("lessons.csv", "art;1;5;5;2", "art;1;5;5;3", 7, "number"),
    ("lessons.csv", "5;5;2;2.0", "5;5;2;-2.0", 7, "number"),
    ("lessons.csv", "5;5;2;2.0", "5;5;2;two", 7, "number"),
    ("lessons.csv", "5;5;2;2.0", "5;5;2;0", 7, "workload"),
    ("lessons.csv", "5;5;2;2.0", "5;5;2;0.123457", 7, "workload"),
    ("lessons.csv", "3;1;1;1.0;1A;Anna Bram", "3;1;1;1.0;1A;Anna Dave", 4, "unknown"),
    ("lessons.csv", "3;1;1;1.0;1A;Anna Bram", "3;1;1;1.0;1A;Anna", 4, "differs"),
    ("teachers.csv", "Bram", "Anna", 3, "twice"),
    ("busy.csv", "Anna;3;1", "Dave;3;1", 2, "unknown"),
    ("busy.csv", "Anna;3;1", "Anna;0;1", 2, "number"),
    ("unavailable.csv", "Bram;2;1;true", "Bram;2;1;yes", 2, "flag"),
    ("unavailable.csv", "Chris;5;5;false", "Dave;5;5;false", 3, "unknown"),
    ("limits.csv", "Bram;Limit", "Dave;Limit", 3, "unknown"),
    ("limits.csv", "Bram;LimitWorkloadConstraint;0", "Bram;LimitWorkloadConstraint;1", 3, "unsupported"),
    ("limits.csv", "0;1;false", "0;1;true", 4, "unsupported"),
    ("limits.csv", "Bram;LimitWorkloadConstraint;0;4;true;1000;", "Bram;LimitWorkloadConstraint;0;4;true;1000;Day_1",
     3, "unsupported"),
    ("same_teacher.csv", "maths-a maths-b", "maths-a physics", 2, "unknown"),
    ("same_teacher.csv", "10;biology", "10;maths-b", 3, "twice"),
    ("same_teacher.csv", "biology;0;false", "maths;0;false", 3, "twice"),
    ("published.csv", "M-wed;Bram", "M-thu;Bram", 4, "unknown"),
    ("published.csv", "M-wed;Bram", "M-wed;Dave", 4, "unknown"),
    ("published.csv", "M-wed;Bram", "M-mon;Bram", 4, "twice"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "line", "why"), MALFORMED)
def test_a_malformed_row_is_refused_with_its_place(
    *, file: str, old: str, new: str, line: int, why: str, changed: Change
) -> None:
    """The error names the file and the line, in both languages, and is of the right kind."""
    folder = changed(file, old, new)
    with pytest.raises(UnreadableError) as caught:
        answer(read(folder), published(folder))
    assert (caught.value.line, caught.value.why) == (line, why)
    for lang in LANGUAGES:
        assert file in caught.value.sentence(lang)
        assert str(line) in caught.value.sentence(lang)


def test_a_missing_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    """A folder without the files is not a school."""
    with pytest.raises(FileNotFoundError):
        read(tmp_path)


def test_byte_order_mark_and_empty_lines_do_no_harm(changed: Change) -> None:
    """A file that went through a spreadsheet reads the same."""
    folder = changed("teachers.csv", "Bram\n", "\nBram\n\n")
    file = folder / "teachers.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert read(folder) == read(SCHOOL)
