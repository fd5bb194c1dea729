"""Where somebody is meant: by their id, by what files call them, or by name in a sentence.

Ids are short and often parts of others (p1, p12), or the same as a lesson period or a subject. So nothing is ever looked for as a
piece of text: an id counts where it stands by itself, as a word of a made id (`p1:mon:08:30`), or as a word of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from model.travel import home

LEAST_NAME = 3
"""Letters of the shortest name that is looked for in sentences."""

_WORD = r"(?<![\w-]){}(?![\w-])"


@dataclass(frozen=True)
class Who:
    """Somebody who is looked for.

    Attributes:
        id: in the terms of a region.
        names: what they are called anywhere: names, mail addresses, postcodes.
        pseudonyms: what others are told instead.
    """

    id: str
    names: frozenset[str] = frozenset()
    pseudonyms: frozenset[str] = frozenset()

    @cached_property
    def _id_word(self) -> re.Pattern[str] | None:
        """The id as a word; None where it could as well be a number or a letter of something else."""
        if len(self.id) < 2 or not any(each.isalpha() for each in self.id):
            return None
        return re.compile(_WORD.format(re.escape(self.id)))

    @cached_property
    def _name_words(self) -> re.Pattern[str] | None:
        long = sorted(each for each in (*self.names, *self.pseudonyms) if len(each) >= LEAST_NAME)
        return re.compile(_WORD.format(f"(?:{'|'.join(map(re.escape, long))})"), re.IGNORECASE) if long else None

    def in_id(self, said: str) -> bool:
        """Whether an id or a short text has their id or name as a word."""
        found = self._id_word is not None and self._id_word.search(said) is not None
        return found or self.named(said)

    def within(self, row_id: str) -> bool:
        """Whether the id of a row of theirs has theirs in it in any way."""
        return (self._id_word is not None and self.id in row_id) or self.named(row_id)

    def named(self, said: str) -> bool:
        """Whether a text has their name."""
        return self._name_words is not None and self._name_words.search(said) is not None

    def in_text(self, said: str) -> bool:
        """Whether a sentence is about them. What is one word is a code, and may be the same as their id by chance."""
        return self.in_id(said) if " " in said else self.named(said)

    def meant(self, said: str) -> bool:
        """Whether any text, id or key means them: rather too often than too seldom."""
        return said in (self.id, home(self.id)) or said in self.pseudonyms or self.in_id(said)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where somebody is meant, with the row around it.

    Attributes:
        path: as in `$.work[3]`.
    """

    path: str
    row: Any


def mentions(value: Any, who: Who, path: str = "$") -> Iterator[Mention]:
    """The innermost objects of a JSON value that mean somebody, each once."""
    match value:
        case Mapping():
            if any(who.meant(name) for name in value if not isinstance(value[name], (Mapping, list))) or any(
                _says(each, who) for each in value.values()
            ):
                yield Mention(path, value)
                return
            for name, each in value.items():
                if who.meant(name):
                    yield Mention(f"{path}.{name}", each)
                else:
                    yield from mentions(each, who, f"{path}.{name}")
        case list():
            for place, each in enumerate(value):
                yield from mentions(each, who, f"{path}[{place}]")
        case str() if who.meant(value):
            yield Mention(path, value)


def _says(value: Any, who: Who) -> bool:
    """Whether a text, or one of a list of texts, means them."""
    texts: Collection[Any] = value if isinstance(value, list) else (value,)
    return any(isinstance(each, str) and who.meant(each) for each in texts)
