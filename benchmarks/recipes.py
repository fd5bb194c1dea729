"""What generated regions are made of: profiles, subjects, time grids, weeks and towns."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random

from model.travel import crow_km

START, END = "2026-08-31", "2026-11-06"
FIRST_HALF, SECOND_HALF = "36-39", "40-45"
A_WEEKS, B_WEEKS = "36,38,40,42,45", "37,39,41,44"
HOLIDAY = ("2026-10-19", "2026-10-25")
"""Ten weeks, 36 to 45, with the autumn holiday in week 43."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
SUBJECTS = (
    "wiskunde", "natuurkunde", "scheikunde", "informatica", "economie", "techniek",
    "engels", "zorg", "elektro", "bouw", "logistiek", "mechatronica",
)  # fmt: skip
TRAVEL_MODES = (*["car"] * 6, "ebike", "ebike", "public_transport", "public_transport")
MAX_TRAVEL_MINUTES = (45, 60)
LICENCE_LEVELS = ("1e", "1e", *["2e"] * 5, "pdg", "pdg", "gast")

COMMON_CARDS = 5
"""How often each of the common half of the subjects is dealt, against `Recipe.scarce_cards` of the others."""

GRIDS = {
    "vo50": [(510 + 50 * i + 20 * (i >= 2) + 30 * (i >= 4), 50) for i in range(9)],
    "vo45": [(500 + 45 * i + 20 * (i >= 3) + 30 * (i >= 5), 45) for i in range(9)],
    "vo60": [(510 + 60 * i + 20 * (i >= 2) + 30 * (i >= 4), 60) for i in range(7)],
    "mbo60": [*((510 + 60 * i + 30 * (i >= 4), 60) for i in range(8)), *((1110 + 50 * i, 50) for i in range(3))],
}
"""Start and length in minutes of each lesson period; the mbo grid ends with three evening periods."""


class Profile(StrEnum):
    """How much there is of what."""

    SCARCE = "scarce"
    BALANCED = "balanced"
    AMPLE = "ample"
    TIGHT_TEAMS = "tight-teams"
    HEAVY = "heavy"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a profile means.

    Attributes:
        demand: lesson periods asked for each that people may give.
        lessons: most lesson periods a week, drawn from these.
        days: most teaching days a week, drawn from these.
        released: how many weekdays a company gives away, drawn from these.
        subjects: how many subjects somebody is licensed for, drawn from these.
        away_share: share of a team that may be away together.
        scarce_cards: licences for each of the scarce half of the subjects, against five for the others.
    """

    demand: float
    lessons: tuple[int, ...] = (2, 3, 4, 5, 6, 8, 10)
    days: tuple[int, ...] = (1, 1, 1, 2, 2)
    released: tuple[int, ...] = (2, 3, 4)
    subjects: tuple[int, ...] = (1, 1, 1, 2, 2)
    away_share: float = 0.5
    scarce_cards: int = 3


RECIPES = {
    Profile.SCARCE: Recipe(demand=1.9, released=(1, 2, 3)),
    Profile.BALANCED: Recipe(demand=1.0),
    Profile.AMPLE: Recipe(
        demand=0.15, released=(4, 5), days=(3, 4), subjects=(3, 4), lessons=(6, 8, 10), scarce_cards=5
    ),
    Profile.TIGHT_TEAMS: Recipe(demand=1.0, away_share=0.25),
    Profile.HEAVY: Recipe(demand=1.0, lessons=(12, 16, 20, 24), days=(3, 4, 5), released=(3, 4, 5)),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map, in degrees."""

    town: str
    latitude: float
    longitude: float


def towns(size: int, random: Random) -> tuple[list[Spot], list[float]]:
    """The towns of a region with their weights: those nearest to a middle, enough of them for the number of people."""
    with Path(__file__).with_name("towns.csv").open(encoding="utf-8", newline="") as file:
        known = [
            (Spot(row["town"], float(row["latitude"]), float(row["longitude"])), int(row["population"]))
            for row in csv.DictReader(file, delimiter=";")
        ]
    middle = random.choice(known[: max(5, 40 - size // 100)])[0]
    near = sorted(
        known, key=lambda each: crow_km(middle.latitude, middle.longitude, each[0].latitude, each[0].longitude)
    )
    chosen = near[: max(4, size // 10 - 4)]
    return [spot for spot, _ in chosen], [population**0.75 for _, population in chosen]
