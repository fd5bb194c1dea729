"""The judge: reads a timetable and says which rules it breaks, what it costs, and what it is worth. No solver."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from model.calendar import Calendar
from model.reading import Reading
from model.rule import Rule, RuleBook
from model.rules import RULES
from model.term import Term
from model.timetable import Breach, Cost, LessonCount, RuleValue, Tier, TierValue, Timetable
from model.travel import Travel


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of one timetable."""

    breaches: tuple[Breach, ...]
    costs: tuple[Cost, ...]

    @property
    def value(self) -> int:
        """What the timetable is worth: gains less costs; 0 for an empty one."""
        return -sum(cost.amount for cost in self.costs)

    @property
    def tiers(self) -> tuple[TierValue, ...]:
        """The value by tier."""
        return tuple(
            TierValue(tier=tier, value=-sum(cost.amount for cost in self.costs if cost.tier is tier)) for tier in Tier
        )

    @property
    def rules(self) -> tuple[RuleValue, ...]:
        """The value by rule, in order of tier and name."""
        found: dict[tuple[Tier, str], list[int]] = {}
        for cost in self.costs:
            found.setdefault((cost.tier, cost.rule), []).append(-cost.amount)
        order = {tier: place for place, tier in enumerate(Tier)}
        return tuple(
            RuleValue(rule=rule, tier=tier, value=sum(amounts), places=len(amounts))
            for (tier, rule), amounts in sorted(found.items(), key=lambda item: (order[item[0][0]], item[0][1]))
        )


def judge(
    term: Term,
    timetable: Timetable,
    *,
    rules: Iterable[type[Rule]] = RULES,
    calendar: Calendar | None = None,
    travel: Travel | None = None,
) -> Verdict:
    """Judge a timetable by all rules of its term.

    `timetable.issues(term)` must be empty: a timetable that names unknown lessons cannot be judged.
    """
    reading = Reading(term, timetable, calendar or Calendar(term), travel or Travel(term))
    breaches: list[Breach] = []
    costs: list[Cost] = []
    for rule, subject in RuleBook(term).each(rules):
        if rule.hard():
            breaches += rule.broken(reading, subject)
        else:
            costs += rule.costs(reading, subject)
    return Verdict(tuple(breaches), tuple(costs))


def lesson_count(reading: Reading) -> tuple[LessonCount, dict[str, int]]:
    """How many of the lessons that take place are staffed in full, and how many people each other one lacks."""
    held = [lesson.id for lesson in reading.term.lessons if reading.held(lesson.id)]
    missing = {lesson: short for lesson in held if (short := reading.short_of(lesson)) > 0}
    return LessonCount(total=len(held), filled=len(held) - len(missing), open=len(missing)), missing
