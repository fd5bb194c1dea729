"""How long journeys from and to somebody's home take, written down so that the address can go.

Only between the places they were at by the timetables that are kept: of any other journey nothing is known afterwards, so that
a home cannot be found again from many of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from model.demands import expanded
from model.lessons import TravelTime
from model.term import Term
from model.travel import BUCKETS, UNKNOWN_MINUTES, Travel, home
from service.store.columns import Json


def places_of(term: Term, person: str, lessons: Collection[str]) -> set[str]:
    """Where somebody comes who gives these lessons: schools, meetings and places of work."""
    full = expanded(term)
    courses = {row.course for row in full.lessons if row.id in lessons}
    found = {row.school for row in full.courses if row.id in courses}
    found |= {row.school for row in full.activities if row.school and person in (*row.required, *row.wished)}
    found |= {row.site for row in full.work_of(person) if row.site}
    usual = full.professional(person).site
    return found | ({usual} if usual else set())


def journeys(term: Term, person: str, called: str, places: Collection[str]) -> list[Json]:
    """Rows of travel times that say of somebody's home what follows from its coordinates; none where there are none.

    Args:
        called: the id they will have.
    """
    row = term.professional(person)
    if row.home_latitude is None or row.home_longitude is None:
        return []
    travel = Travel(term)
    starts = sorted({*BUCKETS, *(each.departure for each in term.travel_times if each.departure is not None)})
    here, there = home(person), home(called)
    known = {(each.origin, each.destination, each.mode, each.departure) for each in term.travel_times}
    found: list[Json] = []
    for place in sorted(each for each in places if each in travel.places):
        for ends, renamed in (((here, place), (there, place)), ((place, here), (place, there))):
            for departure, minutes in _changes(travel, person, ends, starts):
                if (*ends, row.travel_mode, departure or None) not in known:
                    made = TravelTime(
                        origin=renamed[0],
                        destination=renamed[1],
                        mode=row.travel_mode,
                        departure=departure or None,
                        minutes=minutes,
                    )
                    found.append(made.model_dump(mode="json", exclude_defaults=True))
    return found


def _changes(travel: Travel, person: str, ends: tuple[str, str], starts: list[int]) -> Iterator[tuple[int, int]]:
    """From which departures a journey takes how long."""
    before = UNKNOWN_MINUTES
    for departure in starts:
        minutes = travel.leg(person, *ends, departure)
        if minutes != before and minutes < UNKNOWN_MINUTES:
            yield departure, minutes
        before = minutes
