"""Miniature terms with one thing in the way of Anna giving l1, and what must be said of it."""

from __future__ import annotations

from typing import Any

from model.rule import Owner
from tests.regions import course, lesson, licence, person, release, work, worker

BUSY = {"lessons": [lesson("l1"), lesson("l2", "2"), lesson("l3", "3", weekday="tue")]}
WORKING = {"professionals": [worker("anna")], "work": [work("anna")]}

TWO = [person("anna"), person("bob")]
FAR = {
    "lessons": [lesson("l1"), lesson("l2", "4", course="far")],
    "courses": [course("robots"), course("far", school="south")],
}

Planted = tuple[dict[str, Any], list[str | tuple[str, str]], list[str], set[Owner] | None]

PLANTED: list[Planted] = [
    # The term, lessons that Anna gives, or others, the rules in the way of l1, and who must agree (None: nobody can).
    ({"licences": []}, [], ["licence"], None),
    ({"licences": [licence("anna", valid_to="2026-09-10")]}, [], ["licence"], None),
    ({"lessons": [lesson("l1", blocked=["anna"])]}, [], ["blocked"], {Owner.SCHOOL}),
    (
        {"professionals": [person("anna", open_for_matching=False)]},
        [],
        ["engagement"],
        {Owner.PROFESSIONAL, Owner.SCHOOL},
    ),
    ({"professionals": [person("anna", max_travel_minutes=10)]}, [], ["travel_limit"], {Owner.PROFESSIONAL}),
    (
        {**BUSY, "professionals": [person("anna", max_lessons_per_week=2)]},
        ["l2", "l3"],
        ["lessons_per_week"],
        {Owner.PROFESSIONAL},
    ),
    (
        {**BUSY, "professionals": [person("anna", max_lessons_per_day=1)]},
        ["l2"],
        ["lessons_per_day"],
        {Owner.PROFESSIONAL},
    ),
    ({**BUSY, "professionals": [person("anna", max_days_per_week=1)]}, ["l3"], ["days_per_week"], {Owner.PROFESSIONAL}),
    (
        {**BUSY, "professionals": [person("anna", max_lessons_in_row=1)]},
        ["l2"],
        ["lessons_in_row"],
        {Owner.PROFESSIONAL},
    ),
    (
        {"lessons": [lesson("l1"), lesson("l2", "4")], "professionals": [person("anna", max_gaps_per_day=1)]},
        ["l2"],
        ["gaps_per_day"],
        {Owner.PROFESSIONAL},
    ),
    ({"professionals": [person("anna", min_lessons_per_visit=2)]}, [], ["minimum_visit"], {Owner.PROFESSIONAL}),
    (
        {"lessons": [lesson("l1", "7")], "professionals": [person("anna", max_evenings_per_week=0)]},
        [],
        ["evenings_per_week"],
        {Owner.PROFESSIONAL},
    ),
    ({"unavailability": [{"professional": "anna", "weekday": "mon"}]}, [], ["availability"], {Owner.PROFESSIONAL}),
    ({**WORKING}, [], ["release"], {Owner.EMPLOYER}),
    (
        {**WORKING, "releases": [release("anna")], "presence": [{"employer": "works", "at_most_away": 0}]},
        [],
        ["presence"],
        {Owner.EMPLOYER},
    ),
    (
        {
            **WORKING,
            "releases": [release("anna")],
            "employers": [{"id": "works", "name": "Works", "release_quota_hours": 1}],
        },
        [],
        ["release_budget"],
        {Owner.EMPLOYER},
    ),
    (
        {"activities": [{"id": "m", "required": ["anna"], "weekday": "mon", "start": "08:45", "minutes": 30}]},
        [],
        ["activity"],
        {Owner.SCHOOL},
    ),
    ({"lessons": [lesson("l1"), lesson("l2")]}, ["l2"], ["clash"], None),
    (
        {
            "lessons": [lesson("l1"), lesson("l2", "2", course="far")],
            "courses": [course("robots"), course("far", school="south")],
        },
        ["l2"],
        ["clash"],
        None,
    ),
    (
        {**BUSY, "professionals": [person("anna", max_lessons_per_week=1, max_travel_minutes=5)]},
        ["l2"],
        ["lessons_per_week", "travel_limit"],
        {Owner.PROFESSIONAL},
    ),
    ({"professionals": TWO, "lessons": [lesson("l1", pinned=["bob"])]}, [("l1", "bob")], ["pinned"], {Owner.SCHOOL}),
    (
        {"busy": [{"id": "b", "professional": "anna", "weekday": "mon", "start": "08:30", "end": "09:20"}]},
        [],
        ["availability"],
        None,
    ),
    (
        {**FAR, "professionals": [person("anna", max_sites_per_day=1)]},
        ["l2"],
        ["max_sites_per_day"],
        {Owner.PROFESSIONAL},
    ),
    (
        {
            "professionals": [*TWO],
            "carpools": [{"people": ["anna", "bob"], "required": True}],
            "lessons": [lesson("l1", blocked=["bob"])],
        },
        [],
        ["carpool_required"],
        {Owner.PROFESSIONAL},
    ),
    (
        {
            **WORKING,
            "releases": [release("anna")],
            "calendar_days": [
                {"id": "x", "employer": "works", "start": "2026-09-07", "end": "2026-09-07", "kind": "blackout"}
            ],
        },
        [],
        ["blackout"],
        None,
    ),
    (
        {
            "professionals": [worker("anna")],
            "work": [work("anna"), work("anna", weekday="tue")],
            "releases": [release("anna"), release("anna", weekday="tue")],
            "release_choices": [{"employer": "works", "weekdays": ["mon", "tue"], "at_most": 1}],
            "lessons": [lesson("l1"), lesson("l2", weekday="tue")],
        },
        ["l2"],
        ["release_choice"],
        {Owner.EMPLOYER},
    ),
    (
        {
            "lessons": [lesson("l1"), lesson("l2", "2")],
            "professionals": [person("anna", open_for_matching=False)],
            "engagements": [{"professional": "anna", "board": "board", "max_lessons": 1}],
        },
        ["l2"],
        ["engagement_lessons"],
        {Owner.PROFESSIONAL, Owner.SCHOOL},
    ),
    (
        {
            "professionals": [person("anna", open_for_matching=False)],
            "engagements": [{"professional": "anna", "board": "board", "end": "2026-09-10"}],
        },
        [],
        ["engagement"],
        {Owner.PROFESSIONAL, Owner.SCHOOL},
    ),
    (
        {
            **WORKING,
            "employers": [{"id": "works", "name": "Works", "critical_roles": ["bhv"]}],
            "professionals": [worker("anna", skills=["bhv"])],
            "releases": [release("anna")],
        },
        [],
        ["presence"],
        None,
    ),
    # One travel time: her work begins ten minutes after the lesson, and the plant is a quarter of an hour away.
    ({**WORKING, "work": [work("anna", "09:30", "17:00")]}, [], ["release"], {Owner.EMPLOYER}),
    (
        {"licences": [licence("anna", level="2e")], "courses": [course("robots", required_licence=["1e"])]},
        [],
        ["licence"],
        None,
    ),
    (
        {
            "lessons": [lesson("l1", "7"), lesson("l2", weekday="tue")],
            "professionals": [worker("anna")],
            "work": [work("anna", "05:00", "10:00", weekday="tue")],
        },
        [],
        ["daily_rest"],
        None,
    ),
    ({"stages": [{"professional": "anna", "stage": "meelopen"}]}, [], ["lead_beside_trainee"], None),
    (
        {
            "activities": [{"id": "m", "required": ["anna"], "weekday": "mon", "minutes": 200}],
            "lessons": [lesson("l1"), lesson("l2", "5")],
        },
        ["l2"],
        ["activity_half_day"],
        None,
    ),
    (
        {
            "rules": [{"rule": "stable_weekday", "parameter": "most", "value": "1"}],
            "lessons": [lesson("l1", weeks="37"), lesson("l2", weekday="tue", weeks="38")],
        },
        ["l2"],
        ["stable_weekday"],
        None,
    ),
]
