"""Who can be where: whether several can each get somebody of their own."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet


def unions(sets: AbstractSet[frozenset[str]]) -> set[frozenset[str]]:
    """All unions of sets that hang together: each shares somebody with the others."""
    found = set(sets)
    growing = list(sets)
    while growing:
        grown = growing.pop()
        for each in sets:
            if not grown.isdisjoint(each) and (union := grown | each) not in found:
                found.add(union)
                growing.append(union)
    return found


def all_served(wanted: Sequence[AbstractSet[str]]) -> bool:
    """Whether each of several can get somebody of its own, found along alternating paths."""
    serves: dict[str, int] = {}

    def serve(place: int, tried: set[str]) -> bool:
        for who in wanted[place] - tried:
            tried.add(who)
            if who not in serves or serve(serves[who], tried):
                serves[who] = place
                return True
        return False

    return all(serve(place, set()) for place in range(len(wanted)))
