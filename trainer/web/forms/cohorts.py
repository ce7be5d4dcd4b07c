"""Setting modules, enrolling, filtering a report."""

from __future__ import annotations

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, Optional

from trainer.web.forms.strict import StrictForm
from trainer.web.locales import gettext as _
from trainer.web.locales import language, lazy_gettext

STATES = (
    ("", lazy_gettext("Everybody")),
    ("not_started", lazy_gettext("Not started")),
    ("in_progress", lazy_gettext("In progress")),
    ("completed", lazy_gettext("Completed")),
    ("overdue", lazy_gettext("Overdue")),
    ("needs_a_hand", lazy_gettext("Might like a hand")),
)
SORTS = (
    ("name", lazy_gettext("Name")),
    ("-name", lazy_gettext("Name, from Z")),
    ("-progress", lazy_gettext("Most completed first")),
    ("progress", lazy_gettext("Fewest completed first")),
)


def choices(pairs: Sequence[tuple[str, str]]) -> list[SelectChoice]:
    """Pairs of value and label, as WTForms wants them."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def title_choices(pairs: Sequence[tuple[str, str]]) -> list[SelectChoice]:
    """The same for titles of the curriculum, which stay in English."""
    marks = {} if language() == "en" else {"lang": "en-IE"}
    return [SelectChoice(value=value, label=label, render_kw=marks) for value, label in pairs]


class DayField(DateField):  # type: ignore[misc]
    """A calendar day, refused in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day as browsers send it. Raises ValueError with the remedy."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Enter a date like 2026-12-01.")) from None


class AssignForm(StrictForm):
    """Set a module, or change its dates."""

    module = SelectField(
        lazy_gettext("Module"), [DataRequired(lazy_gettext("Choose a module."))], validate_choice=False
    )
    opens_on = DayField(
        lazy_gettext("Opens on"), [DataRequired(lazy_gettext("Enter the day it opens, such as 2026-12-01."))]
    )
    due_on = DayField(lazy_gettext("Due on (may stay empty)"), [Optional()])

    def validate_module(self, field: SelectField) -> None:
        """Only what can be chosen now: the page may be older than the curriculum."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Choose one of the modules on the list."))


class EnrolForm(StrictForm):
    """Enrol a member of the organisation."""

    email = StringField(
        lazy_gettext("E-mail address"),
        [
            DataRequired(lazy_gettext("Enter the address of the person to enrol.")),
            Email(lazy_gettext("Enter an address like name@example.ie.")),
        ],
        filters=[lambda typed: typed.strip() if typed else typed],
        description=lazy_gettext("The address the person signs in with."),
        render_kw={"type": "email", "inputmode": "email", "autocomplete": "off"},
    )


class ReportFilterForm(FlaskForm):  # type: ignore[misc]
    """The filter of the report; sent with GET, so it holds no token and refuses nothing."""

    class Meta:
        csrf = False

    state = SelectField(lazy_gettext("State"), choices=choices(STATES), default="")
    module = SelectField(lazy_gettext("Of module"), default="")
    sort = SelectField(lazy_gettext("Sorted by"), choices=choices(SORTS), default="name")
