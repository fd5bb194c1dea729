"""Whether an open lesson can be filled, in words: by small models, and where these find no end by what the region lacks."""

from __future__ import annotations

from model.locale import text
from solver.explain.answers import Competition
from solver.explain.aside import in_child
from solver.explain.before import Shortage, Shortages, shortages_aside
from solver.explain.closure import Closure, closure
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.whole import Whole
from solver.explain.words import Words

SHORT_SECONDS = 1.0
"""How long shortages are looked for, once for a region, beside the programme over the whole of it."""


def closed(region: Region, lesson: str, seconds: float) -> Closure | None:
    """Whether a lesson can be filled while all that is filled stays so; None where that crashed or was late."""
    whole = region.once(Whole)
    return in_child(lambda: closure(whole, lesson, seconds), seconds)


def competition(region: Region, words: Words, lesson: str, seconds: float) -> tuple[Closure | None, Competition]:
    """Whether a lesson can be filled, and the lessons it competes with."""
    found = closed(region, lesson, seconds)
    if found is not None and found.answered is not Answered.UNKNOWN:
        return found, _of_closure(words, found, seconds)
    known = region.once(_short)
    shorts = () if known is None else tuple(known.of(lesson))
    settled = next((each for each in shorts if _open_now(region, each) <= each.open), None)
    if settled is not None:
        return found, _of_shortage(region, words, settled, seconds)
    if shorts:
        return found, _of_shortage(region, words, shorts[0], seconds)
    return found, _of_closure(words, found, seconds)


def _short(region: Region) -> Shortages | None:
    return shortages_aside(region.once(Whole).board, SHORT_SECONDS)


def _open_now(region: Region, short: Shortage) -> int:
    return sum(1 for each in short.lessons if region.open_dates(each))


def _of_shortage(region: Region, words: Words, short: Shortage, seconds: float) -> Competition:
    """Where no more is open than must be, filling one lesson opens another; else which of them stay open is not known."""
    now = _open_now(region, short)
    least = now <= short.open
    params = {
        "lessons": len(short.lessons), "n": len(short.people), "most": short.at_most, "open": short.open, "now": now,
        "seconds": seconds,
    }  # fmt: skip
    return Competition(
        answered=Answered.IMPOSSIBLE if least else Answered.UNKNOWN,
        sentence=text(f"explain.competition.{'short' if least else 'short_some'}", words.lang, **params),
        lessons=short.lessons,
        people=len(short.people),
        at_most=short.at_most,
        moves=(),
    )


def _of_closure(words: Words, found: Closure | None, seconds: float) -> Competition:
    if found is None:
        said = text("explain.competition.failed", words.lang)
        return Competition(answered=Answered.FAILED, sentence=said, lessons=(), people=0, at_most=None, moves=())
    seen = words.may_read_all((*found.removed, *found.added))
    return Competition(
        answered=found.answered,
        sentence=_counted(words, found, seconds),
        lessons=found.required,
        people=len(found.people),
        at_most=found.at_most,
        moves=words.moves(found.removed, found.added) if seen else (),
    )


def _counted(words: Words, found: Closure, seconds: float) -> str:
    lessons, people = len(found.required), len(found.people)
    if found.answered is Answered.FOUND:
        key = "found"
    elif found.answered is Answered.UNKNOWN:
        key = "unknown"
    elif not people:
        key = "nobody"
    elif lessons == 1:
        key = "alone"
    else:
        key = "counted"
    params = {"lessons": lessons, "n": people, "most": found.at_most or 0, "seconds": seconds}
    return text(f"explain.competition.{key}", words.lang, **params)
