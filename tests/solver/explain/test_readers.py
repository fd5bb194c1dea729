"""No personal facts cross employers: all that readers are told is searched for what is not theirs."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from typer.testing import CliRunner

from model.access import Reader, ReaderRole
from model.files import write_term
from model.judge import judge
from model.locale import text
from model.people import Privacy
from model.rule import Subject
from model.rules import BY_NAME
from model.term import Term
from model.timetable import Assignment, Timetable
from service.shell.cli import app
from solver.explain.asker import Asker
from solver.explain.region import Region
from solver.explain.words import ReaderError
from tests.random_regions import calm_cases, drawn_cases
from tests.regions import lesson, licence, small_term, worker
from tests.solver.explain.scarce import Scarce, quietly, scarce

SECONDS = 5.0
TEAM = "team-of-works"


def marked(term: Term) -> Term:
    """The same term with a name and reasons of everybody that occur nowhere else; somebody works for another employer."""
    people = [row.replace(name=name_of(row.id)) for row in term.professionals]
    for number, row in enumerate(people):
        if row.employer is None:
            people[number] = row.replace(employer="rival")
            break
    employers = [row for row in term.employers if row.id != "rival"]
    employers.append(employers[0].model_validate({"id": "rival", "name": "Rival"}))
    reasons = {
        table: [row.replace(reason=f"reason-of-{row.professional}") for row in getattr(term, table)]
        for table in ("unavailability", "wishes")
    }
    waivers = [row.replace(reason="reason-of-waiver", by="who-waived") for row in term.waivers]
    teams = [row.replace(name=TEAM) for row in term.teams]
    employer_of = {row.id: row.employer for row in people}
    for table in ("presence", "release_choices"):  # an employer names its own people in what it asks
        reasons[table] = [
            row.replace(people=[each for each in row.people if employer_of[each] == row.employer])
            for row in getattr(term, table)
        ]
    tables = {"professionals": people, "employers": employers, "waivers": waivers, "teams": teams, **reasons}
    return term.replace(**tables)


def name_of(professional: str) -> str:
    """What somebody is called in a marked term."""
    return f"name-of-{professional}"


@cache
def some_cases() -> list[Scarce]:
    """Terms with any rule, calm and lively, with a timetable that breaks nothing where there is one."""
    found = []
    for case in (*calm_cases()[:60], *drawn_cases()[:60]):
        made = next((each for each in case.timetables if not judge(case.term, each).breaches), case.timetables[0])
        found.append(Scarce(marked(case.term), made))
    return found


def answers(asker: Asker, people: list[str]) -> Iterator[BaseModel]:
    """All that may be asked of a region, about some lessons, and about some people."""
    region = asker.region
    given = [row.lesson for row in region.timetable.assignments]
    for each in [*region.open_lessons[:2], *given[:1]]:
        yield asker.why_open(each, SECONDS, facts=True)
        yield asker.who_could(each)
        yield asker.repairs(each, SECONDS)
        for one in people:
            yield asker.why_not(each, one, SECONDS)
    for one in people:
        yield asker.what_could(one)
    yield asker.ledger()
    yield asker.ledger(Timetable())


def strings(said: Any) -> Iterator[str]:
    """Every text in an answer."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for key, each in said.items():
            yield from (str(key), *strings(each))
    elif isinstance(said, list):
        for each in said:
            yield from strings(each)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Solve in this process: many questions with one fork each take longer than what is asked."""
    monkeypatch.setattr("solver.explain.asker.in_child", lambda work, _: work())


def check(answer: BaseModel, hidden: Collection[str]) -> None:
    """Nothing of these people, and nobody's reasons."""
    for said in strings(answer.model_dump(mode="json")):
        assert "reason-of-" not in said
        assert "who-waived" not in said
        for each in hidden:
            assert not re.search(rf"(?<![\w-])(name-of-)?{each}(?![\w-])", said), (said, each)


