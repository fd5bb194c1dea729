"""The fragility map, whom to recruit and the price list as lines of a terminal and as pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from model.locale import text, word
from model.results.plots import Bar, Panel, bars
from solver.whatif.price_list import PriceAnswer
from solver.whatif.risk_told import FragilityAnswer, RecruitAnswer

MOST_ROWS = 15
"""So many lines are shown of each part; of more how many there are."""


def fragility_lines(answer: FragilityAnswer, lang: str) -> Iterator[str]:
    """What hangs on few people, what falls over if somebody leaves, and if somebody is ill."""
    yield answer.sentence
    if answer.not_looked_at:
        yield text("whatif.prices.not_looked_at", lang, n=answer.not_looked_at)
    parts = {
        "lessons": [
            f"  {row.called}, {row.school} ({', '.join(row.given_by)}): {row.sentence}" for row in answer.lessons
        ],
        "leaving": [f"  {row.sentence}" for row in answer.leaving],
        "ill": [
            "  "
            + text(
                "whatif.fragile.ill_row",
                lang,
                person=row.name,
                day=word("weekday", row.weekday.value, lang),
                lost=len(row.uncovered),
                total=row.lessons,
                dates=row.dates,
            )
            for row in answer.ill
            if row.uncovered
        ],
    }
    for key, lines in parts.items():
        if lines:
            yield text(f"whatif.fragile.{key}", lang)
            yield from lines[:MOST_ROWS]
            if len(lines) > MOST_ROWS:
                yield f"  {text('whatif_shell.more', lang, n=len(lines) - MOST_ROWS)}"


def fragility_picture(answer: FragilityAnswer, path: Path, lang: str) -> None:
    """Who would be missed most: lessons that fall open, for sure and perhaps."""
    rows = [row for row in answer.leaving if row.most][:MOST_ROWS]
    panel = Panel(
        text("whatif.fragile.leaving", lang),
        text("whatif_shell.lost_axis", lang),
        [Bar(row.name, row.least, row.most) for row in rows],
    )
    bars([panel], answer.sentence, path, lang)


def recruit_picture(answer: RecruitAnswer, path: Path, lang: str) -> None:
    """Profiles by what they bring."""
    rows = answer.people[:MOST_ROWS]
    called = [
        f"{row.subject}, {row.town}, {word('weekday', row.weekday.value, lang)} {word('halfday', row.half_day.value, lang)}"
        for row in rows
    ]
    panel = Panel(
        "",
        text("whatif_shell.lessons", lang),
        [Bar(name, row.gain, max(row.gain, row.upper)) for name, row in zip(called, rows, strict=True)],
    )
    bars([panel], answer.sentence, path, lang)


def price_lines(answer: PriceAnswer, lang: str) -> Iterator[str]:
    """By whose it is: what one unit more brings."""
    yield answer.sentence
    by_owner: dict[str, list[str]] = {}
    for row in answer.rows:
        who = ", ".join(text(f"owner.{owner.value}", lang) for owner in row.owners)
        fills = f" ({', '.join(row.fills)})" if row.fills else ""
        by_owner.setdefault(who, []).append(f"  {row.change.sentence} {row.sentence}{fills}")
    for who, lines in by_owner.items():
        yield text("whatif.prices.owner", lang, who=who)
        yield from lines[:MOST_ROWS]
        if len(lines) > MOST_ROWS:
            yield f"  {text('whatif_shell.more', lang, n=len(lines) - MOST_ROWS)}"
    if answer.zeros:
        yield text("explain.worth.zeros", lang, n=answer.zeros).rstrip(":")
    if answer.not_looked_at:
        yield text("whatif.prices.not_looked_at", lang, n=answer.not_looked_at)


def price_picture(answer: PriceAnswer, path: Path, lang: str) -> None:
    """What brings most."""
    rows = [row for row in answer.rows if row.gain][:MOST_ROWS]
    panel = Panel(
        "", text("whatif_shell.lessons", lang), [Bar(row.change.sentence, row.lower, row.upper) for row in rows]
    )
    bars([panel], answer.sentence, path, lang)
