"""What the rules say about themselves: as data for the shell, and as the table in the README."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from model.locale import text
from model.rule import Rule
from model.rules import RULES


def rule_facts(rule: type[Rule], lang: str) -> dict[str, Any]:
    """Everything about one rule: name, title, sentence, hard or priced, parameters with unit and default, source."""
    return {
        "name": rule.name,
        "title": text(f"rule.{rule.name}.title", lang),
        "sentence": text(f"rule.{rule.name}.about", lang),
        "kind": "hard" if rule.hard() else "priced",
        "tier": rule.tier.value if rule.tier else None,
        "set_per": rule.subject.value,
        "may_switch_off": rule.may_switch_off,
        "waived_by": rule.waiving().value,
        "owner": rule.owner.value,
        "parameters": [
            {
                "name": name,
                "meaning": field.description or "",
                "unit": (field.json_schema_extra or {}).get("unit", "")
                if isinstance(field.json_schema_extra, dict)
                else "",
                "default": field.default,
            }
            for name, field in rule.model_fields.items()
        ],
        "source": rule.source,
    }


def rules_table(rules: Iterable[type[Rule]] = RULES) -> str:
    """The table of rules in Markdown."""
    lines = [
        "| rule | what it says | kind | set per | parameters (default) | source |",
        "|---|---|---|---|---|---|",
    ]
    for rule in rules:
        facts = rule_facts(rule, "en")
        parameters = "<br>".join(
            f"`{each['name']}` ({_default(each['default'])} {each['unit']}): {each['meaning']}"
            for each in facts["parameters"]
        )
        kind = facts["kind"] if facts["may_switch_off"] or facts["kind"] == "priced" else "hard, always on"
        cells = (f"`{rule.name}`", facts["sentence"], kind, facts["set_per"], parameters or "–", facts["source"])
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _default(value: object) -> str:
    return "none" if value is None else str(value)
