"""May a new revision follow what people have already answered? Pure.

Ids are permanent: a question that somebody answered keeps its kind and its options, and the id of a question that was
taken out does not come back for another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trainer.courseware import rules
from trainer.courseware.catalogue import Module
from trainer.courseware.diagnostics import Rule
from trainer.courseware.quiz import Question
from trainer.learning.kinds.registry import KINDS


@dataclass(frozen=True, slots=True)
class Conflict:
    """What cannot be published, and the question it concerns; no question when it is the module itself."""

    rule: Rule
    module_slug: str
    question_id: str | None
    message: str


def find_conflicts(new: Module, recorded: Sequence[Module]) -> tuple[Conflict, ...]:
    """Compare a module with the revisions that somebody has answered, the latest last."""
    if not recorded:
        return ()
    found: list[Conflict] = []
    latest = _questions(recorded[-1])
    for question in _questions(new).values():
        versions = [old for one in recorded if (old := _questions(one).get(question.id)) is not None]
        if not versions or question in versions:
            continue  # new, or exactly as it was once before: going back to an earlier text is no reuse
        if question.id not in latest:
            message = f"question “{question.id}” was taken out and its id is used again"
            found.append(Conflict(rules.ID_REUSED, new.slug, question.id, message))
            continue
        found += _changed(new, question, versions)
    return tuple(found)


def _changed(new: Module, question: Question, versions: Iterable[Question]) -> list[Conflict]:
    found: list[Conflict] = []
    offered = set(KINDS[question.kind].option_ids(question))
    missing: dict[str, str] = {}
    for old in versions:
        if old.kind != question.kind:
            message = f"question “{question.id}” was {old.kind} and is {question.kind} now"
            return [Conflict(rules.KIND_CHANGED, new.slug, question.id, message)]
        missing |= {one: words for one, words in option_words(old).items() if one not in offered}
    for option_id, words in missing.items():
        message = f"question “{question.id}” no longer has “{words}”, known as {{#{option_id}}}"
        found.append(Conflict(rules.OPTION_VANISHED, new.slug, question.id, message))
    return found


def find_vanished(slugs: Mapping[str, str], published_ids: Iterable[str]) -> tuple[Conflict, ...]:
    """Modules with records that the tree no longer holds; ``slugs`` are theirs by id."""
    kept = set(published_ids)
    return tuple(
        Conflict(rules.MODULE_VANISHED, slug, None, f"the module “{slug}” ({module_id}) has records and is gone")
        for module_id, slug in slugs.items()
        if module_id not in kept
    )


def option_words(question: Question) -> dict[str, str]:
    """The words behind each id that an answer may name."""
    entries: list[tuple[str, str]] = []
    for name in ("options", "items", "rows", "targets"):
        entries += [(one.id, one.text) for one in getattr(question, name, ())]
    return dict(entries)


def _questions(module: Module) -> dict[str, Question]:
    return {question.id: question for question in module.quiz.questions} if module.quiz else {}
