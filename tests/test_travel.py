"""Travel times: the estimate, the table of known times, and who knows best."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.day import Stop, compatible, fits, from_home_minutes, leg_minutes, to_home_minutes
from model.lessons import TravelTime
from model.people import TravelMode
from model.term import Term
from model.travel import UNKNOWN_MINUTES, Estimate, Matrix, Place, Travel, bucket, crow_km, home
from tests.regions import journeys, person, school, small_term, worker

NOON = 12 * 60
MODES = list(TravelMode)


def km_north(km: float) -> Place:
    """A place so many kilometres north of the origin: a degree of latitude is 111.195 km."""
    return Place(f"{km}", 51.0 + km / 111.195, 5.0)


def minutes(km: float, mode: TravelMode, departure: int = NOON) -> int:
    found = Estimate().minutes(km_north(0), km_north(km), mode, departure)
    assert found is not None
    return found


# The estimate


def test_distance_along_a_meridian_is_the_arc() -> None:
    """One degree on a sphere of 6371 km is 6371 x pi / 180 = 111.195 km; the same place is 0 km away."""
    assert crow_km(51, 5, 52, 5) == pytest.approx(111.195, abs=0.001)
    assert crow_km(51, 5, 51, 5) == 0


def test_estimated_minutes_by_hand() -> None:
    """10 km by bike: 2 + 60 x 12.5 / 16 = 48.9; e-bike 2 + 60 x 12.5 / 19 = 41.5; transit 15 + 60 x 13.5 / 30 = 42."""
    assert minutes(10, TravelMode.BIKE) == 49
    assert minutes(10, TravelMode.EBIKE) == 42
    assert minutes(10, TravelMode.PUBLIC_TRANSPORT) in (42, 43)  # on the edge of rounding up
    # By car 13 road km, of which the speed is 45 + 20 x 3 / 17.5 = 48.4 km/h: 4 + 60 x 13 / 48.4 = 20.1.
    assert minutes(10, TravelMode.CAR) == 21
    # 100 km: 130 road km at 80 km/h: 4 + 97.5 = 101.5. 1 km: 1.3 road km at 30 km/h: 4 + 2.6.
    assert minutes(100, TravelMode.CAR) == 102
    assert minutes(1, TravelMode.CAR) == 7


@given(st.sampled_from(MODES), st.floats(0, 150), st.floats(0, 150), st.integers(0, 1439))
def test_further_takes_at_least_as_long(mode: TravelMode, km: float, more: float, departure: int) -> None:
    """For each way of travelling, at any time of the day; also where the car's speed rises."""
    assert minutes(km, mode, departure) <= minutes(km + more, mode, departure)


@given(st.sampled_from(MODES), st.floats(0.1, 150))
def test_there_is_as_far_as_back(mode: TravelMode, km: float) -> None:
    """The estimate knows no one-way streets."""
    back = Estimate().minutes(km_north(km), km_north(0), mode, NOON)
    assert back == minutes(km, mode)


def test_only_cars_are_slow_in_the_rush() -> None:
    """100 km by car at 97.5 minutes x 1.25 = 121.9 + 4 from 07:00 to 09:00 and from 16:00 to 18:30."""
    for departure in (7 * 60, 9 * 60 - 1, 16 * 60, 18 * 60 + 29):
        assert minutes(100, TravelMode.CAR, departure) == 126
    for departure in (0, 7 * 60 - 1, 9 * 60, 16 * 60 - 1, 18 * 60 + 30):
        assert minutes(100, TravelMode.CAR, departure) == 102
    for mode in (TravelMode.BIKE, TravelMode.EBIKE, TravelMode.PUBLIC_TRANSPORT):
        assert minutes(100, mode, 8 * 60) == minutes(100, mode, NOON)
    assert [bucket(each) for each in (0, 7 * 60, 9 * 60, 16 * 60, 18 * 60 + 30, 1439)] == [0, 1, 2, 3, 4, 4]


