"""What rules say could be agreed does away with the breach it is about, and with nothing that others hold to."""

from __future__ import annotations

from collections import Counter

import pytest

from model.change import Change, Edit, applied
from model.judge import judge
from model.rule import Owner, Rule
from model.rules import BY_NAME, RULES
from model.term import Term
from model.timetable import Breach
from tests.random_regions import calm_cases, drawn_cases
from tests.regions import small_term
from tests.rules.cases import ways_of

OFFERING = [rule for rule in RULES if "way" in rule.says]
AT_LEAST = 5


def place(breach: Breach) -> tuple[object, ...]:
    """Where a breach is, whatever its size."""
    about = {
        key: value
        for key, value in breach.params.items()
        if key in ("week", "quarter", "b", "meeting", "group", "half_day", "school")
    }
    where = (breach.professional, breach.lesson, breach.school, breach.employer, breach.when)
    return (breach.rule, *where, tuple(sorted((key, str(value)) for key, value in about.items())))


@pytest.mark.parametrize("rule", OFFERING, ids=lambda rule: rule.name)
def test_what_is_agreed_mends_the_breach(rule: type[Rule]) -> None:
    """Each way alone, on every timetable that breaks the rule: no breach there any more."""
    seen: Counter[str] = Counter()
    for case in (*drawn_cases(), *calm_cases()):
        for timetable in case.timetables:
            for breach in judge(case.term, timetable, rules=[rule]).breaches:
                found = ways_of(case.term, timetable, rule, breach)
                seen["none"] += not found
                for way in found:
                    seen["some"] += 1
                    after = judge(applied(case.term, [way]), timetable, rules=[rule]).breaches
                    assert place(breach) not in {place(each) for each in after}, (breach, way)
                    assert way.price > 0
                    assert Owner.LAW not in way.owners
                    assert way.sentence("nl") != way.sentence("en")
            if seen["some"] > 10 * AT_LEAST:
                return
    assert seen["some"] >= AT_LEAST, seen


def test_law_is_never_offered() -> None:
    """No rule of the law has a way, and every way has its sentence."""
    assert all(rule.owner is not Owner.LAW and rule.negotiable for rule in OFFERING)
    assert len(OFFERING) >= 18
    for rule in RULES:
        offers = "ways" in vars(rule) or bool(rule.raises)
        assert offers == ("way" in rule.says), rule.name


def test_edits_change_add_and_remove_rows() -> None:
    """A row that is there already gets the new values; one that is not there cannot be changed."""
    term = small_term()
    person = term.professionals[0].id

    def edited(*edits: Edit) -> Term:
        return applied(term, [Change("", {}, (), 1, edits)])

    assert (
        edited(Edit("professionals", person, {"max_lessons_per_week": 3})).professional(person).max_lessons_per_week
        == 3
    )
    release = Edit("releases", None, {"professional": person, "weekday": "mon"})
    more = edited(release)
    assert len(more.releases) == len(term.releases) + 1
    assert applied(more, [Change("", {}, (), 1, (release,))]).releases == more.releases
    assert (
        applied(more, [Change("", {}, (), 1, (Edit("releases", more.releases[-1].id, None),))]).releases
        == term.releases
    )
    with pytest.raises(KeyError):
        edited(Edit("professionals", "nobody", {"max_lessons_per_week": 3}))
    assert BY_NAME["release"] in OFFERING
