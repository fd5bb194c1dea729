"""A scenario: changes to a base term, in order, with who thought of them and why; and the term with them, or what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Discriminator, Field, ValidationError

from model.checks import content_issues
from model.checks_pins import pin_issues
from model.issues import Issue, Severity
from model.references import reference_issues
from model.scenarios.kind import MisfitError, ScenarioChange, missing
from model.scenarios.patch import Patch, Restore, patch_between, restoring
from model.scenarios.people import Absence, Expire, Grant, Join, Leave, Load
from model.scenarios.releases import ReleaseElsewhen, ReleaseLess, ReleaseMore
from model.scenarios.school import Close, Forbid, Loosen, MoreTimes, MoveLesson, Pin, SetRule
from model.term import Term, tables

AnyChange = (
    ReleaseMore | ReleaseLess | ReleaseElsewhen
    | Join | Leave | Grant | Expire | Load | Absence
    | MoveLesson | MoreTimes | Close | SetRule | Pin | Forbid | Loosen
    | Patch | Restore
)  # fmt: skip

KINDS: dict[str, type[ScenarioChange]] = {each.model_fields["kind"].default: each for each in get_args(AnyChange)}
"""Every kind of change, as files call it."""


class Scenario(BaseModel):
    """What if. Kept as data; applied to its base it is a term like any other."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: Annotated[str, Field(min_length=1, max_length=200, description="stable identifier")]
    name: Annotated[str, Field(max_length=200, description="what people call it")] = ""
    author: Annotated[str, Field(max_length=200, description="who thought of it")] = ""
    reason: Annotated[str, Field(max_length=2000, description="why")] = ""
    base: Annotated[
        str, Field(description="input hash of the term it was made for; a warning says when it is used on another")
    ] = ""
    changes: tuple[Annotated[AnyChange, Discriminator("kind")], ...] = ()

    @property
    def called(self) -> str:
        """Its name, or its identifier."""
        return self.name or self.id

    def and_then(self, other: Scenario) -> Scenario:
        """Both, this one first, under the other's name."""
        return other.model_copy(update={"changes": (*self.changes, *other.changes), "base": self.base or other.base})


@dataclass(frozen=True, slots=True)
class Step:
    """A change and the term it is applied to."""

    change: ScenarioChange
    before: Term

    def sentence(self, lang: str) -> str:
        """What would be otherwise."""
        return self.change.sentence(self.before, lang)


@dataclass(frozen=True, slots=True)
class Applied:
    """What a scenario makes of its base: a term, or issues that say why it does not; warnings come beside a term."""

    scenario: Scenario
    base: Term
    term: Term | None
    issues: tuple[Issue, ...] = ()
    steps: tuple[Step, ...] = ()

    def sentences(self, lang: str) -> list[str]:
        """Its changes in words."""
        return [step.sentence(lang) for step in self.steps]

    def patch(self) -> dict[str, Any]:
        """The same as a merge patch (RFC 7396); see `model.scenarios.patch` for what it is about."""
        return {} if self.term is None else patch_between(self.base, self.term)

    def undone(self) -> Scenario:
        """What turns the term with it back into the base, to the byte."""
        changes = () if self.term is None else (restoring(self.base, self.term),)
        return self.scenario.model_copy(update={"changes": changes})


def apply(scenario: Scenario, base: Term) -> Applied:
    """The term with a scenario's changes, checked as a whole. Never raises for what the scenario says."""
    issues: list[Issue] = []
    if scenario.base not in ("", base.input_hash):
        issues.append(Issue(code="scenario_other_base", severity=Severity.WARNING, column="$.base", value=scenario.id))
    term, steps = base, list[Step]()
    for place, change in enumerate(scenario.changes):
        wrong = list(missing(term, change))
        if not wrong:
            try:
                after = change.applied(term)
            except MisfitError as error:
                wrong = [error.issue]
            except ValidationError as error:
                wrong = [_refused(error)]
            else:
                steps.append(Step(change, term))
                term = after
        issues += (at(issue, place) for issue in wrong)
    if not any(issue.severity is Severity.ERROR for issue in issues):
        issues += _unsound(base, steps, term)
    bad = any(issue.severity is Severity.ERROR for issue in issues)
    return Applied(scenario, base, None if bad else term, tuple(issues), tuple(steps))


def at(issue: Issue, place: int) -> Issue:
    """An issue of a change, with its path in the scenario."""
    field = f".{issue.field}" if issue.field else ""
    return issue.model_copy(update={"column": f"$.changes[{place}]{field}", "table": None, "index": None})


def _refused(error: ValidationError) -> Issue:
    first = error.errors(include_url=False)[0]
    return Issue(
        code="refused", field=str(first["loc"][0]) if first["loc"] else None, value=str(first.get("input", ""))
    )


def _unsound(base: Term, steps: list[Step], term: Term) -> Iterator[Issue]:
    """What does not make sense of the term that comes of it, at the change after which it does not."""
    new = _beyond(base, term)
    if not new:
        return
    known = set[tuple[object, ...]]()
    for place, (step, after) in enumerate(zip(steps, [*(step.before for step in steps[1:]), term], strict=True)):
        for key, issue in _beyond(base, after).items():
            if key in new and key not in known:
                known.add(key)
                # What the row calls by a name that the change has too is that field of the change.
                own = issue.field if issue.field in type(step.change).model_fields else None
                yield at(issue.model_copy(update={"field": own}), place)


def _beyond(base: Term, term: Term) -> dict[tuple[object, ...], Issue]:
    """Errors of a term that are not errors of its base."""
    if term is base:
        return {}
    known = {_key(base, issue) for issue in _errors(base)}
    return {key: issue for issue in _errors(term) if (key := _key(term, issue)) not in known}


def _errors(term: Term) -> Iterable[Issue]:
    wrong = list(reference_issues({name: term.rows(name) for name, _ in tables()}))
    wrong = wrong or [each for each in content_issues(term) if each.severity is Severity.ERROR]
    return wrong or list(pin_issues(term))


def _key(term: Term, issue: Issue) -> tuple[object, ...]:
    row = None
    if issue.table not in (None, "term") and issue.index is not None:
        row = getattr(term.rows(issue.table or "")[issue.index], "id")  # noqa: B009  rows differ in type
    return issue.code, issue.table, row, issue.field, issue.value
