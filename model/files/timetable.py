"""A timetable to be judged: what `solve` wrote, or one made by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.calendar import Calendar
from model.demands import expanded
from model.fields import clock_text
from model.files.assemble import read_rows
from model.files.cells import is_blank
from model.files.columns import columns
from model.files.csv_folder import sheet_of
from model.files.json_file import parse_json, rows_in_json
from model.files.raw import RawTable, Sheet, table_in
from model.files.resolve import Context
from model.files.source import Unreadable, unreadable
from model.files.workbook_read import sheets_of
from model.issues import Issue, Severity, nearest
from model.lessons import PublishedLesson
from model.locale import LANGUAGES, word
from model.term import Term
from model.timetable import Assignment, GivenLesson, Timetable

_TABLE = "published"
"""The table whose columns a timetable has: lesson, professional, other time, weeks."""


_NOTHING = Timetable()


@dataclass(frozen=True, slots=True)
class LoadedTimetable:
    """A timetable with warnings, or None with everything that is wrong; `readable` as in `Loaded`.

    Attributes:
        usable: of its rows those with nothing wrong, and how many there were: for who only wants to go on from it.
    """

    timetable: Timetable | None
    issues: tuple[Issue, ...]
    readable: bool = True
    usable: Timetable = _NOTHING
    rows: int = 0


def read_timetable(path: Path, term: Term) -> LoadedTimetable:
    """Read an outcome or a list of assignments (.json), or a table of them (.csv, .xlsx), for a term."""
    term = expanded(term)
    issues: list[Issue] = []
    try:
        raw, stated = _raw(path, term, issues)
    except Unreadable as error:
        return LoadedTimetable(None, (error.issue,), readable=False)
    if raw is None:
        return LoadedTimetable(None, tuple(issues))
    rows = read_rows(raw, Context.of(term), issues)
    timetable = Timetable(assignments=tuple(_assignment(row) for row in rows.good if isinstance(row, PublishedLesson)))
    wrong = timetable.issues(term)
    unfit = {issue.index for issue in wrong}
    fitting = tuple(row for index, row in enumerate(timetable.assignments) if index not in unfit)
    issues += [raw.locate(issue, rows.good_rows[issue.index or 0]) for issue in wrong]
    if not _wrong(issues):
        issues += _contradictions(path, term, timetable, stated)
    return LoadedTimetable(
        None if _wrong(issues) else timetable,
        tuple(issues),
        usable=Timetable(assignments=fitting),
        rows=len(raw.rows),
    )


def _wrong(issues: Sequence[Issue]) -> bool:
    return any(issue.severity is Severity.ERROR for issue in issues)


def _contradictions(
    path: Path, term: Term, timetable: Timetable, stated: Sequence[Mapping[str, Any]]
) -> Iterator[Issue]:
    """Weekdays, times and roles that a file states beside an assignment and that the assignment does not have."""
    calendar = Calendar(term)
    for index, (row, given) in enumerate(zip(stated, timetable.assignments, strict=False)):
        when = term.lesson(given.lesson) if given.option is None else term.lesson_time(given.option)
        spans = calendar.spans(given.lesson, given.option)
        right = {
            "role": [given.role.value],
            "weekday": [when.weekday.value, *(word("weekday", when.weekday.value, lang) for lang in LANGUAGES)],
            "start": [clock_text(span.start) for span in spans] or [""],
            "end": [clock_text(span.end) for span in spans] or [""],
        }
        for name, values in right.items():
            if row.get(name) is not None and str(row[name]).casefold() not in {each.casefold() for each in values}:
                yield Issue(
                    code="contradicts_lesson",
                    file=path.name,
                    column=f"$.assignments[{index}].{name}",
                    header=name,
                    value=str(row[name]),
                    details={"lesson": given.lesson},
                    maybe=values[0] or None,
                )


def _assignment(row: PublishedLesson) -> Assignment:
    return Assignment(lesson=row.lesson, professional=row.professional, option=row.option, weeks=row.weeks)


def _raw(path: Path, term: Term, issues: list[Issue]) -> tuple[RawTable | None, Sequence[Mapping[str, Any]]]:
    """The rows of a file, and what it states beside them."""
    match path.suffix.lower():
        case ".json":
            data, twice = parse_json(path)
            issues += twice
            return _from_json(path, data, term, issues)
        case ".csv":
            return _from_sheet(path, sheet_of(path, path.name, _TABLE), issues), ()
        case ".xlsx":
            return _from_sheet(path, sheets_of(path)[0], issues), ()
    raise unreadable("unknown_form", path, path.suffix or path.name)


def _from_json(
    path: Path, data: Any, term: Term, issues: list[Issue]
) -> tuple[RawTable | None, Sequence[Mapping[str, Any]]]:
    """Rows of an outcome, of `{"assignments": […]}` or of a bare list."""
    root, rows = "$", data
    if isinstance(data, dict):
        root, rows = "$.assignments", data.get("assignments")
        if not rows and data.get("status") in ("impossible", "gave_up"):
            issues.append(Issue(code="no_timetable", file=path.name, column="$.status", value=str(data["status"])))
            return None, ()
        if data.get("input_hash") not in (None, "", term.input_hash):
            issues.append(Issue(code="other_term", severity=Severity.WARNING, file=path.name, column="$.input_hash"))
    if not isinstance(rows, list):
        guess = nearest("assignments", data) if isinstance(data, dict) else None
        issues.append(Issue(code="no_assignments", file=path.name, column="$", maybe=guess))
        return None, ()
    beside = set(GivenLesson.model_fields) - set(columns(_TABLE))  # role and times, which follow from the rest
    kept = [
        {name: cell for name, cell in row.items() if name not in beside} if isinstance(row, Mapping) else row
        for row in rows
    ]
    stated = [row if isinstance(row, Mapping) else {} for row in rows]
    return rows_in_json(_TABLE, path.name, root, kept, issues), stated


def _from_sheet(path: Path, sheet: Sheet, issues: list[Issue]) -> RawTable:
    """Rows of a CSV file, or of the first sheet of a workbook."""
    if any(not is_blank(cell) for row in sheet.rows for cell in row):
        return table_in(sheet, _TABLE, issues)
    return RawTable(_TABLE, path.name, sheet.name, ())