def test_next_door_takes_no_time() -> None:
    """Under 50 metres of road there is no journey; a little further the bike takes its two minutes."""
    assert all(minutes(0.03, mode) == 0 for mode in MODES)
    assert minutes(0.05, TravelMode.BIKE) == 3


def test_no_coordinates_no_estimate() -> None:
    """On either side."""
    nowhere = Place("x", None, None)
    assert Estimate().minutes(nowhere, km_north(1), TravelMode.CAR, NOON) is None
    assert Estimate().minutes(km_north(1), nowhere, TravelMode.CAR, NOON) is None


# Known times


def known(*rows: dict[str, Any]) -> Matrix:
    return Matrix(TravelTime(id=str(n), origin="a", destination="b", **row) for n, row in enumerate(rows))


A, B = Place("a", None, None), Place("b", None, None)


def test_a_row_for_the_mode_goes_before_a_general_one() -> None:
    """In any order of the rows, and also before a later departure."""
    rows = ({"minutes": 30}, {"minutes": 20, "mode": "bike"}, {"minutes": 40, "departure": "09:00"})
    for matrix in (known(*rows), known(*reversed(rows))):
        assert matrix.minutes(A, B, TravelMode.BIKE, NOON) == 20
        assert matrix.minutes(A, B, TravelMode.CAR, NOON) == 40
        assert matrix.minutes(A, B, TravelMode.CAR, 9 * 60 - 1) == 30


def test_the_latest_departure_that_has_passed_counts() -> None:
    """From 07:00 on and from 09:00 on; before 07:00 nothing is known."""
    matrix = known({"minutes": 35, "departure": "07:00"}, {"minutes": 25, "departure": "09:00"})
    found = [matrix.minutes(A, B, TravelMode.CAR, each) for each in (7 * 60 - 1, 7 * 60, 9 * 60 - 1, 9 * 60, 1439)]
    assert found == [None, 35, 35, 25, 25]


def test_of_two_rows_alike_the_longer_counts() -> None:
    """In any order, so that the order of a file does not matter."""
    rows = ({"minutes": 25}, {"minutes": 35})
    assert known(*rows).minutes(A, B, TravelMode.CAR, NOON) == 35
    assert known(*reversed(rows)).minutes(A, B, TravelMode.CAR, NOON) == 35


def test_the_way_back_is_another_journey() -> None:
    """A row says nothing about the other direction."""
    assert known({"minutes": 30}).minutes(B, A, TravelMode.CAR, NOON) is None


# The journeys of a term


def region(*rows: dict[str, Any], **anna: Any) -> Term:
    """Schools 10 km apart, the plant where north is, Anna at home where south is, by bike."""
    here, there = km_north(0), km_north(10)
    fields = {"home_latitude": there.latitude, "home_longitude": there.longitude, "travel_mode": "bike", **anna}
    return small_term(
        schools=[
            school("north", latitude=here.latitude, longitude=here.longitude),
            school("south", latitude=there.latitude, longitude=there.longitude),
        ],
        employer_sites=[{"id": "plant", "employer": "works", "latitude": here.latitude, "longitude": here.longitude}],
        professionals=[worker("anna", **fields)],
        travel_times=rows,
    )


def test_what_is_known_goes_before_the_estimate() -> None:
    """The row holds for its own journey, the estimate (49 minutes) for all others; nobody travels to where they are."""
    travel = Travel(region({"origin": "home:anna", "destination": "north", "minutes": 33}))
    assert travel.leg("anna", home("anna"), "north", NOON) == 33
    assert travel.leg("anna", "north", home("anna"), NOON) == 49
    assert travel.leg("anna", "north", "north", NOON) == 0


