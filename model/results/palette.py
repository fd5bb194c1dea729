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


OPEN = Hue("#fff1e2", "#b0370b")
"""Orange, which no subject has; the word `open` stands with it everywhere."""

OPEN_STRIPE = "#fde4cb"
"""Stripes on the surface of open lessons; text is readable on both."""

STAFFED = "#2b7a78"

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
    """The hue of every subject of a term (case aside), the same in all its files.

    Subjects of one school differ as long as it has no more than ten; elsewhere hues come back.
    """
    beside: dict[str, set[str]] = {course.subject.casefold(): set() for course in term.courses}
    for school in term.schools:
        taught = {course.subject.casefold() for course in term.courses_of(school.id)}
        for subject in taught:
            beside[subject] |= taught - {subject}
    found: dict[str, int] = {}
    for subject in sorted(beside, key=lambda each: (-len(beside[each]), each)):
        near = [found[other] for other in beside[subject] if other in found]
        used = list(found.values())
        found[subject] = min(range(len(SUBJECT_HUES)), key=lambda hue: (near.count(hue), used.count(hue), hue))
    return {subject: SUBJECT_HUES[hue] for subject, hue in found.items()}
