"""Everything that can be wrong with a request, as RFC 9457 says it: a code, a status, words in the asker's language.

A problem never tells how the program works inside. Sentences stand in the catalogue under `problem.<code>`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from model.issues import Issue, Severity


class Code(StrEnum):
    """All there are."""

    BAD_REQUEST = "bad_request"
    UNKNOWN_FIELD = "unknown_field"
    INVALID = "invalid"
    ISSUES = "issues"
    NOT_LOGGED_IN = "not_logged_in"
    FORBIDDEN = "forbidden"
    SCOPE = "scope"
    CSRF = "csrf"
    NOT_FOUND = "not_found"
    METHOD = "method"
    NOT_ACCEPTABLE = "not_acceptable"
    CONFLICT = "conflict"
    CHANGED = "changed"
    KEY_REUSED = "key_reused"
    GONE = "gone"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    MATCH_NEEDED = "match_needed"
    TOO_OFTEN = "too_often"
    DEFECT = "defect"
    NOT_READY = "not_ready"


STATUS = {
    Code.BAD_REQUEST: 400,
    Code.UNKNOWN_FIELD: 422,
    Code.INVALID: 422,
    Code.ISSUES: 422,
    Code.NOT_LOGGED_IN: 401,
    Code.FORBIDDEN: 403,
    Code.SCOPE: 403,
    Code.CSRF: 403,
    Code.NOT_FOUND: 404,
    Code.METHOD: 405,
    Code.NOT_ACCEPTABLE: 406,
    Code.CONFLICT: 409,
    Code.CHANGED: 412,
    Code.KEY_REUSED: 422,
    Code.GONE: 410,
    Code.TOO_LARGE: 413,
    Code.UNSUPPORTED: 415,
    Code.MATCH_NEEDED: 428,
    Code.TOO_OFTEN: 429,
    Code.DEFECT: 500,
    Code.NOT_READY: 503,
}
"""The HTTP status of each."""


class Problem(Exception):  # noqa: N818  the word of RFC 9457
    """Ends a request with a problem.

    Args:
        code: which.
        facts: what its sentence mentions.
        issues: located problems of what was handed over.
        headers: that go with it, as `Retry-After`.
        more: further members of the answer.
    """

    def __init__(
        self,
        code: Code,
        *,
        issues: Sequence[Issue] = (),
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
        **facts: Any,
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.facts = facts
        self.issues = tuple(issues)
        self.headers = dict(headers or {})
        self.more = dict(more or {})


def senseless(issues: Sequence[Issue]) -> Problem:
    """The problem of something handed over that cannot be kept: what is odd about it is told too, and not counted."""
    return Problem(Code.ISSUES, issues=issues, n=sum(each.severity is Severity.ERROR for each in issues))
