"""What such a process is told, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from model.access import Reader
from model.term import Term
from model.timetable import Timetable


class Asks(StrEnum):
    """The questions, as `solver.explain.asker.Asker` calls them."""

    WHY_OPEN = "why_open"
    REPAIRS = "repairs"
    WHO_COULD = "who_could"
    WHY_NOT = "why_not"
    WHAT_COULD = "what_could"
    LEDGER = "ledger"
    SHORTAGES = "shortages"


@dataclass(frozen=True, slots=True)
class Load:
    """What the questions are about."""

    term: Term
    timetable: Timetable


@dataclass(frozen=True, slots=True)
class Question:
    """One question by one reader."""

    asks: Asks
    reader: Reader
    lang: str
    given: Mapping[str, Any] = field(default_factory=dict)


class Refused(StrEnum):
    """Why there is no answer."""

    NOT_THEIRS = "not_theirs"
    UNKNOWN = "unknown"
    DEFECT = "defect"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer as JSON, or why there is none."""

    json: str = ""
    refused: Refused | None = None
    traceback: str = ""
    """For the log only."""
