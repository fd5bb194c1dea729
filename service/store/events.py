"""Events of a region, queued for those who want to be told: `service.desk.webhooks` sends them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.store.columns import new_id, now
from service.store.tables import Delivery, Webhook


class Event(StrEnum):
    """What a webhook can be told of."""

    JOB_DONE = "job.done"
    OUTCOME_PUBLISHED = "outcome.published"
    PART_DELIVERED = "part.delivered"
    TERM_CHANGED = "term.changed"


def emit(session: Session, region: str, event: Event, body: Mapping[str, str | int | None]) -> None:
    """Tell all of a region's webhooks that want to know; sent once the session's transaction is kept.

    Args:
        body: ids and numbers of revisions only.
    """
    for hook in session.scalars(select(Webhook).where(Webhook.region == region)):
        if event.value in hook.events:
            queue(session, hook, event.value, body)


def queue(session: Session, hook: Webhook, event: str, body: Mapping[str, str | int | None]) -> Delivery:
    """Queue something for one webhook."""
    at = now()
    said = json.dumps({"type": event, "timestamp": at.isoformat(), "data": dict(body)}, separators=(",", ":"))
    queued = Delivery(id=new_id("delivery"), webhook=hook.id, event=event, body=said, created_at=at, next_at=at)
    session.add(queued)
    session.flush()
    return queued
