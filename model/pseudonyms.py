"""What people are called until they are matched: names that cannot be guessed, the same for a whole region."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

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
