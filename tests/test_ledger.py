"""The ledger adds up in every account, of any timetable, and so does the difference of two."""

from __future__ import annotations

from collections import Counter

from model.access import Reader, ReaderRole
from model.judge import judge
from model.ledger import Account, Ledger
from model.timetable import Assignment, Timetable
from solver.explain.asker import Asker
from solver.explain.region import Region
from tests.random_regions import calm_cases
from tests.regions import lesson, person, small_term, worker


def test_every_account_adds_up_to_the_value() -> None:
    """On random terms, and for the difference of two timetables."""
    seen: Counter[Account] = Counter()
    for case in calm_cases()[:100]:
        one, other = case.timetables[:2]
        verdicts = [judge(case.term, each) for each in (one, other)]
        first, second = (Ledger.of(case.term, each.costs) for each in verdicts)
        for account, points in first.accounts.items():
            assert sum(points.values()) == first.value == verdicts[0].value
            seen[account] += len(points) > 1
        less = first.less(second)
        assert less.value == verdicts[0].value - verdicts[1].value
        assert all(sum(points.values()) == less.value for points in less.accounts.values())
        assert first.less(first).value == 0
        assert not any(first.less(first).accounts.values())
    assert min(seen.values()) >= 10, seen


def test_what_is_private_is_nobodys_for_others() -> None:
    """A wish counts for Anna herself; to others it is of nobody in particular, and an employer sees its own people."""
    term = small_term(
        professionals=[worker("anna"), person("bob")],
        lessons=[lesson("l1"), lesson("l2", weekday="tue")],
        wishes=[{"professional": "anna", "weekday": "mon", "value": -3}],
    )
    rows = [Assignment(lesson="l1", professional="anna"), Assignment(lesson="l2", professional="bob")]
    region = Region(term, Timetable(assignments=tuple(rows)))

    def points(reader: Reader) -> dict[str, int]:
        return {row.name: row.points for row in Asker(region, reader, "nl").ledger().accounts[Account.PERSON]}

    own = points(Reader(ReaderRole.PROFESSIONAL, frozenset({"anna"})))
    others = points(Reader(ReaderRole.TIMETABLER, frozenset({"north"})))
    assert own["anna"] < others["anna"]
    assert sum(others.values()) == region.judging.value
    employer = Asker(region, Reader(ReaderRole.EMPLOYER, frozenset({"works"})), "nl").ledger()
    assert {row.name for row in employer.accounts[Account.PERSON]} == {"anna", ""}
    assert {row.name for row in employer.accounts[Account.EMPLOYER]} == {"works", ""}
