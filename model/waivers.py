"""Waivers: known breaches that somebody took responsibility for. Judge and board ask here what they cover.

A waived breach is no reason to refuse a timetable, and is never counted as fine: whoever shows a verdict lists it with
who decided it, why and when.
"""

from __future__ import annotations

from collections.abc import Iterable

from model.lessons import Waiver
from model.rule import Rule, Subject, Waiving
from model.term import Term
from model.timetable import Breach


class Waivers:
    """The waivers of one term."""

    def __init__(self, term: Term) -> None:
        self._of_rule: dict[str, list[Waiver]] = {}
        for row in term.waivers:
            self._of_rule.setdefault(row.rule, []).append(row)

    def of(self, rule: type[Rule], breach: Breach) -> Waiver | None:
        """The waiver that covers a breach of a rule, if one does."""
        lesson = breach.lesson if rule.waiving() is not Waiving.PERSON else None
        return next(iter(self._naming(rule, breach.professional, lesson)), None)

    def cover(self, rule: type[Rule], *, professional: str | None = None, lesson: str | None = None) -> bool:
        """Whether a breach of a rule by this person, in this lesson, would be covered."""
        return any(True for _ in self._naming(rule, professional, lesson))

    def lessons(self, rule: type[Rule], professional: str) -> frozenset[str]:
        """Lessons that a personal rule does not look at for somebody."""
        if rule.subject is not Subject.PROFESSIONAL or rule.waiving() is not Waiving.PERSON_OR_LESSON:
            return frozenset()
        rows = self._of_rule.get(rule.name, ())
        return frozenset(row.lesson for row in rows if row.lesson and row.professional in (None, professional))

    def _naming(self, rule: type[Rule], professional: str | None, lesson: str | None) -> Iterable[Waiver]:
        rows = self._of_rule.get(rule.name)
        if not rows or rule.waiving() is Waiving.NEVER:
            return ()
        named = (row for row in rows if row.professional or row.lesson)
        return (row for row in named if row.professional in (None, professional) and row.lesson in (None, lesson))
