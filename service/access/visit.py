"""A visit: one request by somebody who was let in, as one role in one region."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from model.access import Reader, ReaderRole


class Scope(StrEnum):
    """What a program's token may do at most; a person in a browser may do all that their role may."""

    READ = "read"
    WRITE = "write"
    SOLVE = "solve"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks, and as what.

    Attributes:
        region: id of the region; nothing of another is ever seen.
        account: id of the account.
        grant: id of the grant that gives the role.
        of: ids of their own sites, employer or person, as the region's terms name them; empty for a whole region.
        scopes: what they may do at most.
        request: id of the request, in every answer, log line and audit row.
        token: id of the API token, where a program asks.
    """

    region: str
    account: str
    grant: str
    role: ReaderRole
    of: frozenset[str]
    language: str
    request: str
    scopes: frozenset[Scope] = field(default_factory=lambda: frozenset(Scope))
    token: str | None = None

    @property
    def reader(self) -> Reader:
        """As explanations and exports know them."""
        return Reader(self.role, self.of)
