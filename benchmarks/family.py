"""Families of problems; the shell offers them without loading what makes them."""

from __future__ import annotations

from enum import StrEnum


class Family(StrEnum):
    """What can be benchmarked."""

    GENERATED = "generated"
    CHANGED = "changed"
    SMPTSP = "smptsp"
    REAL_SCHOOL = "real-school"
