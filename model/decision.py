"""The decision record: what was decided, on what grounds, and how sure it was; a page that a board can file.

It names everything that the timetable depends on: the hash of the input, every rule as it was set, weights, seed, versions, proof
status, waivers; and who chose it among what, when. Whoever doubts it solves again (`same_as` says whether the answer is the same).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from model.demands import expanded
from model.judge import judge
from model.locale import text
from model.record import record_lines, waived_breaches
from model.rule import Rule
from model.rulebook import RuleBook
from model.rules import RULES
from model.scenarios.scenario import Applied, Scenario
from model.term import Term
from model.timetable import Outcome, Status, TierValue, Timetable


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RuleInWords(_Frozen):
    """A rule that held, with its numbers."""

    rule: str
    title: str
    says: str
    source: str
    numbers: dict[str, str]
    """As they were set for everybody."""
    otherwise: Annotated[int, Field(description="for how many schools, employers or people it was set otherwise")] = 0


class Chosen(_Frozen):
    """A scenario that was looked at."""

    id: str
    name: str
    changes: tuple[str, ...] = ()
    chosen: bool = False


class Decision(_Frozen):
    """What was decided."""

    form: int = 1
    term: str
    term_name: str
    input_hash: Annotated[str, Field(description="SHA-256 of the term that was solved, with the scenario in it")]
    base_hash: Annotated[str, Field(description="SHA-256 of the term before the scenario")]
    timetable_hash: Annotated[str, Field(description="SHA-256 of who gives what")]
    decided_by: str
    decided_at: datetime
    reason: str = ""
    scenario: Scenario | None = None
    looked_at: tuple[Chosen, ...] = ()
    status: Status
    value: int
    bound: int | None
    gap: float | None
    lessons: int
    filled: int
    at_most: int | None
    tiers: tuple[TierValue, ...]
    rules: tuple[RuleInWords, ...]
    on_record: Annotated[tuple[str, ...], Field(description="waived breaches, rules that were off, law set otherwise")]
    seconds: Annotated[float, Field(description="time it might take")]
    seed: int
    deterministic: bool
    versions: dict[str, str]

    def same_as(self, outcome: Outcome) -> bool:
        """Whether another answer gives the same timetable."""
        return outcome.timetable is not None and timetable_hash(outcome.timetable) == self.timetable_hash


def decision(
    term: Term,
    outcome: Outcome,
    *,
    by: str,
    at: datetime,
    reason: str = "",
    applied: Applied | None = None,
    others: Sequence[Applied] = (),
    lang: str,
) -> Decision:
    """The record of an outcome that was chosen.

    Args:
        term: that was solved, with the scenario in it.
        applied: the scenario that was chosen; none where the term as it is was.
        others: scenarios that were looked at beside it.

    Raises:
        ValueError: the outcome has no timetable, or is of another term.
    """
    timetable = outcome.timetable
    if timetable is None or outcome.value is None:
        raise ValueError("no timetable")
    if outcome.input_hash != term.input_hash:
        raise ValueError("another term")
    full = expanded(term)
    verdict = judge(full, timetable)
    chosen = [(each, each is applied) for each in (*([applied] if applied else []), *others)]
    return Decision(
        term=term.id,
        term_name=term.name,
        input_hash=term.input_hash,
        base_hash=term.input_hash if applied is None else applied.base.input_hash,
        timetable_hash=timetable_hash(timetable),
        decided_by=by,
        decided_at=at,
        reason=reason,
        scenario=None if applied is None else applied.scenario,
        looked_at=tuple(
            Chosen(
                id=each.scenario.id,
                name=each.scenario.called,
                changes=tuple(each.sentences(lang)),
                chosen=was,
            )
            for each, was in chosen
        ),
        status=outcome.status,
        value=verdict.value,
        bound=outcome.bound,
        gap=outcome.gap,
        lessons=outcome.lessons.total,
        filled=outcome.lessons.filled,
        at_most=outcome.lessons.at_most,
        tiers=verdict.tiers,
        rules=tuple(_rules(full, lang)),
        on_record=tuple(
            record_lines(full, waived_breaches(verdict, lang), outcome.idle_waivers, outcome.rules_off, lang)
        ),
        seconds=outcome.limit,
        seed=outcome.seed,
        deterministic=outcome.deterministic,
        versions=outcome.versions,
    )


def timetable_hash(timetable: Timetable) -> str:
    """The same for timetables in which the same people give the same."""
    rows = sorted(row.model_dump_json() for row in timetable.assignments)
    return sha256("\n".join(rows).encode()).hexdigest()


def _rules(term: Term, lang: str) -> list[RuleInWords]:
    """Every rule that holds for anybody, as it is set for most."""
    book, found = RuleBook(term), []
    for rule in RULES:
        made = [each for subject in book.subjects(rule) if (each := book.of(rule, subject)) is not None]
        if not made:
            continue
        usual = max(made, key=made.count)
        found.append(
            RuleInWords(
                rule=rule.name,
                title=text(f"rule.{rule.name}.title", lang),
                says=text(f"rule.{rule.name}.about", lang),
                source=rule.source,
                numbers=_numbers(usual),
                otherwise=sum(each != usual for each in made),
            )
        )
    return found


def _numbers(rule: Rule) -> dict[str, str]:
    return {name: str(getattr(rule, name)) for name in type(rule).model_fields}
