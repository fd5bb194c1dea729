"""What the tests of single rules ask: breaches and costs by the judge, checked against the board, and the facts on it."""

from __future__ import annotations

from model.calendar import Calendar
from model.change import Change
from model.demands import expanded
from model.judge import judge
from model.people import Privacy
from model.reading import Reading
from model.rule import Because, Owner, Rule, Subject
from model.rulebook import RuleBook
from model.rules import RULES
from model.term import Term
from model.timetable import Breach, Timetable
from model.travel import Travel
from solver.board import Board
from tests.agreement import best, is_whole, judged, written

NL, EN = "nl", "en"


def breaches(term: Term, timetable: Timetable, rule: type[Rule]) -> list[Breach]:
    """Breaches of one rule; the board must agree where it has the timetable."""
    assert not timetable.issues(term)
    _board_agrees(term, timetable, rule)
    return list(judge(term, timetable, rules=[rule]).breaches)


def sizes(term: Term, timetable: Timetable, rule: type[Rule]) -> list[int]:
    """How much the rule is broken, in each place."""
    return [breach.size for breach in breaches(term, timetable, rule)]


def cost(term: Term, timetable: Timetable, rule: type[Rule]) -> int:
    """What the rule charges in all; the board must agree."""
    _board_agrees(term, timetable, rule)
    return -judge(term, timetable, rules=[rule]).value


def _board_agrees(term: Term, timetable: Timetable, rule: type[Rule]) -> None:
    board = Board.of(term, rules=[rule], screen=False)
    if is_whole(board, timetable):
        assert judged(term, timetable, [rule]) == written(board, timetable)


def facts(term: Term, rule: type[Rule]) -> list[Because]:
    """Everything the rule says on the board, in order."""
    return facts_on(Board.of(term, rules=[rule], screen=False))


def facts_on(board: Board) -> list[Because]:
    """Everything said on a board."""
    forbidden = [because for reasons in board.forbidden.values() for because in reasons]
    legs = [each for of_person in board.leg_costs.values() for each in of_person]
    verbs = (board.clashes, board.limits, board.prices, board.levels, legs)
    return [*forbidden, *(each.because for verb in verbs for each in verb)]


def fact(term: Term, rule: type[Rule]) -> Because:
    """The one fact that the rule says on the board."""
    found = facts(term, rule)
    assert all(each == found[0] for each in found)
    return found[0]


def is_about(because: Because, owner: Owner, fact: str | None, privacy: Privacy = Privacy.OPEN) -> bool:
    """Whether a fact is this owner's, rests on this row and may be read by these people."""
    return (because.owner, because.fact, because.privacy) == (owner, fact, privacy)


def without(rule: type[Rule]) -> list[type[Rule]]:
    """All rules but one."""
    return [each for each in RULES if each is not rule]


def makes_a_difference(term: Term, timetable: Timetable, rule: type[Rule]) -> bool:
    """Whether judge and optimum both change when the rule is left out, and only then."""
    assert not judge(term, timetable, rules=without(rule)).breaches
    judge_says = judged(term, timetable, RULES) != judged(term, timetable, without(rule))
    return judge_says and best(term)[0] != best(term, without(rule))[0]


def ways_of(term: Term, timetable: Timetable, rule: type[Rule], breach: Breach) -> list[Change]:
    """What could be agreed about a breach."""
    term = expanded(term)
    subject = {
        Subject.PROFESSIONAL: breach.professional,
        Subject.SCHOOL: breach.school,
        Subject.EMPLOYER: breach.employer,
        Subject.REGION: term.id,
    }[rule.subject]
    made = RuleBook(term).of(rule, subject or "")
    assert made is not None
    reading = Reading(term, timetable, Calendar(term), Travel(term))
    return list(made.ways(reading, breach))
