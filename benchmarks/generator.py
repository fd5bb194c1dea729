"""Regions of any size, as ordinary terms: the same number, seed and profile give the same bytes.

Towns are real (`towns.csv`, from GeoNames, CC BY 4.0); schools, companies and people are made up and placed by them.
What makes these regions hard is kept on purpose: demand beyond supply, few released days, limits per week and per day
that cut across courses, presence that ties colleagues together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import Any

from benchmarks.recipes import (
    A_WEEKS,
    B_WEEKS,
    COMMON_CARDS,
    END,
    FIRST_HALF,
    GRIDS,
    HOLIDAY,
    LICENCE_LEVELS,
    MAX_TRAVEL_MINUTES,
    RECIPES,
    SECOND_HALF,
    START,
    SUBJECTS,
    TRAVEL_MODES,
    WEEKDAYS,
    Profile,
    Recipe,
    Spot,
    towns,
)
from model.term import Term

Row = dict[str, Any]


def generate(professionals: int, seed: int, profile: Profile) -> Term:
    """A region with so many professionals."""
    return _Region(
        professionals,
        Random(f"{professionals}/{seed}/{profile}"),
        RECIPES[profile],
        f"{profile}-{professionals}-{seed}",
    ).term()


def density(size: int) -> float:
    """What a region asks against one of 300: in a small one fewer courses fit anybody, and it asks less accordingly."""
    return min(1.05, 0.58 + 0.17 * math.log10(size))


class _Region:
    """Draws one region, table by table."""

    def __init__(self, size: int, random: Random, recipe: Recipe, name: str) -> None:
        self.size, self.random, self.recipe, self.name = size, random, recipe, name
        self.towns, self.weights = towns(size, random)
        self.tables: dict[str, list[Row]] = {
            name: []
            for name in (
                "boards", "schools", "time_grids", "staff", "class_groups", "employers", "employer_sites", "teams",
                "presence", "professionals", "work", "releases", "licences", "courses", "lessons",
            )
        }  # fmt: skip
        self.spots: dict[str, Spot] = {}
        self.grids: dict[str, str] = {}
        self.subjects = random.sample(SUBJECTS, min(len(SUBJECTS), max(3, size // 12)))
        self.decks: dict[str, list[Any]] = {}

    def term(self) -> Term:
        """The finished region."""
        self._schools()
        self._employers()
        supply = self._people()
        self._courses(supply * self.recipe.demand * density(self.size))
        return Term.model_validate(
            {
                "id": self.name,
                "name": self.name,
                "start": START,
                "end": END,
                "school_year": "2026-2027",
                "calendar_days": [
                    {"start": HOLIDAY[0], "end": HOLIDAY[1], "kind": "holiday", "name": "herfstvakantie"}
                ],
                "week_patterns": [{"name": "A", "weeks": A_WEEKS}, {"name": "B", "weeks": B_WEEKS}],
                **self.tables,
            }
        )

    def _deal(self, name: str, cards: Sequence[Any]) -> Any:
        """The next card of a deck that is shuffled anew when it is empty: shares come out closer than by chance."""
        deck = self.decks.setdefault(name, [])
        if not deck:
            deck += self.random.sample(cards, len(cards))
        return deck.pop()

    def _near(self, spot: Spot | None, spread_km: float) -> Spot:
        """A place near another one, or near a town drawn by its population."""
        if spot is None:
            spot = self.random.choices(self.towns, self.weights)[0]
        north, east = self.random.gauss(0, spread_km), self.random.gauss(0, spread_km)
        latitude = spot.latitude + north / 111.2
        longitude = spot.longitude + east / (111.2 * math.cos(math.radians(spot.latitude)))
        return Spot(spot.town, round(latitude, 4), round(longitude, 4))

    def _schools(self) -> None:
        boards = max(2, self.size // 25)
        self.tables["boards"] = [{"id": f"board{i}", "name": f"Bestuur {i}"} for i in range(boards)]
        for index in range(max(3, self.size // 7)):
            school, mbo = f"s{index}", self._deal("sector", ("vo", "vo", "mbo")) == "mbo"
            spot = self._near(None, 1.5)
            self.spots[school] = spot
            self.grids[school] = "mbo60" if mbo else self._deal("grid", ("vo50", "vo50", "vo45", "vo60"))
            self.tables["schools"].append(
                {
                    "id": school,
                    "name": f"School {index} {spot.town}",
                    "board": f"board{index % boards}",
                    "sector": "mbo" if mbo else "vo",
                    "town": spot.town,
                    "latitude": spot.latitude,
                    "longitude": spot.longitude,
                }
            )
            self.tables["staff"].append({"id": f"{school}-staff", "school": school, "name": f"Teamleider {index}"})
            self.tables["time_grids"] += [
                {"school": school, "period": str(number + 1), "start": start, "end": start + length}
                for number, (start, length) in enumerate(GRIDS[self.grids[school]])
            ]

    def _employers(self) -> None:
        for index in range(max(3, self.size // 6)):
            employer, spot = f"e{index}", self._near(None, 2)
            self.spots[employer] = spot
            self.tables["employers"].append(
                {
                    "id": employer,
                    "name": f"Bedrijf {index} {spot.town}",
                    "release_policy": self._deal("policy", ("day", "half_day")),
                }
            )
            self.tables["employer_sites"].append(
                {
                    "id": f"{employer}-site",
                    "employer": employer,
                    "town": spot.town,
                    "latitude": spot.latitude,
                    "longitude": spot.longitude,
                }
            )

    def _people(self) -> int:
        """Professionals with work, releases and licences; gives the lesson periods a week they may give together."""
        employers = [row["id"] for row in self.tables["employers"]]
        given_days = {each: self._given_days() for each in employers}
        sizes = [min(5.0, self.random.paretovariate(1.5)) for _ in employers]
        team_of: dict[str, list[str]] = {}
        supply = 0
        for index in range(self.size):
            who, employer = f"p{index}", self.random.choices(employers, sizes)[0]
            team = f"{employer}-t{index % 2}"
            team_of.setdefault(team, []).append(who)
            home = self._near(self.spots[employer], 8)
            most = self._deal("lessons", self.recipe.lessons)
            supply += most
            self.tables["professionals"].append(
                {
                    "id": who,
                    "name": f"Professional {index}",
                    "employer": employer,
                    "site": f"{employer}-site",
                    "team": team,
                    "home_town": home.town,
                    "home_latitude": home.latitude,
                    "home_longitude": home.longitude,
                    "travel_mode": self._deal("travel", TRAVEL_MODES),
                    "max_travel_minutes": self._deal("reach", MAX_TRAVEL_MINUTES),
                    "max_lessons_per_week": most,
                    "max_days_per_week": self._deal("days", self.recipe.days),
                    "open_for_matching": True,
                }
            )
            self._week(who, given_days[employer])
            self._licences(who)
        for team, people in team_of.items():
            employer = team.partition("-")[0]
            self.tables["teams"].append({"id": team, "employer": employer, "name": f"Team {team}"})
            most_away = max(1, math.floor(len(people) * self.recipe.away_share))
            self.tables["presence"].append({"employer": employer, "team": team, "at_most_away": most_away})
        return supply

    def _given_days(self) -> list[str]:
        """Weekdays that a company gives away."""
        given: list[str] = []
        for _ in range(self._deal("released", self.recipe.released)):
            given.append(next(day for day in iter(lambda: self._deal("weekday", WEEKDAYS), None) if day not in given))
        return given

    def _week(self, who: str, given: list[str]) -> None:
        """A working week, with a day off for some, and what of it is released."""
        off = self.random.choice(WEEKDAYS) if self.random.random() < 0.35 else None
        for weekday in WEEKDAYS:
            if weekday == off:
                continue
            self.tables["work"].append({"professional": who, "weekday": weekday, "start": "08:30", "end": "17:00"})
            if weekday in given:
                half_day = "afternoon" if self.random.random() < 0.2 else None
                self.tables["releases"].append({"professional": who, "weekday": weekday, "half_day": half_day})

    def _licences(self, who: str) -> None:
        """Licences for some subjects: degrees and guest teachers for both sectors, the pedagogical certificate for mbo."""
        half = len(self.subjects) // 2
        cards = self.subjects[:half] * COMMON_CARDS + self.subjects[half:] * self.recipe.scarce_cards
        count = self._deal("subjects", self.recipe.subjects)
        for subject in dict.fromkeys(self._deal("subject", cards) for _ in range(count)):
            level = self._deal("level", LICENCE_LEVELS)
            for sector in ("mbo",) if level == "pdg" else ("vo", "mbo"):
                self.tables["licences"].append(
                    {"professional": who, "subject": subject, "sector": sector, "level": level}
                )

    def _courses(self, demand: float) -> None:
        """Courses until as many lesson periods are asked for as the profile wants."""
        schools = self.tables["schools"]
        asked, index = 0.0, 0
        while asked < demand:
            school = self.random.choice(schools)
            asked += (
                self._vo_course(index, school["id"])
                if school["sector"] == "vo"
                else self._mbo_course(index, school["id"])
            )
            index += 1

    def _course(self, index: int, school: str, **fields: Any) -> Row:
        group = f"{school}-g{index}"
        self.tables["class_groups"].append({"id": group, "school": school, "pupils": self.random.randint(14, 30)})
        row = {
            "id": f"c{index}",
            "school": school,
            "subject": self.random.choice(self.subjects),
            "classes": [group],
            "priority": self.random.choices(("normal", "high", "low"), (60, 25, 15))[0],
            "continuity": self.random.choices(("same", "wished"), (80, 20))[0],
            "supervised_by": [f"{school}-staff"] if self.random.random() < 0.3 else [],
            **fields,
        }
        self.tables["courses"].append(row)
        return row

    def _vo_course(self, index: int, school: str) -> float:
        """One to four lesson periods a week, in double periods where it can be, some only in A or B weeks."""
        self._course(index, school, required_licence=["1e"] if self.random.random() < 0.2 else ["2e"])
        left = self.random.choices((1, 2, 3, 4), (15, 40, 25, 20))[0]
        weeks, share = self.random.choices(((None, 1.0), (A_WEEKS, 0.5), (B_WEEKS, 0.5)), (80, 10, 10))[0]
        asked, weekdays = left * share, self.random.sample(WEEKDAYS, 4)
        number = 0
        while left:
            length = 2 if left >= 2 and self.random.random() < 0.6 else 1
            first = self.random.randint(1, len(GRIDS[self.grids[school]]) - length + 1)
            self._lesson(f"l{index}-{number}", index, weekdays[number], first, length, weeks)
            left -= length
            number += 1
        return asked

    def _mbo_course(self, index: int, school: str) -> float:
        """A module of half-days in half a term, an evening class, or weekly hours."""
        kind = self.random.choices(("module", "evening", "weekly"), (55, 10, 35))[0]
        self._course(index, school, practical=kind == "module")
        if kind == "evening":
            self._lesson(f"l{index}-0", index, self.random.choice(WEEKDAYS[:4]), 9, 3, None)
            return 3.0
        if kind == "module":
            weeks, first = self.random.choice((FIRST_HALF, SECOND_HALF)), self.random.choice((1, 5))
            self._lesson(f"l{index}-0", index, self.random.choice(WEEKDAYS), first, self.random.choice((3, 4)), weeks)
            return 2.0
        for number, weekday in enumerate(self.random.sample(WEEKDAYS, 2)):
            self._lesson(f"l{index}-{number}", index, weekday, self.random.randint(1, 7), 2 - number, None)
        return 3.0

    def _lesson(self, lesson: str, course: int, weekday: str, first: int, length: int, weeks: str | None) -> None:
        last = str(first + length - 1) if length > 1 else None
        self.tables["lessons"].append(
            {
                "id": lesson,
                "course": f"c{course}",
                "weekday": weekday,
                "first_period": str(first),
                "last_period": last,
                "weeks": weeks,
            }
        )
