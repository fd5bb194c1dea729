"""Travel times behind one protocol: a built-in estimate, or times from a table first. Cached per departure bucket."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Protocol

import numpy as np
import numpy.typing as npt

from model.estimate import BUCKETS, NOWHERE, RUSH_BUCKETS, Estimate, Place, Points, bucket, on_globe
from model.fields import MINUTES_PER_DAY
from model.lessons import TravelTime
from model.people import TravelMode
from model.term import Term

UNKNOWN_MINUTES = 24 * 60
"""Stands for a journey nobody knows the time of: too long for any day, so that nobody is sent on it."""


class TravelTimes(Protocol):
    """A source of travel times."""

    def minutes(self, origin: Place, destination: Place, mode: TravelMode, departure: int) -> int | None:
        """Whole minutes of a journey that leaves at a clock minute; None when this source does not know."""
        ...


class Matrix:
    """Minutes from rows of travel times; a row for a mode or a later departure goes before a general one."""

    def __init__(self, rows: Iterable[TravelTime]) -> None:
        self._rows: dict[tuple[str, str], list[TravelTime]] = {}
        for row in rows:
            self._rows.setdefault((row.origin, row.destination), []).append(row)

    def minutes(self, origin: Place, destination: Place, mode: TravelMode, departure: int) -> int | None:
        """Minutes of the row that fits best; None when there is no row for this journey."""
        rows = self._rows.get((origin.id, destination.id))
        if rows is None:
            return None
        fitting = [row for row in rows if row.mode in (None, mode) and (row.departure or 0) <= departure]
        best = max(fitting, key=lambda row: (row.mode is not None, row.departure or 0, row.minutes), default=None)
        return None if best is None else best.minutes


class Travel:
    """Journeys between the places of one term, by person: sources in order, the first that knows decides."""

    def __init__(self, term: Term, sources: Iterable[TravelTimes] | None = None) -> None:
        matrix = (Matrix(term.travel_times),) if term.travel_times else ()
        self._sources: tuple[TravelTimes, ...] = tuple(sources or matrix)
        self._estimate = None if sources else Estimate()
        departures = {row.departure for row in term.travel_times if row.departure is not None}
        starts = sorted({*BUCKETS, *departures})
        parts = [starts[bisect_right(starts, minute) - 1] for minute in range(MINUTES_PER_DAY + 1)]
        bucket_of = dict.fromkeys(TravelMode, parts)
        legs = {mode: dict[tuple[str, int], _Legs]() for mode in TravelMode}
        if self._estimate and not departures:
            # Only the estimate knows of departures: there are but two kinds for cars, in the rush hours and outside them.
            rush = [BUCKETS[bucket(minute) in RUSH_BUCKETS] for minute in parts]
            bucket_of = {mode: rush if mode is TravelMode.CAR else [0] * len(parts) for mode in TravelMode}
        self._departures = {mode: tuple(sorted(set(minutes))) for mode, minutes in bucket_of.items()}
        self._mode = {person.id: person.travel_mode for person in term.professionals}
        self._known = {person: (bucket_of[mode], legs[mode]) for person, mode in self._mode.items()}
        """Of each person when journeys take as long as each other, and all that are known by the same mode."""
        self._margin = {TravelMode.PUBLIC_TRANSPORT: term.public_transport_margin_minutes}
        self.places = {place.id: place for place in places(term)}
        homes = {home(person) for person in self._mode}
        self._hubs = {each: n for n, each in enumerate(each for each in self.places if each not in homes)}
        self._points = on_globe([self.places[each] for each in self._hubs])
        self._estimates: dict[tuple[str, int, TravelMode], npt.NDArray[np.int32]] = {}
        self._between_hubs: dict[tuple[int, TravelMode], npt.NDArray[np.int32]] = {}

    def departures(self, professional: str) -> tuple[int, ...]:
        """Minutes of the day that stand for all departures: journeys at any other take as long as at one of these."""
        return self._departures[self._mode[professional]]

    def leg(self, professional: str, origin: str, destination: str, departure: int) -> int:
        """Minutes for a person between two places of the term; `UNKNOWN_MINUTES` when no source knows."""
        return self.legs_from(professional, origin, departure)[destination]

    def legs_from(self, professional: str, origin: str, departure: int) -> Mapping[str, int]:
        """The same from one place to any other of the term, for who asks often."""
        bucket_of, legs = self._known[professional]
        key = (origin, bucket_of[min(departure, MINUTES_PER_DAY)])
        found = legs.get(key)
        if found is None:
            found = legs[key] = _Legs(origin, partial(self._minutes, *key, self._mode[professional]))
        return found

    def legs_between(
        self, professional: str, origins: Sequence[tuple[str, int]], destinations: Sequence[str]
    ) -> npt.NDArray[np.int32]:
        """The same from places at minutes of departure to others, none of them a home; shape (origins, destinations)."""
        bucket_of, _ = self._known[professional]
        leaving = [bucket_of[min(at, MINUTES_PER_DAY)] for _, at in origins]
        found = np.zeros((len(origins), len(destinations)), np.int32)
        columns = [self._hubs[each] for each in destinations]
        for departure in set(leaving):
            rows = [row for row, at in enumerate(leaving) if at == departure]
            if self._sources:
                legs = [self.legs_from(professional, origins[row][0], departure) for row in rows]
                found[rows] = [[each[destination] for destination in destinations] for each in legs]
            else:
                hubs = [self._hubs[origins[row][0]] for row in rows]
                found[rows] = self._between(departure, self._mode[professional])[hubs][:, columns]
        return found

    def from_home(self, professional: str, others: Sequence[str], *, back: bool = False) -> npt.NDArray[np.int32]:
        """The same from a person's home to other places, or back, for each of `departures`; shape (departures, others)."""
        departures, place = self.departures(professional), home(professional)
        if self._sources:
            ways = [(each, place) if back else (place, each) for each in others]
            return np.array([[self.leg(professional, *way, at) for way in ways] for at in departures], np.int32)
        columns, mode = [self._hubs[each] for each in others], self._mode[professional]
        return np.array([self._estimated(place, at, mode)[columns] for at in departures])

    def margin_minutes(self, professional: str) -> int:
        """Spare time that a person's journeys between two stops need."""
        return self._margin.get(self._mode[professional], 0)

    def _minutes(self, origin: str, departure: int, mode: TravelMode, destination: str) -> int:
        """Minutes from a place to another."""
        for source in self._sources:
            found = source.minutes(self.places[origin], self.places[destination], mode, departure)
            if found is not None:
                return found
        if self._estimate is None:
            return UNKNOWN_MINUTES
        # It is the same there as back.
        here, there = (origin, destination) if destination in self._hubs else (destination, origin)
        if there not in self._hubs:
            minutes = self._estimate.minutes(self.places[here], self.places[there], mode, departure)
            return UNKNOWN_MINUTES if minutes is None else minutes
        return int(self._estimated(here, departure, mode)[self._hubs[there]])

    def _estimated(self, place: str, departure: int, mode: TravelMode) -> npt.NDArray[np.int32]:
        """Estimated minutes from a place to each that is no home."""
        key = (place, departure, mode)
        if key not in self._estimates:
            number = self._hubs.get(place)
            found = (
                self._table(on_globe([self.places[place]]), departure, mode)[0]
                if number is None
                else self._between(departure, mode)[number]
            )
            self._estimates[key] = found
        return self._estimates[key]

    def _between(self, departure: int, mode: TravelMode) -> npt.NDArray[np.int32]:
        """Estimated minutes between all places that are no homes."""
        key = (departure, mode)
        if key not in self._between_hubs:
            self._between_hubs[key] = self._table(self._points, departure, mode)
            np.fill_diagonal(self._between_hubs[key], 0)
        return self._between_hubs[key]

    def _table(self, origins: Points, departure: int, mode: TravelMode) -> npt.NDArray[np.int32]:
        assert self._estimate is not None
        minutes = self._estimate.table(origins, self._points, mode, departure)
        minutes[minutes == NOWHERE] = UNKNOWN_MINUTES
        return minutes


class _Legs(dict[str, int]):
    """Minutes from one place to others, worked out when asked for."""

    def __init__(self, origin: str, minutes: Callable[[str], int]) -> None:
        super().__init__({origin: 0})
        self._minutes = minutes

    def __missing__(self, destination: str) -> int:
        found = self[destination] = self._minutes(destination)
        return found


def home(professional: str) -> str:
    """Place id of somebody's home."""
    return f"home:{professional}"


def places(term: Term) -> Iterable[Place]:
    """All places of a term. Who gives no home is reckoned to start from the place of work."""
    sites = {site.id: Place(site.id, site.latitude, site.longitude) for site in term.employer_sites}
    yield from sites.values()
    for school in term.schools:
        yield Place(school.id, school.latitude, school.longitude)
    for person in term.professionals:
        latitude, longitude = person.home_latitude, person.home_longitude
        if (latitude is None or longitude is None) and person.site in sites:
            _, latitude, longitude = sites[person.site]
        yield Place(home(person.id), latitude, longitude)
