"""What the shell prints. Results go to standard output, progress and problems to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from model.files import LoadedTimetable
from model.files.holidays import Filled
from model.issues import Issue, Severity
from model.judge import Verdict
from model.law_view import LawView, breach_sentence, law_facts
from model.locale import text
from model.record import law_set, record_lines, rules_off, waived_breaches
from model.results import SchoolRows, school_rows
from model.term import Term
from model.timetable import FairnessPrice, Outcome, RuleValue, Status, TierValue, gap_to_say
from service.shapes import issue_shapes
from service.shell.law import show_law
from solver.run import Progress

_PIPE_WIDTH = 160
"""Columns where output goes to a file: wide enough for a timetable line."""


def _console(*, err: bool = False) -> Console:
    stream = sys.stderr if err else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else _PIPE_WIDTH, highlight=False, soft_wrap=False)


def put(line: str) -> None:
    """Print as it is."""
    sys.stdout.write(line + "\n")


def drawn(table: Table) -> str:
    """A table as lines of text."""
    console = _console()
    with console.capture() as lines:
        console.print(table)
    return lines.get().rstrip("\n")


def complain(line: str) -> None:
    """Say what went wrong."""
    sys.stderr.write(line + "\n")


# Progress


def progress(lang: str) -> Callable[[Progress], None]:
    """Shows value, bound and gap: one line that renews itself on a terminal, plain lines elsewhere."""
    terminal = sys.stderr.isatty()
    shown: list[str] = [""]

    def show(now: Progress) -> None:
        gap = (
            text("shell.no_gap", lang) if now.gap is None else text("shell.gap", lang, percent=_percent(now.gap, lang))
        )
        value = "–" if now.value is None else text("shell.number", lang, n=now.value)
        bound = "–" if now.bound is None else text("shell.number", lang, n=now.bound)
        line = text("shell.progress", lang, value=value, bound=bound, gap=gap)
        if line == shown[0]:
            return
        shown[0] = line
        seconds = f"{now.seconds:6.1f} s  "
        sys.stderr.write(f"\r\x1b[K{seconds}{line}" if terminal else f"{seconds}{line}\n")
        sys.stderr.flush()

    return show


def end_progress() -> None:
    """Leave the line that renews itself."""
    if sys.stderr.isatty():
        sys.stderr.write("\n")


def _percent(share: float, lang: str) -> str:
    return text("shell.percent", lang, n=round(100 * gap_to_say(share), 2))


# Problems


def issue_facts(issues: Iterable[Issue], lang: str) -> list[dict[str, Any]]:
    """Problems as data, with their sentences."""
    return [each.model_dump() for each in issue_shapes(issues, lang)]


def show_issues(issues: Sequence[Issue], lang: str) -> None:
    """Every problem: where, what, and what was perhaps meant; errors first."""
    console = _console(err=True)
    for issue in sorted(issues, key=lambda each: each.severity is not Severity.ERROR):
        colour = "red" if issue.severity is Severity.ERROR else "yellow"
        label = text(f"shell.{issue.severity.value}", lang)
        where = issue.where()
        console.print(f"[{colour}]{label}[/] {escape(where)}{': ' if where else ''}{escape(issue.sentence(lang))}")
        console.print(f"   {escape(issue.hint(lang))}", style="dim")
    if issues:
        errors = sum(issue.severity is Severity.ERROR for issue in issues)
        console.print(text("shell.issue_count", lang, errors=errors, warnings=len(issues) - errors))


def show_size(term: Term, lang: str) -> None:
    """How much is in a term."""
    counts = {"professionals": len(term.professionals), "employers": len(term.employers), "schools": len(term.schools)}
    put(text("shell.size", lang, lessons=len(term.lessons), courses=len(term.courses), **counts))


# Results


def show_outcome(term: Term, outcome: Outcome, lang: str) -> None:
    """Timetable per school, open lessons with reasons, the ledger, and how sure it is."""
    end_progress()
    console = _console()
    unknown = outcome.status is Status.GAVE_UP  # then that every lesson is open says nothing
    schools = [] if unknown else school_rows(term, outcome, lang)
    for school in schools:
        _show_school(console, school, lang)
    if lines := [line for school in schools for line in _open_lines(school, lang)]:
        console.print("\n".join(lines))  # at once, which is much faster than line by line
    _show_ledger(console, outcome.tiers, outcome.rules, lang)
    if outcome.fairness is not None:
        _show_fairness(console, outcome, outcome.fairness, lang)
    _show_record(console, record_lines(term, outcome.waived, outcome.idle_waivers, outcome.rules_off, lang))
    console.print()
    console.print(f"[bold]{escape(headline(outcome, lang))}[/]")


def headline(outcome: Outcome, lang: str) -> str:
    """The answer in one or two sentences: how many lessons, and how sure."""
    status = text(f"shell.status.{outcome.status.value}", lang)
    if outcome.value is None:
        if outcome.out_of_memory:
            return text("shell.status.gave_up_memory", lang)
        return text("shell.status.gave_up_stopped", lang) if outcome.stopped else status
    lessons = text("shell.filled", lang, filled=outcome.lessons.filled, total=outcome.lessons.total)
    if outcome.gap:
        status = text("shell.status.found_within", lang, percent=_percent(outcome.gap, lang))
    to_win = outcome.lessons.to_win
    if outcome.status is Status.FOUND and to_win is not None:
        status = f"{text('shell.to_win' if to_win else 'shell.none_to_win', lang, n=to_win)} {status}"
    if outcome.out_of_memory and outcome.status is not Status.PROVED_BEST:
        status = f"{status} {text('shell.out_of_memory', lang)}"
    if outcome.stopped and outcome.status is not Status.PROVED_BEST:
        status = f"{status} {text('shell.stopped', lang)}"
    return f"{lessons} {status} ({text('shell.seconds', lang, n=round(outcome.seconds, 1))})"


def _show_school(console: Console, school: SchoolRows, lang: str) -> None:
    table = Table(
        box=box.SIMPLE_HEAD,
        title=escape(f"{school.name}, {school.town}".rstrip(", ")),
        title_justify="left",
        title_style="bold",
    )
    for column in ("day", "time", "lesson", "who", "room", "weeks"):
        table.add_column(text(f"shell.column.{column}", lang))
    for row in school.lessons:
        cells = (row.day, row.time, f"{row.what} ({row.lesson})", row.who, row.room, row.weeks)
        table.add_row(*(escape(cell) for cell in cells), style="red" if row.open else None)
    console.print(table)


def _open_lines(school: SchoolRows, lang: str) -> Iterator[str]:
    """Open lessons of a school, with reasons."""
    label = text("shell.open", lang)
    for row in school.open:
        yield f"[bold red]{label}[/] {escape(f'{row.school}: {row.what}, {row.day} {row.time} ({row.lesson})')}"
        yield from (f"   – {escape(reason)}" for reason in row.reasons)


def _show_ledger(console: Console, tiers: Sequence[TierValue], rules: Sequence[RuleValue], lang: str) -> None:
    if not rules:
        return
    table = Table(box=box.SIMPLE_HEAD, title=text("shell.ledger", lang), title_justify="left", title_style="bold")
    table.add_column("")
    table.add_column(text("shell.points", lang), justify="right")
    for tier in tiers:
        table.add_row(text(f"tier.{tier.tier.value}", lang), text("shell.number", lang, n=tier.value), style="bold")
        for rule in rules:
            if rule.tier is tier.tier:
                title = text(f"rule.{rule.rule}.title", lang)
                table.add_row(f"  {title}", text("shell.number", lang, n=rule.value))
    console.print(table)


def _show_fairness(console: Console, outcome: Outcome, fairness: FairnessPrice, lang: str) -> None:
    """What each other tier is worth without fairness, and what the fair timetable gives up in it."""
    table = Table(box=box.SIMPLE_HEAD, title=text("shell.fairness", lang), title_justify="left", title_style="bold")
    table.add_column("")
    for column in ("without", "price"):
        table.add_column(text(f"shell.{column}", lang), justify="right")
    for row in fairness.tiers:
        numbers = [text("shell.number", lang, n=each) for each in (row.without, row.price)]
        table.add_row(text(f"tier.{row.tier.value}", lang), *numbers)
    console.print(table)
    sure = "proved" if fairness.proved else "unproved"
    gain = fairness.fairness - fairness.fairness_without
    lost = fairness.lessons_filled - outcome.lessons.filled
    said = text(f"shell.fairness_{sure}", lang, price=fairness.price, gain=gain, lessons=lost)
    console.print(escape(said))


def _show_record(console: Console, lines: Iterable[str]) -> None:
    for line in lines:
        console.print(f"[yellow]{escape(line)}[/]")


def show_written(paths: Iterable[Path], lang: str) -> None:
    """Which files were written."""
    for path in paths:
        put(text("shell.written", lang, path=str(path)))


def show_holidays(filled: Filled, issues: Sequence[Issue], path: Path, lang: str, *, as_json: bool) -> None:
    """Which holidays were added to which school, and what schools keep of their own."""
    if as_json:
        added = [row.model_dump(mode="json") for row in filled.added]
        facts = {"written": [str(path)], "added": added, "issues": issue_facts(issues, lang)}
        put(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    show_issues(issues, lang)
    for row in filled.added:
        school = filled.term.school(row.school or "").name
        put(text("holidays.added", lang, school=school, name=row.name, first=row.start, last=row.end))
    count = len(filled.added)
    put(text("holidays.count" if count else "holidays.none", lang, count=count))
    show_written([path], lang)


# A judged timetable


def verdict_facts(term: Term, read: LoadedTimetable, verdict: Verdict, law: LawView, lang: str) -> dict[str, Any]:
    """The judge's verdict and the law report as data."""
    return {
        "value": verdict.value,
        "breaches": [
            {
                "rule": breach.rule,
                "sentence": breach_sentence(term, breach, law, lang),
                "size": breach.size if law.opens(term, breach) else None,
                "unit": breach.unit,
                "professional": breach.professional,
                "lesson": breach.lesson,
                "school": breach.school,
                "employer": breach.employer,
                "when": None if breach.when is None else breach.when.isoformat(),
            }
            for breach in verdict.breaches
        ],
        "waived": [each.model_dump(mode="json") for each in waived_breaches(verdict, lang)],
        "idle_waivers": [row.id for row in verdict.idle_waivers],
        "rules_off": [each.model_dump(mode="json") for each in rules_off(term)],
        "law_set": [each.model_dump(mode="json") for each in law_set(term)],
        "tiers": [tier.model_dump(mode="json") for tier in verdict.tiers],
        "rules": [rule.model_dump(mode="json") for rule in verdict.rules],
        "law": law_facts(term, law),
        "issues": issue_facts(read.issues, lang),
    }


