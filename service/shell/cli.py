"""The shell: the same functions as everywhere, from a command line.

Exit codes: 0 a timetable or a valid file; 1 no timetable, breaches or errors in the file; 2 usage or unreadable input.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from benchmarks.family import Family
from benchmarks.generator import generate as generate_term
from benchmarks.recipes import Profile
from benchmarks.rows import UnreadableError
from model.describe import rule_facts
from model.files import json_schema, read_term, write_template, write_term
from model.files.holidays import Region, add_holidays, read_holidays
from model.judge import judge
from model.law_report import law_report
from model.law_view import LawView
from model.locale import DEFAULT_LANGUAGE, text
from model.results import write_results
from model.rules import RULES
from model.term import Term
from model.timetable import Outcome, Status
from service.shell import console
from service.shell.earlier import NoStartError, keep_beside, start_from_file
from service.shell.interrupt import stoppable
from service.shell.options import (
    AsJson,
    Lang,
    Language,
    OutcomePath,
    ReaderAs,
    TermPath,
    load_code,
    reader_from,
    refuse,
    term_from,
    timetable_from,
)
from service.shell.questions import questions
from service.shell.record import recheck, record
from service.shell.serving import serving
from service.shell.shortages import shortages
from service.shell.upkeep import upkeeping
from service.shell.whatif import whatif
from solver.fairness import price_of_fairness
from solver.memory import Memory
from solver.messages import Start
from solver.solve import How, Session
from solver.solve import solve as solve_term

EXAMPLES = Path(__file__).parents[2] / "examples"

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Timetables for hybrid teachers."
)
app.add_typer(questions)
app.add_typer(whatif)
app.add_typer(serving)
app.add_typer(upkeeping)
app.command()(shortages)
app.command()(record)
app.command()(recheck)


Seconds = Annotated[float, typer.Option("--time", min=0.1, help="Seconds to solve.")]


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")] = Path("hybrooster-demo"),
    time: Seconds = 60,
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Solve the demo region around Eindhoven and write workbook, calendars and picture."""
    term = term_from(EXAMPLES / "eindhoven" / "eindhoven.xlsx", as_json=as_json, lang=lang)
    outcome = solve_term(term, seconds=time, progress=None if as_json else console.progress(lang), lang=lang)
    out.mkdir(parents=True, exist_ok=True)
    _deliver(
        term,
        outcome,
        lang,
        as_json=as_json,
        out=out / "outcome.json",
        xlsx=out / "timetables.xlsx",
        ics=out / "calendars",
        picture=out / "region.svg",
    )


