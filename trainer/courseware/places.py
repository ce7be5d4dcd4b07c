"""Finding the line of something in the author's files, for messages about a compiled module."""

from __future__ import annotations

import re
from pathlib import Path


def place_of_question(root: Path, slug: str, question_id: str | None) -> tuple[str, int]:
    """Path (relative to the content folder) and line of a question's heading; of the module without one."""
    if question_id is None:
        return f"modules/{slug}/module.md", 1
    path = f"modules/{slug}/quiz.md"
    heading = re.compile(rf"##[^\n]*\{{#{re.escape(question_id)}[\s}}]")
    try:
        text = (root / path).read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return path, 1
    for number, line in enumerate(text.splitlines(), start=1):
        if heading.match(line + " "):
            return path, number
    return path, 1
