"""Opens what a server or worker needs, in order, and closes it again in the opposite order."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy import select

from service.desk.webhooks import Deliverer
from service.jobs.jobs import Jobs
from service.settings import ServiceSettings
from service.state import Service
from service.store.database import Database
from service.store.regions import found_region
from service.store.tables import Region

PREFIX = "HYBROOSTER_"


def unknown_settings() -> list[str]:
    """Variables of the environment that look like settings and are none: probably misspelt."""
    known = {f"{PREFIX}{name.upper()}" for name in ServiceSettings.model_fields} | {f"{PREFIX}SETTINGS"}
    return sorted(name for name in os.environ if name.startswith(PREFIX) and name.split("__")[0].upper() not in known)


@contextmanager
def opened(settings: ServiceSettings, *, work: bool) -> Iterator[Service]:
    """A service with its database migrated and its queue running.

    Args:
        work: whether this process does jobs too, rather than only taking them in.
    """
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with Database(settings.database_url) as database:
        database.migrate()
        jobs = Jobs(database, settings)
        jobs.start(work=work)
        service = Service(settings, database, jobs)
        deliverer = Deliverer(database, settings)
        deliverer.start()
        try:
            yield service
        finally:
            deliverer.close()
            service.close()
            jobs.close()


def first_region(database: Database, name: str) -> str:
    """The id of the region there is, the first one; founded when there is none yet."""
    with database.session() as session:
        found = session.scalars(select(Region.id).order_by(Region.created_at).limit(1)).first()
        return found or found_region(session, name).id


def log_lines() -> None:
    """One JSON line per event on standard error; libraries only speak up when something is wrong."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=open(2, "w", closefd=False)),  # noqa: SIM115  standard error
    )
    logging.basicConfig(level=logging.WARNING)
