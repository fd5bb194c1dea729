"""What is the same for everybody: rules, codes of issues and problems, the schema of a term, an empty workbook, demo data."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from model.describe import rule_facts
from model.files import json_schema, read_term, write_template
from model.locale import messages, text
from model.rules import RULES
from service.api.answers import file_response
from service.api.given import Serving, Visiting, files, problems
from service.api.uploads import XLSX
from service.problems import STATUS, Code
from service.shapes import Shape

router = APIRouter(prefix="/v1", tags=["reference"])

EXAMPLES = Path(__file__).parents[2] / "examples"


class IssueType(Shape):
    """A code that issues may have."""

    code: str
    sentence: Annotated[str, Field(description="with gaps in braces")]
    maybe: str


class ProblemType(Shape):
    """A code that problems may have."""

    code: str
    status: Annotated[int, Field(description="the HTTP status")]
    title: str
    detail: str


@router.get("/rules", summary="List rules", responses=problems())
def list_rules(visit: Visiting) -> list[dict[str, Any]]:
    """Every rule: what it says, its parameters with units and defaults, who may waive it, its source."""
    return [rule_facts(rule, visit.language) for rule in RULES]


@router.get("/issue-types", summary="List codes of issues", responses=problems())
def list_issue_types(visit: Visiting) -> list[IssueType]:
    """Every code of an issue."""
    said = messages(visit.language)
    codes = [name.removeprefix("issue.") for name in said if name.startswith("issue.") and f"{name}.maybe" in said]
    return [IssueType(code=each, sentence=said[f"issue.{each}"], maybe=said[f"issue.{each}.maybe"]) for each in codes]


@router.get("/problem-types", summary="List codes of problems", responses=problems())
def list_problem_types(visit: Visiting) -> list[ProblemType]:
    """Every code of a problem, with its status."""
    said = messages(visit.language)
    return [
        ProblemType(
            code=each.value,
            status=STATUS[each],
            title=text(f"problem.{each.value}.title", visit.language),
            detail=said[f"problem.{each.value}.detail"],
        )
        for each in Code
    ]


@router.get("/schema", summary="Read the schema of a term", responses=problems())
def term_schema(visit: Visiting) -> dict[str, Any]:  # noqa: ARG001  who asks must be let in
    """The JSON Schema of a term."""
    return json_schema()


@router.get(
    "/template",
    summary="Get an empty workbook",
    response_class=Response,
    responses={**files("The workbook", XLSX), **problems()},
)
def template(visit: Visiting) -> Response:
    """An empty workbook with explanations and drop-down lists."""
    with TemporaryDirectory(prefix="hybrooster-") as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path, visit.language)
        return file_response("hybrooster.xlsx", path.read_bytes())


@router.get("/demo-data", summary="Get a term to try things with", responses=problems())
def demo_data(
    service: Serving,  # noqa: ARG001
    visit: Visiting,  # noqa: ARG001
    professionals: Annotated[
        int | None,
        Query(ge=3, le=1000, description="make up a region of this size instead of the one around Eindhoven"),
    ] = None,
    seed: Annotated[int, Query(ge=0, le=1_000_000, description="the same seed makes up the same region")] = 1,
    profile: Annotated[
        Literal["balanced", "scarce"], Query(description="how many people there are for the lessons")
    ] = "balanced",
) -> dict[str, Any]:
    """A term to try things with, which `POST /v1/terms` takes as it is."""
    if professionals is not None:
        return generate(professionals, seed, Profile(profile)).model_dump(mode="json", exclude_defaults=True)
    loaded = read_term(EXAMPLES / "eindhoven" / "eindhoven.xlsx")
    assert loaded.term is not None, "the example is valid"
    return loaded.term.model_dump(mode="json", exclude_defaults=True)
