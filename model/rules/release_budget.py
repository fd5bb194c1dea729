"""How many hours an employer gives away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from model.calendar import Dates, partition
from model.change import Change, Edit
from model.fields import clock_text
from model.people import Employer, Privacy
from model.rule import Board, Owner, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading

MANY_HOURS = 10**6
"""More than any employer gives in a quarter."""

Quarter = tuple[int, int]
"""Year and number (0 to 3) of a calendar quarter."""


class ReleaseBudget(Rule):
    """All people of an employer together are away no more hours a calendar quarter than it gives.

    What counts is work that is really given away for a lesson; hours already used count in the term's first quarter.
    """

    name = "release_budget"
    in_dutch = "Alle mensen van een werkgever samen zijn per kwartaal niet meer uren weg dan hij geeft."
    subject = Subject.EMPLOYER
    source = "Employer's budget of hours for release (vrijroosterbudget)"
    owner = Owner.EMPLOYER
    privacy = Privacy.EMPLOYER
    change_price = 3
    stays_broken = True
    reads = ("employers.release_quota_hours", "employers.release_hours_used", "employers.release_policy")
    says = {
        "title": {"nl": "Budget voor vrijroosteren", "en": "Release budget"},
        "limit": {
            "nl": "{employer} geeft in kwartaal {quarter} van {year} hoogstens dit aantal uren weg: {hours}.",
            "en": "{employer} gives away at most this many hours in quarter {quarter} of {year}: {hours}.",
        },
        "broken": {
            "nl": "De mensen van {employer} zijn in kwartaal {quarter} van {year} samen {away} uur weg; "
            "hoogstens {hours} mag.",
            "en": "The people of {employer} are away {away} hours together in quarter {quarter} of {year}; "
            "at most {hours} are given.",
        },
        "way": {
            "nl": "{employer} geeft {hours} uur per kwartaal meer vrij.",
            "en": "{employer} releases {hours} more hours a quarter.",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        employer = reading.term.employer(subject)
        if employer.release_quota_hours is None:
            return
        minutes: dict[Quarter, int] = {}
        for person in reading.term.people_of(subject):
            for day in reading.by_day(person.id):
                when = reading.calendar.date_of(day)
                quarter = (when.year, (when.month - 1) // 3)
                away = sum(piece.end - piece.start for piece in reading.work_day(person.id, day).away)
                minutes[quarter] = minutes.get(quarter, 0) + away
        for quarter, given in minutes.items():
            left = _minutes_left(reading.term, employer, quarter)
            if given > left:
                params = {**_said(employer, quarter, left), "away": clock_text(given)}
                yield self.breach("broken", given - left, "minutes", params, employer=subject)

    def ways(self, reading: Reading, breach: Breach) -> Iterator[Change]:
        employer = reading.term.employer(breach.employer or "")
        first = (str(reading.term.start.year), str((reading.term.start.month - 1) // 3 + 1))
        used = employer.release_hours_used if (breach.params["year"], breach.params["quarter"]) == first else 0
        quota = employer.release_quota_hours or 0
        left = max(0, int(60 * quota) - round(60 * used))
        hours = -(-(left + breach.size + round(60 * used) - int(60 * quota)) // 60)
        edit = Edit("employers", employer.id, {"release_quota_hours": quota + hours})
        yield self.way({"employer": employer.name, "hours": hours}, edit)

    def enforce(self, board: Board, subject: str) -> None:
        employer = board.term.employer(subject)
        if employer.release_quota_hours is None:
            return
        terms: dict[Quarter, list[tuple[int, int]]] = {quarter: [] for quarter in board.once(_quarters)}
        for person in board.term.people_of(subject):
            pushed = defaultdict(list)
            for away in board.away_of(person.id):
                pushed[away.piece].append((board.teaches(away.candidate), away.dates))
            for piece, by in pushed.items():
                for cell in partition(dates for _, dates in by):
                    gone = board.any_of(literal for literal, dates in by if dates & cell)
                    for quarter, dates in board.once(_quarters).items():
                        if cell & dates:
                            minutes = (cell & dates).bit_count() * (piece.end - piece.start)
                            terms[quarter].append((gone, minutes))
        for quarter, mine in terms.items():
            left = _minutes_left(board.term, employer, quarter)
            because = self.because("limit", fact=f"employers/{subject}", **_said(employer, quarter, left))
            board.limit(mine, left, because)


def _quarters(board: Board) -> dict[Quarter, Dates]:
    """Calendar quarters of the term with their dates."""
    found: dict[Quarter, Dates] = {}
    for day in range(board.calendar.length):
        when = board.calendar.date_of(day)
        quarter = (when.year, (when.month - 1) // 3)
        found[quarter] = found.get(quarter, 0) | 1 << day
    return found


def _minutes_left(term: Term, employer: Employer, quarter: Quarter) -> int:
    """What may still be given away in a quarter; nothing when more is already away than may be."""
    first = (term.start.year, (term.start.month - 1) // 3)
    used = employer.release_hours_used if quarter == first else 0
    given = min(employer.release_quota_hours or 0, MANY_HOURS)
    return max(0, int(60 * given) - round(60 * min(used, MANY_HOURS)))


def _said(employer: Employer, quarter: Quarter, left: int) -> dict[str, Any]:
    year, number = quarter
    return {
        "employer": employer.name,
        "quarter": str(number + 1),
        "year": str(year),
        "hours": clock_text(left),
    }
