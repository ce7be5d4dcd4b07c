"""A module and its sections: what there is, what is done, and the way on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import url_for

from trainer.clock import local_date
from trainer.courseware.catalogue import Module, Section, Source
from trainer.errors import NotFound
from trainer.learning.place import Place, minutes_left, quiz_minutes
from trainer.learning.progress import Standing, State
from trainer.learning.queries import AttemptLine, CompletionOf
from trainer.web.lens_pages import TEACHING_TRACK
from trainer.web.locales import english, lazy_gettext, ngettext, with_english
from trainer.web.locales import gettext as _
from trainer.web.my_facts import MyFacts, place_url, place_words, section_url
from trainer.web.pages.extras import RetiredPage
from trainer.web.pages.learner import (
    ModulePage,
    Provenance,
    SectionPage,
    SourceItem,
    Step,
)
from trainer.web.pages.quiz import PastAttempt
from trainer.web.pages.shell import Crumb
from trainer.web.section_parts import Reader, detour_view, part_views
from trainer.web.words import day, due_words, for_whom, listed_in_english, percent
from trainer.wording import said

COMPLETION_RULES = {
    "read": lazy_gettext("Complete when you have read every section."),
    "passed": lazy_gettext("Complete when you have passed the quiz."),
    "read_and_passed": lazy_gettext("Complete when you have read every section and passed the quiz, in any order."),
}
AWAITING_PANEL = lazy_gettext(
    "Drafted editorially and awaiting review by a lived-experience panel. Read it as a draft from colleagues, "
    "and tell your trainer what does not ring true."
)


def module_page(
    module: Module,
    facts: MyFacts,
    attempts: Sequence[AttemptLine],
    completion: CompletionOf | None,
    *,
    reader: Reader,
    has_changes: bool,
    may_answer_before: bool,
) -> ModulePage:
    """A module's first page, with its one action."""
    read = facts.reads.get(module.id, frozenset())
    place = facts.place(module)
    action_label, action_url = _action(module, place, facts)
    today = local_date(facts.at)
    quiz_note = _quiz_note(facts.standings.get(module.id), attempts)
    return ModulePage(
        crumbs=module_crumbs(),
        title=module.title,
        summary=module.summary,
        tag=facts.tag(module),
        minutes=module.cpd_minutes,
        for_whom=for_whom(module),
        outcomes=module.outcomes,
        content_note=module.content_note,
        opening=part_views(module, module.opening, reader),
        steps=steps_of(module, read, has_passed=facts.has_passed(module), quiz_note=quiz_note),
        action_label=action_label,
        action_url=action_url,
        action_place=place_words(module, place),
        minutes_left=minutes_left(module, read_ids=read, has_passed=facts.has_passed(module)),
        completion=completion_words(completion),
        changes_url=url_for("extras.changes", slug=module.slug) if has_changes else None,
        before_url=url_for("extras.before", slug=module.slug) if may_answer_before else None,
        completion_rule=COMPLETION_RULES[module.complete_when],
        provenance=provenance_of(module, today),
        due=None if completion else due_words(facts.due_on(module), today=today),
        sources=source_items(module, [source.id for source in module.sources]),
        lens_url=url_for("lens.look") if module.track == TEACHING_TRACK else None,
    )


def _action(module: Module, place: Place, facts: MyFacts) -> tuple[str, str]:
    if place.kind == "over":
        return _("Look again"), section_url(module, module.sections[0])
    label = _("Start") if facts.state(module) is State.NOT_STARTED else _("Continue")
    return label, place_url(module, place, facts)


def provenance_of(module: Module, today: date) -> Provenance:
    """Who made it; that no panel has read it yet is said on the first page."""
    return Provenance(
        written_by=with_english(_("Written by: %(names)s."), names=listed_in_english(module.written_by)),
        review_note="" if "lived experience" in module.written_by else AWAITING_PANEL,
        reviewed_on=day(module.reviewed_on),
        review_due_on=day(module.review_due_on),
        is_review_overdue=module.review_due_on < today,
        revision=module.revision[:8],
    )


def module_crumbs(*further: Crumb) -> tuple[Crumb, ...]:
    """The way back to the list of modules, and further down."""
    return (Crumb(_("Modules"), url_for("learner.catalogue")), *further)


def completion_words(completion: CompletionOf | None) -> str | None:
    """When a module was completed and on which revision."""
    if completion is None:
        return None
    return _(
        "You completed this module on %(date)s (revision %(revision)s).",
        date=day(completion.completed_at),
        revision=completion.revision[:8],
    )