def test_an_employer_is_told_of_its_own_people_only() -> None:
    """On terms with any rule and on small regions: no name and no id of anybody else, and nobody's reasons."""
    seen: Counter[str] = Counter()

    @quietly(20)
    @given(st.sampled_from(some_cases()) | scarce())
    def every(case: Scarce) -> None:
        term = marked(case.term)
        region = Region(term, case.timetable)
        for employer in ("works", "rival"):
            own = [row.id for row in region.term.professionals if row.employer == employer]
            hidden = [row.id for row in region.term.professionals if row.employer != employer]
            asker = Asker(region, Reader(ReaderRole.EMPLOYER, frozenset({employer})), "nl")
            for answer in answers(asker, own[:2]):
                check(answer, hidden)
                seen[type(answer).__name__] += 1
                seen["own people"] += "name-of-" in answer.model_dump_json()
            if hidden and region.open_lessons:
                with pytest.raises(ReaderError):
                    asker.why_not(region.open_lessons[0], hidden[0])
                with pytest.raises(ReaderError):
                    asker.what_could(hidden[0])
                seen["refused"] += 1

    every()
    assert min(seen[each] for each in ("WhyOpen", "WhoCould", "Repairs", "WhyNot", "WhatCould", "own people")) >= 10, (
        seen
    )
    assert seen["refused"] >= 10, seen


def test_a_professional_is_told_of_themselves_only() -> None:
    """Neither who else could, nor what others wish."""

    @quietly(15)
    @given(st.sampled_from(some_cases()) | scarce())
    def every(case: Scarce) -> None:
        term = marked(case.term)
        region = Region(term, case.timetable)
        for one in term.professionals[:2]:
            with_them = {each for row in term.carpools if row.required and one.id in row.people for each in row.people}
            hidden = {row.id for row in term.professionals} - with_them - {one.id}  # whom they ride with they know
            for answer in answers(Asker(region, Reader(ReaderRole.PROFESSIONAL, frozenset({one.id})), "nl"), [one.id]):
                check(answer, hidden)

    every()


def test_a_timetabler_reads_no_reasons_wishes_or_teams() -> None:
    """Of everybody what they could give; but when and why somebody is not there is said in the words of its kind."""
    withheld = {text(f"withheld.{each.value}", "nl") for each in Privacy}
    seen: Counter[str] = Counter()

    @quietly(20)
    @given(st.sampled_from(some_cases()) | scarce())
    def every(case: Scarce) -> None:
        term = marked(case.term)
        region = Region(term, case.timetable)
        asker = Asker(region, Reader(ReaderRole.TIMETABLER, frozenset({"north"})), "nl")
        for answer in answers(asker, [row.id for row in term.professionals[:2]]):
            check(answer, ())
            assert TEAM not in answer.model_dump_json()
            assert "maakt zich vrij" not in answer.model_dump_json(), "who is not there is asked, not told why"
            for row in rows(answer.model_dump(mode="json")):
                rule = BY_NAME[row["rule"]]
                if "points" in row:  # of one person; how many people a rule keeps away may be told
                    assert rule.privacy is not Privacy.PRIVATE, row
                elif "sentence" in row and (rule.privacy is Privacy.PRIVATE or rule.subject is Subject.EMPLOYER):
                    assert row["sentence"] in withheld, row
                    seen["private" if rule.privacy is Privacy.PRIVATE else "of the employer"] += 1

    every()
    assert min(seen["private"], seen["of the employer"]) >= 2, seen


def rows(said: Any) -> Iterator[dict[str, Any]]:
    """All that is said of a rule."""
    if isinstance(said, dict):
        if isinstance(said.get("rule"), str):
            yield said
        for each in said.values():
            yield from rows(each)
    elif isinstance(said, list):
        for each in said:
            yield from rows(each)


# Cases that such terms seldom have


def asker_of(term: Term, timetable: Timetable, role: ReaderRole, of: str) -> Asker:
    """Somebody who asks."""
    return Asker(Region(term, timetable), Reader(role, frozenset({of})), "nl")


