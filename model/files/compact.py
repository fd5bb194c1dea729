"""Sheets that hold several tables at once, as people keep them: lessons with their course, a person's week by kind.

`lessen` with a column for the school instead of the course also gives courses, class groups, rooms and who gives what;
`beschikbaarheid` gives work, releases, absences and wishes; a `status` of professionals says who is open for matching.
The rows they give keep their place in the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from model.fields import folded
from model.files.cells import is_blank, shown
from model.files.columns import YesNo, choice_names, header_names
from model.files.lists import join
from model.files.raw import Found, Header, RawRow, RawTable, Sheet, cells_of, title_row
from model.issues import Issue, nearest
from model.people import EngagementStatus


class Kind(StrEnum):
    """What somebody's time is, in a sheet of availability."""

    COMPANY = "company"
    FREE = "free"
    RELEASED = "released"
    POSSIBLE = "possible"
    NEVER = "never"


_LESSON_HEADERS = {"docent": "teacher", "fixatie": "pin", "duo_met": "beside", "groep": "classes"}
_WEEK_HEADERS = {"soort": "kind", "voorkeur": "value", "dagdeel": "half_day"}
_OF_LESSON = ("id", "weeks", "weekday", "first_period", "last_period", "start", "end", "must_fill")
_OF_COURSE = ("school", "classes", "subject", "required_licence", "heads", "handover_weeks")
_TIME = ("professional", "weeks", "weekday", "half_day", "start", "end")


@dataclass(slots=True)
class _Tables:
    """Rows given by one sheet, by table, each with the columns they come from."""

    sheet: Sheet
    header_row: int
    headers: Mapping[str, Header]
    rows: dict[str, list[RawRow]] = field(default_factory=dict)

    def add(self, table: str, number: int, cells: Mapping[str, object]) -> None:
        """A row of a table, from a row of the sheet."""
        filled = {name: cell for name, cell in cells.items() if not is_blank(cell)}
        self.rows.setdefault(table, []).append(RawRow(filled, number, 0))

    def into(self, found: Found, places: Mapping[str, Mapping[str, str]]) -> None:
        """Join the rows to what was found; `places` names the sheet's column where a field has another name."""
        for table, rows in self.rows.items():
            named = places.get(table, {})
            headers = dict(self.headers) | {
                ours: self.headers[its] for ours, its in named.items() if its in self.headers
            }
            raw = RawTable(table, self.sheet.file, self.sheet.name, (), headers, self.header_row)
            found.join(raw, [replace(row, origin=raw) for row in rows])


def is_compact(sheet: Sheet, table: str | None) -> bool:
    """Whether a sheet is read here."""
    if folded(sheet.name) in _WEEK_NAMES:
        return True
    names = {folded(shown(cell)) for cell in sheet.rows[title_row(sheet)] if not is_blank(cell)}
    if table == "lessons":
        return bool(names & {"vestiging", "school"}) and not names & {"cursus", "course"}
    return table == "professionals" and "status" in names


_WEEK_NAMES = frozenset({"beschikbaarheid", "availability"})


def unfold(sheet: Sheet, table: str | None, found: Found) -> None:
    """Read a sheet of several tables into what was found; other sheets must have been read before."""
    if folded(sheet.name) in _WEEK_NAMES:
        _weeks(sheet, found)
    elif table == "lessons":
        _lessons(sheet, found)
    else:
        _people(sheet, found)


def _open(
    sheet: Sheet, names: Mapping[str, str], found: Found
) -> tuple[_Tables, Iterator[tuple[int, dict[str, object]]]]:
    top = title_row(sheet)
    fields, headers = dict[int, str](), dict[str, Header]()
    for column, cell in enumerate(sheet.rows[top]):
        if is_blank(cell):
            continue
        title = shown(cell)
        name = names.get(folded(title))
        if name is None:
            found.issues.append(
                sheet.issue("unknown_column", row=top, column=column, value=title, maybe=nearest(title, names))
            )
        else:
            fields[column], headers[name] = name, sheet.header(column, title)
    return _Tables(sheet, top + 1, headers), cells_of(sheet, top, fields)


