"""A term in parts: each school site, each employer and the region itself owns and edits its own rows.

Who owns a row is said in `OWNERS`, by the rows it refers to. Rows that several owners have a say in are the region's, and
so is what decides for everybody: rules and waivers (law among them), what was published, boards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, create_model

from model.access_actions import Owned, OwnerKind
from model.fields import Record
from model.lessons import Demand
from model.term import Settings, Term, tables

PartKey = Owned
"""Whose part it is: of the region, of a school or of an employer."""

REGION = Owned(OwnerKind.REGION)

OWNERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "periods": (("school",),),
    "week_patterns": (("school",),),
    "boards": (),
    "schools": (("id",),),
    "time_grids": (("school",),),
    "calendar_days": (("school", "employer"),),
    "rooms": (("school",),),
    "class_groups": (("school",),),
    "staff": (("school",),),
    "employers": (("id",),),
    "employer_sites": (("employer",),),
    "teams": (("employer",),),
    "presence": (("employer",),),
    "release_choices": (("employer",),),
    "professionals": (("employer",),),
    "work": (("professional",),),
    "releases": (("professional",),),
    "unavailability": (("professional",),),
    "wishes": (("professional",),),
    "licences": (("professional",),),
    "stages": (("professional",),),
    "engagements": (("professional",),),  # a board has no part, and its sites must not agree for each other
    "carpools": (("people",),),
    "courses": (("school",),),
    "lessons": (("course",),),
    "lesson_times": (("lesson",),),
    "demands": (("course",),),
    "busy": (("school", "class_group", "room", "staff"), ("professional",)),
    "activities": (("school",), ("required", "wished")),
    "published": (),
    "rules": (),
    "waivers": (),
    "travel_times": (("origin", "destination"),),
}
"""For each table the fields that say whose a row is: the first group in which any is filled counts.

When the fields of that group name different owners, or none, the row is the region's; without groups all rows are.
"""

_KINDS = {"schools": OwnerKind.SCHOOL, "employers": OwnerKind.EMPLOYER}
"""Tables whose rows are owners themselves."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    settings: Settings | None = None
    """Of the region's part only."""

    def rows(self, table: str) -> tuple[Record, ...]:
        """Rows of a table by its name."""
        rows: tuple[Record, ...] = getattr(self, table)
        return rows


if TYPE_CHECKING:

    class Part(_Part):
        """Rows of one owner, a field for each table of a term, in the order of their owner."""

        def __init__(self, **rows: Any) -> None: ...
else:
    Part = create_model(
        "Part",
        __base__=_Part,
        __module__=__name__,
        __doc__="Rows of one owner, a field for each table of a term, in the order of their owner.",
        **{name: (tuple[record, ...], ()) for name, record in tables()},
    )


class Owners:
    """Who owns the rows of some tables, which need not be right."""

    def __init__(self, rows: Mapping[str, Sequence[Record]]) -> None:
        self._rows = rows
        self._by_id: dict[str, dict[str, Record]] = {}
        self._found: dict[tuple[str, str], Owned | None] = {}

    def of(self, table: str, row: Record) -> Owned | None:
        """The owner of a row; None where that cannot be told, because what it refers to is not there."""
        for group in OWNERS[table]:
            named = [each for field in group for each in _referred(table, field, row)]
            if named:
                owners = {self._of_id(*each) for each in named}
                if None in owners:
                    return None
                return owners.pop() if len(owners) == 1 else REGION
        return REGION

    def _of_id(self, table: str, row_id: str) -> Owned | None:
        if table in _KINDS:
            return Owned(_KINDS[table], row_id)
        if (table, row_id) not in self._found:
            home = table if row_id in self._ids(table) else "demands"
            row = self._ids(table).get(row_id) or (self._blocks.get(row_id) if table == "lessons" else None)
            self._found[table, row_id] = None if row is None else self.of(home, row)
        return self._found[table, row_id]

    def _ids(self, table: str) -> Mapping[str, Record]:
        if table not in self._by_id:
            self._by_id[table] = {id_of(row): row for row in self._rows.get(table, ())}
        return self._by_id[table]

    @property
    def _blocks(self) -> Mapping[str, Record]:
        """Demand by the lessons that it will be written out as."""
        if "#" not in self._by_id:
            found = (row for row in self._rows.get("demands", ()) if isinstance(row, Demand))
            self._by_id["#"] = {block: row for row in found for block, _ in row.blocks()}
        return self._by_id["#"]


def id_of(row: Record) -> str:
    """The id of a row of any table."""
    found: str = getattr(row, "id")  # noqa: B009  every table has ids, the base class does not
    return found


def _referred(table: str, field: str, row: Record) -> Iterator[tuple[str, str]]:
    """Tables and ids of the rows that a field names."""
    value: str | tuple[str, ...] | None = getattr(row, field)
    target = table if field == "id" else _targets(type(row))[field]
    for each in value if isinstance(value, tuple) else (value,):
        if each is None:
            continue
        if target:
            yield target, each
        elif each.startswith("home:"):  # an end of a journey
            yield "professionals", each.removeprefix("home:")


@cache
def _targets(record: type[Record]) -> Mapping[str, str]:
    return {field: col.ref for field, col in record.cols()}


# Cutting and joining


def split(term: Term) -> dict[PartKey, Part]:
    """The part of the region, of each school and of each employer, in this order; one that has no rows is empty."""
    owners = Owners({table: term.rows(table) for table, _ in tables()})
    found: dict[Owned, dict[str, list[Record]]] = {REGION: defaultdict(list)}
    found |= {Owned(_KINDS[table], id_of(row)): defaultdict(list) for table in _KINDS for row in term.rows(table)}
    for table, _ in tables():
        for row in term.rows(table):
            owner = owners.of(table, row)
            assert owner is not None, "the references of a term hold"
            found[owner][table].append(row)
    settings = Settings.model_construct(**{name: getattr(term, name) for name in Settings.model_fields})
    return {
        owner: Part(settings=settings if owner == REGION else None, **_tuples(found[owner]))
        for owner in in_order(found)
    }


def _tuples(rows: Mapping[str, Iterable[Record]]) -> dict[str, tuple[Record, ...]]:
    return {table: tuple(each) for table, each in rows.items()}


def part_of(term: Term, key: PartKey) -> Part:
    """The part of one owner; an empty one where the term has no such school or employer."""
    return split(term).get(key, Part())


def in_order(keys: Iterable[PartKey]) -> list[PartKey]:
    """Owners in the order in which their rows are joined: the region, then schools, then employers, by id."""
    places = {kind: place for place, kind in enumerate(OwnerKind)}
    return sorted(keys, key=lambda key: (places[key.kind], key.id))
