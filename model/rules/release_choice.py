"""Of the days an employer offers, somebody uses only so many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from model import names
from model.change import Change, Edit
from model.fields import Weekday
from model.people import Privacy, ReleaseChoice
from model.rule import Board, Owner, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class ReleaseChoiceRule(Rule):
    """Of the weekdays in a choice, a person is away from work on at most so many: the same ones in every week of it.

    Where each week is a choice of its own, another day may be used every week.
    """

    name = "release_choice"
    in_dutch = "Van de weekdagen van een keuze is iemand op hoogstens zoveel weg van het werk: in elke week dezelfde."
    subject = Subject.PROFESSIONAL
    source = "Employer's offer: so many of these days (keuzedagen)"
    owner = Owner.EMPLOYER
    privacy = Privacy.EMPLOYER
    change_price = 3
    stays_broken = True
    priced_by_unit = True
    reads = (
        "release_choices.employer", "release_choices.team", "release_choices.people", "release_choices.weekdays",
        "release_choices.at_most", "release_choices.weeks", "release_choices.anew_each_week",
        "professionals.team", "employers.release_policy",
    )  # fmt: skip
    says = {
        "title": {"nl": "Keuze uit vrijgeroosterde dagen", "en": "Choice of released days"},
        "limit": {
            "nl": "{person} mag van de aangeboden weekdagen dit aantal gebruiken: {most}.",
            "en": "Of the weekdays offered, {person} may use this many: {most}.",
        },
        "broken": {
            "nl": "{person} is op {used} verschillende aangeboden weekdagen weg; hoogstens {most} mag.",
            "en": "{person} is away on {used} different weekdays of those offered; at most {most} may be used.",
        },
        "broken_week": {
            "nl": "{person} is in week {week} op {used} aangeboden weekdagen weg; hoogstens {most} mag.",
            "en": "{person} is away on {used} of the weekdays offered in week {week}; at most {most} may be used.",
        },
        "way": {
            "nl": "{person} mag van de keuzedagen op {used} dagen weg (nu hoogstens {most}).",
            "en": "{person} may be away on {used} of the days to choose from (now at most {most}).",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        for row in _choices(reading.term, subject):
            used: dict[int | None, set[Weekday]] = {}
            for day in reading.by_day(subject):
                when = reading.calendar.date_of(day)
                week, weekday = when.isocalendar().week, Weekday.of(when)
                offered = weekday in row.weekdays or not row.weekdays
                if offered and (row.weeks is None or week in row.weeks) and reading.work_day(subject, day).away:
                    used.setdefault(week if row.anew_each_week else None, set()).add(weekday)
            for of_week, weekdays in used.items():
                over = len(weekdays) - row.at_most
                if over > 0:
                    key = "broken" if of_week is None else "broken_week"
                    params = {"person": names.person(reading.term, subject), "used": len(weekdays), "most": row.at_most}
                    yield self.breach(key, over, "days", {**params, "week": of_week}, professional=subject)

    def ways(self, reading: Reading, breach: Breach) -> Iterator[Change]:
        person, used, most = breach.professional or "", breach.params["used"], breach.params["most"]
        params = {"person": breach.params["person"], "used": used, "most": most}
        rows = [row for row in _choices(reading.term, person) if most <= row.at_most < used]
        edits = [Edit("release_choices", row.id, {"at_most": used}) for row in rows]
        yield self.way(params, *edits, professional=person, amount=used - most)

    def enforce(self, board: Board, subject: str) -> None:
        calendar = board.calendar
        for row in _choices(board.term, subject):
            because = self.because(
                "limit",
                professional=subject,
                fact=f"release_choices/{row.id}",
                person=names.person(board.term, subject),
                most=row.at_most,
            )
            away = [(board.teaches(each.candidate), each.dates) for each in board.away_of(subject)]
            weeks = list(calendar.weeks.values()) if row.anew_each_week else [calendar.all]
            for dates in weeks:
                window = dates & calendar.in_weeks(row.weeks)
                terms = []
                for weekday in dict.fromkeys(row.weekdays or Weekday):
                    here = window & calendar.on(weekday)
                    terms.append((board.any_of(literal for literal, when in away if when & here), 1))
                board.limit(terms, row.at_most, because, of=subject)


def _choices(term: Term, professional: str) -> list[ReleaseChoice]:
    """Choices that somebody has."""
    person = term.professional(professional)
    return [
        row
        for row in (term.release_choices_of(person.employer) if person.employer else ())
        if (professional in row.people if row.people else row.team in (None, person.team))
    ]
