"""The form every other form inherits from: it refuses fields it does not know."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_wtf import FlaskForm

from trainer.errors import DomainError
from trainer.web.locales import gettext, ngettext
from trainer.wording import said


class UnknownFields(DomainError):
    """The request carries fields that the form on the page does not have."""


# What WTForms itself may say to somebody; named here so that the catalogue has it.
BUILT_IN = (said("Not a valid choice."),)


class Words:
    """How WTForms asks for its own messages."""

    gettext = staticmethod(gettext)
    ngettext = staticmethod(ngettext)


class StrictForm(FlaskForm):  # type: ignore[misc]
    """``score=100`` beside an answer is refused, not ignored: somebody is trying something, or a page is stale."""

    class Meta:
        def get_translations(self, _form: object) -> Words:
            """Our catalogue, not the one WTForms brings along, which has no Irish."""
            return Words()

    def validate_on_submit(self, extra_validators: dict[str, Any] | None = None) -> bool:
        """As in Flask-WTF. Raises UnknownFields for fields that are not part of this form."""
        if self.is_submitted():
            refuse_unknown_fields({*(field.name for field in self), "csrf_token"})
        return bool(super().validate_on_submit(extra_validators))


class ConfirmForm(StrictForm):
    """Nothing but the token: for buttons."""


def refuse_unknown_fields(known: set[str]) -> None:
    """Raises UnknownFields with the remedy if the posted form has other fields."""
    strange = sorted(set(request.form) - known)
    if strange:
        raise UnknownFields(
            said("This form does not take “%(field)s”.", field=strange[0][:40]),
            said("Nothing was changed. Go back, reload the page and send it again."),
        )
