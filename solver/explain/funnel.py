"""The funnel of a lesson: how many people there are, and how many are left after each hurdle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from model.calendar import Dates
from model.locale import text
from model.rule import Because, Candidate, Hurdle
from model.rules import BY_NAME
from solver.board import Board
from solver.explain.region import Region

_ORDER = {hurdle: place for place, hurdle in enumerate(Hurdle)}


@dataclass(frozen=True, slots=True)
class Step:
    """A hurdle.

    Attributes:
        left: how many people passed it and all before it.
        fell: by rule how many it stopped, most first.
    """

    hurdle: Hurdle
    left: int
    fell: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Funnel:
    """Who could give a lesson, from everybody in the region to those whom nothing stops.

    Attributes:
        people: how many there are.
        free: who could give it at once, nothing else changed.
    """

    lesson: str
    people: int
    steps: tuple[Step, ...]
    free: tuple[str, ...]

    def sentence(self, lang: str) -> str:
        """`31 people → 9 licensed → 2 near enough → 0 with room`: hurdles that stop nobody are left out, but for the last."""
        said, before = [text("explain.people", lang, n=self.people)], self.people
        for step in self.steps:
            if step.left < before or step.hurdle is Hurdle.ROOM:
                said.append(text(f"explain.hurdle.{step.hurdle.value}", lang, n=step.left))
            before = step.left
            if not step.left:
                break
        return " → ".join(said)


def funnel(region: Region, lesson: str) -> Funnel:
    """The funnel of a lesson on the dates on which it is open; of one that is not, on all of them."""
    course = region.term.lesson(lesson).course
    board, dates = region.wide(course), region.open_dates(lesson) or region.calendar.all
    everybody = [each.id for each in region.term.professionals]
    stopped = {person: (BY_NAME[rule].hurdle, rule) for person, rule in region.unlicensed[course].items()}
    hopeful: dict[str, list[Candidate]] = {}
    for candidate in candidates_on(board, lesson, dates, region):
        hopeful.setdefault(candidate.professional, []).append(candidate)
    free = []
    for person, candidates in hopeful.items():
        furthest = max(
            (hurdle_of(board, each) or _room(region, each) for each in candidates),
            key=lambda found: len(_ORDER) if found is None else _ORDER[found[0]],
        )
        if furthest is None:
            free.append(person)
        else:
            stopped[person] = furthest
    for person in everybody:
        if person not in stopped and person not in free:
            stopped[person] = (Hurdle.FREE, "")  # no rule: the lesson has no dates they could give
    steps, left = list[Step](), len(everybody)
    for hurdle in Hurdle:
        fell = Counter(rule for at, rule in stopped.values() if at is hurdle)
        left -= fell.total()
        del fell[""]
        steps.append(Step(hurdle, left, dict(fell.most_common())))
    return Funnel(lesson, len(everybody), tuple(steps), tuple(free))


def candidates_on(board: Board, lesson: str, dates: Dates, region: Region) -> Iterator[Candidate]:
    """Candidates of a wide board that give a lesson on some of these dates."""
    for candidate in board.candidates:
        if lesson in candidate.lessons and region.calendar.in_weeks(candidate.weeks) & dates:
            yield candidate


def hurdle_of(board: Board, candidate: Candidate) -> tuple[Hurdle, str] | None:
    """The first hurdle that a candidate does not pass, and the rule that says so; None when nothing forbids it."""
    reasons = board.forbidden.get(candidate.index)
    return first_of(reasons) if reasons else None


def first_of(reasons: list[Because]) -> tuple[Hurdle, str]:
    """The first hurdle of several facts, and its rule."""
    rules = (BY_NAME[each.rule] for each in reasons)
    rule = min(rules, key=lambda each: (_ORDER[each.hurdle], each.name))
    return rule.hurdle, rule.name


def _room(region: Region, candidate: Candidate) -> tuple[Hurdle, str] | None:
    """What keeps somebody from giving this as well as all they give."""
    removed, added = region.rows_with(candidate)
    breach = next(region.judging.broken(removed=removed, added=added), None)
    return None if breach is None else (Hurdle.ROOM, breach.rule)
