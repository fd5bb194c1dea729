"""One person, one place at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING

from model import names
from model.calendar import partition
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
        at_school: dict[str, list[Candidate]] = {}
        for each in board.candidates_of(subject):
            at_school.setdefault(each.school, []).append(each)
            if len(each.parts) > 1 and _too_close(board, each, each):
                course = names.course(board.term, each.course)
                board.clash([each], self.because("itself", professional=subject, person=person, a=course))
        for mine in at_school.values():
            for group in _at_once(mine):
                board.clash(group, pair)
        for here, there in combinations(at_school.values(), 2):
            for a, b in product(here, there):
                if a.dates & b.dates and _too_close(board, a, b):
                    board.clash([a, b], pair)


def _at_once(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """The largest sets of candidates with lessons at the same moment; at one school nothing else is too close."""
    by_index = {each.index: each for each in candidates}
    found: dict[tuple[int, ...], None] = {}
    for dates in partition(part.dates for each in candidates for part in each.parts):
        lessons = [(part.stop, each.index) for each in candidates for part in each.parts if part.dates & dates]
        now: list[tuple[Stop, int]] = []
        for stop, index in sorted(lessons, key=lambda lesson: lesson[0].start):
            going_on = [lesson for lesson in now if lesson[0].end > stop.start]
            if len(going_on) < len(now):
                found[tuple(sorted({other for _, other in now}))] = None
            now = [*going_on, (stop, index)]
        found[tuple(sorted({other for _, other in now}))] = None
    return ([by_index[index] for index in group] for group in found if len(group) > 1)


def _too_close(board: Board, a: Candidate, b: Candidate) -> bool:
    return any(
        first.dates & second.dates and not compatible(board.travel, a.professional, first.stop, second.stop)
        for first in a.parts
        for second in b.parts
        if first is not second
    )
