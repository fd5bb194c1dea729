"""Where a request comes from, and in which language it wants its answer."""

from __future__ import annotations

import re
from ipaddress import IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope

from model.locale import LANGUAGES

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
"""Methods that change something; others never do."""

_LOCAL = re.compile(r"/[!-~]*")
_BEARER = re.compile(r"bearer +([\w.~+/=-]{1,200})", re.IGNORECASE)
_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[\da-f:]+\](:\d+)?", re.IGNORECASE | re.ASCII)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def client_address(scope: Scope, *, behind_proxy: bool) -> str:
    """The address somebody asks from; a whole /64 of IPv6 counts as one, as one customer has all of it.

    Args:
        behind_proxy: whether the proxy's own line, the last of X-Forwarded-For, is believed.
    """
    peer = scope.get("client")
    found = str(peer[0]) if peer else ""
    if behind_proxy:
        lines = Headers(scope=scope).getlist("x-forwarded-for") or [found]
        found = lines[-1].rsplit(",", 1)[-1].strip()
    try:
        address = ip_address(found)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Network((int(address), 64), strict=False).network_address)
    return str(address)


def bearer_of(headers: Headers) -> str | None:
    """The token of a program, if it sends one."""
    found = _BEARER.fullmatch(headers.get("authorization", "").strip())
    return found[1] if found else None


def from_elsewhere(headers: Headers, address: str) -> bool:
    """Whether a browser says that a page of another site made it ask.

    A program says neither, and is believed: only browsers send cookies that their user does not know of.

    Args:
        address: the service's own, as `https://rooster.example`.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and not _same_origin(origin, address)


def _same_origin(origin: str, address: str) -> bool:
    ours = urlsplit(address)
    return origin.lower() == f"{ours.scheme}://{ours.netloc}".lower()


def is_our_host(host: str, address: str) -> bool:
    """Whether a Host header names this service.

    Another name that leads here may be one that an attacker chose, to read answers from a page of theirs.
    """
    if not _HOST.fullmatch(host):
        return False
    asked, ours = urlsplit(f"//{host}").hostname, urlsplit(address).hostname
    return asked == ours or (asked in _LOOPBACK and ours in _LOOPBACK)


def local_path(given: str | None) -> str:
    """Where somebody wanted to go, if that is a page of ours; the first page otherwise.

    Browsers take `\\` for `/` and drop tabs and line ends, so that anything but plain ASCII is refused.
    """
    if given is None or not _LOCAL.fullmatch(given) or "\\" in given or given.startswith("//"):
        return "/"
    return "/" if urlsplit(given).path.startswith("/login") else given


def asked_language(request: Request) -> str | None:
    """The language a request asks for: by `?lang=`, else the one its browser likes best of those there are."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    liked = [_liked(each) for each in request.headers.get("accept-language", "").split(",")]
    ours = [(weight, lang) for weight, lang in liked if lang in LANGUAGES and weight > 0]
    return max(ours, key=lambda each: each[0])[1] if ours else None


def _liked(part: str) -> tuple[float, str]:
    """How much a language is liked (0 to 1), and which."""
    name, _, weight = part.partition(";")
    try:
        return float(weight.strip().removeprefix("q=") or 1), name.strip().lower()[:2]
    except ValueError:
        return 0, ""