def _weeks(sheet: Sheet, found: Found) -> None:
    """Work, releases, absences and wishes."""
    names = {**header_names("wishes"), **header_names("unavailability"), **_folded(_WEEK_HEADERS)}
    tables, rows = _open(sheet, names, found)
    raw = RawTable("availability", sheet.file, sheet.name, (), tables.headers, tables.header_row)
    for number, cells in rows:
        said = shown(cells.get("kind", ""))
        kind, time = choice_names(Kind).get(folded(said)), {name: cells.get(name) for name in _TIME}
        all_weeks = {name: cell for name, cell in time.items() if name != "weeks"}
        wish = not is_blank(cells.get("value"))
        if kind is None:
            issue = Issue(code="unknown_choice", field="kind", value=said, choices=("kind", " ".join(Kind)))
            found.issues.append(raw.locate(issue, RawRow(cells, number, 0)))
        if not is_blank(cells.get("weeks")) and (wish or kind is Kind.COMPANY):
            issue = Issue(code="weeks_not_here", field="weeks", value=shown(cells["weeks"]))
            found.issues.append(raw.locate(issue, RawRow(cells, number, 0)))
        match kind:
            case Kind.COMPANY:
                tables.add("work", number, all_weeks)
            case Kind.RELEASED:
                tables.add("releases", number, time)
            case Kind.NEVER:
                tables.add("unavailability", number, time)
        if wish:
            tables.add("wishes", number, {**all_weeks, "value": cells["value"]})
    tables.into(found, {})


def _people(sheet: Sheet, found: Found) -> None:
    """Professionals whose status says whether they may still be matched."""
    tables, rows = _open(sheet, {**header_names("professionals"), "status": "status"}, found)
    stopped = choice_names(EngagementStatus)
    for number, cells in rows:
        status = cells.pop("status", None)
        if not is_blank(status):
            known = stopped.get(folded(shown(status)))
            opened = YesNo.NO if known is EngagementStatus.STOPPED else YesNo.YES
            cells["open_for_matching"] = status if known is None else opened.value
        tables.add("professionals", number, cells)
    tables.into(found, {"professionals": {"open_for_matching": "status"}})


def _lessons(sheet: Sheet, found: Found) -> None:
    """Lessons with their courses, class groups and rooms; who is not pinned but named is as published."""
    names = {**header_names("courses"), **header_names("lessons"), **_folded(_LESSON_HEADERS)}
    tables, rows = _open(sheet, names, found)
    courses: dict[tuple[str, ...], str] = {}
    made: set[tuple[str, str]] = {(table, each) for table in ("class_groups", "rooms") for each in found.ids(table)}
    for number, cells in rows:
        school = shown(cells.get("school", ""))
        for name, table in (("classes", "class_groups"), ("room", "rooms")):
            called = shown(cells.get(name, ""))
            if called and (table, called) not in made:
                cells[name] = own = f"{school}-{called}"
                if (table, own) not in made:
                    made.add((table, own))
                    tables.add(table, number, {"id": own, "school": cells.get("school"), "name": called})
        about = {name: cells.get(name) for name in _OF_COURSE}
        key = tuple(shown(cell or "") for cell in about.values())
        if key not in courses:
            base = "-".join(
                part for part in (school, shown(cells.get("classes", "")).removeprefix(f"{school}-"), key[2]) if part
            )
            courses[key] = base if base not in courses.values() else f"{base}-{len(courses) + 1}"
            tables.add("courses", number, {"id": courses[key], **about})
        people = [shown(cells[name]) for name in ("teacher", "beside") if not is_blank(cells.get(name))]
        pinned = choice_names(YesNo).get(folded(shown(cells.get("pin", "")))) is YesNo.YES
        lesson = {name: cells.get(name) for name in (*_OF_LESSON, "room")}
        tables.add("lessons", number, {**lesson, "course": courses[key], "pinned": join(people) if pinned else None})
        for professional in [] if pinned else people:
            tables.add("published", number, {"lesson": cells.get("id"), "professional": professional})
    places = {
        "lessons": {"course": "subject", "pinned": "teacher"},
        "published": {"lesson": "id", "professional": "teacher"},
        "class_groups": {"id": "classes", "name": "classes"},
        "rooms": {"id": "room", "name": "room"},
        "courses": {"id": "subject"},
    }
    tables.into(found, places)


def _folded(headers: Mapping[str, str]) -> dict[str, str]:
    return {folded(title): name for title, name in headers.items()}
