"""Who may teach what."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from model import names
from model.calendar import Dates
from model.lessons import Course
from model.levels import Accepted
from model.people import Licence
from model.rights import (
    BESIDE_A_LEAD,
    UNDER_RESPONSIBILITY,
    about,
    counts_for,
    holds,
    levels_named,
    stage_dates,
    stage_on,
)
from model.rule import Board, Hurdle, Owner, Phase, Rule, Subject
from model.sites import Sector
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class LicenceRule(Rule):
    """Who gives a lesson is licensed for its subject, sector and level on every date of it.

    A fuller level counts where a lighter one is asked (a ladder per sector), temporary rights only in the sector that
    knows them. Who watches or works in a duo for a named subject is never alone and needs no licence for it yet.
    Instructors and guest teachers have a right whatever level is asked; under whom is another rule.
    """

    name = "licence"
    in_dutch = "Wie een les geeft, is op elke datum bevoegd voor haar vak, sector en niveau."
    subject = Subject.PROFESSIONAL
    source = "WVO 2020 ch. 7; WEB art. 4.2.1-4.2.4 (numbers of articles and what counts for what unverified)"
    owner = Owner.LAW
    negotiable = False
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.LICENSED
    may_switch_off = False
    stays_broken = True
    reads = (
        "licences.subject", "licences.sector", "licences.level", "licences.valid_from", "licences.valid_to",
        "licences.board", "courses.subject", "courses.sector", "courses.required_licence", "schools.sector",
        "schools.board", "stages.subject", "stages.stage", "stages.start", "stages.end",
    )  # fmt: skip
    says = {
        "title": {"nl": "Bevoegdheid", "en": "Teaching licence"},
        "none": {
            "nl": "{person} heeft geen passende bevoegdheid voor {subject}.",
            "en": "{person} has no fitting licence for {subject}.",
        },
        "dates": {
            "nl": "De bevoegdheid van {person} voor {subject} geldt niet op alle lesdata.",
            "en": "The licence of {person} for {subject} does not hold on all dates of the lesson.",
        },
        "many": {"nl": "{n} mensen hebben geen passende bevoegdheid.", "en": "{n} people have no fitting licence."},
        "many.one": {"nl": "1 persoon heeft geen passende bevoegdheid.", "en": "1 person has no fitting licence."},
        "broken": {
            "nl": "{person} geeft {lesson} zonder geldige bevoegdheid ({n} data).",
            "en": "{person} gives {lesson} without a valid licence ({n} dates).",
        },
        "broken.one": {
            "nl": "{person} geeft {lesson} zonder geldige bevoegdheid (één datum).",
            "en": "{person} gives {lesson} without a valid licence (one date).",
        },
    }

    ladder: str = Field(
        "1e>2e onderbevoegd>1e andersbevoegd>1e zij-instroom>2e",
        description="Which level counts where which is asked, outside mbo",
        json_schema_extra={"unit": "pairs of levels"},
    )
    ladder_mbo: str = Field(
        "1e>2e 2e>pdg pdg>2e pdg>geschikt zij-instroom>geschikt vrijgesteld>geschikt",
        description="The same in mbo",
        json_schema_extra={"unit": "pairs of levels"},
    )
    not_in_mbo: str = Field(
        "onderbevoegd andersbevoegd", description="Levels that mbo does not know", json_schema_extra={"unit": "levels"}
    )
    only_in_mbo: str = Field(
        "vrijgesteld", description="Levels that only mbo knows", json_schema_extra={"unit": "levels"}
    )

    @field_validator("ladder", "ladder_mbo")
    @classmethod
    def _pairs(cls, text: str) -> str:
        counts_for(text)
        return text

    @field_validator("not_in_mbo", "only_in_mbo")
    @classmethod
    def _words(cls, text: str) -> str:
        levels_named(text)
        return text

    def accepts(self, term: Term, course: Course, licence: Licence) -> bool:
        """Whether a licence gives a right to teach a course, dates aside."""
        if not about(term, course, licence):
            return False
        if licence.level in UNDER_RESPONSIBILITY:
            return True
        mbo = licence.sector is Sector.MBO
        if licence.level in levels_named(self.not_in_mbo if mbo else self.only_in_mbo):
            return False
        counts = counts_for(self.ladder_mbo if mbo else self.ladder)[licence.level]
        return not course.required_licence or not counts.isdisjoint(course.required_licence)

    def screen(self, board: Board, professional: str, courses: AbstractSet[str]) -> AbstractSet[str]:
        accepted = board.once(Accepted)
        allowed = {course for row in board.term.licences_of(professional) for course in accepted.by(self, row)}
        for stage in board.term.stages_of(professional):
            if stage.subject is not None and stage.stage in BESIDE_A_LEAD:
                allowed.update(course.id for course in board.term.courses_in(stage.subject))
        return courses & allowed

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        term, rows = reading.term, reading.term.licences_of(subject)
        wrong: dict[str, list[date]] = {}
        for taught in reading.of_person.get(subject, ()):
            course = term.course(taught.course)
            if any(self.accepts(term, course, row) and holds(row, taught.when) for row in rows):
                continue
            if stage_on(term, subject, course.subject, taught.when, named=True) not in BESIDE_A_LEAD:
                wrong.setdefault(taught.lesson, []).append(taught.when)
        for lesson, dates in wrong.items():
            params = {"person": names.person(term, subject), "lesson": names.lesson(term, lesson), "n": len(dates)}
            yield self.breach("broken", len(dates), "dates", params, professional=subject, lesson=lesson, when=dates[0])

    def enforce(self, board: Board, subject: str) -> None:
        covered: dict[str, Dates] = {}
        for row in board.term.licences_of(subject):
            dates = board.calendar.between(row.valid_from, row.valid_to)
            for course in board.once(Accepted).by(self, row):
                covered[course] = covered.get(course, 0) | dates
        for named in {row.subject for row in board.term.stages_of(subject) if row.subject is not None}:
            stages = stage_dates(board.calendar, subject, named, named=True)
            for beside in BESIDE_A_LEAD & set(stages):
                for learnt in board.term.courses_in(named):
                    covered[learnt.id] = covered.get(learnt.id, 0) | stages[beside]
        for candidate in board.candidates_of(subject):
            if candidate.dates & ~covered.get(candidate.course, 0):
                key = "dates" if covered.get(candidate.course) else "none"
                person, about_what = names.person(board.term, subject), board.term.course(candidate.course).subject
                because = self.because(key, professional=subject, person=person, subject=about_what)
                board.forbid(candidate, because)
