"""A small issuer (OpenID Connect) on this machine, that says what a test lets it say."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any
from urllib.parse import urlencode

import uvicorn
from fastapi import FastAPI, Form, Header, Request
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.responses import JSONResponse, RedirectResponse, Response

CLIENT, SECRET = "hybrooster", "geheim & meer"


class LocalIssuer:
    """What it says about itself and about whoever logs in; a test changes it as it likes.

    Attributes:
        says: claims in the ID token, over the right ones.
        leaves_out: claims that it leaves out of the ID token.
        more: claims at its userinfo endpoint.
        algorithm: how it signs; `none` and `HS256` as somebody would who has no key.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.key = RSAKey.generate_key(2048, {"kid": "first"}, private=True)
        self.forget()
        self.app = self._app()

    def forget(self) -> None:
        """Say what is right again."""
        self.says: dict[str, Any] = {}
        self.leaves_out: set[str] = set()
        self.more: dict[str, Any] = {}
        self.algorithm = "RS256"
        self.metadata: dict[str, Any] = {}
        self.asked: dict[str, int] = {}
        self._codes: dict[str, dict[str, str]] = {}

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        def metadata() -> dict[str, Any]:
            self.asked["metadata"] = self.asked.get("metadata", 0) + 1
            return {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "userinfo_endpoint": f"{self.url}/me",
                "id_token_signing_alg_values_supported": ["RS256"],
                **self.metadata,
            }

        @app.get("/keys")
        def keys() -> dict[str, Any]:
            self.asked["keys"] = self.asked.get("keys", 0) + 1
            return {"keys": [self.key.as_dict(private=False)]}

        @app.get("/authorize")
        def authorize(request: Request) -> Response:
            asked = dict(request.query_params)
            assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
            assert asked["code_challenge_method"] == "S256"
            code = secrets.token_urlsafe(8)
            self._codes[code] = asked
            return RedirectResponse(
                f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 302
            )

        @app.post("/token")
        def token(
            code: Annotated[str, Form()],
            redirect_uri: Annotated[str, Form()],
            code_verifier: Annotated[str, Form()],
            authorization: Annotated[str, Header()],
        ) -> Response:
            asked = self._codes.pop(code, None)
            challenge = hashlib.sha256(code_verifier.encode()).digest()
            given = base64.b64decode(authorization.removeprefix("Basic ")).decode()
            if (
                asked is None
                or asked["redirect_uri"] != redirect_uri
                or base64.urlsafe_b64encode(challenge).decode().rstrip("=") != asked["code_challenge"]
                or given != f"{CLIENT}:geheim%20%26%20meer"
            ):
                return JSONResponse({"error": "invalid_grant"}, 400)
            return JSONResponse({"access_token": "toegang", "token_type": "Bearer", "id_token": self._signed(asked)})

        @app.get("/me")
        def me(authorization: Annotated[str, Header()]) -> dict[str, Any]:
            assert authorization == "Bearer toegang"
            return {"sub": self.says.get("sub", "s-1"), **self.more}

        return app

    def _signed(self, asked: dict[str, str]) -> str:
        moment = int(time.time())
        claims = {
            "iss": self.url,
            "sub": "s-1",
            "aud": CLIENT,
            "iat": moment,
            "exp": moment + 300,
            "nonce": asked["nonce"],
            **self.says,
        }
        kept = {name: value for name, value in claims.items() if name not in self.leaves_out}
        if self.algorithm in ("none", "HS256"):
            head = _base64(json.dumps({"alg": self.algorithm, "kid": self.key.kid}).encode())
            body = f"{head}.{_base64(json.dumps(kept).encode())}"
            # As if what everybody can read were a secret that it shares with us.
            mark = hmac.digest(self.key.as_pem(private=False), body.encode(), "sha256")
            return f"{body}.{'' if self.algorithm == 'none' else _base64(mark)}"
        return jwt.encode({"alg": self.algorithm, "kid": str(self.key.kid)}, kept, self.key, [self.algorithm])


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@contextmanager
def running() -> Iterator[LocalIssuer]:
    """An issuer that answers over HTTP, until the end of the block."""
    config = uvicorn.Config(FastAPI(), host="127.0.0.1", port=0, log_config=None, lifespan="off")
    listener = config.bind_socket()
    issuer = LocalIssuer(f"http://127.0.0.1:{listener.getsockname()[1]}")
    config = uvicorn.Config(issuer.app, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield issuer
    server.should_exit = True
    thread.join(20)
    listener.close()
