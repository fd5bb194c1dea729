"""A thin client of the API: calls, waits for jobs, and raises problems as they are said.

with Client("https://rooster.example.nl", token) as client:
    term = client.add_term(Path("region.xlsx"))
    job = client.follow(client.ask(term["id"], "solves", {"seconds": 60}), print)
    print(client.get(f"/v1/outcomes/{job['answer']}"))
"""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

import httpx

Json = dict[str, Any]
_ENDED = ("done", "failed", "cancelled")


class ProblemError(Exception):
    """What the service says is wrong (RFC 9457): `code`, `detail`, and located `issues`."""

    def __init__(self, status: int, said: Json) -> None:
        super().__init__(f"{status} {said.get('code', '')}: {said.get('detail', '')}")
        self.status = status
        self.code: str = said.get("code", "")
        self.issues: list[Json] = said.get("issues", [])
        self.said = said


class Client:
    """Calls a service as whoever a token is of.

    Args:
        url: where the service is.
        token: an API token; without one only what is open to strangers can be read.
        transport: how it is reached, where not over the network.
        language: `nl` or `en`.
    """

    def __init__(
        self,
        url: str,
        token: str | None = None,
        *,
        transport: httpx.BaseTransport | None = None,
        language: str = "nl",
        seconds: float = 60,
    ) -> None:
        headers = {"Accept-Language": language, **({"Authorization": f"Bearer {token}"} if token else {})}
        self.http = httpx.Client(base_url=url, headers=headers, transport=transport, timeout=seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def call(self, method: str, path: str, **how: Any) -> httpx.Response:
        """Any call.

        Raises:
            ProblemError: the service says what is wrong.
            httpx.HTTPError: it cannot be reached.
        """
        return _right(self.http.request(method, path, **how))

    def get(self, path: str, **query: Any) -> Any:
        """What stands at an address, as JSON."""
        return self.call("GET", path, params=query).json()

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """Hand something over; the answer as JSON, or None where there is none."""
        answer = self.call("POST", path, json=body, headers=headers)
        return answer.json() if answer.content else None

    def pages(self, path: str, **query: Any) -> Iterator[Json]:
        """Every row of a list, page after page."""
        after: str | None = None
        while True:
            page = self.get(path, **query, **({"after": after} if after else {}))
            yield from page["items"]
            after = page["next"]
            if after is None:
                return

    def add_term(self, source: Path | Mapping[str, Any]) -> Json:
        """Hand over a term: a file (.xlsx, .json, a .zip of CSV files), or its JSON."""
        return self._upload("POST", "/v1/terms", source)

    def replace_term(self, term: str, source: Path | Mapping[str, Any], revision: int) -> Json:
        """Replace a term, as it was at a revision."""
        return self._upload("PUT", f"/v1/terms/{term}", source, {"If-Match": f'"{revision}"'})

    def _upload(
        self, method: str, path: str, source: Path | Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> Json:
        if isinstance(source, Path):
            kind = mimetypes.guess_type(source.name)[0] or "application/octet-stream"
            how: Json = {"files": {"file": (source.name, source.read_bytes(), kind)}}
        else:
            how = {"json": dict(source)}
        said: Json = self.call(method, path, headers=dict(headers or {}), **how).json()
        return said

    def ask(self, term: str, what: str, asked: Mapping[str, Any] | None = None, key: str | None = None) -> Json:
        """Ask something that takes long, as `solves` or `comparisons`: the job."""
        headers = {"Idempotency-Key": key} if key else {}
        job: Json = self.call("POST", f"/v1/terms/{term}/{what}", json=dict(asked or {}), headers=headers).json()
        return job

    def follow(self, job: Mapping[str, Any], progress: Callable[[Json], None] | None = None) -> Json:
        """Wait until a job is over; every event is told on the way. The job as it ended."""
        path = f"/v1/jobs/{job['id']}"
        for event in self._events(f"{path}/events"):
            if progress is not None:
                progress(event)
        ended: Json = self.get(path)
        if ended["state"] not in _ENDED:  # the connection ended before the job did
            return self.follow(job, progress)
        return ended

    def _events(self, path: str) -> Iterator[Json]:
        with self.http.stream("GET", path, timeout=None) as answer:
            if answer.status_code == httpx.codes.GONE:
                return
            if answer.is_error:
                answer.read()
                _right(answer)
            for line in answer.iter_lines():
                if line.startswith("data:"):
                    yield json.loads(line.removeprefix("data:"))


def _right(answer: httpx.Response) -> httpx.Response:
    if not answer.is_error:
        return answer
    try:
        said = answer.json()
    except ValueError:
        said = {"detail": answer.reason_phrase}
    raise ProblemError(answer.status_code, said)
