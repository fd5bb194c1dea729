"""A comparison in words and figures for one reader: one column a variant, and what each is against the base."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from model import names
from model.access import Reader, ReaderRole, may_see_employer, may_see_euros, may_see_hours
from model.demands import expanded
from model.figures import EmployerFigures, Figures, SchoolFigures
from model.law_report import Measure
from model.lessons import Priority
from model.timetable import Status, gap_to_say
from solver.whatif.compare import Alone, Difference, difference
from solver.whatif.variants import Interval, Sure, Variant
from solver.whatif.words import Words


class Answer(BaseModel):
    """What answers about scenarios are."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Between(Answer):
    """Where something lies, proved; null where nothing is known on that side."""

    low: int | None
    high: int | None

    @classmethod
    def of(cls, interval: Interval) -> Between:
        """As an answer."""
        return cls(low=interval.low, high=interval.high)


class PriorityRow(Answer):
    """Lessons of one priority."""

    priority: Priority
    lessons: int
    filled: int


class SchoolRow(Answer):
    """What a school gets."""

    school: str
    name: str
    lessons: int
    filled: int
    hours: float
    share: Annotated[float, Field(description="part of its lesson time that is staffed, 0 to 1")]
    people: int


class EmployerRow(Answer):
    """What an employer gives; only of employers that this reader may see."""

    employer: str
    name: str
    people: int
    half_days: int
    hours: float
    euros: float | None


class LawRow(Answer):
    """Whether the law is kept, and by how much for who may see that."""

    measure: Measure
    kept: bool
    margin: Annotated[int | None, Field(description="least minutes to spare; null for who may not see hours")]


class Shown(Answer):
    """Key figures of one timetable, as this reader may see them."""

    lessons: int
    filled: int
    priorities: tuple[PriorityRow, ...]
    classes: int
    pupils: int
    people: int
    schools: tuple[SchoolRow, ...]
    employers: tuple[EmployerRow, ...]
    travel_minutes: int
    changed_lessons: int
    moved_people: int
    least_share: float
    law: tuple[LawRow, ...]


class Column(Answer):
    """One variant: the base (without id), or a scenario."""

    scenario: Annotated[str | None, Field(description="id; null for the base")]
    name: str
    changes: tuple[str, ...]
    status: Status
    sentence: str
    seconds: float
    gap: Annotated[float | None, Field(description="proven relative distance to the best, rounded up")]
    value: Between
    lessons: Between
    figures: Shown | None


class LessonRow(Answer):
    """A lesson that others give."""

    lesson: str
    called: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class PersonRow(Answer):
    """Somebody who gives other lessons."""

    professional: str
    name: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


class GainRow(Answer):
    """Lessons filled at a school, or half-days an employer gives away, before and after."""

    row: str
    name: str
    before: int
    after: int


class Against(Answer):
    """What a variant is against the base."""

    scenario: str
    name: str
    sentence: Annotated[str, Field(description="whether it is really better, in lessons and as a whole")]
    value: Between
    value_sure: Sure
    lessons: Between
    lessons_sure: Sure
    of_lessons: tuple[LessonRow, ...]
    of_people: tuple[PersonRow, ...]
    of_schools: tuple[GainRow, ...]
    of_employers: tuple[GainRow, ...]


class AloneRow(Answer):
    """What a school could fill if nobody else asked for anybody."""

    school: str
    name: str
    lessons: int
    together: int
    alone: Between
    sentence: str


class Comparison(Answer):
    """Scenarios beside their base."""

    columns: tuple[Column, ...]
    against: tuple[Against, ...]
    alone: tuple[AloneRow, ...] = ()


def comparison(variants: Sequence[Variant], reader: Reader, lang: str, by_itself: Sequence[Alone] = ()) -> Comparison:
    """What solved variants (the base first) are, in words for a reader."""
    base, *others = variants
    told = _Told(base, reader, lang)
    return Comparison(
        columns=tuple(told.column(each) for each in variants),
        against=tuple(told.against(each) for each in others),
        alone=tuple(told.alone(each) for each in by_itself),
    )


