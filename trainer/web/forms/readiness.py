"""Writing down what an organisation agreed to do."""

from __future__ import annotations

from typing import ClassVar

from wtforms import MonthField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from trainer.web.forms.strict import StrictForm
from trainer.web.locales import gettext as _
from trainer.web.locales import lazy_gettext


class DueField(MonthField):  # type: ignore[misc]
    """A month, refused in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the month as browsers send it. Raises ValueError with the remedy."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Enter a month like 2027-03.")) from None


class ActionForm(StrictForm):
    """What, who by role, and by when."""

    text = StringField(
        lazy_gettext("What will be done"),
        [
            DataRequired(lazy_gettext("Say what will be done.")),
            Length(max=300, message=lazy_gettext("Use at most 300 characters.")),
        ],
        description=lazy_gettext("Something that can be seen to be done. Name nobody."),
    )
    owner = StringField(
        lazy_gettext("Which role sees to it"),
        [
            DataRequired(lazy_gettext("Name one role: “the team” is nobody.")),
            Length(max=100, message=lazy_gettext("Use at most 100 characters.")),
            Regexp(r"^[^@]*$", message=lazy_gettext("Write a role title, such as “Director of nursing”.")),
        ],
        description=lazy_gettext("A role title, not a person’s name: people move, and this page names nobody."),
        render_kw={"autocomplete": "off"},
    )
    due = DueField(
        lazy_gettext("By the end of"),
        [InputRequired(lazy_gettext("Enter a month like 2027-03."))],
        description=lazy_gettext("A month, such as 2027-03."),
    )
    field_order: ClassVar[tuple[str, ...]] = ("text", "owner", "due")
