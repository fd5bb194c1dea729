"""What people are called until they are matched: names that cannot be guessed, the same for a whole region."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Pseudonyms of a region.

    Attributes:
        key: of the region; who does not have it can neither guess nor check one.
    """

    key: bytes

    def id_of(self, professional: str) -> str:
        """What somebody's id is replaced by, as `x-7F3KQ2MN`."""
        return f"x-{self._mark(professional)}"

    def name_of(self, professional: str) -> str:
        """What somebody's name is replaced by."""
        return f"Professional {self._mark(professional)}"

    def real(self, said: str, among: Iterable[str]) -> str:
        """The id that a pseudonym stands for; what is none stays as it is."""
        return next((each for each in among if self.id_of(each) == said), said) if said.startswith("x-") else said

    def _mark(self, professional: str) -> str:
        number = int.from_bytes(hmac.digest(self.key, professional.encode(), sha256)[:8])
        letters = []
        for _ in range(_LENGTH):
            number, place = divmod(number, len(_LETTERS))
            letters.append(_LETTERS[place])
        return "".join(letters)


def hide(said: Any, people: Mapping[str, str], pseudonyms: Pseudonyms) -> Any:
    """A JSON value that was written about people, with pseudonyms for their ids and names, in sentences too.

    Args:
        people: names by ids, of those who are to be hidden.
    """
    if not people:
        return said
    ids = {each: pseudonyms.id_of(each) for each in people}
    called = {name: pseudonyms.name_of(each) for each, name in people.items() if name}
    longest_first = sorted(called, key=len, reverse=True)
    named = re.compile("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in longest_first)) if called else None

    def hidden(value: Any) -> Any:
        if isinstance(value, str):
            if value in ids:
                return ids[value]
            return value if named is None else named.sub(lambda found: called[found[0]], value)
        if isinstance(value, list):
            return [hidden(each) for each in value]
        if isinstance(value, dict):
            return {ids.get(name, name): hidden(each) for name, each in value.items()}
        return value

    return hidden(said)
