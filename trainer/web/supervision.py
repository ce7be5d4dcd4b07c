"""The supervision sheet: chosen by its learner, printed, and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from trainer.courseware.catalogue import Catalogue, Module
from trainer.courseware.quiz import Question
from trainer.extensions import reading
from trainer.learning.confidence import Confidence
from trainer.learning.drawing import draw_questions
from trainer.learning.marking import mark_question
from trainer.learning.queries import GivenAnswer, attempts_of, get_attempt, standings_of
from trainer.learning.revisions import pinned_module
from trainer.notebook.queries import NoteOf
from trainer.web.identity import current_actor, request_time
from trainer.web.locales import english
from trainer.web.locales import gettext as _
from trainer.web.notebook_pages import described, sheet_note
from trainer.web.pages.notebook import SheetChoice, SheetPage, SupervisionPage
from trainer.web.pages.shell import Crumb
from trainer.web.result_views import CONFIDENCE_WORDS, result_question
from trainer.web.words import day

BEGINNING = 90


@dataclass(frozen=True, slots=True)
class Unsure:
    """A question of the latest submitted attempt that was missed, or answered without being sure."""

    module: Module
    question: Question
    given: GivenAnswer | None
    why: str

    @property
    def value(self) -> str:
        """How the form names it."""
        return f"{self.module.id}/{self.question.id}"


def unsure_questions(catalogue: Catalogue) -> tuple[Unsure, ...]:
    """From the latest submitted attempt of every module; three statements a module that has one."""
    person_id = current_actor().person_id
    found: list[Unsure] = []
    with reading() as db:
        tried = [module_id for module_id, one in standings_of(db, person_id).items() if one.attempt_count]
        for module_id in sorted(tried):
            number = [one.number for one in attempts_of(db, person_id, module_id) if one.submitted_at][-1]
            attempt = get_attempt(db, person_id, module_id, number)
            module = pinned_module(db, catalogue, module_id, attempt.revision)
            for question in draw_questions(module.quiz, attempt.seed) if module.quiz else ():
                given = attempt.answers.get(question.id)
                why = _why(question, given)
                if why:
                    found.append(Unsure(module, question, given, why))
    return tuple(found)


def _why(question: Question, given: GivenAnswer | None) -> str | None:
    mark = mark_question(question, given.answer if given else None)
    if mark is None:
        return _("There is no right answer") if question.kind == "dilemma" else None
    if not mark.is_full:
        return _("Not yet right")
    if given is not None and given.confidence in (Confidence.FAIRLY, Confidence.GUESSING):
        return CONFIDENCE_WORDS[given.confidence]
    return None


def supervision_page(
    catalogue: Catalogue,
    notes: Sequence[NoteOf],
    unsure: Sequence[Unsure],
    *,
    chosen: frozenset[str],
    own: str,
    problem: str | None,
) -> SupervisionPage:
    """What there is to choose from."""
    return SupervisionPage(
        crumbs=(Crumb(_("Notebook"), url_for("notebook.overview")),),
        notes=tuple(
            SheetChoice(value, described(catalogue, note)[0], _beginning(note.text or ""), value in chosen)
            for note in notes
            if (value := f"{note.module_id}/{note.name}")
        ),
        questions=tuple(
            SheetChoice(one.value, english(f"{one.module.title}: {one.question.prompt}"), one.why, one.value in chosen)
            for one in unsure
        ),
        own=own,
        problem=problem,
    )


def _beginning(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= BEGINNING else f"{first[:BEGINNING].rsplit(' ', 1)[0]} …"


def sheet_page(
    catalogue: Catalogue, notes: Sequence[NoteOf], unsure: Sequence[Unsure], *, chosen: frozenset[str], own: str
) -> SheetPage:
    """The page for paper."""
    picked = [one for one in unsure if one.value in chosen]
    return SheetPage(
        made_on=day(request_time()),
        own=own,
        notes=tuple(sheet_note(catalogue, note) for note in notes if f"{note.module_id}/{note.name}" in chosen),
        questions=tuple(
            (
                one.module.title,
                result_question(position, one.question, one.given.answer if one.given else None, None),
            )
            for position, one in enumerate(picked, start=1)
        ),
        back_url=url_for("notebook.supervision"),
    )