class _Told:
    def __init__(self, base: Variant, reader: Reader, lang: str) -> None:
        self.base = base
        self.reader = reader
        self.words = Words(expanded(base.term), reader, lang)

    def column(self, variant: Variant) -> Column:
        outcome, words = variant.outcome, self.words
        name = words.say("base") if variant.scenario is None else variant.scenario.called
        gap = None if outcome.gap is None else gap_to_say(outcome.gap)
        return Column(
            scenario=None if variant.scenario is None else variant.scenario.id,
            name=name,
            changes=() if variant.applied is None else tuple(words.changes(variant.applied)),
            status=outcome.status,
            sentence=self.said(variant),
            seconds=round(variant.seconds, 3),
            gap=gap,
            value=Between.of(variant.value),
            lessons=Between.of(variant.lessons),
            figures=None if variant.figures is None else self.shown(variant, variant.figures),
        )

    def said(self, variant: Variant) -> str:
        """What was found, and how sure it is."""
        words, lessons = self.words, variant.lessons
        if lessons.low is None:
            return words.say(f"none.{variant.outcome.status.value}")
        filled = words.say("filled", n=lessons.low, total=variant.outcome.lessons.total)
        if variant.outcome.status is Status.PROVED_BEST:
            return f"{filled} {words.say('proved')}"
        more = "" if lessons.high is None else words.say("to_win", n=lessons.high - lessons.low)
        gap = "" if variant.outcome.gap is None else words.say("within", percent=_percent(variant.outcome.gap))
        return " ".join(part for part in (filled, more, gap) if part)

    def shown(self, variant: Variant, found: Figures) -> Shown:
        term = variant.term
        return Shown(
            lessons=found.lessons,
            filled=found.filled,
            priorities=tuple(PriorityRow(**each.model_dump()) for each in found.priorities),
            classes=found.classes,
            pupils=found.pupils,
            people=found.people,
            schools=tuple(_school(each, names.school(term, each.school)) for each in found.schools),
            employers=tuple(
                self._employer(each, term.employer(each.employer).name)
                for each in found.employers
                if may_see_employer(self.reader, each.employer)
            ),
            travel_minutes=found.travel_minutes,
            changed_lessons=found.changed_lessons,
            moved_people=found.moved_people,
            least_share=found.least_share,
            law=tuple(
                LawRow(
                    measure=each.measure,
                    kept=each.margin >= 0,
                    margin=each.margin if may_see_hours(term, self.reader, each.professional, ()) else None,
                )
                for each in found.law
            ),
        )

    def _employer(self, row: EmployerFigures, name: str) -> EmployerRow:
        euros = row.euros if may_see_euros(self.reader, row.employer) else None
        return EmployerRow(
            employer=row.employer, name=name, people=row.people, half_days=row.half_days, hours=row.hours, euros=euros
        )

    def against(self, variant: Variant) -> Against:
        scenario, found, words = variant.scenario, difference(self.base, variant), self.words
        assert scenario is not None, "only the base has none, and it is not compared with itself"
        own = variant.term
        schools = {each.id: each.name for each in (*self.base.term.schools, *own.schools)}
        employers = {each.id: each.name for each in (*self.base.term.employers, *own.employers)}
        return Against(
            scenario=scenario.id,
            name=scenario.called,
            sentence=self.really(found, variant),
            value=Between.of(found.value),
            value_sure=found.value_sure,
            lessons=Between.of(found.lessons),
            lessons_sure=found.lessons_sure,
            of_lessons=tuple(
                LessonRow(
                    lesson=each.lesson,
                    called=words.lesson(each.lesson, own),
                    before=tuple(words.people(each.before, own)),
                    after=tuple(words.people(each.after, own)),
                )
                for each in found.of_lessons
                if self._may_read_lesson(each.before, each.after, variant)
            ),
            of_people=tuple(
                PersonRow(
                    professional=each.professional,
                    name=words.person(each.professional, own),
                    gained=tuple(words.lesson(lesson, own) for lesson in each.gained),
                    lost=tuple(words.lesson(lesson, own) for lesson in each.lost),
                )
                for each in found.of_people
                if words.may_read_of(each.professional, own)
            ),
            of_schools=tuple(
                GainRow(row=each.row, name=schools[each.row], before=each.before, after=each.after)
                for each in found.of_schools
                if each.before != each.after
            ),
            of_employers=tuple(
                GainRow(row=each.row, name=employers[each.row], before=each.before, after=each.after)
                for each in found.of_employers
                if each.before != each.after and may_see_employer(self.reader, each.row)
            ),
        )

    def _may_read_lesson(self, before: Sequence[str], after: Sequence[str], variant: Variant) -> bool:
        """Whoever asks about own people reads of lessons that fill or fall open, and of theirs."""
        if self.reader.role not in (ReaderRole.EMPLOYER, ReaderRole.PROFESSIONAL) or not before or not after:
            return True
        return any(self.words.may_read_of(each, variant.term) for each in (*before, *after))

    def really(self, found: Difference, variant: Variant) -> str:
        """Whether there is a real difference, in lessons first."""
        words = self.words
        if variant.lessons.low is None:
            return words.say(f"none.{variant.outcome.status.value}")
        now, was = variant.lessons.low, self.base.lessons.low or 0
        both = variant.outcome.status is self.base.outcome.status is Status.PROVED_BEST
        if found.lessons_sure in (Sure.MORE, Sure.LESS):
            ends = [each for each in (found.lessons.low, found.lessons.high) if each is not None]
            least = min((abs(each) for each in ends), default=0)
            lessons = words.say(f"really.{found.lessons_sure.value}", n=least)
        elif found.lessons_sure is Sure.SAME:
            lessons = words.say("really.same")
        elif now == was:
            lessons = words.say("really.as_many", n=now)
        else:
            key = "best" if both else "found"
            lessons = words.say(f"really.{key}_{'more' if now > was else 'fewer'}", n=abs(now - was))
        return f"{lessons} {words.say(f'whole.{found.value_sure.value}')}"

    def alone(self, row: Alone) -> AloneRow:
        words, most = self.words, row.alone
        name = names.school(self.base.term, row.school)
        key = "unknown" if most.low is None else "alone" if most.low == most.high else "alone_about"
        return AloneRow(
            school=row.school,
            name=name,
            lessons=row.lessons,
            together=row.together,
            alone=Between.of(most),
            sentence=words.say(
                f"school.{key}", school=name, together=row.together, most=most.low or 0, total=row.lessons
            ),
        )


def _school(row: SchoolFigures, name: str) -> SchoolRow:
    return SchoolRow(
        school=row.school,
        name=name,
        lessons=row.lessons,
        filled=row.filled,
        hours=row.hours,
        share=round(row.share, 4),
        people=row.people,
    )


def _percent(gap: float) -> float:
    return round(100 * gap_to_say(gap), 2)
