"""The commands that keep running: `serve` and `worker`."""

from __future__ import annotations

import signal
import socket
from pathlib import Path
from threading import Event
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from model.locale import DEFAULT_LANGUAGE, text
from service.settings import ServiceSettings
from service.shell import console
from service.shell.options import Lang, Language

serving = typer.Typer()
"""Commands, for the shell to take among its own."""


@serving.command()
def serve(
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Port; 0 for any that is free.")] = None,
    data: Annotated[Path | None, typer.Option("--data", help="Folder in which everything is kept.")] = None,
    worker: Annotated[bool, typer.Option("--worker/--no-worker", help="Whether jobs are done here too.")] = True,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Start the service on this machine, and print a link that lets you in once."""
    settings = _settings(lang, port=port, data=data)
    from service import opening  # noqa: PLC0415  it loads what no other command needs
    from service.access.embedded import embedded_link  # noqa: PLC0415  likewise
    from service.app import create_app  # noqa: PLC0415  likewise
    from service.server import listening, run  # noqa: PLC0415  likewise

    opening.log_lines()
    try:
        listener = listening(settings.host, settings.port)
    except OSError as error:
        console.complain(text("serving.no_port", lang, port=str(settings.port), reason=error.strerror or str(error)))
        raise typer.Exit(2) from None
    settings = settings.model_copy(update={"port": _port(listener)})
    with opening.opened(settings, work=worker) as service:
        region = opening.first_region(service.database, text("serving.region", lang))
        console.put(text("serving.running", lang, address=settings.address))
        if settings.local:
            console.put(text("serving.link", lang, link=embedded_link(service.database, settings, region)))
        console.put(text("serving.stop", lang))
        run(create_app(service), listener, settings)


@serving.command("worker")
def work(
    database: Annotated[
        str | None, typer.Option("--database", metavar="URL", help="The PostgreSQL database of the service.")
    ] = None,
    data: Annotated[Path | None, typer.Option("--data", help="Folder for what this machine keeps.")] = None,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Do jobs of a service that runs on another machine, until it is stopped."""
    settings = _settings(lang, database=database, data=data)
    from service import opening  # noqa: PLC0415  it loads what no other command needs

    opening.log_lines()
    stop = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    with opening.opened(settings, work=True):
        console.put(text("serving.working", lang))
        stop.wait()


def _port(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port


def _settings(lang: str, **said: Any) -> ServiceSettings:
    """The settings; ends the command where one is unknown or impossible, with its name and never its value."""
    from service.opening import unknown_settings  # noqa: PLC0415  it loads what no other command needs

    for name in (unknown := unknown_settings()):
        console.complain(text("serving.unknown_setting", lang, name=name))
    try:
        settings = ServiceSettings(**{name: value for name, value in said.items() if value is not None})
    except ValidationError as error:
        for each in error.errors(include_input=False, include_url=False, include_context=False):
            name = ".".join(map(str, each["loc"])) or "–"
            console.complain(text("serving.bad_setting", lang, name=name, reason=each["msg"]))
        raise typer.Exit(2) from None
    if unknown:
        raise typer.Exit(2)
    return settings
