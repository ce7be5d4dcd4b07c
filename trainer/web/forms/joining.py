"""Accepting an invitation, joining with a code, roles, cohorts and their trainers."""

from __future__ import annotations

from typing import ClassVar

from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, Length, NumberRange

from trainer.accounts.actor import Role
from trainer.cohorts.join_codes import MOST_JOINS
from trainer.web.forms.account import NewPasswordForm
from trainer.web.forms.cohorts import DayField
from trainer.web.forms.strict import StrictForm
from trainer.web.locales import gettext as _
from trainer.web.locales import lazy_gettext

ROLES: dict[str, str] = {
    Role.LEARNER: lazy_gettext("Learner: takes modules"),
    Role.TRAINER: lazy_gettext("Trainer: runs cohorts, and reads the progress of the cohorts they are named for"),
    Role.MANAGER: lazy_gettext("Manager: people, cohorts, roles and figures without names"),
}


class AcceptForm(NewPasswordForm):
    """The name one goes by, and a password."""

    name = StringField(
        lazy_gettext("Your name"),
        [
            DataRequired(lazy_gettext("Enter the name you go by.")),
            Length(max=200, message=lazy_gettext("Use at most 200 characters.")),
        ],
        description=lazy_gettext("As your cohort knows you, with any fadas."),
        render_kw={"autocomplete": "name"},
    )
    field_order: ClassVar[tuple[str, ...]] = ("name", "password", "again")


class RoleForm(StrictForm):
    """A member's role."""

    role = RadioField(
        lazy_gettext("Role"),
        [DataRequired(lazy_gettext("Choose a role."))],
        choices=[SelectChoice(value=key, label=label) for key, label in ROLES.items()],
    )


class CohortNameForm(StrictForm):
    """What a cohort is called."""

    name = StringField(
        lazy_gettext("Name of the cohort"),
        [
            DataRequired(lazy_gettext("Enter a name, such as “Autumn 2026, day hospital”.")),
            Length(max=200, message=lazy_gettext("Use at most 200 characters.")),
        ],
        render_kw={"autocomplete": "off"},
    )


class NameTrainerForm(StrictForm):
    """Somebody who is to run a cohort; ``member`` is the number of a membership."""

    member = SelectField(lazy_gettext("Trainer to name"), [DataRequired(lazy_gettext("Choose somebody."))], coerce=int)


class JoinCodeForm(StrictForm):
    """The code on the page or the wall."""

    code = StringField(
        lazy_gettext("Join code"),
        [
            DataRequired(lazy_gettext("Enter the code.")),
            Length(max=40, message=lazy_gettext("A join code has eight letters and digits.")),
        ],
        description=lazy_gettext("Eight letters and digits, from your trainer."),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class JoinLetterForm(JoinCodeForm):
    """Somebody who asks for a letter to join with."""

    name = StringField(
        lazy_gettext("Your name"),
        [
            DataRequired(lazy_gettext("Enter the name you go by.")),
            Length(max=200, message=lazy_gettext("Use at most 200 characters.")),
        ],
        render_kw={"autocomplete": "name"},
    )
    email = StringField(
        lazy_gettext("E-mail address"),
        [
            DataRequired(lazy_gettext("Enter your e-mail address.")),
            Length(max=254, message=lazy_gettext("That is longer than any e-mail address.")),
            Email(lazy_gettext("Enter an address like name@example.ie.")),
        ],
        render_kw={"autocomplete": "email", "type": "email", "inputmode": "email"},
    )
    field_order: ClassVar[tuple[str, ...]] = ("code", "name", "email")


assert MOST_JOINS == 500  # the sentence below names it


class WholeNumberField(IntegerField):  # type: ignore[misc]
    """A number, refused in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number. Raises ValueError with the remedy."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Enter a whole number, such as 30.")) from None


class MakeCodeForm(StrictForm):
    """The limits of a join code."""

    most_joins = WholeNumberField(
        lazy_gettext("For how many people"),
        [NumberRange(1, MOST_JOINS, message=lazy_gettext("Enter a number from 1 to 500."))],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    last_day = DayField(
        lazy_gettext("Last day"), [DataRequired(lazy_gettext("Enter the last day, such as 2026-12-01."))]
    )
