"""The one message catalogue, Dutch and English: rules, issues, shell, result files.

Messages live in the folders `nl` and `en` beside this file, a TOML file per topic; a rule brings its own sentences
(`says`) and registers them here, so that adding a rule touches its own file only. A message `x.one` is used instead of `x` when `n` is 1.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

LANGUAGES = ("nl", "en")
DEFAULT_LANGUAGE = "nl"

_registered: dict[str, dict[str, str]] = {lang: {} for lang in LANGUAGES}


def register(prefix: str, says: Mapping[str, Mapping[str, str]]) -> None:
    """Add the messages of a rule: `{key: {"nl": …, "en": …}}` under `prefix.key`."""
    for key, by_lang in says.items():
        for lang in LANGUAGES:
            _registered[lang][f"{prefix}.{key}"] = by_lang[lang]


@cache
def _from_file(lang: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for file in sorted(files(__package__).joinpath(lang).iterdir(), key=lambda each: each.name):
        found |= _flat("", tomllib.loads(file.read_text("utf-8")))
    return found


def _flat(prefix: str, tree: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            yield from _flat(f"{name}.", value)
        else:
            yield name, value


def messages(lang: str) -> Mapping[str, str]:
    """All messages of a language, by id."""
    return {**_from_file(lang), **_registered[lang]}


def text(message: str, lang: str, **params: object) -> str:
    """The sentence of a message in a language.

    Raises:
        KeyError: no such message; a programming error, caught by the catalogue test.
    """
    names = (f"{message}.one", message) if str(params.get("n")) == "1" else (message,)
    for name in names:
        for source in (_registered[lang], _from_file(lang)):
            if name in source:
                return source[name].format(**{key: _shown(value, lang) for key, value in params.items()})
    raise KeyError(message)


def word(kind: str, value: str, lang: str) -> str:
    """A value of an enumeration as people write it: `word("weekday", "mon", "nl")` is `ma`."""
    return text(f"{kind}.{value}", lang)


def _shown(value: object, lang: str) -> object:
    match value:
        case StrEnum():
            return word(type(value).__name__.lower(), value.value, lang)
        case bool() | str():
            return value
        case float() | int():
            return format_decimal(value, locale=lang)
        case date():
            return format_date(value, "d MMMM y", locale=lang)
        case tuple():
            return " ".join(str(_shown(each, lang)) for each in value)
        case list():
            return ", ".join(str(_shown(each, lang)) for each in value)
    return value
