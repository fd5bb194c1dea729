"""What if, from the shell: scenarios compared, release days planned, flexibility priced, promises weighed, a fair split, the record."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import BaseModel

from model.access import Reader
from model.locale import DEFAULT_LANGUAGE, text
from model.results.plots import FORMS
from model.term import Term
from service.shell import console
from service.shell.earlier import NoStartError, start_from_file
from service.shell.interrupt import stoppable
from service.shell.options import (
    AsJson,
    Lang,
    Language,
    OutcomePath,
    ReaderAs,
    TermPath,
    reader_from,
    refuse,
    scenario_from,
    term_from,
    timetable_from,
)
from service.shell.questions import known
from solver.messages import Start

if TYPE_CHECKING:
    from solver.explain.region import Region
    from solver.whatif.variants import Turn

whatif = typer.Typer()
"""Commands, for the shell to take among its own."""

Picture = Annotated[Path | None, typer.Option("--picture", help="Also draw it (.svg or .png).")]
From = Annotated[
    Path | None, typer.Option("--from", metavar="OUTCOME", help="Go on from this earlier outcome of the term.")
]
Each = Annotated[float, typer.Option("--time", min=0.1, help="Most seconds for each scenario.")]
BaseTime = Annotated[float, typer.Option("--base-time", min=0.1, help="Most seconds for the term as it is.")]
Total = Annotated[float, typer.Option("--time", min=1, help="Most seconds for all of it.")]


@whatif.command("compare")
def compare(
    term_path: TermPath,
    scenarios: Annotated[list[Path], typer.Argument(metavar="SCENARIO…", help="Scenarios (.json) of the term.")],
    start_from: From = None,
    each: Each = 10,
    base: BaseTime = 60,
    longer: Annotated[
        float,
        typer.Option(
            "--longer",
            min=0,
            help="Seconds more for those not within --enough yet, then for those that cannot be told from the base.",
        ),
    ] = 0,
    enough: Annotated[
        float, typer.Option("--enough", min=0, max=100, help="Percent from the best at which the next has its turn.")
    ] = 0,
    alone: Annotated[bool, typer.Option("--alone", help="Also what each school could have by itself.")] = False,
    picture: Picture = None,
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Scenarios beside the term as it is: key figures, what is proved of each, what really differs and for whom."""
    from service.shell import whatif_parts as parts  # noqa: PLC0415  loads the solver

    _drawable(picture, lang)
    term = term_from(term_path, as_json=as_json, lang=lang)
    reader = reader_from(term, reader_as, lang)
    applied = [scenario_from(path, term, as_json=as_json, lang=lang) for path in scenarios]
    start = _start(start_from, term, as_json=as_json, lang=lang)
    with stoppable() as stop:
        until = base + each * len(applied) + longer if longer else 0.0
        told = _turns(as_json=as_json, lang=lang)
        how = parts.How(base_seconds=base, seconds=each, until=until, enough=enough / 100, tell=told, stop=stop)
        variants = parts.solve_all(term, applied, how, start)
        schools = parts.alone(variants[0], how) if alone else ()
    answer = parts.comparison(variants, reader, lang, schools)
    _show(answer, parts.compare_lines(answer, lang), as_json=as_json)
    _draw(picture, lambda path: parts.compare_picture(answer, path, lang), lang)


