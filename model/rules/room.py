"""Rooms that are large enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from model import names
from model.lessons import LessonTime
from model.rule import Board, Owner, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class RoomRule(Rule):
    """A lesson moved to another of its times, in a room named for that time, fits in it with all its pupils.

    That the room is free is another rule. Rooms of the school's own timetable are taken as they are, with a warning.
    """

    name = "room"
    in_dutch = "Een les die naar een van haar andere tijden gaat, past met alle leerlingen in het lokaal dat daarvoor genoemd is."
    subject = Subject.SCHOOL
    source = "School timetable: a class needs a room with enough places"
    owner = Owner.SCHOOL
    change_price = 2
    stays_broken = True
    reads = ("rooms.capacity", "class_groups.pupils", "courses.classes", "lesson_times.room", "lesson_times.lesson")
    says = {
        "title": {"nl": "Lokaal groot genoeg", "en": "Room large enough"},
        "small": {
            "nl": "{lesson} kan niet naar lokaal {room}: {pupils} leerlingen, {places} plaatsen.",
            "en": "{lesson} cannot move to room {room}: {pupils} pupils, {places} places.",
        },
        "broken": {
            "nl": "{lesson} is verplaatst naar lokaal {room}, dat te klein is: {pupils} leerlingen, {places} plaatsen.",
            "en": "{lesson} was moved to room {room}, which is too small: {pupils} pupils, {places} places.",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        for course in reading.term.courses_of(subject):
            for lesson in reading.term.lessons_of(course.id):
                for option in {row.option for row in reading.assigned.get(lesson.id, ()) if row.option}:
                    room = reading.term.lesson_time(option).room
                    pupils = pupils_of(reading.term, course.id)
                    places = None if room is None else reading.term.find("rooms", room).capacity
                    if places is not None and pupils > places:
                        params: dict[str, object] = {"pupils": pupils, "places": places}
                        params["lesson"] = names.lesson(reading.term, lesson.id)
                        params["room"] = _called(reading.term, str(room))
                        where = {"lesson": lesson.id, "school": subject}
                        yield self.breach("broken", pupils - places, "pupils", params, **where)

    def enforce(self, board: Board, subject: str) -> None:
        term = board.term
        named = board.once(_times_with_room)
        for course in term.courses_of(subject) if named else ():
            pupils = pupils_of(term, course.id)
            for lesson in term.lessons_of(course.id):
                for option in named.get(lesson.id, ()):
                    places = term.find("rooms", option.room or "").capacity
                    if places is not None and pupils > places:
                        because = self.because(
                            "small",
                            fact=f"lesson_times/{option.id}",
                            lesson=names.lesson(term, lesson.id),
                            room=_called(term, option.room or ""),
                            pupils=pupils,
                            places=places,
                        )
                        board.limit([(board.at(lesson.id, option.id), 1)], 0, because)


def _times_with_room(board: Board) -> dict[str, list[LessonTime]]:
    """Other times that name a room, by lesson."""
    found: dict[str, list[LessonTime]] = {}
    for option in board.term.lesson_times:
        if option.room is not None:
            found.setdefault(option.lesson, []).append(option)
    return found


def pupils_of(term: Term, course: str) -> int:
    """Pupils of a course, as far as the sizes of its class groups are known."""
    return sum(term.class_group(group).pupils or 0 for group in set(term.course(course).classes))


def _called(term: Term, room: str) -> str:
    name: str = term.find("rooms", room).name
    return name or room
