"""Problems with what somebody handed in: coded, located, in words, with a guess at what was meant.

Issue            one problem, as data; what every reader and check produces
TermError        raised when a `Term` cannot exist; carries the issues
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from model.locale import text, word

MAX_HINTS = 50
"""Most guesses made for one file; a guess compares a value with every known one."""


class Severity(StrEnum):
    """An error stops the reading; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Issue(BaseModel):
    """One located problem. `row` counts as the user's file does (the first data row of a sheet is 2)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    severity: Severity = Severity.ERROR
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    """Letter of the column in a sheet or CSV file; in JSON the path, such as `$.lessons[3].weekday`."""
    header: str | None = None
    """What the file writes above that column."""
    value: str | None = None
    details: dict[str, str] = {}
    """What the sentence further names."""
    words: dict[str, str] = {}
    """The same, as ids of messages."""
    choices: tuple[str, str] | None = None
    """Values that would be right: the group of their words in the catalogue, and the values joined by spaces."""
    maybe: str | None = None
    """What was perhaps meant: a value to try, put into the code's own «Misschien …» line."""
    table: str | None = None
    index: int | None = None
    field: str | None = None

    def where(self) -> str:
        """`Lessen!D78 in region.xlsx`, as far as it is known."""
        cell = f"{self.column or ''}{'' if self.row is None else self.row}"
        place = "!".join(part for part in (self.sheet, cell) if part)
        return " in ".join(part for part in (place, self.file) if part)

    def sentence(self, lang: str) -> str:
        """What is wrong."""
        return text(f"issue.{self.code}", lang, **self._params(lang))

    def hint(self, lang: str) -> str:
        """The «Misschien …» / «Maybe …» line."""
        if self.maybe:
            return text("issue.maybe_value", lang, maybe=self.maybe)
        return text(f"issue.{self.code}.maybe", lang, **self._params(lang))

    def _params(self, lang: str) -> dict[str, object]:
        params: dict[str, object] = {
            "value": self.value or "",
            "column": self.column or "",
            "name": self.header or (self.field or "").replace("_", " "),
            **self.details,
            **{name: text(message, lang) for name, message in self.words.items()},
        }
        if self.choices is not None:
            group, values = self.choices
            params["choices"] = ", ".join(word(group, value, lang) for value in values.split())
        return params


class TermError(ValueError):
    """A term that cannot exist; `.issues` says why."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("; ".join(f"{issue.code} {issue.table}[{issue.index}].{issue.field}" for issue in self.issues))


def nearest(value: str, known: Iterable[str]) -> str | None:
    """The known value that looks most like the given one, if any comes close."""
    by_fold = {each.casefold(): each for each in known}
    found = difflib.get_close_matches(value.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


class Hints:
    """Guesses for the values of one file: each made once, and only so many."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], str | None] = {}

    def nearest(self, value: str, group: str, known: Iterable[str]) -> str | None:
        """The known value of a group that looks most like the given one; None after many guesses."""
        key = (group, value)
        if key not in self._made:
            self._made[key] = nearest(value, known) if len(self._made) < MAX_HINTS else None
        return self._made[key]
