"""The judge: reads a timetable and says which rules it breaks, what it costs, and what it is worth. No solver."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from model.calendar import Calendar
from model.demands import expanded
from model.lessons import Waiver
from model.reading import Reading
from model.rule import Rule
from model.rulebook import RuleBook
from model.rules import RULES
from model.term import Term
from model.timetable import Breach, Cost, LessonCount, RuleValue, Tier, TierValue, Timetable
from model.travel import Travel
from model.waivers import Waivers


@dataclass(frozen=True, slots=True)
class Waived:
    """A breach that somebody took responsibility for: no reason to refuse a timetable, and not fine either."""

    breach: Breach
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge says of one timetable."""

    breaches: tuple[Breach, ...]
    costs: tuple[Cost, ...]
    waived: tuple[Waived, ...] = ()
    idle_waivers: tuple[Waiver, ...] = ()
    """Waivers that this timetable does not need."""

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
    term = expanded(term)
    reading = Reading(term, timetable, calendar or Calendar(term), travel or Travel(term))
    waivers = Waivers(term)
    breaches: list[Breach] = []
    waived: list[Waived] = []
    costs: list[Cost] = []
    for rule, subject in RuleBook(term).each(rules):
        if rule.hard():
            for breach in rule.broken(reading, subject):
                waiver = waivers.of(type(rule), breach)
                if waiver is None:
                    breaches.append(breach)
                else:
                    waived.append(Waived(breach, waiver))
        else:
            costs += rule.costs(reading, subject)
    used = {each.waiver.id for each in waived}
    idle = tuple(row for row in term.waivers if row.id not in used)
    return Verdict(tuple(breaches), tuple(costs), tuple(waived), idle)


def lesson_count(reading: Reading) -> tuple[LessonCount, dict[str, int]]:
    """How many of the lessons that take place are staffed in full, and how many people each other one lacks."""
    held = [lesson.id for lesson in reading.term.lessons if reading.held(lesson.id)]
    missing = {lesson: short for lesson in held if (short := reading.short_of(lesson)) > 0}
    return LessonCount(total=len(held), filled=len(held) - len(missing), open=len(missing)), missing
