"""How Alembic runs here: always over a connection that `service.store.database` opened."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from service.store.columns import Moment
from service.store.tables import Base


def _written(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """A migration names no code of ours, which may change after it."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=_written,
)
with context.begin_transaction():
    context.run_migrations()
