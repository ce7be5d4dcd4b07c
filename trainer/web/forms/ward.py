"""Signing in on a shared computer, and choosing a PIN. No field here is filled in by the browser or offered to keep."""

from __future__ import annotations

from typing import ClassVar

from wtforms import PasswordField, StringField, ValidationError
from wtforms.validators import DataRequired, EqualTo, Length

from trainer.accounts.passwords import MAX_PASSWORD_LENGTH
from trainer.accounts.ward_codes import PIN_LENGTH, pin_problem
from trainer.web.forms.strict import StrictForm
from trainer.web.locales import lazy_gettext, translated

assert PIN_LENGTH == 6  # the sentences below name it
# A plain text field whose signs are hidden by style: browsers offer to keep what is typed into a password field.
_OFF = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
_PIN = {**_OFF, "inputmode": "numeric", "class": "masked", "maxlength": "12"}
PIN_HINT = lazy_gettext("Six digits that only you know.")


class PinField(StringField):  # type: ignore[misc]
    """A PIN; what was typed never goes back into a page."""

    def _value(self) -> str:
        return ""


class WardForm(StrictForm):
    """Code and PIN."""

    code = StringField(
        lazy_gettext("Your sign-in code"),
        [DataRequired(lazy_gettext("Enter your sign-in code.")), Length(max=60)],
        description=lazy_gettext("Two words and three digits, as on your slip."),
        render_kw=_OFF,
    )
    pin = PinField(
        lazy_gettext("Your PIN"), [DataRequired(lazy_gettext("Enter your PIN.")), Length(max=60)], render_kw=_PIN
    )


class NewPinForm(StrictForm):
    """A PIN, twice."""

    pin = PinField(
        lazy_gettext("New PIN"),
        [DataRequired(lazy_gettext("Choose a PIN."))],
        description=PIN_HINT,
        render_kw=_PIN,
    )
    again = PinField(
        lazy_gettext("New PIN again"),
        [
            DataRequired(lazy_gettext("Enter the new PIN again.")),
            EqualTo("pin", lazy_gettext("The two PINs differ. Type both again.")),
        ],
        render_kw=_PIN,
    )

    def validate_pin(self, field: StringField) -> None:
        """The rule of the accounts package, in its words."""
        if problem := pin_problem(field.data or ""):
            raise ValidationError(translated(problem))


class StartForm(NewPinForm):
    """What stands on a slip, and the PIN one chooses."""

    code = StringField(
        lazy_gettext("Your sign-in code"),
        [DataRequired(lazy_gettext("Enter your sign-in code.")), Length(max=60)],
        description=lazy_gettext("Two words and three digits, as on your slip."),
        render_kw=_OFF,
    )
    start = StringField(
        lazy_gettext("The start code"),
        [DataRequired(lazy_gettext("Enter the start code.")), Length(max=60)],
        description=lazy_gettext("Ten signs, as on your slip. It works once."),
        render_kw={**_OFF, "autocapitalize": "characters"},
    )
    field_order: ClassVar[tuple[str, ...]] = ("code", "start", "pin", "again")


class ChoosePinForm(NewPinForm):
    """Another PIN, knowing what one signed in with."""

    current = PasswordField(
        lazy_gettext("What you signed in with: your password, or your PIN"),
        [DataRequired(lazy_gettext("Enter your password, or your PIN.")), Length(max=MAX_PASSWORD_LENGTH)],
        render_kw={"autocomplete": "off"},
    )
    field_order: ClassVar[tuple[str, ...]] = ("current", "pin", "again")


class EarlierPinForm(StrictForm):
    """The PIN from before a slip."""

    pin = PinField(
        lazy_gettext("The PIN you had before the new slip"),
        [DataRequired(lazy_gettext("Enter the PIN you had before.")), Length(max=60)],
        render_kw=_PIN,
    )
