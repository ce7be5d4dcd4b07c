"""Sign-in, passwords, profile."""

from __future__ import annotations

from typing import ClassVar

from wtforms import BooleanField, PasswordField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, EqualTo, Length

from trainer.accounts.actor import PracticeRole
from trainer.accounts.passwords import MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, password_problem
from trainer.web.forms.strict import StrictForm
from trainer.web.locales import lazy_gettext, translated

EMAIL_NEEDED = lazy_gettext("Enter your e-mail address.")
CURRENT_NEEDED = lazy_gettext("Enter your password.")
assert MIN_PASSWORD_LENGTH == 12  # the sentence below names it
PASSWORD_HINT = lazy_gettext("At least 12 characters. Three or four unrelated words work well.")

PRACTICE_ROLES: dict[str, str] = {
    "": lazy_gettext("I would rather not say"),
    PracticeRole.PSW: lazy_gettext("Peer support worker"),
    PracticeRole.CLINICIAN: lazy_gettext("Clinician"),
    PracticeRole.LEADER: lazy_gettext("I lead a team or service"),
    PracticeRole.OTHER: lazy_gettext("Something else"),
}


class SignInForm(StrictForm):
    """The field names are promised to scripts: ``email`` and ``password``."""

    email = StringField(
        lazy_gettext("E-mail address"),
        [DataRequired(EMAIL_NEEDED), Length(max=254, message=lazy_gettext("That is longer than any e-mail address."))],
        render_kw={"autocomplete": "username", "type": "email", "inputmode": "email"},
    )
    password = PasswordField(
        lazy_gettext("Password"),
        [
            DataRequired(CURRENT_NEEDED),
            Length(max=MAX_PASSWORD_LENGTH, message=lazy_gettext("That is longer than any password here.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    remember = BooleanField(
        lazy_gettext("Keep me signed in on this device for 30 days. Leave this empty on a shared computer.")
    )


class ForgottenForm(StrictForm):
    """Ask for a reset link."""

    email = StringField(
        lazy_gettext("E-mail address"),
        [DataRequired(EMAIL_NEEDED), Email(lazy_gettext("Enter an address like name@example.ie."))],
        render_kw={"autocomplete": "username", "type": "email", "inputmode": "email"},
    )


class NewPasswordForm(StrictForm):
    """Choose a password."""

    password = PasswordField(
        lazy_gettext("New password"),
        [DataRequired(lazy_gettext("Enter a new password."))],
        description=PASSWORD_HINT,
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        lazy_gettext("New password again"),
        [
            DataRequired(lazy_gettext("Enter the new password again.")),
            EqualTo("password", lazy_gettext("The two passwords differ. Type both again.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_password(self, field: PasswordField) -> None:
        """The rule of the accounts package, in its words."""
        if problem := password_problem(field.data or ""):
            raise ValidationError(translated(problem))


class ChangePasswordForm(NewPasswordForm):
    """Change the password, knowing the present one."""

    current = PasswordField(
        lazy_gettext("Current password"), [DataRequired(CURRENT_NEEDED)], render_kw={"autocomplete": "current-password"}
    )
    field_order: ClassVar[tuple[str, ...]] = ("current", "password", "again")


class ProfileForm(StrictForm):
    """Own name and, if wanted, role."""

    name = StringField(
        lazy_gettext("Your name"),
        [
            DataRequired(lazy_gettext("Enter the name you go by.")),
            Length(max=200, message=lazy_gettext("Use at most 200 characters.")),
        ],
        description=lazy_gettext("As your cohort knows you, with any fadas."),
        render_kw={"autocomplete": "name"},
    )
    role = SelectField(
        lazy_gettext("What you do"),
        choices=[SelectChoice(value=key, label=label) for key, label in PRACTICE_ROLES.items()],
        default="",
        description=lazy_gettext(
            "Optional. Saying that you are a peer support worker says something about your life, so nobody "
            "else sees this field, and reports may use it only in groups of ten or more. You can leave it blank or "
            "change it."
        ),
    )
