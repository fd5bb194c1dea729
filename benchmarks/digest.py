"""A short name for what is to be solved: equal for two problems only if the same timetables are legal and worth the same.

A rule book changes from one release to the next, and with it what a region's timetables are worth. The digest is that of
the neutral form, from which every peer is asked: all that decides a value is in it, and nothing else. It depends on no
order in which rules write or literals are numbered, so that it outlives most changes of how a rule is written down.

`python -m benchmarks.digest` reads a case from standard input and prints its digest.
"""

from __future__ import annotations

import gc
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from benchmarks.cases import Case
from benchmarks.neutral import FALSE, TRUE, Instance, Stop, instance_of

Name = str
"""Stands for a literal, whatever its number: equal where the same is meant."""


def digest(instance: Instance) -> str:
    """Twelve hexadecimal digits that stand for legality and value of all timetables."""
    every = sorted(_parts(instance, _names(instance)))
    return blake2b("".join(every).encode(), digest_size=6).hexdigest()


def _names(instance: Instance) -> dict[int, Name]:
    """A name for each literal by its number."""
    names = {TRUE: "true", FALSE: "false"}
    for number, each in enumerate(instance.candidates):
        given = sorted(zip(each.lessons, each.options, strict=True))
        weeks = None if each.weeks is None else sorted(each.weeks)
        names[number] = _hash("candidate", each.professional, given, weeks)
    for number, derived in enumerate(instance.derived, len(instance.candidates)):
        names[number] = _hash(derived.kind, sorted({names[literal] for literal in derived.of}))
    return names


def _parts(instance: Instance, names: dict[int, Name]) -> Iterator[str]:
    """Everything that is said of literals."""

    def named(terms: Iterable[tuple[int, int]]) -> list[tuple[Name, int]]:
        return sorted((names[literal], weight) for literal, weight in terms)

    def stop(each: Stop) -> tuple[object, ...]:
        unless = sorted(names[literal] for literal in each.unless)
        return None if each.candidate is None else names[each.candidate], unless, each.opening, each.closing

    for number in range(len(instance.candidates)):
        yield names[number]
    yield from _clashes(instance, names)
    for limit in instance.limits:
        yield _hash("limit", named(limit.terms), limit.at_most, limit.price)
    for literal, weight in instance.costs:
        yield _hash("cost", names[literal], weight)
    for day in instance.days:
        yield _hash("day", day.count, [stop(each) for each in day.stops], sorted(day.steps))
    for level in instance.levels:
        yield _hash("level", sorted(named(group) for group in level.groups), level.weight)


def _clashes(instance: Instance, names: dict[int, Name]) -> Iterator[str]:
    """What each candidate clashes with, however pairs are gathered into sets: there may be millions of pairs.

    By professional, as bits in order of names.
    """
    people: dict[str, list[int]] = defaultdict(list)
    for number in sorted(range(len(instance.candidates)), key=names.__getitem__):
        people[instance.candidates[number].professional].append(number)
    bit = {number: 1 << place for numbers in people.values() for place, number in enumerate(numbers)}
    clashing: dict[tuple[int, str], int] = defaultdict(int)
    for clash in dict.fromkeys(instance.clashes):
        if clash[0] == clash[-1]:
            yield _hash("never", names[clash[0]])
            continue
        together: dict[str, int] = defaultdict(int)
        for number in clash:
            together[instance.candidates[number].professional] |= bit[number]
        for who, bits in together.items():
            for number in clash:
                clashing[number, who] |= bits
    for (number, who), bits in clashing.items():
        yield _hash("clash", names[number], who, bits)


def _hash(*about: object) -> str:
    """Of words, whole numbers, names and lists of them, which all write themselves in one way only."""
    return blake2b(repr(about).encode(), digest_size=12).hexdigest()


def main() -> None:
    """Read a case and print its digest."""
    gc.disable()  # a board is large, and gone with the process
    case = Case.model_validate_json(sys.stdin.read())
    sys.stdout.write(f"{digest(instance_of(case.term()))}\n")


if __name__ == "__main__":
    main()
