"""One form per kind of question: what the browser sends, as a list named ``choice``.

Shape only, so that one class serves every question of its kind: the engine says what is missing or
does not belong to the question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField

from trainer.web.forms.strict import StrictForm


class AnswerForm(StrictForm):
    """What all kinds have: how sure one is, and ``go``, the button that was pressed."""

    confidence = RadioField(choices=[], validate_choice=False)
    go = StringField()


class OneChoiceForm(AnswerForm):
    """A radio group named ``choice``."""

    choice = RadioField(choices=[], validate_choice=False)


class SeveralChoicesForm(AnswerForm):
    """Checkboxes named ``choice``."""

    choice = SelectMultipleField(choices=[], validate_choice=False)


class PairsForm(AnswerForm):
    """A list box a line, all named ``choice``; each value is “line=place” or “line=partner”."""

    choice = SelectMultipleField(choices=[], validate_choice=False)


class WordsForm(AnswerForm):
    """A box to write in, named ``choice``."""

    choice = TextAreaField()


FORM_BUILDERS: Mapping[str, Callable[[], AnswerForm]] = MappingProxyType(
    {
        "single": OneChoiceForm,
        "multiple": SeveralChoicesForm,
        "judgement": OneChoiceForm,
        "order": PairsForm,
        "match": PairsForm,
        "text": WordsForm,
        "rewrite": WordsForm,
        "dilemma": OneChoiceForm,
    }
)
