"""A scenario as a JSON file: each problem located by its path; words and weeks are understood as in the files of a term."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from model.files.assemble import read_rows
from model.files.cells import is_blank, shown
from model.files.columns import change_table
from model.files.json_file import parse_json, rows_in_json
from model.files.raw import RawRow, RawTable
from model.files.resolve import Context
from model.files.source import Unreadable
from model.issues import Issue, Severity, nearest
from model.scenarios.kind import ScenarioChange
from model.scenarios.patch import Patch, Restore
from model.scenarios.scenario import KINDS, Applied, Scenario, apply
from model.term import Term

_TEXTS = ("id", "name", "author", "reason", "base")


@dataclass(frozen=True, slots=True)
class LoadedScenario:
    """A scenario applied to its base, with warnings; or None with everything that is wrong. `readable` as of a term."""

    applied: Applied | None
    issues: tuple[Issue, ...]
    readable: bool = True


def read_scenario(path: Path, base: Term) -> LoadedScenario:
    """Read a scenario for a term. Never raises for what the file holds."""
    try:
        data, issues = parse_json(path)
    except Unreadable as error:
        return LoadedScenario(None, (error.issue,), readable=False)
    scenario = _scenario(data, path.name, base, issues)
    if scenario is None or any(issue.severity is Severity.ERROR for issue in issues):
        return LoadedScenario(None, tuple(issues))
    applied = apply(scenario, base)
    found = (*issues, *(each.model_copy(update={"file": path.name}) for each in applied.issues))
    return LoadedScenario(None if applied.term is None else applied, found)


def write_scenario(scenario: Scenario, path: Path) -> None:
    """Write a scenario as JSON; what has its default is left out, but for what kind a change is."""
    changes = [{"kind": each.kind, **each.model_dump(mode="json", exclude_defaults=True)} for each in scenario.changes]
    data = scenario.model_dump(mode="json", exclude_defaults=True, exclude={"changes"})
    path.write_text(json.dumps({**data, "changes": changes}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _scenario(data: Any, file: str, base: Term, issues: list[Issue]) -> Scenario | None:
    """A scenario of JSON; what is wrong with it is added to the issues."""
    if not isinstance(data, Mapping):
        issues.append(Issue(code="not_an_object", file=file, column="$", value=shown(data)))
        return None
    for name in data:
        if name not in (*_TEXTS, "changes"):
            guess = nearest(name, (*_TEXTS, "changes"))
            issues.append(
                Issue(code="unknown_field", file=file, column=f"$.{name}", value=name, field=name, maybe=guess)
            )
    texts = {name: data[name] for name in _TEXTS if name in data}
    for name, value in texts.items():
        if not isinstance(value, str):
            issues.append(Issue(code="not_one_value", file=file, column=f"$.{name}", value=shown(value), field=name))
    if not texts.get("id"):
        issues.append(Issue(code="missing", file=file, column="$.id", field="id"))
    changes = data.get("changes", [])
    if not isinstance(changes, list):
        issues.append(Issue(code="not_a_list", file=file, column="$.changes", value=shown(changes), field="changes"))
        return None
    context = Context.of(base)
    read = [_change(each, place, file, context, issues) for place, each in enumerate(changes)]
    if any(issue.severity is Severity.ERROR for issue in issues):
        return None
    return Scenario.model_validate({**texts, "changes": read})


def _change(data: Any, place: int, file: str, context: Context, issues: list[Issue]) -> Any:
    """One change, as a record; None where something is wrong with it."""
    pointer = f"$.changes[{place}]"
    if not isinstance(data, Mapping):
        issues.append(Issue(code="not_an_object", file=file, column=pointer, value=shown(data)))
        return None
    kind = data.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        guess = nearest(str(kind), KINDS) if kind else None
        known = {"known": ", ".join(KINDS)}
        where = f"{pointer}.kind"
        said = None if kind is None else shown(kind)
        issues.append(
            Issue(code="scenario_kind", file=file, column=where, value=said, field="kind", maybe=guess, details=known)
        )
        return None
    record = KINDS[kind]
    if record in (Patch, Restore):
        return _free(record, data, pointer, file, issues)
    nested = {name: value for name, value in data.items() if name in record.nested}
    rows: dict[str, Any] = {}
    for table, value in nested.items():
        if isinstance(value, list):
            raw = rows_in_json(table, file, f"{pointer}.{table}", value, issues)
            rows[table] = read_rows(raw, context, issues).good
        else:
            column = f"{pointer}.{table}"
            issues.append(Issue(code="not_a_list", file=file, column=column, value=shown(value), field=table))
    own = {name: value for name, value in data.items() if name not in nested and name != "kind" and not is_blank(value)}
    table = change_table(kind)
    raw = RawTable(table, file, None, [RawRow(own, None, place)], pointer="$.changes")
    good = read_rows(raw, context, issues).good
    return good[0].model_copy(update={name: tuple(found) for name, found in rows.items()}) if good else None


def _free(record: type[ScenarioChange], data: Mapping[str, Any], pointer: str, file: str, issues: list[Issue]) -> Any:
    """A change that is about any rows; what its rows hold is looked at when it is applied."""
    try:
        return record.model_validate(data)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            where = ".".join([pointer, *map(str, each["loc"])])
            name = str(each["loc"][-1]) if each["loc"] else ""
            code = {"missing": "missing", "extra_forbidden": "unknown_field"}.get(each["type"], "refused")
            issues.append(Issue(code=code, file=file, column=where, field=name, value=shown(each.get("input", ""))))
        return None
