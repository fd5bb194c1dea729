"""May they? `model.access` decides by role; a program's token may do no more than its scopes. Ends the request otherwise."""

from __future__ import annotations

from model.access_actions import Action, Owned, may
from service.access.visit import Scope, Visit
from service.problems import Code, Problem

SCOPES: dict[Action, Scope] = {
    Action.READ_TERM: Scope.READ,
    Action.READ_WHOLE_TERM: Scope.READ,
    Action.READ_ISSUES: Scope.READ,
    Action.ADD_TERM: Scope.WRITE,
    Action.EDIT_TERM: Scope.WRITE,
    Action.REMOVE_TERM: Scope.WRITE,
    Action.READ_PART: Scope.READ,
    Action.EDIT_PART: Scope.WRITE,
    Action.ACCEPT_PART: Scope.WRITE,
    Action.SET_DEADLINE: Scope.WRITE,
    Action.START_JOB: Scope.SOLVE,
    Action.PLAN_RELEASE: Scope.SOLVE,
    Action.COMPARE: Scope.SOLVE,
    Action.STOP_JOB: Scope.SOLVE,
    Action.READ_JOB: Scope.READ,
    Action.READ_OUTCOME: Scope.READ,
    Action.READ_WHOLE_OUTCOME: Scope.READ,
    Action.REMOVE_OUTCOME: Scope.WRITE,
    Action.CHECK_TIMETABLE: Scope.READ,
    Action.ASK: Scope.READ,
    Action.EDIT_SCENARIO: Scope.WRITE,
    Action.READ_SCENARIO: Scope.READ,
    Action.RECORD: Scope.WRITE,
    Action.READ_RECORD: Scope.READ,
    Action.PUBLISH: Scope.WRITE,
    Action.MAKE_FEED: Scope.WRITE,
    Action.EDIT_WEBHOOKS: Scope.ADMIN,
    Action.READ_REGION: Scope.READ,
    Action.EDIT_REGION: Scope.ADMIN,
    Action.SEE_WHO_SEES: Scope.READ,
    Action.EDIT_PEOPLE: Scope.ADMIN,
    Action.ISSUE_TOKEN: Scope.ADMIN,
    Action.READ_AUDIT: Scope.ADMIN,
    Action.EXPORT_PERSON: Scope.ADMIN,
    Action.ERASE_PERSON: Scope.ADMIN,
}


def need(visit: Visit, action: Action, owned: Owned | None = None) -> None:
    """Let a visit go on only if it may.

    Args:
        owned: whose it is, where that matters: a school, an employer or a professional.

    Raises:
        Problem: the role may not, or the token's scopes do not reach so far.
    """
    if not may(visit.reader, action, owned):
        raise Problem(Code.FORBIDDEN)
    if SCOPES[action] not in visit.scopes:
        raise Problem(Code.SCOPE, scope=SCOPES[action].value)
