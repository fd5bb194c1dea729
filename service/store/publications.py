"""Which outcome of a term people are promised."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service.store.tables import Publication


def is_published(session: Session, term: str, outcome: str) -> bool:
    """Whether an outcome is what people are promised: what employers and professionals see, and nothing else."""
    row = session.get(Publication, term)
    return row is not None and row.outcome == outcome
