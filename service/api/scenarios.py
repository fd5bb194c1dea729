"""Scenarios: `/v1/scenarios`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Discriminator, Field, model_validator

from model.scenarios.patch import Patch
from model.scenarios.scenario import AnyChange
from service.api.answers import IfMatch, etag, seen_revision
from service.api.given import Revision, Serving, Visiting, problems
from service.api.repeat import TAKES_KEY, Repeatable
from service.api.terms import RevisionShape
from service.desk import scenarios
from service.desk.paging import After, Limit
from service.problems import Code
from service.shapes import IssueShape, Page, Shape, issue_shapes
from service.store.tables import Document

router = APIRouter(prefix="/v1/scenarios", tags=["scenarios"], route_class=Repeatable)

Change = Annotated[AnyChange, Discriminator("kind")]


class ScenarioBody(Shape):
    """What if: changes in order, or a merge patch instead."""

    name: Annotated[str, Field(max_length=200, description="what people call it")] = ""
    reason: Annotated[str, Field(max_length=2000, description="why")] = ""
    changes: Annotated[list[Change] | None, Field(max_length=200, description="each checked after those before it")] = (
        None
    )
    merge_patch: Annotated[
        dict[str, Any] | None,
        Field(
            min_length=1,
            description="RFC 7396, of the term as one object in which rows stand by their ids; for who runs the region",
            examples=[{"noon": "12:30", "releases": {"r1": {"half_day": "morning"}, "r2": None}}],
        ),
    ] = None

    @model_validator(mode="after")
    def _is_one_of_two(self) -> Self:
        if (self.changes is None) == (self.merge_patch is None):
            raise ValueError("either changes or a merge patch")
        return self

    def draft(self, own_id: str | None = None) -> scenarios.Draft:
        """What is to be kept."""
        changes = self.changes if self.merge_patch is None else [Patch(patch=self.merge_patch)]
        return scenarios.Draft(self.name, self.reason, tuple(changes or ()), own_id)


class ScenarioAsked(ScenarioBody):
    """A new scenario of a term."""

    term: Annotated[str, Field(max_length=40, description="id of the term it changes")]
    id: Annotated[
        str | None, Field(min_length=1, max_length=200, description="its own, one in a term; made up when left out")
    ] = None


class ScenarioShape(Shape):
    """A scenario in lists."""

    id: Annotated[str, Field(examples=["scenario-7f3kq2mnpx9wd4tz"])]
    term: Annotated[str | None, Field(description="id of the term it changes")]
    revision: Annotated[int, Field(description="from 1, one more with each change")]
    scenario: Annotated[str, Field(description="its own id, in files and comparisons")]
    name: str
    author: str
    changes: Annotated[int, Field(description="how many")]
    kinds: Annotated[list[str], Field(description="of changes there are in it")]
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, document: Document) -> ScenarioShape:
        """As lists show it."""
        return cls(
            id=document.id,
            term=document.parent,
            revision=document.version,
            name=document.name,
            created_at=document.created_at,
            updated_at=document.updated_at,
            **{name: document.facts[name] for name in ("scenario", "author", "changes", "kinds")},
        )


class KeptScenario(ScenarioShape):
    """A scenario that was kept, and what is odd about it."""

    issues: Annotated[list[IssueShape], Field(description="warnings; errors are refused")]


class WholeScenario(Shape):
    """A scenario as the reader may read it."""

    id: str
    term: str | None
    revision: Annotated[int, Field(description="from 1, one more with each change")]
    scenario: Annotated[str, Field(description="its own id")]
    name: str
    author: str
    reason: Annotated[str, Field(description="empty for whom it is not to read")]
    fits: Annotated[bool, Field(description="whether it still makes sense of the term as it is now")]
    issues: Annotated[list[IssueShape], Field(description="why it does not, and what is odd")]
    sentences: Annotated[list[str], Field(description="changes in words")]
    withheld: Annotated[int, Field(description="changes that are not for this reader")]
    changes: Annotated[list[Change] | None, Field(description="null for whom only the sentences are")]
    merge_patch: Annotated[
        dict[str, Any] | None,
        Field(description="the same as RFC 7396; null where it does not fit or is not to be seen"),
    ]

    @classmethod
    def of(cls, found: scenarios.Shown, lang: str) -> WholeScenario:
        """In words of a language."""
        stored, scenario = found.stored, found.scenario
        return cls(
            id=stored.id,
            term=stored.parent,
            revision=stored.revision,
            scenario=scenario.id,
            name=scenario.called,
            author=scenario.author,
            reason=scenario.reason if found.whole else "",
            fits=found.fits,
            issues=issue_shapes(found.issues, lang),
            sentences=list(found.sentences),
            withheld=found.withheld,
            changes=list(scenario.changes) if found.whole else None,
            merge_patch=found.patch,
        )


def _kept(kept: tuple[Document, Any], visit: Visiting, response: Response) -> KeptScenario:
    document, issues = kept
    response.headers["ETag"] = etag(document.version)
    response.headers["Location"] = f"/v1/scenarios/{document.id}"
    return KeptScenario(**ScenarioShape.of(document).model_dump(), issues=issue_shapes(issues, visit.language))


@router.post(
    "",
    dependencies=[TAKES_KEY],
    status_code=201,
    summary="Keep a scenario",
    responses=problems(Code.NOT_FOUND, Code.ISSUES),
)
def add_scenario(service: Serving, visit: Visiting, asked: ScenarioAsked, response: Response) -> KeptScenario:
    """Keep changes to a term as it is now. They are applied and checked; errors are located, and nothing is kept then."""
    return _kept(scenarios.add(service, visit, asked.term, asked.draft(asked.id)), visit, response)


@router.get("", summary="List scenarios", responses=problems())
def list_scenarios(
    service: Serving,
    visit: Visiting,
    term: Annotated[str | None, Query(max_length=40, description="only of this term")] = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[ScenarioShape]:
    """Scenarios of one's own and of who runs the region, the newest first."""
    return scenarios.listed(service, visit, ScenarioShape.of, after, limit, term=term)


