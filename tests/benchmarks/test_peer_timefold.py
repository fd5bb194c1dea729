"""Timefold as a peer: the text form, the scores of its constraint streams, answers on a tiny region, and what may lack."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from benchmarks import peer_timefold as peer
from benchmarks.generator import Profile, generate
from benchmarks.neutral import (
    FALSE,
    TRUE,
    Candidate,
    Day,
    Derived,
    Instance,
    Level,
    Limit,
    Stop,
    evaluate,
    instance_of,
)
from benchmarks.timefold.form import lines, seats_of
from model.judge import judge
from model.locale import LANGUAGES
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, small_term


@pytest.fixture(scope="module")
def program() -> peer.Program:
    """The compiled program, on machines that have what it takes."""
    try:
        return peer.program()
    except peer.MissingError as missing:
        pytest.skip(str(missing))


def tiny() -> Term:
    """Anna gives two lessons a week at most; l1 and l3 are at the same time, l2 follows them, and duo needs two people."""
    return small_term(
        professionals=[person("anna", max_lessons_per_week=2), person("bob")],
        courses=[course("robots"), course("duo", heads=2)],
        lessons=[lesson("l1"), lesson("l2", "2"), lesson("l3"), lesson("l4", course="duo", weekday="tue")],
    )


# On a date a lesson is worth 1000 and going there and back 2 x 20 minutes; all is given on two dates. Both give l4:
# 2 x (2000 - 80). Anna has one lesson left, l1 or l3, which Bob cannot both give: 2000 - 80. Bob gives the other and l2
# on the same journey: 4000 - 80.
BEST = 2 * 1920 + 1920 + 3920


def plain(count: int, **fields: object) -> Instance:
    """So many candidates of two people, turn by turn, for blocks of their own."""
    rows = tuple(
        Candidate(professional=f"p{index % 2}", course="c", lessons=(f"l{index}",), options=(None,))
        for index in range(count)
    )
    empty = dict.fromkeys(("derived", "clashes", "limits", "costs", "days"), ())
    return Instance.model_validate({"name": "plain", "candidates": rows, **empty, **fields})


@pytest.mark.parametrize("config", peer.Config)
@pytest.mark.usefixtures("program")
def test_the_optimum_of_a_tiny_region_is_found(config: peer.Config) -> None:
    """Both ways of searching reach it, without a breach, while the solver checks each of its own scores."""
    term = tiny()
    instance, told = instance_of(term), []
    answer = peer.solve(instance, 4, config, told.append, seed=1, checked=True)
    verdict = judge(term, instance.timetable(answer.chosen))
    assert (verdict.value, verdict.breaches) == (BEST, ())
    assert tuple(told) == answer.trace
    assert (answer.trace[-1].value, answer.trace[-1].broken) == (BEST, 0)


@pytest.mark.parametrize("config", peer.Config)
@pytest.mark.usefixtures("program")
def test_without_candidates_nobody_is_chosen(config: peer.Config) -> None:
    """A problem without a single candidate has an answer too."""
    assert peer.solve(plain(0), 2, config).chosen == ()


def test_a_forged_answer_is_called_illegal() -> None:
    """Read back as a timetable, choosing everybody breaks rules, and so it does before it is read back."""
    term = tiny()
    instance = instance_of(term)
    everybody = range(len(instance.candidates))
    assert judge(term, instance.timetable(everybody)).breaches
    assert evaluate(instance, everybody).broken
    assert judge(term, Timetable()).breaches == ()


def test_a_block_has_as_many_seats_as_heads() -> None:
    """What limits allow for a block is read from the instance."""
    assert seats_of(instance_of(tiny())) == {
        (("l1",), None): 1,
        (("l2",), None): 1,
        (("l3",), None): 1,
        (("l4",), None): 2,
    }


def test_the_text_form_is_free_of_constants() -> None:
    """What always or never holds is worked out; a clash that is not one person's becomes a limit."""
    instance = plain(
        4,
        derived=(
            Derived(kind="any", of=(0, 2)),  # 4, stays the first derived one
            Derived(kind="any", of=(1, TRUE)),  # 5 always holds
            Derived(kind="all", of=(1, FALSE)),  # 6 never does
            Derived(kind="all", of=(5, 4, 3)),  # 7 is 4 and 3
            Derived(kind="any", of=(6, 2)),  # 8 is 2
            Derived(kind="all", of=()),  # 9 always holds
        ),
        clashes=((0, 2), (0, 1), (3, 3)),
        limits=(
            Limit(terms=((7, 2), (5, 3), (6, 9)), at_most=4, price=None),
            Limit(terms=((8, 1), (2, 1)), at_most=1, price=7),
        ),
        costs=((0, -10), (4, 3), (9, 5), (8, 1)),
        days=(
            Day(count=2, stops=(Stop(candidate=0, unless=(), opening=0, closing=0),), steps=()),
            Day(
                count=3,
                stops=(
                    Stop(candidate=1, unless=(), opening=4, closing=5),
                    Stop(candidate=None, unless=(1, 3), opening=0, closing=6),
                ),
                steps=((0, 1, 8),),
            ),
        ),
        levels=(
            Level(groups=(((0, 2), (5, 3), (6, 9)), ((9, 4), (8, 1), (2, -3)), ((4, 6),)), weight=10),
            Level(groups=(((TRUE, 2),),), weight=3),
        ),
    )
    # What always holds costs 5; with nobody chosen the sums of the first level are 3, 4 and 0, that of the second is 2.
    assert list(lines(instance)) == [
        "base 1",
        *["block 1"] * 4,
        "candidate 0 0 -10",
        "candidate 1 1 0",
        "candidate 2 0 1",
        "candidate 3 1 0",
        "any 3 0 2",
        "all 0 4 3",
        "clash 0 2",
        "limit 1 - 0 1 1 1",
        "limit 0 - 3 1",
        "limit 1 - 5 2",
        "limit 1 7 2 2",
        "day 3",
        "stop 1 4 5",
        "stop - 0 6 1 3",
        "step 0 1 8",
        "level 10",
        "group 3 0 2",
        "group 4 2 -2",
        "group 0 4 6",
        "level 3",
        "group 2",
    ]


