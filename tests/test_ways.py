"""All pairs of a person's times at once say what the words about two stops say."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from model.day import Stop, compatible, fits
from model.hours import idle_minutes
from model.lessons import TravelTime
from model.term import Term
from model.travel import Travel, home
from model.ways import Ways, time_of
from tests.regions import school, small_term, worker

PLACES = ["north", "south", "plant", "nowhere"]


def region(rows: list[dict[str, Any]], mode: str) -> Term:
    """Two schools, the works, and a school nobody knows the place of."""
    return small_term(
        schools=[
            school("north", latitude=51.0, longitude=5.0),
            school("south", latitude=51.1, longitude=5.0),
            school("nowhere", latitude=None, longitude=None),
        ],
        employer_sites=[{"id": "plant", "employer": "works", "latitude": 51.05, "longitude": 5.1}],
        professionals=[worker("anna", home_latitude=51.0, home_longitude=5.2, travel_mode=mode)],
        travel_times=[TravelTime(id=str(n), **row).model_dump() for n, row in enumerate(rows)],
        public_transport_margin_minutes=10,
    )


modes = st.sampled_from(["car", "bike", "public_transport"])
rows = st.lists(
    st.fixed_dictionaries(
        {
            "origin": st.sampled_from([*PLACES, "home:anna"]),
            "destination": st.sampled_from(PLACES),
            "minutes": st.sampled_from([0, 5, 50]),
            "departure": st.sampled_from([None, 8 * 60, 12 * 60]),
        }
    ).filter(lambda row: row["origin"] != row["destination"]),
    max_size=4,
)
stops = st.lists(
    st.builds(
        lambda start, length, place, arrive, leave: Stop(start, start + length, place, arrive, leave, "lesson"),
        st.integers(0, 20).map(lambda n: 7 * 60 + 30 * n),
        st.sampled_from([30, 50, 240]),
        st.sampled_from([*PLACES, ""]),
        st.sampled_from([0, 10]),
        st.sampled_from([0, 5]),
    ),
    max_size=8,
)


@given(rows, modes, stops)
def test_pairs_say_what_two_stops_say(rows: list[dict[str, Any]], mode: str, stops: list[Stop]) -> None:
    """Whether one can follow the other, whether both go together, and what is idle between them."""
    travel = Travel(region(rows, mode))
    ways = Ways(travel, "anna", map(time_of, stops))
    for a, b in product(stops, repeat=2):
        first, second = ways.place[time_of(a)], ways.place[time_of(b)]
        assert bool(ways.after[first, second]) == (a.end <= b.start)
        assert bool(ways.fits[first, second]) == fits(travel, "anna", a, b)
        if a.end <= b.start:
            assert int(ways.idle[first, second]) == idle_minutes(travel, "anna", a, b)
        if a.start != b.start:
            assert ways.beside(a)[second] == compatible(travel, "anna", a, b)


@given(rows, modes)
def test_many_journeys_at_once_take_as_long_as_one_by_one(rows: list[dict[str, Any]], mode: str) -> None:
    """Between schools and works at any time, and between them and home at every departure that makes a difference."""
    travel = Travel(region(rows, mode))
    leaving = [(place, at) for place in PLACES for at in (0, 7 * 60 + 59, 8 * 60, 17 * 60, 24 * 60)]
    between = travel.legs_between("anna", leaving, PLACES)
    for n, (place, at) in enumerate(leaving):
        assert between[n].tolist() == [travel.leg("anna", place, other, at) for other in PLACES]
    there, back = (travel.from_home("anna", PLACES, back=each) for each in (False, True))
    for n, at in enumerate(travel.departures("anna")):
        assert there[n].tolist() == [travel.leg("anna", home("anna"), place, at) for place in PLACES]
        assert back[n].tolist() == [travel.leg("anna", place, home("anna"), at) for place in PLACES]
