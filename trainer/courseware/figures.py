"""A curriculum in figures: what authors and their panel look at before they believe a pool of questions.

A pool teaches guessing when the right option is often the longest, or often stands at the same place; a learner
who has met a distractor in one module knows it in the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trainer.courseware.catalogue import Module
from trainer.courseware.checks.readability import prose_of, reading_ease, sentences_of
from trainer.courseware.parts import Detour, Lenses, Part, Reflection, RewriteTask
from trainer.courseware.quiz import Dilemma, Judgement, Matching, MultipleResponse, Ordering, Question, SingleChoice

KINDS = ("single", "multiple", "judgement", "order", "match", "text", "rewrite", "dilemma")


@dataclass(frozen=True, slots=True)
class ModuleFigures:
    """One module. ``reading_ease`` is Flesch's, over all prose of the opening and the sections."""

    id: str
    slug: str
    title: str
    words: int
    cpd_minutes: int
    reading_minutes: int
    reading_ease: float
    questions: Mapping[str, int]  # by kind
    safety_count: int
    place_count: int
    end_count: int
    reflection_count: int
    lens_count: int  # pieces of text for one role

    @property
    def question_count(self) -> int:
        """All kinds together."""
        return sum(self.questions.values())


@dataclass(frozen=True, slots=True)
class PoolFigures:
    """All single-choice and judgement questions of a curriculum together, the ones with one best answer."""

    question_count: int
    longest_is_right_count: int  # the best answer is longer than every other one
    expected_longest: float  # how often that would happen if length said nothing
    places: Mapping[int, int]  # how often the best answer stands first (0), second, …
    expected_places: Mapping[int, float]  # the same if its place were drawn by lot


def figures_of(module: Module) -> ModuleFigures:
    """Count one module."""
    questions = module.quiz.questions if module.quiz else ()
    parts = [*module.opening, *(part for section in module.sections for part in section.parts)]
    sentences = [one for html in _html_of(parts) for text in prose_of(html) for one in sentences_of(text)]
    return ModuleFigures(
        id=module.id,
        slug=module.slug,
        title=module.title,
        words=sum(len(sentence.split()) for sentence in sentences),
        cpd_minutes=module.cpd_minutes,
        reading_minutes=module.reading_minutes,
        reading_ease=reading_ease(sentences),
        questions=dict(Counter(question.kind for question in questions)),
        safety_count=sum(question.is_safety for question in questions),
        place_count=sum(len(scenario.places) for scenario in module.scenarios),
        end_count=sum(len(scenario.ends) for scenario in module.scenarios),
        reflection_count=sum(isinstance(part, Reflection) for part in parts),
        lens_count=sum(len(part.lenses) for part in parts if isinstance(part, Lenses)),
    )


def pool_of(modules: Sequence[Module]) -> PoolFigures:
    """Where the best answers stand, and how long they are, over all modules."""
    longest, expected_longest, count = 0, 0.0, 0
    places: Counter[int] = Counter()
    expected: Counter[int] = Counter()
    shares: dict[int, float] = {}
    for _, question in _questions(modules):
        options = _one_best(question)
        if options is None:
            continue
        count += 1
        lengths = [len(text) for text, _ in options]
        best = next(index for index, (_, is_best) in enumerate(options) if is_best)
        longest += lengths[best] == max(lengths) and lengths.count(lengths[best]) == 1
        expected_longest += 1 / len(options)
        places[best] += 1
        expected[len(options)] += 1
    for size, number in expected.items():
        for place in range(size):
            shares[place] = shares.get(place, 0.0) + number / size
    return PoolFigures(count, longest, expected_longest, dict(sorted(places.items())), dict(sorted(shares.items())))


def repeated_distractors(modules: Sequence[Module]) -> Mapping[str, tuple[str, ...]]:
    """What is offered as a less good answer in more than one question, with the questions as ``module id question``."""
    found: dict[str, list[str]] = {}
    for module, question in _questions(modules):
        for text in _distractors(question):
            folded = " ".join(text.casefold().split())
            found.setdefault(folded, []).append(f"{module.id} {question.id}")
    return {text: tuple(places) for text, places in sorted(found.items()) if len(places) > 1}


def _questions(modules: Sequence[Module]) -> Iterator[tuple[Module, Question]]:
    for module in modules:
        for question in module.quiz.questions if module.quiz else ():
            yield module, question


def _one_best(question: Question) -> list[tuple[str, bool]] | None:
    """The options with the mark of the best, where exactly one is."""
    if isinstance(question, SingleChoice):
        return [(option.text, option.is_correct) for option in question.options]
    if isinstance(question, Judgement):
        options = [(option.text, option.verdict == "best") for option in question.options]
        return options if sum(is_best for _, is_best in options) == 1 else None
    return None


def _distractors(question: Question) -> Iterator[str]:
    if isinstance(question, SingleChoice | MultipleResponse):
        yield from (option.text for option in question.options if not option.is_correct)
    elif isinstance(question, Judgement):
        yield from (option.text for option in question.options if option.verdict != "best")
    elif isinstance(question, Dilemma):
        yield from (option.text for option in question.options)
    elif isinstance(question, Ordering):
        yield from (item.text for item in question.items)
    elif isinstance(question, Matching):
        yield from (target.text for target in question.targets)


def _html_of(parts: Sequence[Part]) -> Iterator[str]:
    """What everybody reads as prose: no questions to the writer, no models, no second way around."""
    for part in parts:
        if isinstance(part, Lenses):
            yield from (lens.html for lens in part.lenses)
        elif not isinstance(part, Detour | RewriteTask):
            yield part.html
