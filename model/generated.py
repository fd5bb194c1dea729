"""Files made from the code: the table of rules in the README and the JSON Schema of a term.

`python -m model.generated` writes them; with `--check` it only says which are stale, and fails if any is.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from model.describe import rules_table
from model.files import json_schema

ROOT = Path(__file__).parent.parent
BEGIN, END = "<!-- rules: generated -->\n", "<!-- /rules -->"


def generated() -> dict[Path, str]:
    """Every generated file with the text it should have."""
    readme = ROOT / "README.md"
    before, _, rest = readme.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return {
        readme: f"{before}{BEGIN}{rules_table()}{END}{after}",
        ROOT / "model" / "term.schema.json": json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n",
    }


def main(arguments: list[str]) -> int:
    """Write the files, or with `--check` name the stale ones; returns the exit code."""
    stale = [(path, text) for path, text in generated().items() if not path.exists() or path.read_text("utf-8") != text]
    for path, text in stale:
        sys.stdout.write(f"{path.relative_to(ROOT)} was stale\n")
        if "--check" not in arguments:
            path.write_text(text, "utf-8")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
