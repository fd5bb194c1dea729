"""Examples of what can be sent, by operation: OpenAPI shows them, and a test sends each to a service and expects success.

All are of one small region: the schools Noord and Zuid, the employer Acme, Anna and Cleo who work there, and the lesson `nn-do` that
nobody gives yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NAMES = {
    kind: f"{kind}-7f3kq2mnpx9wd4tz"
    for kind in ("term", "outcome", "scenario", "job", "record", "feed", "webhook", "token", "grant")
} | {"lesson": "nn-do", "professional": "anna"}
"""An id of each kind. Those of documents are made up by the service, those of a term's rows by who hands it over."""

TERM, OUTCOME, SCENARIO = NAMES["term"], NAMES["outcome"], NAMES["scenario"]


@dataclass(frozen=True, slots=True)
class Example:
    """One example.

    Attributes:
        name: one word, unique in its operation.
        summary: what it shows.
        who: the role of somebody who may send it.
    """

    name: str
    summary: str
    value: Any
    who: str = "admin"


_ABSENT = {"kind": "absence", "professional": "cleo", "first_date": "2026-09-14", "last_date": "2026-09-25"}
_RELEASED = {"kind": "release", "professional": "anna", "weekday": "thu", "half_day": "morning"}

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "add_term": (
        Example(
            "term",
            "One school, one employer, one professional, one lesson a week",
            {
                "id": "2026-1",
                "name": "Najaar 2026",
                "start": "2026-08-31",
                "end": "2026-10-11",
                "schools": [{"id": "noord", "name": "Noord", "sector": "vo", "town": "Eindhoven"}],
                "time_grids": [{"school": "noord", "period": "1", "start": "08:30", "end": "09:20"}],
                "class_groups": [{"id": "3a", "school": "noord", "name": "3a", "pupils": 28}],
                "employers": [{"id": "acme", "name": "Acme"}],
                "professionals": [{"id": "anna", "name": "Anna Vries", "employer": "acme", "home_town": "Best"}],
                "licences": [{"professional": "anna", "subject": "techniek", "sector": "vo", "level": "1e"}],
                "courses": [{"id": "tn", "school": "noord", "subject": "techniek", "name": "Techniek", "classes": ["3a"]}],
                "lessons": [{"id": "tn-ma", "course": "tn", "weekday": "mon", "first_period": "1"}],
            },
        ),
    ),
    "change_region": (
        Example(
            "pseudonyms",
            "Schools and coordinators see people under a pseudonym until they are matched",
            {"name": "Regio Eindhoven", "settings": {"pseudonyms": True, "ground": "Toestemming", "keep_days": 730}},
        ),
    ),
    "patch_term": (Example("name", "Another name; all else stays", {"name": "Herfst 2026"}),),
    "add_holidays": (
        Example(
            "year",
            "A school year as rijksoverheid.nl gives it",
            {
                "content": [
                    {
                        "title": "Schoolvakanties 2026-2027",
                        "schoolyear": "2026-2027",
                        "vacations": [
                            {
                                "type": "Herfstvakantie",
                                "compulsorydates": "false",
                                "regions": [{"region": "zuid", "startdate": "2026-10-03", "enddate": "2026-10-11"}],
                            }
                        ],
                    }
                ]
            },
        ),
    ),
    "set_deadline": (
        Example("date", "Until a moment", {"deadline": "2026-06-01T17:00:00+02:00"}),
        Example("none", "No deadline any more", {"deadline": None}),
    ),
    "accept_part": (Example("outcome", "The school keeps its lessons of this outcome", {"outcome": OUTCOME}),),
    "publish_outcome": (Example("outcome", "Promise people this outcome", {"outcome": OUTCOME}),),
    "add_scenario": (
        Example(
            "absence",
            "What if Cleo is away for two weeks",
            {"term": TERM, "name": "Cleo afwezig", "reason": "Verlof", "changes": [_ABSENT]},
        ),
        Example(
            "patch",
            "The same kind of thing as a merge patch, for who runs the region",
            {"term": TERM, "name": "Kleinere klas", "merge_patch": {"class_groups": {"n3": {"pupils": 26}}}},
        ),
    ),
    "replace_scenario": (
        Example(
            "release",
            "What if Acme releases Anna on Thursday morning",
            {"name": "Donderdag vrij", "changes": [_RELEASED]},
        ),
    ),
    "ask_solve": (
        Example("minute", "The best timetable within a minute", {"seconds": 60}),
        Example("from", "Go on from an earlier outcome until it is proved", {"seconds": 600, "start_from": OUTCOME}),
        Example("scenario", "Solve a scenario", {"seconds": 60, "scenario": SCENARIO}),
    ),
    "ask_compare": (
        Example("kept", "A scenario that is kept", {"documents": [SCENARIO], "seconds": 10}),
        Example(
            "given",
            "One that is only given here",
            {"scenarios": [{"id": "donderdag", "name": "Donderdag vrij", "changes": [_RELEASED]}]},
        ),
    ),
    "ask_release": (
        Example(
            "employer", "What Acme could release, and the best three half-days", {"outcome": OUTCOME, "employer": "acme", "best": 3}
        ),
    ),
    "ask_prices": (Example("outcome", "What one unit more of everything would bring", {"outcome": OUTCOME}),),
    "ask_curve": (Example("five", "At 0 to 5 changes of what was promised", {"outcome": OUTCOME, "most": 5}),),
    "ask_fragility": (Example("illness", "With one day in twenty ill", {"outcome": OUTCOME, "rate": 0.05}),),
    "ask_recruit": (Example("ten", "The ten profiles that would fill most", {"outcome": OUTCOME, "most": 10}),),
    "ask_fair": (Example("schools", "Among schools", {"among": "schools"}),),
    "ask_worth": (
        Example("employer", "For Acme's people, of half-days only", {"outcome": OUTCOME, "employer": "acme", "kinds": ["release"]}),
    ),
    "ask_why": (Example("lesson", "With the limits that keep it open", {"outcome": OUTCOME, "lesson": "nn-do", "facts": True}),),
    "ask_why_not": (
        Example("anna", "Why Anna does not give it", {"outcome": OUTCOME, "lesson": "nn-do", "professional": "anna"}),
    ),
    "ask_repairs": (Example("lesson", "What would fill it", {"outcome": OUTCOME, "lesson": "nn-do", "seconds": 20}),),
    "check_timetable": (
        Example(
            "week",
            "Anna gives a lesson in every week of the term",
            {"assignments": [{"lesson": "tn-ma", "professional": "anna"}]},
        ),
    ),
    "add_record": (Example("choice", "Why this outcome", {"outcome": OUTCOME, "reason": "Meeste lessen, minste reistijd."}),),
    "add_feed": (
        Example("own", "Anna's own lessons", {"term": TERM, "professional": "anna"}, who="professional"),
        Example("school", "All lessons at a school", {"term": TERM, "school": "noord"}, who="timetabler"),
    ),
    "add_webhook": (
        Example(
            "hook",
            "Timetables that are done or published",
            {"url": "https://example.org/hook", "events": ["job.done", "outcome.published"]},
        ),
    ),
    "mail_link": (Example("address", "To somebody's address", {"email": "anna@example.org"}, who="stranger"),),
    "use_link": (Example("link", "The token of a link that was mailed", {"token": "2mnpx9wd4tz7f3kq"}, who="stranger"),),
    "switch_grant": (Example("grant", "Another of one's roles", {"grant": NAMES["grant"]}, who="browser"),),
    "add_login": (Example("issuer", "SURFconext", {"issuer": "surfconext"}, who="browser"),),
    "log_out": (Example("everywhere", "In all browsers", {"everywhere": True}, who="browser"),),
    "add_token": (
        Example("program", "For a program that reads and solves", {"name": "Nachtrun", "scopes": ["read", "solve"], "days": 90}, who="browser"),
    ),
    "invite_person": (
        Example("timetabler", "A timetabler of a school", {"email": "rooster@example.org", "role": "timetabler", "of": ["noord"]}),
    ),
    "change_person": (Example("coordinator", "Make somebody coordinator", {"role": "coordinator", "of": []}),),
}  # fmt: skip
EXAMPLES["replace_term"] = EXAMPLES["add_term"]
EXAMPLES["change_webhook"] = EXAMPLES["add_webhook"]
EXAMPLES["replace_part"] = (
    Example(
        "school",
        "All rows of a school's part: what is left out is taken away",
        {
            "schools": [{"id": "noord", "name": "Noord", "sector": "vo", "town": "Eindhoven"}],
            "time_grids": [{"school": "noord", "period": "1", "start": "09:00", "end": "09:50"}],
            "class_groups": [{"id": "n3", "school": "noord", "name": "n3", "pupils": 28}],
            "courses": [{"id": "tn", "school": "noord", "subject": "techniek", "name": "Techniek", "classes": ["n3"]}],
            "lessons": [{"id": "tn-di", "course": "tn", "weekday": "tue", "first_period": "1"}],
        },
    ),
)
"""What an operation takes; a file that it takes as well is for `GET /v1/template`."""
