"""Findings in SARIF 2.1.0, the form that code hosts and editors show beside the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trainer.language.findings import Finding
from trainer.language.lexicon import Entry, Lexicon

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"avoid": "warning", "reconsider": "note", "discuss": "none"}


def as_sarif(lexicon: Lexicon, found: Iterable[tuple[str, int, Finding]]) -> dict[str, Any]:
    """One run with every finding, given as (path, line, finding). The lens gives advice, so no level is an error."""
    results = [_result(path, line, finding) for path, line, finding in found]
    used = {result["ruleId"] for result in results}
    driver = {
        "name": "Alongside language lens",
        "version": str(lexicon.version),
        "rules": [_rule(entry) for entry in lexicon.entries if entry.id in used],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "shortDescription": {"text": entry.term},
        "fullDescription": {"text": entry.why},
        "help": {"text": f"Perhaps: {' · '.join(entry.alternatives)}. Fine when: {entry.fine_when}"},
        "defaultConfiguration": {"level": _LEVELS[entry.severity]},
    }


def _result(path: str, line: int, finding: Finding) -> dict[str, Any]:
    lines = finding.text.split("\n")
    last_column = len(lines[-1]) + (finding.column if len(lines) == 1 else 1)
    region = {
        "startLine": line,
        "startColumn": finding.column,
        "endLine": line + len(lines) - 1,
        "endColumn": last_column,
    }
    return {
        "ruleId": finding.entry,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.why} Perhaps: {' · '.join(finding.alternatives)}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": path}, "region": region}}],
    }
