"""Who may do what: every cell of the table, for what is one's own and what is somebody else's."""

from __future__ import annotations

import pytest

from model.access import Reader, ReaderRole
from model.access_actions import MAY, Action, Owned, OwnerKind, may

EXPECTED = {
    #                        admin       coordinator timetabler employer professional
    Action.READ_TERM:           "any any own own own",
    Action.READ_WHOLE_TERM:     "any  -   -   -   -",
    Action.READ_ISSUES:         "any any own  -   -",
    Action.ADD_TERM:            "any any own  -   -",
    Action.EDIT_TERM:           "any any  -   -   -",
    Action.REMOVE_TERM:         "any any  -   -   -",
    Action.READ_PART:           "any any own own  -",
    Action.EDIT_PART:           "any any own own  -",
    Action.ACCEPT_PART:         "any any own own  -",
    Action.SET_DEADLINE:        "any any  -   -   -",
    Action.START_JOB:           "any any own  -   -",
    Action.PLAN_RELEASE:        "any any  -  own  -",
    Action.STOP_JOB:            "any any own own own",
    Action.READ_JOB:            "any any own own own",
    Action.READ_OUTCOME:        "any any own own own",
    Action.READ_WHOLE_OUTCOME:  "any  -   -   -   -",
    Action.REMOVE_OUTCOME:      "any any  -   -   -",
    Action.CHECK_TIMETABLE:     "any any own  -   -",
    Action.ASK:                 "any any own own own",
    Action.READ_SCENARIO:       "any any own own  -",
    Action.EDIT_SCENARIO:       "any any own own  -",
    Action.COMPARE:             "any any own own  -",
    Action.RECORD:              "any any  -   -   -",
    Action.READ_RECORD:         "any any own  -   -",
    Action.PUBLISH:             "any any  -   -   -",
    Action.MAKE_FEED:           "any any own  -  own",
    Action.EDIT_WEBHOOKS:       "any  -   -   -   -",
    Action.READ_REGION:         "any any own own own",
    Action.EDIT_REGION:         "any  -   -   -   -",
    Action.SEE_WHO_SEES:        "any  -   -   -  own",
    Action.EDIT_PEOPLE:         "any  -   -   -   -",
    Action.ISSUE_TOKEN:         "any any own own own",
    Action.READ_AUDIT:          "any  -   -   -   -",
    Action.EXPORT_PERSON:       "any  -   -   -   -",
    Action.ERASE_PERSON:        "any  -   -   -   -",
}  # fmt: skip
"""By role, in the order of `ReaderRole`: with anybody's things, with one's own only, or not at all."""

OWNS = {
    ReaderRole.TIMETABLER: OwnerKind.SCHOOL,
    ReaderRole.EMPLOYER: OwnerKind.EMPLOYER,
    ReaderRole.PROFESSIONAL: OwnerKind.PROFESSIONAL,
}


def test_every_action_is_in_the_table() -> None:
    """One that is new is allowed to nobody until somebody says to whom."""
    assert set(EXPECTED) == set(Action) == set(MAY)


@pytest.mark.parametrize("action", Action)
def test_every_cell(action: Action) -> None:
    """Their own, somebody else's of the same kind, and that of another kind under the same id."""
    for role, cell in zip(ReaderRole, EXPECTED[action].split(), strict=True):
        reader = Reader(role, frozenset({"mine"}))
        kind = OWNS.get(role, OwnerKind.SCHOOL)
        assert may(reader, action, Owned(kind, "mine")) == (cell != "-"), (role, "own")
        assert may(reader, action, Owned(kind, "theirs")) == (cell == "any"), (role, "theirs")
        for other in set(OwnerKind) - {kind}:
            assert may(reader, action, Owned(other, "mine")) == (cell == "any"), (role, other)
        assert may(reader, action) == (cell != "-"), (role, "nobody's")
        assert may(Reader(role), action, Owned(kind, "mine")) == (cell == "any"), (role, "who owns nothing")
