"""Asks a region for one reader, in one language: what is known, in words this reader may read."""

from __future__ import annotations

from collections.abc import Callable

from model import names
from model.access import Reader, may_ask_about
from model.judging import Judging
from model.ledger import Ledger
from model.locale import text
from model.rules import BY_NAME
from model.timetable import Timetable
from solver.explain.answers import (
    AccountRow,
    BestAnswer,
    ConflictAnswer,
    CouldGive,
    Fell,
    Instead,
    LedgerAnswer,
    Passed,
    Points,
    RepairAnswer,
    Repairs,
    WhatCould,
    WhoCould,
    WhyNot,
    WhyOpen,
    Worths,
)
from solver.explain.aside import in_child, in_children
from solver.explain.closure import Closure, closure
from solver.explain.competing import competition
from solver.explain.conflict import conflict
from solver.explain.could import Could, could_they, what_could, who_could
from solver.explain.funnel import Funnel, funnel
from solver.explain.lacking import Lacking, lacking
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.repairs import Found, Repair, Ways, moving, together, unmoved
from solver.explain.whole import Whole
from solver.explain.why_not import forced
from solver.explain.words import Words
from solver.explain.worth_told import Asked, WorthTold

MOST_LESSONS = 10
"""So many lessons that somebody could take are told."""


