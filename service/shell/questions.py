"""Questions about a timetable, from the shell: why is this open, who could give it, why not this person, what could they take."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel

from model import names
from model.access import may_ask_about
from model.issues import Hints
from model.locale import DEFAULT_LANGUAGE, text
from model.routes import Way, routes_for
from model.term import Term
from service.shell import console
from service.shell.options import (
    AsJson,
    Lang,
    Language,
    OutcomePath,
    ReaderAs,
    TermPath,
    reader_from,
    term_from,
    timetable_from,
)

Seconds = Annotated[float, typer.Option("--time", min=0.1, help="Most seconds to find out.")]
LessonId = Annotated[str, typer.Argument(metavar="LESSON", help="Id of a lesson.")]
PersonId = Annotated[str, typer.Argument(metavar="PERSON", help="Id of a professional.")]


questions = typer.Typer()
"""Commands, for the shell to take among its own."""


@questions.command("explain")
def explain(
    term_path: TermPath,
    outcome_path: OutcomePath,
    lesson: LessonId,
    facts: Annotated[bool, typer.Option("--facts", help="Name the limits that together keep it open.")] = False,
    time: Seconds = 5,
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Why is this lesson open?"""
    asked = _Asked(term_path, outcome_path, reader_as, as_json=as_json, lang=lang)
    answer = asked.asker.why_open(asked.known("lessons", lesson), time, facts=facts)
    counted = [answer.competition.sentence] if answer.competition else []
    moves = asked.moves(answer.competition.moves) if answer.competition else ()
    lines = [answer.sentence, *asked.hurdles(answer), *asked.free(answer), *counted, *moves]
    if answer.conflict:
        lines += [answer.conflict.sentence, *(f"     – {fact.sentence}" for fact in answer.conflict.facts)]
    asked.show(answer, lines)