def test_the_departures_of_rows_count_to_the_minute() -> None:
    """A row from 10:07 on holds at 10:07 and not at 10:06."""
    row = {"origin": "north", "destination": "south", "minutes": 5, "departure": "10:07"}
    travel = Travel(region(row))
    assert [travel.leg("anna", "north", "south", each) for each in (10 * 60 + 6, 10 * 60 + 7, 1439)] == [49, 5, 5]


def test_each_person_travels_in_their_own_way() -> None:
    """The same journey by bike and by car."""
    assert Travel(region()).leg("anna", "north", "south", NOON) == 49
    assert Travel(region(travel_mode="car")).leg("anna", "north", "south", NOON) == 21


def test_who_gives_no_home_starts_from_work() -> None:
    """Half an address is none; the plant is where north is, so north is next door and south 49 minutes."""
    for missing in ({"home_latitude": None}, {"home_longitude": None}, {"home_latitude": None, "home_longitude": None}):
        travel = Travel(region(**missing))
        assert travel.leg("anna", home("anna"), "north", NOON) == 0
        assert travel.leg("anna", home("anna"), "south", NOON) == 49


def test_a_journey_nobody_knows_is_too_long_for_any_day() -> None:
    """Neither home nor work known: 24 hours, both ways."""
    travel = Travel(small_term(professionals=[person("anna")], travel_times=[]))
    assert travel.leg("anna", home("anna"), "north", NOON) == UNKNOWN_MINUTES == 1440
    assert travel.leg("anna", "north", home("anna"), NOON) == UNKNOWN_MINUTES


# Stops of a day


def stop(place: str, start: int, end: int, arrive: int = 0, leave: int = 0) -> Stop:
    return Stop(start, end, place, arrive, leave, "lesson")


def test_journeys_are_looked_up_when_they_are_made() -> None:
    """To the first stop half an hour and the arrival buffer before it starts, from a stop after its leave buffer."""
    rows = [
        *({"origin": "home:anna", "destination": "north", "minutes": m, "departure": d} for m, d in ((50, "00:00"), (30, "08:20"))),
        *({"origin": "north", "destination": "home:anna", "minutes": m, "departure": d} for m, d in ((30, "00:00"), (50, "10:05"))),
    ]  # fmt: skip
    travel = Travel(region(*rows))
    # 09:00 - 10 - 30 = 08:20, a minute earlier it is still slow.
    assert from_home_minutes(travel, "anna", stop("north", 9 * 60, 10 * 60, arrive=10)) == 30
    assert from_home_minutes(travel, "anna", stop("north", 9 * 60 - 1, 10 * 60, arrive=10)) == 50
    assert from_home_minutes(travel, "anna", stop("north", 10, 60, arrive=10)) == 50  # not before midnight
    # 10:00 + 5 = 10:05.
    assert to_home_minutes(travel, "anna", stop("north", 9 * 60, 10 * 60, leave=5)) == 50
    assert to_home_minutes(travel, "anna", stop("north", 9 * 60, 10 * 60, leave=4)) == 30


def test_places_nobody_knows_take_no_travel() -> None:
    """Work without a site: no journey to it, and no buffers around it."""
    travel = Travel(small_term(travel_times=list(journeys(["anna"]))))
    nowhere = stop("", 600, 660)
    assert from_home_minutes(travel, "anna", nowhere) == to_home_minutes(travel, "anna", nowhere) == 0
    assert leg_minutes(travel, "anna", nowhere, stop("north", 660, 700)) == 0
    assert fits(travel, "anna", nowhere, stop("north", 660, 700, arrive=10))


def test_two_stops_are_compatible_in_either_order() -> None:
    """North to south takes 15: 600 + 5 to leave + 15 + 10 to arrive = 630."""
    travel = Travel(small_term())
    first = stop("north", 550, 600, leave=5)
    for start, possible in ((630, True), (629, False)):
        second = stop("south", start, 700, arrive=10)
        assert compatible(travel, "anna", first, second) is possible
        assert compatible(travel, "anna", second, first) is possible
