"""Names of rows and of what plans are made of, from the term's own codes: what did not change keeps its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from model.rule import Because, Candidate, Literal

if TYPE_CHECKING:
    from solver.board import Board
    from solver.plan.master import Master


def block_name(candidate: Candidate) -> str:
    """What a candidate gives, whoever gives it."""
    weeks = "" if candidate.weeks is None else ",".join(map(str, sorted(candidate.weeks)))
    options = ",".join(each or "" for each in candidate.options)
    return f"{','.join(candidate.lessons)}|{options}|{weeks}"


def row_names(master: Master) -> list[str]:
    """A name for every row; rows that would be called the same are numbered."""
    board, names = master.board, list[str]()
    seen: Counter[str] = Counter()
    literal_name = cache(lambda literal: _literal(board, literal, literal_name))
    for row in master.rows:
        match row.why:
            case Because():
                name = _because(row.why)
            case int():
                name = literal_name(row.why)
            case tuple():
                name = cut_name(member_name(master, names, each) for each in row.why)
        seen[name] += 1
        names.append(f"{name} {seen[name]}")
    return names


def member_name(master: Master, names: Sequence[str], member: int) -> str:
    """What stands in a cut: a row, or a person."""
    return names[member] if member >= 0 else f"person {master.people[-1 - member].professional}"


def cut_name(members: Iterable[str]) -> str:
    """A cut made of rows and people of these names."""
    return f"cut {_digest(sorted(members))}"


def first(name: str) -> str:
    """The first of the rows that are called so."""
    return f"{name} 1"


def _because(because: Because) -> str:
    params = ",".join(f"{key}={value}" for key, value in sorted(because.params.items()))
    return f"{because.rule} {_digest((because.message, str(because.professional), str(because.fact), params))}"


def _literal(board: Board, literal: Literal, name: Callable[[Literal], str]) -> str:
    kind, about = board.definitions[literal]
    match kind:
        case "teaches":
            candidate = board.candidates[int(about[0] or 0)]
            return f"teaches {candidate.professional} {block_name(candidate)}"
        case "any" | "all":
            return f"{kind} {_digest(sorted(name(int(each or 0)) for each in about))}"
    return f"{kind} {','.join(map(str, about))}"


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\n".join(parts).encode(), digest_size=9).hexdigest()
