"""The kinds by name, and how a question that does not name its kind shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import cast

from trainer.courseware.kinds import dilemma, judgement, match, multiple, order, rewrite, single, text
from trainer.courseware.kinds.frame import VERDICTS, KindParser

KINDS: Mapping[str, KindParser] = MappingProxyType(
    {
        "single": cast(KindParser, single),
        "multiple": cast(KindParser, multiple),
        "judgement": cast(KindParser, judgement),
        "order": cast(KindParser, order),
        "match": cast(KindParser, match),
        "text": cast(KindParser, text),
        "rewrite": cast(KindParser, rewrite),
        "dilemma": cast(KindParser, dilemma),
    }
)

# These are answered and never marked, so nobody's safety can hang on them.
UNMARKED_KINDS = frozenset({"rewrite", "dilemma"})


def kind_of(marks: Sequence[str]) -> str:
    """The kind that the marks of the options show."""
    if any(mark in VERDICTS for mark in marks):
        return "judgement"
    if any(mark == "=" for mark in marks):
        return "text"
    return "multiple" if marks.count("x") > 1 else "single"
