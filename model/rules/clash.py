"""One person, one place at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from model import names
from model.calendar import Dates, days, partition
from model.day import compatible
from model.fields import MINUTES_PER_DAY
from model.rule import Board, Candidate, Owner, Phase, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class Clash(Rule):
    """Nobody teaches two lessons that overlap, or lie too close together for travel and buffers between schools."""

    name = "clash"
    in_dutch = "Niemand geeft twee lessen die overlappen, of te dicht op elkaar liggen voor reizen en marges tussen vestigingen."
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
        times = _times(mine)
        for group in _together(_at_once(times), _too_far(board, subject, times, len(mine))):
            board.clash([mine[place] for place in group], pair)


Group = int
"""A set of candidates of one person by their place among them, kept as sets of dates are."""


class _Time(NamedTuple):
    """A time at a school at which some candidates have a lesson."""

    start: int
    end: int
    school: str
    arrive_minutes: int
    leave_minutes: int
    group: Group


def _times(candidates: Sequence[Candidate]) -> dict[Dates, list[_Time]]:
    """Times by dates, in order of their start."""
    groups: dict[Dates, dict[tuple[int, int, str, int, int], Group]] = {}
    for place, each in enumerate(candidates):
        mine = 1 << place
        for _, _, dates, stop in each.parts:
            if dates not in groups:
                groups[dates] = {}
            times, key = groups[dates], stop[:5]  # times, place and margins
            times[key] = times.get(key, 0) | mine
    return {
        dates: sorted((_Time(*key, group) for key, group in times.items()), key=itemgetter(0))
        for dates, times in groups.items()
    }


def _at_once(of_dates: Mapping[Dates, Iterable[_Time]]) -> list[Group]:
    """The largest sets of candidates with lessons at the same moment."""
    found: dict[Group, None] = {}
    for dates in partition(of_dates):
        times = [each for when, some in of_dates.items() if when & dates for each in some]
        now: list[tuple[int, Group]] = []
        group, first_end = 0, 2 * MINUTES_PER_DAY
        for start, end, _, _, _, more in sorted(times, key=itemgetter(0)):
            if first_end <= start:
                found[group] = None
                now = [each for each in now if each[0] > start]
                group, first_end = 0, 2 * MINUTES_PER_DAY
                for last, going_on in now:
                    group |= going_on
                    first_end = min(first_end, last)
            now.append((end, more))
            group |= more
            first_end = min(first_end, end)
        found[group] = None
    return [group for group in found if group.bit_count() > 1]


def _too_close(board: Board, candidate: Candidate) -> bool:
    return any(
        first.dates & second.dates and not compatible(board.travel, candidate.professional, first.stop, second.stop)
        for first, second in combinations(candidate.parts, 2)
    )


def _too_far(board: Board, professional: str, of_dates: Mapping[Dates, list[_Time]], count: int) -> list[Group]:
    """For each candidate those at another school with one lesson too soon after another."""
    found = [0] * count
    if len({each.school for times in of_dates.values() for each in times}) < 2:
        return found
    far = {dates: [0] * len(times) for dates, times in of_dates.items()}
    starts = {dates: [each.start for each in times] for dates, times in of_dates.items()}
    margin = board.travel.margin_minutes(professional)
    for dates, times in of_dates.items():
        same_dates = [(others, starts[when], far[when]) for when, others in of_dates.items() if when & dates]
        for place, (_, end, school, _, leave, group) in enumerate(times):
            leaves, soon = end + leave, 0
            legs = board.travel.legs_from(professional, school, leaves)
            for others, begin, before in same_dates:
                for other in range(bisect_left(begin, end), len(others)):
                    start, _, there, arrive, _, later = others[other]
                    if there != school:
                        minutes = legs[there]
                        if leaves + minutes + (margin if minutes else 0) + arrive > start:
                            soon |= later
                            before[other] |= group
            far[dates][place] |= soon
    for dates, times in of_dates.items():
        for time, groups in zip(times, far[dates], strict=True):
            for place in days(time.group) if groups else ():
                found[place] |= groups & ~(1 << place)
    return found


def _together(at_once: Sequence[Group], too_far: Sequence[Group]) -> Iterator[list[int]]:
    """Sets of which at most one can be chosen: few, so together they say of every pair that excludes each other so."""
    excluded = list(too_far)
    for group in at_once:
        rest = group
        while rest:
            member = rest & -rest
            excluded[member.bit_length() - 1] |= group ^ member
            rest ^= member
    said = [0] * len(too_far)
    cliques: list[list[Group]] = [[] for _ in too_far]
    for place, far in enumerate(too_far):
        while left := far & ~said[place]:
            members, clique, rest = [place], 1 << place, excluded[place]
            # One that is not said yet, then whatever else excludes all that are in.
            member = left & -left
            while member:
                other = member.bit_length() - 1
                members.append(other)
                clique |= member
                rest &= excluded[other]
                member = rest & -rest
            for each in members:
                said[each] |= clique
                cliques[each].append(clique)
            yield sorted(members)
    for group in at_once:
        first = (group & -group).bit_length() - 1
        if not any(clique & group == group for clique in cliques[first]):
            yield list(days(group))
