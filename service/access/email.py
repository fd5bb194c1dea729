"""Mail addresses: one spelling of each, and nothing that could be more than an address."""

from __future__ import annotations

import re
from typing import Annotated

import idna
from pydantic import AfterValidator, Field

_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_MOST = 254
_MOST_LOCAL = 64


def clean_email(given: str) -> str:
    """An address in lower case, its domain as the network writes it (`xn--…`).

    Stricter than the standard: no quotes, comments or addresses of machines, and the part before the @ is ASCII.

    Raises:
        ValueError: it is no address.
    """
    local, _, domain = given.strip().lower().rpartition("@")
    if not _LOCAL.fullmatch(local) or len(local) > _MOST_LOCAL:
        raise ValueError("not a mail address")
    clean = f"{local}@{clean_domain(domain)}"
    if len(clean) > _MOST:
        raise ValueError("not a mail address")
    return clean


def clean_domain(given: str) -> str:
    """A domain in lower case, as the network writes it.

    Raises:
        ValueError: it is none.
    """
    try:
        domain = idna.encode(given.lower(), uts46=True, std3_rules=True).decode("ascii")
    except idna.IDNAError:
        raise ValueError("not a mail domain") from None
    labels = domain.split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        raise ValueError("not a mail domain")
    return domain


def domain_of(email: str) -> str:
    """The part after the @."""
    return email.rpartition("@")[2]


Email = Annotated[str, Field(max_length=_MOST, examples=["roosters@school.example"]), AfterValidator(clean_email)]
"""An address in a request."""
