"""Rule settings and waivers that cannot stand: unknown names, refused values, scopes a rule does not have."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from model.checks_waivers import waiver_issues
from model.issues import Issue, nearest
from model.lessons import RuleSetting
from model.rule import Rule, Subject
from model.rules import BY_NAME
from model.term import Term

_SCOPES = {
    Subject.PROFESSIONAL: ("employer", "professional"),
    Subject.SCHOOL: ("school",),
    Subject.EMPLOYER: ("employer",),
    Subject.REGION: (),
}
"""For whom a rule may be set otherwise, by what it is written for."""


def rule_issues(term: Term) -> Iterator[Issue]:
    """Problems in the tables of rule settings and waivers."""
    said: set[tuple[str | None, ...]] = set()
    for index, row in enumerate(term.rules):
        rule = BY_NAME.get(row.rule)
        about = (row.rule, row.school, row.employer, row.professional, row.parameter)
        if about in said:
            yield Issue(code="setting_twice", table="rules", index=index, field="rule", value=row.rule)
        said.add(about)
        if rule is None:
            yield _unknown("rules", index, row.rule)
        else:
            for issue in (*_scope(row, rule), *_switch(row, rule), *_parameter(row, rule)):
                yield issue.model_copy(update={"table": "rules", "index": index})
    for index, waiver in enumerate(term.waivers):
        waived = BY_NAME.get(waiver.rule)
        if waived is None:
            yield _unknown("waivers", index, waiver.rule)
        else:
            for issue in waiver_issues(waiver, waived):
                yield issue.model_copy(update={"table": "waivers", "index": index})


def _unknown(table: str, index: int, rule: str) -> Issue:
    return Issue(code="unknown_rule", table=table, index=index, field="rule", value=rule, maybe=nearest(rule, BY_NAME))


def _scope(row: RuleSetting, rule: type[Rule]) -> Iterator[Issue]:
    given = [name for name in ("school", "employer", "professional") if getattr(row, name) is not None]
    if len(given) > 1:
        yield Issue(code="several_scopes", field=given[-1], value=getattr(row, given[-1]))
    elif given and given[0] not in _SCOPES[rule.subject]:
        words = {"scopes": f"scopes.{rule.subject.value}"}
        details = {"rule": rule.name}
        yield Issue(code="wrong_scope", field=given[0], value=getattr(row, given[0]), details=details, words=words)


def _switch(row: RuleSetting, rule: type[Rule]) -> Iterator[Issue]:
    if row.enabled is False and not rule.may_switch_off:
        yield Issue(code="rule_stays_on", field="enabled", value=rule.name)


def _parameter(row: RuleSetting, rule: type[Rule]) -> Iterator[Issue]:
    if row.parameter is None:
        if row.enabled is None and row.value is None:
            yield Issue(code="setting_of_nothing", field="rule", value=row.rule)
        if row.value is not None:
            yield Issue(code="value_without_parameter", field="parameter", value=row.value)
    elif row.parameter not in rule.model_fields:
        maybe = nearest(row.parameter, rule.model_fields)
        known = ", ".join(rule.model_fields) or "–"
        details = {"rule": rule.name, "known": known}
        yield Issue(code="unknown_parameter", field="parameter", value=row.parameter, maybe=maybe, details=details)
    else:
        try:
            rule.model_validate({row.parameter: row.value}, strict=False)
        except ValidationError:
            details = {"rule": rule.name, "parameter": row.parameter}
            default = rule.model_fields[row.parameter].default
            maybe = None if default is None else str(default)
            yield Issue(code="parameter_refused", field="value", value=row.value, maybe=maybe, details=details)
