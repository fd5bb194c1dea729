"""School holidays as the government publishes them (rijksoverheid.nl, open data), added to the calendars of schools.

The form: `content[].vacations[]` with `type`, `compulsorydates` and `regions[]` of `region`, `startdate`, `enddate`. Its
texts may have spaces around them, and its dates are moments in UTC at which the day begins in the Netherlands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from model.files.cells import shown
from model.files.json_file import parse_json
from model.files.source import Unreadable
from model.issues import Issue, Severity, nearest
from model.sites import CalendarDay, DayKind, Sector
from model.term import Term

_EVERYWHERE = "heel nederland"
_NEAR = timedelta(days=14)
"""A school's own holiday this close to an advised one stands instead of it."""


class Region(StrEnum):
    """Holiday region; municipalities belong to one, not provinces."""

    NORTH = "noord"
    MIDDLE = "midden"
    SOUTH = "zuid"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday of one region, first and last day included."""

    name: str
    start: date
    end: date
    compulsory: bool


@dataclass(frozen=True, slots=True)
class LoadedHolidays:
    """Holidays with warnings, or None with everything that is wrong; `readable` as in `Loaded`."""

    holidays: tuple[Holiday, ...] | None
    issues: tuple[Issue, ...]
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Filled:
    """A term with holidays in its calendars: what was added, and what schools keep of their own."""

    term: Term
    added: tuple[CalendarDay, ...]
    issues: tuple[Issue, ...]


def read_holidays(path: Path, region: Region) -> LoadedHolidays:
    """The holidays of a region. Never raises for what the file holds."""
    try:
        data, issues = parse_json(path)
    except Unreadable as error:
        return LoadedHolidays(None, (error.issue,), readable=False)
    found: list[Holiday] = []
    vacations = list(_vacations(data))
    if not vacations:
        issues.append(Issue(code="not_holidays", column="$", value=shown(data)[:60]))
    for pointer, vacation in vacations:
        issues += _read(vacation, pointer, region, found)
    located = tuple(issue.model_copy(update={"file": path.name}) for issue in issues)
    wrong = any(issue.severity is Severity.ERROR for issue in located)
    return LoadedHolidays(None if wrong else tuple(dict.fromkeys(found)), located)


def _vacations(data: Any) -> Iterator[tuple[str, Any]]:
    """Every vacation of one published school year, or of a list of them, with its path."""
    years = [("$", data)] if isinstance(data, dict) else [(f"$[{place}]", year) for place, year in _listed(data)]
    for root, year in years:
        for place, content in _listed(year.get("content") if isinstance(year, dict) else None):
            for index, vacation in _listed(content.get("vacations") if isinstance(content, dict) else None):
                yield f"{root}.content[{place}].vacations[{index}]", vacation


def _listed(value: Any) -> Iterator[tuple[int, Any]]:
    return iter(enumerate(value)) if isinstance(value, list) else iter(())


def _read(vacation: Any, pointer: str, region: Region, found: list[Holiday]) -> Iterator[Issue]:
    """Problems of one vacation; what it says of a region is added to the holidays."""
    fields = vacation if isinstance(vacation, dict) else {}
    if not isinstance(fields.get("regions"), list):
        yield Issue(code="not_a_list", column=f"{pointer}.regions", field="regions", value=shown(fields.get("regions")))
        return
    name = _text(fields.get("type"))
    before = len(found)
    for index, row in _listed(fields.get("regions")):
        path = f"{pointer}.regions[{index}]"
        of = row if isinstance(row, dict) else {}
        where = _text(of.get("region")).casefold()
        if where not in {*Region, _EVERYWHERE}:
            guess = nearest(where, [*Region, _EVERYWHERE])
            yield Issue(code="holiday_region", column=f"{path}.region", value=shown(of.get("region")), maybe=guess)
            continue
        days = [_day(of.get(field)) for field in ("startdate", "enddate")]
        for field, day in zip(("startdate", "enddate"), days, strict=True):
            if day is None:
                yield Issue(code="holiday_date", column=f"{path}.{field}", value=shown(of.get(field)))
        start, end = days
        if start is None or end is None:
            continue
        if end < start:
            details = {"start": str(start)}
            yield Issue(code="end_before_start", column=f"{path}.enddate", value=str(end), details=details)
        elif where in (region, _EVERYWHERE):
            found.append(Holiday(name, start, end, _text(fields.get("compulsorydates")).casefold() == "true"))
    if len(found) == before:
        yield Issue(
            code="holiday_elsewhere", severity=Severity.WARNING, column=pointer, value=name, details={"region": region}
        )


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, (str, bool)) else ""


def _day(value: Any) -> date | None:
    """The day on which a moment lies in the Netherlands."""
    try:
        moment = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return (moment.astimezone(ZoneInfo("Europe/Amsterdam")) if moment.tzinfo else moment).date()


# Into a term


def add_holidays(
    term: Term, holidays: Collection[Holiday], *, schools: Collection[str] = (), with_mbo: bool = False
) -> Filled:
    """The term with the holidays that lie in it, for each of its schools.

    Mbo schools decide for themselves and are left alone. A school's own holiday goes before an advised one close by; a
    compulsory one is added to it.

    Args:
        schools: only these sites, mbo or not; all when empty.
        with_mbo: mbo schools too.
    """
    added: list[CalendarDay] = []
    issues: list[Issue] = []
    for school in term.schools:
        if school.id not in schools if schools else (school.sector is Sector.MBO and not with_mbo):
            continue
        for holiday in sorted(holidays, key=lambda each: (each.start, each.end, each.name)):
            if holiday.end < term.start or term.end < holiday.start or _closed(term, school.id, holiday):
                continue
            kept = None if holiday.compulsory else _own(term, school.id, holiday)
            if kept is None:
                row = {"school": school.id, "start": holiday.start, "end": holiday.end, "name": holiday.name}
                added.append(CalendarDay(kind=DayKind.HOLIDAY, **row))
            else:
                details = {"school": school.name, "first": str(holiday.start), "last": str(holiday.end)}
                issues.append(
                    Issue(
                        code="holiday_kept",
                        severity=Severity.WARNING,
                        table="calendar_days",
                        index=kept,
                        field="start",
                        value=holiday.name,
                        details=details,
                    )
                )
    rows = {row.id: row for row in (*term.calendar_days, *added)}
    return Filled(term.replace(calendar_days=tuple(rows.values())), tuple(added), tuple(issues))


def _rows_of(term: Term, school: str) -> Iterator[tuple[int, CalendarDay]]:
    """Rows that close a school: its own and those for everybody."""
    for index, row in enumerate(term.calendar_days):
        everybody = row.school is None and row.employer is None
        if (row.school == school or everybody) and row.kind is not DayKind.SHORTENED:
            yield index, row


def _closed(term: Term, school: str, holiday: Holiday) -> bool:
    """Whether a school is closed anyway on all days of a holiday that lie in the term."""
    first, last = max(holiday.start, term.start), min(holiday.end, term.end)
    days = [first + timedelta(days=day) for day in range((last - first).days + 1)]
    return all(any(row.start <= day <= row.end for _, row in _rows_of(term, school)) for day in days)


def _own(term: Term, school: str, holiday: Holiday) -> int | None:
    """Index of a school's own holiday that stands instead of an advised one."""
    for index, row in _rows_of(term, school):
        near = row.start <= holiday.end + _NEAR and holiday.start - _NEAR <= row.end
        if near and row.kind is DayKind.HOLIDAY and row.school == school:
            return index
    return None
