"""A stability curve and a fair split in words for one reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from model import names
from model.access import Reader, ReaderRole
from model.demands import expanded
from model.term import Term
from model.timetable import Status
from solver.explain.words import ReaderError
from solver.whatif.comparison import Answer, Between
from solver.whatif.curve import Point
from solver.whatif.fair import Among, Split, lessons, price
from solver.whatif.variants import Interval, Variant
from solver.whatif.words import Words


class PointRow(Answer):
    """What at most so many changes bring."""

    most: int
    open: Annotated[Between, Field(description="lessons that stay open: no fewer, proved; no more, found")]
    changed: Annotated[int, Field(description="published lessons that change in the timetable that was found")]
    moved: Annotated[tuple[str, ...], Field(description="who no longer gives something they were promised")]
    status: Status
    sentence: str


class CurveAnswer(Answer):
    """Open lessons at 0, 1, 2 … changes."""

    sentence: str
    points: tuple[PointRow, ...]


def curve_told(points: Sequence[Point], term: Term, reader: Reader, lang: str) -> CurveAnswer:
    """A curve in words."""
    words = Words(expanded(term), reader, lang)
    rows = []
    for point in points:
        at = point.open
        if at.high is None:
            said = words.say(f"none.{point.variant.outcome.status.value}")
        else:
            key = "exact" if at.low == at.high else "between" if at.low is not None else "least"
            said = words.say(f"curve.{key}", n=at.high, low=at.low or 0, changed=point.changed)
        rows.append(
            PointRow(
                most=point.most,
                open=Between.of(at),
                changed=point.changed,
                moved=tuple(words.people(point.moved)),
                status=point.variant.outcome.status,
                sentence=said,
            )
        )
    return CurveAnswer(sentence=_headline(rows, words), points=tuple(rows))


def _headline(rows: Sequence[PointRow], words: Words) -> str:
    known = [each for each in rows if each.open.high is not None]
    if not known:
        return words.say("curve.nothing")
    first, last = known[0], known[-1]
    won = (first.open.high or 0) - (last.open.high or 0)
    enough = next(each for each in known if each.open.high == last.open.high)
    if not won:
        return words.say("curve.flat", n=first.open.high, most=last.most)
    return words.say("curve.wins", n=won, changes=enough.most, open=first.open.high)


class SplitRow(Answer):
    """The region under a floor, or a ceiling."""

    value: Annotated[
        float, Field(description="percent of its lesson time each school has at least, or half-days an employee")
    ]
    lessons: Between
    fewer: Annotated[int | None, Field(description="lessons fewer than without it, as found")]
    status: Status
    shares: Annotated[dict[str, float], Field(description="by name: part staffed (0 to 1), or half-days an employee")]
    sentence: str


class FairAnswer(Answer):
    """What a fair split costs."""

    among: Among
    sentence: str
    base: SplitRow
    points: tuple[SplitRow, ...]
    fairest: float | None
    proved: Annotated[bool, Field(description="whether anything fairer is proved impossible")]


def may_see_split(reader: Reader, among: Among) -> bool:
    """Whether a reader may see a split: of employers it says what each of them gives, if only the one that gives most."""
    return among is Among.SCHOOLS or reader.role in (ReaderRole.ADMIN, ReaderRole.COORDINATOR)


def fair_told(split: Split, reader: Reader, lang: str) -> FairAnswer:
    """A frontier in words.

    Raises:
        ReaderError: this reader may not see it.
    """
    if not may_see_split(reader, split.among):
        raise ReaderError(split.among)
    words = Words(expanded(split.base.term), reader, lang)
    first = _value(split.base, split.among)
    fewer = dict(price(split))
    rows = tuple(
        _row(value, (each, lessons(split, value)), split.among, fewer[value], words) for value, each in split.points
    )
    proved = split.beyond is not None and split.beyond[1] is Status.IMPOSSIBLE
    if split.fairest is None or not rows:
        said = words.say(f"fair.{split.among.value}.as_fair", value=first)
    else:
        cost = min((each for value, each in fewer.items() if value == split.fairest and each is not None), default=0)
        key = "proved" if proved else "found"
        reached = words.say(f"fair.{split.among.value}.{key}", first=first, value=split.fairest)
        said = f"{reached} {words.say('fair.cost', n=max(0, cost))}"
    base = _row(first, (split.base, split.base.lessons), split.among, 0, words)
    return FairAnswer(among=split.among, sentence=said, base=base, points=rows, fairest=split.fairest, proved=proved)


def _value(variant: Variant, among: Among) -> float:
    if variant.figures is None:
        return 0.0
    return round(100 * variant.figures.least_share, 1) if among is Among.SCHOOLS else variant.figures.most_given


def _row(value: float, held: tuple[Variant, Interval], among: Among, fewer: int | None, words: Words) -> SplitRow:
    variant, counted = held
    shares: dict[str, float] = {}
    found, term = variant.figures, variant.term
    if found is not None and among is Among.SCHOOLS:
        shares = {names.school(term, each.school): round(each.share, 4) for each in found.schools}
    elif found is not None:
        sizes = {row.id: row.employees or len(term.people_of(row.id)) for row in term.employers}
        shares = {
            term.employer(each.employer).name: round(each.half_days / max(1, sizes[each.employer]), 2)
            for each in found.employers
        }
    return SplitRow(
        value=value,
        lessons=Between.of(counted),
        fewer=fewer,
        status=variant.outcome.status,
        shares=shares,
        sentence=words.say(f"fair.{among.value}.row", value=value, n=counted.low or 0, fewer=max(0, fewer or 0)),
    )
