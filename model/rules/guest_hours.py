"""Guest teachers give only so many hours a year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.levels import LevelDates, LevelsOn
from model.people import LicenceLevel
from model.rule import Board, Owner, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class GuestHours(Rule):
    """A guest teacher gives a board at most so many clock hours a week, on average over the year.

    Clock minutes count on every date of a lesson that is given on a licence as guest teacher, with those already given
    this school year. A week may have more: the average is over the lesson weeks of the whole year.
    """

    name = "guest_hours"
    in_dutch = "Een gastdocent geeft een bestuur hoogstens zoveel klokuren per week, gemiddeld over het jaar."
    subject = Subject.PROFESSIONAL
    source = (
        "WEB art. 4.2.1 lid 6; WVO 2020 art. 7.19 (current texts not seen, 6 hours from secondary sources: unverified). "
        "The law does not say how many weeks a year has; 38 is cautious"
    )
    owner = Owner.LAW
    negotiable = False
    may_switch_off = False
    stays_broken = True
    reads = (
        "licences.level", "licences.valid_from", "licences.valid_to", "engagements.guest_minutes_used",
        "engagements.board", "schools.board",
    )  # fmt: skip
    says = {
        "title": {"nl": "Uren als gastdocent", "en": "Hours as guest teacher"},
        "limit": {
            "nl": "{person} mag als gastdocent bij {board} dit jaar nog hoogstens {most} minuten lesgeven.",
            "en": "As guest teacher at {board}, {person} may teach at most {most} minutes more this year.",
        },
        "broken": {
            "nl": "{person} geeft als gastdocent bij {board} {given} minuten les; dit jaar mogen er nog {most}.",
            "en": "As guest teacher at {board}, {person} teaches {given} minutes; {most} are left this year.",
        },
    }

    hours_per_week: int = Field(
        6,
        ge=0,
        le=60,
        description="Most clock hours a week, on average over the year",
        json_schema_extra={"unit": "hours per week"},
    )
    weeks: int = Field(
        38, ge=1, le=53, description="Lesson weeks of a year to average over", json_schema_extra={"unit": "weeks"}
    )

    def left(self, term: Term, professional: str, board: str | None) -> int:
        """Minutes that somebody may still teach as a guest at a board."""
        used = sum(row.guest_minutes_used for row in term.engagements_of(professional) if row.board == board)
        return max(0, 60 * self.hours_per_week * self.weeks - used)

    def given(self, reading: Reading, professional: str) -> dict[str, int]:
        """Minutes that somebody teaches as a guest, by board: of each one of its sites stands for it."""
        term = reading.term
        if not _is_guest(term, professional):
            return {}
        levels, minutes, sites = LevelsOn(term), dict[str, int](), dict[str, str]()
        for taught in reading.of_person.get(professional, ()):
            if levels.level(professional, term.course(taught.course), taught.when) is LicenceLevel.GUEST:
                of = _of_board(term, taught.school)
                minutes[of] = minutes.get(of, 0) + taught.stop.end - taught.stop.start
                sites[of] = taught.school
        return {sites[of]: given for of, given in minutes.items()}

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        term = reading.term
        for site, given in self.given(reading, subject).items():
            most = self.left(term, subject, term.school(site).board)
            if given > most:
                person, board = names.person(term, subject), board_called(term, site)
                params = {"person": person, "board": board, "given": given, "most": most}
                yield self.breach("broken", given - most, "minutes", params, professional=subject, school=site)

    def enforce(self, board: Board, subject: str) -> None:
        if not _is_guest(board.term, subject):
            return
        levels, terms, sites = board.once(LevelDates), dict[str, list[tuple[int, int]]](), dict[str, str]()
        for candidate in board.candidates_of(subject):
            dates = levels.levels(subject, candidate.course).get(LicenceLevel.GUEST, 0)
            minutes = 0
            for part in candidate.parts:
                minutes += (part.dates & dates).bit_count() * (part.stop.end - part.stop.start)
            if minutes:
                of = _of_board(board.term, candidate.school)
                terms.setdefault(of, []).append((board.teaches(candidate), minutes))
                sites[of] = candidate.school
        for of, given in terms.items():
            most = self.left(board.term, subject, board.term.school(sites[of]).board)
            because = self.because(
                "limit",
                professional=subject,
                person=names.person(board.term, subject),
                board=board_called(board.term, sites[of]),
                most=most,
            )
            board.limit(given, most, because, of=subject)


def _is_guest(term: Term, professional: str) -> bool:
    return any(row.level is LicenceLevel.GUEST for row in term.licences_of(professional))


def _of_board(term: Term, school: str) -> str:
    """What stands for the board of a school: its id, or the school itself where none is known."""
    board = term.school(school).board
    return f"school {school}" if board is None else f"board {board}"


def board_called(term: Term, school: str) -> str:
    """Name of the board of a school, or of the school itself."""
    board = term.school(school).board
    return names.school(term, school) if board is None else term.find("boards", board).name or board
