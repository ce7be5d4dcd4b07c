"""My learning and the catalogue: from what a person has done to what these pages say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from flask import url_for

from trainer.accounts.actor import Actor
from trainer.clock import local_date
from trainer.cohorts.live.queries import ComingSession
from trainer.cohorts.mine import MyCohort
from trainer.courseware.catalogue import Catalogue, Module
from trainer.learning.place import minutes_left
from trainer.learning.progress import State
from trainer.web.locales import gettext as _
from trainer.web.my_facts import MyFacts, place_url, place_words
from trainer.web.pages.learner import (
    CataloguePage,
    ContinueCard,
    ModuleCard,
    MyLearningPage,
    PathGroup,
    TrackGroup,
)
from trainer.web.pages.shell import Crumb
from trainer.web.words import day_and_time, due_words, for_whom, listed, percent


def my_learning_page(
    actor: Actor,
    catalogue: Catalogue,
    facts: MyFacts,
    cohorts: Sequence[MyCohort],
    fresh: Sequence[Module],
    *,
    ahead: Sequence[ComingSession],
    came_to: Collection[str],
) -> MyLearningPage:
    """Continue first; then what is set, the soonest due first; then the rest in catalogue order."""
    modules = [m for m in catalogue.live_modules if _is_open(m, facts)]
    unfinished = [m for m in modules if facts.state(m) is not State.COMPLETED]
    assigned = sorted((m for m in unfinished if m.id in facts.assignments), key=lambda m: _urgency(m, facts))
    others = [m for m in unfinished if m.id not in facts.assignments]
    nxt = _to_continue(assigned, others, facts)
    return MyLearningPage(
        first_name=actor.name.split()[0],
        continue_card=_continue_card(nxt, facts) if nxt else None,
        cohort_names=listed([cohort.cohort for cohort in cohorts]),
        fresh=tuple(module.title for module in fresh),
        fresh_url=url_for("refreshers.overview"),
        sessions=tuple(_session(one) for one in ahead),
        surveys=tuple(_survey(cohort) for cohort in cohorts if cohort.survey_wave),
        exercises=tuple(_exercise(cohort) for cohort in cohorts if cohort.exercise_wave),
        assigned=tuple(_card(m, facts) for m in assigned),
        other=tuple(_card(m, facts) for m in others),
        completed=tuple(
            replace(_card(m, facts), is_assessed=m.id in came_to) for m in modules if facts.state(m) is State.COMPLETED
        ),
    )


def _session(one: ComingSession) -> str:
    return _(
        "Live session: %(title)s, %(when)s, %(place)s (%(cohort)s)",
        title=one.title,
        when=day_and_time(one.starts_at),
        place=one.place,
        cohort=one.cohort,
    )


def _survey(cohort: MyCohort) -> Crumb:
    if cohort.survey_wave == "before":
        label = _("Your view before the course: %(cohort)s", cohort=cohort.cohort)
    else:
        label = _("Your view after the course: %(cohort)s", cohort=cohort.cohort)
    return Crumb(label, url_for("surveys.survey", organisation=cohort.organisation_slug, cohort=cohort.slug))


def _exercise(cohort: MyCohort) -> Crumb:
    if cohort.exercise_wave == "before":
        label = _("A note before the course: %(cohort)s", cohort=cohort.cohort)
    else:
        label = _("A note after the course: %(cohort)s", cohort=cohort.cohort)
    return Crumb(label, url_for("exercise.exercise", organisation=cohort.organisation_slug, cohort=cohort.slug))


def _is_open(module: Module, facts: MyFacts) -> bool:
    # A module that a cohort opens later can still be found in the list of modules; here it would nag.
    assignment = facts.assignments.get(module.id)
    return (
        assignment is None
        or assignment.opens_on <= local_date(facts.at)
        or facts.state(module) is not State.NOT_STARTED
    )


def _urgency(module: Module, facts: MyFacts) -> tuple[bool, date]:
    due_on = facts.due_on(module)
    return (due_on is None, due_on or date.max)


def _to_continue(assigned: Sequence[Module], others: Sequence[Module], facts: MyFacts) -> Module | None:
    begun = [m for m in (*assigned, *others) if facts.state(m) is State.IN_PROGRESS]
    if begun:
        return max(begun, key=lambda m: facts.standings[m.id].last_activity_at or facts.at)
    return next(iter((*assigned, *others)), None)


def _continue_card(module: Module, facts: MyFacts) -> ContinueCard:
    read = facts.reads.get(module.id, frozenset())
    place = facts.place(module)
    done = sum(section.id in read for section in module.sections) + facts.has_passed(module)
    is_new = facts.state(module) is State.NOT_STARTED
    return ContinueCard(
        module_title=module.title,
        place=module.summary if is_new else place_words(module, place),
        url=url_for("learner.module", slug=module.slug) if is_new else place_url(module, place, facts),
        label=_("Start") if is_new else _("Continue"),
        is_new=is_new,
        minutes_left=minutes_left(module, read_ids=read, has_passed=facts.has_passed(module)),
        done_count=done,
        step_count=len(module.sections) + (module.quiz is not None),
    )


def _card(module: Module, facts: MyFacts) -> ModuleCard:
    standing = facts.standings.get(module.id)
    best = percent(standing.best_points, standing.best_possible) if standing else None
    is_done = facts.state(module) is State.COMPLETED
    return ModuleCard(
        title=module.title,
        summary=module.summary,
        url=url_for("learner.module", slug=module.slug),
        minutes=module.cpd_minutes,
        tag=facts.tag(module),
        due=None if is_done else due_words(facts.due_on(module), today=local_date(facts.at)),
        best=_("Best score %(score)s", score=best) if best else None,
        for_whom=for_whom(module),
    )


def catalogue_page(catalogue: Catalogue, facts: MyFacts) -> CataloguePage:
    """All live modules by track; tracks without one are left out."""
    live = {module.slug: module for module in catalogue.live_modules}
    tracks = tuple(
        TrackGroup(t.slug, t.title, t.summary, tuple(_card(live[s], facts) for s in t.module_slugs if s in live))
        for t in catalogue.tracks
    )
    paths = tuple(
        PathGroup(
            path.title,
            tuple(Crumb(live[s].title, url_for("learner.module", slug=s)) for s in path.module_slugs if s in live),
        )
        for path in catalogue.paths
    )
    return CataloguePage(tuple(track for track in tracks if track.cards), tuple(path for path in paths if path.steps))
