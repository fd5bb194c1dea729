"""Why nobody gives an open lesson: for each rule, how many people it keeps away. The first, quick explanation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from model.access import Reader, sentence
from model.calendar import Calendar, Dates
from model.locale import text
from model.rule import Because, Candidate, Phase
from model.rules import BY_NAME, RULES
from model.term import Term
from model.timetable import Reason
from model.travel import Travel
from solver.board import Board

ELSEWHERE = "elsewhere"
"""Stands for the people whom no rule keeps from a lesson: they teach another, or are at a limit."""


def reasons_for(
    term: Term, lessons: Mapping[str, Dates], *, calendar: Calendar, travel: Travel, reader: Reader, lang: str
) -> dict[str, tuple[Reason, ...]]:
    """For each lesson, open on some dates, the reasons, most people first; everybody counts once, under the first of them."""
    courses = dict.fromkeys(term.lesson(lesson).course for lesson in lessons)
    # Of a school that is too far it is told how far it is, so those candidates stay.
    screening = [rule for rule in RULES if rule is not BY_NAME["travel_limit"]]
    deciding = [rule for rule in RULES if rule.phase is Phase.ELIGIBILITY]
    board = Board.of(term, rules=deciding, only_courses=courses, screen=screening, calendar=calendar, travel=travel)
    giving: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in board.candidates:
        for lesson in candidate.lessons:
            giving[lesson].append(candidate)
    screened: dict[str, Counter[str]] = defaultdict(Counter)
    for person in term.professionals:
        for rule, left_out in board.screened_out(person.id):
            for course in left_out:
                screened[course][rule] += 1
    found = {}
    for lesson, dates in lessons.items():
        there = [each for each in giving[lesson] if calendar.in_weeks(each.weeks) & dates]
        found[lesson] = _reasons(board, there, screened[term.lesson(lesson).course], reader, lang)
    return found


def _reasons(
    board: Board, candidates: Iterable[Candidate], screened: Mapping[str, int], reader: Reader, lang: str
) -> tuple[Reason, ...]:
    """Reasons by what became of a lesson's candidates, and by how many people had none to begin with, by rule."""
    free: set[str] = set()
    kept: dict[str, Because] = {}
    for candidate in candidates:
        reasons = board.forbidden.get(candidate.index)
        if not reasons:
            free.add(candidate.professional)
        else:
            kept.setdefault(candidate.professional, reasons[0])
    of_rule: dict[str, list[Because]] = {}
    for professional, because in kept.items():
        if professional not in free:
            of_rule.setdefault(because.rule, []).append(because)
    counts = Counter({rule: len(facts) for rule, facts in of_rule.items()})
    counts.update(screened)
    found = []
    for rule, people in counts.items():
        facts = of_rule.get(rule, [])
        if people == 1 and facts:
            said = sentence(board.term, facts[0], reader, lang)
        else:
            said = text(f"rule.{rule}.many", lang, n=people)
        found.append(Reason(rule=rule, people=people, sentence=said))
    if free:
        found.append(Reason(rule=ELSEWHERE, people=len(free), sentence=text("reason.elsewhere", lang, n=len(free))))
    return tuple(sorted(found, key=lambda reason: (-reason.people, reason.rule)))
