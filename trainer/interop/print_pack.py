"""A module for people without a screen: what is read, stories with numbered places, questions, an answer sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trainer.courseware.catalogue import Catalogue, Module
from trainer.courseware.parts import (
    Audience,
    Detour,
    Lenses,
    Part,
    Prose,
    Reflection,
    RewriteTask,
    ScenarioDoor,
)
from trainer.courseware.quiz import Verdict
from trainer.courseware.scenario import Scenario
from trainer.interop.markup import Picture
from trainer.interop.paper import (
    PaperModel,
    PaperPart,
    PaperPlace,
    PaperSection,
    PaperSource,
    PaperStory,
    PaperTerm,
    PaperWay,
    PrintPack,
)
from trainer.interop.paper_questions import QuestionPrinter
from trainer.interop.wording import PANELS

ROLES: dict[Audience, str] = {
    "psw": "If you are a peer support worker",
    "clinician": "If you are a clinician",
    "leader": "If you lead a team or service",
}
ENDINGS: dict[Verdict, str] = {
    "best": "The end: a good road",
    "workable": "The end: a road that works",
    "risky": "The end: a road with a price",
}
REFLECTION_LINES = 6
REWRITE_LINES = 4
TERM = re.compile(r'popovertarget="term-([a-z0-9-]+)"')


def build_print_pack(module: Module, catalogue: Catalogue, picture: Picture) -> PrintPack:
    """The module on paper. ``picture`` gives the address of a picture by its file name, or None for its words."""
    return _Printer(module, catalogue, picture).pack()


class _Printer:
    def __init__(self, module: Module, catalogue: Catalogue, picture: Picture) -> None:
        self.module = module
        self.catalogue = catalogue
        self.questions = QuestionPrinter(picture)
        self.html = self.questions.html
        self.models: list[PaperModel] = []
        self.terms: set[str] = set()
        self.places = {
            (story.name, place.id): number
            for number, (story, place) in enumerate(
                ((story, place) for story in module.scenarios for place in story.places), start=1
            )
        }

    def pack(self) -> PrintPack:
        module = self.module
        opening = self.parts("Before the first section", module.opening)
        sections = tuple(
            PaperSection(number, section.title, self.parts(section.title, section.parts))
            for number, section in enumerate(module.sections, start=1)
        )
        asked = list(enumerate(module.quiz.questions if module.quiz else (), start=1))
        return PrintPack(
            id=module.id,
            title=module.title,
            summary=module.summary,
            audience=tuple(PANELS[reader] for reader in module.audience),
            minutes=module.cpd_minutes,
            content_note=module.content_note,
            outcomes=module.outcomes,
            opening=opening,
            sections=sections,
            stories=tuple(self.story(story) for story in module.scenarios),
            questions=tuple(self.questions.question(number, question) for number, question in asked),
            pass_mark=module.quiz.pass_mark if module.quiz else None,
            keys=tuple(self.questions.key(number, question) for number, question in asked),
            models=tuple(self.models),
            terms=self.used_terms(),
            sources=tuple(PaperSource(source.number, self.html(source.html)) for source in module.sources),
            written_by=module.written_by,
            reviewed_on=module.reviewed_on.isoformat(),
            revision=module.revision[:8],
        )

    def parts(self, section: str, parts: Iterable[Part]) -> tuple[PaperPart, ...]:
        """The parts in reading order, every role's lens among them."""
        found: list[PaperPart] = []
        for part in parts:
            if isinstance(part, Lenses):
                found += [PaperPart("lens", ROLES[lens.role], self.words(lens.html)) for lens in part.lenses]
            else:
                found.append(self.part(section, part))
        return tuple(found)

    def part(self, section: str, part: Part) -> PaperPart:
        assert not isinstance(part, Lenses)
        html = self.words(part.html)
        if isinstance(part, Prose):
            return PaperPart("prose", "", html)
        if isinstance(part, Reflection):
            return PaperPart("reflect", "Something to think about", html, lines=REFLECTION_LINES)
        if isinstance(part, RewriteTask):
            self.models.append(PaperModel(section, self.words(part.models_html)))
            return PaperPart("rewrite", "Try your own words first", html, lines=REWRITE_LINES)
        if isinstance(part, ScenarioDoor):
            return self.door(part, html)
        if isinstance(part, Detour):
            return PaperPart("detour", f"A shorter way, if you would rather not read about {part.note} today", html)
        return PaperPart("try", "One thing to try this week", html)

    def door(self, part: ScenarioDoor, html: str) -> PaperPart:
        story = self.module.find_scenario(part.name)
        if story is None:
            return PaperPart("scenario", "A story with choices", html)
        label = f"A story with choices: {story.title}"
        return PaperPart("scenario", label, html, place=self.places[(story.name, story.places[0].id)])

    def words(self, html: str) -> str:
        """HTML for paper; the terms that a screen would explain on demand are noted."""
        self.terms.update(TERM.findall(html))
        return self.html(html)

    def story(self, story: Scenario) -> PaperStory:
        places = tuple(
            PaperPlace(
                number=self.places[(story.name, place.id)],
                title=place.title,
                html=self.html(place.html),
                ways=tuple(
                    PaperWay(self.html(choice.html), self.places[(story.name, choice.target)])
                    for choice in place.choices
                ),
                ending=ENDINGS[place.outcome] if place.outcome else None,
            )
            for place in story.places
        )
        return PaperStory(story.title, places)

    def used_terms(self) -> tuple[PaperTerm, ...]:
        found = [term for term in self.catalogue.glossary if term.slug in self.terms]
        return tuple(PaperTerm(term.term, self.html(term.html)) for term in found)
