"""The law report as the shell shows it: as data, and as a table; hours only to readers who may see them."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from model import names
from model.access import Reader, ReaderRole
from model.hours import duration_text
from model.law_report import LawLine, Measure, PersonReport
from model.law_view import LawView
from model.locale import text
from model.term import Term


def reader_of(term: Term, said: str) -> Reader | None:
    """The reader that `employer:works` and the like name; None when there is no such."""
    role, _, ids = said.partition(":")
    known = {
        "admin": frozenset[str](),
        "coordinator": frozenset[str](),
        "employer": frozenset(row.id for row in term.employers),
        "timetabler": frozenset(row.id for row in term.schools),
        "professional": frozenset(row.id for row in term.professionals),
    }.get(role)
    of = frozenset(each for each in ids.split(",") if each)
    if known is None or not of <= known or bool(of) is not bool(known):
        return None
    return Reader(ReaderRole(role), of)


def show_law(console: Console, term: Term, law: LawView, lang: str) -> None:
    """A row for each person who teaches; beneath it where the limits come from."""
    if not law.report:
        return
    measures = [each for each in Measure if any(line.measure is each for person in law.report for line in person.lines)]
    table = Table(box=box.SIMPLE_HEAD, title=text("law.title", lang), title_justify="left", title_style="bold")
    table.add_column(text("law.who", lang))
    for measure in measures:
        table.add_column(text(f"law.measure.{measure.value}", lang))
    hidden = False
    for person in law.report:
        called = names.person(term, person.professional)
        seen = law.sees(term, person.professional)
        hidden |= not seen
        cells = [_cell(person, measure, lang, seen=seen) for measure in measures]
        table.add_row(escape(text("law.exempt", lang, person=called) if person.exempt else called), *cells)
    console.print(table)
    if hidden:
        console.print(text("law.hidden", lang))
    sources = {line.measure: line.source for person in law.report for line in person.lines}
    for measure in measures:
        name = text(f"law.measure.{measure.value}", lang)
        console.print(escape(text("law.sources", lang, measure=name, source=sources[measure])), style="dim")


def _cell(person: PersonReport, measure: Measure, lang: str, *, seen: bool) -> str:
    """The lines of one measure; red where the limit is passed by somebody for whom it holds."""
    shown = []
    for line in person.lines:
        if line.measure is measure:
            said = _said(line, lang) if seen else text("law.kept" if line.margin >= 0 else "law.beyond", lang)
            broken = line.margin < 0 and (not person.exempt or measure is Measure.GUEST)
            shown.append(f"[red]{escape(said)}[/]" if broken else escape(said))
    return "\n".join(shown)


def _said(line: LawLine, lang: str) -> str:
    figures = {"value": duration_text(line.value), "limit": duration_text(line.limit)}
    if line.board is not None:
        return text("law.guest_cell", lang, board=line.board, **figures)
    if line.first is None:
        return text("law.cell", lang, **figures)
    days = [f"{day.day}-{day.month}" for day in dict.fromkeys((line.first, line.last)) if day is not None]
    return text("law.cell_when", lang, when=" – ".join(days), **figures)
