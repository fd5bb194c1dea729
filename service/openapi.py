"""The OpenAPI document that is checked in beside this file.

`python -m service.openapi` writes it; with `--check` it only says how it differs from what the code says, and fails if it does.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from service.api.described import operations
from service.app import create_app
from service.settings import ServiceSettings
from service.state import Service

PATH = Path(__file__).with_suffix(".json")

MOST_LINES = 20
"""Of what changed in one operation or shape."""

_NOWHERE = object()

Json = dict[str, Any]


class _Unopened:
    """A service with settings, of which nothing is asked."""

    settings = ServiceSettings.model_construct()


def document() -> Json:
    """What the code says."""
    return create_app(cast("Service", _Unopened())).openapi()


def written(found: Json) -> str:
    """A document as it stands in the file."""
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def differences(old: Json, new: Json) -> Iterator[str]:
    """What was added, removed and changed: operations, shapes, and the rest by its place."""
    parts_old, parts_new = _parts(old), _parts(new)
    for name in parts_old:
        if name not in parts_new:
            yield f"removed  {name}"
    for name, part in parts_new.items():
        if name not in parts_old:
            yield f"added    {name}"
        elif parts_old[name] != part:
            yield f"changed  {name}"
            lines = list(_inside(parts_old[name], part, ""))
            yield from (f"           {line}" for line in lines[:MOST_LINES])
            if len(lines) > MOST_LINES:
                yield f"           and {len(lines) - MOST_LINES} more"
    if not set(parts_old) ^ set(parts_new) and list(parts_old) != list(parts_new):
        yield "changed  the order of operations"


def _parts(document: Json) -> dict[str, Any]:
    components = document.get("components", {})
    return {
        **{f"{method} {path}": operation for method, path, operation in operations(document)},
        **{f"shape {name}": shape for name, shape in components.get("schemas", {}).items()},
        **{name: value for name, value in document.items() if name not in ("paths", "components")},
        **{f"components {name}": value for name, value in components.items() if name != "schemas"},
    }


def _inside(old: Any, new: Any, place: str) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in {**old, **new}:
            yield from _inside(old.get(name, _NOWHERE), new.get(name, _NOWHERE), f"{place}/{name}")
    elif old != new:
        was, now = ("nothing" if each is _NOWHERE else json.dumps(each, ensure_ascii=False) for each in (old, new))
        yield f"{place}: {_short(was)} → {_short(now)}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def main(arguments: list[str]) -> int:
    """Write the document, or with `--check` say how it differs; returns the exit code."""
    new = document()
    kept = PATH.read_text("utf-8") if PATH.exists() else "{}"
    if kept == written(new):
        return 0
    sys.stdout.write("".join(f"{line}\n" for line in differences(_empty() | json.loads(kept), new)))
    if "--check" in arguments:
        sys.stdout.write("service/openapi.json is stale: if this is meant, run `python -m service.openapi`\n")
        return 1
    PATH.write_text(written(new), "utf-8")
    return 0


def _empty() -> Json:
    return {"paths": {}}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
