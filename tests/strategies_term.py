"""`whole_terms()` draws valid terms with any table, any column and the most awkward texts: for what must hold of every term.

Every field is drawn from its column (kind, bounds, reference), so that a new one is drawn too; what rows must agree
about is mended afterwards, table by table. Texts and week sets come from a pool per term: hypothesis gives an example
only so much randomness, and large terms would use it up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, get_args

from annotated_types import Ge, Le, MaxLen
from hypothesis import strategies as st
from pydantic import ValidationError

from model.checks_pins import pin_issues
from model.fields import Cell, HalfDay, Weekday
from model.files.columns import SETTINGS, Column, columns, records
from model.rule import Rule, Subject, Waiving
from model.rules import RULES
from model.term import Term

Draw = st.DrawFn
Row = dict[str, Any]
Tables = Mapping[str, list[Row]]

AWKWARD = ",;+\"'=-–@#/\\ \n\t0123.ABe€é😀_x"
"""Characters that mean something to some file: separators, quotes, formulas, escapes."""

TEXTS = st.text(
    st.one_of(
        st.sampled_from(AWKWARD),
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    ),
    min_size=1,
    max_size=9,
).filter(lambda text: text.strip())

CLOCKS = st.integers(0, 24 * 60)
DATES = st.one_of(st.dates(date(2026, 6, 1), date(2027, 12, 31)), st.dates())
WEEKS = st.frozensets(st.integers(1, 53), min_size=1, max_size=8)
DAY_PARTS = st.sampled_from([f"{day}-{part}" for day in Weekday for part in HalfDay])


@dataclass(frozen=True)
class Pool:
    """What the fields of one term are drawn from."""

    texts: st.SearchStrategy[str]
    weeks: st.SearchStrategy[frozenset[int]]


@st.composite
def whole_terms(draw: Draw) -> Term:
    """A valid term; most have rows in most tables."""
    pool = Pool(
        st.sampled_from(draw(st.lists(TEXTS, min_size=4, max_size=12))),
        st.sampled_from(draw(st.lists(WEEKS, min_size=2, max_size=4))),
    )
    tables: dict[str, list[Row]] = {}
    least = draw(st.sampled_from([0, 1, 1]))
    for table in sorted((each for each in records() if each != SETTINGS), key=_LAST.__contains__):
        count = draw(st.integers(least if table in _NEEDED else 0, 3))
        rows = [draw(_rows(table, tables, pool, str(number))) for number in range(count)]
        tables[table] = _unlike(table, [mended for row in rows if (mended := _mend(draw, table, row, tables))])
    start = draw(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
    dates = {"start": start, "end": start + timedelta(draw(st.integers(0, 350)))}
    term = Term.model_validate({**draw(_rows(SETTINGS, tables, pool, "")), **dates, **tables})
    if list(pin_issues(term)):
        return term.replace(lessons=[row.replace(pinned=()) for row in term.lessons])
    return term


_LAST = {"calendar_days", "periods", "presence", "release_choices", "week_patterns", "travel_times"}
"""Tables that refer to tables which come after them in the model."""

_NEEDED = {"schools", "time_grids", "professionals", "courses", "lessons", "lesson_times"}
"""Tables that others cannot do without; mostly not empty."""


@st.composite
def _rows(draw: Draw, table: str, tables: Tables, pool: Pool, number: str) -> Row:
    """A row with every required field, and some of the others; its number keeps its id apart."""
    row = {}
    all_columns = list(columns(table).values())
    chosen = draw(st.integers(0, 2 ** len(all_columns) - 1))
    for place, column in enumerate(all_columns):
        strategy = _values(column, tables, pool)
        if strategy is not None and (column.required or chosen >> place & 1):
            row[column.field] = draw(strategy) + number if column.field == "id" else draw(strategy)
    return row


def _values(column: Column, tables: Tables, pool: Pool) -> st.SearchStrategy[Any] | None:
    """Values of a column; None where it refers to a table without rows."""
    limits = _limits(column)
    one: st.SearchStrategy[Any]
    if column.col.ref:
        ids = [row["id"] for row in tables.get(column.col.ref, ())]
        if not ids:
            return None
        one = st.sampled_from(ids)
    elif column.choices is not None:
        one = st.sampled_from(list(column.choices))
    else:
        one = _plain(column.cell, limits, pool)
    return st.lists(one, max_size=min(limits.get("length", 4), 4)) if column.many else one


def _limits(column: Column) -> dict[str, Any]:
    """Bounds of a field, or of each of its values, from what the model says of it."""
    found: dict[str, Any] = {}
    field = records()[column.table].model_fields[column.field]
    of_values = (each for value in get_args(field.annotation) for each in getattr(value, "__metadata__", ()))
    for mark in (*field.metadata, *(mark for each in of_values for mark in getattr(each, "metadata", ()))):
        match mark:
            case Ge():
                found["least"] = mark.ge
            case Le():
                found["most"] = mark.le
            case MaxLen():
                found["length"] = mark.max_length
        if getattr(mark, "pattern", None):
            found["pattern"] = mark.pattern
    return found


def _plain(cell: Cell, limits: Row, pool: Pool) -> st.SearchStrategy[Any]:
    least, most = limits.get("least"), limits.get("most")
    match cell:
        case Cell.TEXT if "pattern" in limits:
            return st.from_regex(re.compile(limits["pattern"], re.ASCII), fullmatch=True)
        case Cell.TEXT:
            return pool.texts
        case Cell.WEEKS:
            return pool.weeks
        case Cell.INTEGER:
            return st.integers(-(2**60) if least is None else least, 2**60 if most is None else most)
        case Cell.NUMBER:
            return st.floats(least, most, allow_nan=False, allow_infinity=False)
    return _ANY[cell]


_ANY = {Cell.YES_NO: st.booleans(), Cell.DATE: DATES, Cell.CLOCK: CLOCKS, Cell.DAY_PART: DAY_PARTS}


# What the fields of a row must agree about


@dataclass(frozen=True)
class Rowed:
    """A drawn row, and what mending it needs."""

    row: Row
    draw: Draw
    tables: Tables


def _unlike(table: str, rows: Iterable[Row]) -> list[Row]:
    """Rows without those whose id is taken, with the ids that the model makes."""
    kept: dict[str, Row] = {}
    for row in rows:
        row_id: str = getattr(records()[table].model_validate(row), "id")  # noqa: B009  rows differ in type
        kept.setdefault(row_id, {**row, "id": row_id})
    return list(kept.values())


def _mend(draw: Draw, table: str, row: Row, tables: Tables) -> Row | None:
    """The row made possible; None where it needs rows that are not there."""
    if any(column.required and column.field not in row for column in columns(table).values()):
        return None
    for first, last in (("start", "end"), ("valid_from", "valid_to"), ("first_date", "last_date")):
        if row.get(first) is not None and row.get(last) is not None:
            row[first], row[last] = sorted((row[first], row[last]))
            if row[first] == row[last] and isinstance(row[first], int):
                row[first], row[last] = (row[first], row[first] + 1) if row[first] < 24 * 60 else (0, row[first])
    mend = _MENDERS.get(table)
    return row if mend is None else mend(Rowed(row, draw, tables))


def _other_place(of: Rowed) -> Row | None:
    taken = {school["id"] for school in of.tables["schools"]}
    return None if of.row["id"].strip() in taken or of.row["id"].startswith("home:") else of.row


def _school(of: Rowed) -> Row | None:
    return None if of.row["id"].startswith("home:") else of.row


def _shortened(of: Rowed) -> Row:
    if of.row["kind"] == "blackout":
        return {name: value for name, value in of.row.items() if name != "school"}
    if of.row["kind"] != "shortened":
        return of.row
    known = [each for each in of.tables["time_grids"] if of.row.get("school") in (None, each["school"])]
    if not known:
        return {**of.row, "kind": "holiday"}
    return {**of.row, "variant": of.draw(st.sampled_from(known)).get("variant", "standard")}


def _presence(of: Rowed) -> Row:
    return of.row if "at_most_away" in of.row else {"minimum": 0, **of.row}


def _release_choice(of: Rowed) -> Row:
    """People of the employer only."""
    theirs = {row["id"] for row in of.tables["professionals"] if row.get("employer") == of.row["employer"]}
    return {**of.row, "people": [each for each in of.row.get("people", ()) if each in theirs]}


def _published(of: Rowed) -> Row:
    """At one of the lesson's own other times, if at any."""
    times = [row["id"] for row in of.tables["lesson_times"] if row["lesson"] == of.row["lesson"]]
    return {**of.row, "option": of.draw(st.sampled_from([None, *times]))}


