"""Secrets: how they are made, and that only their digests are kept."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
import time
from pathlib import Path
from typing import Any

from service.settings import ServiceSettings

API_PREFIX = "hyb_"
"""Begins each API token, so that a scanner of leaked secrets knows one when it sees it."""

KEY_FILE = "key"

_BYTES = 32


def new_secret() -> str:
    """A secret that cannot be guessed (256 bits), of letters that an address takes."""
    return secrets.token_urlsafe(_BYTES)


def new_api_token() -> str:
    """The secret of an API token."""
    return API_PREFIX + new_secret()


def digest(secret: str) -> str:
    """What is kept of a secret: SHA-256, in hexadecimals. No salt, as nobody can go through 2^256 of them."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def service_key(settings: ServiceSettings) -> bytes:
    """The key that signs cookies: of the settings, or made once and kept in the data folder for its owner only.

    Raises:
        OSError: the data folder cannot be written or read.
    """
    if settings.key is not None:
        return hashlib.sha256(settings.key.get_secret_value().encode()).digest()
    path = settings.data / KEY_FILE
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _keep_key(path)
    return path.read_bytes()


def _keep_key(path: Path) -> None:
    """Write a key under another name first: of two processes that start at once, one makes the key of both."""
    draft = path.with_name(f"{KEY_FILE}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(_BYTES))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def signed(key: bytes, facts: dict[str, Any], seconds: float) -> str:
    """Facts that a browser keeps for us, but cannot change.

    Args:
        seconds: how long they hold.
    """
    body = json.dumps({**facts, "until": time.time() + seconds}).encode()
    return f"{_text(body)}.{_text(_mark(key, body))}"


def unsigned(key: bytes, value: str) -> dict[str, Any] | None:
    """The facts again; None when they were changed, or hold no longer."""
    parts = _bytes_of(value)
    if parts is None or not hmac.compare_digest(_mark(key, parts[0]), parts[1]):
        return None
    facts: dict[str, Any] = json.loads(parts[0])
    return facts if facts.pop("until") > time.time() else None


def _bytes_of(value: str) -> tuple[bytes, bytes] | None:
    body, _, mark = value.partition(".")
    try:
        return _bytes(body), _bytes(mark)
    except (binascii.Error, ValueError):
        return None


def _mark(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, b"hybrooster cookie\0" + body, "sha256")


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