@app.command()
def validate(term_path: TermPath, as_json: AsJson = False, lang: Lang = Language(DEFAULT_LANGUAGE)) -> None:
    """Read a term and name every problem in it."""
    loaded = read_term(term_path)
    if as_json:
        console.put(
            json.dumps(
                {"valid": loaded.term is not None, "issues": console.issue_facts(loaded.issues, lang)},
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        console.show_issues(loaded.issues, lang)
        if loaded.term is not None:
            console.show_size(loaded.term, lang)
    raise typer.Exit(load_code(loaded))


@app.command()
def solve(
    term_path: TermPath,
    time: Seconds = 60,
    out: Annotated[Path | None, typer.Option("--out", help="Write the whole outcome as JSON.")] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Write the timetables as a workbook.")] = None,
    ics: Annotated[Path | None, typer.Option("--ics", help="Write a calendar per professional to this folder.")] = None,
    picture: Annotated[Path | None, typer.Option("--picture", help="Write a picture of the region (SVG).")] = None,
    picture_of: Annotated[
        str | None, typer.Option("--of", help="Draw the week of this school or professional (id) instead.")
    ] = None,
    deterministic: Annotated[
        bool, typer.Option("--deterministic", help="Repeat exactly: one worker, no wall time.")
    ] = False,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Random seed.")] = 0,
    megabytes: Annotated[
        int | None,
        typer.Option(
            "--memory",
            min=300,
            metavar="MB",
            help="Most memory for all its processes together (Linux); when it is used up, the best so far counts.",
        ),
    ] = None,
    start_from: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="OUTCOME",
            help="Go on from this earlier outcome, of this term or of one that changed since: less time for the same.",
        ),
    ] = None,
    price_fairness: Annotated[
        bool, typer.Option("--price-of-fairness", help="Solve once more without fairness, and say what it costs.")
    ] = False,
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Make the best timetable of a term."""
    term = term_from(term_path, as_json=as_json, lang=lang)
    if picture_of not in {None, *(row.id for row in term.schools), *(row.id for row in term.professionals)}:
        console.complain(text("shell.nobody", lang, value=picture_of))
        raise typer.Exit(2)
    start = Start() if start_from is None else _start(start_from, term, as_json=as_json, lang=lang)
    progress = None if as_json else console.progress(lang)
    with stoppable() as stop:
        how = How(
            seconds=time, seed=seed, deterministic=deterministic, megabytes=megabytes, progress=progress, stop=stop
        )
        with Session() as session:
            goes_on: How = {**how, "start": start, "lang": lang}
            outcome = session.solve(term, remember=out is not None, **goes_on)
            memory = session.memory
        if price_fairness:
            price = price_of_fairness(term, outcome, **how)
            outcome = outcome.model_copy(update={"fairness": price})
            if price is None:
                console.complain(text("shell.no_price", lang))
        files: dict[str, Any] = {"xlsx": xlsx, "ics": ics, "picture": picture, "picture_of": picture_of}
        _deliver(term, outcome, lang, as_json=as_json, out=out, memory=memory, **files)


@app.command()
def check(
    term_path: TermPath,
    outcome_path: OutcomePath,
    reader_as: ReaderAs = "admin",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Judge a timetable, also a hand-made one: every breach, what it is worth, and how close people come to the law."""
    term = term_from(term_path, as_json=as_json, lang=lang)
    reader = reader_from(term, reader_as, lang)
    read, timetable = timetable_from(outcome_path, term, as_json=as_json, lang=lang)
    verdict, law = judge(term, timetable), LawView(law_report(term, timetable), reader)
    if as_json:
        facts = console.verdict_facts(term, read, verdict, law, lang)
        console.put(json.dumps(facts, ensure_ascii=False, indent=1))
    else:
        console.show_verdict(term, read, verdict, law, lang)
    raise typer.Exit(1 if verdict.breaches else 0)


@app.command()
def template(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="The workbook to write.")],
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Write an empty workbook with explanations and drop-down lists."""
    try:
        write_template(out, lang)
    except OSError as error:
        _cannot_write(error, lang)
    if as_json:
        console.put(json.dumps({"written": [str(out)]}, ensure_ascii=False))
    else:
        console.show_written([out], lang)


@app.command()
def schema(as_json: AsJson = True, lang: Lang = Language(DEFAULT_LANGUAGE)) -> None:  # noqa: ARG001  options all commands have
    """Print the JSON Schema of a term (in English, always JSON)."""
    console.put(json.dumps(json_schema(), indent=1, ensure_ascii=False))


@app.command()
def rules(as_json: AsJson = False, lang: Lang = Language(DEFAULT_LANGUAGE)) -> None:
    """List the rules with their parameters and sources."""
    facts = [rule_facts(rule, lang) for rule in RULES]
    if as_json:
        console.put(json.dumps(facts, ensure_ascii=False, indent=1))
    else:
        console.show_rules(facts, lang)


@app.command()
def bench(
    family: Annotated[Family, typer.Option("--family", help="Which benchmark to run.")] = Family.GENERATED,
    peers: Annotated[str | None, typer.Option("--peers", help="Who solves, with commas; all when left out.")] = None,
    sizes: Annotated[str | None, typer.Option("--sizes", help="Sizes, with commas.")] = None,
    profiles: Annotated[str | None, typer.Option("--profiles", help="Profiles of regions, with commas.")] = None,
    seeds: Annotated[str | None, typer.Option("--seeds", help="Seeds, with commas.")] = None,
    data: Annotated[Path | None, typer.Option("--data", help="Folder with the public data of the family.")] = None,
    release: Annotated[str | None, typer.Option("--release", help="Name the runs are recorded under.")] = None,
    results: Annotated[Path | None, typer.Option("--results", help="Folder of the records.")] = None,
    time: Seconds = 60,
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Measure who solves what how well, or compare with what was published; runs on record are not done again."""
    from benchmarks import campaign, real_school  # noqa: PLC0415  they load all solvers

    options = {"peers": peers, "sizes": sizes, "profiles": profiles, "seeds": seeds, "release": release}
    try:
        if family is Family.REAL_SCHOOL and data is not None:
            report = real_school.run(data, time)
            console.put(report.model_dump_json(indent=1) if as_json else "\n".join(report.lines(lang)))
            raise typer.Exit(0 if report.passed else 1)
        asked = campaign.campaign(family, seconds=time, data=data, results=results, **options)
    except (campaign.ChoiceError, UnreadableError) as error:
        console.complain(error.sentence(lang))
        raise typer.Exit(2) from None
    except OSError as error:
        why = {"path": error.filename or str(data), "reason": error.strerror or str(error)}
        console.complain(text("bench_runner.cannot_read", lang, **why))
        raise typer.Exit(2) from None
    try:
        runs = asked.run(lang, console.complain)
    except OSError as error:
        _cannot_write(error, lang)
    if as_json:
        console.put(json.dumps([run.model_dump(mode="json") for run in runs], indent=1))
    raise typer.Exit(campaign.worst(runs))


