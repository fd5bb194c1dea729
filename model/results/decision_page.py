"""A decision record as one page that prints on paper: what was decided, how sure it is, and every rule that held."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from model.decision import Decision
from model.locale import text
from model.timetable import Status, gap_to_say

_STYLE = """
@page { size: A4; margin: 16mm 16mm 18mm }
body { font: 14px/1.45 'Helvetica Neue', Helvetica, Arial, sans-serif; color: #1b2430; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem; margin: 0 0 .2rem } h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; border-bottom: 1px solid #d9dfe7 }
p { margin: .3rem 0 } ul { margin: .3rem 0; padding-left: 1.2rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #eef1f4 }
th { color: #566274; font-weight: 600 } code { font-size: .82em; overflow-wrap: anywhere } .lead { font-size: 1.15rem }
@media print { body { margin: 0; max-width: none; font-size: 10.5px } tr { break-inside: avoid } }
"""


def decision_page(record: Decision, lang: str) -> str:
    """HTML of one page, with all it needs inside."""
    title = text("decision.title", lang)
    body = "\n".join(_body(record, lang))
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{_safe(title)}: {_safe(record.term_name or record.term)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _safe(words: object) -> str:
    return escape(str(words))


def _body(record: Decision, lang: str) -> Iterator[str]:
    def say(message: str, **params: object) -> str:
        return _safe(text(f"decision.{message}", lang, **params))

    when = record.decided_at
    yield f"<h1>{say('title')}</h1>"
    yield f"<p>{_safe(record.term_name or record.term)}</p>"
    yield f'<p class="lead">{_sure(record, lang)}</p>'
    yield f"<p>{say('by', by=record.decided_by, date=when.date(), time=f'{when:%H:%M %Z}'.strip())}</p>"
    if record.reason:
        yield f"<p>{say('reason', reason=record.reason)}</p>"
    yield f"<h2>{say('scenarios')}</h2>"
    if not record.looked_at:
        yield f"<p>{say('as_it_is')}</p>"
    for each in record.looked_at:
        mark = say("chosen") if each.chosen else say("not_chosen")
        changes = "".join(f"<li>{_safe(change)}</li>" for change in each.changes)
        yield f"<p><strong>{_safe(each.name)}</strong> ({mark})</p><ul>{changes}</ul>"
    yield f"<h2>{say('value')}</h2><table>"
    for tier in record.tiers:
        yield f"<tr><td>{_safe(text(f'tier.{tier.tier.value}', lang))}</td><td>{_safe(text('shell.number', lang, n=tier.value))}</td></tr>"
    yield "</table>"
    if record.on_record:
        yield f"<h2>{say('on_record')}</h2><ul>"
        yield from (f"<li>{_safe(line)}</li>" for line in record.on_record)
        yield "</ul>"
    yield f"<h2>{say('rules')}</h2><table><tr><th>{say('rule')}</th><th>{say('numbers')}</th><th>{say('source')}</th></tr>"
    for rule in record.rules:
        numbers = ", ".join(f"{name} = {value}" for name, value in rule.numbers.items())
        more = f" {say('otherwise', n=rule.otherwise)}" if rule.otherwise else ""
        yield (
            f"<tr><td><strong>{_safe(rule.title)}</strong><br>{_safe(rule.says)}</td>"
            f"<td>{_safe(numbers)}{more}</td><td>{_safe(rule.source)}</td></tr>"
        )
    yield "</table>"
    yield f"<h2>{say('again')}</h2>"
    key = "again_same" if record.deterministic else "again_value"
    yield f"<p>{say(key)}</p><table>"
    for name, value in (
        ("input_hash", record.input_hash),
        ("base_hash", record.base_hash),
        ("timetable_hash", record.timetable_hash),
        ("seed", record.seed),
        ("seconds", record.seconds),
        ("versions", ", ".join(f"{key} {value}" for key, value in record.versions.items())),
    ):
        yield f"<tr><td>{say(name)}</td><td><code>{_safe(value)}</code></td></tr>"
    yield "</table>"


def _sure(record: Decision, lang: str) -> str:
    """What was decided in lessons, and how sure it is that nothing is better."""
    filled = text("whatif.filled", lang, n=record.filled, total=record.lessons)
    if record.status is Status.PROVED_BEST:
        return _safe(f"{filled} {text('whatif.proved', lang)}")
    more = "" if record.at_most is None else text("whatif.to_win", lang, n=record.at_most - record.filled)
    percent = None if record.gap is None else round(100 * gap_to_say(record.gap), 2)
    within = "" if percent is None else text("whatif.within", lang, percent=percent)
    return _safe(" ".join(part for part in (filled, more, within) if part))
