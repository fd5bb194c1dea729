"""Builds the region around Eindhoven from the tables beside this file.

`python -m examples.eindhoven.build` writes it as JSON, workbook and CSV folder. The same tables give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from examples.eindhoven import courses, employers, habits, people, schools
from examples.eindhoven.tables import WEEKDAYS, clock, listed, near, rows
from model.term import Term

HERE = Path(__file__).parent

Row = dict[str, Any]

_MODES = {"ov": "public_transport"}
_STATUS = {"?": "proposed", "!": "fixed"}
_HALF_DAYS = {"o": "morning", "m": "afternoon"}
_ACCEPTED = {"1e": ["1e"], "2e": ["2e"], "mbo": ["1e", "2e", "pdg", "geschikt"]}
_LICENCE_WORDS = {"van": "valid_from", "tot": "valid_to", "bij": "board"}
_CONTINUITY = {"vrij": "free", "wens": "wished", "max2": "at_most"}
_PRIORITY = {"hoog": "high", "laag": "low"}


def region() -> Term:
    """The term of the region."""
    lessons, lesson_times = _lessons()
    return Term.model_validate(
        {
            "id": "eindhoven-2026-2027-1",
            "name": "Regio Eindhoven, eerste halfjaar 2026-2027",
            "start": "2026-08-31",
            "end": "2027-01-29",
            "as_of": "2026-06-15",
            "school_year": "2026-2027",
            "periods": _named(schools.PERIODS, ("id", "name", "start", "end")),
            "week_patterns": list(_week_patterns()),
            "boards": _named(schools.BOARDS, ("id", "name")),
            "schools": list(_schools()),
            "time_grids": list(_time_grids()),
            "calendar_days": list(_calendar()),
            "rooms": _named(schools.ROOMS, ("id", "school", "name", "capacity")),
            "class_groups": list(_class_groups()),
            "staff": [
                {"id": id_, "school": school, "name": name, "subjects": subjects.split(", ")}
                for id_, school, name, subjects in rows(schools.STAFF, 4)
            ],
            "employers": list(_employers()),
            "employer_sites": list(_employer_sites()),
            "teams": [
                {"id": id_, "employer": employer, "name": name} for id_, employer, name, _ in rows(employers.TEAMS, 4)
            ],
            "presence": list(_presence()),
            "release_choices": list(_choices()),
            "professionals": [_professional(*row) for row in rows(people.PEOPLE, 8)],
            "work": [each for row in rows(people.PEOPLE, 8) for each in _work(row[0], row[5])],
            "releases": [each for row in rows(people.PEOPLE, 8) for each in _releases(row[0], row[6])],
            "unavailability": list(_unavailability()),
            "wishes": list(_wishes()),
            "licences": list(_licences()),
            "stages": list(_stages()),
            "carpools": [{"people": pair} for pair in rows(habits.CARPOOLS, 2)],
            "engagements": list(_engagements()),
            "courses": list(_courses()),
            "lessons": lessons,
            "lesson_times": lesson_times,
            "busy": list(_busy()),
            "activities": list(_activities()),
            "rules": _named(habits.RULES, ("rule", "parameter", "value")),
        }
    )


def _named(table: str, names: tuple[str, ...]) -> list[Row]:
    return [_filled(dict(zip(names, row, strict=True))) for row in rows(table, len(names))]


def _filled(row: Row) -> Row:
    """A row without its empty cells."""
    return {name: value for name, value in row.items() if value not in ("", None, [])}


# The school side


def _week_patterns() -> Iterator[Row]:
    for name, at, weeks in rows(schools.WEEK_PATTERNS, 3):
        for school in at.split():
            yield {"name": name, "school": school, "weeks": weeks}


def _schools() -> Iterator[Row]:
    for id_, name, board, sector, town, buffer, practical in rows(schools.SCHOOLS, 7):
        latitude, longitude = near(town, id_)
        row = {"id": id_, "name": name, "board": board, "sector": sector, "town": town}
        buffers = {"arrival_buffer_minutes": buffer, "practical_buffer_minutes": practical}
        yield _filled({**row, "latitude": latitude, "longitude": longitude, **buffers})


def _time_grids() -> Iterator[Row]:
    for school, variant, weekday, first, times in rows(schools.GRIDS, 5):
        prefix, number = re.fullmatch(r"(\D*)(\d+)", first).groups()  # type: ignore[union-attr]  the tables are ours
        for index, (start, end) in enumerate(listed(times)):
            row = {"school": school, "variant": variant, "weekday": WEEKDAYS.get(weekday)}
            period = f"{prefix}{int(number) + index}"
            yield _filled({**row, "period": period, "start": clock(start), "end": clock(end)})


def _calendar() -> Iterator[Row]:
    known = {row[0] for row in rows(schools.SCHOOLS, 7)}
    for who, start, end, kind, name, variant in rows(schools.CALENDAR, 6):
        owner = {"school" if who in known else "employer": who}
        yield _filled({**owner, "start": start, "end": end, "kind": kind, "name": name, "variant": variant})
    for employer, start, end, name in rows(habits.BLACKOUTS, 4):
        yield {"employer": employer, "start": start, "end": end, "kind": "blackout", "name": name}


def _class_groups() -> Iterator[Row]:
    for school, variant, groups in rows(courses.CLASSES, 3):
        for name, pupils in listed(groups):
            yield {"id": f"{school}-{name}", "school": school, "name": name, "pupils": pupils, "variant": variant}


# The employer side


def _employers() -> Iterator[Row]:
    budgets, critical = dict(rows(habits.BUDGETS, 2)), dict(rows(habits.CRITICAL, 2))
    for row in _named(employers.EMPLOYERS, ("id", "name", "release_policy")):
        roles = listed(critical.get(row["id"], ""))
        more = {"release_quota_hours": budgets.get(row["id"]), "critical_roles": [role for role, *_ in roles]}
        yield _filled({**row, **more})


def _choices() -> Iterator[Row]:
    for employer, weekdays, at_most in rows(habits.CHOICES, 3):
        yield {"employer": employer, "weekdays": [WEEKDAYS[day] for day in weekdays.split()], "at_most": at_most}


def _employer_sites() -> Iterator[Row]:
    for id_, employer, name, town in rows(employers.SITES, 4):
        latitude, longitude = near(town, id_)
        yield {
            "id": id_,
            "employer": employer,
            "name": name,
            "town": town,
            "latitude": latitude,
            "longitude": longitude,
        }


def _presence() -> Iterator[Row]:
    names = ("employer", "team", "people", "skill", "weekday", "half_day", "minimum", "at_most_away", "others_present")
    for row in _named(employers.PRESENCE, names):
        if "people" in row:
            row["people"] = row["people"].split(", ")
        if "weekday" in row:
            row["weekday"] = WEEKDAYS[row["weekday"]]
        yield row


# The professionals


def _professional(id_: str, name: str, team: str, town: str, mode: str, *_others: str) -> Row:
    limits, agreed = next((limits, agreed) for who, limits, agreed in rows(people.AGREED, 3) if who == id_)
    employer, site = {team_id: (of, at) for team_id, of, _, at in rows(employers.TEAMS, 4)}.get(team, ("", ""))
    latitude, longitude = near(town, f"home {id_}")
    row = {
        "id": id_,
        "name": name,
        "employer": employer,
        "site": site,
        "team": team,
        "skills": [skill for who, skill in rows(people.SKILLS, 2) if who == id_],
        "home_town": town,
        "home_latitude": latitude,
        "home_longitude": longitude,
        "travel_mode": _MODES.get(mode, mode),
        "open_for_matching": "open" in agreed or "",
    }
    fields = {
        "/w": "max_lessons_per_week",
        "/d": "max_lessons_per_day",
        "d": "max_days_per_week",
        "m": "max_travel_minutes",
    }
    for limit in limits.split():
        number, unit = re.fullmatch(r"(\d+)(\D+)", limit).groups()  # type: ignore[union-attr]  the tables are ours
        row[fields[unit]] = number
    row |= {field: value for who, field, value in rows(habits.PEOPLE, 3) if who == id_}
    return _filled(row)


def _work(who: str, pattern: str) -> Iterator[Row]:
    name, *named = pattern.split() or [""]
    if name in people.SHIFTS:
        for week, (shift_days, start, end) in people.SHIFTS[name].items():
            for day in shift_days.split():
                times = {"weekday": WEEKDAYS[day], "start": clock(start), "end": clock(end)}
                yield {"professional": who, "cycle_weeks": len(people.SHIFTS[name]), "cycle_week": week, **times}
        return
    if not name:
        return
    start, end = (clock(each) for each in people.HOURS[name])
    free = {day.removeprefix("-") for day in named if day.startswith("-")}
    for day in ("ma", "di", "wo", "do", "vr"):
        row: Row = {"professional": who, "weekday": WEEKDAYS[day], "start": start, "end": end}
        if day in free and name.startswith("9x9"):
            yield {**row, "cycle_weeks": 2, "cycle_week": 2}
        elif day not in free and (free or not named or day in named):
            yield row


def _releases(who: str, released: str) -> Iterator[Row]:
    for day, *rest in listed(released):
        weekday, _, part = day.partition("-")
        row: Row = {"professional": who, "weekday": WEEKDAYS[weekday], "half_day": _HALF_DAYS.get(part)}
        for word in rest:
            if word in _STATUS:
                row["status"] = _STATUS[word]
            elif word in schools.PERIOD_WEEKS:
                row["weeks"] = schools.PERIOD_WEEKS[word]
            else:
                row["start"], row["end"] = (clock(each) for each in word.split("-"))
        yield _filled(row)


def _unavailability() -> Iterator[Row]:
    for who, weekday, start, end, dates, privacy, reason in rows(people.UNAVAILABLE, 7):
        first, last = dates.split() if dates else ("", "")
        row = {"professional": who, "weekday": WEEKDAYS.get(weekday), "first_date": first, "last_date": last}
        row |= {"start": start and clock(start), "end": end and clock(end), "privacy": privacy, "reason": reason}
        yield _filled(row)


def _wishes() -> Iterator[Row]:
    for who, about, grade in rows(people.WISHES, 3):
        field, _, what = about.partition(" ")
        yield {"professional": who, field: WEEKDAYS.get(what, what), "value": grade}


def _licences() -> Iterator[Row]:
    for who, *cells in rows(people.PEOPLE, 8):
        for short, sector, level, *rest in listed(cells[6]):
            row = {"professional": who, "subject": courses.SUBJECTS[short], "sector": sector, "level": level}
            for word in rest:
                key, _, value = word.partition(":")
                row[_LICENCE_WORDS[key]] = value
            yield row


def _stages() -> Iterator[Row]:
    for who, short, stage, start, end in rows(habits.STAGES, 5):
        row = {"professional": who, "subject": courses.SUBJECTS[short], "stage": stage}
        yield _filled({**row, "start": start, "end": end})


def _engagements() -> Iterator[Row]:
    least = {(who, board): lessons for who, board, lessons in rows(habits.MINIMA, 3)}
    for who, _, agreed in rows(people.AGREED, 3):
        for board, *rest in listed(agreed):
            if rest:
                status, form, *most = rest
                row = {"professional": who, "board": board, "status": status, "form": form}
                yield _filled({**row, "min_lessons": least.get((who, board)), "max_lessons": "".join(most)})


# The demand


def _courses() -> Iterator[Row]:
    for id_, short, groups, level, _, _, options in rows(courses.COURSES, 7):
        school, subject = id_.partition("-")[0], courses.SUBJECTS[short]
        row: Row = {"id": id_, "school": school, "subject": subject, "level": level}
        row["classes"] = [f"{school}-{name}" for name in groups.split(", ")]
        row["led_by"] = [staff for course, staff in rows(habits.LED, 2) if course == id_]
        for option in options.split():
            word, _, value = option.partition(":")
            if word in _ACCEPTED:
                row["required_licence"] = _ACCEPTED[word]
            elif word in _CONTINUITY:
                row["continuity"] = _CONTINUITY[word]
                row |= {"max_people": 2} if word == "max2" else {}
            elif word in _PRIORITY:
                row["priority"] = _PRIORITY[word]
            elif word == "gast":
                row["supervised_by"] = [value]
            elif word == "naam":
                row["name"] = value
            else:
                row |= {"praktijk": {"practical": True}, "twee": {"heads": 2}, "lokaal": {}}[word]
        yield _filled(row)


def _lessons() -> tuple[list[Row], list[Row]]:
    marks = {lesson: (must, pinned, blocked) for lesson, must, pinned, blocked in rows(courses.LESSONS, 4)}
    patterns = {(row["school"], row["name"]): row["weeks"] for row in _week_patterns()}
    lessons, times = [], []
    for course, _, _, _, weeks, given, options in rows(courses.COURSES, 7):
        rooms = [option.partition(":")[2] for option in options.split() if option.startswith("lokaal:")]
        for number, item in enumerate(given.split(","), start=1):
            own, *others = (_time(each) for each in item.split(" of "))
            id_ = f"{course}-{number}"
            must, pinned, blocked = marks.get(id_, ("", "", ""))
            row = {"id": id_, "course": course, **own, "room": "".join(rooms), "must_fill": bool(must) or ""}
            row["weeks"] = schools.PERIOD_WEEKS.get(weeks) or patterns.get((course.partition("-")[0], weeks))
            lessons.append(_filled({**row, "pinned": pinned.split(), "blocked": blocked.split()}))
            times += [{"lesson": id_, **other} for other in others]
    return lessons, times


def _time(text: str) -> Row:
    """`di 3-4` as weekday, first and last lesson period."""
    weekday, periods = text.split()
    first, _, last = periods.partition("-")
    return _filled({"weekday": WEEKDAYS[weekday], "first_period": first, "last_period": last})


def _busy() -> Iterator[Row]:
    for who, weekday, periods, what in rows(courses.BUSY, 4):
        kind, key = who.split()
        school = key.partition("-")[0] if kind != "professional" else courses.BUSY_AT[key]
        yield {kind: key, "school": school, **_time(f"{weekday} {periods}"), "subject": what}


def _activities() -> Iterator[Row]:
    names = ("id", "name", "school", "required", "wished", "weeks", "weekday", "start", "minutes")
    for given in _named(habits.ACTIVITIES, names):
        row = given | {role: given[role].split(", ") for role in ("required", "wished") if role in given}
        if "weekday" in row:
            row |= {"weekday": WEEKDAYS[row["weekday"]], "start": clock(row["start"])}
        yield row
