"""Who may do what, as one table: for every action the roles that may, and whether only with what is their own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from model.access import Reader, ReaderRole


class OwnerKind(StrEnum):
    """Who something is of."""

    REGION = "region"
    SCHOOL = "school"
    EMPLOYER = "employer"
    PROFESSIONAL = "professional"


@dataclass(frozen=True, slots=True)
class Owned:
    """Something of somebody: a part of a school, the plan of an employer, the calendar of a professional."""

    kind: OwnerKind
    id: str = ""


class Action(StrEnum):
    """What can be done."""

    READ_TERM = "read_term"
    READ_WHOLE_TERM = "read_whole_term"
    READ_ISSUES = "read_issues"
    ADD_TERM = "add_term"
    EDIT_TERM = "edit_term"
    REMOVE_TERM = "remove_term"
    READ_PART = "read_part"
    EDIT_PART = "edit_part"
    ACCEPT_PART = "accept_part"
    SET_DEADLINE = "set_deadline"
    START_JOB = "start_job"
    PLAN_RELEASE = "plan_release"
    STOP_JOB = "stop_job"
    READ_JOB = "read_job"
    READ_OUTCOME = "read_outcome"
    READ_WHOLE_OUTCOME = "read_whole_outcome"
    REMOVE_OUTCOME = "remove_outcome"
    CHECK_TIMETABLE = "check_timetable"
    ASK = "ask"
    READ_SCENARIO = "read_scenario"
    EDIT_SCENARIO = "edit_scenario"
    COMPARE = "compare"
    RECORD = "record"
    READ_RECORD = "read_record"
    PUBLISH = "publish"
    MAKE_FEED = "make_feed"
    EDIT_WEBHOOKS = "edit_webhooks"
    READ_REGION = "read_region"
    EDIT_REGION = "edit_region"
    SEE_WHO_SEES = "see_who_sees"
    EDIT_PEOPLE = "edit_people"
    ISSUE_TOKEN = "issue_token"  # noqa: S105  no password
    READ_AUDIT = "read_audit"
    EXPORT_PERSON = "export_person"
    ERASE_PERSON = "erase_person"


_ADMIN, _COORDINATOR, _TIMETABLER, _EMPLOYER, _PROFESSIONAL = (
    ReaderRole.ADMIN,
    ReaderRole.COORDINATOR,
    ReaderRole.TIMETABLER,
    ReaderRole.EMPLOYER,
    ReaderRole.PROFESSIONAL,
)
_RUNS = frozenset({_ADMIN, _COORDINATOR})
"""Who runs the region may with what is of anybody."""

_ALL = frozenset(ReaderRole)
_PLANS = _RUNS | {_TIMETABLER}
_ASKS = _PLANS | {_EMPLOYER}

MAY: dict[Action, frozenset[ReaderRole]] = {
    Action.READ_TERM: _ALL,
    Action.READ_WHOLE_TERM: frozenset({_ADMIN}),
    Action.READ_ISSUES: _PLANS,
    Action.ADD_TERM: _PLANS,
    Action.EDIT_TERM: _RUNS,
    Action.REMOVE_TERM: _RUNS,
    Action.READ_PART: _ASKS,
    Action.EDIT_PART: _ASKS,
    Action.ACCEPT_PART: _ASKS,
    Action.SET_DEADLINE: _RUNS,
    Action.START_JOB: _PLANS,
    Action.PLAN_RELEASE: _RUNS | {_EMPLOYER},
    Action.STOP_JOB: _ALL,
    Action.READ_JOB: _ALL,
    Action.READ_OUTCOME: _ALL,
    Action.READ_WHOLE_OUTCOME: frozenset({_ADMIN}),
    Action.REMOVE_OUTCOME: _RUNS,
    Action.CHECK_TIMETABLE: _PLANS,
    Action.ASK: _ALL,
    Action.READ_SCENARIO: _ASKS,
    Action.EDIT_SCENARIO: _ASKS,
    Action.COMPARE: _ASKS,
    Action.RECORD: _RUNS,
    Action.READ_RECORD: _PLANS,
    Action.PUBLISH: _RUNS,
    Action.MAKE_FEED: _PLANS | {_PROFESSIONAL},
    Action.EDIT_WEBHOOKS: frozenset({_ADMIN}),
    Action.READ_REGION: _ALL,
    Action.EDIT_REGION: frozenset({_ADMIN}),
    Action.SEE_WHO_SEES: frozenset({_ADMIN, _PROFESSIONAL}),
    Action.EDIT_PEOPLE: frozenset({_ADMIN}),
    Action.ISSUE_TOKEN: _ALL,
    Action.READ_AUDIT: frozenset({_ADMIN}),
    Action.EXPORT_PERSON: frozenset({_ADMIN}),
    Action.ERASE_PERSON: frozenset({_ADMIN}),
}
"""The roles that may; those who do not run the region only with what is their own, where it is somebody's."""

_OWN = {
    _TIMETABLER: OwnerKind.SCHOOL,
    _EMPLOYER: OwnerKind.EMPLOYER,
    _PROFESSIONAL: OwnerKind.PROFESSIONAL,
}
"""What each of the others owns."""


def may(reader: Reader, action: Action, owned: Owned | None = None) -> bool:
    """Whether a reader may do something.

    Args:
        owned: whose it is; None where the action is about the region as a whole, or what is shown is cut to the reader.
    """
    if reader.role not in MAY[action]:
        return False
    if owned is None or reader.role in _RUNS:
        return True
    return owned.kind is _OWN[reader.role] and owned.id in reader.of