class Asker:
    """Asks for one reader, in one language."""

    def __init__(self, region: Region, reader: Reader, lang: str) -> None:
        self.region = region
        self.reader = reader
        self.lang = lang
        self.words = Words(region, reader, lang)

    def why_open(self, lesson: str, seconds: float = 0.0, *, facts: bool = False) -> WhyOpen:
        """Why a lesson is open, and, with some time, whether it could be filled at all; with `facts` what keeps it from that."""
        called = self.words.called(lesson)
        if not self.region.open_dates(lesson):
            people = len(self.region.term.professionals)
            return WhyOpen(
                lesson=lesson,
                called=called,
                open=False,
                sentence=self.words.given(lesson),
                people=people,
                hurdles=(),
                free=(),
                competition=None,
            )
        found = funnel(self.region, lesson)
        out, counted = competition(self.region, self.words, lesson, seconds) if seconds else (None, None)
        return WhyOpen(
            lesson=lesson,
            called=called,
            open=True,
            sentence=text("explain.open", self.lang, lesson=called, funnel=found.sentence(self.lang)),
            people=found.people,
            hurdles=self._passed(found),
            free=tuple(each for each in found.free if may_ask_about(self.region.term, self.reader, each)),
            competition=counted,
            conflict=self._conflict(out, seconds) if facts and out is not None else None,
        )

    def _conflict(self, closed: Closure, seconds: float) -> ConflictAnswer | None:
        whole = self.region.once(Whole)
        made = in_child(lambda: conflict(whole, closed, seconds), seconds)
        if made is None:
            return None
        key = "background" if not made.facts else "minimal" if made.minimal else "longer"
        facts = (self.words.fact(each.because) for mine in made.by_owner().values() for each in mine)
        return ConflictAnswer(
            sentence=text(f"explain.conflict.{key}", self.lang), minimal=made.minimal, facts=tuple(facts)
        )

    def repairs(self, lesson: str, seconds: float, *, prove: bool = True) -> Repairs:
        """What would fill an open lesson: lessons that change hands, or agreements; of an employer's people, or one's own.

        Args:
            prove: whether to use what is left of the time for what they cost at least.
        """
        done = Ways(Answered.FOUND)
        if self.region.open_dates(lesson):
            whole, least = self.region.once(Whole), seconds / 3

            def moved() -> Found:
                return moving(self.region, lesson, closure(whole, lesson, least), 2 * least, prove=prove)

            plain, other = in_children([lambda: unmoved(self.region, lesson, seconds), moved], seconds)
            done = Ways(Answered.FAILED)
            if plain is not None and (other is not None or plain.repairs):  # else it is not known what there is
                done = together(self.region, lesson, plain, other or Found())
        return Repairs(
            lesson=lesson,
            called=self.words.called(lesson),
            answered=done.answered,
            repairs=tuple(
                self._repair(each) for each in done.repairs if self.words.may_read_all((*each.removed, *each.added))
            ),
        )

    def _repair(self, repair: Repair) -> RepairAnswer:
        return RepairAnswer(
            owners=tuple(sorted(repair.owners)),
            changes=tuple(self.words.agreement(each) for each in repair.changes),
            price=repair.price,
            lower=repair.lower,
            upper=repair.price,
            moves=self.words.moves(repair.removed, repair.added),
        )

    def shortages(self, seconds: float) -> Lacking:
        """What the term lacks, whatever timetable: lessons that stay open, lessons and people that are scarce."""
        return lacking(self.region, self.words, seconds)

    def who_could(self, lesson: str) -> WhoCould:
        """Who could give a lesson; an employer is told of its own people, a professional of themselves."""
        ranking = who_could(self.region, lesson)
        mine = [each for each in ranking.first if may_ask_about(self.region.term, self.reader, each.professional)]
        hidden = len(ranking.first) > len(mine)
        return WhoCould(
            lesson=lesson,
            called=self.words.called(lesson),
            open=bool(self.region.open_dates(lesson)),
            candidates=tuple(self.could(each) for each in mine),
            others=0 if hidden else ranking.others,
        )

    def why_not(self, lesson: str, professional: str, seconds: float = 0.0) -> WhyNot:
        """Why somebody does not give a lesson, and, with some time, what it would mean for others if they did.

        Raises:
            ReaderError: this reader may not ask about them.
        """
        self.words.allow(professional)
        called, name = self.words.called(lesson), names.person(self.region.term, professional)
        if any(row.professional == professional for row in self.region.judging.reading.assigned.get(lesson, ())):
            said = text("explain.gives_it", self.lang, person=name, lesson=called)
            return WhyNot(lesson=lesson, called=called, sentence=said, answer=None)
        could = could_they(self.region, lesson, professional)
        if could is None:
            said = text("explain.no_dates", self.lang, lesson=called)
            return WhyNot(lesson=lesson, called=called, sentence=said, answer=None)
        answer = self.could(could)
        kind = "at_once" if answer.at_once else "agree" if answer.possible else "stuck"
        params = {"person": name, "lesson": called, "n": len(answer.blockers)}
        said = text(f"explain.why_not.{kind}", self.lang, **params)
        instead = self._instead(lesson, professional, seconds) if seconds and not answer.at_once else None
        return WhyNot(lesson=lesson, called=called, sentence=said, answer=answer, instead=instead)

    def _instead(self, lesson: str, professional: str, seconds: float) -> Instead | None:
        whole = self.region.once(Whole)
        mine = (each for each in whole.eligible(lesson) if each.professional == professional)
        candidate = next((each for each in mine if each.index not in whole.held), None)
        if candidate is None:
            return None
        found = in_child(lambda: forced(whole, candidate, seconds), seconds)
        if found is None:
            said = text("explain.instead.failed", self.lang)
            return Instead(filling=Answered.FAILED, sentence=said, gain=None, at_most=None, people=0, moves=())
        impossible = found.filling.answered is Answered.IMPOSSIBLE
        if impossible and found.gain is None and set(found.filling.required) <= set(candidate.lessons):
            return None  # not even when all else falls open
        loss = -(found.gain or 0)
        if found.gain is None:
            key = "open" if impossible else "unknown"
        elif found.gain > 0:
            key = "better"
        elif found.filling.answered is Answered.FOUND:
            key = "filled" if loss else "free"
        else:
            key = "open_so" if impossible else "unknown"
        rows = (*found.removed, *found.added)
        seen = self.words.may_read_all(rows)
        params = {"points": loss, "gain": found.gain or 0, "people": found.people, "seconds": seconds}
        return Instead(
            filling=found.filling.answered,
            sentence=text(f"explain.instead.{key}", self.lang, **params),
            gain=found.gain,
            at_most=found.at_most,
            people=found.people,
            moves=self.words.moves(found.removed, found.added) if seen else (),
        )

    def worth(self, asked: Asked, seconds: float, tell: Callable[[BestAnswer], None] = lambda _: None) -> Worths:
        """What facts are worth, and the best together: an employer's own, or one's own; schools' for who runs the region.

        Raises:
            ReaderError: this reader may not ask about these people.
        """
        return WorthTold(self.region, self.words).told(asked, seconds, tell)

    def what_could(self, professional: str) -> WhatCould:
        """What somebody could take of what is open: at once, or by agreement.

        Raises:
            ReaderError: this reader may not ask about them.
        """
        self.words.allow(professional)
        found = sorted(
            (each for each in what_could(self.region, professional) if each.settled is not None),
            key=lambda each: (each.price or 0, -each.tried.gain),
        )
        name = names.person(self.region.term, professional)
        return WhatCould(
            professional=professional, name=name, lessons=tuple(self.could(each) for each in found[:MOST_LESSONS])
        )

    def ledger(self, other: Timetable | None = None) -> LedgerAnswer:
        """What the timetable is worth, or how much more than another one, as this reader may read it.

        What is private of somebody (a wish) counts for nobody in particular, unless the reader may read it.
        """
        term = self.region.term
        ledger = Ledger.of(term, map(self.words.shown, self.region.judging.costs()))
        if other is not None:
            ledger = ledger.less(Ledger.of(term, map(self.words.shown, Judging(term, other).costs())))
        accounts = {
            account: tuple(
                AccountRow(name=name, called=self.words.account(account, name), points=points)
                for name, points in each.items()
                if self.words.may_see_account(account, name)
            )
            for account, each in ledger.accounts.items()
        }
        return LedgerAnswer(value=ledger.value, accounts=accounts)

    def could(self, could: Could) -> CouldGive:
        """One way for one person, as this reader may read it."""
        changes = could.settled
        # What is private of who gives it no more would show in the points of who gives it instead.
        people = dict.fromkeys([could.professional, *(row.professional for row in (*could.removed, *could.added))])
        points = [
            Points(rule=rule, title=self.words.title(rule), points=gain)
            for rule, gain in sorted(could.tried.gains.items(), key=lambda each: -abs(each[1]))
            if all(self.words.may(BY_NAME[rule].privacy, each, None) for each in people)
        ]
        return CouldGive(
            professional=could.professional,
            name=names.person(self.region.term, could.professional),
            gives=could.candidate.lessons,
            at_once=not could.tried.breaches,
            blockers=tuple(dict.fromkeys(self.words.blocker(each) for each in could.blockers)),
            agreements=tuple(self.words.agreement(each) for each in changes or ()),
            possible=None if changes is None else True,
            points=tuple(points),
            gain=sum(each.points for each in points),
        )

    def _passed(self, found: Funnel) -> tuple[Passed, ...]:
        return tuple(
            Passed(
                hurdle=step.hurdle,
                left=step.left,
                fell=tuple(
                    Fell(rule=rule, title=self.words.title(rule), people=people) for rule, people in step.fell.items()
                ),
            )
            for step in found.steps
        )
