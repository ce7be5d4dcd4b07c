"""A kind of question is a type, a parser, rules, a form and a macro: all five or none."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import get_args

from trainer.courseware.kinds.registry import KINDS as PARSERS
from trainer.courseware.quiz import Question
from trainer.learning.kinds.registry import KINDS
from trainer.web.forms.questions import FORM_BUILDERS
from trainer.web.pages.quiz import QuestionPage, QuestionView, ReviewItem, ReviewPage
from trainer.web.question_views import FILLINGS
from trainer.web.result_views import LAYOUTS

MACROS = Path(__file__).parent.parent.parent / "trainer/web/templates/components/questions"


def type_kinds() -> set[str]:
    union = get_args(Question)[0]
    return {next(field.default for field in fields(one) if field.name == "kind") for one in get_args(union)}


def test_every_kind_is_whole() -> None:
    macros = {path.stem for path in MACROS.glob("*.html")} - {"frame"}
    assert type_kinds() == set(PARSERS) == set(KINDS) == set(FORM_BUILDERS) == macros
    assert set(PARSERS) == set(FILLINGS) == set(LAYOUTS)


def test_every_kind_offers_the_same_rules() -> None:
    for name, rules in KINDS.items():
        assert rules.HINT, name
        assert all(callable(getattr(rules, rule)) for rule in ("read_answer", "mark", "summarise", "option_ids")), name


def test_pages_before_submission_have_no_field_for_what_is_right() -> None:
    telling = ("correct", "verdict", "explanation", "right", "mark", "score", "points")
    for page in (QuestionPage, QuestionView, ReviewPage, ReviewItem):
        assert not [field.name for field in fields(page) if any(word in field.name for word in telling)]
