"""Answers about scenarios as lines of a terminal and as pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from rich import box
from rich.markup import escape
from rich.table import Table

from model.fields import HalfDay, Weekday
from model.lessons import Priority
from model.locale import text, word
from model.results.plots import Bar, Panel, Square, bars, matrix, steps
from service.shell import console
from solver.whatif.comparison import Column, Comparison, Shown
from solver.whatif.curve_told import CurveAnswer, FairAnswer
from solver.whatif.fair import Among
from solver.whatif.plan_told import CellRow, PresenceRow, ReleaseAnswer
from solver.whatif.release import State
from solver.whatif.variants import Sure

MOST_ROWS = 12
"""So many differences are named; of more how many there are."""


def _say(message: str, lang: str, **params: object) -> str:
    return text(f"whatif.{message}", lang, **params)


# A comparison


def compare_lines(answer: Comparison, lang: str) -> Iterator[str]:
    """Key figures side by side, then what each scenario is against the base."""
    yield _figures(answer, lang)
    yield f"{answer.columns[0].name}: {answer.columns[0].sentence}"
    for column, against in zip(answer.columns[1:], answer.against, strict=True):
        yield f"{column.name}: {column.sentence} {against.sentence}"
        yield from (f"   {change}" for change in column.changes)
        rows = [f"   {row.called}: {_who(row.before)} → {_who(row.after)}" for row in against.of_lessons]
        yield from rows[:MOST_ROWS]
        if len(rows) > MOST_ROWS:
            yield f"   {text('whatif_shell.more', lang, n=len(rows) - MOST_ROWS)}"
        for key, gains in (("school", against.of_schools), ("employer", against.of_employers)):
            for row in gains:
                said = text(f"whatif_shell.gain_{key}", lang, name=row.name, before=row.before, after=row.after)
                yield f"   {said}"
    yield from (row.sentence for row in answer.alone)


def _who(names: Sequence[str]) -> str:
    return ", ".join(names) or "–"


def _figures(answer: Comparison, lang: str) -> str:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("")
    for column in answer.columns:
        table.add_column(escape(column.name), justify="right")
    for name, cells in _rows(answer, lang):
        table.add_row(escape(name), *(escape(cell) for cell in cells))
    return console.drawn(table)


def _rows(answer: Comparison, lang: str) -> Iterator[tuple[str, list[str]]]:
    """Lines of the table of figures."""
    columns = answer.columns

    def row(name: str, cell: Callable[[Shown], str], **params: object) -> tuple[str, list[str]]:
        cells = ["–" if each.figures is None else cell(each.figures) for each in columns]
        return _say(f"figure.{name}", lang, **params), cells

    yield row("lessons", lambda each: f"{each.filled}/{each.lessons}")
    for priority in (Priority.HIGH, Priority.NORMAL, Priority.LOW):
        if any(each.figures and _of(priority, each.figures) for each in columns):
            yield row(priority.value, partial(_of, priority))
    yield row("classes", lambda each: str(each.classes))
    if any(each.figures and each.figures.pupils for each in columns):
        yield row("pupils", lambda each: str(each.pupils))
    yield row("people", lambda each: str(each.people))
    yield row("share", lambda each: f"{100 * each.least_share:.0f}")
    yield row("travel", lambda each: f"{each.travel_minutes / 60:.0f}")
    if any(each.figures and (each.figures.changed_lessons or each.figures.moved_people) for each in columns):
        yield row("changed", lambda each: str(each.changed_lessons))
        yield row("moved", lambda each: str(each.moved_people))
    employers = [line for each in columns if each.figures for line in each.figures.employers]
    for employer, name in dict.fromkeys((line.employer, line.name) for line in employers):
        yield row("half_days", partial(_employer, employer, "half_days"), employer=name)
        if any(line.euros is not None for line in employers if line.employer == employer):
            yield row("euros", partial(_employer, employer, "euros"), employer=name)
    yield row("law", lambda each: text(f"yesno.{'yes' if all(line.kept for line in each.law) else 'no'}", lang))


def _of(priority: Priority, figures: Shown) -> str:
    return next((f"{each.filled}/{each.lessons}" for each in figures.priorities if each.priority is priority), "")


def _employer(employer: str, field: str, figures: Shown) -> str:
    found = next((getattr(each, field) for each in figures.employers if each.employer == employer), None)
    return "–" if found is None else f"{found:g}"


def compare_picture(answer: Comparison, path: Path, lang: str) -> None:
    """Lessons and value of each variant side by side, with what is proved."""
    sure = {each.scenario: each for each in answer.against}

    def real(column: Column) -> bool:
        found = sure.get(column.scenario or "")
        return found is not None and found.value_sure in (Sure.MORE, Sure.LESS)

    known = [each for each in answer.columns if each.lessons.low is not None and each.value.low is not None]
    panels = [
        Panel(
            text("whatif_shell.lessons", lang),
            text("whatif_shell.lessons_unit", lang),
            [Bar(each.name, float(each.lessons.low or 0), _float(each.lessons.high), real(each)) for each in known],
        ),
        Panel(
            text("whatif_shell.value", lang),
            text("whatif_shell.value_unit", lang),
            [Bar(each.name, float(each.value.low or 0), _float(each.value.high), real(each)) for each in known],
        ),
    ]
    shown = text("whatif_shell.compare_title", lang)
    if any(bar.strong for panel in panels for bar in panel.bars):
        shown = f"{shown} ({text('whatif_shell.real', lang)})"
    bars(panels, shown, path, lang)


def _float(value: int | None) -> float | None:
    return None if value is None else float(value)


# A release plan


def release_lines(answer: ReleaseAnswer, lang: str) -> Iterator[str]:
    """What each half-day brings, person by person, then the team, the best together, presence and margins."""
    yield f"{answer.name}. {answer.sentence}"
    yield ""
    yield _say("release.heading", lang)
    for person in answer.people:
        yield f"  {person.name}"
        for cell in person.cells:
            if cell.state is State.WORKS or cell.state is State.AWAY:
                yield f"    {_when(cell.weekday, cell.half_day, lang)}: {cell.sentence}"
    if answer.team:
        yield ""
        yield _say("release.team", lang)
        yield from (
            f"  {word('weekday', row.weekday.value, lang)} ({row.people}): {row.sentence}" for row in answer.team
        )
    if answer.best is not None:
        yield ""
        yield f"{_say('release.best', lang)}: {answer.best.sentence}"
        yield from (f"  → {change.sentence}" for change in answer.best.changes)
    if answer.presence:
        yield ""
        yield _say("release.presence", lang)
        for row in answer.presence:
            when = _when(row.weekday, row.half_day, lang)
            key = "presence_limited" if row.most is not None else "presence"
            said = {"there": row.at_work - row.away, "at_work": row.at_work, "away": row.away, "most": row.most or 0}
            yield f"  {when}: {text(f'whatif_shell.{key}', lang, **said)}"
    if answer.margins:
        yield ""
        yield _say("release.margins", lang)
        least = sorted(answer.margins, key=lambda each: each.margin)[:MOST_ROWS]
        for margin in least:
            hours = text("whatif_shell.hours", lang, n=round(margin.margin / 60, 1))
            yield f"  {margin.name}: {text(f'law.measure.{margin.measure.value}', lang)}: {hours}"


def _when(weekday: Weekday, half_day: HalfDay | None, lang: str) -> str:
    day = word("weekday", weekday.value, lang)
    return day if half_day is None else f"{day} {word('halfday', half_day.value, lang)}"


def release_picture(answer: ReleaseAnswer, path: Path, lang: str) -> None:
    """People against half-days, with the lessons each brings; below them who is at work at the tightest moment."""
    times = sorted(
        {(cell.weekday, cell.half_day) for person in answer.people for cell in person.cells},
        key=lambda each: (each[0].iso, -1 if each[1] is None else list(HalfDay).index(each[1])),
    )
    most = max((cell.upper or 0 for person in answer.people for cell in person.cells), default=0)
    squares = []
    for person in answer.people:
        mine = {(cell.weekday, cell.half_day): cell for cell in person.cells}
        squares.append([_square(mine.get(time), most, lang) for time in times])
    there = {(row.weekday, row.half_day): row for row in answer.presence}
    names = [person.name for person in answer.people]
    if any(half is not None for _, half in times) and there:
        names.append(_say("release.presence", lang))
        squares.append([_at_work(there.get((day, half)), lang) if half else Square("", None) for day, half in times])
    columns = [_when(day, half, lang).replace(" ", "\n") for day, half in times]
    matrix(names, columns, squares, f"{answer.name}: {_say('release.heading', lang)}", path)


def _square(cell: CellRow | None, most: int, lang: str) -> Square:
    if cell is None or cell.state is State.FREE:
        return Square("·", None)
    if cell.state is not State.WORKS:
        return Square(_say(f"release.mark.{cell.state.value}", lang), None)
    if cell.gain is None or cell.upper is None:
        return Square("?", None)
    said = f"+{cell.gain}" if cell.lower == cell.upper else f"{cell.lower}–{cell.upper}"
    return Square("0" if not cell.upper else said, cell.gain / most if most else 0.0)


def _at_work(row: PresenceRow | None, lang: str) -> Square:
    if row is None:
        return Square("", None)
    key = "at_work" if row.most is None else "at_work_limited"
    said = {"there": row.at_work - row.away, "at_work": row.at_work, "most": row.most or 0}
    return Square(text(f"whatif_shell.{key}", lang, **said), None)


# A curve and a frontier


def curve_picture(answer: CurveAnswer, path: Path, lang: str) -> None:
    """Open lessons by number of changes."""
    points = [
        (float(row.most), _float(row.open.low), float(row.open.high))
        for row in answer.points
        if row.open.high is not None
    ]
    axes = (text("whatif_shell.changes_axis", lang), text("whatif_shell.open_axis", lang))
    steps(points, answer.sentence, axes, path, lang)


def fair_picture(answer: FairAnswer, path: Path, lang: str) -> None:
    """What each school (or employer) has without and with the fairest split."""
    fairest = next((row for row in answer.points if row.value == answer.fairest), answer.base)
    factor = 100.0 if answer.among is Among.SCHOOLS else 1.0
    unit = text(f"whatif_shell.{answer.among.value}_unit", lang)
    panels = [
        Panel(
            title,
            unit,
            [Bar(name, round(factor * share, 1), round(factor * share, 1)) for name, share in row.shares.items()],
        )
        for title, row in ((_say("base", lang), answer.base), (text("whatif_shell.fairest", lang), fairest))
    ]
    bars(panels, answer.sentence, path, lang)
