"""Travel times by coordinates alone: they need no network.

Minutes = start + 60 x detour x distance / speed. Car speed grows with distance (30 km/h in town to 80 km/h on the
motorway), interpolated, because a table of steps makes 15 km faster than 14 km.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.people import TravelMode

BUCKETS = (0, 7 * 60, 9 * 60, 16 * 60, 18 * 60 + 30)
"""Departure times from which journeys may take longer or shorter; car traffic is slow in the second and fourth."""

RUSH_BUCKETS = (1, 3)

NOWHERE = -1
"""Stands for minutes to or from a place without coordinates."""

_EARTH_KM = 6371.0
_CAR_KM = (2.5, 10.0, 27.5, 50.0)
_CAR_SPEEDS = (30.0, 45.0, 65.0, 80.0)
_RUSH_FACTOR = 1.25
_NEXT_DOOR_KM = 0.05


Points = npt.NDArray[np.float64]
"""Places on a globe of radius 1, not a number without coordinates; shape (places, 3)."""


class Place(NamedTuple):
    """Somewhere people travel to; coordinates are absent when only travel times are given."""

    id: str
    latitude: float | None
    longitude: float | None


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
    """Minutes between places: the same there as back, and outside the rush hours the same at any time of the day."""

    def minutes(self, origin: Place, destination: Place, mode: TravelMode, departure: int) -> int | None:
        """Estimated minutes, rounded up; None without coordinates."""
        found = int(self.table(on_globe([origin]), on_globe([destination]), mode, departure)[0, 0])
        return None if found == NOWHERE else found

    def table(self, origins: Points, destinations: Points, mode: TravelMode, departure: int) -> npt.NDArray[np.int32]:
        """The same from each of some places to each of others, `NOWHERE` without coordinates; shape (origins, destinations)."""
        how = _MODES[mode]
        road_km = how.detour * _apart_km(origins, destinations)
        speed = how.km_per_hour if mode is not TravelMode.CAR else np.interp(road_km, _CAR_KM, _CAR_SPEEDS)
        factor = _RUSH_FACTOR if mode is TravelMode.CAR and bucket(departure) in RUSH_BUCKETS else 1.0
        minutes = np.ceil(how.start_minutes + factor * (60 * road_km / speed))
        minutes[road_km < _NEXT_DOOR_KM] = 0
        return np.nan_to_num(minutes, nan=NOWHERE).astype(np.int32)


def bucket(departure: int) -> int:
    """Index in `BUCKETS` of a departure minute."""
    return bisect_right(BUCKETS, departure) - 1


def crow_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance in km."""
    here, there = Place("", latitude, longitude), Place("", other_latitude, other_longitude)
    return float(_apart_km(on_globe([here]), on_globe([there]))[0, 0])


def _apart_km(origins: Points, destinations: Points) -> npt.NDArray[np.float64]:
    """Great-circle distances, not a number without coordinates; shape (origins, destinations)."""
    # Twice the arcsine of half the chord: exact for short distances too.
    half = np.sqrt(((origins[:, None] - destinations) ** 2).sum(axis=2)) / 2
    arc: npt.NDArray[np.float64] = 2 * np.arcsin(np.minimum(1, half))
    return _EARTH_KM * arc


def on_globe(places: Sequence[Place]) -> Points:
    """Places as points on a globe of radius 1."""
    degrees = [
        (nan, nan) if each.latitude is None or each.longitude is None else (each.latitude, each.longitude)
        for each in places
    ]
    north, east = np.radians(np.array(degrees, np.float64).reshape(-1, 2)).T
    return np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1)
