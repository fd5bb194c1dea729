"""What employers and the region agree about a random term: choices of days, budgets, blackouts, a published timetable.

Drawn after the timetables, of which one may be the published one, so that some of what was promised is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from model.lessons import PublishedLesson, RuleSetting, Waiver
from model.people import ReleaseChoice
from model.rule import Waiving
from model.rules import BY_NAME
from model.sites import CalendarDay, Period
from model.term import Term
from model.timetable import Timetable

Pick = Callable[[Sequence[Any]], Any]

SETTINGS = (
    *(("stable_weekday", "most", most) for most in ("0", "1", "1", "1")),
    ("stable_weekday", "away_only", "true"),
    ("stable_weekday", "whole_term", "true"),
    *(("stable_weekday_wish", "weight", weight) for weight in ("5", "13", "60")),
    ("stable_weekday_wish", "most", "0"),
    ("stable_weekday_wish", "away_only", "true"),
    *(("stability", "weight", weight) for weight in ("1", "45")),
    *(("moved_people", "weight", weight) for weight in ("3", "8", "21", "90", "400", "1100")),
    ("frozen", "notice_days", "10"),
)
"""Rules set otherwise: rule, parameter and value."""

SCHOOL_WEIGHTS = ("0", "0", "3", "7", "40")
EMPLOYER_WEIGHTS = ("0", "7", "26", "95", "900")
"""Of fairness."""

WAIVABLE = tuple(sorted(name for name, rule in BY_NAME.items() if rule.waiving() is Waiving.PERSON_OR_LESSON))


def agreed(pick: Pick, term: Term, timetables: Sequence[Timetable]) -> Term:
    """The same term with such agreements; its lessons and people stay."""
    employers = [
        row.replace(
            release_quota_hours=pick((None, None, 0, 3.984, 3.984, 7.984)),  # a minute less than half-days last
            release_hours_used=pick((0, 0, 0, 1.75, 4)),
            notice_days=pick((None, None, 0, 4, 9, 400)),
            critical_roles=pick(((), ("bhv",))),
            employees=pick((None, 1, 2, 9)),
        )
        for row in term.employers
    ]
    presence = [row.replace(minimum_share=pick((None, None, None, 30, 50, 100))) for row in term.presence]
    middle = term.start + (term.end - term.start) / 2
    both = [Period(id="first", start=term.start, end=middle), Period(id="second", start=middle, end=term.end)]
    late = Period(id="late", school="south", start=middle, end=middle)
    return term.replace(
        as_of=pick((None, term.start, term.start + timedelta(1), middle, term.start - timedelta(20), term.end)),
        employers=employers,
        presence=presence,
        release_choices=[_choice(pick, term, number) for number in range(pick((1, 1, 2)))],
        calendar_days=[*term.calendar_days, *(_blackout(pick, term) for _ in range(pick((0, 1))))],
        periods=pick(((), [row.replace(school="north") for row in both], both, [*both, late])),
        published=_published(pick, timetables),
        rules=[*term.rules, *_settings(pick)],
        waivers=[_waiver(pick, term) for _ in range(pick((0, 0, 0, 1)))],
    )


def _choice(pick: Pick, term: Term, number: int) -> ReleaseChoice:
    return ReleaseChoice(
        id=f"choice{number}",
        employer="works",
        team=pick((None, None, None, "team")),
        people=pick(((), (), (), (), (term.professionals[0].id,))),
        weekdays=pick(((), ("mon", "tue"), ("mon", "tue"), ("tue", "mon", "mon"))),
        at_most=1,
        weeks=pick((None, None, None, None, {term.start.isocalendar().week})),
        anew_each_week=pick((True, False)),
    )


def _blackout(pick: Pick, term: Term) -> CalendarDay:
    start = term.start + timedelta(pick((0, 1, 7, 8)))
    whose = pick(({"employer": "works"}, {"employer": "works"}, {}))
    return CalendarDay(id="blackout", start=start, end=start + timedelta(pick((0, 0, 5, 9))), kind="blackout", **whose)


def _published(pick: Pick, timetables: Sequence[Timetable]) -> list[PublishedLesson]:
    """One of the timetables, or somebody else's, a little changed; or none."""
    known = pick([None, None, None, None, *timetables])
    rows = []
    for number, given in enumerate(() if known is None else known.assignments):
        weeks = pick((None, None, None, None, {37, 39, 52}))
        if pick((True, True, True, True, False)):
            about = {"lesson": given.lesson, "professional": given.professional, "option": given.option}
            rows.append(PublishedLesson(id=f"published{number}", weeks=weeks, **about))
    return rows


CHOICES = (
    *(("most_changes", "most", most) for most in ("0", "1")),
    *(("school_share", "least", least) for least in ("1", "1", "30")),
    *(("employer_burden", "most", most) for most in ("0.5", "1")),
)
"""What regions say only where they choose to: floors, ceilings, few changes."""


def chosen(pick: Pick, term: Term) -> Term:
    """The same term, where the region at times makes such a choice. Drawn last, so that all else is as without it."""
    choice = pick((*[None] * 14, *CHOICES))
    if choice is None:
        return term
    rule, parameter, value = choice
    return term.replace(rules=[*term.rules, RuleSetting(id="chosen", rule=rule, parameter=parameter, value=value)])


def _settings(pick: Pick) -> list[RuleSetting]:
    chosen = list(dict.fromkeys(pick(SETTINGS) for _ in range(pick((0, 1, 2, 3, 4)))))
    chosen += [("fair_schools", "weight", pick(SCHOOL_WEIGHTS)), ("fair_employers", "weight", pick(EMPLOYER_WEIGHTS))]
    return [
        RuleSetting(id=f"agreed{number}", rule=rule, parameter=parameter, value=value)
        for number, (rule, parameter, value) in enumerate(chosen)
    ]


def _waiver(pick: Pick, term: Term) -> Waiver:
    person, lesson = pick(term.professionals).id, pick([*term.lessons]).id
    whom = pick(({"professional": person}, {"lesson": lesson}, {"professional": person, "lesson": lesson}))
    return Waiver(rule=pick(WAIVABLE), by="board", reason="agreed", decided=term.start, **whom)
