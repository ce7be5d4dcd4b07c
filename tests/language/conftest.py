"""The lens of the shipped lexicon, and small lexicons to break."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from trainer.language.loading import load_lens
from trainer.language.matcher import Lens

ROOT = Path(__file__).parent.parent.parent
SMALL = """version: 1
language: "en-IE"
status: "A lexicon for tests."
severity_levels:
  avoid: "Replace."
  reconsider: "Think again."
  discuss: "Ask."
categories:
  blame: "Blame"
sources:
  EDIT: "Ours."
changes:
  - version: 1
    date: "2026-11-23"
    what: "First."
sets:
  person: ["patient(|s)", "man"]
entries:
  - id: "difficult"
    term: "difficult (person)"
    category: "blame"
    severity: "avoid"
    patterns:
      - "difficult <person>"
    guards:
      - "difficult man page"
    why: "It primes the next reader."
    alternatives: ["the meeting was tense because …"]
    fine_when: "Of a task."
    sources: ["EDIT"]
  - id: "lazy"
    term: "lazy"
    category: "blame"
    severity: "reconsider"
    patterns: ["laz(y|iness)"]
    why: "It judges."
    alternatives: ["sleeps until noon since the dose went up"]
    fine_when: "Of an afternoon."
    sources: ["EDIT"]
"""


@pytest.fixture(scope="session")
def lens() -> Lens:
    return load_lens(ROOT / "content" / "lexicon.yaml")


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Path]:
    """A file with the small lexicon, after replacements given as pairs."""

    def write(*changes: tuple[str, str]) -> Path:
        text = SMALL
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "lexicon.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write
