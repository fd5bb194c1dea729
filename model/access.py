"""Who may see what: the one module that decides it, asked by explanations, exports and pages alike.

A fact has a privacy class. Whoever may not read it gets the plain sentence of its kind ("not available") instead.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from model.locale import text
from model.people import Privacy
from model.rule import Because, Owner
from model.term import Term


class ReaderRole(StrEnum):
    """What a reader of results is to the region."""

    ADMIN = "admin"
    COORDINATOR = "coordinator"
    TIMETABLER = "timetabler"
    EMPLOYER = "employer"
    PROFESSIONAL = "professional"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads results, and for whom: a site's timetabler, an employer, a professional."""

    role: ReaderRole
    of: frozenset[str] = frozenset()
    """Ids of their own sites, employer or person."""


COORDINATOR = Reader(ReaderRole.COORDINATOR)


def may_read(term: Term, reader: Reader, privacy: Privacy, professional: str | None) -> bool:
    """Whether a reader may read a fact about a professional."""
    if privacy is Privacy.OPEN or professional is None:
        return True
    if reader.role is ReaderRole.PROFESSIONAL:
        return professional in reader.of
    if reader.role is ReaderRole.EMPLOYER and privacy is Privacy.EMPLOYER:
        return term.professional(professional).employer in reader.of
    return False


def sentence(term: Term, because: Because, reader: Reader, lang: str) -> str:
    """The sentence of a fact as this reader may read it."""
    if may_read(term, reader, because.privacy, because.professional):
        return text(because.message, lang, **because.params)
    return text("withheld.law" if because.owner is Owner.LAW else f"withheld.{because.privacy.value}", lang)


def may_read_of(
    term: Term,
    reader: Reader,
    privacy: Privacy,
    *,
    professional: str | None,
    employer: str | None,
    schools: Collection[str],
) -> bool:
    """Whether a reader may read how a rule of this privacy class is broken, of a person who teaches at `schools`, or of an employer.

    What an employer asks of its people as a group is for the employer and for who runs the region.
    """
    if privacy is Privacy.EMPLOYER and professional is None:
        own = reader.role is ReaderRole.EMPLOYER and employer in reader.of
        return own or reader.role in (ReaderRole.ADMIN, ReaderRole.COORDINATOR)
    if privacy is Privacy.EMPLOYER and professional is not None:
        return may_see_hours(term, reader, professional, schools)
    return may_read(term, reader, privacy, professional)


def may_ask_about(term: Term, reader: Reader, professional: str) -> bool:
    """Whether a reader may ask what somebody could give: of their own people, or of themselves; schools of everybody."""
    match reader.role:
        case ReaderRole.EMPLOYER:
            return term.professional(professional).employer in reader.of
        case ReaderRole.PROFESSIONAL:
            return professional in reader.of
        case _:
            return True


def may_see_employer(reader: Reader, employer: str) -> bool:
    """Whether a reader may see how much an employer gives away: its own, and who runs the region."""
    return reader.role in (ReaderRole.ADMIN, ReaderRole.COORDINATOR) or (
        reader.role is ReaderRole.EMPLOYER and employer in reader.of
    )


def may_see_euros(reader: Reader, employer: str) -> bool:
    """Whether a reader may see what it costs an employer, by the price that it entered for itself."""
    return reader.role is ReaderRole.ADMIN or (reader.role is ReaderRole.EMPLOYER and employer in reader.of)


def may_read_change(term: Term, reader: Reader, people: Collection[str] | None) -> bool:
    """Whether a reader may read a change of a scenario: who asks about few people only those of these (None: anybody)."""
    if reader.role not in (ReaderRole.EMPLOYER, ReaderRole.PROFESSIONAL):
        return True
    known = {each.id for each in term.professionals}
    return people is not None and all(each in known and may_ask_about(term, reader, each) for each in people)


def may_see_hours(term: Term, reader: Reader, professional: str, schools: Collection[str]) -> bool:
    """Whether a reader may see how much somebody works in all; a coordinator only reads whether the law is kept.

    The two employers tell each other (ATW 5:15): the person's own employer sees it, and a timetabler of a school where
    the person teaches (`schools`). Who administers the data has all of it.
    """
    match reader.role:
        case ReaderRole.ADMIN:
            return True
        case ReaderRole.PROFESSIONAL:
            return professional in reader.of
        case ReaderRole.EMPLOYER:
            return term.professional(professional).employer in reader.of
        case ReaderRole.TIMETABLER:
            return not reader.of.isdisjoint(schools)
        case ReaderRole.COORDINATOR:
            return False
