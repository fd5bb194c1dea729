"""The fragility map and whom to recruit, in words for one reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import Field

from model import names
from model.access import Reader, may_ask_about
from model.fields import HalfDay, Weekday
from model.locale import word
from model.people import LicenceLevel
from model.sites import Sector
from solver.explain.answers import Agreement
from solver.explain.region import Region
from solver.explain.words import Words as FactWords
from solver.whatif.comparison import Answer
from solver.whatif.fragile import Fragility, Ill, Leaving, LessonRisk, expected
from solver.whatif.recruit import Recruit, Recruiting
from solver.whatif.words import Words


class BackupRow(Answer):
    """Who could best take over a lesson for good."""

    professional: str
    name: str
    at_once: bool
    price: int
    changes: tuple[Agreement, ...]


class LessonRow(Answer):
    """A lesson that is given."""

    lesson: str
    called: str
    school: str
    given_by: tuple[str, ...]
    teachers: Annotated[int, Field(description="how many people could give it at all, who gives it included")]
    backup: BackupRow | None
    sentence: str


class LeavingRow(Answer):
    """What falls over if somebody leaves."""

    professional: str
    name: str
    lessons: int
    least: Annotated[int, Field(description="lessons that fall open, whatever everybody else does: proved")]
    most: Annotated[int, Field(description="lessons that fall open in what was found")]
    lost: tuple[str, ...]
    sentence: str


class IllRow(Answer):
    """What falls over on a date if somebody is ill on a weekday."""

    professional: str
    name: str
    weekday: Weekday
    lessons: int
    uncovered: tuple[str, ...]
    dates: int


class FragilityAnswer(Answer):
    """What the timetable hangs on."""

    sentence: str
    alone: Annotated[int, Field(description="lessons that one person alone could give")]
    lessons: tuple[LessonRow, ...]
    leaving: tuple[LeavingRow, ...]
    ill: tuple[IllRow, ...]
    expected: Annotated[
        float, Field(description="lessons on dates that are lost in a term to illness, at the rates given")
    ]
    rate: float
    not_looked_at: int


def fragility_told(
    found: Fragility, region: Region, reader: Reader, lang: str, *, rate: float, rates: Callable[[str], float]
) -> FragilityAnswer:
    """A map in words; of people only those this reader may ask about."""
    told = _Told(region, reader, lang)
    seen = [each for each in found.lessons if all(may_ask_about(region.term, reader, who) for who in each.given_by)]
    leaving = [each for each in found.leaving if may_ask_about(region.term, reader, each.professional)]
    ill = [each for each in found.ill if may_ask_about(region.term, reader, each.professional)]
    alone = sum(each.teachers == 1 for each in seen)
    lost = expected(ill, rates)
    return FragilityAnswer(
        sentence=told.words.say("fragile.summary", n=alone, lost=round(lost), percent=round(100 * rate, 1)),
        alone=alone,
        lessons=tuple(told.lesson(each) for each in sorted(seen, key=lambda each: (each.teachers, each.lesson))),
        leaving=tuple(told.leaving(each) for each in sorted(leaving, key=lambda each: -len(each.lost))),
        ill=tuple(told.ill(each) for each in sorted(ill, key=lambda each: -each.lost)),
        expected=round(lost, 1),
        rate=rate,
        not_looked_at=found.not_looked_at,
    )


class _Told:
    def __init__(self, region: Region, reader: Reader, lang: str) -> None:
        self.region, self.reader = region, reader
        self.words = Words(region.term, reader, lang)
        self.facts = FactWords(region, reader, lang)

    def lesson(self, risk: LessonRisk) -> LessonRow:
        term = self.region.term
        backup = None
        if risk.backup is not None and may_ask_about(term, self.reader, risk.backup.professional):
            backup = BackupRow(
                professional=risk.backup.professional,
                name=names.person(term, risk.backup.professional),
                at_once=not risk.backup.changes,
                price=risk.backup.price,
                changes=tuple(self.facts.agreement(each) for each in risk.backup.changes),
            )
        if backup is not None:
            key = "at_once" if backup.at_once else "agree"
        else:
            key = "hidden" if risk.backup is not None else "nobody" if risk.looked_at else "not_looked_at"
        said = self.words.say(f"fragile.backup.{key}", person="" if backup is None else backup.name)
        return LessonRow(
            lesson=risk.lesson,
            called=self.facts.called(risk.lesson),
            school=names.school(term, term.course(term.lesson(risk.lesson).course).school),
            given_by=tuple(self.words.people(risk.given_by)),
            teachers=risk.teachers,
            backup=backup,
            sentence=f"{self.words.say('fragile.teachers', n=risk.teachers)} {said}",
        )

    def leaving(self, row: Leaving) -> LeavingRow:
        most = len(row.lost)
        key = "nothing" if not most else "exact" if row.least == most else "between"
        name = names.person(self.region.term, row.professional)
        said = {"n": most, "low": row.least, "total": len(row.lessons), "person": name}
        return LeavingRow(
            professional=row.professional,
            name=name,
            lessons=len(row.lessons),
            least=row.least,
            most=most,
            lost=tuple(self.facts.called(each) for each in row.lost),
            sentence=self.words.say(f"fragile.leaves.{key}", **said),
        )

    def ill(self, row: Ill) -> IllRow:
        return IllRow(
            professional=row.professional,
            name=names.person(self.region.term, row.professional),
            weekday=row.weekday,
            lessons=len(row.lessons),
            uncovered=tuple(self.facts.called(each) for each in row.uncovered),
            dates=row.dates,
        )


class RecruitRow(Answer):
    """Somebody to look for."""

    subject: str
    sector: Sector
    level: LicenceLevel
    town: str
    weekday: Weekday
    half_day: HalfDay
    gain: Annotated[int, Field(description="open lessons they could take as everything stands: found and judged")]
    lower: Annotated[int, Field(description="no fewer places can be filled with them than without, proved")]
    upper: Annotated[int, Field(description="no more, proved")]
    lessons: tuple[str, ...]
    schools: tuple[str, ...]
    sentence: str
    vacancy: Annotated[str, Field(description="the same as a text to publish")]


class RecruitAnswer(Answer):
    """Whom to look for, by what they would bring."""

    sentence: str
    people: tuple[RecruitRow, ...]
    looked_at: int


def recruit_told(found: Recruiting, region: Region, reader: Reader, lang: str) -> RecruitAnswer:
    """Profiles in words."""
    words, facts = Words(region.term, reader, lang), FactWords(region, reader, lang)
    rows = tuple(_recruit(each, region, words, facts) for each in found.best)
    sentence = (
        words.say("recruit.summary", n=found.looked_at) if rows else words.say("recruit.nobody", n=found.looked_at)
    )
    return RecruitAnswer(sentence=sentence, people=rows, looked_at=found.looked_at)


def _recruit(row: Recruit, region: Region, words: Words, facts: FactWords) -> RecruitRow:
    profile, term = row.profile, region.term
    lessons = tuple(facts.called(each) for each in row.lessons)
    schools = tuple(
        dict.fromkeys(names.school(term, term.course(term.lesson(each).course).school) for each in row.lessons)
    )
    said = {
        "subject": profile.subject,
        "sector": profile.sector.value,
        "level": word("licencelevel", profile.level.value, words.lang),
        "town": profile.town,
        "when": (profile.weekday, profile.half_day),
    }
    key = "exact" if row.gain == row.lower == row.upper else "between"
    return RecruitRow(
        subject=profile.subject,
        sector=profile.sector,
        level=profile.level,
        town=profile.town,
        weekday=profile.weekday,
        half_day=profile.half_day,
        gain=row.gain,
        lower=row.lower,
        upper=row.upper,
        lessons=lessons,
        schools=schools,
        sentence=words.say(f"recruit.{key}", n=row.gain, low=row.lower, most=row.upper, **said),
        vacancy=words.say("recruit.vacancy", n=len(lessons), lessons=list(lessons), schools=list(schools), **said),
    )
