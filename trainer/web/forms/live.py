"""Planning a live session."""

from __future__ import annotations

from wtforms import SelectMultipleField, StringField, TimeField, ValidationError
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from trainer.web.forms.cohorts import DayField
from trainer.web.forms.strict import StrictForm
from trainer.web.locales import gettext as _
from trainer.web.locales import lazy_gettext


class ModulesField(SelectMultipleField):  # type: ignore[misc]
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: object) -> None:
        """Refuse what stands on no box. Raises ValidationError in our words."""
        if not set(self.data or ()) <= {choice.value for choice in self.choices}:
            raise ValidationError(_("Choose modules from the list."))


class LiveSessionForm(StrictForm):
    """What, when, where, and about which modules."""

    title = StringField(
        lazy_gettext("What it is called"),
        [
            DataRequired(lazy_gettext("Give it a name, such as “First session”.")),
            Length(max=120, message=lazy_gettext("Use at most 120 characters.")),
        ],
    )
    on = DayField(lazy_gettext("Day"), [DataRequired(lazy_gettext("Enter the day, such as 2026-12-01."))])
    at = TimeField(lazy_gettext("Time"), [DataRequired(lazy_gettext("Enter the time, such as 14:30."))])
    place = StringField(
        lazy_gettext("Where"),
        [
            DataRequired(lazy_gettext("Say where it is: a room, or the link to a call.")),
            Length(max=200, message=lazy_gettext("Use at most 200 characters.")),
        ],
        description=lazy_gettext("A room, or the link to a call. Learners of the cohort see it."),
    )
    modules = ModulesField(lazy_gettext("What it is about"), [DataRequired(lazy_gettext("Tick at least one module."))])
