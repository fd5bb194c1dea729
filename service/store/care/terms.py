"""Somebody taken out of all revisions of a term: out of their rows where a timetable rests on them, and altogether elsewhere."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from model.scenarios.people import Leave
from model.term import Term, tables
from service.store.care.anonymous import Anonymous
from service.store.care.journeys import journeys, places_of
from service.store.care.mention import Who, mentions
from service.store.columns import Json


@dataclass
class Revised:
    """A revision of a term without them.

    Attributes:
        content: JSON text.
        term: the same; None where this version of the program cannot read it.
        was: the term before.
        there: whether rows of theirs are left, under another id.
    """

    content: str
    term: Term | None = None
    was: Term | None = None
    there: bool = False


@dataclass
class TermChanger:
    """Takes somebody out of revisions of terms; keeps what terms became, by the digest they had."""

    who: Who
    anonymous: Anonymous
    became: dict[str, str] = field(default_factory=dict)

    def changed(self, content: Any, lessons: Collection[str] | None) -> Revised | None:
        """A revision without them; None where it does not mean them.

        Args:
            lessons: which they give by timetables of this revision; None where nothing rests on it, so that nothing of them
                needs to stay.
        """
        if not isinstance(content, Mapping) or next(mentions(content, self.who), None) is None:
            return None
        was = _term(content)
        self.anonymous.value(content)  # once to learn what rows are called then, as rows refer to each other
        made = self.anonymous.value(content)
        there = was is not None and any(row.id == self.who.id for row in was.professionals)
        if was is not None and there and lessons is not None:
            places = places_of(was, self.who.id, lessons)
            made["travel_times"] = [*made.get("travel_times", ()), *self._journeys(was, places)]
            if not made["travel_times"]:
                del made["travel_times"]
        term = _term(made)
        if term is not None and there and lessons is None:
            term, there = self.without(term), False
        if made == content:
            return None
        if term is None:
            return Revised(json.dumps(made, ensure_ascii=False, separators=(",", ":")), was=was, there=there)
        if was is not None:
            self.became[was.input_hash] = term.input_hash
        return Revised(term.model_dump_json(exclude_defaults=True), term, was, there)

    def _journeys(self, was: Term, places: Collection[str]) -> list[Json]:
        return journeys(was, self.who.id, self.anonymous.id, places)

    def without(self, term: Term) -> Term:
        """A term in which they had another id, without any row of theirs."""
        left = Leave(professional=self.anonymous.id).applied(term)
        return Term.model_validate_json(left.model_dump_json(exclude_defaults=True))


def facts_of(term: Term, before: Json) -> Json:
    """What lists show of a term, of which the rows are others."""
    rows = {name: len(term.rows(name)) for name, _ in tables() if term.rows(name)}
    return {**before, "input_hash": term.input_hash, "rows": rows}


def _term(content: Any) -> Term | None:
    try:
        return Term.model_validate_json(json.dumps(content))
    except ValidationError:
        return None
