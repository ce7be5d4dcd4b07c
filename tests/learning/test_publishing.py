"""Publishing: live as a whole or not at all, never against what people have answered, and nothing earned disappears."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.factories import actor_of, take_quiz
from tests.samples import AT, sample_catalogue, sample_module
from trainer.courseware.catalogue import Catalogue, Module
from trainer.courseware.changes import changes_between
from trainer.courseware.parts import Prose
from trainer.courseware.quiz import Option, Question, SingleChoice
from trainer.courseware.revision import revision_of
from trainer.learning.models import ModuleRevision, Publication
from trainer.learning.publications import (
    Incompatible,
    latest_publication_id,
    load_publication,
    publish_catalogue,
)
from trainer.learning.queries import find_completion, get_attempt
from trainer.learning.revisions import pinned_module
from trainer.learning.seen import changes_since, mark_changes_seen
from trainer.learning.services import mark_section_read, record_response, start_attempt, submit_attempt

pytestmark = pytest.mark.any_database


def with_module(module: Module) -> Catalogue:
    catalogue = sample_catalogue()
    again = replace(module, revision=revision_of(module))
    return replace(catalogue, modules=tuple(again if one.id == again.id else one for one in catalogue.modules))


def with_questions(*questions: Question) -> Catalogue:
    module = sample_module("kind-words")
    assert module.quiz is not None
    return with_module(replace(module, quiz=replace(module.quiz, questions=questions)))


def pool() -> tuple[Question, ...]:
    quiz = sample_module("kind-words").quiz
    assert quiz is not None
    return quiz.questions


def first() -> SingleChoice:
    question = pool()[0]
    assert isinstance(question, SingleChoice)
    return question


def answered(session: Session, cast: Cast) -> None:
    publish_catalogue(session, sample_catalogue(), at=AT)
    take_quiz(session, actor_of(session, cast.psw), sample_module("kind-words"))


def codes(session: Session, catalogue: Catalogue) -> list[str]:
    with pytest.raises(Incompatible) as refused:
        publish_catalogue(session, catalogue, at=AT + timedelta(days=1))
    return [conflict.rule.code for conflict in refused.value.conflicts]


def test_what_was_published_comes_back_equal_but_for_drafts(session: Session) -> None:
    done = publish_catalogue(session, sample_catalogue(), at=AT)
    assert done.is_new
    loaded = load_publication(session, done.publication_id)
    compiled = sample_catalogue()
    assert loaded.modules == tuple(one for one in compiled.modules if one.status != "draft")
    assert (loaded.tracks, loaded.paths, loaded.support) == (compiled.tracks, compiled.paths, compiled.support)
    assert loaded.glossary == compiled.glossary
    assert dict(loaded.images) == {key: one for key, one in compiled.images.items() if key[0] != "a-draft"}


def test_the_same_again_publishes_nothing(session: Session) -> None:
    one = publish_catalogue(session, sample_catalogue(), at=AT)
    two = publish_catalogue(session, sample_catalogue(), at=AT + timedelta(days=1))
    assert (two.is_new, two.publication_id) == (False, one.publication_id)
    assert latest_publication_id(session) == one.publication_id


def test_retiring_a_module_is_a_publication_of_the_same_revision(session: Session) -> None:
    publish_catalogue(session, sample_catalogue(), at=AT)
    retired = with_module(replace(sample_module("quiz-only"), status="retired"))
    done = publish_catalogue(session, retired, at=AT)
    assert done.is_new
    assert load_publication(session, done.publication_id).by_slug["quiz-only"].status == "retired"


def test_before_anybody_answered_everything_may_change(session: Session) -> None:
    publish_catalogue(session, sample_catalogue(), at=AT)
    options = (*first().options[:1], Option("new", "New", "New", "<p>why</p>", is_correct=True))
    assert publish_catalogue(session, with_questions(replace(first(), options=options)), at=AT).is_new


def test_a_kind_may_not_change(session: Session, cast: Cast) -> None:
    answered(session, cast)
    other = next(question for question in pool() if question.kind == "multiple")
    assert codes(session, with_questions(replace(other, id=first().id), *pool()[1:])) == ["TC120"]


def test_a_live_option_may_not_vanish(session: Session, cast: Cast) -> None:
    answered(session, cast)
    changed = replace(first(), options=first().options[1:])
    assert codes(session, with_questions(changed, *pool()[1:])) == ["TC121"]


def test_new_words_under_the_same_id_are_welcome(session: Session, cast: Cast) -> None:
    answered(session, cast)
    mended = replace(first().options[0], text="Kinder words", html="Kinder words")
    changed = replace(first(), options=(mended, *first().options[1:]))
    assert publish_catalogue(session, with_questions(changed, *pool()[1:]), at=AT).is_new


def test_a_question_may_be_taken_out_and_its_id_may_not_come_back(session: Session, cast: Cast) -> None:
    answered(session, cast)
    without = with_questions(*pool()[1:])
    assert publish_catalogue(session, without, at=AT + timedelta(days=1)).is_new
    take_quiz(session, actor_of(session, cast.clinician), without.by_slug["kind-words"], catalogue=without)
    again = replace(first(), prompt="Something else", prompt_html="Something else")
    assert codes(session, with_questions(again, *pool()[1:])) == ["TC122"]
    # The very same question is no reuse: that is going back.
    assert publish_catalogue(session, sample_catalogue(), at=AT + timedelta(days=2)).is_new


def test_a_module_with_records_may_be_retired_and_not_removed(session: Session, cast: Cast) -> None:
    answered(session, cast)
    catalogue = sample_catalogue()
    gone = replace(catalogue, modules=tuple(one for one in catalogue.modules if one.id != "S1"))
    assert codes(session, gone) == ["TC123"]
    retired = with_module(replace(sample_module("kind-words"), status="retired"))
    assert publish_catalogue(session, retired, at=AT).is_new


def test_a_refusal_writes_nothing(session: Session, cast: Cast) -> None:
    answered(session, cast)
    counts = (select(func.count()).select_from(ModuleRevision), select(func.count()).select_from(Publication))
    before = [session.scalar(count) for count in counts]
    codes(session, with_questions(replace(first(), options=first().options[1:]), *pool()[1:]))
    assert [session.scalar(count) for count in counts] == before


def test_a_running_attempt_is_not_disturbed(session: Session, cast: Cast) -> None:
    publish_catalogue(session, sample_catalogue(), at=AT)
    actor, module = actor_of(session, cast.psw), sample_module("kind-words")
    number = start_attempt(session, actor=actor, module=module, seed=7, at=AT)
    changed = with_questions(*pool()[1:])
    publish_catalogue(session, changed, at=AT + timedelta(minutes=1))
    attempt = get_attempt(session, actor.person_id, module.id, number)
    assert pinned_module(session, changed, module.id, attempt.revision) == module
    record_response(
        session,
        actor=actor,
        catalogue=changed,
        module_id=module.id,
        number=number,
        question_id=next(q.id for q in pool() if q.is_safety),
        raw=[next(q for q in pool() if q.is_safety).options[0].id],  # type: ignore[union-attr]
        at=AT + timedelta(minutes=2),
    )
    done = submit_attempt(
        session, actor=actor, catalogue=changed, module_id=module.id, number=number, at=AT + timedelta(minutes=3)
    )
    assert done.score.possible == 400


def finished(session: Session, cast: Cast) -> Module:
    module = sample_module("kind-words")
    publish_catalogue(session, sample_catalogue(), at=AT)
    actor = actor_of(session, cast.psw)
    for section in module.sections:
        mark_section_read(session, actor=actor, module=module, section_id=section.id, at=AT)
    take_quiz(session, actor, module)
    return module


def reworded(module: Module) -> Module:
    section = module.sections[0]
    parts = (Prose("<p>“Shouting,” the note said, and why.</p>"), *section.parts[1:])
    return replace(module, sections=(replace(section, parts=parts), *module.sections[1:]))


def test_people_who_finished_see_the_changed_passages_until_they_mark_them(session: Session, cast: Cast) -> None:
    module = finished(session, cast)
    catalogue = with_module(reworded(module))
    publish_catalogue(session, catalogue, at=AT + timedelta(days=1))
    now = catalogue.by_slug[module.slug]
    completion = find_completion(session, cast.psw.id, module.id)
    assert completion is not None
    assert completion.revision == module.revision
    (place,) = changes_since(session, catalogue, now, completion).places
    assert (place.id, place.status) == ("first-note", "changed")
    assert any("Shouting" in passage.after for passage in place.passages)
    mark_changes_seen(session, actor=actor_of(session, cast.psw), module=now, completion=completion, at=AT)
    completion = find_completion(session, cast.psw.id, module.id)
    assert completion is not None
    assert completion.revision == module.revision  # what was earned names the revision it was earned on
    assert changes_since(session, catalogue, now, completion).is_empty


class TestChanges:
    def test_nothing_changed(self) -> None:
        assert changes_between(sample_module(), sample_module()).is_empty

    def test_sections_come_and_go(self) -> None:
        module = sample_module()
        fewer = replace(module, sections=module.sections[1:])
        assert [(place.id, place.status) for place in changes_between(module, fewer).places] == [("first-note", "gone")]
        assert [(place.id, place.status) for place in changes_between(fewer, module).places] == [("first-note", "new")]

    def test_a_story_counts_as_a_place(self) -> None:
        module = sample_module("every-kind")
        story = module.scenarios[0]
        other = replace(story, places=(replace(story.places[0], html="<p>Another morning.</p>"), *story.places[1:]))
        (place,) = changes_between(module, replace(module, scenarios=(other,))).places
        assert place.id == "story-handover"

    def test_questions_are_counted_and_their_keys_not_told(self) -> None:
        module = sample_module()
        assert module.quiz is not None
        fewer = replace(module, quiz=replace(module.quiz, questions=module.quiz.questions[1:]))
        found = changes_between(module, fewer)
        assert (found.places, found.question_count) == ((), 1)
