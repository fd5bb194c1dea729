"""Logging in at an issuer (OpenID Connect): authorization code with PKCE, state and nonce; the ID token is validated.

What is believed of an issuer's claims stands in `claims.py`, whose account it is in `identities.py`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import structlog

# Authlib ships no types.
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # type: ignore[import-untyped]
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from service.access.claims import KINDS
from service.access.secret import digest, new_secret, same
from service.settings import LOOPBACK, Issuer

METADATA_SECONDS = 3600
"""How long what an issuer says about itself is believed."""

KEYS_SECONDS = 60
"""How often at most an issuer's keys are read anew because a token names one that is not known."""

ATTEMPT_SECONDS = 600
"""How long somebody may take to log in there."""

LEEWAY_SECONDS = 60
"""By how much clocks may differ."""

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
"""Signatures with a key that only the issuer has. None with a shared secret: what is public would do as one."""

log = structlog.get_logger()

_TIMEOUT_SECONDS = 10
_MOST_BYTES = 1_000_000


class OidcError(Exception):
    """An issuer's answer that is not to be believed, or none; the text is for the log and names no person."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A login that began; the browser keeps it, signed, until it comes back.

    Attributes:
        verifier: the secret of PKCE.
        next: where they wanted to go.
        link: account that is to be reached by this login from now on; None to log in.
    """

    issuer: str
    state: str
    nonce: str
    verifier: str
    next: str = "/"
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """How somebody comes back from an issuer.

    Attributes:
        iss: who sends them (RFC 9207), where the issuer says so.
    """

    state: str = ""
    code: str = ""
    iss: str | None = None


