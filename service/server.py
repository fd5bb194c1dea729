"""The HTTP server around the app: where it listens, and how it ends."""

from __future__ import annotations

import signal
import socket

import uvicorn
from fastapi import FastAPI

from service.settings import ServiceSettings

LEAVING_SECONDS = 5
"""How long open requests may go on once the server is told to end."""

MOST_AT_ONCE = 500
"""Requests at the same time; more are told to come back."""


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens already: who comes before the server does, waits.

    Raises:
        OSError: somebody else listens there, or it may not be done.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(MOST_AT_ONCE)
    except OSError:
        listener.close()
        raise
    return listener


def config_of(app: FastAPI, settings: ServiceSettings) -> uvicorn.Config:
    """How the server serves."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=settings.behind_proxy,
        timeout_graceful_shutdown=LEAVING_SECONDS,
        limit_concurrency=MOST_AT_ONCE,
    )


def run(app: FastAPI, listener: socket.socket, settings: ServiceSettings) -> None:
    """Serve until the process is told to end, and come back then: whoever opened the service closes it."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: None)  # sent once more when the server has ended
    uvicorn.Server(config_of(app, settings)).run(sockets=[listener])
