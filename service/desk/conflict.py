"""What cannot be done as things are now, in words."""

from __future__ import annotations

from model.locale import DEFAULT_LANGUAGE, text
from service.problems import Code, Problem


def conflict(why: str, lang: str = DEFAULT_LANGUAGE) -> Problem:
    """The problem, for a reason that stands in the catalogue under `conflict`."""
    return Problem(Code.CONFLICT, why=text(f"conflict.{why}", lang))