def rivals(**tables: Any) -> Term:
    """Anna of works and Bob of another employer may each give l1; l2 is open too."""
    return small_term(
        employers=[{"id": "works", "name": "Works"}, {"id": "other", "name": "Other"}],
        professionals=[worker("anna", name="Zus-Een"), worker("bob", name="Zo-Twee", employer="other", site=None)],
        lessons=[lesson("l1"), lesson("l2", "2")],
        **tables,
    )


def test_with_whom_somebody_rides_is_not_for_their_employer() -> None:
    """Anna comes only with Bob, who works elsewhere and is not there: her employer is not told of him, the region is."""
    away = [{"professional": "bob", "weekday": "mon", "reason": "geheim"}]
    term = rivals(carpools=[{"people": ["anna", "bob"], "required": True}], unavailability=away)
    employer = asker_of(term, Timetable(), ReaderRole.EMPLOYER, "works")
    region = asker_of(term, Timetable(), ReaderRole.COORDINATOR, "")
    for mine, theirs in zip(answers(employer, ["anna"]), answers(region, ["anna"]), strict=True):
        check(mine, ["bob"])
        assert "Zo-Twee" not in mine.model_dump_json()
        assert type(mine) is type(theirs)
    said = employer.why_not("l1", "anna").answer
    assert said is not None
    assert [each.rule for each in said.blockers] == ["carpool_required"]
    assert said.possible
    assert "Zo-Twee" in region.why_not("l1", "anna").model_dump_json()


def test_wishes_of_who_gives_it_do_not_show_in_what_another_would_gain() -> None:
    """Bob gives l1 and would rather not on Mondays: Anna is not told that it would be worth more to have her instead."""
    term = rivals(wishes=[{"professional": "bob", "weekday": "mon", "value": -3}])
    given = Timetable(assignments=(Assignment(lesson="l1", professional="bob"),))
    for role, of in (
        (ReaderRole.PROFESSIONAL, "anna"),
        (ReaderRole.EMPLOYER, "works"),
        (ReaderRole.TIMETABLER, "north"),
    ):
        (anna,) = asker_of(term, given, role, of).who_could("l1").candidates
        assert "wishes" not in {each.rule for each in anna.points}
        assert anna.gain == sum(each.points for each in anna.points)
    own = term.replace(wishes=[row.replace(professional="anna") for row in term.wishes])
    (anna,) = asker_of(own, Timetable(), ReaderRole.PROFESSIONAL, "anna").who_could("l1").candidates
    assert "wishes" in {each.rule for each in anna.points}


def test_the_shell_says_no_more(tmp_path: Path) -> None:
    """Texts and JSON of every command, asked by the employer of one of two people."""
    term = rivals(
        licences=[licence("anna"), licence("bob")],
        unavailability=[{"professional": "bob", "weekday": "mon", "reason": "geheim"}],
        wishes=[{"professional": "bob", "weekday": "mon", "value": -3, "reason": "geheim"}],
    )
    write_term(term, tmp_path / "term.json")
    (tmp_path / "made.json").write_text(json.dumps({"assignments": [{"lesson": "l1", "professional": "bob"}]}), "utf-8")
    files = [str(tmp_path / "term.json"), str(tmp_path / "made.json")]
    asked = [["explain", "l2", "--facts"], ["explain", "l1"], ["repairs", "l2"], ["candidates", "l1"], ["ledger"]]
    asked += [["why-not", "l1", "anna"], ["could-take", "anna"]]
    for command, *arguments in asked:
        for form in ([], ["--json"]):
            line = [command, *files, *arguments, *form]
            own = CliRunner().invoke(app, [*line, "--as", "employer:works"], catch_exceptions=False)
            assert own.exit_code == 0, line
            assert not re.search("Zo-Twee|bob|geheim", own.stdout), line
            whole = CliRunner().invoke(app, line, catch_exceptions=False)
            assert "geheim" not in whole.stdout
    refused = CliRunner().invoke(app, ["why-not", *files, "l2", "bob", "--as", "employer:works"])
    assert refused.exit_code == 2
    assert "Zo-Twee" not in refused.stdout
