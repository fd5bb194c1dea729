"""The commands that keep running: `serve` and `worker`."""

from __future__ import annotations

import os
import re
import signal
import socket
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError

from model.locale import DEFAULT_LANGUAGE, text
from service.settings import FILE, ServiceSettings
from service.shell import console
from service.shell.options import Lang, Language

if TYPE_CHECKING:
    from service.state import Service

LOOK_SECONDS = 0.5
"""How often a worker looks whether it was told to end."""

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
    settings = settings_from(lang, port=port, data=data)
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
    with closing(listener), _opened(settings, lang, work=worker) as service:
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
    settings = settings_from(lang, database=database, data=data)
    from service import opening  # noqa: PLC0415  it loads what no other command needs

    opening.log_lines()
    stop = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    with _opened(settings, lang, work=True):
        console.put(text("serving.working", lang))
        while not stop.wait(LOOK_SECONDS):
            pass  # a signal that another thread got is only seen by this one when it wakes up


def _port(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port


@contextmanager
def _opened(settings: ServiceSettings, lang: str, *, work: bool) -> Iterator[Service]:
    """The service; ends the command where its database cannot be opened. What the driver says may hold a password."""
    from alembic.util import CommandError  # noqa: PLC0415  likewise
    from sqlalchemy.exc import OperationalError, SQLAlchemyError  # noqa: PLC0415  likewise

    from service import opening  # noqa: PLC0415  likewise

    if not _is_address(settings.database_url):
        _no_database("address", lang)
    with ExitStack() as stack:
        try:
            service = stack.enter_context(opening.opened(settings, work=work))
        except OperationalError:
            _no_database("silent", lang)
        except (SQLAlchemyError, CommandError):
            _no_database("wrong", lang)
        yield service


def _is_address(url: str) -> bool:
    from sqlalchemy import make_url  # noqa: PLC0415  likewise
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415  likewise

    try:
        return make_url(url).get_backend_name() in ("sqlite", "postgresql", "postgres")
    except (ArgumentError, ValueError):
        return False


def _no_database(why: str, lang: str) -> NoReturn:
    console.complain(text("serving.no_database", lang, reason=text(f"serving.database.{why}", lang)))
    raise typer.Exit(2) from None


def settings_from(lang: str, **said: Any) -> ServiceSettings:
    """The settings; ends the command where one is unknown or impossible, with its name and never its value."""
    from service.opening import unknown_settings  # noqa: PLC0415  it loads what no other command needs

    for name in (unknown := unknown_settings()):
        console.complain(text("serving.unknown_setting", lang, name=name))
    _file_of_settings(lang)
    try:
        settings = ServiceSettings(**{name: value for name, value in said.items() if value is not None})
    except ValidationError as error:
        for each in error.errors(include_input=False, include_url=False, include_context=False):
            name = ".".join(map(str, each["loc"])) or "–"
            console.complain(text("serving.bad_setting", lang, name=name, reason=each["msg"]))
        raise typer.Exit(2) from None
    except SettingsError as error:  # says which, and nothing of its value
        named = re.search(r'field "(\w+)"', str(error))
        reason = text("serving.not_json", lang)
        console.complain(text("serving.bad_setting", lang, name=named[1] if named else "–", reason=reason))
        raise typer.Exit(2) from None
    if unknown:
        raise typer.Exit(2)
    return settings


def _file_of_settings(lang: str) -> None:
    """Refuse a file of settings that is not there, or that is no TOML."""
    named = os.environ.get(FILE)
    if not named:
        return
    try:
        tomllib.loads(Path(named).read_text("utf-8"))
    except OSError as error:
        reason = error.strerror or type(error).__name__
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        reason = str(error)
    else:
        return
    console.complain(text("serving.no_settings", lang, name=FILE, reason=reason))
    raise typer.Exit(2)
