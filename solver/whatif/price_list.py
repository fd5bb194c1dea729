"""The price list of flexibility: every fact somebody could change, what one unit more of it brings, by whose it is.

The first page of "where do we begin?". Each line is planned anew (`solver.explain.worth`), shared out over the cores; most are proved
to bring nothing in a moment, and are counted, not listed.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from model.access import Reader, ReaderRole, may_ask_about
from model.lessons import LessonTime
from model.locale import text
from model.rule import Owner
from solver.explain.answers import Agreement
from solver.explain.base import PREPARING_SECONDS, SMALL, Base
from solver.explain.facts import SOON, Fact, FactKind, facts
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.words import Words
from solver.explain.worth import Reason, Worth, together
from solver.explain.worth_told import worth_said
from solver.parallel import share_out
from solver.whatif.comparison import Answer
from solver.whatif.release import EACH_SECONDS, worths

SHARES = (0.75, 0.5, 1.0)
"""What part of the time that is left each kind in turn may take."""


@dataclass(frozen=True, slots=True)
class PriceList:
    """Facts and what they are worth, in the order asked; those for which time was up are only counted."""

    worths: tuple[Worth, ...]
    not_looked_at: int


def price_list(region: Region, reader: Reader, seconds: float) -> PriceList:
    """What every fact is worth that this reader may ask about, as far as the time tells.

    What people can say yes to at once first, then licences, then other times of open lessons.
    """
    until = time.monotonic() + seconds
    base = region.once(Base, min(PREPARING_SECONDS, seconds / 2))
    found: list[Worth | None] = []
    for share, asked in zip(SHARES, _in_turn(region, reader), strict=False):
        enough = time.monotonic() + share * max(0.0, until - time.monotonic())
        # With more people a fact is screened in less time than a group of them is planned anew.
        groups = _groups(asked) if len(region.term.professionals) <= SMALL else []
        useless, used = _together(base, [mine for mine in groups if len(mine) > 1], enough)
        left = [fact for fact in asked if fact.key not in useless]
        left.sort(key=lambda fact: fact.key not in used)
        known = dict(zip((fact.key for fact in left), worths(base, left, enough), strict=True))
        found += [useless.get(fact.key) or known.get(fact.key) for fact in asked]
    return PriceList(tuple(each for each in found if each is not None), sum(each is None for each in found))


def _groups(asked: Iterable[Fact]) -> list[list[Fact]]:
    """Facts of one kind and one person, or one lesson."""
    found: dict[tuple[FactKind, str], list[Fact]] = {}
    for fact in asked:
        found.setdefault((fact.kind, fact.professional or fact.lesson or ""), []).append(fact)
    return list(found.values())


def _together(base: Base, groups: Sequence[list[Fact]], until: float) -> tuple[dict[str, Worth], set[str]]:
    """Facts that bring nothing because all of their group together bring nothing; and those that groups made use of.

    None alone brings more than all.
    """
    if not base.ceiling.open_places:
        return {}, set()

    def tried(mine: list[Fact]) -> tuple[bool, set[str]]:
        left = until - time.monotonic()
        if left <= 0:
            return False, set()
        found = together(base, mine, min(EACH_SECONDS, left))
        return found.answered is Answered.IMPOSSIBLE, set(_used(base, mine, found))

    try:
        answers = share_out(tried, list(groups), 4)
    except EOFError:  # a process ended: then nothing is known of any group
        return {}, set()
    useless = {
        fact.key: Worth((fact,), Answered.IMPOSSIBLE, 0, 0, reason=Reason.ENOUGH)
        for mine, (none, _) in zip(groups, answers, strict=True)
        if none
        for fact in mine
    }
    return useless, set().union(*(used for _, used in answers))


def _used(base: Base, mine: Sequence[Fact], found: Worth) -> Iterator[str]:
    """Which of a group's facts what was found rests on, as far as rows show: licences and times by what is given then."""
    term = base.region.term
    subjects = {term.course(term.lesson(row.lesson).course).subject.casefold() for row in found.added}
    for fact in mine:
        values = fact.change.edits[0].values or {}
        if fact.kind is FactKind.LICENCE and str(values.get("subject", "")).casefold() in subjects:
            yield fact.key
        elif fact.kind is FactKind.TIME:
            made = LessonTime.model_validate(values).id
            if any(row.option == made for row in found.added):
                yield fact.key


def _in_turn(region: Region, reader: Reader) -> Iterator[list[Fact]]:
    """What people can say yes to at once; then licences; then other times of open lessons."""
    term = region.term
    mine = [each.id for each in term.professionals if may_ask_about(term, reader, each.id)]
    yield list(facts(region, people=mine, kinds=SOON))
    yield list(facts(region, people=mine, kinds=(FactKind.LICENCE,)))
    if reader.role not in (ReaderRole.EMPLOYER, ReaderRole.PROFESSIONAL):
        of_lessons = (facts(region, lesson=lesson, kinds=(FactKind.TIME,)) for lesson in region.open_lessons)
        yield [fact for each in of_lessons for fact in each]


class PriceRow(Answer):
    """What one unit more brings."""

    kind: FactKind
    owners: tuple[Owner, ...]
    change: Agreement
    lower: int
    upper: int
    gain: int
    sentence: str
    fills: Annotated[tuple[str, ...], Field(description="lessons that are then filled")]


class PriceAnswer(Answer):
    """The price list: what brings something, most first."""

    sentence: str
    rows: tuple[PriceRow, ...]
    zeros: Annotated[int, Field(description="facts that are proved to bring nothing")]
    not_looked_at: int


def prices_told(found: PriceList, region: Region, reader: Reader, lang: str) -> PriceAnswer:
    """A price list in words."""
    words = Words(region, reader, lang)
    useful = [each for each in found.worths if each.upper]
    useful.sort(key=lambda each: (-each.gain, -each.lower, each.upper, each.facts[0].change.price))
    looked_at = len(found.worths)
    return PriceAnswer(
        sentence=text("whatif.prices.summary", lang, n=looked_at),
        rows=tuple(_row(each, words, lang) for each in useful),
        zeros=looked_at - len(useful),
        not_looked_at=found.not_looked_at,
    )


def _row(found: Worth, words: Words, lang: str) -> PriceRow:
    (fact,) = found.facts
    seen = words.may_read_all((*found.removed, *found.added))
    return PriceRow(
        kind=fact.kind,
        owners=fact.change.owners,
        change=words.agreement(fact.change),
        lower=found.lower,
        upper=found.upper,
        gain=found.gain,
        sentence=worth_said(found, lang),
        fills=tuple(words.called(each) for each in found.lessons) if seen else (),
    )