class Provider:
    """One issuer: what it says about itself, its keys, and how it is asked.

    Args:
        callback: address to which it sends people back.
    """

    def __init__(self, issuer: Issuer, callback: str) -> None:
        self.issuer = issuer
        self.callback = callback
        self._lock = Lock()
        self._metadata: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def begin(self, after: str = "/", link: str | None = None) -> tuple[str, Attempt]:
        """Where to send somebody who wants to log in, and what their browser must bring back.

        Raises:
            OidcError: the issuer does not answer, or says something odd about itself.
        """
        attempt = Attempt(self.issuer.id, new_secret(), new_secret(), new_secret(), after, link)
        address: str = prepare_grant_uri(
            _safe(self.metadata()["authorization_endpoint"]),
            client_id=self.issuer.client_id,
            response_type="code",
            redirect_uri=self.callback,
            scope=KINDS[self.issuer.claims].scope,
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=create_s256_code_challenge(attempt.verifier),
            code_challenge_method="S256",
        )
        return address, attempt

    def finish(self, attempt: Attempt, back: Answer) -> dict[str, Any]:
        """The claims about who comes back.

        Raises:
            OidcError: it is not what was asked for, or not from the issuer.
        """
        metadata = self.metadata()
        if attempt.issuer != self.issuer.id or not same(attempt.state, back.state):
            raise OidcError("state")
        if not back.code:
            raise OidcError("no_code")
        if back.iss is None and metadata.get("authorization_response_iss_parameter_supported") is True:
            raise OidcError("iss_missing")
        if back.iss is not None and back.iss != metadata["issuer"]:
            raise OidcError("iss_other")
        with _client() as client:
            answer = self._token(client, metadata, attempt, back.code)
            claims = self._validated(answer, attempt.nonce)
            return {**self._more(client, metadata, answer, claims["sub"]), **claims}

    def metadata(self) -> dict[str, Any]:
        """What the issuer says about itself, read at most once an hour.

        Raises:
            OidcError: it does not answer, or as somebody else.
        """
        with self._lock:
            if self._metadata is not None and self._metadata[0] > time.monotonic():
                return self._metadata[1]
            base = str(self.issuer.url).rstrip("/")
            with _client() as client:
                found = _json(client, "GET", _safe(f"{base}/.well-known/openid-configuration"))
            needed = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
            if any(not isinstance(found.get(each), str) for each in needed):
                raise OidcError("metadata")
            if found["issuer"].rstrip("/") != base:
                raise OidcError("metadata_of_another")
            self._metadata = (time.monotonic() + METADATA_SECONDS, found)
            self._keys = None
            return found

    def _token(self, client: httpx.Client, metadata: dict[str, Any], attempt: Attempt, code: str) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.callback,
            "code_verifier": attempt.verifier,
        }
        name, secret = self.issuer.client_id, self.issuer.client_secret.get_secret_value()
        methods = metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if "client_secret_basic" in methods:
            auth = httpx.BasicAuth(quote(name, safe=""), quote(secret, safe=""))  # as RFC 6749 2.3.1 wants them
            return _json(client, "POST", _safe(metadata["token_endpoint"]), data=form, auth=auth)
        form |= {"client_id": name, "client_secret": secret}
        return _json(client, "POST", _safe(metadata["token_endpoint"]), data=form)

    def _validated(self, answer: dict[str, Any], nonce: str) -> dict[str, Any]:
        metadata, raw = self.metadata(), answer.get("id_token")
        if not isinstance(raw, str):
            raise OidcError("no_id_token")
        offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        allowed = sorted(ALGORITHMS.intersection(offered))
        if not allowed:
            raise OidcError("algorithm")
        registry = JWSRegistry(algorithms=allowed, strict_check_header=False)
        try:
            try:
                token = jwt.decode(raw, key=self._key_set(), registry=registry)
            except InvalidKeyIdError:  # the issuer has a new key
                token = jwt.decode(raw, key=self._key_set(anew=True), registry=registry)
            claims = CodeIDToken(
                token.claims,
                token.header,
                {
                    "iss": {"essential": True, "value": metadata["issuer"]},
                    "aud": {"essential": True, "value": self.issuer.client_id},
                    "nonce": {"essential": True, "value": nonce},
                    "sub": {"essential": True},
                },
                {"nonce": nonce, "client_id": self.issuer.client_id, "access_token": answer.get("access_token")},
            )
            claims.validate(leeway=LEEWAY_SECONDS)
        except (JoseError, ValueError) as error:
            raise OidcError(f"id_token_{type(error).__name__}") from None
        return dict(claims)

    def _key_set(self, *, anew: bool = False) -> KeySet:
        address = _safe(self.metadata()["jwks_uri"])
        with self._lock:
            if self._keys is not None and not (anew and self._keys[0] <= time.monotonic()):
                return self._keys[1]
            with _client() as client:
                found = _json(client, "GET", address)
            try:
                keys = KeySet.import_key_set(found)  # type: ignore[arg-type]  # it checks what it is given
            except (JoseError, ValueError, KeyError, TypeError):
                raise OidcError("keys") from None
            self._keys = (time.monotonic() + KEYS_SECONDS, keys)
            return keys

    def _more(
        self, client: httpx.Client, metadata: dict[str, Any], answer: dict[str, Any], subject: str
    ) -> dict[str, Any]:
        """Claims that it only gives when asked apart, as SURFconext does."""
        where, token = metadata.get("userinfo_endpoint"), answer.get("access_token")
        if not isinstance(where, str) or not isinstance(token, str):
            return {}
        found = _json(client, "GET", _safe(where), headers={"Authorization": f"Bearer {token}"})
        if found.get("sub") != subject:
            raise OidcError("userinfo_of_another")
        return found


class UsedStates:
    """States that came back: each does once."""

    def __init__(self) -> None:
        self._used: dict[str, float] = {}
        self._lock = Lock()

    def take(self, state: str) -> bool:
        """Whether a state comes back for the first time."""
        with self._lock:
            moment, mark = time.monotonic(), digest(state)
            self._used = {each: until for each, until in self._used.items() if until > moment}
            if mark in self._used:
                return False
            self._used[mark] = moment + ATTEMPT_SECONDS
            return True


def warn(issuer: str, error: OidcError) -> None:
    """Write in the log why a login at an issuer failed."""
    log.warning("login_refused", issuer=issuer, why=str(error))


def _client() -> httpx.Client:
    return httpx.Client(timeout=_TIMEOUT_SECONDS, follow_redirects=False)


def _safe(address: object) -> str:
    """An address that nobody on the way can change the answers of: https, or on this machine."""
    parts = urlsplit(str(address))
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise OidcError("not_https")
    return str(address)


def _json(client: httpx.Client, method: str, address: str, **more: Any) -> dict[str, Any]:
    try:
        answer = client.request(method, address, **{"headers": {"Accept": "application/json"}, **more})
        answer.raise_for_status()
        found = answer.json() if len(answer.content) <= _MOST_BYTES else None
    except (httpx.HTTPError, ValueError) as error:
        raise OidcError(f"answer_{type(error).__name__}") from None
    if not isinstance(found, dict):
        raise OidcError("answer_no_object")
    return found
