"""One form per kind of question: what the browser sends, as option ids.

Shape only, so that one class serves every question of its kind: the engine says what is missing or
does not belong to the question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from wtforms import RadioField, SelectMultipleField, StringField

from trainer.web.forms.strict import StrictForm


class OneChoiceForm(StrictForm):
    """A radio group named ``choice``; ``go`` is the button that was pressed."""

    choice = RadioField(choices=[], validate_choice=False)
    go = StringField()


class SeveralChoicesForm(StrictForm):
    """Checkboxes named ``choice``."""

    choice = SelectMultipleField(choices=[], validate_choice=False)
    go = StringField()


FORM_BUILDERS: Mapping[str, Callable[[], StrictForm]] = MappingProxyType(
    {"single": OneChoiceForm, "multiple": SeveralChoicesForm, "judgement": OneChoiceForm}
)
