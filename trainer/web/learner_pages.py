"""From what a person has done to what their pages say. Pure but for addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for

from trainer.accounts.actor import Actor
from trainer.clock import end_of_local_day, local_date
from trainer.cohorts.queries import MyAssignment, MyCohort
from trainer.courseware.catalogue import Catalogue, Module, Section, Source
from trainer.errors import NotFound
from trainer.learning.place import Place, minutes_left, next_place, quiz_minutes
from trainer.learning.progress import Standing, State
from trainer.learning.queries import AttemptLine, CompletionOf
from trainer.web.pages.learner import (
    CataloguePage,
    ContinueCard,
    ModuleCard,
    ModulePage,
    MyLearningPage,
    PathGroup,
    SectionPage,
    SourceItem,
    Step,
    TrackGroup,
)
from trainer.web.pages.shell import Crumb, StateTag
from trainer.web.words import counted, day, due_words, for_whom, listed, percent, state_tag

COMPLETION_RULES = {
    "read": "Complete when you have read every section.",
    "passed": "Complete when you have passed the quiz.",
    "read_and_passed": "Complete when you have read every section and passed the quiz, in any order.",
}
AWAITING_PANEL = (
    "Drafted editorially and awaiting review by a lived-experience panel. Read it as a draft from colleagues, "
    "and tell your trainer what does not ring true."
)


@dataclass(frozen=True, slots=True)
class MyFacts:
    """All that is known of a person's learning, fetched in a fixed number of statements."""

    standings: Mapping[str, Standing]
    assignments: Mapping[str, MyAssignment]
    reads: Mapping[str, frozenset[str]]
    open_attempts: Mapping[str, int]
    at: datetime

    def state(self, module: Module) -> State:
        """The state of a module."""
        standing = self.standings.get(module.id)
        return standing.state if standing else State.NOT_STARTED

    def tag(self, module: Module) -> StateTag:
        """The state in words."""
        due_on = self.due_on(module)
        due_at = end_of_local_day(due_on) if due_on else None
        return state_tag(self.standings.get(module.id), due_at=due_at, at=self.at)

    def due_on(self, module: Module) -> date | None:
        """When it is due, if a cohort set it."""
        assignment = self.assignments.get(module.id)
        return assignment.due_on if assignment else None

    def has_passed(self, module: Module) -> bool:
        """True once the quiz has been passed."""
        standing = self.standings.get(module.id)
        return standing is not None and standing.has_passed

    def place(self, module: Module) -> Place:
        """The next step."""
        return next_place(
            module,
            read_ids=self.reads.get(module.id, frozenset()),
            is_attempt_open=module.id in self.open_attempts,
            has_passed=self.has_passed(module),
        )


def my_learning_page(actor: Actor, catalogue: Catalogue, facts: MyFacts, cohorts: Sequence[MyCohort]) -> MyLearningPage:
    """Continue first; then what is set, the soonest due first; then the rest in catalogue order."""
    modules = [m for m in catalogue.live_modules if _is_open(m, facts)]
    unfinished = [m for m in modules if facts.state(m) is not State.COMPLETED]
    assigned = sorted((m for m in unfinished if m.id in facts.assignments), key=lambda m: _urgency(m, facts))
    others = [m for m in unfinished if m.id not in facts.assignments]
    nxt = _to_continue(assigned, others, facts)
    return MyLearningPage(
        first_name=actor.name.split()[0],
        continue_card=_continue_card(nxt, facts) if nxt else None,
        cohort_names=tuple(cohort.cohort for cohort in cohorts),
        assigned=tuple(_card(m, facts) for m in assigned),
        other=tuple(_card(m, facts) for m in others),
        completed=tuple(_card(m, facts) for m in modules if facts.state(m) is State.COMPLETED),
    )


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
        label="Start" if is_new else "Continue",
        minutes_left=minutes_left(module, read_ids=read, has_passed=facts.has_passed(module)),
        done_count=done,
        step_count=len(module.sections) + (module.quiz is not None),
    )


def place_words(module: Module, place: Place) -> str:
    """The next step in words."""
    if place.section is not None:
        position = module.sections.index(place.section) + 1
        return f"Section {position} of {len(module.sections)}: {place.section.title}"
    return {"quiz": "The quiz", "attempt": "The quiz, where you left it", "over": "Everything is done"}[place.kind]


def place_url(module: Module, place: Place, facts: MyFacts) -> str:
    """The address of the next step."""
    if place.section is not None:
        return section_url(module, place.section)
    if place.kind == "attempt":
        return url_for("quiz.resume", slug=module.slug, number=facts.open_attempts[module.id])
    return url_for("quiz.start" if place.kind == "quiz" else "learner.module", slug=module.slug)


