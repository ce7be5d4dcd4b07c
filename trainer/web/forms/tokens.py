"""Making a token for another system."""

from __future__ import annotations

from typing import ClassVar

from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from trainer.accounts.actor import Scope
from trainer.web.forms.strict import StrictForm
from trainer.web.locales import gettext as _
from trainer.web.locales import lazy_gettext

SCOPES: dict[str, str] = {
    Scope.REPORTS_READ: lazy_gettext("Read figures without names"),
    Scope.ROSTERS_READ: lazy_gettext("Read the people of every cohort: names, addresses, staff ids"),
    Scope.COMPLETIONS_READ: lazy_gettext(
        "Read who completed which module, with names, in the cohorts that you are a trainer of"
    ),
    Scope.ENROLMENTS_WRITE: lazy_gettext("Enrol and withdraw people in every cohort"),
}
# The same of a token that somebody has made, perhaps not whoever reads it.
HELD: dict[str, str] = {
    **SCOPES,
    Scope.COMPLETIONS_READ: lazy_gettext(
        "Read who completed which module, with names, in cohorts that its maker is a trainer of"
    ),
}
LASTS: dict[str, str] = {
    "30": lazy_gettext("30 days"),
    "90": lazy_gettext("90 days"),
    "180": lazy_gettext("180 days"),
    "365": lazy_gettext("One year"),
}


class ScopesField(SelectMultipleField):  # type: ignore[misc]
    """Boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: object) -> None:
        """Refuse what stands on no box. Raises ValidationError in our words."""
        if not set(self.data or ()) <= set(SCOPES):
            raise ValidationError(_("Not a valid choice."))


class TokenForm(StrictForm):
    """A name, what it may do, and for how long."""

    name = StringField(
        lazy_gettext("Which system will use it"),
        [
            DataRequired(lazy_gettext("Name the system, such as “HR system”.")),
            Length(max=100, message=lazy_gettext("Use at most 100 characters.")),
        ],
        description=lazy_gettext("Learners whose data it can read see this name."),
        render_kw={"autocomplete": "off"},
    )
    scopes = ScopesField(
        lazy_gettext("What it may do"),
        [DataRequired(lazy_gettext("Choose at least one thing that it may do."))],
        choices=[SelectChoice(value=key, label=label) for key, label in SCOPES.items()],
    )
    lasts = SelectField(
        lazy_gettext("For how long"),
        choices=[SelectChoice(value=key, label=label) for key, label in LASTS.items()],
        default="90",
    )
    field_order: ClassVar[tuple[str, ...]] = ("name", "scopes", "lasts")