@app.command()
def generate(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A .json, an .xlsx, or a folder for CSV files.")],
    professionals: Annotated[int, typer.Option("--professionals", min=1, max=10000, help="How many people.")],
    seed: Annotated[int, typer.Option("--seed", min=0, help="Another seed, another region.")] = 1,
    profile: Annotated[Profile, typer.Option("--profile", help="How much there is of what.")] = Profile.BALANCED,
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Write a made-up region as a term: the same options give the same bytes."""
    if out.suffix.lower() not in ("", ".json", ".xlsx"):
        console.complain(text("bench_runner.form", lang, path=str(out)))
        raise typer.Exit(2)
    term = generate_term(professionals, seed, profile)
    size = {name: len(term.rows(name)) for name in ("professionals", "courses", "lessons")}
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_term(term, out, lang)
    except OSError as error:
        _cannot_write(error, lang)
    said = text("bench_runner.generated", lang, path=str(out), **size)
    console.put(json.dumps({"written": [str(out)], **size}, ensure_ascii=False) if as_json else said)


@app.command()
def holidays(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="School holidays as rijksoverheid.nl gives them (JSON).")
    ],
    term_path: TermPath,
    region: Annotated[Region, typer.Option("--region", help="Holiday region of the schools.")],
    schools: Annotated[list[str] | None, typer.Option("--school", help="Only this site (id); may be repeated.")] = None,
    mbo: Annotated[bool, typer.Option("--mbo", help="Mbo schools too, which set their own holidays.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write here instead of over TERM.")] = None,
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Add the school holidays of a region to the calendars of the schools in a term."""
    loaded = read_holidays(file, region)
    if loaded.holidays is None:
        refuse(loaded.issues, as_json=as_json, lang=lang)
        raise typer.Exit(1 if loaded.readable else 2)
    term = term_from(term_path, as_json=as_json, lang=lang)
    for unknown in set(schools or ()) - {row.id for row in term.schools}:
        console.complain(text("holidays.no_school", lang, value=unknown))
        raise typer.Exit(2)
    filled = add_holidays(term, loaded.holidays, schools=schools or (), with_mbo=mbo)
    path = out or term_path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_term(filled.term, path, lang)
    except OSError as error:
        _cannot_write(error, lang)
    except ValueError:
        console.complain(text("bench_runner.form", lang, path=str(path)))
        raise typer.Exit(2) from None
    console.show_holidays(filled, (*loaded.issues, *filled.issues), path, lang, as_json=as_json)


def _start(path: Path, term: Term, *, as_json: bool, lang: str) -> Start:
    """What an earlier outcome leaves to start from; ends the command where the file is no timetable."""
    try:
        start, lost = start_from_file(path, term)
    except NoStartError as error:
        refuse(error.issues, as_json=as_json, lang=lang)
        raise typer.Exit(error.code) from None
    if lost and not as_json:
        console.complain(text("shell.lost_rows", lang, n=lost))
    return start


def _deliver(
    term: Term,
    outcome: Outcome,
    lang: str,
    *,
    as_json: bool,
    out: Path | None,
    memory: Memory | None = None,
    xlsx: Path | None,
    ics: Path | None,
    picture: Path | None,
    picture_of: str | None = None,
) -> NoReturn:
    """Write the files asked for, print the outcome, and end the command."""
    written: list[Path] = []
    try:
        if out is not None:
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_text(outcome.model_dump_json(indent=1), "utf-8")
            written += [out, *keep_beside(out, memory)]
        written += write_results(term, outcome, lang, xlsx=xlsx, ics=ics, picture=picture, picture_of=picture_of)
    except OSError as error:
        _cannot_write(error, lang)
    if as_json:
        console.put(outcome.model_dump_json(indent=1))
    else:
        console.show_outcome(term, outcome, lang)
        console.show_written(written, lang)
    raise typer.Exit(_code(outcome))


def _cannot_write(error: OSError, lang: str) -> NoReturn:
    console.complain(text("shell.cannot_write", lang, path=error.filename or "", reason=error.strerror or str(error)))
    raise typer.Exit(2)


def _code(outcome: Outcome) -> int:
    return 0 if outcome.status in (Status.PROVED_BEST, Status.FOUND) else 1
