"""Who is still learning is never alone with a class."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from model import names
from model.calendar import Dates, partition
from model.lessons import Course
from model.levels import LevelDates, LevelsOn
from model.rights import BESIDE_A_LEAD, busy_dates, is_busy, is_qualified, stage_on
from model.rule import Board, Candidate, Owner, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class LeadBesideTrainee(Rule):
    """Who watches or works in a duo gives a lesson only beside a qualified lead, on every date.

    The lead is a qualified teacher of the school named by the course, or somebody who gives the lesson with a full right
    and is no longer on the way there. At the lesson's own time the school's teacher is there; at another of its times
    one of them must not be busy.
    """

    name = "lead_beside_trainee"
    in_dutch = "Wie meekijkt of in een duo werkt, geeft een les alleen naast een bevoegde docent, op elke datum."
    subject = Subject.SCHOOL
    by_course = True
    source = "Follows from the licence that every lesson needs (WVO 2020 ch. 7, WEB art. 4.2.1; articles unverified)"
    owner = Owner.LAW
    negotiable = False
    may_switch_off = False
    reads = (
        "stages.subject", "stages.stage", "stages.start", "stages.end", "courses.led_by", "staff.subjects",
        "staff.school", "busy.staff", "licences.level", "licences.valid_from", "licences.valid_to",
    )  # fmt: skip
    says = {
        "title": {"nl": "Wie leert staat naast een bevoegde docent", "en": "Who is learning stands beside a lead"},
        "limit": {
            "nl": "{person} loopt mee of werkt in een duo: bij {lesson} hoort een bevoegde docent.",
            "en": "{person} watches or works in a duo: {lesson} needs a qualified lead beside.",
        },
        "broken": {
            "nl": "{person} staat bij {lesson} zonder bevoegde docent ernaast ({n} data).",
            "en": "{person} is at {lesson} without a qualified lead beside ({n} dates).",
        },
        "broken.one": {
            "nl": "{person} staat bij {lesson} zonder bevoegde docent ernaast (één datum).",
            "en": "{person} is at {lesson} without a qualified lead beside (one date).",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        term = reading.term
        if not term.stages:
            return
        levels = LevelsOn(term)
        for course in reading.courses_of(subject):
            leads = _school_leads(term, course)
            for lesson in term.lessons_of(course.id):
                wrong: dict[str, list[date]] = {}
                given = reading.of_lesson.get(lesson.id, ())
                for taught in given:
                    stage = stage_on(term, taught.professional, course.subject, taught.when)
                    if any(
                        taught.option is None or not is_busy(reading.calendar, each, taught.day, taught.stop)
                        for each in leads
                    ):
                        continue
                    if stage in BESIDE_A_LEAD and not any(
                        (other.day, other.option) == (taught.day, taught.option)
                        and levels.leads(other.professional, course, other.when)
                        for other in given
                    ):
                        wrong.setdefault(taught.professional, []).append(taught.when)
                for person, dates in wrong.items():
                    params = {"person": names.person(term, person), "lesson": names.lesson(term, lesson.id)}
                    where = {"professional": person, "lesson": lesson.id, "school": subject, "when": min(dates)}
                    yield self.breach("broken", len(dates), "dates", {**params, "n": len(dates)}, **where)

    def enforce(self, board: Board, subject: str) -> None:
        if not board.term.stages:
            return
        for course in board.term.courses_of(subject):
            led = bool(_school_leads(board.term, course))
            for lesson in board.term.lessons_of(course.id):
                for option in board.calendar.options(lesson.id):
                    if option is not None or not led:
                        self._enforce_at(board, course, lesson.id, option)

    def _enforce_at(self, board: Board, course: Course, lesson: str, option: str | None) -> None:
        """A lead for every trainee, on all dates of a lesson at one of its times."""
        levels = board.once(LevelDates)
        leads = _school_leads(board.term, course)
        given: list[tuple[Candidate, Dates]] = []
        learning: list[tuple[Candidate, Dates]] = []
        for candidate in board.candidates_for(lesson):
            dates = alone = 0
            for part in candidate.parts:
                if (part.lesson, part.option) == (lesson, option):
                    dates |= part.dates
                    without = part.dates
                    for lead in leads:
                        without &= busy_dates(board.calendar, lead, part.stop)
                    alone |= without
            given.append((candidate, dates))
            learning.append((candidate, alone & levels.beside_a_lead(candidate.professional, course.id)))
        if not any(dates for _, dates in learning):
            return
        leading = [(each, dates & levels.leads(each.professional, course.id)) for each, dates in given]
        for cell in partition(dates for _, dates in (*learning, *leading) if dates):
            beside = board.any_of(board.teaches(each) for each, dates in leading if dates & cell)
            for trainee in (each for each, dates in learning if dates & cell):
                because = self.because(
                    "limit",
                    professional=trainee.professional,
                    person=names.person(board.term, trainee.professional),
                    lesson=names.lesson(board.term, lesson),
                )
                board.limit([(board.teaches(trainee), 1), (beside, -1)], 0, because)


def _school_leads(term: Term, course: Course) -> list[str]:
    """Teachers of the school, named by the course, who may lead."""
    return [staff for staff in course.led_by if is_qualified(term, course, staff)]
