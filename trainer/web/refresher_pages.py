"""From sittings to what their pages say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from flask_wtf import FlaskForm

from trainer.clock import local_date
from trainer.courseware.catalogue import Catalogue, Module
from trainer.learning.drawing import shown_ids
from trainer.practice.refreshers import is_paused, next_due
from trainer.practice.sittings import History, SittingOf, Wish
from trainer.web.locales import gettext as _
from trainer.web.locales import lazy_gettext
from trainer.web.pages.refresher import FreshPage, Offer, RefresherPage
from trainer.web.pages.shell import Crumb
from trainer.web.question_views import question_view
from trainer.web.result_views import result_question
from trainer.web.words import day

WHO_SEES_FRESH = lazy_gettext(
    "Only you can see that you take refreshers, what you answer, and whether you want them at all."
)


def ready_modules(
    catalogue: Catalogue, histories: Sequence[History], wish: Wish, *, at: datetime
) -> tuple[tuple[Module, History], ...]:
    """The live modules whose refresher is open or due; none while somebody wants none."""
    if is_paused(is_on=wish.is_on, paused_until=wish.paused_until, today=local_date(at)):
        return ()
    return tuple(
        (module, history)
        for module, history in _offered(catalogue, histories)
        if history.open_number is not None or _is_due(history, at)
    )


def _is_due(history: History, at: datetime) -> bool:
    due = next_due(history.completed_at, history.sittings)
    return due is not None and due <= at


def _offered(catalogue: Catalogue, histories: Sequence[History]) -> tuple[tuple[Module, History], ...]:
    found = ((catalogue.by_id.get(history.module_id), history) for history in histories)
    return tuple((m, history) for m, history in found if m is not None and m.status == "live" and m.quiz is not None)


def fresh_page(
    catalogue: Catalogue, histories: Sequence[History], wish: Wish, form: FlaskForm, *, at: datetime
) -> FreshPage:
    """What is ready now, and what comes later; anything finished may be taken at any time."""
    ready = ready_modules(catalogue, histories, wish, at=at)
    now = {history.module_id for _, history in ready}
    rest = [(m, history) for m, history in _offered(catalogue, histories) if history.module_id not in now]
    return FreshPage(
        ready=tuple(_offer(module, history, None) for module, history in ready),
        later=tuple(_offer(module, history, _when(history)) for module, history in rest),
        has_completed=bool(histories),
        is_on=wish.is_on,
        paused_until=day(wish.paused_until) if wish.paused_until and wish.paused_until > local_date(at) else None,
        form=form,
        who_sees=WHO_SEES_FRESH,
    )


def _when(history: History) -> str:
    due = next_due(history.completed_at, history.sittings)
    return _("from about %(date)s", date=day(due)) if due else _("no more are planned")


def _offer(module: Module, history: History, when: str | None) -> Offer:
    label = _("Go on where you stopped") if history.open_number is not None else _("Three to five questions")
    return Offer(module.title, label, when, url_for("refreshers.begin", slug=module.slug))


def refresher_page(slug: str, sitting: SittingOf, position: int, problem: str | None) -> RefresherPage:
    """The question while it is open, its explanation afterwards."""
    question = sitting.questions[position - 1]
    answer = sitting.answers.get(question.id)
    quiz = sitting.module.quiz
    assert quiz is not None
    shown = shown_ids(quiz, question, sitting.seed)
    is_last = position == len(sitting.questions)
    here: dict[str, Any] = {"slug": slug, "number": sitting.number}
    view = question_view(question, shown, (), confidence=None, asks_confidence=False)
    return RefresherPage(
        crumbs=(Crumb(_("Keep it fresh"), url_for("refreshers.overview")),),
        module_title=sitting.module.title,
        position=position,
        question_count=len(sitting.questions),
        answered_count=len(sitting.answers),
        question=view if answer is None else None,
        result=result_question(position, question, answer) if answer is not None else None,
        problem=problem,
        url=url_for("refreshers.answer", position=position, **here),
        next_url=url_for("refreshers.overview")
        if is_last
        else url_for("refreshers.question", position=position + 1, **here),
        next_label=_("That was it") if is_last else _("Next question"),
        module_url=url_for("learner.module", slug=slug),
        who_sees=WHO_SEES_FRESH,
    )
