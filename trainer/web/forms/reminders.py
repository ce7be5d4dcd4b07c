"""Writing to a cohort, and choosing one's letters."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from trainer.reminders.rules import Audience, Kind
from trainer.reminders.texts import MOST_BODY, MOST_SUBJECT
from trainer.web.forms.strict import StrictForm
from trainer.web.locales import lazy_gettext

KINDS: dict[Kind, Any] = {
    Kind.MODULE_OPENS: lazy_gettext("A module opens"),
    Kind.MODULE_DUE: lazy_gettext("A module is due soon"),
    Kind.SESSION_NEAR: lazy_gettext("A live session is near"),
    Kind.OWN: lazy_gettext("A letter of their own from your trainers"),
}
AUDIENCES: dict[Audience, Any] = {
    Audience.ALL: lazy_gettext("All active learners"),
    Audience.NOT_STARTED: lazy_gettext("Those who have not started the module"),
    Audience.NOT_COMPLETED: lazy_gettext("Those who have not completed the module"),
}


class ReminderForm(StrictForm):
    """A letter to a cohort: looked at first, then sent."""

    kind = SelectField(
        lazy_gettext("What it is about"), choices=[SelectChoice(str(key), label) for key, label in KINDS.items()]
    )
    module = SelectField(lazy_gettext("Module"), [Optional()])
    audience = RadioField(
        lazy_gettext("To whom"),
        [DataRequired(lazy_gettext("Choose to whom."))],
        choices=[SelectChoice(str(key), label) for key, label in AUDIENCES.items()],
    )
    subject = StringField(
        lazy_gettext("Subject"),
        [
            DataRequired(lazy_gettext("Write a subject.")),
            Length(max=MOST_SUBJECT, message=lazy_gettext("Use at most 150 characters.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    body = TextAreaField(
        lazy_gettext("Text"),
        [
            DataRequired(lazy_gettext("Write a text.")),
            Length(max=MOST_BODY, message=lazy_gettext("Use at most 5,000 characters.")),
        ],
        filters=[lambda typed: typed.replace("\r\n", "\n") if typed else typed],
        render_kw={"rows": 12},
    )
    step = HiddenField()


class LettersForm(StrictForm):
    """One tick for each kind of letter."""

    module_opens = BooleanField(lazy_gettext("A module opens"))
    module_due = BooleanField(lazy_gettext("A module is due soon"))
    session_near = BooleanField(lazy_gettext("A live session is near"))
    own = BooleanField(lazy_gettext("A letter of their own from your trainers"))
