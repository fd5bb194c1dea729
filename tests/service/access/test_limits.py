"""The limiter, the client's address, local paths, languages: whatever comes in."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.requests import Request

from service.access.clients import asked_language, client_address, is_our_host, local_path
from service.access.limits import Known, Limiter


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The moment."""
        return self.now


@given(
    limit=st.integers(1, 5),
    steps=st.lists(st.one_of(st.floats(0, 3), st.floats(0, 100)), max_size=60),
)
@example(limit=1, steps=[0.9, 59.2])  # the first was late in its second
def test_never_more_than_the_limit_in_any_window(limit: int, steps: list[float]) -> None:
    """Whenever requests come; and a refusal says rightly how long to wait."""
    clock = Clock()
    limiter, through = Limiter(clock, window=60), []
    for step in steps:
        clock.now += step
        wait = limiter.take("a", limit)
        if wait is None:
            through.append(clock.now)
            continue
        assert wait >= 1
        later = Clock()
        later.now = clock.now + wait
        limiter._clock = later
        before = [list(each) for each in limiter._asked["a"].seconds]
        assert limiter.take("a", limit) is None
        limiter._asked["a"].seconds.clear()  # as it was before looking ahead
        limiter._asked["a"].seconds.extend(before)
        limiter._asked["a"].total = sum(count for _, count in before)
        limiter._clock = clock
    for start in through:
        assert sum(start <= moment < start + 60 for moment in through) <= limit


@given(st.lists(st.floats(0, 61), min_size=2, max_size=40), st.integers(1, 4))
def test_who_keeps_to_the_limit_is_never_refused(gaps: list[float], limit: int) -> None:
    """At most `limit` in each window and a second, whatever others do."""
    clock = Clock()
    limiter = Limiter(clock, window=60)
    mine: list[float] = []
    for gap in gaps:
        clock.now += gap
        for _ in range(3):
            limiter.take("another", 2)
        if sum(moment > clock.now - 61 for moment in mine) < limit:
            mine.append(clock.now)
            assert limiter.take("me", limit) is None


def test_of_too_many_askers_the_longest_silent_is_forgotten() -> None:
    """Memory has a limit too."""
    limiter, known = Limiter(Clock(), most_keys=2), Known(2)
    assert [limiter.take(each, 1) for each in ("a", "b", "c", "a")] == [None] * 4
    assert limiter.take("a", 1) is not None
    for each in ("a", "b", "a", "c"):
        known.add(each)
    assert ("a" in known, "b" in known, "c" in known) == (True, False, True)


@given(st.text())
@example("//elders.example")
@example("/\\elders.example")
@example("/\t/elders.example")
@example("https://elders.example")
@example("javascript:alert(1)")
@example("/terms?x=1#y")
def test_after_logging_in_one_stays_here(wanted: str) -> None:
    """Whatever `next` holds, as a browser would read it."""
    path = local_path(wanted)
    seen = path.replace("\t", "").replace("\n", "").replace("\r", "").replace("\\", "/").strip()
    reached = urlsplit(urljoin("https://rooster.example/login", seen))
    assert (reached.scheme, reached.netloc) == ("https", "rooster.example")


@given(st.from_regex(r"/[a-z0-9/?=&.-]{0,30}", fullmatch=True))
def test_a_page_of_ours_is_gone_to(wanted: str) -> None:
    """So that the test above does not hold by refusing everything; the page to log in is not gone back to."""
    kept = not wanted.startswith("//") and not urlsplit(wanted).path.startswith("/login")
    assert local_path(wanted) == (wanted if kept else "/")


@pytest.mark.parametrize(
    ("peer", "forwarded", "direct", "behind_proxy"),
    [
        ("203.0.113.7", None, "203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "203.0.113.7", "10.0.0.1", "203.0.113.7"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.7", "10.0.0.1", "203.0.113.7"),
        ("10.0.0.1", "nonsense", "10.0.0.1", "unknown"),
        ("2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::", "2001:db8:1:2::"),
        ("::1", None, "::", "::"),
        ("::ffff:203.0.113.7", None, "::ffff:203.0.113.7", "::ffff:203.0.113.7"),
    ],
)
def test_whose_address_counts(peer: str, forwarded: str | None, direct: str, behind_proxy: str) -> None:
    """What a client says of itself is believed only of our own proxy, and of it only the last line."""
    headers = [] if forwarded is None else [(b"x-forwarded-for", forwarded.encode())]
    scope = {"type": "http", "client": (peer, 1), "headers": headers}
    found = [client_address(scope, behind_proxy=each) for each in (False, True)]
    assert [each.replace("::ffff:cb00:7107", "::ffff:203.0.113.7") for each in found] == [direct, behind_proxy]


@pytest.mark.parametrize(
    ("host", "address", "ours"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:8000", True),
        ("localhost:8000", "http://127.0.0.1:8000", True),
        ("[::1]:8000", "http://127.0.0.1:8000", True),
        ("elders.example", "http://127.0.0.1:8000", False),
        ("rooster.example", "https://rooster.example", True),
        ("ROOSTER.example:443", "https://rooster.example", True),
        ("localhost", "https://rooster.example", False),
        ("x@rooster.example", "https://rooster.example", False),
        ("rooster.example/x", "https://rooster.example", False),
        ("", "https://rooster.example", False),
        ("[::1", "http://127.0.0.1:8000", False),
    ],
)
def test_which_host_is_ours(host: str, address: str, *, ours: bool) -> None:
    """This machine by any of its names, or the name that people know."""
    assert is_our_host(host, address) is ours


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        (b"", "", None),
        (b"lang=en", "nl", "en"),
        (b"lang=xx", "nl-NL,nl;q=0.9", "nl"),
        (b"", "de, en-GB;q=0.7, nl;q=0.8", "nl"),
        (b"", "en;q=0.9, nl;q=0.1", "en"),
        (b"", "nl;q=0, fr", None),
        (b"", "nl;q=x, en;q=0.1", "en"),
        (b"", "*", None),
    ],
)
def test_which_language_is_asked(query: bytes, header: str, language: str | None) -> None:
    """The address says it first, then the browser, by how much it likes each."""
    headers = [(b"accept-language", header.encode())] if header else []
    assert asked_language(Request({"type": "http", "query_string": query, "headers": headers})) == language
