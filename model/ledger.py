"""What a timetable is worth, by tier, rule, school, employer and person; and how two timetables differ in that. No solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from model.term import Term
from model.timetable import Cost


class Account(StrEnum):
    """What points are counted by."""

    TIER = "tier"
    RULE = "rule"
    SCHOOL = "school"
    EMPLOYER = "employer"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Points by account.

    Each account adds up to the value: what a rule says of the region as a whole, or of nobody in particular, stands there
    under the empty name.
    """

    accounts: dict[Account, dict[str, int]]

    @classmethod
    def of(cls, term: Term, costs: Iterable[Cost]) -> Ledger:
        """The ledger of what rules charge."""
        accounts: dict[Account, Counter[str]] = {account: Counter() for account in Account}
        for cost in costs:
            for account, name in _names(term, cost).items():
                accounts[account][name] -= cost.amount
        return cls({account: dict(points) for account, points in accounts.items()})

    @property
    def value(self) -> int:
        """What it all adds up to."""
        return sum(self.accounts[Account.RULE].values())

    def less(self, other: Ledger) -> Ledger:
        """By how much this one is worth more than another; only where they differ."""
        accounts = {}
        for account, points in self.accounts.items():
            theirs = other.accounts[account]
            names = dict.fromkeys((*points, *theirs))
            more = {name: points.get(name, 0) - theirs.get(name, 0) for name in names}
            accounts[account] = {name: each for name, each in more.items() if each}
        return Ledger(accounts)


def _names(term: Term, cost: Cost) -> dict[Account, str]:
    """Under which name a charge stands in each account: of a lesson its school's, of a person their employer's."""
    school = cost.school
    if school is None and cost.lesson is not None:
        school = term.course(term.lesson(cost.lesson).course).school
    employer = cost.employer
    if employer is None and cost.professional is not None:
        employer = term.professional(cost.professional).employer
    return {
        Account.TIER: cost.tier.value,
        Account.RULE: cost.rule,
        Account.SCHOOL: school or "",
        Account.EMPLOYER: employer or "",
        Account.PERSON: cost.professional or "",
    }
