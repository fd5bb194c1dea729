"""What a term lacks before it is solved, from the shell."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from model.locale import DEFAULT_LANGUAGE, text
from model.timetable import Timetable
from service.shell import console
from service.shell.options import AsJson, Lang, Language, ReaderAs, TermPath, reader_from, term_from

MOST_LESSONS = 6
"""So many lessons of a shortage are named; of more how many there are."""


def shortages(
    term_path: TermPath,
    time: Annotated[float, typer.Option("--time", min=0.1, help="Most seconds to find out.")] = 10,
    reader_as: ReaderAs = "coordinator",
    as_json: AsJson = False,
    lang: Lang = Language(DEFAULT_LANGUAGE),
) -> None:
    """What is short before solving: lessons that must stay open, shortages, lessons and people that are scarce."""
    from solver.explain.asker import Asker  # noqa: PLC0415  no other command needs it
    from solver.explain.region import Region  # noqa: PLC0415  likewise

    term = term_from(term_path, as_json=as_json, lang=lang)
    reader = reader_from(term, reader_as, lang)
    found = Asker(Region(term, Timetable()), reader, lang).shortages(time)
    if as_json:
        console.put(json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=1))
        return
    lines = [found.sentence]
    for key, places in (("subjects", found.subjects), ("schools", found.schools)):
        if places:
            lines.append(text(f"explain.lacking.{key}", lang))
            lines += [f"  {text('explain.lacking.where', lang, **each.model_dump())}" for each in places]

    def part(key: str, said: list[str], more: int) -> None:
        if said:
            lines.extend((text(f"explain.lacking.{key}_heading", lang), *said))
        if more:
            lines.append(f"  {text('explain.lacking.more', lang, n=more)}")

    joint: list[str] = []
    for number, short in enumerate(found.joint, start=1):
        joint.append(f"{number:3}. {short.sentence}")
        joint += [f"     – {called}" for called in short.called[:MOST_LESSONS]]
        if len(short.called) > MOST_LESSONS:
            joint.append(f"     – {text('explain.lacking.more', lang, n=len(short.called) - MOST_LESSONS)}")
        if short.who and len(short.who) <= MOST_LESSONS:
            joint.append(f"     → {', '.join(short.who)}")
    part("joint", joint, found.more_joint)
    scarce = [f"  {each.sentence}{_who(each.who)}" for each in found.scarce]
    part("scarce", scarce, found.more_scarce)
    part("needed", [f"  {each.sentence}" for each in found.needed], found.more_needed)
    console.put("\n".join(lines))


def _who(names: tuple[str, ...]) -> str:
    return f" ({', '.join(names)})" if names else ""