@router.get("/{scenario}", summary="Read a scenario", responses=problems(Code.NOT_FOUND))
def read_scenario(
    service: Serving, visit: Visiting, scenario: str, response: Response, revision: Revision = None
) -> WholeScenario:
    """A scenario as the reader may read it, and whether it still fits the term."""
    found = scenarios.shown(service, visit, scenario, revision)
    response.headers["ETag"] = etag(found.stored.revision)
    return WholeScenario.of(found, visit.language)


@router.put(
    "/{scenario}",
    summary="Replace a scenario",
    responses=problems(Code.NOT_FOUND, Code.ISSUES, Code.CHANGED, Code.MATCH_NEEDED),
)
def replace_scenario(
    service: Serving,
    visit: Visiting,
    scenario: str,
    asked: ScenarioBody,
    response: Response,
    *,
    if_match: IfMatch = None,
) -> KeptScenario:
    """Replace a scenario by a new revision, checked against the term as it is now. Its id and author stay."""
    return _kept(scenarios.replace(service, visit, scenario, asked.draft(), seen_revision(if_match)), visit, response)


@router.delete("/{scenario}", status_code=204, summary="Delete a scenario", responses=problems(Code.NOT_FOUND))
def delete_scenario(service: Serving, visit: Visiting, scenario: str) -> None:
    """Delete a scenario; outcomes of it stay."""
    scenarios.remove(service, visit, scenario)


@router.get("/{scenario}/revisions", summary="Revisions of a scenario", responses=problems(Code.NOT_FOUND))
def scenario_revisions(service: Serving, visit: Visiting, scenario: str) -> list[RevisionShape]:
    """Who changed a scenario when, the latest first."""
    rows = scenarios.revisions(service, visit, scenario)
    return [RevisionShape(revision=number, at=at, by=by, note=note) for number, at, by, note in rows]
