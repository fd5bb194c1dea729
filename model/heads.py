"""Which candidates count as teachers of a lesson: not those who only watch on a date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from model.calendar import partition
from model.levels import LevelDates
from model.rule import Board, Candidate, Literal


def counted(board: Board, lesson: str) -> Iterator[tuple[Literal, Sequence[Candidate]]]:
    """Who counts as a teacher of a lesson, for each set of dates on which that is the same, and when it has these dates.

    Everybody who may give it at any of its times is looked at, as whoever judges does.
    """
    candidates, course = board.candidates_for(lesson), board.term.lesson(lesson).course
    watching: dict[str, int] = {}
    if board.term.stages:
        levels = board.once(LevelDates)
        watching = {each.professional: levels.watching(each.professional, course) for each in candidates}
    if not any(watching.values()):
        yield board.all_of(()), candidates
        return
    for option in board.calendar.options(lesson):
        dates = 0
        for span in board.calendar.spans(lesson, option):
            dates |= span.dates
        for cell in partition([dates, *(dates & each for each in watching.values())]):
            yield board.at(lesson, option), [each for each in candidates if not watching[each.professional] & cell]
