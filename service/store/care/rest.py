"""Somebody taken out of what is no document: jobs, the audit log, calendars, messages on their way, logins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from service.store.care import held
from service.store.care.anonymous import Anonymous
from service.store.care.mention import mentions
from service.store.columns import Json
from service.store.tables import (
    Account,
    Answered,
    Audit,
    Delivery,
    Feed,
    Grant,
    Incumbent,
    Job,
    LoginLink,
    LoginSession,
)

_AT_ONCE = 1000

_MARK = "="
"""Stands before ids of people whose data were read together (`service.access.audit`)."""


@dataclass
class Rest:
    """Takes somebody out of the rows of a region."""

    session: Session
    region: str
    anonymous: Anonymous
    changed: Counter[str]
    deleted: Counter[str]

    def __post_init__(self) -> None:
        self.who = self.anonymous.who

    def erase(self, jobs: Collection[Job]) -> bool:
        """Take them out of everything here; whether an account of theirs stays, as it is something else too."""
        for job in jobs:
            self._job(job)
        self._audit()
        self._feeds()
        self._messages()
        return self._accounts()

    def _job(self, job: Job) -> None:
        asked: Json = self.anonymous.value(job.asked)
        of = self.anonymous.person(job.of) if job.role == "professional" else job.of
        phase = self._phase(job.phase)
        if (asked, of, phase) != (job.asked, job.of, job.phase):
            self.session.execute(update(Job).where(Job.id == job.id).values(asked=asked, of=of, phase=phase))
            self.changed["job"] += 1
        for event in held.events_of(self.session, job.id):
            if (phase := self._phase(event.phase)) != event.phase:
                event.phase = phase
                self.changed["job_event"] += 1
        best = self.session.get(Incumbent, job.id)
        if best is not None:
            self._incumbent(best)

    def _phase(self, said: str) -> str:
        """What a job does, without whom it looks at."""
        return said.partition(" ")[0] if self.who.in_id(said) else said

    def _incumbent(self, best: Incumbent) -> None:
        content = held.unpacked(best.timetable)
        found = None if content is None else held.parsed(content)
        made = self.anonymous.value(found)
        if found is None or made != found:
            self.changed["incumbent"] += 1
            if found is None:  # nobody can say who is in it
                self.session.delete(best)
                return
            best.timetable = held.packed(made)
        if best.memory is not None:
            memory = held.unpacked(best.memory)
            if memory is None or self.who.id in memory or self.who.named(memory):
                best.memory = None

    def _audit(self) -> None:
        """What was done stays written down, of somebody who cannot be known any more."""
        query = select(Audit.id, Audit.person, Audit.subject, Audit.details).where(Audit.region == self.region)
        about = or_(Audit.person.is_not(None), Audit.subject.is_not(None), Audit.details.is_not(None))
        last = 0
        while rows := self.session.execute(
            query.where(about, Audit.id > last).order_by(Audit.id).limit(_AT_ONCE)
        ).all():
            for number, person, subject, details in rows:
                values = {
                    "person": self.anonymous.person(person),
                    "subject": self.anonymous.person(subject),
                    "details": self._details(details),
                }
                if values != {"person": person, "subject": subject, "details": details}:
                    self.session.execute(update(Audit).where(Audit.id == number).values(**values))
                    self.changed["audit"] += 1
            last = rows[-1][0]

    def _details(self, details: Json | None) -> Json | None:
        return None if details is None else {name: self._detail(value) for name, value in details.items()}

    def _detail(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._detail(each) for each in value]
        marked = f"{_MARK}{self.anonymous.id}" if value == f"{_MARK}{self.who.id}" else value
        return self.anonymous.person(marked)

    def _feeds(self) -> None:
        theirs = (Feed.region == self.region, Feed.role == "professional", Feed.of == self.who.id)
        self._delete(Feed, Feed.id, self.session.scalars(select(Feed.id).where(*theirs)).all())

    def _messages(self) -> None:
        hooks = held.webhooks_of(self.session, self.region)
        sent = self.session.execute(select(Delivery.id, Delivery.body).where(Delivery.webhook.in_(hooks))).all()
        self._delete(Delivery, Delivery.id, [each for each, body in sent if self._meant(body)])
        query = select(Answered.account, Answered.key, Answered.body, Answered.location)
        for account, key, body, location in self.session.execute(query.where(Answered.region == self.region)).all():
            if self._meant(body) or self.who.in_id(location or "") or self.who.in_id(key):
                where = (Answered.region == self.region, Answered.account == account, Answered.key == key)
                self.session.execute(delete(Answered).where(*where))
                self.deleted["answered"] += 1

    def _meant(self, body: str) -> bool:
        return next(mentions(held.parsed(body), self.who), None) is not None

    def _accounts(self) -> bool:
        """End what lets them in as themselves; whether an account stays."""
        kept = False
        for account, grant in held.accounts_of(self.session, self.region, self.who.id):
            self._delete(Grant, Grant.id, [grant.id])  # its sessions and tokens go along
            others = self.session.scalar(select(func.count()).where(Grant.account == account.id))
            if others:
                kept = True
                self.session.execute(delete(LoginSession).where(LoginSession.account == account.id))
                self.session.execute(delete(LoginLink).where(LoginLink.account == account.id))
            else:
                self._delete(Account, Account.id, [account.id])
        return kept

    def _delete(self, table: Any, key: Any, ids: Collection[str]) -> None:
        if ids:
            self.session.execute(delete(table).where(key.in_(ids)))
            self.deleted[table.__tablename__] += len(ids)
