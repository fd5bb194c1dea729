"""Parts of a term joined again: all of them, or one that its owner gave anew. Nobody changes what is not theirs.

Joined rows have one order: the region's, then those of schools, then of employers, by id, each in their own order. A part
given anew leaves the rows of others in their places, so that an unchanged part makes the same term, with the same hash.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from model.access_actions import OwnerKind
from model.change import with_values
from model.fields import Record
from model.issues import Issue, TermError
from model.parts import REGION, Owners, Part, PartKey, id_of, in_order, split
from model.references import reference_issues
from model.term import Settings, Term, tables

_OF_EMPLOYERS = frozenset({"professionals", "teams", "employer_sites"})
"""Tables of which an employer sees its own rows only: those of others are for it as if they were not there."""

_FOR_ALL = frozenset({"schools", "boards"})
"""Tables whose ids everybody may be reminded of."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row, in whose part it stands, and where there."""

    part: PartKey
    index: int
    row: Record


_Rows = dict[str, list[_Placed]]


def merge(parts: Mapping[PartKey, Part]) -> Term:
    """The term of all parts.

    Raises:
        TermError: rows in the part of somebody whose they are not, no settings of the region, or rows that refer to what
            is not there. Issues name their part (`school/north`) as their file, and the place of the row in it.
    """
    rows: _Rows = {
        table: [_Placed(key, index, row) for key in in_order(parts) for index, row in enumerate(parts[key].rows(table))]
        for table, _ in tables()
    }
    issues = [
        *(issue for key in in_order(parts) for issue in _settings_issues(key, parts[key])),
        *_row_issues(rows, parts.keys()),
    ]
    if issues:
        raise TermError(issues)
    joined = {table: [each.row for each in placed] for table, placed in rows.items()}
    return Term.model_validate({**_values(parts[REGION].settings), **joined})


def replace_part(term: Term, key: PartKey, part: Part) -> Term:
    """The term in which one owner's part is this one.

    Whether times, dates and rule settings make sense of it is for `model.checks`, as for every term.

    Raises:
        TermError: rows of others, settings from who is not the region, rows that refer to what is not there, or rows gone
            that others still need. Issues are located in the part, and say nothing of whose other rows are.
    """
    before = split(term).get(key, Part())
    owners = Owners({table: term.rows(table) for table, _ in tables()})
    rows: _Rows = {}
    for table, _ in tables():
        mine = [_Placed(key, index, row) for index, row in enumerate(part.rows(table))]
        rows[table] = _in_place(key, [(owners.of(table, row) or REGION, row) for row in term.rows(table)], mine)
    issues = [*_settings_issues(key, part), *_row_issues(rows, {key}, before)]
    if issues:
        raise TermError(issues)
    changed: dict[str, Any] = {} if part.settings is None else _values(part.settings)
    for table, placed in rows.items():
        if (joined := tuple(each.row for each in placed)) != term.rows(table):
            changed[table] = joined
    return with_values(term, changed)


def _in_place(key: PartKey, old: Sequence[tuple[PartKey, Record]], mine: Sequence[_Placed]) -> list[_Placed]:
    """Rows of others where they were, and mine in the places that mine had.

    More of them come after the last of those; where mine had none, before owners who come later.
    """
    places = [place for place, (owner, _) in enumerate(old) if owner == key]
    later = (place for place, (owner, _) in enumerate(old) if in_order((owner, key))[0] == key)
    end = places[-1] + 1 if places else next(later, len(old))
    left = deque(mine)
    found: list[_Placed] = []
    for place, (owner, row) in enumerate(old):
        if place == end:
            found += left
            left.clear()
        if owner != key:
            found.append(_Placed(owner, place, row))
        elif left:
            found.append(left.popleft())
    return [*found, *left]


def _values(settings: Settings | None) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in Settings.model_fields}


# What is wrong


def _named(key: PartKey) -> str:
    """A part as issues call it: `school/north`, `region`."""
    return f"{key.kind.value}/{key.id}".rstrip("/")


def _settings_issues(key: PartKey, part: Part) -> Iterator[Issue]:
    if key == REGION and part.settings is None:
        yield Issue(code="no_settings", table="term", file=_named(key))
    if key != REGION and part.settings is not None:
        yield Issue(code="part_foreign_settings", table="term", file=_named(key), words=_whose(key))


def _whose(key: PartKey) -> dict[str, str]:
    return {"owner": f"part_owner.{key.kind.value}"}