def _work(of: Rowed) -> Row:
    return {**of.row, "cycle_week": min(of.row.get("cycle_week", 1), of.row.get("cycle_weeks", 1))}


def _course(of: Rowed) -> Row:
    return {"max_people": 2, **of.row}


def _demand(of: Rowed) -> Row:
    """One block in one half-day, so that a course that stays together has few times."""
    half_day = of.draw(DAY_PARTS)
    return {**of.row, "lessons_per_week": 1, "half_days": [half_day]}


def _timed(of: Rowed) -> Row:
    """Lesson periods of the school's grid, clock times, or both."""
    row = of.row
    school = _school_of(row, of.tables)
    starts: dict[str, list[int]] = {}
    for each in of.tables["time_grids"]:
        if each["school"] == school:
            starts.setdefault(each["period"].strip(), []).append(each["start"])
    for field in ("first_period", "last_period"):
        row.pop(field, None)
    if starts and of.draw(st.booleans()):
        first, last = of.draw(st.sampled_from(sorted(starts))), of.draw(st.sampled_from(sorted(starts)))
        row["first_period"] = first
        if of.draw(st.booleans()) and min(starts[first]) <= max(starts[last]):
            row["last_period"] = last
    if "first_period" not in row or ("start" in row) != ("end" in row):
        start = of.draw(st.integers(0, 24 * 60 - 1))
        row |= {"start": start, "end": of.draw(st.integers(start + 1, 24 * 60))}
    return row


