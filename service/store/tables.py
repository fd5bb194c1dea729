"""The tables. Everything of a region carries its id, and is never read without it.

region ─┬─ grant ── account ─┬─ identity, login_session, login_link, api_token
        ├─ document ── revision        terms, parts, scenarios, outcomes, comparisons, records: JSON with all revisions
        ├─ part                        who owns which part of a term, and whether it was delivered
        ├─ job ─┬─ incumbent           the best so far of a running solve
        │       └─ job_event           how it went: value, bound, phase
        ├─ audit, feed, webhook ── delivery, publication, answered
executor                               who works, and when it was last seen
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from service.store.columns import Facts, Json, Moment, now

Id = String(40)
Name = String(200)
Code = String(40)
Digest = String(64)
"""SHA-256 of a secret, in hexadecimals: secrets that let somebody in are kept nowhere."""

OwnId = String(100)
"""An id of a school, employer or professional, from a term."""


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment()}


def _of_region() -> Mapped[str]:
    return mapped_column(Id, ForeignKey("region.id", ondelete="CASCADE"), index=True)


class Region(Base):
    """A region with its schools and employers: nothing of one is ever seen from another.

    `settings` are those of `service.store.regions.RegionSettings`; `key` makes its pseudonyms.
    """

    __tablename__ = "region"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Name)
    settings: Mapped[Json] = mapped_column(Facts)
    key: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(Integer)
    __mapper_args__ = {"version_id_col": version}


# Who


class Account(Base):
    """Somebody who can log in. The address is kept in lower case."""

    __tablename__ = "account"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(Name, default="")
    language: Mapped[str] = mapped_column(String(2), default="nl")
    created_at: Mapped[datetime] = mapped_column(default=now)
    disabled_at: Mapped[datetime | None]


class Identity(Base):
    """How an issuer calls an account."""

    __tablename__ = "identity"
    issuer: Mapped[str] = mapped_column(String(300), primary_key=True)
    subject: Mapped[str] = mapped_column(String(300), primary_key=True)
    account: Mapped[str] = mapped_column(Id, ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Grant(Base):
    """What an account is in a region: a role, and for whom (`of`: ids of sites, an employer or a person; empty for all)."""

    __tablename__ = "grant"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    account: Mapped[str] = mapped_column(Id, ForeignKey("account.id", ondelete="CASCADE"), index=True)
    region: Mapped[str] = _of_region()
    role: Mapped[str] = mapped_column(Code)
    of: Mapped[list[str]] = mapped_column(Facts)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str | None] = mapped_column(Id)


class LoginSession(Base):
    """A browser that is logged in, as one of the roles of its account."""

    __tablename__ = "login_session"
    digest: Mapped[str] = mapped_column(Digest, primary_key=True)
    account: Mapped[str] = mapped_column(Id, ForeignKey("account.id", ondelete="CASCADE"), index=True)
    grant: Mapped[str | None] = mapped_column(Id, ForeignKey("grant.id", ondelete="CASCADE"))
    csrf: Mapped[str] = mapped_column(Digest)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]


class LoginLink(Base):
    """A link that lets somebody in once: mailed, or printed where the service was started."""

    __tablename__ = "login_link"
    digest: Mapped[str] = mapped_column(Digest, primary_key=True)
    account: Mapped[str] = mapped_column(Id, ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(Code)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ApiToken(Base):
    """What a program calls with: as one role in one region, no more than its scopes, until it expires."""

    __tablename__ = "api_token"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    digest: Mapped[str] = mapped_column(Digest, unique=True)
    account: Mapped[str] = mapped_column(Id, ForeignKey("account.id", ondelete="CASCADE"), index=True)
    grant: Mapped[str] = mapped_column(Id, ForeignKey("grant.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Name)
    scopes: Mapped[list[str]] = mapped_column(Facts)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


# What


class Document(Base):
    """Something that is edited or kept as a whole; `version` is the number of its latest revision."""

    __tablename__ = "document"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    region: Mapped[str] = _of_region()
    kind: Mapped[str] = mapped_column(Code)
    name: Mapped[str] = mapped_column(Name, default="")
    parent: Mapped[str | None] = mapped_column(Id, ForeignKey("document.id", ondelete="CASCADE"), index=True)
    """What it is of: the term of a scenario, an outcome or a part."""
    parent_revision: Mapped[int | None] = mapped_column(Integer)
    facts: Mapped[Json] = mapped_column(Facts)
    """What lists show of it: sizes, status, value."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str | None] = mapped_column(Id)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(Integer)
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (Index(None, "region", "kind", "created_at"),)


