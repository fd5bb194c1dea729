"""The decision record from the shell: written, and checked again later."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from model.decision import Decision, decision, timetable_hash
from model.files.source import Unreadable, read_bytes
from model.judge import judge
from model.locale import DEFAULT_LANGUAGE, text
from model.results.decision_page import decision_page
from model.timetable import Outcome
from service.shell import console
from service.shell.options import AsJson, Lang, Language, TermPath, scenario_from, term_from, timetable_from
from solver.solve import solve


def record(
    term_path: TermPath,
    outcome_path: Annotated[Path, typer.Argument(metavar="OUTCOME", help="What `solve --out` wrote.")],
    by: Annotated[str, typer.Option("--by", help="Who decides.")],
    out: Annotated[Path, typer.Option("--out", help="Write the record here (.json), and a page to print beside it.")],
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    chosen: Annotated[
        Path | None,
        typer.Option("--scenario", help="The scenario that was chosen; the outcome is of the term with it."),
    ] = None,
    others: Annotated[
        list[Path] | None, typer.Option("--looked-at", help="A scenario that was looked at; may be repeated.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Record a decision: input, rules in words, weights, proof, waivers, scenarios, by whom and when; as JSON and as a page."""
    base = term_from(term_path, as_json=as_json, lang=lang)
    applied = None if chosen is None else scenario_from(chosen, base, as_json=as_json, lang=lang)
    looked_at = [scenario_from(each, base, as_json=as_json, lang=lang) for each in others or ()]
    term = base if applied is None or applied.term is None else applied.term
    outcome = _outcome(outcome_path, lang)
    if outcome.timetable is None or outcome.input_hash != term.input_hash:
        key = "no_timetable" if outcome.timetable is None else "other_term"
        console.complain(text(f"decision.{key}", lang))
        raise typer.Exit(1)
    at = datetime.now(UTC).replace(microsecond=0)
    made = decision(term, outcome, by=by, at=at, reason=reason, applied=applied, others=looked_at, lang=lang)
    page = out.with_suffix(".html")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(made.model_dump_json(indent=1) + "\n", "utf-8")
        page.write_text(decision_page(made, lang), "utf-8")
    except OSError as error:
        why = {"path": error.filename or str(out), "reason": error.strerror or str(error)}
        console.complain(text("shell.cannot_write", lang, **why))
        raise typer.Exit(2) from None
    if as_json:
        console.put(json.dumps({"written": [str(out), str(page)]}, ensure_ascii=False))
        return
    console.put(text("decision.written", lang))
    console.show_written([out, page], lang)


def recheck(
    term_path: TermPath,
    outcome_path: Annotated[Path, typer.Argument(metavar="OUTCOME", help="The outcome that was decided about.")],
    record_path: Annotated[Path, typer.Argument(metavar="RECORD", help="The record (.json).")],
    chosen: Annotated[Path | None, typer.Option("--scenario", help="The scenario that was chosen.")] = None,
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Check a decision again: judge its timetable, and solve anew where it was made to repeat exactly."""
    base = term_from(term_path, as_json=as_json, lang=lang)
    applied = None if chosen is None else scenario_from(chosen, base, as_json=as_json, lang=lang)
    term = base if applied is None or applied.term is None else applied.term
    made = _record(record_path, lang)
    _, timetable = timetable_from(outcome_path, term, as_json=as_json, lang=lang)
    said, right = [], True
    if term.input_hash != made.input_hash:
        said, right = [text("decision.other_term", lang)], False
    elif timetable_hash(timetable) != made.timetable_hash:
        said, right = [text("decision.other_outcome", lang)], False
    else:
        verdict = judge(term, timetable)
        right = not verdict.breaches and verdict.value == made.value
        facts = {"n": len(verdict.breaches), "value": verdict.value, "was": made.value}
        said = [text("decision.holds", lang, n=made.value) if right else text("decision.holds_not", lang, **facts)]
        if right and made.deterministic and made.seconds > 0:
            again = solve(term, seconds=made.seconds, seed=made.seed, deterministic=True, lang=lang)
            right = made.same_as(again)
            said.append(text(f"decision.{'same' if right else 'other'}", lang))
        elif right:
            said.append(text("decision.not_deterministic", lang))
    console.put(json.dumps({"right": right, "said": said}, ensure_ascii=False) if as_json else "\n".join(said))
    raise typer.Exit(0 if right else 1)


def _outcome(path: Path, lang: str) -> Outcome:
    """The outcome of a file, with its proof and versions; ends the command where it is none."""
    try:
        return Outcome.model_validate_json(read_bytes(path))
    except Unreadable as error:
        console.show_issues([error.issue], lang)
    except ValidationError:
        console.complain(text("decision.bad_outcome", lang, path=str(path)))
    raise typer.Exit(2)


def _record(path: Path, lang: str) -> Decision:
    """The record of a file; likewise."""
    try:
        return Decision.model_validate_json(read_bytes(path))
    except Unreadable as error:
        console.show_issues([error.issue], lang)
    except ValidationError:
        console.complain(text("decision.bad", lang, path=str(path)))
    raise typer.Exit(2)