def _school_of(row: Row, tables: Tables) -> str | None:
    """The school whose lesson periods a lesson, another time of a lesson or a busy time uses."""
    for field, table in (("lesson", "lessons"), ("course", "courses")):
        if field in row:
            return _school_of(next(each for each in tables[table] if each["id"] == row[field]), tables)
    group = next((each for each in tables.get("class_groups", ()) if each["id"] == row.get("class_group")), {})
    found: str | None = row.get("school") or group.get("school")
    return found


def _setting(of: Rowed) -> Row:
    """A rule with a scope and a parameter that it has."""
    row = of.row
    rule = of.draw(st.sampled_from(RULES))
    fields = {Subject.SCHOOL: "school", Subject.EMPLOYER: "employer", Subject.PROFESSIONAL: "professional"}
    for field in set(fields.values()) - {fields.get(rule.subject)}:
        row.pop(field, None)
    row |= {"rule": rule.name, "enabled": not rule.may_switch_off or row.get("enabled", True)}
    for field in ("id", "parameter", "value"):  # without an id of its own no setting comes twice
        row.pop(field, None)
    if rule.model_fields and of.draw(st.booleans()):
        parameter = of.draw(st.sampled_from(sorted(rule.model_fields)))
        row |= {"parameter": parameter, "value": of.draw(st.sampled_from(_taken(rule, parameter)))}
    if row.get("enabled") is None and "parameter" not in row:
        row["enabled"] = True
    return row


def _taken(rule: type[Rule], parameter: str) -> list[str]:
    """Values that a parameter takes: some small numbers, or its default."""
    numbers = [each for each in "12345" if _takes(rule, parameter, each)]
    return numbers or [str(rule.model_fields[parameter].default)]


def _takes(rule: type[Rule], parameter: str, value: str) -> bool:
    try:
        rule.model_validate({parameter: value}, strict=False)
    except ValidationError:
        return False
    return True


def _carpool(of: Rowed) -> Row | None:
    """Two people, where there are two."""
    known = [row["id"] for row in of.tables["professionals"]]
    return {**of.row, "people": known[:2]} if len(known) > 1 else None


def _waiver(of: Rowed) -> Row | None:
    """Of a rule that can be waived for what the row names."""
    named = {name for name in ("professional", "lesson") if of.row.get(name) is not None}
    fitting = {
        Waiving.PERSON: named == {"professional"},
        Waiving.LESSON: named == {"lesson"},
        Waiving.PERSON_OR_LESSON: bool(named),
    }
    rules = [rule.name for rule in RULES if fitting.get(rule.waiving())]
    return {**of.row, "rule": of.draw(st.sampled_from(rules))} if rules else None


def _journey(of: Rowed) -> Row | None:
    places = [row["id"] for table in ("schools", "employer_sites") for row in of.tables[table]]
    places += [f"home:{row['id']}" for row in of.tables["professionals"]]
    if not places:
        return None
    return {**of.row, "origin": of.draw(st.sampled_from(places)), "destination": of.draw(st.sampled_from(places))}


_MENDERS: dict[str, Callable[[Rowed], Row | None]] = {
    "schools": _school,
    "employer_sites": _other_place,
    "calendar_days": _shortened,
    "presence": _presence,
    "work": _work,
    "carpools": _carpool,
    "courses": _course,
    "lessons": _timed,
    "lesson_times": _timed,
    "demands": _demand,
    "release_choices": _release_choice,
    "published": _published,
    "busy": _timed,
    "rules": _setting,
    "waivers": _waiver,
    "travel_times": _journey,
}
