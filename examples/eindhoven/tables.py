"""Reading the text tables beside this file: one row a line, cells between bars, notes after a hash."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

SEED = 2026

WEEKDAYS = {"ma": "mon", "di": "tue", "wo": "wed", "do": "thu", "vr": "fri", "za": "sat"}

TOWNS = {
    "Asten": (51.4020, 5.7480),
    "Beek en Donk": (51.5295, 5.6310),
    "Bergeijk": (51.3205, 5.3585),
    "Best": (51.5075, 5.3905),
    "Boxtel": (51.5910, 5.3290),
    "Deurne": (51.4605, 5.7965),
    "Eersel": (51.3580, 5.3175),
    "Eindhoven": (51.4405, 5.4730),
    "Geldrop": (51.4215, 5.5600),
    "Gemert": (51.5555, 5.6905),
    "Heeze": (51.3830, 5.5720),
    "Helmond": (51.4790, 5.6570),
    "Mierlo": (51.4405, 5.6190),
    "Nuenen": (51.4725, 5.5530),
    "Oirschot": (51.5045, 5.3130),
    "Schijndel": (51.6225, 5.4325),
    "Sint-Oedenrode": (51.5660, 5.4600),
    "Someren": (51.3850, 5.7125),
    "Son en Breugel": (51.5150, 5.4960),
    "Valkenswaard": (51.3515, 5.4595),
    "Veldhoven": (51.4195, 5.4045),
    "Waalre": (51.3865, 5.4450),
}


def rows(table: str, cells: int) -> Iterator[tuple[str, ...]]:
    """The rows of a text table, each with so many cells (missing ones at the end are empty)."""
    for line in table.splitlines():
        row = [cell.strip() for cell in line.partition("#")[0].split("|")]
        if any(row):
            if len(row) > cells:
                raise ValueError(f"more than {cells} cells: {line}")
            yield (*row, *[""] * (cells - len(row)))


def listed(cell: str) -> list[list[str]]:
    """The items of a cell, `a b, c` as `[["a", "b"], ["c"]]`."""
    return [item.split() for item in cell.split(",") if item.strip()]


def near(town: str, key: str) -> tuple[float, float]:
    """Coordinates somewhere in a town: the same for the same key, whatever else is in the region."""
    latitude, longitude = TOWNS[town]
    spread = 2.0 if town in ("Eindhoven", "Helmond") else 1.0
    random = Random(f"{SEED} {key}")  # noqa: S311  places on a map, no secrets
    return (
        round(latitude + spread * random.uniform(-0.008, 0.008), 4),
        round(longitude + spread * random.uniform(-0.012, 0.012), 4),
    )


def clock(text: str) -> str:
    """`8` and `8:30` as `08:00` and `08:30`."""
    hour, _, minute = text.partition(":")
    return f"{int(hour):02d}:{minute or '00'}"
