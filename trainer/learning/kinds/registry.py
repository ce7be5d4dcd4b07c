"""The kinds by name. A contract test holds parser, rules, form and macro of each kind together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Protocol, cast

from trainer.learning.kinds import dilemma, judgement, match, multiple, order, rewrite, single, text
from trainer.learning.kinds.frame import Answer, Mark


class KindRules(Protocol):
    """What every kind module offers."""

    HINT: str

    def read_answer(self, question: Any, raw: Sequence[str]) -> Answer:
        """What the browser sent, checked. Raises Invalid."""

    def option_ids(self, question: Any) -> tuple[str, ...]:
        """The ids that answers name; they are permanent while people may have chosen them."""

    def mark(self, question: Any, answer: Answer) -> Mark | None:
        """The points for an answer; None for kinds that are never marked."""

    def summarise(self, question: Any, answers: Iterable[Answer]) -> dict[str, int]:
        """Many answers as counts."""


KINDS: Mapping[str, KindRules] = MappingProxyType(
    {
        "single": cast(KindRules, single),
        "multiple": cast(KindRules, multiple),
        "judgement": cast(KindRules, judgement),
        "order": cast(KindRules, order),
        "match": cast(KindRules, match),
        "text": cast(KindRules, text),
        "rewrite": cast(KindRules, rewrite),
        "dilemma": cast(KindRules, dilemma),
    }
)