def _quiz_note(standing: Standing | None, attempts: Sequence[AttemptLine]) -> str | None:
    if any(attempt.submitted_at is None for attempt in attempts):
        return _("An attempt is under way")
    best = percent(standing.best_points, standing.best_possible) if standing else None
    if best is None:
        return None
    return ngettext(
        "Best score %(score)s in %(num)s attempt", "Best score %(score)s in %(num)s attempts", len(attempts), score=best
    )


def steps_of(
    module: Module,
    read: frozenset[str],
    *,
    has_passed: bool,
    quiz_note: str | None = None,
    current: str | None = None,
) -> tuple[Step, ...]:
    """Sections and quiz as steps that can be seen."""
    steps = [
        Step(section.title, section_url(module, section), section.minutes, section.id in read, section.id == current)
        for section in module.sections
    ]
    if module.quiz is not None:
        steps.append(
            Step(
                _("Quiz"),
                url_for("quiz.start", slug=module.slug),
                quiz_minutes(module),
                has_passed,
                False,
                quiz_note,
                is_quiz=True,
            )
        )
    return tuple(steps)


def section_page(
    module: Module,
    section_id: str,
    read: frozenset[str],
    *,
    has_passed: bool,
    reader: Reader,
    takes_detour: bool = False,
) -> SectionPage:
    """One section with the way on and the way back. Raises NotFound."""
    index = next((i for i, section in enumerate(module.sections) if section.id == section_id), None)
    if index is None:
        raise NotFound(
            said("There is no such section in this module."), said("Choose a section from the module’s first page.")
        )
    section = module.sections[index]
    is_last = index == len(module.sections) - 1
    following = None if is_last else module.sections[index + 1]
    previous = module.sections[index - 1] if index else None
    detour = detour_view(module, section, is_taken=takes_detour)
    return SectionPage(
        crumbs=module_crumbs(Crumb(english(module.title), url_for("learner.module", slug=module.slug))),
        module_title=module.title,
        title=section.title,
        position=index + 1,
        section_count=len(module.sections),
        minutes=section.minutes,
        minutes_left=minutes_left(module, read_ids=read, has_passed=has_passed),
        parts=() if takes_detour and detour else part_views(module, section.parts, reader),
        detour=detour,
        note=reader.boxes.get(f"note:{section.id}"),
        steps=steps_of(module, read, has_passed=has_passed, current=section.id),
        is_done=section.id in read,
        continue_url=url_for("learner.finish_section", slug=module.slug, section=section.id),
        continue_label=_continue_label(module, following),
        previous_url=section_url(module, previous) if previous else url_for("learner.module", slug=module.slug),
        previous_label=_previous_label(previous),
        sources=source_items(module, section.source_ids),
    )


def _continue_label(module: Module, following: Section | None) -> str:
    if following is not None:
        return with_english(_("Continue to “%(title)s”"), title=following.title)
    return _("Continue to the quiz") if module.quiz is not None else _("Continue to the end of the module")


def _previous_label(previous: Section | None) -> str:
    if previous is None:
        return _("Back to the module’s first page")
    return with_english(_("Back to “%(title)s”"), title=previous.title)


def following_url(module: Module, section_id: str) -> str:
    """Where *Continue* leads: the next section, the quiz, or the module's first page."""
    ids = [section.id for section in module.sections]
    index = ids.index(section_id)
    if index + 1 < len(ids):
        return section_url(module, module.sections[index + 1])
    return url_for("quiz.start" if module.quiz is not None else "learner.module", slug=module.slug)


def retired_page(module: Module, attempts: Sequence[AttemptLine], completion: CompletionOf | None) -> RetiredPage:
    """What stays of a module that is no longer offered."""
    return RetiredPage(
        crumbs=module_crumbs(),
        title=module.title,
        completion=completion_words(completion),
        attempts=tuple(past_attempt(module, one) for one in reversed(attempts) if one.submitted_at),
    )


def past_attempt(module: Module, attempt: AttemptLine) -> PastAttempt:
    """A submitted attempt in a list."""
    return PastAttempt(
        number=attempt.number,
        submitted_on=day(attempt.submitted_at) if attempt.submitted_at else "",
        score=percent(attempt.points, attempt.possible) or "",
        is_passed=bool(attempt.is_passed),
        url=url_for("quiz.result", slug=module.slug, number=attempt.number),
    )


def source_items(module: Module, ids: Sequence[str]) -> tuple[SourceItem, ...]:
    """The references of a page, in their numbered order."""
    wanted = {source.id: source for source in module.sources if source.id in ids}
    ordered: list[Source] = sorted(wanted.values(), key=lambda source: source.number)
    return tuple(SourceItem(source.number, f"source-{source.id}", source.html) for source in ordered)
