"""A text to look at, and the words in it that are the person's own."""

from __future__ import annotations

from wtforms import SelectMultipleField, TextAreaField

from trainer.web.forms.strict import StrictForm


class LookForm(StrictForm):
    """Neither field is ever stored."""

    text = TextAreaField()
    own = SelectMultipleField(choices=[], validate_choice=False)
