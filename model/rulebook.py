"""The rules of one term, each as it is set for whom it is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from model.lessons import RuleSetting
from model.rule import Rule, Subject
from model.term import Term


@dataclass(slots=True)
class RuleBook:
    """The rules of one term: for each subject the rule as set for it, or nothing where it is switched off."""

    term: Term
    _made: dict[tuple[type[Rule], str], Rule | None] = field(default_factory=dict)
    _set: dict[tuple[type[Rule], tuple[tuple[str, str | None], ...]], Rule] = field(default_factory=dict)
    _rows: dict[str, list[RuleSetting]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.term.rules:
            self._rows.setdefault(row.rule, []).append(row)

    def of(self, rule: type[Rule], subject: str) -> Rule | None:
        """The rule as it holds for a subject: settings for everybody, then employer, then the subject itself."""
        key = (rule, subject if rule.name in self._rows else "")  # as it stands it holds for everybody alike
        if key not in self._made:
            self._made[key] = self._make(rule, subject)
        return self._made[key]

    def _make(self, rule: type[Rule], subject: str) -> Rule | None:
        if self.switched_off(rule, subject) is not None:
            return None
        values = {row.parameter: row.value for row in self._settings(rule, subject) if row.parameter is not None}
        key = (rule, tuple(values.items()))
        if key not in self._set:
            self._set[key] = rule.model_validate(values, strict=False)
        return self._set[key]

    def switched_off(self, rule: type[Rule], subject: str) -> RuleSetting | None:
        """The setting that switches a rule off for a subject, if it is off."""
        switches = [row for row in self._settings(rule, subject) if row.enabled is not None]
        return switches[-1] if switches and not switches[-1].enabled else None

    def _settings(self, rule: type[Rule], subject: str) -> list[RuleSetting]:
        """Settings that hold for a subject, the most particular last."""
        rows = self._rows.get(rule.name)
        if not rows:
            return []
        scopes: list[tuple[str | None, str | None, str | None]] = [(None, None, None)]
        match rule.subject:
            case Subject.PROFESSIONAL:
                employer = self.term.professional(subject).employer
                scopes += [(None, employer, None)] * (employer is not None)
                scopes.append((None, None, subject))
            case Subject.SCHOOL:
                scopes.append((subject, None, None))
            case Subject.EMPLOYER:
                scopes.append((None, subject, None))
        return [row for scope in scopes for row in rows if (row.school, row.employer, row.professional) == scope]

    def subjects(self, rule: type[Rule]) -> Sequence[str]:
        """Ids of everything a rule is written for."""
        if rule.subject is Subject.REGION:
            return [self.term.id]
        table = {Subject.PROFESSIONAL: "professionals", Subject.SCHOOL: "schools", Subject.EMPLOYER: "employers"}
        return [getattr(row, "id") for row in self.term.rows(table[rule.subject])]  # noqa: B009  rows differ in type

    def each(self, rules: Iterable[type[Rule]]) -> Iterator[tuple[Rule, str]]:
        """Every rule with every subject it holds for, in order of phase."""
        for rule in sorted(rules, key=lambda each: (each.phase, each.name)):
            for subject in self.subjects(rule):
                made = self.of(rule, subject)
                if made is not None:
                    yield made, subject
