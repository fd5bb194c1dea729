"""Commands for whoever keeps the data: `backup`, `restore` and `upkeep`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from model.locale import DEFAULT_LANGUAGE, text
from service.settings import ServiceSettings
from service.shell import console
from service.shell.options import AsJson, Lang, Language
from service.shell.serving import settings_from
from service.store.care.refused import CareError

if TYPE_CHECKING:
    from service.store.care.backup import Made
    from service.store.care.retention import Upkeep
    from service.store.database import Database

upkeeping = typer.Typer()
"""Commands, for the shell to take among its own."""

Data = Annotated[Path | None, typer.Option("--data", help="Folder in which everything is kept.")]
Url = Annotated[str | None, typer.Option("--database", metavar="URL", help="The PostgreSQL database of the service.")]


@upkeeping.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup to write; replaced when it is there.")],
    data: Data = None,
    database: Url = None,
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Write everything that is kept to one file, while the service runs. It holds personal data: keep it safe."""
    from service.store.care.backup import backup as write_backup  # noqa: PLC0415  it loads what no other command needs

    with _opened(settings_from(lang, data=data, database=database), lang, as_json=as_json) as opened:
        made = write_backup(opened, file)
    _told("upkeep.backed_up", made, lang, as_json=as_json)


@upkeeping.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup that `backup` wrote.")],
    data: Data = None,
    database: Url = None,
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Fill a new, empty service with a backup, before it is started for the first time."""
    from service.store.care.restore import restore as read_backup  # noqa: PLC0415  it loads what no other command needs

    with _opened(settings_from(lang, data=data, database=database), lang, as_json=as_json, new=True) as opened:
        made = read_backup(opened, file)
    _told("upkeep.restored", made, lang, as_json=as_json)


@upkeeping.command()
def upkeep(
    data: Data = None,
    database: Url = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be deleted.")] = False,
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Delete what was kept long enough: terms that are over, old sessions, tokens and log rows. To be run once a day."""
    from service.store.care.retention import upkeep as keep_up  # noqa: PLC0415  it loads what no other command needs

    with _opened(settings_from(lang, data=data, database=database), lang, as_json=as_json) as opened:
        done = keep_up(opened, dry=dry_run)
    if as_json:
        terms = [{"document": each.document, "region": each.region, "end": each.end.isoformat()} for each in done.terms]
        console.put(json.dumps({"dry_run": dry_run, "terms": terms, "rows": done.rows}, indent=1))
    else:
        for line in _lines(done, lang, dry=dry_run):
            console.put(line)


def _lines(done: Upkeep, lang: str, *, dry: bool) -> Iterator[str]:
    yield text("upkeep.would" if dry else "upkeep.did", lang)
    for each in done.terms:
        yield "  " + text("upkeep.term_over", lang, name=each.name or each.document, end=each.end, until=each.until)
    for table, count in done.rows.items():
        if count:
            yield "  " + text(f"upkeep.rows.{table}", lang, n=count)
    if not any(done.rows.values()):
        yield "  " + text("upkeep.nothing", lang)


def _told(message: str, made: Made, lang: str, *, as_json: bool) -> None:
    if as_json:
        facts = {"file": str(made.path), "made_at": made.made_at.isoformat(), "bytes": made.bytes, "rows": made.rows}
        console.put(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    megabytes = round(made.bytes / 1024 / 1024, 1)
    params = {"path": str(made.path), "n": sum(made.rows.values()), "megabytes": megabytes}
    console.put(text(message, lang, **params, date=made.made_at.date()))
    console.put(text(f"{message}_more", lang))


@contextmanager
def _opened(settings: ServiceSettings, lang: str, *, as_json: bool, new: bool = False) -> Iterator[Database]:
    """The database of a service; ends the command, with words, where there is none or something is refused.

    Args:
        new: make it, where there is none.
    """
    from sqlalchemy.exc import ArgumentError, OperationalError  # noqa: PLC0415  it loads what no other command needs

    try:
        with _database(settings, new=new) as database:
            yield database
    except CareError as error:
        _refuse(error, lang, as_json=as_json)
    except (ArgumentError, OperationalError):
        _refuse(CareError("no_connection"), lang, as_json=as_json)
    except OSError as error:
        reason = error.strerror or str(error)
        _refuse(CareError("no_file", path=error.filename or "", reason=reason), lang, as_json=as_json)


@contextmanager
def _database(settings: ServiceSettings, *, new: bool) -> Iterator[Database]:
    from service.store.database import Database  # noqa: PLC0415  it loads what no other command needs

    if new:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    elif settings.database is None and not (settings.data / "hybrooster.sqlite").exists():
        raise CareError("no_database", folder=str(settings.data))
    with Database(settings.database_url) as database:
        if new:
            database.migrate()
        elif not database.is_current():
            raise CareError("not_current")
        yield database


def _refuse(error: CareError, lang: str, *, as_json: bool) -> NoReturn:
    if as_json:
        facts = {"code": error.code, "sentence": error.sentence(lang), "maybe": error.hint(lang)}
        console.put(json.dumps({"issues": [facts]}, ensure_ascii=False, indent=1))
    else:
        console.complain(error.sentence(lang))
        console.complain(error.hint(lang))
    raise typer.Exit(2)
