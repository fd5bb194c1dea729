"""What a term lacks before it is solved, in words that one reader may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from pydantic import BaseModel, ConfigDict, Field

from model import names
from model.access import may_ask_about
from model.locale import text
from solver.explain.before import Shortage, Shortages, shortages_aside
from solver.explain.funnel import funnel
from solver.explain.region import Region
from solver.explain.whole import Whole
from solver.explain.words import Words

SHOWN = 20
"""So many shortages, lessons and people are told; of the others how many there are."""

FEW = 2
"""Lessons that no more people than this could give are called scarce."""


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Short(_Answer):
    """Lessons that are too many for those who could give them."""

    sentence: str
    lessons: tuple[str, ...]
    called: tuple[str, ...]
    people: int
    who: tuple[str, ...] = Field(description="names of those whom this reader may ask about")
    at_most: int = Field(description="no timetable fills more of them")
    open: int = Field(description="so many stay open, whatever timetable")


class Where(_Answer):
    """What stays open at least of one subject or school."""

    called: str
    lessons: int = Field(description="lessons that compete there")
    open: int


class ScarceLesson(_Answer):
    """A lesson that nobody, or hardly anybody, could give even if they gave nothing else."""

    lesson: str
    called: str
    sentence: str
    people: int
    who: tuple[str, ...]


class ScarcePerson(_Answer):
    """Somebody without whom lessons would have nobody."""

    professional: str
    name: str
    sentence: str
    lessons: tuple[str, ...]


class Lacking(_Answer):
    """What a term lacks, proved for every timetable that breaks no rule."""

    sentence: str
    lessons: int = 0
    people: int = 0
    at_most: int = 0
    open: int = 0
    subjects: tuple[Where, ...] = ()
    schools: tuple[Where, ...] = ()
    joint: tuple[Short, ...] = ()
    more_joint: int = 0
    scarce: tuple[ScarceLesson, ...] = ()
    more_scarce: int = 0
    needed: tuple[ScarcePerson, ...] = ()
    more_needed: int = 0
    known: bool = Field(default=False, description="false where the calculation failed, and nothing is said")


def lacking(region: Region, words: Words, seconds: float) -> Lacking:
    """What a region lacks, whatever its timetable; an employer is told of its own people by name, of others how many."""
    found = shortages_aside(region.once(Whole).board, seconds)
    if found is None:
        return Lacking(sentence=text("explain.lacking.failed", words.lang))
    whole, term, lang = found.whole, region.term, words.lang
    joint = [each for each in found.joint if len(each.lessons) > 1]
    few = {lesson: people for lesson, people in found.able.of.items() if len(people) <= FEW}
    scarce = sorted(few, key=lambda each: len(few[each]))
    mine = {who: lessons for who, lessons in found.able.needed.items() if may_ask_about(term, words.reader, who)}
    said = {"lessons": len(whole.lessons), "n": len(whole.people), "most": whole.at_most, "open": whole.open}
    return Lacking(
        sentence=text(f"explain.lacking.{'short' if whole.open else 'enough'}", lang, **said),
        lessons=len(whole.lessons),
        people=len(whole.people),
        at_most=whole.at_most,
        open=whole.open,
        subjects=_where(found, lambda lesson: term.course(term.lesson(lesson).course).subject.casefold()),
        schools=_where(found, lambda lesson: names.school(term, term.course(term.lesson(lesson).course).school)),
        joint=tuple(_short(words, each) for each in joint[:SHOWN]),
        more_joint=max(0, len(joint) - SHOWN),
        scarce=tuple(_scarce(region, words, each, few[each]) for each in scarce[:SHOWN]),
        more_scarce=max(0, len(scarce) - SHOWN),
        needed=tuple(_needed(words, who, lessons) for who, lessons in list(mine.items())[:SHOWN]),
        more_needed=max(0, len(mine) - SHOWN),
        known=True,
    )


def _where(found: Shortages, place: Callable[[str], str]) -> tuple[Where, ...]:
    """What stays open at least in each place: of shortages that are all there."""
    lessons: dict[str, int] = defaultdict(int)
    least: dict[str, int] = defaultdict(int)
    for short in found.joint:
        places = [place(each) for each in short.lessons]
        for each in places:
            lessons[each] += 1
        if len(set(places)) == 1:
            least[places[0]] += short.open
    order = sorted(lessons, key=lambda each: (-least[each], -lessons[each], each))
    return tuple(Where(called=each, lessons=lessons[each], open=least[each]) for each in order if least[each])


def _short(words: Words, short: Shortage) -> Short:
    said = {"lessons": len(short.lessons), "n": len(short.people), "most": short.at_most, "open": short.open}
    return Short(
        sentence=text("explain.lacking.joint", words.lang, **said),
        lessons=short.lessons,
        called=tuple(words.called(each) for each in short.lessons),
        people=len(short.people),
        who=_names(words, short.people),
        at_most=short.at_most,
        open=short.open,
    )


def _scarce(region: Region, words: Words, lesson: str, people: tuple[str, ...]) -> ScarceLesson:
    called, steps = words.called(lesson), funnel(region, lesson).sentence(words.lang)
    said = text("explain.lacking.scarce", words.lang, lesson=called, funnel=steps)
    return ScarceLesson(lesson=lesson, called=called, sentence=said, people=len(people), who=_names(words, people))


def _needed(words: Words, person: str, lessons: tuple[str, ...]) -> ScarcePerson:
    name = names.person(words.region.term, person)
    said = text("explain.lacking.needed", words.lang, person=name, n=len(lessons))
    return ScarcePerson(professional=person, name=name, sentence=said, lessons=lessons)


def _names(words: Words, people: Iterable[str]) -> tuple[str, ...]:
    term = words.region.term
    return tuple(names.person(term, each) for each in people if may_ask_about(term, words.reader, each))
