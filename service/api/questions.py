"""Questions about an outcome: why open, what would fix it, who could, why not, what could they take, what is it worth."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from service.api.answers import json_response
from service.api.given import Serving, Visiting, problems
from service.asking.messages import Asks
from service.desk import questions
from service.desk.questions import MOST_SECONDS
from service.problems import Code
from solver.explain.answers import LedgerAnswer, Repairs, WhatCould, WhoCould, WhyNot, WhyOpen
from solver.explain.lacking import Lacking

router = APIRouter(prefix="/v1", tags=["questions"])

Seconds = Annotated[float, Query(ge=0, le=MOST_SECONDS, description="most seconds to find out")]
More = Annotated[float, Query(gt=0, le=MOST_SECONDS, description="most seconds to find out")]
Person = Annotated[str, Query(max_length=100, description="id of a professional")]

_RESPONSES = problems(Code.NOT_FOUND, Code.CONFLICT)


@router.get(
    "/outcomes/{outcome}/lessons/{lesson}/why",
    summary="Why is a lesson open",
    response_model=WhyOpen,
    responses=_RESPONSES,
)
def why_open(
    service: Serving,
    visit: Visiting,
    outcome: str,
    lesson: str,
    seconds: Seconds = 5,
    facts: Annotated[bool, Query(description="name the limits that together keep it open")] = False,
) -> Response:
    """Why is this lesson open? One sentence, the funnel, who competes for whom, and on demand a minimal conflict."""
    asked = {"lesson": lesson, "seconds": seconds, "facts": facts}
    return json_response(questions.ask(service, visit, outcome, Asks.WHY_OPEN, **asked))


@router.get(
    "/outcomes/{outcome}/lessons/{lesson}/repairs",
    summary="What would fill a lesson",
    response_model=Repairs,
    responses=_RESPONSES,
)
def repairs(service: Serving, visit: Visiting, outcome: str, lesson: str, seconds: More = 5) -> Response:
    """What would fill this lesson, and who must agree? Everything said was applied and judged."""
    return json_response(questions.ask(service, visit, outcome, Asks.REPAIRS, lesson=lesson, seconds=seconds))


@router.get(
    "/outcomes/{outcome}/lessons/{lesson}/candidates",
    summary="Who could give a lesson",
    response_model=WhoCould,
    responses=_RESPONSES,
)
def candidates(service: Serving, visit: Visiting, outcome: str, lesson: str) -> Response:
    """Who could give this lesson, most easily first; of one that is given: instead of who gives it."""
    return json_response(questions.ask(service, visit, outcome, Asks.WHO_COULD, lesson=lesson))


@router.get(
    "/outcomes/{outcome}/lessons/{lesson}/why-not",
    summary="Why does somebody not give a lesson",
    response_model=WhyNot,
    responses=_RESPONSES,
)
def why_not(
    service: Serving, visit: Visiting, outcome: str, lesson: str, professional: Person, seconds: Seconds = 5
) -> Response:
    """Why does this person not give this lesson, what would have to change, and what would that mean for others?"""
    asked = {"lesson": lesson, "professional": professional, "seconds": seconds}
    return json_response(questions.ask(service, visit, outcome, Asks.WHY_NOT, **asked))


@router.get(
    "/outcomes/{outcome}/professionals/{professional}/could-take",
    summary="What could somebody take",
    response_model=WhatCould,
    responses=_RESPONSES,
)
def could_take(service: Serving, visit: Visiting, outcome: str, professional: str) -> Response:
    """What could this person take of what is open?"""
    return json_response(questions.ask(service, visit, outcome, Asks.WHAT_COULD, professional=professional))


@router.get(
    "/outcomes/{outcome}/ledger", summary="What is a timetable worth", response_model=LedgerAnswer, responses=_RESPONSES
)
def ledger(
    service: Serving,
    visit: Visiting,
    outcome: str,
    less: Annotated[str | None, Query(max_length=40, description="id of another outcome of the same term")] = None,
) -> Response:
    """What is this timetable worth, or how much more than another, by tier, rule, school, employer and person?"""
    return json_response(questions.compared(service, visit, outcome, less))


@router.get("/terms/{term}/shortages", summary="What does a term lack", response_model=Lacking, responses=_RESPONSES)
def shortages(service: Serving, visit: Visiting, term: str, seconds: More = 5) -> Response:
    """What does the term lack, whatever the timetable? Lessons that must stay open, scarce lessons and people."""
    return json_response(questions.ask_before(service, visit, term, seconds))
