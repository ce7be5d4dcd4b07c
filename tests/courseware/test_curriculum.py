"""The curriculum that is served, held to what its authors promised."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.samples import TODAY, sample_catalogue, sample_module
from trainer.courseware.catalogue import Catalogue, Module
from trainer.courseware.compiler import compile_tree
from trainer.courseware.figures import figures_of, pool_of, repeated_distractors
from trainer.courseware.folder import content_folder
from trainer.courseware.parts import TryThis
from trainer.courseware.quiz import Judgement, Option, SingleChoice

SLUGS = sorted(path.name for path in (content_folder() / "modules").iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def curriculum() -> Catalogue:
    compilation = compile_tree(content_folder(), today=TODAY)
    assert compilation.diagnostics == (), "\n".join(map(str, compilation.diagnostics))
    assert compilation.catalogue is not None
    return compilation.catalogue


def test_there_are_seventeen_live_modules_in_six_tracks_with_three_paths(curriculum: Catalogue) -> None:
    assert len(curriculum.live_modules) == 17
    assert len(curriculum.tracks) == 6
    assert len(curriculum.paths) == 3


@pytest.mark.parametrize("slug", SLUGS)
def test_a_module_is_finished(curriculum: Catalogue, slug: str) -> None:
    module = curriculum.by_slug[slug]
    found = figures_of(module)
    assert found.question_count >= 14
    assert len(found.questions) >= 4
    assert found.questions.get("rewrite", 0) + found.questions.get("dilemma", 0) >= 1
    assert found.safety_count >= 1
    assert found.reflection_count >= 1
    assert found.lens_count >= 2
    assert any(len(one.places) >= 8 for one in module.scenarios)
    for scenario in module.scenarios:
        outcomes = [place.outcome for place in scenario.ends]
        assert len(outcomes) - outcomes.count("risky") >= 2
        assert "risky" in outcomes
    tries = [part for section in module.sections for part in section.parts if isinstance(part, TryThis)]
    assert len(tries) == 1
    assert curriculum.find_guide(slug) is not None


@pytest.mark.parametrize("slug", SLUGS)
def test_a_module_is_plain_english_and_states_honest_minutes(curriculum: Catalogue, slug: str) -> None:
    found = figures_of(curriculum.by_slug[slug])
    assert found.reading_ease >= 60
    assert abs(found.cpd_minutes - found.reading_minutes) <= found.cpd_minutes / 3


def test_length_and_place_do_not_give_the_best_answer_away(curriculum: Catalogue) -> None:
    pool = pool_of(curriculum.live_modules)
    assert pool.question_count > 150
    # Chance would make it the longest in a quarter; a third still teaches nobody to guess by length.
    assert pool.longest_is_right_count <= pool.question_count / 3
    for place, expected in pool.expected_places.items():
        if expected >= 10:
            assert 0.7 * expected <= pool.places.get(place, 0) <= 1.3 * expected, place


def test_no_distractor_stands_in_two_questions(curriculum: Catalogue) -> None:
    assert repeated_distractors(curriculum.live_modules) == {}


def test_the_glossary_is_whole_and_the_pages_are_there(curriculum: Catalogue) -> None:
    assert len(curriculum.glossary) >= 60
    assert {page.slug for page in curriculum.pages} == {"about-the-evidence", "how-this-course-was-made"}
    assert {country.code for country in curriculum.support} >= {"IE", "GB"}


def rewritten(module: Module, best: str, other: str) -> Module:
    """The module with one question whose best and second answer have these words."""
    assert module.quiz is not None
    question = next(one for one in module.quiz.questions if isinstance(one, SingleChoice))
    right = replace(next(one for one in question.options if one.is_correct), text=best)
    wrong = replace(next(one for one in question.options if not one.is_correct), text=other)
    options: tuple[Option, ...] = (wrong, right)
    return replace(module, quiz=replace(module.quiz, questions=(replace(question, options=options),)))


def test_the_longest_answer_and_its_place_are_counted() -> None:
    pool = pool_of([rewritten(sample_module(), best="the longer one", other="short")])
    assert (pool.question_count, pool.longest_is_right_count) == (1, 1)
    assert pool.places == {1: 1}
    assert pool.expected_places == {0: 0.5, 1: 0.5}
    assert pool_of([rewritten(sample_module(), best="same", other="size")]).longest_is_right_count == 0


def test_a_judgement_with_two_best_ways_has_no_one_place() -> None:
    module = sample_module("every-kind")
    assert module.quiz is not None
    judgement = next(one for one in module.quiz.questions if isinstance(one, Judgement))
    both = replace(judgement, options=tuple(replace(one, verdict="best") for one in judgement.options))
    assert pool_of([replace(module, quiz=replace(module.quiz, questions=(both,)))]).question_count == 0


def test_a_distractor_in_two_modules_is_found_whatever_its_case() -> None:
    one = rewritten(sample_module(), best="right", other="Wait and  see")
    two = rewritten(replace(sample_module(), id="S9"), best="right", other="wait and see")
    assert list(repeated_distractors([one, two])) == ["wait and see"]
    assert repeated_distractors([one]) == {}


def test_the_figures_of_a_module_are_its_own() -> None:
    found = figures_of(sample_catalogue().by_slug["every-kind"])
    assert sum(found.questions.values()) == 8
    assert set(found.questions.values()) == {1}
    assert (found.place_count, found.end_count) == (4, 2)
