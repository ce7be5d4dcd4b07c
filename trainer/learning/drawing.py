"""Which questions an attempt asks: decided by the pinned revision and the attempt's seed. Pure."""

from __future__ import annotations

import hashlib

from trainer.courseware.quiz import Matching, Ordering, Question, Quiz, Rewriting, ShortText


def draw_questions(quiz: Quiz, seed: int) -> tuple[Question, ...]:
    """The questions of an attempt, in the author's order; safety questions and those of the
    set before are always among them.

    The rest is chosen by a hash of seed and question id, not by a random generator, so that an old
    attempt shows the same questions under any later Python.
    """
    always = {question.id for question in quiz.questions if question.is_safety} | set(quiz.before_ids)
    others = [question for question in quiz.questions if question.id not in always]
    room = max(0, quiz.draw - len(always))
    chosen = {question.id for question in sorted(others, key=lambda question: _rank(seed, question.id))[:room]}
    return tuple(question for question in quiz.questions if question.id in always or question.id in chosen)


def shown_ids(quiz: Quiz, question: Question, seed: int) -> tuple[str, ...]:
    """What an attempt shows of a question, in order: its options, lines to put in order, or targets to match.

    Options stand as written unless the quiz shuffles. Lines and targets are always mixed, because the order in which
    they are written gives the answer away. Kinds to be written have nothing to show.
    """
    if isinstance(question, Ordering):
        right = [item.id for item in question.items]
        mixed = _mixed(right, question, seed)
        return tuple(mixed if mixed != right else [*mixed[1:], mixed[0]])
    if isinstance(question, Matching):
        return tuple(_mixed([target.id for target in question.targets], question, seed))
    if isinstance(question, ShortText | Rewriting):
        return ()
    ids = [option.id for option in question.options]
    return tuple(_mixed(ids, question, seed) if quiz.shuffle else ids)


def _mixed(ids: list[str], question: Question, seed: int) -> list[str]:
    return sorted(ids, key=lambda option_id: _rank(seed, f"{question.id}/{option_id}"))


def _rank(seed: int, name: str) -> bytes:
    return hashlib.sha256(f"{seed}:{name}".encode()).digest()