def section_url(module: Module, section: Section) -> str:
    """The address of a section."""
    return url_for("learner.section", slug=module.slug, section=section.id)


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
        best=f"Best score {best}" if best else None,
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


def module_page(
    module: Module,
    facts: MyFacts,
    attempts: Sequence[AttemptLine],
    completion: CompletionOf | None,
) -> ModulePage:
    """A module's first page, with its one action."""
    read = facts.reads.get(module.id, frozenset())
    place = facts.place(module)
    is_new = facts.state(module) is State.NOT_STARTED
    is_over = place.kind == "over"
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
        opening_html=module.opening_html,
        steps=steps_of(module, read, has_passed=facts.has_passed(module), quiz_note=quiz_note),
        action_label="Look again" if is_over else "Start" if is_new else "Continue",
        action_url=section_url(module, module.sections[0]) if is_over else place_url(module, place, facts),
        action_place=place_words(module, place),
        minutes_left=minutes_left(module, read_ids=read, has_passed=facts.has_passed(module)),
        completion=completion_words(completion),
        completion_rule=COMPLETION_RULES[module.complete_when],
        written_by=f"Written by: {listed(module.written_by)}",
        review_note="" if "lived experience" in module.written_by else AWAITING_PANEL,
        reviewed_on=day(module.reviewed_on),
        review_due_on=day(module.review_due_on),
        is_review_overdue=module.review_due_on < today,
        revision=module.revision[:8],
        due=None if completion else due_words(facts.due_on(module), today=today),
        sources=source_items(module, [source.id for source in module.sources]),
    )


def module_crumbs(*further: Crumb) -> tuple[Crumb, ...]:
    """The way back to the list of modules, and further down."""
    return (Crumb("Modules", url_for("learner.catalogue")), *further)


def completion_words(completion: CompletionOf | None) -> str | None:
    """When a module was completed and on which revision."""
    if completion is None:
        return None
    return f"You completed this module on {day(completion.completed_at)} (revision {completion.revision[:8]})."


def _quiz_note(standing: Standing | None, attempts: Sequence[AttemptLine]) -> str | None:
    if any(attempt.submitted_at is None for attempt in attempts):
        return "An attempt is under way"
    best = percent(standing.best_points, standing.best_possible) if standing else None
    return f"Best score {best} in {counted(len(attempts), 'attempt', 'attempts')}" if best else None


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
            Step("Quiz", url_for("quiz.start", slug=module.slug), quiz_minutes(module), has_passed, False, quiz_note)
        )
    return tuple(steps)


def section_page(module: Module, section_id: str, read: frozenset[str], *, has_passed: bool) -> SectionPage:
    """One section with the way on and the way back. Raises NotFound."""
    index = next((i for i, section in enumerate(module.sections) if section.id == section_id), None)
    if index is None:
        raise NotFound("There is no such section in this module.", "Choose a section from the module's first page.")
    section = module.sections[index]
    is_last = index == len(module.sections) - 1
    following = None if is_last else module.sections[index + 1]
    previous = module.sections[index - 1] if index else None
    onwards = "the quiz" if module.quiz is not None else "the end of the module"
    return SectionPage(
        crumbs=module_crumbs(Crumb(module.title, url_for("learner.module", slug=module.slug))),
        module_title=module.title,
        title=section.title,
        position=index + 1,
        section_count=len(module.sections),
        minutes=section.minutes,
        minutes_left=minutes_left(module, read_ids=read, has_passed=has_passed),
        html=section.html,
        steps=steps_of(module, read, has_passed=has_passed, current=section.id),
        is_done=section.id in read,
        continue_url=url_for("learner.finish_section", slug=module.slug, section=section.id),
        continue_label=f"Continue to “{following.title}”" if following else f"Continue to {onwards}",
        previous_url=section_url(module, previous) if previous else url_for("learner.module", slug=module.slug),
        previous_label=f"Back to “{previous.title}”" if previous else "Back to the module’s first page",
        sources=source_items(module, section.source_ids),
    )


def following_url(module: Module, section_id: str) -> str:
    """Where *Continue* leads: the next section, the quiz, or the module's first page."""
    ids = [section.id for section in module.sections]
    index = ids.index(section_id)
    if index + 1 < len(ids):
        return section_url(module, module.sections[index + 1])
    return url_for("quiz.start" if module.quiz is not None else "learner.module", slug=module.slug)


def source_items(module: Module, ids: Sequence[str]) -> tuple[SourceItem, ...]:
    """The references of a page, in their numbered order."""
    wanted = {source.id: source for source in module.sources if source.id in ids}
    ordered: list[Source] = sorted(wanted.values(), key=lambda source: source.number)
    return tuple(SourceItem(source.number, f"source-{source.id}", source.html) for source in ordered)
