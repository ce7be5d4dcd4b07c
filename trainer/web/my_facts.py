"""What is known of a person's learning, and the words and addresses of their next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for

from trainer.clock import end_of_local_day
from trainer.cohorts.mine import MyAssignment
from trainer.courseware.catalogue import Module, Section
from trainer.learning.place import Place, next_place
from trainer.learning.progress import Standing, State
from trainer.web.locales import gettext as _
from trainer.web.locales import lazy_gettext, with_english
from trainer.web.pages.shell import StateTag
from trainer.web.words import state_tag

PLACES = {
    "quiz": lazy_gettext("The quiz"),
    "attempt": lazy_gettext("The quiz, where you left it"),
    "over": lazy_gettext("Everything is done"),
}


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


def place_words(module: Module, place: Place) -> str:
    """The next step in words."""
    if place.section is not None:
        position = module.sections.index(place.section) + 1
        return with_english(
            _("Section %(position)s of %(count)s: %(title)s"),
            position=position,
            count=len(module.sections),
            title=place.section.title,
        )
    return str(PLACES[place.kind])


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
