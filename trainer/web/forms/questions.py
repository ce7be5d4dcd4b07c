"""One form builder per kind of question: what the browser sends, as option ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from trainer.courseware.catalogue import Question
from trainer.web.forms.strict import StrictForm


def _choices(question: Question) -> list[SelectChoice]:
    return [SelectChoice(value=option.id, label=option.text) for option in question.options]


def one_choice_form(question: Question) -> StrictForm:
    """A radio group named ``choice``; the engine says what is missing or strange."""

    class OneChoiceForm(StrictForm):
        choice = RadioField(question.prompt, choices=_choices(question), validate_choice=False)
        go = StringField()

    return OneChoiceForm()


def several_choices_form(question: Question) -> StrictForm:
    """Checkboxes named ``choice``."""

    class SeveralChoicesForm(StrictForm):
        choice = SelectMultipleField(question.prompt, choices=_choices(question), validate_choice=False)
        go = StringField()

    return SeveralChoicesForm()


FORM_BUILDERS: Mapping[str, Callable[[Question], StrictForm]] = MappingProxyType(
    {"single": one_choice_form, "multiple": several_choices_form, "judgement": one_choice_form}
)