def drawn(random: Random) -> Instance:
    """An instance with everything an instance may have, weights of either sign included."""
    count = 12
    derived = tuple(
        Derived(
            kind=random.choice(("any", "all")),
            of=tuple(random.choices((TRUE, FALSE, *range(count + place)), k=random.randint(0, 3))),
        )
        for place in range(10)
    )
    literals = (TRUE, FALSE, *range(count + len(derived)))
    limits = tuple(
        Limit(
            terms=tuple((each, random.choice((-2, -1, 1, 3))) for each in random.sample(literals, 4)),
            at_most=random.randint(-2, 4),
            price=random.choice((None, 5)),
        )
        for _ in range(20)
    )
    stops = [
        Stop(candidate=random.choice((None, *range(count))), unless=(), opening=random.randint(0, 9), closing=2)
        for _ in range(5 * 70)
    ]
    stops = [
        each.model_copy(update={"unless": tuple(random.sample(range(count), 2))}) if each.candidate is None else each
        for each in stops
    ]
    days = tuple(
        Day(
            count=random.randint(1, 3),
            stops=tuple(stops[place : place + 70]),  # more than 64, which takes two words of bits
            steps=tuple(
                (i, j, random.randint(0, 30)) for i in range(70) for j in range(i + 1, 70) if random.random() < 0.8
            ),
        )
        for place in range(0, len(stops), 70)
    )
    return plain(
        count,
        derived=derived,
        clashes=tuple(tuple(random.choices(range(count), k=2)) for _ in range(8)),
        limits=limits,
        costs=tuple((each, random.randint(-50, 50)) for each in random.sample(literals, 12)),
        days=days,
        levels=tuple(
            Level(
                groups=tuple(
                    tuple(
                        (each, random.choice((-3, 1, 2, 5))) for each in random.sample(literals, random.randint(0, 6))
                    )
                    for _ in range(random.randint(1, 4))
                ),
                weight=random.randint(1, 9),
            )
            for _ in range(3)
        ),
    )


