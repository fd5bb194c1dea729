"""Parts of a timetable that nothing ties together: what each lacks, and that the better of two is better in each part."""

from __future__ import annotations

from collections import Counter
from random import Random

import numpy as np

from model.term import Term
from solver.plan import proof
from solver.plan.choice import Choice
from solver.plan.components import Components
from solver.plan.engine import Engine
from solver.plan.tables import SCALE
from tests.random_regions import calm_cases, drawn_cases
from tests.regions import course, lesson, licence, person, small_term
from tests.solver.plan.hearing import Heard
from tests.solver.plan.test_engine import run


def apart() -> list[Term]:
    """Terms in which those who know X and those who know Y have nothing to do with each other, with some lessons each."""
    people = [person(f"{subject}{number}") for subject in "xy" for number in range(3)]
    licences = [licence(each["id"], each["id"][0]) for each in people]
    found = []
    for seed in range(30):
        random = Random(seed)
        courses = [course(f"{subject}{number}", subject=subject) for subject in "xy" for number in range(4)]
        lessons = [
            lesson(
                f"{each['id']}-{number}",
                random.choice("1256"),
                course=each["id"],
                weekday=random.choice(("mon", "tue")),
            )
            for each in courses
            for number in range(random.choice((1, 2)))
        ]
        found.append(small_term(professionals=people, licences=licences, courses=courses, lessons=lessons))
    return found


def worked_on() -> list[tuple[Engine, Heard]]:
    """Engines that found something in small terms, with what they told on the way."""
    found = []
    for term in (*apart(), *(case.term for case in (*drawn_cases()[::4], *calm_cases()[::4]))):
        heard = Heard()
        engine = run(term, heard)
        if engine.best is not None and hasattr(engine, "generation"):
            found.append((engine, heard))
    return found


def poor(engine: Engine) -> Choice:
    """Everybody's plan with the fewest candidates, which is hardly ever the best."""
    tables = engine.generation.tables
    return Choice.of(tables, [tables.least(person) for person in range(len(tables))])


def worth(choice: Choice, part_of: list[int], part: int) -> int:
    """What the people of a part make of it, with what depends on several of them."""
    tables, master = choice.tables, choice.tables.master
    people = {person for person, each in enumerate(part_of) if each == part}
    total = sum(int(tables[person].values[choice.places[person]]) for person in people)
    for number, amount in enumerate(choice.variables):
        tied = {f.person for row, _ in master.rows_of_variable[number] for f, _ in master.rows[row].features}
        if tied & people:
            total += amount * master.variables[number].gain
    return total


def test_parts_lack_what_the_whole_lacks_and_the_best_is_within_reach() -> None:
    """Of any choice; no part lacks less than nothing, and where the best is better in a part, its plans are among those left."""
    seen: Counter[str] = Counter()
    for engine, heard in worked_on():
        components, generation, best = Components(engine.master), engine.generation, engine.best
        assert best is not None
        assert generation.priced is not None
        part_of = components.of_person.tolist()
        for choice in (poor(engine), *heard.choices[:1]):
            if not choice.kept or choice.value == best.value:
                continue
            lacks = components.lacks(generation.priced, choice)
            assert (lacks >= 0).all()
            parts = {part: int(lacks[part_of.index(part)]) for part in part_of}
            # Parts that a cut ties lack the same, together; variables that nobody's plans decide are parts of their own.
            if len(set(parts.values())) == len(parts) == components.count:
                assert sum(parts.values()) == generation.priced.exact - choice.value * SCALE
                seen["sums"] += 1
            near = proof.within_gap(generation, components, choice, 1_000_000)
            if near is None:  # somebody is searched, and has too many plans that may be better
                assert generation.tables.searches
                continue
            for part in parts:
                if worth(best, part_of, part) > worth(choice, part_of, part):
                    people = [person for person, each in enumerate(part_of) if each == part]
                    assert all(best.places[person] in near[person] for person in people)
                    seen["several parts" if components.count > 1 else "one part"] += 1
    assert min(seen["sums"], seen["several parts"], seen["one part"]) > 0


def test_the_better_of_two_choices_is_the_better_one_in_every_part() -> None:
    """So it is worth at least as much as either, keeps every row, and more where each is better somewhere."""
    mixed = 0
    for engine, _ in worked_on():
        components, best, bare = Components(engine.master), engine.best, poor(engine)
        assert best is not None
        part_of = components.of_person.tolist()
        if not bare.kept or len(set(part_of)) < 2:
            continue
        half = np.flatnonzero(components.of_person == part_of[0]).tolist()
        one = best.with_plans({person: bare.places[person] for person in half})
        other = bare.with_plans({person: best.places[person] for person in half})
        assert one.kept
        assert other.kept
        both = components.best_of(one, other)
        assert both.kept
        assert both.value >= max(one.value, other.value)
        for part in set(part_of):
            assert worth(both, part_of, part) == max(worth(one, part_of, part), worth(other, part_of, part))
        mixed += both.value > max(one.value, other.value)
    assert mixed > 0