@whatif.command("release")
def release(
    term_path: TermPath,
    outcome_path: OutcomePath,
    employer: Annotated[str, typer.Argument(metavar="EMPLOYER", help="Id of an employer.")],
    best: Annotated[int, typer.Option("--best", min=0, max=10, help="Also the best so many half-days together.")] = 0,
    time: Total = 60,
    picture: Picture = None,
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """What an employer could release, and what each half-day, and each day of the whole team, would bring."""
    from service.shell import whatif_parts as parts  # noqa: PLC0415  loads the solver

    _drawable(picture, lang)
    term = term_from(term_path, as_json=as_json, lang=lang)
    reader, employer = reader_from(term, reader_as, lang), known(term, "employers", employer, lang)
    try:
        parts.allow_employer(reader, employer)
    except parts.ReaderError:
        console.complain(text("whatif_shell.not_yours", lang))
        raise typer.Exit(2) from None
    _, timetable = timetable_from(outcome_path, term, as_json=as_json, lang=lang)
    region = parts.Region(term, timetable)
    answer = parts.told(parts.release_plan(region, employer, seconds=time, best=best), region, reader, lang)
    _show(answer, parts.release_lines(answer, lang), as_json=as_json)
    _draw(picture, lambda path: parts.release_picture(answer, path, lang), lang)


@whatif.command("curve")
def curve(
    term_path: TermPath,
    published: Annotated[
        Path | None,
        typer.Argument(
            metavar="[OUTCOME]", help="The timetable that people were promised; that in the term if left out."
        ),
    ] = None,
    most: Annotated[int, typer.Option("--most", min=0, max=50, help="Up to so many changes.")] = 5,
    each: Each = 5,
    picture: Picture = None,
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """How many lessons stay open if 0, 1, 2 … published lessons may change teacher."""
    from service.shell import whatif_parts as parts  # noqa: PLC0415  loads the solver

    _drawable(picture, lang)
    term = term_from(term_path, as_json=as_json, lang=lang)
    reader = reader_from(term, reader_as, lang)
    if published is not None:
        term = parts.publish(term, timetable_from(published, term, as_json=as_json, lang=lang)[1])
    if not term.published:
        console.complain(text("whatif_shell.nothing_published", lang))
        raise typer.Exit(1)
    with stoppable() as stop:
        how = parts.How(base_seconds=each, seconds=each, tell=_turns(as_json=as_json, lang=lang), stop=stop)
        answer = parts.curve_told(parts.stability_curve(term, most, how), term, reader, lang)
    lines = [answer.sentence, *(f"{row.most:3}  {row.sentence}{_moved(row.moved, lang)}" for row in answer.points)]
    _show(answer, lines, as_json=as_json)
    _draw(picture, lambda path: parts.curve_picture(answer, path, lang), lang)


@whatif.command("fair")
def fair(
    term_path: TermPath,
    among: Annotated[str, typer.Option("--among", help="schools or employers.")] = "schools",
    start_from: From = None,
    each: Each = 5,
    base: BaseTime = 30,
    picture: Picture = None,
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """How fair the split over schools (or employers) can be, and what that costs in lessons."""
    from service.shell import whatif_parts as parts  # noqa: PLC0415  loads the solver

    _drawable(picture, lang)
    if among not in list(parts.Among):
        console.complain(text("whatif_shell.among", lang, value=among, known=", ".join(parts.Among)))
        raise typer.Exit(2)
    term = term_from(term_path, as_json=as_json, lang=lang)
    reader = reader_from(term, reader_as, lang)
    if not parts.may_see_split(reader, parts.Among(among)):
        console.complain(text("whatif_shell.not_all_employers", lang))
        raise typer.Exit(2)
    start = _start(start_from, term, as_json=as_json, lang=lang)
    with stoppable() as stop:
        how = parts.How(base_seconds=base, seconds=each, tell=_turns(as_json=as_json, lang=lang), stop=stop)
        answer = parts.fair_told(parts.fair_split(term, parts.Among(among), how, start), reader, lang)
    _show(answer, [answer.sentence, *(f"  {row.sentence}" for row in answer.points)], as_json=as_json)
    _draw(picture, lambda path: parts.fair_picture(answer, path, lang), lang)


@whatif.command("fragility")
def fragility(
    term_path: TermPath,
    outcome_path: OutcomePath,
    rate: Annotated[
        float, typer.Option("--rate", min=0, max=100, help="Percent of the dates on which somebody is ill.")
    ] = 5,
    time: Total = 90,
    picture: Picture = None,
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """What hangs on one person, who could take over, and what falls over if somebody leaves or is ill for a day."""
    from service.shell import whatif_parts as parts  # noqa: PLC0415  loads the solver

    _drawable(picture, lang)
    region, reader = _region(term_path, outcome_path, reader_as, as_json=as_json, lang=lang)
    found = parts.fragility(region, time)
    answer = parts.fragility_told(found, region, reader, lang, rate=rate / 100, rates=lambda _: rate / 100)
    _show(answer, parts.fragility_lines(answer, lang), as_json=as_json)
    _draw(picture, lambda path: parts.fragility_picture(answer, path, lang), lang)


@whatif.command("recruit")
def recruit(
    term_path: TermPath,
    outcome_path: OutcomePath,
    most: Annotated[int, typer.Option("--most", min=1, max=100, help="So many profiles.")] = 10,
    time: Total = 60,
    vacancies: Annotated[bool, typer.Option("--vacancies", help="Each as a text to publish.")] = False,
    picture: Picture = None,
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Whom to look for: which licence, in which town, free on which half-day, by the lessons they would fill."""
    from service.shell import whatif_parts as parts  # noqa: PLC0415  loads the solver

    _drawable(picture, lang)
    region, reader = _region(term_path, outcome_path, reader_as, as_json=as_json, lang=lang)
    answer = parts.recruit_told(parts.whom_to_recruit(region, time, most), region, reader, lang)
    said = (each.vacancy if vacancies else each.sentence for each in answer.people)
    _show(answer, [answer.sentence, *(f"{place:3}. {each}" for place, each in enumerate(said, 1))], as_json=as_json)
    _draw(picture, lambda path: parts.recruit_picture(answer, path, lang), lang)


@whatif.command("prices")
def prices(
    term_path: TermPath,
    outcome_path: OutcomePath,
    time: Total = 60,
    picture: Picture = None,
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Where to begin: what one unit more of everything would bring, by whose it is; each line really planned anew."""
    from service.shell import whatif_parts as parts  # noqa: PLC0415  loads the solver

    _drawable(picture, lang)
    region, reader = _region(term_path, outcome_path, reader_as, as_json=as_json, lang=lang)
    answer = parts.prices_told(parts.price_list(region, reader, time), region, reader, lang)
    _show(answer, parts.price_lines(answer, lang), as_json=as_json)
    _draw(picture, lambda path: parts.price_picture(answer, path, lang), lang)


# What they have in common


def _region(term_path: Path, outcome_path: Path, said: str, *, as_json: bool, lang: str) -> tuple[Region, Reader]:
    """What is asked about, and for whom; ends the command where a file or the reader cannot be taken."""
    from service.shell import whatif_parts as parts  # noqa: PLC0415  loads the solver

    term = term_from(term_path, as_json=as_json, lang=lang)
    reader = reader_from(term, said, lang)
    _, timetable = timetable_from(outcome_path, term, as_json=as_json, lang=lang)
    return parts.Region(term, timetable), reader


def _moved(people: Iterable[str], lang: str) -> str:
    names = list(people)
    return f" ({text('whatif_shell.moved', lang, people=names)})" if names else ""


def _start(path: Path | None, term: Term, *, as_json: bool, lang: str) -> Start | None:
    """What an earlier outcome leaves; likewise."""
    if path is None:
        return None
    try:
        return start_from_file(path, term)[0]
    except NoStartError as error:
        refuse(error.issues, as_json=as_json, lang=lang)
        raise typer.Exit(error.code) from None


def _turns(*, as_json: bool, lang: str) -> Callable[[Turn], None]:
    """Says whose turn it is."""
    said = {-1}

    def tell(turn: Turn) -> None:
        if not as_json and turn.place not in said:
            said.add(turn.place)
            name = turn.name or text("whatif.base", lang)
            console.complain(text("whatif_shell.turn", lang, place=turn.place + 1, of=turn.of, name=name))

    return tell


def _show(answer: BaseModel, lines: Iterable[str], *, as_json: bool) -> None:
    facts = answer.model_dump(mode="json")
    console.put(json.dumps(facts, ensure_ascii=False, indent=1) if as_json else "\n".join(lines))


def _drawable(path: Path | None, lang: str) -> None:
    """Refuse a picture of a form that cannot be drawn, before anything is solved."""
    if path is not None and path.suffix.lower() not in FORMS:
        console.complain(text("whatif_shell.form", lang, path=str(path), known=", ".join(FORMS)))
        raise typer.Exit(2)


def _draw(path: Path | None, draw: Callable[[Path], None], lang: str) -> None:
    if path is None:
        return
    try:
        draw(path)
    except OSError as error:
        why = {"path": str(path), "reason": error.strerror or str(error)}
        console.complain(text("shell.cannot_write", lang, **why))
        raise typer.Exit(2) from None
    console.complain(text("shell.written", lang, path=str(path)))
