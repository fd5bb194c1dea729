"""Travel times behind one protocol: a built-in estimate, or times from a table first. Cached per departure bucket.

The estimate needs no network: minutes = start + 60 x detour x distance / speed. Car speed grows with distance
(30 km/h in town to 80 km/h on the motorway), interpolated, because a table of steps makes 15 km faster than 14 km.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import asin, ceil, cos, radians, sin, sqrt
from typing import NamedTuple, Protocol

from model.fields import MINUTES_PER_DAY
from model.lessons import TravelTime
from model.people import TravelMode
from model.term import Term

UNKNOWN_MINUTES = 24 * 60
"""Stands for a journey nobody knows the time of: too long for any day, so that nobody is sent on it."""

BUCKETS = (0, 7 * 60, 9 * 60, 16 * 60, 18 * 60 + 30)
"""Departure times from which journeys may take longer or shorter; car traffic is slow in the second and fourth."""

_EARTH_KM = 6371.0
_CAR_SPEEDS = ((2.5, 30.0), (10.0, 45.0), (27.5, 65.0), (50.0, 80.0))
_CAR_KM = [km for km, _ in _CAR_SPEEDS]
_RUSH_FACTOR = 1.25
_RUSH_BUCKETS = (1, 3)


class Place(NamedTuple):
    """Somewhere people travel to; coordinates are absent when only travel times are given."""

    id: str
    latitude: float | None
    longitude: float | None


class TravelTimes(Protocol):
    """A source of travel times."""

    def minutes(self, origin: Place, destination: Place, mode: TravelMode, departure: int) -> int | None:
        """Whole minutes of a journey that leaves at a clock minute; None when this source does not know."""
        ...


@dataclass(frozen=True, slots=True)
class _Mode:
    start_minutes: float
    detour: float
    km_per_hour: float


_MODES = {
    TravelMode.BIKE: _Mode(2, 1.25, 16),
    TravelMode.EBIKE: _Mode(2, 1.25, 19),
    TravelMode.PUBLIC_TRANSPORT: _Mode(15, 1.35, 30),
    TravelMode.CAR: _Mode(4, 1.3, 0),
}


class Estimate:
    """Minutes from coordinates alone."""

    def __init__(self) -> None:
        self._known: dict[TravelMode, dict[tuple[str, str], float | None]] = {mode: {} for mode in TravelMode}

    def minutes(self, origin: Place, destination: Place, mode: TravelMode, departure: int) -> int | None:
        """Estimated minutes, rounded up; None without coordinates."""
        return self.leaving(origin, mode, departure)(destination)

    def leaving(self, origin: Place, mode: TravelMode, departure: int) -> Callable[[Place], int | None]:
        """The same from one place to any other, for who asks often."""
        known, here, start = self._known[mode], origin.id, _MODES[mode].start_minutes
        factor = _RUSH_FACTOR if mode is TravelMode.CAR and bucket(departure) in _RUSH_BUCKETS else 1.0
        moving_to = self._moving(origin, mode)

        def minutes(destination: Place) -> int | None:
            there = destination.id
            key = (here, there) if here < there else (there, here)
            if key in known:
                moving = known[key]
            else:
                moving = known[key] = moving_to(destination)
            return ceil(start + factor * moving) if moving else None if moving is None else 0

        return minutes

    def _moving(self, origin: Place, mode: TravelMode) -> Callable[[Place], float | None]:
        """Minutes on the way outside the rush hours, the same in both directions; 0 next door."""
        how, by_car = _MODES[mode], mode is TravelMode.CAR
        detour, km_per_hour = how.detour, how.km_per_hour
        _, latitude, longitude = origin
        if latitude is None or longitude is None:
            return lambda _: None
        km_to = _crow_km_from(latitude, longitude)

        def moving(destination: Place) -> float | None:
            _, north, east = destination
            if north is None or east is None:
                return None
            road_km = detour * km_to(north, east)
            if road_km < 0.05:
                return 0.0
            return 60 * road_km / (_car_speed(road_km) if by_car else km_per_hour)

        return moving


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
            rush = [BUCKETS[bucket(minute) in _RUSH_BUCKETS] for minute in parts]
            bucket_of = {mode: rush if mode is TravelMode.CAR else [0] * len(parts) for mode in TravelMode}
        self._departures = {mode: tuple(sorted(set(minutes))) for mode, minutes in bucket_of.items()}
        self._mode = {person.id: person.travel_mode for person in term.professionals}
        self._known = {person: (bucket_of[mode], legs[mode]) for person, mode in self._mode.items()}
        """Of each person when journeys take as long as each other, and all that are known by the same mode."""
        self._margin = {TravelMode.PUBLIC_TRANSPORT: term.public_transport_margin_minutes}
        self.places = {place.id: place for place in places(term)}

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
            found = legs[key] = _Legs(origin, self._leaving(*key, self._mode[professional]))
        return found

    def margin_minutes(self, professional: str) -> int:
        """Spare time that a person's journeys between two stops need."""
        return self._margin.get(self._mode[professional], 0)

    def _leaving(self, origin: str, departure: int, mode: TravelMode) -> Callable[[str], int]:
        """Minutes from a place to any other."""
        places, here = self.places, self.places.get(origin)
        estimate = self._estimate.leaving(here, mode, departure) if self._estimate and here else None
        sources = self._sources

        def estimated(destination: str) -> int:
            found = estimate(places[destination]) if estimate else None
            return UNKNOWN_MINUTES if found is None else found

        def minutes(destination: str) -> int:
            there = places[destination]
            for source in sources:
                found = source.minutes(places[origin], there, mode, departure)
                if found is not None:
                    return found
            return estimated(destination)

        return minutes if sources else estimated


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


def bucket(departure: int) -> int:
    """Index in `BUCKETS` of a departure minute."""
    return bisect_right(BUCKETS, departure) - 1


def crow_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance in km."""
    return _crow_km_from(latitude, longitude)(other_latitude, other_longitude)


def _crow_km_from(latitude: float, longitude: float) -> Callable[[float, float], float]:
    """The same from one place to any other."""
    a = radians(latitude)
    across = cos(a)

    def km(other_latitude: float, other_longitude: float) -> float:
        b = radians(other_latitude)
        half = sin((b - a) / 2) ** 2 + across * cos(b) * sin(radians(other_longitude - longitude) / 2) ** 2
        return 2 * _EARTH_KM * asin(sqrt(half))

    return km


def _car_speed(road_km: float) -> float:
    after = bisect_right(_CAR_KM, road_km)
    if after == 0:
        return _CAR_SPEEDS[0][1]
    if after == len(_CAR_SPEEDS):
        return _CAR_SPEEDS[-1][1]
    (low_km, low), (high_km, high) = _CAR_SPEEDS[after - 1], _CAR_SPEEDS[after]
    return low + (high - low) * (road_km - low_km) / (high_km - low_km)
