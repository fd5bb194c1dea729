"""Routes into teaching and school holidays, of a term: `/v1/terms/{term}/routes` and `/v1/terms/{term}/holidays`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from model.files.holidays import Region
from model.locale import text
from model.people import LicenceLevel
from model.routes import Standing, Way
from service.api.answers import IfMatch, etag, seen_revision
from service.api.given import Serving, Visiting, problems
from service.api.uploads import FORM, JSON, Handed
from service.desk import changes
from service.problems import Code
from service.shapes import IssueShape, Shape, issue_shapes

router = APIRouter(prefix="/v1/terms", tags=["terms"])


class RouteShape(Shape):
    """One way to be allowed to teach, for somebody and a course."""

    level: Annotated[LicenceLevel, Field(description="the right it gives")]
    standing: Standing
    title: str
    stands: Annotated[str, Field(description="the standing in words")]
    condition: str
    papers: str
    source: str
    verified: Annotated[bool, Field(description="whether its conditions were checked against the law in force")]

    @classmethod
    def of(cls, way: Way, lang: str) -> RouteShape:
        """In words of a language."""
        route = way.route
        return cls(
            level=route.level,
            standing=way.standing,
            stands=text(f"route.standing.{way.standing.value}", lang),
            source=route.source,
            verified=route.verified,
            **{key: text(f"route.{route.level.value}.{key}", lang) for key in ("title", "condition", "papers")},
        )


class RoutesShape(Shape):
    """Routes: what is had first, then what is open, quickest first."""

    routes: list[RouteShape]
    everybody: Annotated[
        str, Field(description="what everybody needs; or that no route is known for this kind of school")
    ]


class HolidayShape(Shape):
    """A holiday that came into the calendar of a school, first and last day included."""

    school: str | None
    start: date
    end: date
    name: str


class HolidaysShape(Shape):
    """What came into the calendars."""

    revision: Annotated[int, Field(description="of the term; as it was where nothing came")]
    added: list[HolidayShape]
    issues: Annotated[list[IssueShape], Field(description="warnings: what schools keep of their own")]


@router.get("/{term}/routes", summary="Routes into teaching", responses=problems(Code.NOT_FOUND))
def list_routes(
    service: Serving,
    visit: Visiting,
    term: str,
    professional: Annotated[str, Query(max_length=100, description="id in the term")],
    course: Annotated[str, Query(max_length=200, description="id in the term")],
) -> RoutesShape:
    """Which ways there are for somebody to be allowed to give a course, on what conditions, with what papers."""
    found, lang = changes.routes(service, visit, term, professional, course), visit.language
    said = text("route.vog", lang) if found.ways else text("route.none", lang, sector=found.sector.value)
    return RoutesShape(routes=[RouteShape.of(each, lang) for each in found.ways], everybody=said)


_FILE: dict[str, Any] = {"type": "string", "format": "binary", "description": ".json"}
_TAKES_HOLIDAYS: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {
                "schema": {
                    "description": "school holidays as rijksoverheid.nl gives them, of one school year or a list"
                }
            },
            FORM: {"schema": {"type": "object", "properties": {"file": _FILE}, "required": ["file"]}},
        },
    }
}


@router.post(
    "/{term}/holidays",
    summary="Add school holidays",
    openapi_extra=_TAKES_HOLIDAYS,
    responses=problems(Code.NOT_FOUND, Code.ISSUES, Code.CHANGED, Code.MATCH_NEEDED, Code.UNSUPPORTED, Code.TOO_LARGE),
)
def add_holidays(
    service: Serving,
    visit: Visiting,
    term: str,
    upload: Handed,
    response: Response,
    *,
    region: Annotated[Region, Query(description="holiday region of the schools")],
    school: Annotated[
        list[str] | None, Query(max_length=500, description="only these sites; all when left out")
    ] = None,
    mbo: Annotated[bool, Query(description="mbo schools too, which set their own holidays")] = False,
    if_match: IfMatch = None,
) -> HolidaysShape:
    """Add the school holidays of a region to the calendars of a term's schools."""
    seen = seen_revision(if_match)
    found = changes.add_holidays(service, visit, term, upload, seen, region=region, schools=school or (), mbo=mbo)
    response.headers["ETag"] = etag(found.document.version)
    fields = HolidayShape.model_fields
    return HolidaysShape(
        revision=found.document.version,
        added=[HolidayShape(**{name: getattr(row, name) for name in fields}) for row in found.added],
        issues=issue_shapes(found.issues, visit.language),
    )
