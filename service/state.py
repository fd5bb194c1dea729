"""What a server holds while it runs."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

from model.access_timetable import Weeks
from model.term import Term
from model.timetable import Outcome
from service.asking.askers import Askers
from service.jobs.jobs import Jobs
from service.settings import ServiceSettings
from service.store import documents
from service.store.database import Database
from service.store.documents import Stored

Made = TypeVar("Made")

TERMS_KEPT = 16
OUTCOMES_KEPT = 32
ANSWERS_KEPT = 128


class Told(NamedTuple):
    """An answer as JSON, and ids of the people that it names."""

    json: bytes
    people: frozenset[str] = frozenset()


class Kept(Generic[Made]):
    """What was made lately, so that it is not made again: frozen things by what they were made of."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The thing of this key, made now when it is not there."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = make()  # two may make it at once; either will do
        with self._lock:
            self._made[key] = made
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._made.clear()


class Service:
    """Settings, database, jobs, and terms and outcomes that were read lately."""

    def __init__(self, settings: ServiceSettings, database: Database, jobs: Jobs) -> None:
        self.settings = settings
        self.database = database
        self.jobs = jobs
        self._terms: Kept[Term] = Kept(TERMS_KEPT)
        self.askers = Askers()
        self._outcomes: Kept[Outcome] = Kept(OUTCOMES_KEPT)
        self._told: Kept[Told] = Kept(ANSWERS_KEPT)
        self._weeks: Kept[Weeks] = Kept(OUTCOMES_KEPT)
        self._changed: Kept[Term] = Kept(OUTCOMES_KEPT)

    def term(self, stored: Stored) -> Term:
        """The term of a document, whose content need not have been read."""
        return self._terms.get((stored.id, stored.revision), lambda: Term.model_validate_json(self._content(stored)))

    def changed_term(self, of: Hashable, make: Callable[[], Term]) -> Term:
        """The term of an outcome that is of a scenario."""
        return self._changed.get(of, make)

    def weeks(self, of: Hashable, make: Callable[[], Weeks]) -> Weeks:
        """The weeks of an outcome for a reader."""
        return self._weeks.get(of, make)

    def outcome(self, stored: Stored) -> Outcome:
        """The outcome of a document, likewise."""
        key = (stored.id, stored.revision)
        return self._outcomes.get(key, lambda: Outcome.model_validate_json(self._content(stored)))

    def _content(self, stored: Stored) -> str:
        """What a document holds, read now where it was not."""
        if stored.content:
            return stored.content
        with self.database.reading() as session:
            return documents.read(session, stored.region, stored.id, revision=stored.revision).content

    def told(self, of: Hashable, make: Callable[[], Told]) -> Told:
        """An answer that was made of things which do not change: bytes to send, and whom they name."""
        return self._told.get(of, make)

    def close(self) -> None:
        """End what was started beside."""
        self.askers.close()

    def forget(self) -> None:
        """Keep nothing at hand of what was read: somebody was taken out of what is kept."""
        for each in (self._terms, self._outcomes, self._weeks, self._changed, self._told):
            each.clear()
        self.askers.close()
