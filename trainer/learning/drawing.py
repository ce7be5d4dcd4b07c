"""Which questions an attempt asks: decided by the pinned revision and the attempt's seed. Pure."""

from __future__ import annotations

import hashlib

from trainer.courseware.catalogue import Question, Quiz


def draw_questions(quiz: Quiz, seed: int) -> tuple[Question, ...]:
    """The questions of an attempt, in the author's order; safety questions are always among them.

    The rest is chosen by a hash of seed and question id, not by a random generator, so that an old
    attempt shows the same questions under any later Python.
    """
    safety = [question for question in quiz.questions if question.is_safety]
    others = [question for question in quiz.questions if not question.is_safety]
    room = max(0, quiz.draw - len(safety))
    chosen = {question.id for question in sorted(others, key=lambda question: _rank(seed, question.id))[:room]}
    return tuple(question for question in quiz.questions if question.is_safety or question.id in chosen)


def shuffled_option_ids(quiz: Quiz, question: Question, seed: int) -> tuple[str, ...]:
    """The order in which an attempt shows a question's options: as written unless the quiz shuffles."""
    ids = [option.id for option in question.options]
    if quiz.shuffle:
        ids.sort(key=lambda option_id: _rank(seed, f"{question.id}/{option_id}"))
    return tuple(ids)


def _rank(seed: int, name: str) -> bytes:
    return hashlib.sha256(f"{seed}:{name}".encode()).digest()
