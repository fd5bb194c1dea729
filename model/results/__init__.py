"""Result files: what a timetabler and a professional read after solving."""

from __future__ import annotations

from pathlib import Path

from model.results.feeds import feed, write_feeds
from model.results.picture import week_picture
from model.results.region import region_picture
from model.results.rows import LessonRow, OpenRow, SchoolRows, school_rows
from model.results.workbook import write_workbook
from model.term import Term
from model.timetable import Outcome

__all__ = [
    "LessonRow",
    "OpenRow",
    "SchoolRows",
    "feed",
    "region_picture",
    "school_rows",
    "week_picture",
    "write_feeds",
    "write_results",
    "write_workbook",
]


def write_results(
    term: Term,
    outcome: Outcome,
    lang: str,
    *,
    xlsx: Path | None = None,
    ics: Path | None = None,
    picture: Path | None = None,
    picture_of: str | None = None,
) -> list[Path]:
    """Write what is asked for: a workbook, a folder of calendars, a picture (SVG). Gives what was written.

    The picture is of the region, or of the week of one school or professional (`picture_of`, an id).

    Raises:
        KeyError: no school or professional has that id.
        OSError: a file cannot be written.
    """
    for path in (xlsx, picture):
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
    if xlsx is not None:
        write_workbook(xlsx, term, outcome, lang)
    if ics is not None:
        write_feeds(ics, term, outcome, lang)
    if picture is not None:
        picture.write_bytes(_picture(term, outcome, lang, picture_of).encode())
    return [path for path in (xlsx, ics, picture) if path is not None]


def _picture(term: Term, outcome: Outcome, lang: str, of: str | None) -> str:
    if of is None:
        return region_picture(term, outcome, lang)
    if any(school.id == of for school in term.schools):
        return week_picture(term, outcome, lang, school=of)
    return week_picture(term, outcome, lang, professional=term.professional(of).id)
