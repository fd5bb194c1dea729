"""The message catalogue: every message in both languages, with the same gaps to fill in, and none without use."""

from __future__ import annotations

import ast
import string
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from model.files.columns import columns, records
from model.files.refused import CODES
from model.locale import LANGUAGES, messages
from model.rules import RULES

ROOT = Path(__file__).parent.parent
ONLY_TRANSLATED = "meaning."
"""Meanings of columns: the English stands in the model, the other languages in the catalogue."""


def shared(lang: str) -> dict[str, str]:
    """Messages that every language has."""
    return {name: said for name, said in messages(lang).items() if not name.startswith(ONLY_TRANSLATED)}


def gaps(message: str) -> set[str]:
    """Names of the gaps in a message."""
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def test_both_languages_have_every_message() -> None:
    """No message is missing in one of the languages, those of the rules included."""
    dutch, english = shared("nl"), shared("en")
    assert dutch.keys() == english.keys()
    assert {f"rule.{rule.name}.title" for rule in RULES} <= dutch.keys()


def test_messages_have_the_same_gaps() -> None:
    """What one language names, the other names too."""
    english = shared("en")
    different = {name: said for name, said in shared("nl").items() if gaps(said) != gaps(english[name])}
    assert different == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_of_messages_do_not_overlap(lang: str) -> None:
    """A group of messages stands in one file, so that no file hides another's."""
    groups = Counter(
        group
        for file in files("model.locale").joinpath(lang).iterdir()
        for group in tomllib.loads(file.read_text("utf-8"))
    )
    assert [group for group, count in groups.items() if count > 1] == []


def syntax() -> Iterator[ast.AST]:
    """Every node of the program's source."""
    for part in ("model", "solver", "service", "benchmarks"):
        for path in (ROOT / part).rglob("*.py"):
            yield from ast.walk(ast.parse(path.read_text("utf-8")))


def texts_in(nodes: Iterable[ast.AST]) -> set[str]:
    """The literal texts among nodes."""
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def codes_given() -> set[str]:
    """Codes that stand where an issue is made: `code="…"`, or the first argument of what makes issues."""
    makers = {"unreadable", "CellError", "Broken", "issue", "_warning"}
    calls = [node for node in syntax() if isinstance(node, ast.Call)]
    given: list[ast.AST] = [each.value for call in calls for each in call.keywords if each.arg == "code"]
    given += [call.args[0] for call in calls if call.args and _name(call.func) in makers]
    return texts_in(given) | CODES


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_issue_has_a_sentence_and_a_guess() -> None:
    """Each code has its two lines, and no lines are left of a code that nothing uses."""
    said = {name.removeprefix("issue.") for name in messages("nl") if name.startswith("issue.")} - {"maybe_value"}
    sentences = {name for name in said if not name.endswith(".maybe")}
    assert {f"{name}.maybe" for name in sentences} == said - sentences
    assert codes_given() <= sentences
    assert sentences <= texts_in(syntax()) | CODES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_guesses_begin_as_guesses(lang: str) -> None:
    """The second line of an issue says that it is a guess."""
    word = {"nl": "Misschien ", "en": "Maybe "}[lang]
    for name, said in messages(lang).items():
        if name.startswith("issue.") and (name.endswith(".maybe") or name == "issue.maybe_value"):
            assert said.startswith(word), name


def test_every_column_has_its_meaning_in_every_language() -> None:
    """All meanings are translated, and no translation is left of a meaning that changed."""
    meanings = {f"meaning.{column.col.meaning}" for table in records() for column in columns(table).values()}
    for lang in set(LANGUAGES) - {"en"}:
        assert {name for name in messages(lang) if name.startswith(ONLY_TRANSLATED)} == meanings
    assert not any(name.startswith(ONLY_TRANSLATED) for name in messages("en"))
