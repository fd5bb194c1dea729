"""From raw tables to a term, or to everything that is wrong with them, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from model.checks import content_issues
from model.checks_pins import pin_issues
from model.checks_warnings import warnings
from model.fields import Cell, Record
from model.files import cells
from model.files.cells import CellError, shown
from model.files.columns import SETTINGS, Column, columns, record_type, records
from model.files.raw import Found, RawRow, RawTable
from model.files.refused import refused
from model.files.resolve import Context
from model.issues import Issue, Severity
from model.references import reference_issues
from model.term import Settings, Term

_DOUBTFUL = {
    "not_weeks": {"week_patterns", "periods"},
    "unknown_period": {"time_grids"},
    "unknown_variant": {"time_grids"},
    "unknown_place": {"schools", "employer_sites", "professionals"},
}
"""Problems that cannot be told as long as rows of these tables are themselves wrong."""


@dataclass(slots=True)
class Rows:
    """The rows of one table: those that are right, and all of them as drafts, with where they stand."""

    raw: RawTable
    good: list[Record] = field(default_factory=list)
    good_rows: list[RawRow] = field(default_factory=list)
    drafts: list[Record] = field(default_factory=list)
    nameless: bool = False
    """Whether a wrong row has an id that nobody knows."""

    @property
    def broken(self) -> bool:
        return len(self.good) < len(self.raw.rows)


def assemble(found: Found) -> tuple[Term | None, tuple[Issue, ...]]:
    """The term of raw tables with its warnings, or None with every problem there is."""
    issues = list(found.issues)
    settings = _settings(found, issues)
    context = Context(settings.start, settings.end) if settings else Context(None, None)
    read: dict[str, Rows] = {}
    for table in records():
        raw = found.tables.get(table)
        if table != SETTINGS and raw is not None:
            read[table] = read_rows(raw, context, issues)
            context.add(table, read[table].good)
    issues += _further(settings, found, read)
    lost = found.lost | {table for table, rows in read.items() if rows.broken}
    issues = [issue for issue in issues if not _DOUBTFUL.get(issue.code, set()) & lost]
    if settings is None or _wrong(issues):
        return None, tuple(sorted(issues, key=_place))
    values = {name: getattr(settings, name) for name in Settings.model_fields}
    term = Term.model_validate({**values, **{table: rows.good for table, rows in read.items()}})
    pins = tuple(_located(pin_issues(term), found, read))
    return (None if pins else term), (*issues, *pins, *_located(warnings(term), found, read))


def _wrong(issues: Iterable[Issue]) -> bool:
    return any(issue.severity is Severity.ERROR for issue in issues)


def _further(settings: Settings | None, found: Found, read: Mapping[str, Rows]) -> Iterator[Issue]:
    """References of all rows, and what else is wrong with those that are right by themselves."""
    unsure = found.lost | {table for table, rows in read.items() if rows.nameless}
    drafts = {table: read[table].drafts if table in read else [] for table in records() if table != SETTINGS}
    for issue in reference_issues(drafts):
        if issue.words.get("refers_to", "").removeprefix("table.") not in unsure:
            yield _locate_draft(issue, read)
    values: dict[str, Any] = {"id": "-", "start": date(2000, 1, 3), "end": date(2000, 1, 3)}
    if settings is not None:
        values = {name: getattr(settings, name) for name in Settings.model_fields}
    values |= {table: tuple(read[table].good) if table in read else () for table in drafts}
    yield from _located(content_issues(Term.model_construct(**values)), found, read)


# Rows


def _settings(found: Found, issues: list[Issue]) -> Settings | None:
    raw = found.tables.get(SETTINGS)
    if raw is None or not raw.rows:
        if SETTINGS not in found.lost:
            issues.append(raw.locate(Issue(code="no_settings")) if raw else Issue(code="no_settings", table=SETTINGS))
        return None
    rows = read_rows(raw, Context(None, None), issues)
    if len(raw.rows) > 1:
        issues.append(raw.locate(Issue(code="several_settings", value=str(len(raw.rows))), raw.rows[1]))
        return None
    return next((row for row in rows.good if isinstance(row, Settings)), None)


def read_rows(raw: RawTable, context: Context, issues: list[Issue]) -> Rows:
    """The rows of a table, each checked by itself; problems are added to the issues."""
    rows = Rows(raw)
    by_field = columns(raw.table)
    absent = {
        name
        for name, column in by_field.items()
        if column.required and raw.rows and raw.pointer is None and name not in raw.headers
    }
    for name in sorted(absent - raw.guessed):
        header = by_field[name].header("nl")
        issues.append(
            raw.locate(Issue(code="column_missing", value=header, details={"english": name.replace("_", " ")}))
        )
    for row in raw.rows:
        values, wrong = _values(by_field, row, raw, context)
        problems = list(wrong.values())
        record: Record | None = None
        try:
            record = record_type(raw.table).model_validate(values)
        except ValidationError as error:
            problems += [
                issue
                for issue in refused(error, by_field, row)
                if issue.field not in wrong and issue.field not in absent
            ]
        if record is not None and not problems:
            rows.good.append(record)
            rows.good_rows.append(row)
            rows.drafts.append(record)
        else:
            issues += [raw.locate(problem, row) for problem in problems]
            rows.drafts.append(_draft(raw.table, values, rows))
    return rows


def _values(
    by_field: Mapping[str, Column], row: RawRow, raw: RawTable, context: Context
) -> tuple[dict[str, Any], dict[str, Issue]]:
    """Values of a row by field, and what is wrong with the others."""
    values: dict[str, Any] = {}
    wrong: dict[str, Issue] = {}
    weeks: dict[str, object] = {}
    for name, cell in row.cells.items():
        column = by_field.get(name)
        if column is None:
            values[name] = cell  # refused below, as every unknown field is
        elif column.cell is Cell.WEEKS:
            weeks[name] = cell
        else:
            try:
                values[name] = cells.read(column, cell, json=raw.pointer is not None)
            except CellError as error:
                wrong[name] = _cell_issue(error, name, cell)
    for name, cell in weeks.items():
        try:
            values[name] = context.weeks(cell, context.school_of(values))
        except CellError as error:
            wrong[name] = _cell_issue(error, name, cell)
    label = values.get("first_period")
    if label and raw.pointer is None and "last_period" not in row.cells:
        run = context.run_of_periods(label, context.school_of(values))
        if run is not None:
            values["first_period"], values["last_period"] = run
    return values, wrong


def _cell_issue(error: CellError, name: str, cell: object) -> Issue:
    return Issue(code=error.code, field=name, value=shown(cell), maybe=error.maybe, choices=error.choices)


def _draft(table: str, values: Mapping[str, Any], rows: Rows) -> Record:
    """A row that is not right, to look up its references and its id."""
    record = record_type(table)
    empty = {name: () if column.many else None for name, column in columns(table).items()}
    known = {
        name: tuple(value) if isinstance(value, list) else value for name, value in values.items() if name in empty
    }
    fields: Any = {**empty, **known}
    draft = record.model_construct(**fields)
    if not known.get("id"):
        rows.nameless = True
        object.__setattr__(draft, "id", f"\0{len(rows.drafts)}")
    return draft


# Places


def _located(issues: Iterator[Issue] | tuple[Issue, ...], found: Found, read: Mapping[str, Rows]) -> Iterator[Issue]:
    """Issues of the model with the places of their rows."""
    for issue in issues:
        table = issue.table or ""
        if table in read:
            rows = read[table]
            yield rows.raw.locate(issue, None if issue.index is None else rows.good_rows[issue.index])
        elif table in found.tables:
            yield found.tables[table].locate(issue, found.tables[table].rows[0])
        else:
            yield issue


def _locate_draft(issue: Issue, read: Mapping[str, Rows]) -> Issue:
    raw = read[issue.table or ""].raw
    return raw.locate(issue, raw.rows[issue.index or 0])


def _place(issue: Issue) -> tuple[object, ...]:
    return (issue.severity is Severity.WARNING, issue.file or "", issue.sheet or "", issue.row or 0, issue.index or 0)
