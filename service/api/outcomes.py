"""Outcomes and their timetables: `/v1/outcomes`, and `/v1/terms/{id}/check` for one made by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from model.access_timetable import Of, Week
from model.law_view import breach_sentence, law_facts
from model.timetable import Status
from service.api.answers import file_response, json_response
from service.api.given import Serving, Visiting, files, problems
from service.api.uploads import JSON, SVG, TAKES_TIMETABLE, XLSX, ZIP, Handed
from service.desk import outcomes, views
from service.desk.outcomes import Judged
from service.desk.paging import After, Limit
from service.problems import Code
from service.shapes import Page, Shape
from service.store.tables import Document

router = APIRouter(prefix="/v1", tags=["outcomes"])


class OutcomeShape(Shape):
    """An outcome in lists."""

    id: Annotated[str, Field(examples=["outcome-7f3kq2mnpx9wd4tz"])]
    term: Annotated[str | None, Field(description="id of the term's document")]
    term_revision: Annotated[int | None, Field(description="revision of the term it is of")]
    scenario: Annotated[
        str | None, Field(description="its own id of the scenario it is of; null for the term as it is")
    ] = None
    status: Annotated[Status, Field(description="what is proved: best, found, impossible, gave up")]
    value: Annotated[int | None, Field(description="points")]
    bound: Annotated[int | None, Field(description="points: no timetable is worth more")]
    gap: Annotated[float | None, Field(description="relative distance between value and bound")]
    seconds: Annotated[float, Field(description="seconds it took")]
    lessons: Annotated[int, Field(description="lessons of the term")]
    filled: Annotated[int, Field(description="lessons that have all the people they need")]
    open: Annotated[int, Field(description="lessons that nobody gives, or too few")]
    created_at: datetime

    @classmethod
    def of(cls, document: Document) -> OutcomeShape:
        """As lists show it."""
        known = {name: value for name, value in document.facts.items() if name in _FACTS}
        scenario = document.facts.get("scenario")
        return cls(
            id=document.id,
            term=document.parent,
            term_revision=document.parent_revision,
            scenario=None if scenario is None else scenario["id"],
            created_at=document.created_at,
            **known,
        )


_FACTS = frozenset({"status", "value", "bound", "gap", "seconds", "lessons", "filled", "open"})


class BreachShape(Shape):
    """One breach of a timetable made by hand."""

    rule: str
    sentence: Annotated[str, Field(description="withheld where it would tell hours that the reader may not see")]
    size: Annotated[int | None, Field(description="how far beyond what is allowed, in `unit`")]
    unit: Annotated[str, Field(description="of `size`")]
    professional: str | None
    lesson: str | None
    school: str | None
    employer: str | None
    when: date | None


class Checked(Shape):
    """A timetable made by hand, judged."""

    valid: bool
    value: Annotated[int, Field(description="points")]
    breaches: list[BreachShape]
    law: Annotated[list[dict[str, Any]], Field(description="how close people come to the working-time law")]

    @classmethod
    def of(cls, judged: Judged, lang: str) -> Checked:
        """As the reader may read it."""
        breaches = [
            BreachShape(
                rule=each.rule,
                sentence=breach_sentence(judged.term, each, judged.law, lang),
                size=each.size if judged.law.opens(judged.term, each) else None,
                unit=each.unit,
                professional=each.professional,
                lesson=each.lesson,
                school=each.school,
                employer=each.employer,
                when=each.when,
            )
            for each in judged.verdict.breaches
        ]
        return cls(
            valid=not breaches,
            value=judged.verdict.value,
            breaches=breaches,
            law=law_facts(judged.term, judged.law),
        )


@router.get("/outcomes", summary="List outcomes", responses=problems())
def list_outcomes(
    service: Serving,
    visit: Visiting,
    term: Annotated[str | None, Query(max_length=40, description="only of this term")] = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[OutcomeShape]:
    """Outcomes, the newest first."""
    return outcomes.listed(service, visit, term, OutcomeShape.of, after, limit)


@router.get(
    "/outcomes/{outcome}",
    summary="Read an outcome",
    response_model=dict[str, Any],
    responses=problems(Code.NOT_FOUND),
)
def read_outcome(service: Serving, visit: Visiting, outcome: str) -> Response:
    """An outcome as the reader may see it: status, value, bound, who gives what, what is open and why."""
    return json_response(outcomes.shown(service, visit, outcome))


@router.delete("/outcomes/{outcome}", summary="Delete an outcome", status_code=204, responses=problems(Code.NOT_FOUND))
def delete_outcome(service: Serving, visit: Visiting, outcome: str) -> None:
    """Delete an outcome."""
    outcomes.remove(service, visit, outcome)


@router.get(
    "/outcomes/{outcome}/timetable",
    summary="Read the weeks of a timetable",
    response_model=list[Week],
    responses=problems(Code.NOT_FOUND, Code.CONFLICT),
)
def timetable(
    service: Serving,
    visit: Visiting,
    outcome: str,
    view: Annotated[Of, Query(description="whose weeks")] = Of.SCHOOL,
    of: Annotated[str | None, Query(max_length=100, description="id; all that may be seen when left out")] = None,
) -> Response:
    """The week of each school, class, professional or employer, lesson by lesson; or what is open."""
    return json_response(views.weeks(service, visit, outcome, view, of))


@router.get(
    "/outcomes/{outcome}/file",
    summary="Get an outcome as a file",
    response_class=Response,
    responses={**files("The file", XLSX, JSON, ZIP, SVG), **problems(Code.NOT_FOUND, Code.CONFLICT)},
)
def outcome_file(
    service: Serving,
    visit: Visiting,
    outcome: str,
    form: Annotated[
        Literal["json", "xlsx", "ics", "svg"], Query(description="kind of file; `ics` is a zip of calendars")
    ] = "xlsx",
    of: Annotated[str | None, Query(max_length=100, description="svg: the week of this school or professional")] = None,
) -> Response:
    """A whole outcome as a file: workbook, zip of calendars, picture, JSON."""
    return file_response(*outcomes.as_file(service, visit, outcome, form, of))


@router.post(
    "/timetables/check",
    summary="Check a timetable",
    openapi_extra=TAKES_TIMETABLE,
    responses=problems(Code.ISSUES, Code.NOT_FOUND, Code.TOO_LARGE),
)
def check_timetable(
    service: Serving,
    visit: Visiting,
    upload: Handed,
    term: Annotated[str, Query(max_length=40, description="id of the term it is for")],
) -> Checked:
    """Judge a timetable made by hand: every breach named and sized, and what it is worth."""
    return Checked.of(outcomes.check(service, visit, term, upload), visit.language)
