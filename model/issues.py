"""Problems with what somebody handed in: coded, located, in words, with a guess at what was meant.

Issue            one problem, as data; what every reader and check produces
TermError        raised when a `Term` cannot exist; carries the issues
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from model.locale import text


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
    value: str | None = None
    details: dict[str, str] = {}
    maybe: str | None = None
    """What was perhaps meant: a value to try, put into the code's own «Misschien …» line."""
    table: str | None = None
    index: int | None = None
    field: str | None = None

    def where(self) -> str:
        """`Lessen!D78 in region.xlsx`, as far as it is known."""
        cell = f"{self.column or ''}{'' if self.row is None else self.row}"
        place = "!".join(part for part in (self.sheet, cell) if part)
        return " ".join(part for part in (self.file, place) if part)

    def sentence(self, lang: str) -> str:
        """What is wrong."""
        return text(f"issue.{self.code}", lang, value=self.value or "", column=self.column or "", **self.details)

    def hint(self, lang: str) -> str:
        """The «Misschien …» / «Maybe …» line."""
        if self.maybe:
            return text("issue.maybe_value", lang, maybe=self.maybe)
        return text(f"issue.{self.code}.maybe", lang, value=self.value or "", **self.details)


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
