"""What belongs on record beside a timetable: breaches that were waived, and rules that were switched off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from model import names
from model.judge import Verdict
from model.locale import text
from model.rule import RuleBook
from model.rules import BY_NAME, RULES
from model.term import Term
from model.timetable import RuleOff, WaivedBreach


def waived_breaches(verdict: Verdict, lang: str) -> tuple[WaivedBreach, ...]:
    """Waived breaches in words, each with who decided it, why and when."""
    return tuple(
        WaivedBreach(
            rule=breach.rule,
            sentence=breach.sentence(lang),
            size=breach.size,
            unit=breach.unit,
            professional=breach.professional,
            lesson=breach.lesson,
            school=breach.school,
            when=breach.when,
            by=waiver.by,
            reason=waiver.reason,
            decided=waiver.decided,
        )
        for breach, waiver in ((each.breach, each.waiver) for each in verdict.waived)
    )


def rules_off(term: Term) -> tuple[RuleOff, ...]:
    """Rules that hold for nobody, or not for some, by the setting that decides it."""
    book = RuleBook(term)
    settings = {row.rule for row in term.rules if row.enabled is False}
    off = Counter(
        (rule.name, row.school, row.employer, row.professional)
        for rule in RULES
        if rule.name in settings
        for subject in book.subjects(rule)
        if (row := book.switched_off(rule, subject)) is not None
    )
    return tuple(
        RuleOff(rule=rule, school=school, employer=employer, professional=professional, subjects=count)
        for (rule, school, employer, professional), count in off.items()
    )


def record_lines(
    term: Term, waived: Iterable[WaivedBreach], idle: Iterable[str], off: Iterable[RuleOff], lang: str
) -> Iterator[str]:
    """All of it as sentences: waived breaches, waivers not needed, rules that were off and for whom."""
    for breach in waived:
        facts = {"by": breach.by, "reason": breach.reason, "decided": breach.decided}
        yield text("record.waived", lang, breach=breach.sentence, **facts)
    for waiver in idle:
        yield text("record.idle", lang, waiver=waiver)
    for rule in off:
        title = text(f"rule.{rule.rule}.title", lang) if rule.rule in BY_NAME else rule.rule
        yield text("record.off", lang, rule=title, whom=_whom(term, rule, lang))


def _whom(term: Term, rule: RuleOff, lang: str) -> str:
    """For whom a rule was off."""
    if rule.school is not None:
        return names.school(term, rule.school)
    if rule.employer is not None:
        return term.employer(rule.employer).name
    if rule.professional is not None:
        return names.person(term, rule.professional)
    return text("record.everybody", lang)
