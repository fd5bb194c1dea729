"""Colours of result files: one hue per subject, and one kept for open lessons only."""

from __future__ import annotations

from dataclasses import dataclass

from model.term import Term

INK = "#1b2430"
MUTED = "#566274"
LINE = "#d9dfe7"
FAINT = "#eef1f5"
PAPER = "#ffffff"


@dataclass(frozen=True, slots=True)
class Hue:
    """A pale surface, and a strong colour of the same hue that is readable on it."""

    pale: str
    strong: str


OPEN = Hue("#fff6ec", "#b93a0c")
"""Orange, which no subject has; the word `open` stands with it everywhere."""

STAFFED = Hue("#e0f1ef", "#2b7a78")

SUBJECT_HUES = (
    Hue("#e3eefa", "#2a63a6"),
    Hue("#ddf3ee", "#0c6e64"),
    Hue("#ebe7fa", "#6247b4"),
    Hue("#f1f2d2", "#63690f"),
    Hue("#fbe5ed", "#a8335f"),
    Hue("#e3f3dd", "#37731f"),
    Hue("#f3e9e1", "#7f5031"),
    Hue("#dbf1f8", "#0b6583"),
    Hue("#f5e3f7", "#863594"),
    Hue("#e7ebf0", "#445263"),
)


def subject_hues(term: Term) -> dict[str, Hue]:
    """The hue of every subject of a term: the same in all its files. Beyond ten subjects hues come back."""
    subjects = sorted({course.subject.casefold() for course in term.courses})
    return {subject: SUBJECT_HUES[place % len(SUBJECT_HUES)] for place, subject in enumerate(subjects)}
