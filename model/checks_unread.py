"""Fields that a term fills in and that nothing reads yet: said, so that nobody relies on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from model.fields import Record
from model.issues import Issue, Severity
from model.rules import RULES
from model.term import Settings, Term, tables

_OUTSIDE_RULES = {
    "term": "id name start end as_of time_zone noon evening count_proposed_releases public_transport_margin_minutes",
    "periods": "id name school start end",
    "week_patterns": "id name school weeks",
    "boards": "id name",
    "schools": "id name brin town",
    "time_grids": "id school variant valid_from valid_to weekday period start end",
    "calendar_days": "id school employer start end kind variant name",
    "rooms": "id school name",
    "class_groups": "id school name variant",
    "staff": "id school name",
    "employers": "id name hour_cost",
    "employer_sites": "id employer name town",
    "teams": "id employer name",
    "presence": "id employer",
    "professionals": "id name employer home_town",
    "work": "id professional",
    "releases": "id professional",
    "unavailability": "id professional reason",
    "wishes": "id professional reason",
    "licences": "id professional",
    "engagements": "id professional",
    "courses": "id name school",
    "lessons": "id course weeks weekday first_period last_period start end",
    "lesson_times": "id",
    "demands": "id course weeks lessons_per_week block_length half_days",
    "activities": "id name kind",
    "busy": "id subject",
    "release_choices": "id",
    "published": "id",
    "stages": "id professional",
    "carpools": "id",
    "waivers": "id rule professional lesson by reason decided",
    "rules": "id rule school employer professional enabled parameter value",
    "travel_times": "id origin destination mode departure",
}
"""What the calendar, the board, the reading of files and of timetables, and the names in results use."""

READ_OUTSIDE_RULES = frozenset(
    f"{table}.{field}" for table, fields in _OUTSIDE_RULES.items() for field in fields.split()
)


def unread_fields(term: Term) -> Iterator[Issue]:
    """One warning per field that some row fills in and nothing reads, or per table of such fields only."""
    read = READ_OUTSIDE_RULES.union(*(rule.reads for rule in RULES))
    kinds: list[tuple[str, type[Record]]] = [("term", Settings), *tables()]
    for table, record in kinds:
        rows: Sequence[Record] = (term,) if table == "term" else term.rows(table)
        unread = [name for name in record.model_fields if f"{table}.{name}" not in read]
        if rows and len(unread) == len(record.model_fields):
            yield Issue(
                code="table_unread",
                severity=Severity.WARNING,
                table=table,
                index=0,
                value=str(len(rows)),
                words={"rows_of": f"table.{table}"},
            )
            continue
        for name in unread:
            default = record.model_fields[name].default
            using = [index for index, row in enumerate(rows) if getattr(row, name) != default]
            if using:
                yield Issue(
                    code="field_unread",
                    severity=Severity.WARNING,
                    table=table,
                    index=None if table == "term" else using[0],
                    field=name,
                    value=str(len(using)),
                )
