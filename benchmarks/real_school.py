"""A real school whose lesson times are fixed: who gives which lesson, compared with its published answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from benchmarks.school_files import published, read, worth_of_all
from model.calendar import Calendar
from model.judge import judge, lesson_count
from model.lessons import Continuity
from model.locale import text
from model.reading import Reading
from model.term import Term
from model.timetable import Breach, Outcome, Status, Timetable
from model.travel import Travel
from solver.solve import solve

__all__ = ["Answer", "Report", "answer", "published", "read", "report", "run"]


class Answer(BaseModel):
    """What one timetable achieves; a course with k teachers is split k - 1 times."""

    model_config = ConfigDict(frozen=True)

    staffed: int
    splits: int
    breaches: tuple[Breach, ...]


class Report(BaseModel):
    """Our timetable beside the published one."""

    model_config = ConfigDict(frozen=True)

    lessons: int
    courses: int
    """Courses that wish for one teacher."""
    status: Status
    seconds: float
    proved_splits: int | None
    """No timetable that staffs every lesson has fewer splits than this; None when nothing is proved."""
    ours: Answer | None
    published: Answer

    @property
    def passed(self) -> bool:
        """Whether every lesson is staffed without a breach and the number of splits is proved least."""
        ours = self.ours
        return ours is not None and (ours.staffed, ours.breaches, ours.splits) == (self.lessons, (), self.proved_splits)

    def lines(self, lang: str) -> Iterator[str]:
        """The report in words."""
        yield text("bench.real_school.size", lang, lessons=self.lessons, courses=self.courses)
        yield text("bench.real_school.status", lang, status=self.status, seconds=round(self.seconds, 2))
        if self.proved_splits is not None:
            yield text("bench.real_school.proved", lang, splits=self.proved_splits)
        for name, achieved in (("ours", self.ours), ("published", self.published)):
            if achieved is not None:
                breaches = len(achieved.breaches)
                numbers = {"staffed": achieved.staffed, "splits": achieved.splits, "breaches": breaches}
                yield text(f"bench.real_school.{name}", lang, **numbers)
                yield from (f"  {breach.sentence(lang)}" for breach in achieved.breaches)


def run(folder: Path, seconds: float) -> Report:
    """Solve the school in a folder within so many seconds and compare with its published answer.

    Raises:
        UnreadableError: a file has other columns, or a row that cannot be meant.
        OSError: a file is missing.
    """
    return report(folder, solve(read(folder), seconds=seconds))


def report(folder: Path, outcome: Outcome) -> Report:
    """Our outcome for the school in a folder beside its published answer, both judged by the rules."""
    term = read(folder)
    proved = None if outcome.bound is None else max(0, worth_of_all(term) - outcome.bound)
    return Report(
        lessons=len(term.lessons),
        courses=sum(course.continuity is Continuity.WISHED for course in term.courses),
        status=outcome.status,
        seconds=outcome.seconds,
        proved_splits=proved,
        ours=None if outcome.timetable is None else answer(term, outcome.timetable),
        published=answer(term, published(folder)),
    )


def answer(term: Term, timetable: Timetable) -> Answer:
    """What a timetable of the term achieves, as the judge sees it."""
    reading = Reading(term, timetable, Calendar(term), Travel(term))
    staffed, _ = lesson_count(reading)
    splits = 0
    for course in term.courses:
        if course.continuity is Continuity.WISHED:
            lessons = {lesson.id for lesson in term.lessons_of(course.id)}
            teachers = {row.professional for row in timetable.assignments if row.lesson in lessons}
            splits += max(0, len(teachers) - 1)
    return Answer(staffed=staffed.filled, splits=splits, breaches=judge(term, timetable).breaches)
