"""The kinds by name, and how a question that does not name its kind shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import cast

from trainer.courseware.kinds import judgement, multiple, single
from trainer.courseware.kinds.frame import VERDICTS, KindParser

KINDS: Mapping[str, KindParser] = MappingProxyType(
    {
        "single": cast(KindParser, single),
        "multiple": cast(KindParser, multiple),
        "judgement": cast(KindParser, judgement),
    }
)

LATER_KINDS = frozenset({"order", "match", "text", "rewrite", "dilemma"})


def kind_of(marks: Sequence[str]) -> str:
    """The kind that the marks of the options show."""
    if any(mark in VERDICTS for mark in marks):
        return "judgement"
    return "multiple" if marks.count("x") > 1 else "single"
