"""What facts are worth, in words that one reader may read: asked one by one, each in a process of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from model.access import ReaderRole, may_ask_about
from model.locale import text
from model.timetable import Assignment
from solver.explain.answers import BestAnswer, Move, WorthAnswer, Worths
from solver.explain.aside import in_child
from solver.explain.base import PREPARING_SECONDS, Base
from solver.explain.best import Best, best_together
from solver.explain.facts import SOON, Fact, FactKind, facts
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.words import ReaderError, Words
from solver.explain.worth import Worth, worth

EACH_SECONDS = 2.0
"""How long one fact may be looked at."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which facts are asked about; all that can be agreed to soon where nothing is said.

    Attributes:
        people: only theirs.
        employer: only of its people.
        lesson: only what could concern this lesson, other times of it included.
        kinds: only these; licences and other times only where people or a lesson are named.
        best: also the best so many together.
    """

    people: tuple[str, ...] = ()
    employer: str | None = None
    lesson: str | None = None
    kinds: tuple[FactKind, ...] = ()
    best: int = 0


def worth_said(found: Worth, lang: str) -> str:
    """What a fact is worth, or why nothing, in words."""
    number = found.gain
    match found.answered:
        case Answered.IMPOSSIBLE:
            key = "enough" if found.reason is None else found.reason.value
        case Answered.FOUND:
            key = "found"
        case Answered.FAILED:
            key = "failed"
        case _ if not found.gain:
            key, number = "unknown", found.upper
        case _:
            key = "more" if found.lower == found.gain else "without"
    return text(f"explain.worth.{key}", lang, n=number, most=found.upper)


class WorthTold:
    """Tells what facts are worth."""

    def __init__(self, region: Region, words: Words) -> None:
        self.region, self.words = region, words

    def told(self, asked: Asked, seconds: float, tell: Callable[[BestAnswer], None]) -> Worths:
        """The worth of each, most first.

        Raises:
            ReaderError: this reader may not ask about these people.
        """
        until = time.monotonic() + seconds
        chosen = list(self._facts(asked))
        base = self.region.once(Base, min(PREPARING_SECONDS, seconds / 2))
        if not base.ceiling.open_places:
            return self._answer(base, [], 0, text("explain.worth.none_open", self.words.lang))
        known: list[Worth] = []
        share = until - (0.5 * max(0.0, until - time.monotonic()) if asked.best else 0.0)
        for fact in chosen:
            left = share - time.monotonic()
            if left <= 0:
                break
            known.append(self._worth(base, fact, min(EACH_SECONDS, left)))
        best = None
        if asked.best:
            best = self._best(base, known, asked.best, until, tell)
        return self._answer(base, known, len(chosen) - len(known), self._base(base), best)

    def _facts(self, asked: Asked) -> Iterable[Fact]:
        """Facts that are asked about and that this reader may ask about."""
        term, reader = self.region.term, self.words.reader
        for person in asked.people:
            self.words.allow(person)
        people: Collection[str] | None = asked.people or None
        if asked.employer is not None:
            if reader.role is ReaderRole.EMPLOYER and asked.employer not in reader.of:
                raise ReaderError(asked.employer)
            mine = [each.id for each in term.people_of(asked.employer)]
            people = mine if people is None else [each for each in people if each in mine]
        named = people is not None or asked.lesson is not None
        if reader.role in (ReaderRole.EMPLOYER, ReaderRole.PROFESSIONAL):
            all_of_them = (each.id for each in term.professionals) if people is None else people
            people = [each for each in all_of_them if may_ask_about(term, reader, each)]
        kinds = asked.kinds or (tuple(FactKind) if named else SOON)
        return facts(self.region, people=people, lesson=asked.lesson, kinds=kinds)

    def _worth(self, base: Base, fact: Fact, seconds: float) -> Worth:
        if fact.professional is not None:
            base.own_board(fact.professional)  # here, so that the next question about them has it
        found = in_child(lambda: worth(base, fact, seconds), seconds)
        return found or Worth((fact,), Answered.FAILED, 0, base.ceiling.open_places)

    def _best(
        self, base: Base, known: list[Worth], most: int, until: float, tell: Callable[[BestAnswer], None]
    ) -> BestAnswer:
        seconds, looked = max(0.0, until - time.monotonic()), [each.facts[0] for each in known]
        found = best_together(base, looked, most, seconds, lambda best: tell(self._together(best)), known=known)
        return self._together(found)

    def _answer(
        self, base: Base, known: list[Worth], left: int, sentence: str, best: BestAnswer | None = None
    ) -> Worths:
        order = sorted(known, key=lambda each: (-each.gain, -each.upper, sum(one.change.price for one in each.facts)))
        return Worths(
            open_places=base.ceiling.open_places,
            free=base.free,
            free_at_most=base.most,
            sentence=sentence,
            facts=tuple(self._one(each) for each in order),
            not_looked_at=left,
            best=best,
        )

    def _base(self, base: Base) -> str:
        key = "base" if not base.most else "base_free" if base.free else "base_unknown"
        params = {"open": base.ceiling.open_places, "free": base.free, "most": base.most}
        return text(f"explain.worth.{key}", self.words.lang, **params)

    def _one(self, found: Worth) -> WorthAnswer:
        (fact,) = found.facts
        return WorthAnswer(
            kind=fact.kind,
            change=self.words.agreement(fact.change),
            professional=fact.professional,
            lesson=fact.lesson,
            answered=found.answered,
            sentence=worth_said(found, self.words.lang),
            lower=found.lower,
            upper=found.upper,
            gain=found.gain,
            fills=found.lessons,
            moves=self._moves(found.removed, found.added),
        )

    def _moves(self, removed: tuple[Assignment, ...], added: tuple[Assignment, ...]) -> tuple[Move, ...]:
        seen = self.words.may_read_all((*removed, *added))
        return self.words.moves(removed, added) if seen else ()

    def _together(self, best: Best) -> BestAnswer:
        found = best.worth
        if found.gain:
            key = "best" if best.proved else "best_so_far"
        else:
            key = "best_unknown" if best.upper else "best_none"
        return BestAnswer(
            sentence=text(f"explain.worth.{key}", self.words.lang, n=found.gain, most=best.upper),
            proved=best.proved,
            changes=tuple(self.words.agreement(each.change) for each in found.facts),
            lower=found.lower,
            upper=best.upper,
            gain=found.gain,
            fills=found.lessons,
            moves=self._moves(found.removed, found.added),
        )
