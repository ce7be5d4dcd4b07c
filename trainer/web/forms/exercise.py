"""Writing a note of the exercise, and moving it on. Shape only: ``trainer.exercise`` says what a note may be."""

from __future__ import annotations

from wtforms import HiddenField, TextAreaField

from trainer.web.forms.strict import StrictForm


class ExerciseNoteForm(StrictForm):
    """The note, and that its writer has agreed to what happens with it."""

    text = TextAreaField()
    agree = HiddenField()


class StageForm(StrictForm):
    """Where the exercise goes next: the value of the button."""

    stage = HiddenField()
