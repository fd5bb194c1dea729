"""The right to be forgotten (AVG art. 17): somebody taken out of everything that a region keeps.

What others' timetables rest on stays, under an id that tells nothing and was drawn by chance: that somebody was at work, was
allowed to teach, gave a lesson. Name, address, reasons and what was written about them go; of their home only the minutes to places
they were at stay. So outcomes are worth what they were worth, and a decision that a board filed can still be checked; it
says that somebody was erased from it and which digests it had. Where no timetable rests on a revision, their rows go altogether, and
the latest revision of a term has none of them in any case.

Answers that mean them are deleted and can be asked again; so are what a solve left for a next one, messages on their way, and
answers kept for repeated requests. Their login goes, unless the account is something else too. The audit log keeps what was
done, under the new id.

Beyond reach: files that left the service, backups made before (restore one, and erase again), and what servers hold in memory.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from model.decision import Decision, timetable_hash
from model.locale import DEFAULT_LANGUAGE, text
from model.scenarios.scenario import Scenario, apply
from model.term import Term
from model.timetable import Outcome
from service.store import documents
from service.store.care import held
from service.store.care.anonymous import Anonymous
from service.store.care.mention import mentions
from service.store.care.refused import CareError
from service.store.care.rest import Rest
from service.store.care.terms import TermChanger, facts_of
from service.store.columns import Json, new_id, now
from service.store.database import Database
from service.store.documents import Kind
from service.store.tables import Audit, Document, Job, Region, Revision

_NOTE_LENGTH = 200


@dataclass(slots=True)
class Erased:
    """What was done.

    Attributes:
        id: what stands for them from now on.
        changed: rows of each table that were changed.
        deleted: rows that were deleted.
        terms: ids of terms of which the latest revision had them, and which have a new one without them.
        account_kept: whether their account stayed, as it is something else too.
    """

    id: str
    changed: Counter[str] = field(default_factory=Counter)
    deleted: Counter[str] = field(default_factory=Counter)
    terms: list[str] = field(default_factory=list)
    account_kept: bool = False


def erase_person(
    database: Database,
    region: str,
    person: str,
    *,
    by: str | None,
    at: datetime | None = None,
    lang: str = DEFAULT_LANGUAGE,
) -> Erased:
    """Take a professional out of all that a region keeps, in one transaction.

    Servers that run hold terms and outcomes in memory: they are to forget them afterwards.

    Args:
        person: their id in the terms of the region.
        by: account of who decided; None where it is done from the shell.
        lang: of the notes that are left.

    Raises:
        CareError: the region knows nobody of this id, or works on a job, which would write them down again.
    """
    with database.session() as session:
        if session.get(Region, region, with_for_update=True) is None:
            raise CareError("no_region", region=region)
        jobs = list(held.jobs_of(session, region))
        # Who saves a term meanwhile waits, and is told that it changed.
        mine = select(Document.id).where(Document.region == region).order_by(Document.id)
        session.execute(mine.with_for_update()).all()
        if any(each.state in ("running", "stopping") for each in jobs):
            raise CareError("jobs_run")
        who, known = held.identified(session, region, person)
        if not known:
            raise CareError("no_person", person=person)
        anonymous = Anonymous(who, new_id("persoon"))
        erased = Erased(anonymous.id)
        moment = at or now()
        _Documents(session, region, TermChanger(who, anonymous), erased, moment, by, lang).erase(jobs)
        rest = Rest(session, region, anonymous, erased.changed, erased.deleted)
        erased.account_kept = rest.erase(jobs)
        session.add(
            Audit(
                region=region,
                at=moment,
                account=by,
                role="service" if by is None else "admin",
                request="erasure",
                action="person_erased",
                subject=anonymous.id,
            )
        )
    return erased


@dataclass
class _Documents:
    """All documents of a region: terms first, as the digests of others follow from theirs."""

    session: Session
    region: str
    terms: TermChanger
    erased: Erased
    at: datetime
    by: str | None
    lang: str

    def __post_init__(self) -> None:
        self.anonymous = self.terms.anonymous
        self.who = self.anonymous.who
        self._solved: dict[tuple[str, int], tuple[Term, Term]] = {}

    def erase(self, jobs: Collection[Job]) -> None:
        rests = self._rests(jobs)
        found = held.documents_of(self.session, self.region)
        for document, kind in found:
            if kind == Kind.TERM:
                self._term(document, rests[document])
        self.anonymous.words |= self.terms.became
        order = {Kind.SCENARIO: 0, Kind.OUTCOME: 1, Kind.RECORD: 3}
        for document, kind in sorted(found, key=lambda each: order.get(Kind(each[1]), 2)):
            if kind == Kind.ANSWER:
                self._answer(document)
            elif kind != Kind.TERM:
                self._other(document, kind)

    def _rests(self, jobs: Collection[Job]) -> dict[str, dict[int, set[str]]]:
        """By term and revision, lessons that they give by timetables that rest on it."""
        found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for job in jobs:
            if job.state == "queued":
                found[job.term].setdefault(job.term_revision, set())
        below = select(Document).where(
            Document.region == self.region, Document.parent_revision.is_not(None), Document.kind != Kind.ANSWER
        )
        for each in self.session.scalars(below).all():
            lessons = found[each.parent or ""][each.parent_revision or 0]
            if each.kind == Kind.OUTCOME:
                for version in held.versions(self.session, each.id):
                    rows = version.content.get("assignments", ()) if isinstance(version.content, dict) else ()
                    lessons |= {row["lesson"] for row in rows if row["professional"] == self.who.id}
        return found

    # Terms

    def _term(self, document: str, rests: dict[int, set[str]]) -> None:
        row = self.session.get_one(Document, document)
        latest, at_latest = row.version, None
        for version in held.versions(self.session, document):
            made = self.terms.changed(version.content, rests.get(version.number))
            if made is None:
                continue
            self._write(document, version.number, made.content)
            if made.was is not None and made.term is not None:
                self._solved[document, version.number] = (made.was, made.term)
            if version.number == latest:
                at_latest = made
        self._labels(row)
        if at_latest is None or at_latest.term is None:
            return
        if at_latest.there:
            left = self.terms.without(at_latest.term)
            content, note = left.model_dump_json(exclude_defaults=True), text("upkeep.revision_note", self.lang)
            facts = facts_of(left, row.facts)
            documents.save(
                self.session, self.region, document, content, seen=latest, by=self.by, note=note, facts=facts
            )
        else:
            self._facts(document, facts_of(at_latest.term, row.facts))
        self.erased.terms.append(document)

    # What rests on them

    def _answer(self, document: str) -> None:
        """Answers are sentences, written for one reader: they are asked again rather than mended."""
        row = self.session.get_one(Document, document)
        found = (each.content for each in held.versions(self.session, document))
        if any(next(mentions(content, self.who), None) for content in (*found, row.facts)):
            documents.erase(self.session, self.region, document)
            self.erased.deleted["document"] += 1
        else:
            self._labels(row)

    def _other(self, document: str, kind: str) -> None:
        row = self.session.get_one(Document, document)
        facts: Json = self.anonymous.value(row.facts)
        if kind == Kind.OUTCOME:
            self._learn_scenario(row, facts)
            facts = self.anonymous.value(facts)
        for version in held.versions(self.session, document):
            made = self.anonymous.value(version.content)
            if made == version.content:
                continue
            if kind == Kind.OUTCOME:
                self._learn_timetable(version.content, made)
            if kind == Kind.RECORD:
                made = self._noted(version.content, made)
            self._write(document, version.number, json.dumps(made, ensure_ascii=False, separators=(",", ":")))
        if facts != row.facts:
            self._facts(document, facts)
        self._labels(row)
        self._drop_memory(row)

    def _learn_scenario(self, row: Document, facts: Json) -> None:
        """The digest of a term with a scenario, before and after: its outcome and decisions name it."""
        both = self._solved.get((row.parent or "", row.parent_revision or 0))
        if row.facts.get("scenario") is None or both is None:
            return
        terms: list[Term] = []
        for changes, base in ((row.facts["scenario"], both[0]), (facts["scenario"], both[1])):
            try:
                term = apply(Scenario.model_validate(changes), base).term
            except ValidationError:
                return
            if term is None:
                return
            terms.append(term)
        self.anonymous.words[terms[0].input_hash] = terms[1].input_hash

    def _learn_timetable(self, was: Any, made: Any) -> None:
        try:
            old, new = (Outcome.model_validate_json(json.dumps(each)).timetable for each in (was, made))
        except ValidationError:
            return
        if old is not None and new is not None:
            self.anonymous.words[timetable_hash(old)] = timetable_hash(new)

    def _noted(self, was: Any, made: Any) -> Any:
        """A decision that says what was done to it, with the digests it had: they stand on copies that were filed."""
        try:
            before = Decision.model_validate_json(json.dumps(was))
        except ValidationError:
            return made
        day = self.at.date()
        note = text("upkeep.record_note", self.lang, date=day, input=before.input_hash, timetable=before.timetable_hash)
        return {**made, "on_record": [*made["on_record"], note]}

    def _drop_memory(self, row: Document) -> None:
        """Forget what was left for a next solve where it means them: it only saves time."""
        beside = select(Revision.number, Revision.beside).where(
            Revision.document == row.id, Revision.beside.is_not(None)
        )
        for number, packed in self.session.execute(beside).all():
            content = held.unpacked(packed or b"")
            if content is None or self._in_packed(content):
                self.session.execute(
                    update(Revision).where(Revision.document == row.id, Revision.number == number).values(beside=None)
                )
                self.erased.changed["revision"] += 1

    def _in_packed(self, content: str) -> bool:
        return self.who.id in content or self.who.named(content)

    # Writing

    def _write(self, document: str, number: int, content: str) -> None:
        where = (Revision.document == document, Revision.number == number)
        self.session.execute(update(Revision).where(*where).values(content=content))
        self.erased.changed["revision"] += 1

    def _facts(self, document: str, facts: Json) -> None:
        self.session.execute(update(Document).where(Document.id == document).values(facts=facts))
        self.erased.changed["document"] += 1

    def _labels(self, row: Document) -> None:
        """Names and notes, which people write."""
        name = self.anonymous.label(row.name)
        if name != row.name:
            self.session.execute(update(Document).where(Document.id == row.id).values(name=name))
            self.erased.changed["document"] += 1
        notes = select(Revision.number, Revision.note).where(Revision.document == row.id, Revision.note != "")
        for number, said in self.session.execute(notes).all():
            if (note := self.anonymous.label(said)) != said:
                where = (Revision.document == row.id, Revision.number == number)
                self.session.execute(update(Revision).where(*where).values(note=note))
                self.erased.changed["revision"] += 1
