"""Enough people stay at work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from model import names
from model.calendar import Calendar, Dates, partition
from model.change import Change, Edit
from model.fields import HalfDay
from model.people import Presence, Privacy, Professional
from model.rule import Board, Literal, Owner, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class PresenceRule(Rule):
    """On every half-day enough people of a group stay at work, as a number or a share, or at most so many are away together.

    Of a critical role of the employer never all are away. Where too few are at work anyway, nobody may be away.
    """

    name = "presence"
    in_dutch = "Op elk dagdeel blijven genoeg mensen van een groep op het werk, als aantal of als deel, of zijn er hoogstens zoveel tegelijk weg."
    subject = Subject.EMPLOYER
    source = "Employer's minimum presence (minimale bezetting)"
    owner = Owner.EMPLOYER
    privacy = Privacy.EMPLOYER
    change_price = 4
    stays_broken = True
    reads = (
        "presence.team", "presence.people", "presence.skill", "presence.weeks", "presence.weekday",
        "presence.half_day", "presence.minimum", "presence.minimum_share", "presence.at_most_away",
        "presence.others_present", "professionals.team", "professionals.skills", "employers.release_policy",
        "employers.critical_roles",
    )  # fmt: skip
    says = {
        "title": {"nl": "Minimale bezetting bij de werkgever", "en": "Minimum presence at the employer"},
        "limit": {
            "nl": "Bij {employer} mag van {group} hoogstens dit aantal tegelijk weg zijn ({half_day}): {most}.",
            "en": "At {employer}, of {group} at most this many may be away together ({half_day}): {most}.",
        },
        "broken": {
            "nl": "Bij {employer} is op {when} ({half_day}) van {group} dit aantal weg: {away}; hoogstens {most} mag.",
            "en": "At {employer}, away of {group} on {when} ({half_day}): {away}; at most {most} may be.",
        },
        "way": {
            "nl": "{employer} laat van {group} {n} mensen tegelijk weg (nu hoogstens {most}).",
            "en": "{employer} lets {n} people of {group} be away together (now at most {most}).",
        },
        "way.one": {
            "nl": "{employer} laat van {group} één persoon weg (nu niemand).",
            "en": "{employer} lets one person of {group} be away (now nobody).",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        term = reading.term
        for _, row in demands_of(term, subject):
            group = [person.id for person in group_of(term, row)]
            missed: Counter[tuple[int, HalfDay]] = Counter()
            for person in group:
                for day in {taught.day for taught in reading.of_person.get(person, ())}:
                    missed.update({(day, piece.half_day) for piece in reading.work_day(person, day).away})
            for (day, half_day), away in sorted(
                missed.items(), key=lambda each: (each[0][0], _ORDER.index(each[0][1]))
            ):
                when = reading.calendar.date_of(day)
                if row.half_day not in (None, half_day) or not _in_force(row, when):
                    continue
                most = most_away(row, sum(_works(reading.calendar, person, half_day) >> day & 1 for person in group))
                if away > most:
                    params = {
                        "employer": term.employer(subject).name,
                        "group": _called(term, row),
                        "half_day": half_day,
                        "when": when,
                        "away": away,
                        "most": most,
                    }
                    yield self.breach("broken", away - most, "people", params, employer=subject, when=when)

    def ways(self, reading: Reading, breach: Breach) -> Iterator[Change]:
        term, params = reading.term, {each: breach.params[each] for each in ("employer", "group", "most")}
        away = breach.params["away"]
        edits = []
        for fact, row in demands_of(term, breach.employer or ""):
            if _called(term, row) != params["group"]:
                continue
            if not fact.startswith("presence/"):
                return  # a critical role never goes without
            there = self._at_work(reading, row, breach) + row.others_present
            fewer = {
                "at_most_away": None if row.at_most_away is None else max(row.at_most_away, away),
                "minimum": None if row.minimum is None else max(0, min(row.minimum, there - away)),
                "minimum_share": None,
            }
            edits.append(Edit("presence", row.id, fewer))
        yield self.way({**params, "n": away}, *edits, amount=away - params["most"])

    def _at_work(self, reading: Reading, row: Presence, breach: Breach) -> int:
        """How many of a group would be at work on the half-day of a breach."""
        assert breach.when is not None
        day, half_day = (breach.when - reading.term.start).days, breach.params["half_day"]
        today = [reading.work_day(person.id, day) for person in group_of(reading.term, row)]
        return sum(any(piece.half_day is half_day for piece in (*each.worked, *each.away)) for each in today)

    def enforce(self, board: Board, subject: str) -> None:
        for fact, row in demands_of(board.term, subject):
            group = [person.id for person in group_of(board.term, row)]
            dates = board.calendar.in_weeks(row.weeks) & board.calendar.on(row.weekday)
            for half_day in HalfDay if row.half_day is None else (row.half_day,):
                leaving = {person: _leaving(board, person, half_day) for person in group}
                gone: dict[tuple[str, tuple[Dates, ...]], Literal] = {}
                at_work = {person: _dates_at_work(board, person, half_day) for person in group}
                for cell in partition([*(when for some in leaving.values() for when in some), *at_work.values()]):
                    if not cell & dates:
                        continue
                    away = [
                        (person, now)
                        for person, some in leaving.items()
                        if (now := tuple([when for when in some if when & cell]))
                    ]
                    most = most_away(row, sum([bool(when & cell) for when in at_work.values()]))
                    if len(away) <= most:
                        continue
                    for person, now in away:
                        if (person, now) not in gone:
                            some = leaving[person]
                            gone[person, now] = board.any_of(literal for when in now for literal in some[when])
                    because = self.because(
                        "limit",
                        fact=fact,
                        employer=board.term.employer(subject).name,
                        group=_called(board.term, row),
                        half_day=half_day,
                        most=most,
                    )
                    board.limit([(gone[each], 1) for each in away], most, because)


def demands_of(term: Term, employer: str) -> Iterator[tuple[str, Presence]]:
    """What an employer asks, each with the row that says so: its rows of presence, and one of each critical role."""
    for row in term.presence_of(employer):
        yield f"presence/{row.id}", row
    for role in dict.fromkeys(term.employer(employer).critical_roles):
        yield f"employers/{employer}", Presence(employer=employer, skill=role, minimum=1)


def group_of(term: Term, row: Presence) -> list[Professional]:
    """Whom a row is about."""
    if row.people:
        people = [term.professional(each) for each in dict.fromkeys(row.people)]
    else:
        people = [person for person in term.people_of(row.employer) if row.team in (None, person.team)]
    return [person for person in people if row.skill is None or row.skill in person.skills]


_ORDER = list(HalfDay)


def _in_force(row: Presence, when: date) -> bool:
    """Whether a row asks anything of a date."""
    if row.weeks is not None and when.isocalendar().week not in row.weeks:
        return False
    return row.weekday is None or row.weekday.iso == when.isoweekday()


def _works(calendar: Calendar, professional: str, half_day: HalfDay) -> Dates:
    """Dates on which somebody works on a half-day, given away or not."""

    def dates() -> Dates:
        mine = [piece.dates for piece in calendar.pieces(professional) if piece.half_day is half_day]
        return reduce(or_, mine, 0)

    return calendar.of_work(professional, ("at work", half_day), dates)


def _leaving(board: Board, professional: str, half_day: HalfDay) -> dict[Dates, list[Literal]]:
    """What takes somebody away from a half-day, by dates."""
    found: dict[Dates, list[Literal]] = {}
    for away in board.away_of(professional):
        if away.half_day is half_day:
            found.setdefault(away.dates, []).append(board.teaches(away.candidate))
    return found


def _dates_at_work(board: Board, professional: str, half_day: HalfDay) -> int:
    dates = 0
    for piece in board.calendar.pieces(professional):
        if piece.half_day is half_day:
            dates |= piece.dates
    return dates


def most_away(row: Presence, at_work: int) -> int:
    """How many of those who work on a half-day may be away."""
    most = at_work if row.at_most_away is None else row.at_most_away
    if row.minimum is not None:
        most = min(most, at_work + row.others_present - row.minimum)
    if row.minimum_share is not None:
        most = min(most, (at_work + row.others_present) * (100 - row.minimum_share) // 100)
    return max(0, most)


def _called(term: Term, row: Presence) -> str:
    if row.people:
        return ", ".join(names.person(term, each) for each in row.people)
    if row.team is not None:
        return term.find("teams", row.team).name or row.team
    return row.skill or term.employer(row.employer).name
