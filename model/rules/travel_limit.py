"""How far somebody travels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.change import Change, Edit
from model.day import from_home_minutes, to_home_minutes
from model.rule import Because, Board, Hurdle, Owner, Phase, Rule, Subject, Waiving
from model.term import Term
from model.timetable import Breach
from model.travel import UNKNOWN_MINUTES, Travel, home

if TYPE_CHECKING:
    from model.reading import Reading


class TravelLimit(Rule):
    """No lesson lies further from home, one way, than the professional is willing to travel."""

    name = "travel_limit"
    in_dutch = "Geen les ligt verder van huis, enkele reis, dan iemand wil reizen."
    subject = Subject.PROFESSIONAL
    source = "The professional's own limit; 45 to 60 minutes is a usual tolerance (unverified)"
    owner = Owner.PROFESSIONAL
    change_price = 2
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.NEAR
    may_waive = Waiving.PERSON_OR_LESSON
    stays_broken = True
    reads = (
        "professionals.max_travel_minutes", "professionals.home_latitude", "professionals.home_longitude",
        "professionals.travel_mode", "schools.latitude", "schools.longitude", "employer_sites.latitude",
        "employer_sites.longitude", "travel_times.minutes",
    )  # fmt: skip
    says = {
        "title": {"nl": "Reistijd enkele reis", "en": "Travel time one way"},
        "far": {
            "nl": "{school} is {minutes} minuten reizen voor {person}; hoogstens {most} mag.",
            "en": "{school} is {minutes} minutes' travel for {person}; at most {most} are allowed.",
        },
        "unknown": {
            "nl": "De reistijd van {person} naar {school} is onbekend.",
            "en": "The travel time of {person} to {school} is unknown.",
        },
        "many": {
            "nl": "Voor {n} mensen is de school te ver reizen.",
            "en": "For {n} people the school is too far to travel.",
        },
        "many.one": {
            "nl": "Voor 1 persoon is de school te ver reizen.",
            "en": "For 1 person the school is too far to travel.",
        },
        "broken": {
            "nl": "{person} reist {minutes} minuten voor {lesson}; hoogstens {most} mag.",
            "en": "{person} travels {minutes} minutes for {lesson}; at most {most} are allowed.",
        },
        "way": {
            "nl": "{person} reist tot {minutes} minuten enkele reis (nu hoogstens {most}).",
            "en": "{person} travels up to {minutes} minutes one way (now at most {most}).",
        },
    }

    default_minutes: int | None = Field(
        None, ge=0, description="Limit for people who give none themselves", json_schema_extra={"unit": "minutes"}
    )

    def _most(self, own: int | None) -> int:
        most = self.default_minutes if own is None else own
        return UNKNOWN_MINUTES - 1 if most is None else min(most, UNKNOWN_MINUTES - 1)

    def most(self, term: Term, professional: str) -> int:
        """How many minutes somebody travels at most, one way."""
        return self._most(term.professional(professional).max_travel_minutes)

    @staticmethod
    def shortest(travel: Travel, professional: str, school: str) -> int:
        """Minutes from somebody's home to a school, at the time of departure at which they are fewest."""
        return min(minutes[school] for minutes in _from_home(travel, professional))

    def screen(self, board: Board, professional: str, courses: AbstractSet[str]) -> AbstractSet[str]:
        most = self._most(board.term.professional(professional).max_travel_minutes)
        legs, school_of = _from_home(board.travel, professional), board.once(_schools_of_courses)
        far = {
            school
            for school in {school_of[course] for course in courses}
            if all(minutes[school] > most for minutes in legs)
        }
        return {course for course in courses if school_of[course] not in far} if far else courses

    def _near(self, board: Board, professional: str) -> set[str]:
        """Schools to and from which no journey is too long, whenever it begins."""
        most = self._most(board.term.professional(professional).max_travel_minutes)
        travel, origin = board.travel, home(professional)
        there = _from_home(travel, professional)
        return {
            school
            for school in {each.school for each in board.candidates_of(professional)}
            if all(minutes[school] <= most for minutes in there)
            and all(
                travel.leg(professional, school, origin, minute) <= most for minute in travel.departures(professional)
            )
        }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        most = self._most(reading.term.professional(subject).max_travel_minutes)
        worst: dict[str, int] = {}
        for taught in reading.of_person.get(subject, ()):
            there = from_home_minutes(reading.travel, subject, taught.stop)
            back = to_home_minutes(reading.travel, subject, taught.stop)
            worst[taught.lesson] = max(worst.get(taught.lesson, 0), there, back)
        for lesson, minutes in worst.items():
            if minutes > most:
                params = {
                    "person": names.person(reading.term, subject),
                    "lesson": names.lesson(reading.term, lesson),
                    "minutes": minutes,
                    "most": most,
                }
                yield self.breach("broken", minutes - most, "minutes", params, professional=subject, lesson=lesson)

    def ways(self, reading: Reading, breach: Breach) -> Iterator[Change]:  # noqa: ARG002  all stands in the breach
        person, minutes = breach.professional or "", breach.params["minutes"]
        if minutes < UNKNOWN_MINUTES:  # what nobody knows nobody can agree to
            yield self._up_to(breach.params["person"], person, minutes, breach.params["most"])

    def _up_to(self, name: str, person: str, minutes: int, most: int) -> Change:
        params = {"person": name, "minutes": minutes, "most": most}
        return self.way(params, Edit("professionals", person, {"max_travel_minutes": minutes}), professional=person)

    def further(self, term: Term, travel: Travel, person: str, schools: Iterable[str]) -> Change | None:
        """Somebody travels just so far that one more of these schools can be reached; None where there is none."""
        most, origin = self._most(term.professional(person).max_travel_minutes), home(person)
        there = _from_home(travel, person)
        beyond = [
            minutes
            for school in schools
            if most
            < (
                minutes := max(
                    *(legs[school] for legs in there),
                    *(travel.leg(person, school, origin, minute) for minute in travel.departures(person)),
                )
            )
            < UNKNOWN_MINUTES
        ]
        return self._up_to(names.person(term, person), person, min(beyond), most) if beyond else None

    def enforce(self, board: Board, subject: str) -> None:
        most = self._most(board.term.professional(subject).max_travel_minutes)
        person = names.person(board.term, subject)
        known: dict[tuple[str, int, int], int] = {}
        reasons: dict[tuple[str, int], Because] = {}
        near = self._near(board, subject)
        for candidate in board.candidates_of(subject):
            if candidate.school in near:
                continue
            minutes = 0
            for _, _, _, stop in candidate.parts:
                key = (stop.place, stop.start, stop.end)
                if key not in known:
                    there, back = (leg(board.travel, subject, stop) for leg in (from_home_minutes, to_home_minutes))
                    known[key] = max(there, back)
                minutes = max(minutes, known[key])
            if minutes > most:
                if (candidate.school, minutes) not in reasons:
                    reasons[candidate.school, minutes] = self.because(
                        "unknown" if minutes >= UNKNOWN_MINUTES else "far",
                        professional=subject,
                        fact=f"professionals/{subject}",
                        person=person,
                        school=names.school(board.term, candidate.school),
                        minutes=minutes,
                        most=most,
                    )
                board.forbid(candidate, reasons[candidate.school, minutes])


def _from_home(travel: Travel, professional: str) -> list[Mapping[str, int]]:
    """Minutes from somebody's home to other places, for each time of departure that makes a difference."""
    return [travel.legs_from(professional, home(professional), minute) for minute in travel.departures(professional)]


def _schools_of_courses(board: Board) -> dict[str, str]:
    return {course.id: course.school for course in board.term.courses}