class Revision(Base):
    """What a document was: its whole content as JSON text, and what goes with it that is no JSON."""

    __tablename__ = "revision"
    document: Mapped[str] = mapped_column(Id, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[str | None] = mapped_column(Id)
    note: Mapped[str] = mapped_column(Name, default="")
    content: Mapped[str] = mapped_column(Text)
    beside: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Prices and plans for a next solve (`solver.memory`, packed), of an outcome."""


class Part(Base):
    """The part of a term that a school or employer owns: its document, when it was delivered and accepted."""

    __tablename__ = "part"
    term: Mapped[str] = mapped_column(Id, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    owner_kind: Mapped[str] = mapped_column(Code, primary_key=True)
    owner: Mapped[str] = mapped_column(OwnId, primary_key=True)
    region: Mapped[str] = _of_region()
    deadline: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    delivered_by: Mapped[str | None] = mapped_column(Id)
    built_on: Mapped[str | None] = mapped_column(Digest)
    """Digest of what of the region it was built upon."""
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[str | None] = mapped_column(Id)
    accepted_revision: Mapped[int | None] = mapped_column(Integer)
    """The revision of the term in which what was accepted is pinned."""
    accepted_outcome: Mapped[str | None] = mapped_column(Id, ForeignKey("document.id", ondelete="SET NULL"))


class Publication(Base):
    """Which outcome of a term people were promised, and since when."""

    __tablename__ = "publication"
    term: Mapped[str] = mapped_column(Id, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True)
    outcome: Mapped[str] = mapped_column(Id, ForeignKey("document.id", ondelete="CASCADE"))
    region: Mapped[str] = _of_region()
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[str | None] = mapped_column(Id)


# Jobs


class Job(Base):
    """A question that takes long. Its lifecycle (`state`) is one thing, what is proved (`proof`) another."""

    __tablename__ = "job"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    region: Mapped[str] = _of_region()
    kind: Mapped[str] = mapped_column(Code)
    term: Mapped[str] = mapped_column(Id, ForeignKey("document.id", ondelete="CASCADE"), index=True)
    term_revision: Mapped[int] = mapped_column(Integer)
    asked: Mapped[Json] = mapped_column(Facts)
    """What was asked, as its kind defines it."""
    role: Mapped[str] = mapped_column(Code)
    of: Mapped[list[str]] = mapped_column(Facts)
    """For whom: its answer is written for this reader."""
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(Code)
    stop: Mapped[str | None] = mapped_column(Code)
    """`keep` when somebody wants the best so far, `cancel` when nothing is wanted any more."""
    phase: Mapped[str] = mapped_column(Code, default="")
    proof: Mapped[str | None] = mapped_column(Code)
    value: Mapped[int | None] = mapped_column(BigInteger)
    bound: Mapped[int | None] = mapped_column(BigInteger)
    error: Mapped[str | None] = mapped_column(Code)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    executor: Mapped[str | None] = mapped_column(Id)
    answer: Mapped[str | None] = mapped_column(Id, ForeignKey("document.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str | None] = mapped_column(Id)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    __table_args__ = (Index(None, "region", "created_at"), Index(None, "state"))


class Incumbent(Base):
    """The best so far of a job that runs, judged: what whoever takes the job over goes on from."""

    __tablename__ = "incumbent"
    job: Mapped[str] = mapped_column(Id, ForeignKey("job.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    value: Mapped[int] = mapped_column(BigInteger)
    timetable: Mapped[bytes] = mapped_column(LargeBinary)
    """JSON, packed."""
    memory: Mapped[bytes | None] = mapped_column(LargeBinary)


class JobEvent(Base):
    """How a job stood at a moment."""

    __tablename__ = "job_event"
    job: Mapped[str] = mapped_column(Id, ForeignKey("job.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[str] = mapped_column(Code)
    phase: Mapped[str] = mapped_column(Code)
    value: Mapped[int | None] = mapped_column(BigInteger)
    bound: Mapped[int | None] = mapped_column(BigInteger)


class Executor(Base):
    """A process that does jobs, named anew each time it starts."""

    __tablename__ = "executor"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    host: Mapped[str] = mapped_column(Name)
    started_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now, index=True)


# What was done, and what goes out


class Audit(Base):
    """Somebody read data of a person, or changed something. Only added to; `person` is an id, never a name."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    region: Mapped[str | None] = mapped_column(Id, ForeignKey("region.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(default=now)
    account: Mapped[str | None] = mapped_column(Id)
    role: Mapped[str] = mapped_column(Code)
    token: Mapped[str | None] = mapped_column(Id)
    request: Mapped[str] = mapped_column(Id)
    action: Mapped[str] = mapped_column(Code)
    subject: Mapped[str | None] = mapped_column(OwnId)
    person: Mapped[str | None] = mapped_column(OwnId)
    details: Mapped[Json | None] = mapped_column(Facts)
    __table_args__ = (Index(None, "region", "at"), Index(None, "region", "person"))


class Feed(Base):
    """A calendar that can be read by whoever has its address: of a professional, a school or a class."""

    __tablename__ = "feed"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    digest: Mapped[str] = mapped_column(Digest, unique=True)
    region: Mapped[str] = _of_region()
    term: Mapped[str] = mapped_column(Id, ForeignKey("document.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(Code)
    of: Mapped[str] = mapped_column(OwnId)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str | None] = mapped_column(Id)
    revoked_at: Mapped[datetime | None]


class Webhook(Base):
    """Where a region's events are sent. The secret signs what is sent, so that it must be kept as it is."""

    __tablename__ = "webhook"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    region: Mapped[str] = _of_region()
    url: Mapped[str] = mapped_column(String(2000))
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    events: Mapped[list[str]] = mapped_column(Facts)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str | None] = mapped_column(Id)


class Delivery(Base):
    """An event on its way to a webhook: tried again until it arrives or is given up."""

    __tablename__ = "delivery"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    webhook: Mapped[str] = mapped_column(Id, ForeignKey("webhook.id", ondelete="CASCADE"), index=True)
    event: Mapped[str] = mapped_column(Code)
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_at: Mapped[datetime | None] = mapped_column(index=True)
    status: Mapped[int | None] = mapped_column(Integer)
    delivered_at: Mapped[datetime | None]


class Answered(Base):
    """A request that was answered under an idempotency key: asked again, it gets the same answer."""

    __tablename__ = "answered"
    region: Mapped[str] = mapped_column(Id, ForeignKey("region.id", ondelete="CASCADE"), primary_key=True)
    account: Mapped[str] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    digest: Mapped[str] = mapped_column(Digest)
    """Of the request: the same key with another request is refused."""
    status: Mapped[int] = mapped_column(Integer)
    body: Mapped[str] = mapped_column(Text)
    location: Mapped[str | None] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(default=now, index=True)
