"""Writing a note, and choosing what goes on the supervision sheet."""

from __future__ import annotations

from wtforms import HiddenField, IntegerField, SelectMultipleField, TextAreaField
from wtforms.validators import NumberRange, Optional

from trainer.web.forms.strict import StrictForm


class NoteForm(StrictForm):
    """The text, the version that the page was opened with, and where to go back to."""

    text = TextAreaField()
    version = IntegerField(validators=[Optional(), NumberRange(min=0, max=2_000_000_000)])
    back = HiddenField()


class SheetForm(StrictForm):
    """What is ticked, and lines of one's own."""

    note = SelectMultipleField(choices=[], validate_choice=False)
    question = SelectMultipleField(choices=[], validate_choice=False)
    own = TextAreaField()
