"""Setting modules, enrolling, filtering a report."""

from __future__ import annotations

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
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


class AssignForm(StrictForm):
    """Set a module, or change its dates."""

    module = SelectField("Module", [DataRequired("Choose a module.")])
    opens_on = DateField("Opens on", [DataRequired("Enter the day it opens, such as 2026-12-01.")])
    due_on = DateField("Due on (may stay empty)", [Optional()])


class EnrolForm(StrictForm):
    """Enrol a member of the organisation."""

    email = StringField(
        "E-mail address",
        [DataRequired("Enter the address of the person to enrol."), Email("Enter an address like name@example.ie.")],
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
