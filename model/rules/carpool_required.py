"""People who come together or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING

from model import names
from model.calendar import partition
from model.change import Change, Edit
from model.rule import Board, Owner, Rule, Subject
from model.rules.carpool import by_school, shared
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class CarpoolRequired(Rule):
    """Of two people who can only come together, neither teaches at a school site on a date without the other."""

    name = "carpool_required"
    in_dutch = "Van twee mensen die alleen samen kunnen komen, geeft op een datum niemand les zonder de ander."
    subject = Subject.REGION
    source = "Agreement between two professionals, one of whom cannot travel alone"
    owner = Owner.PROFESSIONAL
    change_price = 3
    reads = ("carpools.people", "carpools.required")
    says = {
        "title": {"nl": "Alleen samen", "en": "Only together"},
        "limit": {
            "nl": "{a} komt alleen op dagen dat {b} er ook is, op dezelfde vestiging.",
            "en": "{a} comes only on days on which {b} is there too, at the same site.",
        },
        "broken": {
            "nl": "{a} geeft les op {school} zonder {b} ({n} data).",
            "en": "{a} teaches at {school} without {b} ({n} dates).",
        },
        "broken.one": {
            "nl": "{a} geeft les op {school} zonder {b} (één datum).",
            "en": "{a} teaches at {school} without {b} (one date).",
        },
        "way": {
            "nl": "{a} en {b} komen ook zonder elkaar.",
            "en": "{a} and {b} also come without each other.",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:  # noqa: ARG002  the region is the whole term
        term = reading.term
        for row in shared(term):
            for a, b in permutations(row.people) if row.required else ():
                with_other = {(taught.when, taught.school) for taught in reading.of_person.get(b, ())}
                alone: dict[str, set[date]] = {}
                for taught in reading.of_person.get(a, ()):
                    if (taught.when, taught.school) not in with_other:
                        alone.setdefault(taught.school, set()).add(taught.when)
                for school, dates in alone.items():
                    params = {
                        "a": names.person(term, a),
                        "b": names.person(term, b),
                        "school": names.school(term, school),
                        "n": len(dates),
                    }
                    where = {"professional": a, "school": school, "when": min(dates)}
                    yield self.breach("broken", len(dates), "dates", params, **where)

    def ways(self, reading: Reading, breach: Breach) -> Iterator[Change]:
        params = {each: breach.params[each] for each in ("a", "b")}
        called = set(params.values())
        rows = [
            row for row in reading.term.carpools if {names.person(reading.term, each) for each in row.people} >= called
        ]
        edits = [Edit("carpools", row.id, {"required": False}) for row in rows if row.required]
        yield self.way(params, *edits, professional=breach.professional)

    def enforce(self, board: Board, subject: str) -> None:  # noqa: ARG002  likewise
        for row in shared(board.term):
            if not row.required:
                continue
            of_school = {person: by_school(board, person) for person in row.people}
            for school in sorted({school for schools in of_school.values() for school in schools}):
                given = {person: schools.get(school, []) for person, schools in of_school.items()}
                for cell in partition(each.dates for some in given.values() for each in some):
                    there = {
                        person: board.any_of(board.teaches(each) for each in some if each.dates & cell)
                        for person, some in given.items()
                    }
                    for a, b in permutations(row.people):
                        because = self.because(
                            "limit",
                            professional=a,
                            fact=f"carpools/{row.id}",
                            a=names.person(board.term, a),
                            b=names.person(board.term, b),
                        )
                        board.limit([(there[a], 1), (there[b], -1)], 0, because)