def show_verdict(term: Term, read: LoadedTimetable, verdict: Verdict, law: LawView, lang: str) -> None:
    """Every breach, the ledger, the law report, and the value."""
    show_issues(read.issues, lang)
    console = _console()
    for breach in verdict.breaches:
        title = text(f"rule.{breach.rule}.title", lang)
        console.print(f"[bold red]{escape(title)}[/]: {escape(breach_sentence(term, breach, law, lang))}")
    _show_ledger(console, verdict.tiers, verdict.rules, lang)
    show_law(console, term, law, lang)
    waived, idle = waived_breaches(verdict, lang), [row.id for row in verdict.idle_waivers]
    _show_record(console, record_lines(term, waived, idle, rules_off(term), lang))
    key = "shell.breaches" if verdict.breaches else "shell.only_waived" if waived else "shell.no_breaches"
    count = len(verdict.breaches) or len(waived)
    console.print(f"[bold]{text(key, lang, n=count, value=verdict.value)}[/]")


def show_rules(facts: Iterable[dict[str, Any]], lang: str) -> None:
    """The rules with kind, parameters and source."""
    table = Table(box=box.SIMPLE_HEAD)
    for column in ("rule", "title", "kind", "parameters", "source"):
        table.add_column(text(f"shell.column.{column}", lang))
    for rule in facts:
        parameters = "\n".join(f"{each['name']} = {each['default']} {each['unit']}" for each in rule["parameters"])
        kind = text(f"shell.kind.{rule['kind']}", lang)
        table.add_row(*(escape(cell) for cell in (rule["name"], rule["title"], kind, parameters, rule["source"])))
    _console().print(table)
