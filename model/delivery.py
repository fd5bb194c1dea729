"""Whether an owner handed in their part of a term: missing, delivered, or stale since something changed; and in time or late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from model.locale import text
from model.parts import REGION, split
from model.term import Term

_BUILT_UPON = ("periods", "week_patterns", "calendar_days")
"""Tables of the region's part that say when there is something to plan: whoever handed in before they changed must look again."""

_LEFT_OUT = {"name", "as_of"}
"""Settings that change without anybody's part being concerned."""


class Delivery(StrEnum):
    """How far an owner is with their part."""

    MISSING = "missing"
    DELIVERED = "delivered"
    STALE = "stale"
    """Handed in, but for something else than there is now."""


@dataclass(frozen=True, slots=True)
class DeliveryState:
    """How far an owner is, and whether that is after the deadline."""

    delivery: Delivery
    late: bool

    def sentence(self, lang: str) -> str:
        """In words, as `ingeleverd, te laat`."""
        said = text(f"delivery.{self.delivery.value}", lang)
        return f"{said}, {text('delivery.late', lang)}" if self.late else said


def ground(term: Term) -> str:
    """Digest (64 hexadecimal digits) of what all parts build upon: dates and settings of the term, and the region's calendar."""
    part = split(term)[REGION]
    settings = "" if part.settings is None else part.settings.model_dump_json(exclude=_LEFT_OUT)
    rows = part.model_dump_json(include=set(_BUILT_UPON), exclude_defaults=True)
    return sha256(f"{settings}\n{rows}".encode()).hexdigest()


def delivery_state(
    *,
    delivered_at: datetime | None,
    built_on: str | None,
    ground: str,
    now: datetime,
    deadline: datetime | None = None,
    opened_at: datetime | None = None,
) -> DeliveryState:
    """How far an owner is with their part.

    Args:
        delivered_at: when they last handed it in, or confirmed that it holds; None for never.
        built_on: the `ground` of the term at that moment; None where that is not known, which counts as another.
        ground: that of the term now.
        now: the moment asked about; all moments are with or all without a time zone.
        deadline: until when is in time; the moment itself included.
        opened_at: since when parts are asked for (again); what was handed in before was for an earlier round.
    """
    if delivered_at is None:
        found = Delivery.MISSING
    elif built_on != ground or (opened_at is not None and delivered_at < opened_at):
        found = Delivery.STALE
    else:
        found = Delivery.DELIVERED
    moment = delivered_at if found is Delivery.DELIVERED and delivered_at is not None else now
    return DeliveryState(found, late=deadline is not None and moment > deadline)
