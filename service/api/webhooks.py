"""Webhooks: `/v1/webhooks`, for administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import Field

from service.api.given import Serving, Visiting, problems
from service.desk import webhooks
from service.desk.paging import After, Limit
from service.desk.webhooks import ATTEMPTS
from service.problems import Code
from service.shapes import Page, Shape
from service.store.events import Event
from service.store.tables import Delivery, Webhook

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])


class WebhookAsked(Shape):
    """Where what is sent."""

    url: Annotated[
        str,
        Field(
            min_length=9,
            max_length=2000,
            examples=["https://example.org/hook"],
            description="of https, and not private",
        ),
    ]
    events: Annotated[
        list[Event],
        Field(
            min_length=1,
            max_length=20,
            description="bodies hold ids only; order and one single arrival are not promised",
        ),
    ]


class WebhookShape(Shape):
    """A webhook."""

    id: str
    url: str
    events: Annotated[
        list[Event], Field(description="none any more when the receiver answered 410; name them again to go on")
    ]
    created_at: datetime

    @classmethod
    def of(cls, hook: Webhook) -> WebhookShape:
        """As lists show it."""
        events = [Event(each) for each in hook.events]
        return cls(id=hook.id, url=hook.url, events=events, created_at=hook.created_at)


class NewWebhook(WebhookShape):
    """A webhook that was kept, with its secret: told now and never again."""

    secret: Annotated[
        str,
        Field(
            description="as Standard Webhooks writes it; `webhook-signature` is `v1,` and the base64 of HMAC-SHA256, by "
            "this key, of `webhook-id`, `webhook-timestamp` and the body, with dots between",
            examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        ),
    ]


class DeliveryShape(Shape):
    """Something that was sent to a webhook, or is about to be."""

    id: Annotated[str, Field(description="the `webhook-id`, the same at each attempt")]
    event: Annotated[str, Field(description="an event, or `webhook.test`")]
    body: str
    created_at: datetime
    attempts: Annotated[int, Field(description=f"so far; at most {ATTEMPTS}, from a minute to twelve hours apart")]
    status: Annotated[int | None, Field(description="of the latest answer; null where there was none")]
    next_at: Annotated[datetime | None, Field(description="when it is tried again; null for never")]
    delivered_at: Annotated[datetime | None, Field(description="when it arrived; null where it did not")]

    @classmethod
    def of(cls, row: Delivery) -> DeliveryShape:
        """As lists show it."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


@router.post("", status_code=201, summary="Add a webhook", responses=problems())
def add_webhook(service: Serving, visit: Visiting, asked: WebhookAsked, response: Response) -> NewWebhook:
    """Have events sent to an address, signed. The secret is in this answer and in no other."""
    hook, secret = webhooks.add(service, visit, asked.url, asked.events)
    response.headers["Location"] = f"/v1/webhooks/{hook.id}"
    return NewWebhook(**WebhookShape.of(hook).model_dump(), secret=secret)


@router.get("", summary="List webhooks", responses=problems())
def list_webhooks(service: Serving, visit: Visiting, after: After = None, limit: Limit = 50) -> Page[WebhookShape]:
    """The region's webhooks, the newest first."""
    return webhooks.listed(service, visit, WebhookShape.of, after, limit)


@router.get("/{webhook}", summary="Read a webhook", responses=problems(Code.NOT_FOUND))
def read_webhook(service: Serving, visit: Visiting, webhook: str) -> WebhookShape:
    """A webhook, without its secret."""
    return WebhookShape.of(webhooks.found(service, visit, webhook))


@router.put("/{webhook}", summary="Change a webhook", responses=problems(Code.NOT_FOUND))
def change_webhook(service: Serving, visit: Visiting, webhook: str, asked: WebhookAsked) -> WebhookShape:
    """Send to another address, or other events. The secret stays."""
    return WebhookShape.of(webhooks.change(service, visit, webhook, asked.url, asked.events))


@router.delete("/{webhook}", status_code=204, summary="Delete a webhook", responses=problems(Code.NOT_FOUND))
def delete_webhook(service: Serving, visit: Visiting, webhook: str) -> None:
    """Delete a webhook and what is on its way to it."""
    webhooks.remove(service, visit, webhook)


@router.get("/{webhook}/deliveries", summary="List deliveries", responses=problems(Code.NOT_FOUND))
def list_deliveries(
    service: Serving, visit: Visiting, webhook: str, after: After = None, limit: Limit = 50
) -> Page[DeliveryShape]:
    """What was sent in the last thirty days and how it went, the newest first."""
    return webhooks.deliveries(service, visit, DeliveryShape.of, after, limit, webhook=webhook)


@router.post("/{webhook}/test", status_code=202, summary="Test a webhook", responses=problems(Code.NOT_FOUND))
def test_webhook(service: Serving, visit: Visiting, webhook: str) -> DeliveryShape:
    """Send an event `webhook.test`; the list of deliveries tells how it went."""
    return DeliveryShape.of(webhooks.test(service, visit, webhook))
