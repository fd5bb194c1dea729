"""What belongs on record beside a timetable: waived breaches, rules that were off, and law that was set otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from model import names
from model.judge import Verdict
from model.locale import text
from model.rule import Owner
from model.rulebook import RuleBook
from model.rules import BY_NAME, RULES
from model.term import Term
from model.timetable import LawSet, RuleOff, WaivedBreach


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


def law_set(term: Term) -> tuple[LawSet, ...]:
    """Numbers of rules that are law which the term sets otherwise.

    Such a rule cannot be switched off, but its numbers can be set, since laws change; whoever does so is seen to do it.
    """
    found = []
    for row in term.rules:
        rule = BY_NAME.get(row.rule)
        if rule is None or rule.owner is not Owner.LAW or row.parameter is None:
            continue
        usual = getattr(rule(), row.parameter)
        value = getattr(rule.model_validate({row.parameter: row.value}, strict=False), row.parameter)
        if value != usual:
            whom = {"school": row.school, "employer": row.employer, "professional": row.professional}
            found.append(
                LawSet(rule=rule.name, parameter=row.parameter, value=str(row.value), usual=_said(usual), **whom)
            )
    return tuple(found)


def _said(value: object) -> str:
    """A value as it is written in the sheet of rules."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def record_lines(
    term: Term, waived: Iterable[WaivedBreach], idle: Iterable[str], off: Iterable[RuleOff], lang: str
) -> Iterator[str]:
    """All of it as sentences: waived breaches, waivers not needed, rules that were off or set otherwise and for whom."""
    for breach in waived:
        facts = {"by": breach.by, "reason": breach.reason, "decided": breach.decided}
        yield text("record.waived", lang, breach=breach.sentence, **facts)
    for waiver in idle:
        yield text("record.idle", lang, waiver=waiver)
    for rule in off:
        title = text(f"rule.{rule.rule}.title", lang) if rule.rule in BY_NAME else rule.rule
        yield text("record.off", lang, rule=title, whom=_whom(term, rule, lang))
    for each in law_set(term):
        title = text(f"rule.{each.rule}.title", lang)
        facts = {"parameter": each.parameter, "value": each.value, "usual": each.usual}
        yield text("record.set", lang, rule=title, whom=_whom(term, each, lang), **facts)


def _whom(term: Term, rule: RuleOff | LawSet, lang: str) -> str:
    """For whom a rule was off or set otherwise."""
    if rule.school is not None:
        return names.school(term, rule.school)
    if rule.employer is not None:
        return term.employer(rule.employer).name
    if rule.professional is not None:
        return names.person(term, rule.professional)
    return text("record.everybody", lang)
