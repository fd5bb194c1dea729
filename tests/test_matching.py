"""Whether several can each get somebody of their own: by alternating paths, by Hall's condition, and by trying it all."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from model.matching import all_served, unions

WANTED = st.lists(st.frozensets(st.sampled_from("abcd"), max_size=3), max_size=5)


def by_trying(wanted: list[frozenset[str]]) -> bool:
    return any(
        all(who in each for who, each in zip(order, wanted, strict=False))
        for order in permutations("abcd", len(wanted))
    )


@given(WANTED)
def test_paths_find_what_trying_finds(wanted: list[frozenset[str]]) -> None:
    """Any few who want some of four people."""
    assert all_served(wanted) is (len(wanted) <= 4 and by_trying(wanted))


@given(WANTED)
def test_counting_in_unions_that_hang_together_is_enough(wanted: list[frozenset[str]]) -> None:
    """All are served when no union has more who can only get people of it than it has people, and nobody wants none."""
    groups = unions({each for each in wanted if each})
    fits = all(sum(each <= group for each in wanted) <= len(group) for group in groups)
    assert all_served(wanted) is (fits and frozenset() not in wanted)


def test_both_answers_occur() -> None:
    """Two for two, two for one, a chain that must give way, and nobody at all."""
    a, ab, bc = frozenset("a"), frozenset("ab"), frozenset("bc")
    assert all_served([ab, a])
    assert not all_served([a, a])
    assert all_served([ab, bc, a])
    assert not all_served([ab, bc, a, bc])
    assert all_served([])
    assert not all_served([frozenset()])
    assert unions({a, ab, bc}) == {a, ab, bc, a | bc}
    assert unions({a, frozenset("c")}) == {a, frozenset("c")}
