"""A small curriculum for tests, compiled once. Every explanation in it carries the word Canary."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from trainer.courseware.catalogue import Catalogue, Module
from trainer.courseware.compiler import compile_tree

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
TREE = Path(__file__).parent / "content"

# Explanations hold this word and nothing else does: seeing it before submission means the key has leaked.
KEY_CANARY = "Canary-"


@cache
def sample_catalogue() -> Catalogue:
    """S1 kind-words (read and passed), S2 reading-only, S3 quiz-only (shuffled), S4 a draft, S5 with every kind."""
    compilation = compile_tree(TREE, today=TODAY)
    assert compilation.catalogue is not None, "\n".join(str(one) for one in compilation.diagnostics)
    return compilation.catalogue


def sample_module(slug: str = "kind-words") -> Module:
    """One module of the sample curriculum."""
    return sample_catalogue().by_slug[slug]
