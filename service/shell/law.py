"""The law report as the shell shows it: as data, and as a table; hours only to readers who may see them."""

from __future__ import annotations

from typing import Any, NamedTuple

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from model import names
from model.access import Reader, ReaderRole, may_see_hours
from model.hours import duration_text
from model.law_report import LawLine, Measure, PersonReport
from model.locale import text
from model.term import Term
from model.timetable import Breach

HOURS_RULES = frozenset(
    {"breaks", "daily_rest", "hours_four_weeks", "hours_per_week", "hours_sixteen_weeks", "shift_length", "weekly_rest"}
)
"""Rules whose breaches say how much somebody works in all."""


class LawView(NamedTuple):
    """A law report and who reads it."""

    report: tuple[PersonReport, ...]
    reader: Reader

    def sees(self, term: Term, professional: str) -> bool:
        """Whether the reader may see how much somebody works."""
        schools = next((each.schools for each in self.report if each.professional == professional), frozenset[str]())
        return may_see_hours(term, self.reader, professional, schools)

    def opens(self, term: Term, breach: Breach) -> bool:
        """Whether the reader may see a breach in full; of one of hours only who is concerned, and by which rule."""
        person = breach.professional
        return breach.rule not in HOURS_RULES or person is None or self.sees(term, person)


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


def breach_sentence(term: Term, breach: Breach, law: LawView, lang: str) -> str:
    """What is wrong, as this reader may read it."""
    if breach.professional is None or law.opens(term, breach):
        return breach.sentence(lang)
    title = text(f"rule.{breach.rule}.title", lang)
    return text("law.withheld", lang, rule=title, person=names.person(term, breach.professional))


def law_facts(term: Term, law: LawView) -> list[dict[str, Any]]:
    """The report as data; minutes and dates only where the reader may see them."""
    return [
        {
            "professional": person.professional,
            "exempt": person.exempt,
            "lines": [
                {"measure": line.measure.value, "board": line.board, "kept": line.margin >= 0, "source": line.source}
                | (_hours(line) if may_see_hours(term, law.reader, person.professional, person.schools) else {})
                for line in person.lines
            ],
        }
        for person in law.report
    ]


def _hours(line: LawLine) -> dict[str, Any]:
    return {
        "minutes": line.value,
        "limit": line.limit,
        "margin": line.margin,
        "first": None if line.first is None else line.first.isoformat(),
        "last": None if line.last is None else line.last.isoformat(),
    }


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
