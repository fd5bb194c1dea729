"""How fast what-if is answered: `python -m benchmarks.whatif`.

A region of 300 is solved for two minutes first; then everything is asked of it once, as from the shell but for reading files. Solving
the base is not part of a comparison: a coordinator has its outcome. Everything on the example region is measured too.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from benchmarks.runner import this_machine, this_revision
from model.access import COORDINATOR
from model.files import read_term
from model.scenarios.scenario import Applied, Scenario, apply
from model.term import Term
from model.timetable import Outcome, Timetable, gap_of
from solver.explain.base import Base
from solver.explain.region import Region
from solver.messages import Start
from solver.solve import Session
from solver.whatif.curve import publish, stability_curve
from solver.whatif.fair import Among, fair_split
from solver.whatif.fragile import fragility
from solver.whatif.price_list import price_list
from solver.whatif.recruit import whom_to_recruit
from solver.whatif.release import release_plan
from solver.whatif.variants import How, Variant, solve_all

SIZE, SOLVE_SECONDS = 300, 120
SCENARIOS = 20
TEAM = 10
ENOUGH = 0.001
TABLE = Path(__file__).with_name("whatif.md")
EINDHOVEN = Path(__file__).parent.parent / "examples" / "eindhoven" / "eindhoven.json"


class Row(NamedTuple):
    """One question: seconds, the most it may take, and what came of it."""

    question: str
    seconds: float
    limit: float | None
    said: str

    def line(self) -> str:
        """As a row of a table."""
        limit = "" if self.limit is None else f"{self.limit:.0f}"
        return f"| {self.question} | {self.seconds:.1f} | {limit} | {self.said} |"


def one_change(term: Term, timetable: Timetable, random: Random) -> Applied:
    """A scenario that makes sense, of somebody who teaches."""
    people = sorted({row.professional for row in timetable.assignments})
    while True:
        who, lesson = random.choice(people), random.choice(timetable.assignments).lesson
        day = random.choice(["mon", "tue", "wed", "thu", "fri"])
        change: dict[str, Any] = random.choice(
            [
                {"kind": "release", "professional": who, "weekday": day, "half_day": "morning"},
                {"kind": "withdraw_release", "professional": who, "weekday": day},
                {"kind": "load", "professional": who, "limit": "max_lessons_per_week", "value": 3},
                {"kind": "remove_professional", "professional": who},
                {"kind": "forbid", "professional": who, "lesson": lesson},
                {"kind": "absence", "professional": who, "first_date": str(term.start)},
            ]
        )
        found = apply(Scenario.model_validate({"id": str(change), "changes": [change]}), term)
        if found.term is not None:
            return found


def compared(term: Term, outcome: Outcome, start: Start, scenarios: int, seconds: float) -> tuple[float, list[Variant]]:
    """Scenarios of one change; the base has what it had already, and ends as soon as that is good enough."""
    assert outcome.timetable is not None
    random = Random(1)  # noqa: S311  a choice, no secret
    applied = [one_change(term, outcome.timetable, random) for _ in range(scenarios)]
    began = time.monotonic()
    found = solve_all(term, applied, How(base_seconds=15, seconds=seconds, enough=ENOUGH), start)
    return time.monotonic() - began, found


def asked(name: str, term: Term, outcome: Outcome, start: Start, limits: dict[str, float]) -> Iterator[Row]:
    """Everything, once."""
    assert outcome.timetable is not None

    def timed(question: str, ask: Callable[[], str]) -> Row:
        began = time.monotonic()
        said = ask()
        return Row(f"{name}: {question}", time.monotonic() - began, limits.get(question), said)

    seconds, variants = compared(term, outcome, start, SCENARIOS, 10)
    gaps = [gap_of(each.outcome.value or 0, each.outcome.bound or 0) for each in variants[1:]]
    within = sum(gap <= ENOUGH for gap in gaps)
    said = f"{within} of {len(gaps)} within {100 * ENOUGH:.1f} %, the worst {100 * max(gaps):.2f} %"
    yield Row(f"{name}: {SCENARIOS} scenarios compared", seconds, limits.get("compare"), said)

    region = Region(term, outcome.timetable)
    yield timed("what can be filled anyway, once for a timetable", lambda: _prepared(region))
    employer = min(term.employers, key=lambda row: abs(len(term.people_of(row.id)) - TEAM))

    def planned() -> str:
        plan = release_plan(region, employer.id, seconds=limits["release planner"] - 1)
        exact = [each.worth for each in plan.cells if each.worth is not None]
        settled = sum(each.lower == each.upper for each in exact)
        return f"{len(term.people_of(employer.id))} people, {settled} of {len(exact)} half-days exact, {plan.not_looked_at} not looked at"

    yield timed("release planner", planned)
    published = publish(term, outcome.timetable)
    gone = one_change(published, outcome.timetable, Random(5)).term or published  # noqa: S311  likewise

    def curved() -> str:
        points = stability_curve(gone, 5, How(base_seconds=3, seconds=2.5))
        return ", ".join(f"{point.open.low}–{point.open.high}" for point in points) + " open at 0 to 5 changes"

    yield timed("curve to 5 changes", curved)

    def hangs() -> str:
        found = fragility(region, 90)
        proved = sum(each.least == len(each.lost) for each in found.leaving)
        looked = sum(each.looked_at for each in found.lessons)
        return f"{proved} of {len(found.leaving)} people proved, backups of {looked} of {len(found.lessons)} lessons"

    yield timed("fragility of all people", hangs)
    yield timed("whom to recruit", lambda: _recruited(region))
    yield timed("price list", lambda: _priced(region))
    yield timed("fair split of schools", lambda: _split(term, start))


def _prepared(region: Region) -> str:
    base = region.once(Base)
    return f"{base.ceiling.open_places} places open, between {base.free} and {base.most} can be filled as it is"


def _recruited(region: Region) -> str:
    found = whom_to_recruit(region, 60)
    exact = sum(each.lower == each.upper for each in found.best)
    return f"{found.looked_at} profiles, {exact} of the best {len(found.best)} exact"


def _priced(region: Region) -> str:
    found = price_list(region, COORDINATOR, 55)
    useful = sum(each.gain > 0 for each in found.worths)
    return f"{len(found.worths)} facts looked at, {useful} bring something, {found.not_looked_at} not looked at"


def _split(term: Term, start: Start) -> str:
    found = fair_split(term, Among.SCHOOLS, How(base_seconds=3, seconds=5, enough=ENOUGH), start)
    if found.base.figures is None:
        return "no timetable"
    return f"{100 * found.base.figures.least_share:.0f} % → {found.fairest:.0f} % for the worst-off school"


def solved(term: Term, seconds: float) -> tuple[Outcome, Start]:
    """An outcome, and what to go on from."""
    with Session() as session:
        outcome = session.solve(term, seconds=seconds)
        return outcome, Start(outcome.timetable, session.memory)


def main() -> None:
    """Print a table, and keep it."""
    origin = f"hybrooster {version('hybrooster')}, revision {this_revision()}, {this_machine().cpu}, {this_machine().cores} cores"
    lines = ["# How fast what-if is answered", "", f"Written by `python -m benchmarks.whatif`: {origin}.", ""]
    lines += ["| question | seconds | limit | what came of it |", "|---|---|---|---|"]
    loaded = read_term(EINDHOVEN)
    assert loaded.term is not None
    each = dict.fromkeys(
        (
            "compare", "release planner", "curve to 5 changes", "fragility of all people", "whom to recruit",
            "price list", "fair split of schools",
        ),
        60.0,
    )  # fmt: skip
    at_size = {"compare": 60.0, "release planner": 10.0, "curve to 5 changes": 30.0, "fragility of all people": 90.0}
    regions = (
        ("Eindhoven", loaded.term, 20.0, each),
        (f"balanced, {SIZE}", generate(SIZE, 1, Profile.BALANCED), SOLVE_SECONDS, at_size),
    )
    sys.stdout.write("\n".join(lines[3:]) + "\n")
    for name, term, seconds, limits in regions:
        outcome, start = solved(term, seconds)
        for row in asked(name, term, outcome, start, limits):
            lines.append(row.line())
            sys.stdout.write(row.line() + "\n")
            sys.stdout.flush()
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
