"""Who may call what, of their own region and of another: every cell of the matrix is what is kept."""

from __future__ import annotations

import pytest

from tests.service.api.cells import COLUMNS, ELSEWHERE, Operation, Said, cells, kept, written
from tests.service.house import SECRETS, House, Tenant

OPEN = {"/health", "/ready", "/metrics", "/calendar/{token}.ics"}
"""What strangers may call, besides logging in."""


@pytest.fixture(scope="module")
def answers(house: House, here: Tenant, elsewhere: Tenant) -> list[tuple[Operation, list[Said]]]:
    """What everybody is answered by every call."""
    return list(cells(house, here, elsewhere))


def test_every_cell_of_the_matrix(answers: list[tuple[Operation, list[Said]]]) -> None:
    """Who changes a right on purpose writes the matrix anew, and reads what changed."""
    found, before = written(answers), kept()
    head, *rows = found
    assert head == before[0]
    old = {(each[0], each[1]): each[2:] for each in before[1:]}
    new = {(each[0], each[1]): each[2:] for each in rows}
    assert new.keys() == old.keys()
    differ = {
        (*key, who): (was, now)
        for key, cells_now in new.items()
        for who, was, now in zip(COLUMNS, old[key], cells_now, strict=True)
        if was != now
    }
    assert differ == {}


def test_the_matrix_lets_nobody_in_from_outside() -> None:
    """Strangers call only what is open; nobody gets or changes a thing of another region by its id."""
    head, *rows = kept()
    for row in rows:
        cell = dict(zip(head, row, strict=True))
        if cell["path"] not in OPEN and not cell["path"].startswith("/v1/login"):
            assert cell["stranger"] == "401", cell
        if "{" in cell["path"] and cell["path"] != "/v1/persons/{person}":  # ids of people are each region's own
            assert {cell[who] for who in ELSEWHERE} <= {"403", "404", "422"} or cell["path"] in OPEN, cell


def test_the_matrix_shows_no_defect() -> None:
    """A call that is right is not answered by a defect; each can be done by somebody, but for logging in."""
    _, *rows = kept()
    assert not [row for row in rows if any(each.startswith("5") for each in row[2:])]
    nobody = {(row[0], row[1]) for row in rows if not any(each.startswith("2") for each in row[2:])}
    assert nobody <= NOBODY


NOBODY = {
    ("GET", "/calendar/{token}.ics"),  # needs a secret address
    ("GET", "/v1/employers/{employer}/release-values"),  # nobody asked, as
    ("GET", "/v1/jobs/{job}/answer"),  # nobody works here
    ("POST", "/v1/login/links"),  # no mail is set up
    ("POST", "/v1/login/links/use"),  # needs a link
    ("POST", "/v1/me/grant"),  # in a browser only, as are
    ("POST", "/v1/me/logins"),
    ("POST", "/v1/tokens"),
    ("POST", "/v1/logout"),
    ("DELETE", "/v1/tokens/{token}"),  # of one that is not theirs
    ("PUT", "/v1/terms/{term}/parts/{kind}/{owner}"),  # with a mark that is no part's
    ("DELETE", "/v1/terms/{term}/parts/{kind}/{owner}/acceptance"),  # of what was not accepted
    ("GET", "/v1/terms/{term}/publication"),
    ("DELETE", "/v1/terms/{term}/publication"),  # of what was not published
}
"""Calls that succeed in tests of their own."""


SEEN: dict[str, set[str]] = {
    "Geheimendaal-anna": {"professional"},
    "Geheimendaal-bram": {"professional-bram"},
    # Who asked what is kept of them is answered through an administrator.
    "Geheimendaal-cleo": {"admin"},
    SECRETS["hier"].postcode: {"admin", "professional", "professional-bram"},
    SECRETS["hier"].reason: {"professional"},
    SECRETS["hier"].wish: {"professional"},
    SECRETS["hier"].roster: {"admin", "employer", "professional"},
    # Of lessons that are open, everybody who could give them reads for which class they are; employers do not.
    SECRETS["hier"].group: {"admin", "coordinator", "timetabler", "professional", "professional-bram"},
    SECRETS["hier"].room: {"admin", "coordinator", "timetabler", "professional"},
    str(SECRETS["hier"].cost): {"admin", "employer"},
    SECRETS["hier"].staff: {"admin", "timetabler"},
}
"""Who reads what was planted, over all calls; nobody of another region reads any of it."""


def test_what_is_secret_is_read_by_whom_it_is_for(answers: list[tuple[Operation, list[Said]]]) -> None:
    """Every answer of every call to everybody, searched for what was planted; those it is for do find it."""
    read: dict[str, dict[str, set[str]]] = {secret: {} for secret in SEEN}
    for operation, row in answers:
        for who, said in zip(COLUMNS, row, strict=True):
            for secret in SEEN:
                if secret in said.text:
                    read[secret].setdefault(who, set()).add(operation.name)
    wrong = {
        secret: {who: by.get(who, "nowhere") for who in by.keys() ^ SEEN[secret]}
        for secret, by in read.items()
        if by.keys() != SEEN[secret]
    }
    assert wrong == {}
