"""How many promises may be broken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model.promised import given_by, giving, on_dates, promised_to, promises
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class MostChanges(Rule):
    """Where a region says so, at most so many published lessons no longer have the teacher who was promised, at that time.

    A lesson of which somebody no longer gives some date still to come counts once for that person. A lesson that was open,
    and gets a teacher, is no change. Without a number the rule says nothing.
    """

    name = "most_changes"
    in_dutch = "Waar een regio dat wil, houden op hoogstens zoveel na alle gepubliceerde lessen de docent die was toegezegd, op die tijd."
    subject = Subject.REGION
    source = "Region's choice: how much of a published timetable may move; the stability curve asks for 0, 1, 2 …"
    owner = Owner.SCHOOL
    reads = ("published.lesson", "published.professional", "published.option", "published.weeks")
    says = {
        "title": {"nl": "Hoogstens zoveel wijzigingen", "en": "At most so many changes"},
        "limit": {
            "nl": "Van het gepubliceerde rooster verandert hoogstens dit aantal lessen van docent: {most}.",
            "en": "Of the published timetable at most this many lessons change teacher: {most}.",
        },
        "broken": {
            "nl": "Van het gepubliceerde rooster veranderen {n} lessen van docent; hoogstens {most} mag.",
            "en": "Of the published timetable {n} lessons change teacher; at most {most} may.",
        },
        "broken.one": {
            "nl": "Van het gepubliceerde rooster verandert 1 les van docent; hoogstens {most} mag.",
            "en": "Of the published timetable 1 lesson changes teacher; at most {most} may.",
        },
    }

    most: int | None = Field(
        None, ge=0, description="Most published lessons that change", json_schema_extra={"unit": "lessons"}
    )

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:  # noqa: ARG002  the region is the whole term
        if self.most is None:
            return
        changed = sum(
            len({occasion.lesson for occasion in promised_to(reading, person.id) - given_by(reading, person.id)})
            for person in reading.term.professionals
        )
        if changed > self.most:
            yield self.breach("broken", changed - self.most, "lessons", {"n": changed, "most": self.most})

    def enforce(self, board: Board, subject: str) -> None:  # noqa: ARG002  likewise
        if self.most is None:
            return
        kept = []
        for person, mine in board.once(promises).items():
            ways = giving(board, person)
            of_lesson: dict[str, list[int]] = {}
            for given, dates in mine.items():
                cells = of_lesson.setdefault(given[0], []) if dates else []
                cells += [board.any_of(keeping) for _, keeping in on_dates(dates, ways.get(given, []))]
            kept += [board.all_of(cells) for cells in of_lesson.values()]
        board.limit([(each, -1) for each in kept], self.most - len(kept), self.because("limit", most=self.most))
