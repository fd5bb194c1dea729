"""Which candidates staff a lesson, date by date; who only watches on a date does not count as a teacher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from model.calendar import Dates, partition
from model.levels import LevelDates
from model.promised import over
from model.rule import Board, Candidate, Literal


class Staffing(NamedTuple):
    """Who may staff a lesson on some dates, and when it has these dates."""

    at: Literal
    candidates: Sequence[Candidate]
    dates: Dates


def counted(board: Board, lesson: str) -> Iterator[Staffing]:
    """Who counts as a teacher of a lesson, for each set of dates on which that is the same."""
    candidates, course = board.candidates_for(lesson), board.term.lesson(lesson).course
    watching: dict[str, Dates] = {}
    if board.term.stages:
        levels = board.once(LevelDates)
        watching = {each.professional: levels.watching(each.professional, course) for each in candidates}
    return staffing(board, lesson, watching)


def staffing(board: Board, lesson: str, watching: dict[str, Dates]) -> Iterator[Staffing]:
    """Who may staff a lesson, for each set of dates on which that is the same; not who watches then.

    Everybody who may give it at any of its times is looked at, as whoever judges does.
    """
    candidates = board.candidates_for(lesson)
    segments = [each.dates for each in board.segments.of_lesson(lesson)]
    if not any(watching.values()) and len(segments) == 1 and not over(board.calendar):
        yield Staffing(board.all_of(()), candidates, board.calendar.all)
        return
    for option in board.calendar.options(lesson):
        dates = 0
        for span in board.calendar.spans(lesson, option):
            dates |= span.dates
        for cell in partition(
            [dates, *(dates & each for each in segments), *(dates & each for each in watching.values())]
        ):
            there = (each for each in candidates if _is_there(board, each, lesson, cell))
            counting = [each for each in there if not watching.get(each.professional, 0) & cell]
            yield Staffing(board.at(lesson, option), counting, cell)


def _is_there(board: Board, candidate: Candidate, lesson: str, dates: Dates) -> bool:
    """Whether a candidate gives a lesson in the segment of some dates, if not on these dates then on others."""
    if candidate.weeks is None:
        return True
    return bool(board.calendar.in_weeks(candidate.weeks) & dates) and any(
        part.lesson == lesson for part in candidate.parts
    )


def to_be_given(board: Board, lesson: str) -> bool:
    """Whether a lesson that nobody gives lacks somebody on a date to come, at the first of its times that has dates."""
    for option in board.calendar.options(lesson):
        dates = 0
        for span in board.calendar.spans(lesson, option):
            dates |= span.dates
        if dates:
            return bool(dates & ~over(board.calendar))
    return False