@questions.command("repairs")
def repairs(
    term_path: TermPath,
    outcome_path: OutcomePath,
    lesson: LessonId,
    time: Seconds = 5,
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """What would fill this lesson, and who must agree? Everything shown has been applied and judged."""
    asked = _Asked(term_path, outcome_path, reader_as, as_json=as_json, lang=lang)
    answer = asked.asker.repairs(asked.known("lessons", lesson), time)
    lines = [answer.called]
    for number, each in enumerate(answer.repairs, start=1):
        owners = [text(f"owner.{owner.value}", lang) for owner in each.owners]
        lines.append(
            f"{number:3}. {text('explain.repair.asks' if owners else 'explain.repair.moves', lang, who=owners)}:"
        )
        lines += [f"     → {change.sentence}" for change in each.changes]
        lines += asked.moves(each.moves)
        if number == 1:
            lines.append(
                f"     {text('explain.repair.cheapest' if each.lower == each.upper else 'explain.repair.works', lang)}"
            )
    if not answer.repairs:
        lines.append(text(f"explain.repair.{answer.answered.value}", lang, seconds=time))
    asked.show(answer, lines)


@questions.command("candidates")
def candidates(
    term_path: TermPath,
    outcome_path: OutcomePath,
    lesson: LessonId,
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Who could give this lesson, most easily first? Of one that is given: instead of who gives it."""
    asked = _Asked(term_path, outcome_path, reader_as, as_json=as_json, lang=lang)
    answer = asked.asker.who_could(asked.known("lessons", lesson))
    lines = [answer.called]
    for number, each in enumerate(answer.candidates, start=1):
        lines += [f"{number:3}. {each.name}: {asked.kind(each)}", *asked.details(each)]
    if not answer.candidates:
        lines.append(text("explain.nobody", lang))
    if answer.others:
        lines.append(text("explain.others", lang, n=answer.others))
    asked.show(answer, lines)


@questions.command("why-not")
def why_not(
    term_path: TermPath,
    outcome_path: OutcomePath,
    lesson: LessonId,
    person: PersonId,
    time: Seconds = 5,
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Why does this person not give this lesson, and what would it mean if they did?"""
    asked = _Asked(term_path, outcome_path, reader_as, as_json=as_json, lang=lang)
    lesson, person = asked.known("lessons", lesson), asked.known("professionals", person)
    answer = asked.allowed(lambda: asked.asker.why_not(lesson, person, time))
    lines = [answer.sentence, *(asked.details(answer.answer) if answer.answer else ())]
    if answer.instead:
        lines += [answer.instead.sentence, *asked.moves(answer.instead.moves)]
    asked.show(answer, lines)


@questions.command("could-take")
def could_take(
    term_path: TermPath,
    outcome_path: OutcomePath,
    person: PersonId,
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """What could this person take of what is open?"""
    asked = _Asked(term_path, outcome_path, reader_as, as_json=as_json, lang=lang)
    person = asked.known("professionals", person)
    answer = asked.allowed(lambda: asked.asker.what_could(person))
    lines = [answer.name]
    for number, each in enumerate(answer.lessons, start=1):
        gives = ", ".join(asked.asker.words.called(lesson) for lesson in each.gives)
        lines += [f"{number:3}. {gives}: {asked.kind(each)}", *asked.details(each)]
    if not answer.lessons:
        lines.append(text("explain.nothing", lang))
    asked.show(answer, lines)


@questions.command("worth")
def worth(
    term_path: TermPath,
    outcome_path: OutcomePath,
    person: Annotated[
        list[str] | None, typer.Option("--person", metavar="PERSON", help="Only what is theirs; may be repeated.")
    ] = None,
    employer: Annotated[
        str | None, typer.Option("--employer", metavar="EMPLOYER", help="Only what is of its people.")
    ] = None,
    lesson: Annotated[
        str | None, typer.Option("--lesson", metavar="LESSON", help="Only what could concern this lesson.")
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", help="release, load, travel, licence or time; may be repeated."),
    ] = None,
    best: Annotated[int, typer.Option("--best", min=0, max=10, help="Also the best so many together.")] = 0,
    time: Seconds = 60,
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """What would one more half-day, lesson, licence or travel minute bring, in lessons filled?"""
    from solver.explain.facts import FactKind  # noqa: PLC0415  no other command needs it
    from solver.explain.worth_told import Asked  # noqa: PLC0415  likewise

    asked = _Asked(term_path, outcome_path, reader_as, as_json=as_json, lang=lang)
    known_kinds = [each.value for each in FactKind]
    if wrong := next((each for each in kind or () if each not in known_kinds), None):
        console.complain(text("explain.unknown_kind", lang, value=wrong, known=", ".join(known_kinds)))
        raise typer.Exit(2)
    about = Asked(
        people=tuple(asked.known("professionals", each) for each in person or ()),
        employer=employer and asked.known("employers", employer),
        lesson=lesson and asked.known("lessons", lesson),
        kinds=tuple(map(FactKind, kind or ())),
        best=best,
    )
    answer = asked.allowed(
        lambda: asked.asker.worth(about, time, lambda found: None if as_json else console.complain(found.sentence))
    )
    asked.show(answer, [*asked.worths(answer)])


@questions.command("ledger")
def ledger(
    term_path: TermPath,
    outcome_path: OutcomePath,
    other: Annotated[
        Path | None, typer.Option("--less", metavar="OUTCOME", help="How much more it is worth than this one.")
    ] = None,
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """What is this timetable worth, by tier, rule, school, employer and person?"""
    asked = _Asked(term_path, outcome_path, reader_as, as_json=as_json, lang=lang)
    theirs = None if other is None else timetable_from(other, asked.term, as_json=as_json, lang=lang)[1]
    answer = asked.asker.ledger(theirs)
    lines = [text("explain.ledger.value" if other is None else "explain.ledger.more", lang, n=answer.value)]
    for account, rows in answer.accounts.items():
        lines.append(text(f"explain.ledger.{account.value}", lang))
        lines += [f"{text('shell.number', lang, n=row.points):>14}  {row.called}" for row in rows]
    asked.show(answer, lines)


@questions.command("routes")
def routes(
    term_path: TermPath,
    person: PersonId,
    course: Annotated[str, typer.Argument(metavar="COURSE", help="Id of a course.")],
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """Which ways are there for this person to be allowed to give this course, and what do they ask?"""
    term = term_from(term_path, as_json=as_json, lang=lang)
    reader = reader_from(term, reader_as, lang)
    person, course = known(term, "professionals", person, lang), known(term, "courses", course, lang)
    if not may_ask_about(term, reader, person):
        console.complain(text("explain.not_yours", lang))
        raise typer.Exit(2)
    found = [_route_facts(way, lang) for way in routes_for(term, person, course)]
    if as_json:
        console.put(json.dumps({"routes": found, "everybody": text("route.vog", lang)}, ensure_ascii=False, indent=1))
        return
    console.put(text("route.heading", lang, person=names.person(term, person), course=names.course(term, course)))
    for number, each in enumerate(found, start=1):
        standing = text(f"route.standing.{each['standing']}", lang)
        console.put(f"{number:3}. {each['title']}: {standing}")
        for line in ("condition", "papers", "sources"):
            console.put(f"     {each[line]}")
    sector = term.course(course).sector or term.school(term.course(course).school).sector
    console.put(text("route.vog", lang) if found else text("route.none", lang, sector=sector.value))


def _route_facts(way: Way, lang: str) -> dict[str, Any]:
    route = way.route
    said = {key: text(f"route.{route.level.value}.{key}", lang) for key in ("title", "condition", "papers")}
    sources = text("route.verified" if route.verified else "route.unverified", lang, source=route.source)
    facts = {"level": route.level.value, "standing": way.standing.value, **said}
    return {**facts, "source": route.source, "verified": route.verified, "sources": sources}


def known(term: Term, table: str, row: str, lang: str) -> str:
    """The id of a row, if there is such a row; ends the command where there is none, with the nearest that there is."""
    ids = [str(getattr(each, "id")) for each in term.rows(table)]  # noqa: B009  rows differ in type
    if row in ids:
        return row
    nearest = Hints().nearest(row, table, ids)
    maybe = text("explain.maybe", lang, value=nearest) if nearest else ""
    console.complain(text("explain.unknown", lang, value=row, table=text(f"table.{table}", lang)) + maybe)
    raise typer.Exit(2)


class _Asked:
    """One question: its files read, its reader known."""

    def __init__(self, term: Path, outcome: Path, reader: str, *, as_json: bool, lang: str) -> None:
        from solver.explain.asker import Asker  # noqa: PLC0415  no other command needs it
        from solver.explain.region import Region  # noqa: PLC0415  likewise

        self.as_json, self.lang = as_json, lang
        self.term: Term = term_from(term, as_json=as_json, lang=lang)
        who = reader_from(self.term, reader, lang)
        _, timetable = timetable_from(outcome, self.term, as_json=as_json, lang=lang)
        self.asker = Asker(Region(self.term, timetable), who, lang)

    def known(self, table: str, row: str) -> str:
        """The id of a row of the term, with all its demands written out."""
        return known(self.asker.region.term, table, row, self.lang)

    def allowed(self, ask: Callable[[], Any]) -> Any:
        """An answer; ends the command where this reader may not ask."""
        try:
            return ask()
        except PermissionError:
            console.complain(text("explain.not_yours", self.lang))
            raise typer.Exit(2) from None

    def show(self, answer: BaseModel, lines: list[str]) -> None:
        """Print the answer."""
        facts = answer.model_dump(mode="json")
        console.put(json.dumps(facts, ensure_ascii=False, indent=1) if self.as_json else "\n".join(lines))

    def kind(self, each: Any) -> str:
        """At once, by agreement, or not."""
        kind = "at_once" if each.at_once else "agree" if each.possible else "stuck"
        return text(f"explain.kind.{kind}", self.lang)

    def details(self, each: Any) -> Iterator[str]:
        """What stands in the way, and what could be agreed."""
        for blocker in each.blockers:
            yield f"     – {blocker.sentence}"
        for agreement in each.agreements:
            owners = [text(f"owner.{owner.value}", self.lang) for owner in agreement.owners]
            yield f"     → {agreement.sentence} ({', '.join(owners)})"

    def hurdles(self, answer: Any) -> Iterator[str]:
        """Which rules stopped how many, hurdle by hurdle."""
        for hurdle in answer.hurdles:
            if hurdle.fell:
                fell = ", ".join(f"{each.title} {each.people}" for each in hurdle.fell)
                yield f"   {text(f'explain.stopped.{hurdle.hurdle.value}', self.lang)}: {fell}"

    def worths(self, answer: Any) -> Iterator[str]:
        """What each fact is worth; those that are worth nothing last, each with why."""
        yield answer.sentence
        useful = [each for each in answer.facts if each.upper]
        zeros = [each for each in answer.facts if not each.upper]
        for number, each in enumerate(useful, start=1):
            yield f"{number:3}. {each.change.sentence} {each.sentence}"
            yield from self._fills(each)
        if zeros:
            yield text("explain.worth.zeros", self.lang, n=len(zeros))
            yield from (f"     – {each.change.sentence} {each.sentence}" for each in zeros)
        if not answer.facts and answer.open_places and not answer.not_looked_at:
            yield text("explain.worth.nothing", self.lang)
        if answer.not_looked_at:
            yield text("explain.worth.not_looked_at", self.lang, n=answer.not_looked_at)
        if answer.best:
            yield answer.best.sentence
            yield from (f"     → {change.sentence}" for change in answer.best.changes)
            yield from self._fills(answer.best)

    def _fills(self, each: Any) -> Iterator[str]:
        if each.fills:
            called = [self.asker.words.called(lesson) for lesson in each.fills]
            yield f"     {text('explain.worth.fills', self.lang, lessons=called)}"
            yield from self.moves(each.moves)

    def moves(self, moves: Iterable[Any]) -> Iterator[str]:
        """Who gives a lesson no more, and who does from now on."""
        for each in moves:
            key = "explain.repair.gives" if each.gives else "explain.repair.stops"
            yield f"       {text(key, self.lang, person=each.name, lesson=each.called)}"

    def free(self, answer: Any) -> Iterator[str]:
        """Who could give it at once."""
        if answer.free:
            people = ", ".join(self.term.professional(each).name for each in answer.free)
            yield text("explain.free", self.lang, people=people)