def _row_issues(rows: _Rows, given: Collection[PartKey], before: Part | None = None) -> list[Issue]:
    """What is wrong with the rows of the given parts, and with those of others because of them."""
    owners = Owners({table: [each.row for each in placed] for table, placed in rows.items()})
    found: list[Issue] = []
    foreign = set()
    for table, placed in rows.items():
        for each in placed:
            # Of the region a row is told more precisely by what it refers to. For the others a row of somebody unknown is
            # a row of somebody else, so that nobody can find out who there is.
            owner = owners.of(table, each.row)
            if each.part in given and owner != each.part and (owner is not None or each.part != REGION):
                foreign.add((table, each.part, each.index))
                found.append(_foreign(table, each))
    asked = [key for key in given if before is not None and key.kind is OwnerKind.EMPLOYER]
    told = [*_of_rows(rows, given, asked), *(each for key in asked for each in _of_hidden(rows, key, owners, before))]
    return [*found, *(issue for placed, table, issue in told if (table, placed.part, placed.index) not in foreign)]


def _foreign(table: str, placed: _Placed) -> Issue:
    return Issue(
        code="part_foreign_row",
        file=_named(placed.part),
        table=table,
        index=placed.index,
        value=id_of(placed.row),
        words={**_whose(placed.part), "table": f"table.{table}"},
    )


_Told = tuple[_Placed, str, Issue]
"""A row of a given part, its table, and what is wrong with it."""


def _of_rows(rows: _Rows, given: Collection[PartKey], asked: Collection[PartKey]) -> Iterator[_Told]:
    """Ids that come twice, references to what is not there, and rows gone that others refer to.

    Args:
        asked: employers, whose references to people and the like are looked at as they see them.
    """
    needed = set()
    for issue in reference_issues(_plain(rows)):
        table = issue.table or ""
        placed = rows[table][issue.index or 0]
        unknown = issue.code == "unknown_reference"
        if placed.part in given:
            if not unknown or placed.part not in asked or not _is_hidden(issue):
                yield placed, table, _located(issue, placed, _hint(issue, placed.part, rows))
        elif not unknown:  # the row that was there first comes later
            mine = next(each for each in rows[table] if each.part in given and id_of(each.row) == issue.value)
            yield mine, table, _located(issue, mine, None)
        else:
            gone = issue.words["refers_to"].removeprefix("table."), issue.value
            if gone not in needed:
                needed.add(gone)
                yield _still_needed(gone[0], placed, issue, given)


def _still_needed(target: str, placed: _Placed, issue: Issue, given: Collection[PartKey]) -> _Told:
    (key,) = given
    words = {"gone": f"table.{target}", "needing": f"table.{issue.table}"}
    said = Issue(code="part_still_needed", file=_named(key), table=target, value=issue.value, words=words)
    return placed, issue.table or "", said


def _of_hidden(rows: _Rows, key: PartKey, owners: Owners, before: Part | None) -> Iterator[_Told]:
    """References to people, teams and sites that an employer does not see, whether they are there or not."""
    seen: _Rows = {
        table: [each for each in placed if table not in _OF_EMPLOYERS or owners.of(table, each.row) == key]
        for table, placed in rows.items()
    }
    for issue in reference_issues(_plain(seen)):
        table = issue.table or ""
        placed = seen[table][issue.index or 0]
        mine = placed.part == key and issue.code == "unknown_reference" and _is_hidden(issue)
        # What was there before, somebody who sees more has put there.
        if mine and (before is None or placed.row not in before.rows(table)):
            yield placed, table, _located(issue, placed, issue.maybe)


def _is_hidden(issue: Issue) -> bool:
    return issue.words["refers_to"].removeprefix("table.") in _OF_EMPLOYERS


def _hint(issue: Issue, key: PartKey, rows: _Rows) -> str | None:
    """What was perhaps meant, if the owner of the part knows it is there."""
    target = issue.words.get("refers_to", "").removeprefix("table.")
    if issue.maybe is None or key == REGION or target in _FOR_ALL:
        return issue.maybe
    return issue.maybe if any(each.part == key and id_of(each.row) == issue.maybe for each in rows[target]) else None


def _located(issue: Issue, placed: _Placed, maybe: str | None) -> Issue:
    return issue.model_copy(update={"file": _named(placed.part), "index": placed.index, "maybe": maybe})


def _plain(rows: _Rows) -> dict[str, list[Record]]:
    return {table: [each.row for each in placed] for table, placed in rows.items()}
