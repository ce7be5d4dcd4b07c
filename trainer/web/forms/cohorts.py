"""Setting modules, enrolling, filtering a report."""

from __future__ import annotations

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, Optional

from trainer.web.forms.strict import StrictForm

STATES = (
    ("", "Everybody"),
    ("not_started", "Not started"),
    ("in_progress", "In progress"),
    ("completed", "Completed"),
    ("overdue", "Overdue"),
)
SORTS = (
    ("name", "Name"),
    ("-name", "Name, from Z"),
    ("-progress", "Most completed first"),
    ("progress", "Fewest completed first"),
)


def choices(pairs: Sequence[tuple[str, str]]) -> list[SelectChoice]:
    """Pairs of value and label, as WTForms wants them."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


class DayField(DateField):  # type: ignore[misc]
    """A calendar day, refused in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day as browsers send it. Raises ValueError with the remedy."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("Enter a date like 2026-12-01.") from None


class AssignForm(StrictForm):
    """Set a module, or change its dates."""

    module = SelectField("Module", [DataRequired("Choose a module.")], validate_choice=False)
    opens_on = DayField("Opens on", [DataRequired("Enter the day it opens, such as 2026-12-01.")])
    due_on = DayField("Due on (may stay empty)", [Optional()])

    def validate_module(self, field: SelectField) -> None:
        """Only what can be chosen now: the page may be older than the curriculum."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError("Choose one of the modules on the list.")


class EnrolForm(StrictForm):
    """Enrol a member of the organisation."""

    email = StringField(
        "E-mail address",
        [DataRequired("Enter the address of the person to enrol."), Email("Enter an address like name@example.ie.")],
        filters=[lambda typed: typed.strip() if typed else typed],
        description="The address the person signs in with.",
        render_kw={"type": "email", "inputmode": "email", "autocomplete": "off"},
    )


class ReportFilterForm(FlaskForm):  # type: ignore[misc]
    """The filter of the report; sent with GET, so it holds no token and refuses nothing."""

    class Meta:
        csrf = False

    state = SelectField("State", choices=choices(STATES), default="")
    module = SelectField("Of module", default="")
    sort = SelectField("Sorted by", choices=choices(SORTS), default="name")
