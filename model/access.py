"""Who may see what: the one module that decides it, asked by explanations, exports and pages alike.

A fact has a privacy class. Whoever may not read it gets the plain sentence of its kind ("not available") instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from model.locale import text
from model.people import Privacy
from model.rule import Because
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
    return text(f"withheld.{because.privacy.value}", lang)
