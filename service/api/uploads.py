"""Files that are handed over: a workbook, a JSON file, or a zip of CSV files; in a form, or as the body itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import Message
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from service.desk.handed import Upload, safe_name
from service.problems import Code, Problem

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
JSON = "application/json"
CSV = "text/csv"
SVG = "image/svg+xml"
FORM = "multipart/form-data"

_SUFFIX = {JSON: ".json", XLSX: ".xlsx", ZIP: ".zip", CSV: ".csv"}


@asynccontextmanager
async def _form(request: Request) -> AsyncIterator[Any]:
    async with request.form(max_files=1, max_fields=5) as form:
        yield form


async def upload_of(request: Request) -> Upload:
    """What a request hands over.

    Raises:
        Problem: it hands over nothing, or something that is no file of ours.
    """
    kind = Message()
    kind["content-type"] = request.headers.get("content-type", "")
    media = kind.get_content_type() if request.headers.get("content-type") else ""
    if media == FORM:
        async with _form(request) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile):
                raise Problem(Code.BAD_REQUEST)
            return Upload(safe_name(file.filename or "upload"), await file.read())
    if media not in _SUFFIX:
        raise Problem(Code.UNSUPPORTED)
    named = request.headers.get("x-file-name", "term")
    return Upload(safe_name(Path(named).stem + _SUFFIX[media]), await request.body())


Handed = Annotated[Upload, Depends(upload_of)]

_FILE = {"schema": {"type": "string", "format": "binary"}}

TAKES_TERM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": {"type": "object", "description": "a term, as `GET /v1/schema` describes it"}},
            XLSX: _FILE,
            ZIP: _FILE,
            FORM: {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": {"type": "string", "format": "binary", "description": ".xlsx, .json or .zip"}
                    },
                    "required": ["file"],
                }
            },
        },
    }
}
"""How OpenAPI describes a request that hands over a term."""

TAKES_TIMETABLE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": {"type": "object", "description": 'an outcome, or `{"assignments": […]}`'}},
            XLSX: _FILE,
            CSV: _FILE,
            FORM: TAKES_TERM["requestBody"]["content"][FORM],
        },
    }
}
"""How OpenAPI describes a request that hands over a timetable."""
