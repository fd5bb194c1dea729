"""Why something was not done with the data: a code, what it is about, and a guess, in words of the catalogue."""

from __future__ import annotations

from model.locale import text


class CareError(Exception):
    """Nothing was done, and nothing written.

    Attributes:
        code: sentences stand in the catalogue under `upkeep.<code>` and `upkeep.<code>_maybe`.
        facts: what the sentences name.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def sentence(self, lang: str) -> str:
        """What is wrong, and where."""
        return text(f"upkeep.{self.code}", lang, **self.facts)

    def hint(self, lang: str) -> str:
        """The «Misschien …» / «Maybe …» line."""
        return text(f"upkeep.{self.code}_maybe", lang, **self.facts)
