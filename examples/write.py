"""Writes every example in its other forms: `python -m examples.write`, after a change to a JSON file or a table."""

from __future__ import annotations

from pathlib import Path

from examples.eindhoven.build import region
from model.files import read_term, write_term
from model.term import Term

EXAMPLES = Path(__file__).parent
FAMILIES = EXAMPLES / "families"


def written_by_hand(path: Path) -> Term:
    """A small example, from the JSON file that people edit.

    Raises:
        ValueError: the file has errors.
    """
    loaded = read_term(path)
    if loaded.term is None:
        raise ValueError(loaded.issues)
    return loaded.term


def main() -> None:
    """Write all files that are made of others."""
    write_term(region(), EXAMPLES / "eindhoven" / "eindhoven.json")
    terms = {
        **{name: written_by_hand(EXAMPLES / name / f"{name}.json") for name in ("smallest", "impossible")},
        "eindhoven": region(),
    }
    for name, term in terms.items():
        write_term(term, EXAMPLES / name / f"{name}.xlsx")
        write_term(term, EXAMPLES / name / "csv")
    for path in FAMILIES.glob("*.json"):
        write_term(written_by_hand(path), path.with_suffix(".xlsx"))


if __name__ == "__main__":
    main()
