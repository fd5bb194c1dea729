"""At how many schools somebody teaches on a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.change import Change
from model.rule import Board, Literal, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class MaxSitesPerDay(Rule):
    """A professional teaches at no more school sites on a day than they wish, or than the region sets."""

    name = "max_sites_per_day"
    in_dutch = "Iemand geeft op een dag op niet meer vestigingen les dan gewenst, of dan de regio stelt."
    subject = Subject.PROFESSIONAL
    source = "Habit: one location a day unless wished otherwise (unverified)"
    owner = Owner.PROFESSIONAL
    change_price = 2
    stays_broken = True
    priced_by_unit = True
    reads = ("professionals.max_sites_per_day",)
    says = {
        "title": {"nl": "Vestigingen per dag", "en": "School sites a day"},
        "limit": {
            "nl": "Vestigingen waar {person} op een dag lesgeeft: hoogstens {most}.",
            "en": "School sites at which {person} teaches on a day: at most {most}.",
        },
        "broken": {
            "nl": "{person} geeft op {n} data les op meer vestigingen dan {most} op een dag.",
            "en": "{person} teaches at more school sites than {most} a day on {n} dates.",
        },
        "broken.one": {
            "nl": "{person} geeft op één datum les op meer vestigingen dan {most} op een dag.",
            "en": "{person} teaches at more school sites than {most} a day on one date.",
        },
        "way": {
            "nl": "{person} geeft op één dag les op {given} vestigingen (nu hoogstens {most}).",
            "en": "{person} teaches at {given} school sites on one day (now at most {most}).",
        },
    }

    default: int | None = Field(
        None,
        ge=1,
        description="Limit for people who give none themselves; 1 is one location a day",
        json_schema_extra={"unit": "school sites"},
    )

    def _most(self, own: int | None) -> int | None:
        return self.default if own is None else own

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        most = self._most(reading.term.professional(subject).max_sites_per_day)
        if most is None:
            return
        sites: dict[date, set[str]] = {}
        for taught in reading.of_person.get(subject, ()):
            sites.setdefault(taught.when, set()).add(taught.school)
        wrong = [when for when, schools in sites.items() if len(schools) > most]
        if wrong:
            params = {"person": names.person(reading.term, subject), "most": most, "n": len(wrong)}
            yield self.breach("broken", len(wrong), "dates", params, professional=subject, when=min(wrong))

    def ways(self, reading: Reading, breach: Breach) -> Iterator[Change]:
        person = breach.professional or ""
        given = max(len({each.school for each in lessons}) for lessons in reading.by_day(person).values())
        yield from self.raised(breach, "max_sites_per_day", given=given)

    def enforce(self, board: Board, subject: str) -> None:
        most = self._most(board.term.professional(subject).max_sites_per_day)
        mine = board.candidates_of(subject)
        if most is None or len({each.school for each in mine}) <= most:
            return
        because = self.because(
            "limit",
            professional=subject,
            fact=f"professionals/{subject}",
            person=names.person(board.term, subject),
            most=most,
        )
        for day in board.days_of(subject):
            at: dict[str, list[Literal]] = {}
            for each in day.stops:
                if each.candidate is not None:
                    at.setdefault(each.candidate.school, []).append(board.teaches(each.candidate))
            board.limit([(board.any_of(literals), 1) for literals in at.values()], most, because, of=subject)
