"""What the process of a job is to do: what it was given, read; and whom it tells."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from threading import Event

from pydantic import BaseModel, ValidationError

from model.access import Reader
from model.access_term import for_outsiders
from model.demands import expanded
from model.scenarios.scenario import Applied, Scenario, apply
from model.term import Term
from model.timetable import Outcome, Timetable
from service.jobs.messages import Answered, Given, Message, Told
from service.jobs.states import Failure, Phase
from solver.explain.region import Region
from solver.memory import MOST_BYTES, Memory
from solver.messages import Start
from solver.whatif.variants import How, Turn


class RefusedError(Exception):
    """There is no answer to this."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


@dataclass
class Task:
    """What is to be done, and whom to tell.

    Attributes:
        stop: set when somebody wants the best so far.
    """

    given: Given
    send: Callable[[Message], None]
    stop: Event = field(default_factory=Event)

    @cached_property
    def base(self) -> Term:
        """The term as it is kept, told as its reader may be told."""
        return for_outsiders(Term.model_validate_json(self.given.term), self.given.reader)

    @cached_property
    def term(self) -> Term:
        """The term, with the scenario it is solved with."""
        if self.given.scenario is None:
            return self.base
        return _term_of(self.applied(Scenario.model_validate_json(self.given.scenario)))

    def applied(self, scenario: Scenario) -> Applied:
        """A scenario on the term.

        Raises:
            RefusedError: it does not fit.
        """
        found = apply(scenario, self.base)
        _term_of(found)
        return found

    @property
    def reader(self) -> Reader:
        """For whom it is written."""
        return self.given.reader

    @property
    def language(self) -> str:
        return self.given.language

    @cached_property
    def timetable(self) -> Timetable:
        """The timetable it is about.

        Raises:
            RefusedError: the outcome has none, or not of this term.
        """
        found = None if self.given.outcome is None else _timetable(self.given.outcome.timetable)
        if found is None or found.issues(expanded(self.term)):
            raise RefusedError(Failure.NO_TIMETABLE)
        return found

    @cached_property
    def region(self) -> Region:
        """The term with the timetable it is about."""
        return Region(self.term, self.timetable)

    @cached_property
    def start(self) -> Start:
        """What to go on from: where an earlier try was, else an earlier outcome; what no longer fits is left out."""
        kept = self.given.best or self.given.outcome
        if kept is None:
            return Start()
        found = _timetable(kept.timetable)
        return Start(None if found is None else _fitting(found, self.term), _memory(kept.memory))

    def known(self, table: str, row: str | None) -> None:
        """Refuse an id that no row has.

        Raises:
            RefusedError: there is none.
        """
        if row is not None and all(getattr(each, "id") != row for each in expanded(self.term).rows(table)):  # noqa: B009  rows differ in type
            raise RefusedError(Failure.UNKNOWN_ID)

    def looking(self, what: str, *_: int) -> None:
        """Tell what is looked at now."""
        self.send(Told(f"{Phase.LOOKING} {what}"))

    def how(self, base_seconds: float, seconds: float, *, until: float = 0.0, enough: float = 0.0) -> How:
        """How a batch is solved."""
        return How(base_seconds, seconds, until=until, enough=enough, tell=self._turn, stop=self.stop)

    def _turn(self, turn: Turn) -> None:
        self.send(Told(f"{Phase.VARIANT} {turn.place + 1}/{turn.of}"))

    def answered(self, answer: BaseModel) -> Answered:
        """An answer that is no timetable, as it is kept: it is for this reader only."""
        facts = {"role": self.reader.role.value, "of": sorted(self.reader.of), "language": self.language}
        return Answered(answer.model_dump_json(), facts)


def _term_of(applied: Applied) -> Term:
    if applied.term is None:
        raise RefusedError(Failure.SCENARIO_INVALID)
    return applied.term


def _timetable(json: str) -> Timetable | None:
    """The timetable of an outcome, or one that was kept by itself."""
    try:
        return Timetable.model_validate_json(json)
    except ValidationError:
        return Outcome.model_validate_json(json).timetable


def _fitting(timetable: Timetable, term: Term) -> Timetable:
    """Those rows that can still be read as ones of the term."""
    unfit = {issue.index for issue in timetable.issues(expanded(term))}
    return Timetable(assignments=tuple(row for place, row in enumerate(timetable.assignments) if place not in unfit))


def packed(memory: Memory) -> bytes:
    return gzip.compress(memory.model_dump_json().encode(), 6, mtime=0)


def _memory(packed: bytes | None) -> Memory | None:
    """What was remembered; nothing where it is of another version of the program."""
    if packed is None:
        return None
    try:
        unpacker = zlib.decompressobj(wbits=31)
        return Memory.model_validate_json(unpacker.decompress(packed, MOST_BYTES))
    except (ValueError, zlib.error):
        return None
