"""One person, one place at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from model import names
from model.calendar import Dates, days, partition
from model.day import Stop, compatible
from model.rule import Board, Candidate, Owner, Phase, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class Clash(Rule):
    """Nobody teaches two lessons that overlap, or lie too close together for travel and buffers between schools."""

    name = "clash"
    subject = Subject.PROFESSIONAL
    source = "Nobody is in two places; buffers are the school's habit"
    owner = Owner.SCHOOL
    phase = Phase.CLASHES
    may_switch_off = False
    stays_broken = True
    reads = (
        "schools.arrival_buffer_minutes", "schools.practical_buffer_minutes", "schools.leave_buffer_minutes",
        "professionals.travel_mode", "travel_times.minutes",
    )  # fmt: skip
    says = {
        "title": {"nl": "Eén plaats tegelijk, met reistijd", "en": "One place at a time, with travel"},
        "pair": {
            "nl": "{person} kan geen twee lessen geven die te dicht op elkaar liggen.",
            "en": "{person} cannot give two lessons that are too close together.",
        },
        "itself": {
            "nl": "{person} kan de lessen van {a} niet allemaal geven: ze vallen samen.",
            "en": "{person} cannot give all lessons of {a}: they fall together.",
        },
        "broken": {
            "nl": "{person} geeft {a} en {b} te dicht op elkaar ({n} data).",
            "en": "{person} gives {a} and {b} too close together ({n} dates).",
        },
        "broken.one": {
            "nl": "{person} geeft {a} en {b} te dicht op elkaar (één datum).",
            "en": "{person} gives {a} and {b} too close together (one date).",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        wrong: dict[tuple[str, str], int] = {}
        for lessons in reading.by_day(subject).values():
            for a, b in combinations(lessons, 2):
                if not compatible(reading.travel, subject, a.stop, b.stop):
                    pair = (min(a.lesson, b.lesson), max(a.lesson, b.lesson))
                    wrong[pair] = wrong.get(pair, 0) + 1
        for (a_lesson, b_lesson), count in wrong.items():
            params = {
                "person": names.person(reading.term, subject),
                "a": names.lesson(reading.term, a_lesson),
                "b": names.lesson(reading.term, b_lesson),
                "n": count,
            }
            yield self.breach("broken", count, "dates", params, professional=subject, lesson=a_lesson)

    def enforce(self, board: Board, subject: str) -> None:
        person = names.person(board.term, subject)
        pair = self.because("pair", professional=subject, person=person)
        mine = board.candidates_of(subject)
        for each in mine:
            if len(each.parts) > 1 and _too_close(board, each):
                course = names.course(board.term, each.course)
                board.clash([each], self.because("itself", professional=subject, person=person, a=course))
        for group in _together(_at_once(mine), _too_far(board, subject, mine)):
            board.clash([mine[place] for place in group], pair)


Group = int
"""A set of candidates of one person by their place among them, kept as sets of dates are."""


def _at_once(candidates: Sequence[Candidate]) -> list[Group]:
    """The largest sets of candidates with lessons at the same moment."""
    of_dates: dict[Dates, list[tuple[Stop, int]]] = {}
    for place, each in enumerate(candidates):
        for part in each.parts:
            of_dates.setdefault(part.dates, []).append((part.stop, place))
    found: dict[Group, None] = {}
    for dates in partition(of_dates):
        lessons = [lesson for when, some in of_dates.items() if when & dates for lesson in some]
        now: list[tuple[Stop, int]] = []
        for stop, place in sorted(lessons, key=lambda lesson: lesson[0].start):
            going_on = [lesson for lesson in now if lesson[0].end > stop.start]
            if len(going_on) < len(now):
                found[_group(now)] = None
            now = [*going_on, (stop, place)]
        found[_group(now)] = None
    return [group for group in found if group.bit_count() > 1]


def _group(lessons: Iterable[tuple[Stop, int]]) -> Group:
    group = 0
    for _, place in lessons:
        group |= 1 << place
    return group


def _too_close(board: Board, candidate: Candidate) -> bool:
    return any(
        first.dates & second.dates and not compatible(board.travel, candidate.professional, first.stop, second.stop)
        for first, second in combinations(candidate.parts, 2)
    )


def _too_far(board: Board, professional: str, candidates: Sequence[Candidate]) -> list[Group]:
    """For each candidate those at another school with one lesson too soon after another."""
    of_dates: dict[Dates, list[tuple[Stop, int]]] = {}
    for place, each in enumerate(candidates):
        for part in each.parts:
            of_dates.setdefault(part.dates, []).append((part.stop, place))
    found = [0] * len(candidates)
    margin = board.travel.margin_minutes(professional)
    for lessons in of_dates.values():
        lessons.sort(key=lambda lesson: lesson[0].start)
    starts = {dates: [stop.start for stop, _ in lessons] for dates, lessons in of_dates.items()}
    for dates, lessons in of_dates.items():
        same_dates = [(others, starts[when]) for when, others in of_dates.items() if when & dates]
        for stop, place in lessons:
            school, leaves = stop.place, stop.end + stop.leave_minutes
            legs = board.travel.legs_from(professional, school, leaves)
            for others, begin in same_dates:
                for later, other in others[bisect_left(begin, stop.end) :]:
                    if later.place != school:
                        minutes = legs[later.place]
                        arrives = leaves + minutes + (margin if minutes else 0) + later.arrive_minutes
                        if arrives > later.start and place != other:
                            found[place] |= 1 << other
                            found[other] |= 1 << place
    return found


def _together(at_once: Sequence[Group], too_far: Sequence[Group]) -> Iterator[list[int]]:
    """Sets of which at most one can be chosen: few, so together they say of every pair that excludes each other so."""
    excluded = list(too_far)
    for group in at_once:
        for place in days(group):
            excluded[place] |= group
    said = [0] * len(too_far)
    cliques: dict[int, list[Group]] = {}
    for place, far in enumerate(too_far):
        while left := far & ~said[place]:
            members, clique, rest = [place], 1 << place, excluded[place] & ~(1 << place)
            # One that is not said yet, then whatever else excludes all that are in.
            member = left & -left
            while member:
                members.append(member.bit_length() - 1)
                clique |= member
                rest &= excluded[members[-1]] & ~clique
                member = rest & -rest
            for each in members:
                said[each] |= clique
                cliques.setdefault(each, []).append(clique)
            yield sorted(members)
    for group in at_once:
        members = list(days(group))
        if not any(clique & group == group for clique in cliques.get(members[0], ())):
            yield members
