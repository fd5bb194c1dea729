"""One person, one place at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from model import names
from model.calendar import Dates, partition
from model.day import Stop, compatible, way_minutes
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
        for group in _at_once(mine):
            board.clash(group, pair)
        for a, b in _too_far(board, subject):
            board.clash([a, b], pair)


def _at_once(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """The largest sets of candidates with lessons at the same moment."""
    by_index = {each.index: each for each in candidates}
    of_dates: dict[Dates, list[tuple[Stop, int]]] = {}
    for each in candidates:
        for part in each.parts:
            of_dates.setdefault(part.dates, []).append((part.stop, each.index))
    found: dict[tuple[int, ...], None] = {}
    for dates in partition(of_dates):
        lessons = [lesson for when, some in of_dates.items() if when & dates for lesson in some]
        now: list[tuple[Stop, int]] = []
        for stop, index in sorted(lessons, key=lambda lesson: lesson[0].start):
            going_on = [lesson for lesson in now if lesson[0].end > stop.start]
            if len(going_on) < len(now):
                found[tuple(sorted({other for _, other in now}))] = None
            now = [*going_on, (stop, index)]
        found[tuple(sorted({other for _, other in now}))] = None
    return ([by_index[index] for index in group] for group in found if len(group) > 1)


def _too_close(board: Board, candidate: Candidate) -> bool:
    return any(
        first.dates & second.dates and not compatible(board.travel, candidate.professional, first.stop, second.stop)
        for first, second in combinations(candidate.parts, 2)
    )


def _too_far(board: Board, professional: str) -> Iterator[tuple[Candidate, Candidate]]:
    """Pairs of candidates at two schools with one lesson too soon after another."""
    lessons = [(part.stop, part.dates, each) for each in board.candidates_of(professional) for part in each.parts]
    lessons.sort(key=lambda lesson: lesson[0].order)
    found: dict[tuple[int, int], tuple[Candidate, Candidate]] = {}
    for place, (stop, dates, candidate) in enumerate(lessons):
        there: dict[str, int] = {}
        for later, when, other in lessons[place + 1 :]:
            if not dates & when or other.school == candidate.school or later.start < stop.end:
                continue
            if later.place not in there:
                there[later.place] = (
                    stop.end + stop.leave_minutes + way_minutes(board.travel, professional, stop, later)
                )
            if there[later.place] + later.arrive_minutes > later.start:
                first, second = sorted((candidate, other), key=lambda each: each.index)
                found[first.index, second.index] = (first, second)
    return iter(found.values())
