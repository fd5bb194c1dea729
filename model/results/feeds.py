"""Calendars (iCalendar, RFC 5545): one file per professional, one event per lesson and date.

The same timetable always gives the same bytes. An event keeps its UID when its clock time or room changes, so that a
subscribed calendar moves it instead of showing it twice.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from model.locale import text
from model.results.entries import Entries, Entry, Times
from model.results.grids import room_text, who_text
from model.results.safe import file_names
from model.term import Term
from model.timetable import Outcome

_NAMESPACE = UUID("7b1f4c7e-0f0e-5a53-9a3c-2f6f0b6c1f11")
_WINTER, _SUMMER = timedelta(hours=1), timedelta(hours=2)


def write_feeds(folder: Path, term: Term, outcome: Outcome, lang: str) -> list[Path]:
    """Write `<name>.ics` for everybody who gives a lesson; the files written, in the order of the term.

    Somebody without lessons gets a file only where an earlier one stands: an empty calendar takes its place, so that
    no subscriber keeps lessons that are gone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    entries = Entries(term, outcome, lang)
    teaching = set(entries.teaching())
    written = []
    for professional, name in file_names({row.id: row.name for row in term.professionals}, ".ics").items():
        path = folder / name
        if professional in teaching or path.exists():
            path.write_bytes(_feed(entries, professional))
            written.append(path)
    return written


def feed(term: Term, outcome: Outcome, professional: str, lang: str) -> bytes:
    """The calendar of one professional.

    Raises:
        KeyError: the term has no such professional.
    """
    return _feed(Entries(term, outcome, lang), professional)


def _feed(entries: Entries, professional: str) -> bytes:
    term, lang = entries.term, entries.lang
    calendar = Calendar()
    calendar.add("prodid", f"-//Hybrooster//Hybrooster//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.calendar_name = text(
        "results.feed.name", lang, person=term.professional(professional).name, term=term.name or term.id
    )
    calendar.add_component(_time_zone(term.time_zone))
    given = [(day, times, entry) for entry in entries.of_professional(professional) for day, times in entry.times]
    for day, times, entry in sorted(given, key=lambda each: (each[0], each[1], each[2].lesson)):
        calendar.add_component(_event(entries, professional, entry, entries.calendar.date_of(day), times))
    written: bytes = calendar.to_ical()
    return written


def _event(entries: Entries, professional: str, entry: Entry, when: date, times: Times) -> Event:
    term, lang = entries.term, entries.lang
    zone = ZoneInfo(term.time_zone)
    midnight = datetime.combine(when, time())
    start, end = (midnight + timedelta(minutes=minutes) for minutes in times)
    key = f"{term.id}\n{entry.lesson}\n{professional}\n{when.isoformat()}"
    event = Event()
    event.add("uid", f"{uuid5(_NAMESPACE, key)}@hybrooster")
    event.add("dtstamp", datetime.combine(term.as_of or term.start, time(), UTC))
    event.add("dtstart", start.replace(tzinfo=zone))
    event.add("dtend", end.replace(tzinfo=zone))
    event.add("summary", entry.what)
    where = (entry.school_name, term.school(entry.school).town, room_text(entry, lang))
    event.add("location", ", ".join(part for part in where if part))
    others = who_text(entry, lang, besides=professional)
    about = (
        text("results.period", lang, label=entry.periods) if entry.periods else "",
        text("results.with", lang, who=others) if others else "",
    )
    if said := "\n".join(part for part in about if part):
        event.add("description", said)
    event.add("categories", [text("results.feed.category", lang), entry.subject])
    event.add("status", "CONFIRMED")
    return event


def _time_zone(name: str) -> Timezone:
    """The rule of the European Union: clocks change at 01:00 UTC on the last Sundays of March and October."""
    zone = Timezone()
    zone.add("tzid", name)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    for part, label, month, first, before, after in (
        (summer, "CEST", 3, datetime(1996, 3, 31, 2), _WINTER, _SUMMER),  # noqa: DTZ001  local time, by RFC 5545
        (winter, "CET", 10, datetime(1996, 10, 27, 3), _SUMMER, _WINTER),  # noqa: DTZ001  local time, by RFC 5545
    ):
        part.add("dtstart", first)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", label)
        zone.add_component(part)
    return zone
