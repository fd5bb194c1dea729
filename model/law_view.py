"""The law report and breaches as a reader may see them: hours only to those who may see how much somebody works."""

from __future__ import annotations

from typing import Any, NamedTuple

from model import names
from model.access import Reader, may_see_hours
from model.law_report import LawLine, PersonReport
from model.locale import text
from model.term import Term
from model.timetable import Breach

HOURS_RULES = frozenset(
    {"breaks", "daily_rest", "hours_four_weeks", "hours_per_week", "hours_sixteen_weeks", "shift_length", "weekly_rest"}
)
"""Rules whose breaches say how much somebody works in all."""


class LawView(NamedTuple):
    """A law report and who reads it."""

    report: tuple[PersonReport, ...]
    reader: Reader

    def sees(self, term: Term, professional: str) -> bool:
        """Whether the reader may see how much somebody works."""
        schools = next((each.schools for each in self.report if each.professional == professional), frozenset[str]())
        return may_see_hours(term, self.reader, professional, schools)

    def opens(self, term: Term, breach: Breach) -> bool:
        """Whether the reader may see a breach in full; of one of hours only who is concerned, and by which rule."""
        person = breach.professional
        return breach.rule not in HOURS_RULES or person is None or self.sees(term, person)


def breach_sentence(term: Term, breach: Breach, law: LawView, lang: str) -> str:
    """What is wrong, as this reader may read it."""
    if breach.professional is None or law.opens(term, breach):
        return breach.sentence(lang)
    title = text(f"rule.{breach.rule}.title", lang)
    return text("law.withheld", lang, rule=title, person=names.person(term, breach.professional))


def law_facts(term: Term, law: LawView) -> list[dict[str, Any]]:
    """The report as data; minutes and dates only where the reader may see them."""
    return [
        {
            "professional": person.professional,
            "exempt": person.exempt,
            "lines": [
                {"measure": line.measure.value, "board": line.board, "kept": line.margin >= 0, "source": line.source}
                | (_hours(line) if may_see_hours(term, law.reader, person.professional, person.schools) else {})
                for line in person.lines
            ],
        }
        for person in law.report
    ]


def _hours(line: LawLine) -> dict[str, Any]:
    return {
        "minutes": line.value,
        "limit": line.limit,
        "margin": line.margin,
        "first": None if line.first is None else line.first.isoformat(),
        "last": None if line.last is None else line.last.isoformat(),
    }