@pytest.mark.parametrize("kind", ["drawn", "region"])
@pytest.mark.usefixtures("program")
def test_constraint_streams_and_the_plain_form_agree(kind: str) -> None:
    """Value and number of broken limits of fifty random choices are what `evaluate` says, allowed or not."""
    random = Random(7)
    instance = drawn(random) if kind == "drawn" else instance_of(generate(20, 3, Profile.TIGHT_TEAMS))
    size = len(instance.candidates)
    sets = [random.sample(range(size), random.randint(0, min(size, 2 + number))) for number in range(50)]
    expected = [evaluate(instance, each) for each in sets]
    assert peer.score(instance, sets) == expected
    assert len(set(expected)) > 25
    if kind == "region":
        assert {each.broken > 0 for each in expected} == {True, False}


@pytest.mark.usefixtures("program")
def test_scores_stay_right_from_move_to_move() -> None:
    """Where everything occurs, the solver finds none of its scores wrong, and its last one is that of its answer."""
    instance = drawn(Random(11))
    answer = peer.solve(instance, 3, peer.Config.TUNED, checked=True)
    last = answer.trace[-1]
    assert evaluate(instance, answer.chosen) == (last.value, last.broken)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_machine_without_jars_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    """A folder named without jars in it, or no package, is a reason to skip."""
    monkeypatch.setenv(peer.JARS_VARIABLE, str(tmp_path))
    with pytest.raises(peer.MissingError, match="no jar") as empty:
        peer.program()
    assert str(tmp_path) in empty.value.sentence(lang)
    monkeypatch.delenv(peer.JARS_VARIABLE)
    monkeypatch.setattr(peer, "find_spec", lambda _: None)
    with pytest.raises(peer.MissingError) as absent:
        peer.program()
    assert peer.JARS_VARIABLE in absent.value.sentence(lang)


def script(folder: Path, name: str, *said: str) -> Path:
    """An executable that stands in for a tool."""
    file = folder / name
    file.write_text("\n".join(("#!/bin/sh", *said)), encoding="utf-8")
    file.chmod(0o755)
    return file


posix = pytest.mark.skipif(os.name != "posix", reason="stand-ins are shell scripts")


@posix
def test_a_jdk_must_be_there_and_new_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without javac, or with an old one, Timefold is skipped."""
    (tmp_path / "timefold-solver-core-1.0.0.jar").touch()
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(peer.MissingError) as absent:
        peer.program(tmp_path)
    script(tmp_path, "javac", "echo javac 11.0.2")
    script(tmp_path, "java")
    with pytest.raises(peer.MissingError) as old:
        peer.program(tmp_path)
    assert (absent.value.why, old.value.why) == ("no_jdk", "old_jdk")


@posix
@pytest.mark.parametrize(("said", "why"), [("exec sleep 600", "late"), ("exit 3", "crashed"), ("exit 0", "silent")])
def test_a_program_that_fails_is_gone_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, why: str
) -> None:
    """One that hangs is ended after its grace, one that crashes or says nothing is an error."""
    java = script(tmp_path, "java", f"echo $$ > {tmp_path}/pid", "echo found 0.1 0 5", said)
    monkeypatch.setattr(peer, "program", lambda _: peer.Program(str(java), "", "0"))
    monkeypatch.setattr(peer, "GRACE_SECONDS", 0.5)
    found: list[peer.Found] = []
    with pytest.raises(peer.FailedError) as failed:
        peer.solve(plain(1), 0, peer.Config.DEFAULT, found.append)
    assert failed.value.why == why
    assert [(each.value, each.broken) for each in found] == [(5, 0)]
    assert not alive(int((tmp_path / "pid").read_text()))


@posix
def test_a_caller_that_gives_up_leaves_no_program_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception while answers come in ends the program at once."""
    java = script(tmp_path, "java", f"echo $$ > {tmp_path}/pid", "echo found 0.1 0 5", "exec sleep 600")
    monkeypatch.setattr(peer, "program", lambda _: peer.Program(str(java), "", "0"))

    def give_up(_: peer.Found) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        peer.solve(plain(1), 600, peer.Config.DEFAULT, give_up)
    assert not alive(int((tmp_path / "pid").read_text()))


def alive(pid: int) -> bool:
    """Whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
